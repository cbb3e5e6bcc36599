"""The business's books for other programs, the templates, and what the second-hand reader makes of them."""

import csv
import json
import re
from collections import defaultdict
from pathlib import Path

import pytest

from tests.acceptance import warung_january as january
from tests.acceptance.outside import Lumbung, workbook

_KINDS = {"1": "Aset", "2": "Liabilitas", "3": "Ekuitas", "4": "Pendapatan", "7": "Pendapatan"}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book after the import of January, made once."""
    folder = tmp_path_factory.mktemp("warung")
    lumbung = Lumbung(lambda: ("", ""))
    path = lumbung.new(folder / "warung.lumbung")
    lumbung.good("import", path, workbook(folder / "januari.xlsx", january.SHEETS))
    return path


def test_hledger(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    file = tmp_path / "warung.journal"
    lumbung.good("export", book, "--as", "hledger", "-o", file)
    text = file.read_text("utf-8")
    assert "Aset:1-1101 Kas Tunai" in text
    assert all(word in text for word in ("N-001", "GM-1", "Bu Wati", "Toko Grosir Makmur", "belanja dapur"))
    sums: dict[str, int] = defaultdict(int)
    for account, amount in re.findall(r"^ {4}(\S.*?)  +(-?[\d.]+) IDR", text, re.MULTILINE):
        assert account.split(":")[0] == _KINDS.get(account.split(":")[1][0], "Beban")
        sums[account.split(":")[1].split(" ")[0]] += int(amount)
    assert {code: total for code, total in sums.items() if total} == lumbung.balances(book, "2026-12-31")


def test_beancount(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    from beancount import loader
    from beancount.core.data import Transaction

    file = tmp_path / "warung.beancount"
    lumbung.good("export", book, "--as", "beancount", "-o", file)
    entries, errors, options = loader.load_file(str(file))
    assert errors == []
    assert [options[name] for name in ("name_assets", "name_equity", "name_income")] == [
        "Aset", "Ekuitas", "Pendapatan",
    ]  # fmt: skip
    sums: dict[str, int] = defaultdict(int)
    for entry in entries:
        if isinstance(entry, Transaction):
            for posting in entry.postings:
                assert posting.units is not None
                assert posting.units.number is not None
                sums[posting.account.split(":")[1][:6]] += int(posting.units.number)
    assert {code: total for code, total in sums.items() if total} == lumbung.balances(book, "2026-12-31")
    assert "Aset:1-1101-Kas-Tunai" in file.read_text("utf-8")


def test_json_and_csv_lose_nothing(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    lumbung.good("export", book, "--as", "json", "-o", tmp_path / "warung.json")
    lumbung.good("export", book, "--as", "csv", "-o", tmp_path / "csv")
    tables = json.loads((tmp_path / "warung.json").read_text("utf-8"))["tables"]
    postings = tables["posting"]
    rows = postings["rows"] if isinstance(postings, dict) else postings
    with (tmp_path / "csv" / "posting.csv").open(encoding="utf-8-sig", newline="") as stream:
        written = list(csv.reader(stream, delimiter=_delimiter(tmp_path / "csv" / "posting.csv")))
    assert len(written) - 1 == len(rows) > 100
    place = written[0].index("amount")
    assert sum(int(row[place]) for row in written[1:]) == 0
    names = {path.stem for path in (tmp_path / "csv").glob("*.csv")}
    assert set(tables) <= names


def _delimiter(path: Path) -> str:
    first = path.read_text("utf-8-sig").splitlines()[0]
    return ";" if ";" in first else ","


@pytest.mark.parametrize("kind", ["business", "cooperative"])
def test_the_templates(lumbung: Lumbung, tmp_path: Path, kind: str) -> None:
    from openpyxl import load_workbook

    path = lumbung.new(tmp_path / f"{kind}.lumbung", kind)
    empty = tmp_path / "kosong.xlsx"
    lumbung.good("template", empty, "--kind", kind)
    sheets = load_workbook(empty).sheetnames
    wanted = {
        "business": {
            "Profil", "Akun", "Saldo Awal", "Jurnal", "Barang", "Pelanggan", "Pemasok", "Penjualan", "Pembelian",
            "Bayar Bon", "Bayar Utang", "Kas",
        },
        "cooperative": {
            "Profil", "Akun", "Saldo Awal", "Jurnal", "Kas", "Anggota", "Saldo Simpanan", "Simpanan", "Pinjaman",
            "Angsuran",
        },
    }[kind]  # fmt: skip
    assert wanted <= set(sheets)
    assert any(sheet.data_validations.dataValidation for sheet in load_workbook(empty).worksheets)
    before = path.read_bytes()
    lumbung.good("import", path, empty)
    assert path.read_bytes() == before
    filled = tmp_path / "contoh.xlsx"
    lumbung.good("template", filled, "--kind", kind, "--filled")
    lumbung.good("import", path, filled)
    # A sample has nothing to complain about: no money below 0, and its opening is settled.
    assert lumbung.good("check", path, "--json").json == {"findings": []}
    assert "tidak ada yang ditambahkan" in lumbung.good("import", path, filled).out
    sheet = lumbung.totals(path, "balance-sheet", "--on", "2026-12-31")
    assert sheet["assets"] == sheet["liabilities"] + sheet["equity"] > 0


def test_notices_speak_the_language_of_the_reader(lumbung: Lumbung, tmp_path: Path) -> None:
    path = lumbung.new(tmp_path / "minus.lumbung")
    lumbung.do(path, "record-money-out", "--on", "2026-01-08", "--amount", "500", "--category", "ATK")
    (finding,) = lumbung.good("check", path, "--json").json["findings"]
    assert finding["severity"] == "notice"
    assert "8 Januari 2026" in finding["message"]
    assert "-Rp500" in finding["message"]
