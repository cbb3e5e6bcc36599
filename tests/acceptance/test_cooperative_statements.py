"""Members' statements: everyone with a balance or a movement gets one, and the figures are those of the reports."""

from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.acceptance.outside import Lumbung
from tests.acceptance.tani_makmur import tani_makmur

FEBRUARY = ("--month", "2026-02")


@pytest.fixture
def book(lumbung: Lumbung, tmp_path: Path) -> Path:
    """The worked scenario; Dewi (0004) left on 20 February and was paid 120,000 on the 25th; Eko has nothing."""
    path = lumbung.new(tmp_path / "ksp.lumbung", "cooperative")
    lumbung.good("import", path, tani_makmur(tmp_path / "tani.xlsx"))
    lumbung.do(path, "add-member", "--name", "Eko", "--number", "0005", "--joined", "2026-02-01")
    lumbung.do(path, "accept-exit", "--member", "0004", "--on", "2026-02-20")
    lumbung.do(path, "pay-exit", "--member", "0004", "--on", "2026-02-25")
    return path


def text_of(file: Path) -> str:
    """The words of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(file).pages)


def dotted(amount: int) -> str:
    """An amount as it is printed."""
    return f"{amount:,}".replace(",", ".")


def test_a_statement_as_json(lumbung: Lumbung, book: Path) -> None:
    report = lumbung.report(book, "member-statement", "--member", "2", "--month", "2026-01")
    assert report["title"] == "Rekening Anggota"
    rows: list[dict[str, Any]] = [row["cells"] for row in report["rows"] if row["kind"] == "item"]
    keys = ("date", "number", "account", "deposit", "withdrawal", "interest", "penalty", "balance")
    # Every cell that is promised is there in every row.
    assert [tuple(row[key] for key in keys) for row in rows] == [
        ("2026-01-19", "TS-1", "voluntary", 0, 125_000, 0, 0, 700_000),
        ("2026-01-15", "AS-2", "loan:PJ-11", 1_000_000, 0, 180_000, 0, 6_000_000),
    ]
    totals = report["totals"]
    assert totals["share"] == {"opening": 100_000, "closing": 100_000}
    assert totals["mandatory"] == {"opening": 640_000, "closing": 640_000}
    assert totals["voluntary"] == {"opening": 825_000, "closing": 700_000}
    assert totals["loan:PJ-11"] == {"opening": 7_000_000, "closing": 6_000_000}
    # On 31 January the seventh is behind: 1,180,000. To be paid besides: the eighth, January's and February's wajib.
    assert (totals["arrears"], totals["tax"]) == (1_180_000, 0)
    assert totals["next_due"] == 1_180_000 + 1_180_000 + 20_000 + 20_000


def test_a_loan_paid_out_and_paid_on(lumbung: Lumbung, book: Path) -> None:
    report = lumbung.report(
        book, "member-statement", "--member", "1", "--from", "2026-01-01", "--to", "2026-02-28"
    )
    rows = [row["cells"] for row in report["rows"] if row["kind"] == "item"]
    loan = [row for row in rows if row["account"] == "loan:PJ-13"]
    keys = ("date", "deposit", "withdrawal", "interest", "penalty", "balance")
    assert [tuple(row[key] for key in keys) for row in loan] == [
        ("2026-01-08", 0, 6_000_000, 0, 0, 6_000_000),
        ("2026-02-08", 500_000, 0, 90_000, 0, 5_500_000),
    ]
    totals = report["totals"]
    for key in ("share", "mandatory", "voluntary", "loan:PJ-13"):
        sign = -1 if key.startswith("loan") else 1
        moved = sum(sign * (row["deposit"] - row["withdrawal"]) for row in rows if row["account"] == key)
        assert totals[key]["closing"] - totals[key]["opening"] == moved


def test_one_file_for_each_member(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    lumbung.good("statements", book, *FEBRUARY, "-o", tmp_path / "rekening")
    files = sorted(file.name for file in (tmp_path / "rekening").glob("*.pdf"))
    # Eko has neither balance nor movement; Dewi, who was paid out, has both opening and movements.
    assert [name[:4] for name in files] == ["0001", "0002", "0003", "0004", "samp"]
    for name in files[:4]:
        text = text_of(tmp_path / "rekening" / name)
        report = lumbung.report(book, "member-statement", "--member", name[:4], *FEBRUARY)
        for row in report["rows"]:
            cells = row["cells"]
            if row["kind"] != "item":
                continue
            for key in ("deposit", "withdrawal", "interest", "penalty"):
                if cells[key]:
                    assert dotted(cells[key]) in text, (name, cells)
            if cells["balance"]:
                assert dotted(cells["balance"]) in text
        for key, value in report["totals"].items():
            if isinstance(value, dict) and not key.startswith("other"):
                for amount in value.values():
                    assert dotted(amount) in text
        assert dotted(report["totals"]["next_due"]) in text
    assert "5.500.000" in text_of(tmp_path / "rekening" / files[0])
    assert "Akan Anda terima" in text_of(tmp_path / "rekening" / files[3])
    cover = text_of(tmp_path / "rekening" / files[4])
    # All sheets against the ledger at the end of February.
    balances = lumbung.balances(book, "2026-02-28")
    for code in ("1-1201", "2-1101", "3-1001", "3-1002"):
        assert code in cover
        assert dotted(abs(balances[code])) in cover
    assert "Cocok" in cover


def test_who_left_and_was_paid_gets_none_a_month_later(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    lumbung.good("statements", book, "--month", "2026-03", "-o", tmp_path / "maret")
    names = sorted(file.name[:4] for file in (tmp_path / "maret").glob("*.pdf"))
    assert names == ["0001", "0002", "0003", "samp"]
    lumbung.good("statements", book, "--month", "2025-12", "-o", tmp_path / "desember")
    names = sorted(file.name[:4] for file in (tmp_path / "desember").glob("*.pdf"))
    assert names == ["0001", "0002", "0003", "samp"]


@pytest.mark.parametrize("more", [("--one-file",), ("--one-file", "--per-page", "2"), ("--per-page", "4")])
def test_all_in_one_file(lumbung: Lumbung, book: Path, tmp_path: Path, more: tuple[str, ...]) -> None:
    lumbung.good("statements", book, *FEBRUARY, "-o", tmp_path / "satu", *more)
    files = list((tmp_path / "satu").glob("*.pdf"))
    assert len(files) == 1
    text = text_of(files[0])
    for name in ("Siti Aminah", "Budi Santoso", "Karto Wijoyo", "Dewi Lestari"):
        assert name in text
    # Closing balances: voluntary and loans of each, whatever the paper.
    for amount in ("1.700.000", "5.500.000", "700.000", "5.000.000", "1.800.000"):
        assert amount in text
    pages = len(PdfReader(files[0]).pages)
    # A cover, and for each of four members a page, half a page (a whole one for who has much to tell), or a quarter.
    expected = {("--one-file",): {5}, ("--one-file", "--per-page", "2"): {3, 4}, ("--per-page", "4"): {2}}
    assert pages in expected[more]
