"""The command line as scripts see it: words on the right stream, promised exit statuses, JSON."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from app.cli.main import run


class Said(NamedTuple):
    """What one run said and how it ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Lumbung = Callable[..., Said]


@pytest.fixture
def lumbung(capsys: pytest.CaptureFixture[str]) -> Lumbung:
    """Run the command line in this process."""

    def call(*arguments: object) -> Said:
        capsys.readouterr()
        status = run([str(item) for item in arguments])
        captured = capsys.readouterr()
        return Said(status, captured.out, captured.err)

    return call


@pytest.fixture
def warung(lumbung: Lumbung, tmp_path: Path) -> Path:
    """A business book with capital of 5,000,000 and rent of 650,000."""
    path = tmp_path / "warung.lumbung"
    assert lumbung("new", path, "--kind", "business", "--name", "Warung Sari").status == 0
    for memo, debit, credit, amount in (
        ("modal", "1-1101", "3-1001", "5jt"),
        ("sewa", "6-1002", "1-1101", "650rb"),
    ):
        said = lumbung(
            "do", path, "post-entry", "--on", "2026-10-05", "--memo", memo,
            "--line", f"account={debit},debit={amount}", "--line", f"account={credit},credit={amount}",
        )  # fmt: skip
        assert said.status == 0, said.err
    return path


def test_a_report_as_json_is_what_was_promised(lumbung: Lumbung, warung: Path) -> None:
    said = lumbung("report", warung, "trial-balance", "--month", "2026-10", "--as", "json")
    assert said.status == 0
    report = said.json
    assert list(report)[:8] == [
        "report", "title", "book", "first_day", "last_day", "columns", "rows", "totals",
    ]  # fmt: skip
    assert (report["title"], report["book"]) == ("Neraca Saldo", "Warung Sari")
    assert (report["first_day"], report["last_day"]) == (None, "2026-10-31")
    assert report["totals"] == {"debit": 5_000_000, "credit": 5_000_000}
    first = report["rows"][0]
    assert first["cells"] == {"code": "1-1101", "name": "Kas Tunai", "debit": 4_350_000, "credit": 0}
    assert first["opens"] == {"report": "ledger", "account": "1-1101"}
    assert (
        lumbung("--lang", "en", "report", warung, "trial-balance", "--as", "json").json["title"]
        == "Trial Balance"
    )


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("report", "BOOK", "no-such-report"), 2),
        (("report", "BOOK", "ledger"), 2),
        (("report", "BOOK", "trial-balance", "--month", "2026-13"), 2),
        (("report", "BOOK", "trial-balance", "--month", "2026-10", "--year", "2026"), 2),
        (("report", "BOOK", "trial-balance", "--as", "docx"), 2),
        (("report", "BOOK", "ledger", "--account", "9-9999"), 1),
        (("report", "BOOK", "savings"), 1),
        (("report", "MISSING", "trial-balance"), 4),
        (("do", "BOOK", "no-such-command"), 2),
        (("do", "BOOK", "post-entry", "--on", "2026-10-05"), 2),
        (("do", "BOOK", "post-entry", "--colour", "red"), 2),
        (("do", "BOOK", "lock-month", "--month", "kapan"), 2),
        (("do", "BOOK", "deposit-savings", "--member", "1", "--product", "share", "--amount", "5",
          "--on", "2026-10-01"), 1),
        (("do", "BOOK", "reverse-entry", "--number", "X-1"), 1),
        (("new", "BOOK", "--kind", "business", "--name", "Lagi"), 1),
        (("new", "OTHER", "--kind", "bank", "--name", "Lagi"), 2),
        (("new", "OTHER"), 2),
        (("frobnicate",), 2),
        (("--lang", "jv", "reports"), 2),
        (("close", "BOOK"), 2),
        (("close", "BOOK", "--month", "2026-10", "--reopen"), 1),
        (("statements", "BOOK", "--month", "2026-10", "-o", "OTHER"), 1),
        (("calc", "loan", "--principal", "1jt", "--rate", "10", "--term", "5", "--per", "term",
          "--method", "annuity"), 2),
        (("calc", "savings", "--file", "MISSING", "--month", "2026-06", "--rate", "5"), 1),
    ],
)  # fmt: skip
def test_exit_statuses(
    lumbung: Lumbung, warung: Path, tmp_path: Path, arguments: tuple[str, ...], status: int
) -> None:
    before = warung.read_bytes()
    names = {"BOOK": warung, "MISSING": tmp_path / "tak-ada.lumbung", "OTHER": tmp_path / "lain.lumbung"}
    said = lumbung(*(names.get(item, item) for item in arguments))
    assert said.status == status, said.err
    assert said.err.strip()
    assert said.out == ""
    assert "Traceback" not in said.err
    assert warung.read_bytes() == before


def test_undo_goes_back_one_by_one(lumbung: Lumbung, warung: Path) -> None:
    assert lumbung("undo", warung).status == 0
    assert lumbung("undo", warung).status == 0
    assert lumbung("report", warung, "trial-balance", "--as", "json").json["totals"] == {
        "debit": 0,
        "credit": 0,
    }
    assert lumbung("undo", warung).status == 1
    assert lumbung("check", warung).status == 0


def test_check_as_json(lumbung: Lumbung, warung: Path) -> None:
    lumbung("do", warung, "post-opening", "--on", "2026-09-30", "--line", "account=1-1111,debit=7")
    said = lumbung("check", warung, "--json")
    assert said.status == 0
    assert [(item["key"], item["severity"]) for item in said.json["findings"]] == [("opening-open", "notice")]
    assert "3-9999" in said.json["findings"][0]["message"]


def test_months_and_years_close_and_open(lumbung: Lumbung, warung: Path) -> None:
    assert lumbung("close", warung, "--month", "2026-10").status == 0
    said = lumbung("do", warung, "reverse-entry", "--number", "JU-2610-0001")
    assert said.status == 1
    assert lumbung("close", warung, "--month", "2026-10", "--reopen").status == 0
    assert lumbung("close", warung, "--year", "2025").status == 0
    assert lumbung("close", warung, "--year", "2025", "--reopen").status == 0


def test_commands_and_reports_are_listed(lumbung: Lumbung) -> None:
    commands = {item["name"]: item for item in lumbung("commands", "--json").json}
    fields = {item["name"]: item for item in commands["receive-instalment"]["fields"]}
    assert {"loan", "amount", "on"} <= set(fields)
    assert fields["amount"]["type"] == "amount"
    assert fields["loan"]["needed"]
    assert not any(name.startswith("undo") for name in commands)
    assert "trial-balance" in {item["key"] for item in lumbung("reports", "--json").json}
    for name in commands:
        assert lumbung("do", "x", name, "--help").status == 0


def test_the_loan_calculator(lumbung: Lumbung) -> None:
    said = lumbung(
        "calc", "loan", "--principal", "12000000", "--rate", "18", "--term", "12", "--method", "annuity",
        "--start", "2026-01-15", "--json",
    )  # fmt: skip
    assert said.json["instalments"][0] == {
        "number": 1, "due": "2026-02-15", "principal": 920160, "interest": 180000, "total": 1100160,
        "balance": 11079840,
    }  # fmt: skip
    assert said.json["totals"]["interest"] == 1_201_920
    assert said.json["effective_rate_percent_per_year"] == "18.000"


def test_the_savings_calculator(lumbung: Lumbung, tmp_path: Path) -> None:
    """Edi, Kepmen 96/2004 SOM KSP p. 70: 12 %, daily balances, 31 May not counted: 11,013.70."""
    rows = "tanggal,jumlah\n2004-04-30,150000\n2004-05-03,500000\n2004-05-10,1000000\n2004-05-23,-750000\n"
    file = tmp_path / "edi.csv"
    file.write_text(rows, encoding="utf-8")
    base = ("calc", "savings", "--file", file, "--month", "2004-05", "--rate", "12", "--json")
    said = lumbung(*base, "--method", "daily", "--skip-last-day")
    assert said.json == {"interest": "11013.70", "interest_rupiah": 11_014, "tax": 0, "net": 11_014}
    assert lumbung(*base, "--method", "lowest", "--basis", "12").json["interest"] == "1500.00"
    assert lumbung(*base, "--method", "daily", "--basis", "12").status == 2
    file.write_text("31/05/2026;-5\n", encoding="cp1252")
    assert lumbung(*base).status == 1


def test_the_surplus_calculator(lumbung: Lumbung) -> None:
    """Jeni, own total of the vector: capital 25 % x 8/20 of 5,000,000 is 500,000."""
    said = lumbung(
        "calc", "surplus", "--surplus", "5000000", "--capital-percent", "25", "--activity-percent", "20",
        "--total-capital", "20000000", "--member-capital", "8000000", "--total-activity", "40000000",
        "--member-activity", "1000000", "--json",
    )  # fmt: skip
    assert said.json["capital_share"] == 500_000
    assert said.json["activity_share"] == 25_000
    assert said.json["exact"]["capital_share"] == "500000.00"


def test_the_program_starts_as_a_process(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", "--version"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.split()[0]) == (0, "lumbung")
    missing = subprocess.run(
        [sys.executable, "-m", "app", "check", str(tmp_path / "x.lumbung")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert missing.returncode == 4
