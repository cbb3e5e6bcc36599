"""The books for other programs: hledger and beancount read them as we do; CSV and JSON lose nothing."""

import csv
import json
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from app.base.errors import Cancelled, UserError
from app.base.progress import Watched
from app.ledger.accounts.commands import AddAccount, RenameAccount
from app.ledger.book import Book
from app.ledger.cash.commands import RecordMoneyIn, RecordMoneyOut
from app.ledger.entries import queries
from app.ledger.entries.commands import CloseYear, EntryLine, PostEntry, PostOpening, ReverseEntry
from app.ledger.exports import EXPORTS, export_book
from app.ledger.exports.content import pages, tables
from app.ledger.parties.commands import AddCustomer
from app.ledger.profile.commands import SetLogo, SetProfile

ODD = 'Beli "cat" 5 kg; warna | hijau 🐔 C:\\toko/ujung, *lunas*\nbaris dua'


@pytest.fixture
def odd(business: Book) -> Book:
    """A book full of names and memos that other programs could stumble over."""
    lines = (EntryLine(account="1-1101", debit=5_000_000), EntryLine(account="1-2203", credit=120_000))
    for command in (
        SetProfile(name='Toko "Ayam; Jago" | Bu Ñoñi'),
        SetLogo(image=b"\x89PNG\r\n\x00\xff"),
        AddAccount(code="6-1050", name="Biaya: lain; (aneh) | 50%"),
        AddAccount(code="6-1050.1", name="  Biaya  dua spasi 🐔 "),
        AddAccount(code="6-1050-1", name="Biaya dua spasi"),
        RenameAccount(code="1-1111", name="Bank BRI/BNI"),
        AddCustomer(name='Pak "Dhé", Jl. A; no 7', nickname='Dhé "kecil"; 🐔'),
        PostOpening(on=date(2025, 11, 30), lines=lines),
        PostEntry(
            on=date(2025, 12, 1),
            memo=ODD,
            number="A;1) (x",
            lines=(
                EntryLine(account="6-1050", debit=17_000, memo="rinci; satu, dua"),
                EntryLine(account="6-1050.1", debit=23_000),
                EntryLine(account="6-1050-1", debit=1_000),
                EntryLine(account="1-1101", credit=41_000, memo='"tunai"'),
            ),
        ),
        RecordMoneyIn(
            on=date(2025, 12, 2), amount=910_000, category="Pendapatan lain", party='Pak "Dhé", Jl. A; no 7'
        ),
        RecordMoneyOut(on=date(2025, 12, 3), amount=77_000, category="Sewa", account="1-1111"),
        ReverseEntry(number="A;1) (x"),
        CloseYear(year=2025),
    ):
        business.execute(command)
    return business


@pytest.fixture
def exported(odd: Book, tmp_path: Path) -> Callable[[str, str], Path]:
    """Export the odd book as a kind, to a name."""

    def write(kind: str, name: str) -> Path:
        with odd.snapshot() as snapshot:
            return export_book(snapshot, kind, tmp_path / name)

    return write


def ours(book: Book) -> dict[str, int]:
    with book.snapshot() as snapshot:
        return {item.account.code: item.amount for item in queries.trial_balance(snapshot)}


def hledger(file: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["hledger", "-f", str(file), *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={"PATH": "/usr/bin:/bin:/usr/local/bin", "LC_ALL": "C.UTF-8"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def code_in(account: str, codes: list[str]) -> str:
    """The longest of the codes with which the name after the kind begins."""
    name = account.split(":", 1)[1]
    return max((code for code in codes if name.startswith(code)), key=len)


def test_hledger_reads_the_same_balances(odd: Book, exported: Callable[[str, str], Path]) -> None:
    file = exported("hledger", "buku.journal")
    hledger(file, "check", "--strict")
    table = csv.DictReader(StringIO(hledger(file, "balance", "--flat", "--no-total", "-O", "csv")))
    balances = {row["account"]: int(row["balance"].removesuffix(" IDR")) for row in table}
    codes = [*ours(odd), "6-1050", "6-1050.1", "6-1050-1"]
    assert {code_in(account, codes): amount for account, amount in balances.items() if amount} == ours(odd)
    assert balances["Aset:1-1101 Kas Tunai"] == 5_910_000
    assert "Aset:1-1111 Bank BRI/BNI" in balances


def test_hledger_keeps_number_memo_and_party(exported: Callable[[str, str], Path]) -> None:
    file = exported("hledger", "buku.journal")
    entries = json.loads(hledger(file, "print", "-O", "json"))
    by_number = {entry["tcode"]: entry for entry in entries}
    odd_one = by_number["A；1） （x"]
    assert odd_one["tdescription"] == (
        'Beli "cat" 5 kg； warna ｜ hijau 🐔 C:\\toko/ujung, *lunas* baris dua'
    )
    assert ["memo", "rinci； satu， dua"] in odd_one["tpostings"][0]["ptags"]
    assert {"party": 'Pak "Dhé"， Jl. A； no 7'}.items() <= dict(by_number["KM-2512-0001"]["ttags"]).items()
    assert dict(by_number["BT-2512-0001"]["ttags"])["reverses"] == "A；1) (x"
    assert dict(by_number["SA-2511-0001"]["ttags"])["kind"] == "opening"
    assert dict(by_number["TB-2512-0001"]["ttags"])["kind"] == "closing"
    sheet = hledger(file, "incomestatement", "not:tag:kind=closing", "-O", "csv")
    assert '"Pendapatan:7-1099 Pendapatan Lain-lain","910000 IDR"' in sheet
    assert '"Net:","833000 IDR"' in sheet


def test_beancount_reads_the_same_balances(odd: Book, exported: Callable[[str, str], Path]) -> None:
    from beancount import loader
    from beancount.core import data

    file = exported("beancount", "buku.beancount")
    entries, errors, options = loader.load_file(str(file))
    assert errors == []
    assert options["title"] == 'Toko "Ayam; Jago" | Bu Ñoñi'
    names: dict[str, str] = {}
    sums: Counter[str] = Counter()
    by_number: dict[str, data.Transaction] = {}
    for entry in entries:
        assert entry.meta is not None
        if isinstance(entry, data.Open):
            names[entry.account] = entry.meta["code"]
        elif isinstance(entry, data.Transaction):
            by_number[entry.meta["number"]] = entry
            for posting in entry.postings:
                assert posting.units is not None
                sums[names[posting.account]] += int(posting.units.number or 0)
    assert {code: amount for code, amount in sums.items() if amount} == ours(odd)
    assert names["Aset:1-1101-Kas-Tunai"] == "1-1101"
    assert by_number["A;1) (x"].narration == ODD
    assert (by_number["A;1) (x"].postings[0].meta or {})["memo"] == "rinci; satu, dua"
    received, taken_back = by_number["KM-2512-0001"], by_number["BT-2512-0001"]
    assert received.meta["party"] == received.payee == 'Pak "Dhé", Jl. A; no 7'
    assert taken_back.meta["reverses"] == "A;1) (x"


def test_bean_check_accepts_an_empty_book(business: Book, tmp_path: Path) -> None:
    from beancount import loader

    with business.snapshot() as snapshot:
        file = export_book(snapshot, "beancount", tmp_path / "kosong.beancount")
        journal = export_book(snapshot, "hledger", tmp_path / "kosong.journal")
    assert loader.load_file(str(file))[1] == []
    hledger(journal, "check")


def rows_of(book: Book) -> dict[str, list[tuple[Any, ...]]]:
    with book.snapshot() as snapshot:
        return {
            table.name: [row for page in pages(snapshot, table) for row in page] for table in tables(snapshot)
        }


def test_json_loses_nothing(odd: Book, exported: Callable[[str, str], Path]) -> None:
    document = json.loads(exported("json", "buku.json").read_text(encoding="utf-8"))
    assert (document["format"], document["version"]) == ("lumbung-export", 1)
    rebuilt = {}
    for name, table in document["tables"].items():
        blobs = {place for place, column in enumerate(table["columns"]) if column["type"] == "BLOB"}
        rebuilt[name] = [
            tuple(
                bytes.fromhex(value) if place in blobs and value is not None else value
                for place, value in enumerate(row)
            )
            for row in table["rows"]
        ]
    kept = rows_of(odd)
    assert rebuilt == kept
    assert {"entry", "posting", "account", "party", "audit", "day_balance", "series"} <= set(kept)
    assert kept["logo"] == [(1, b"\x89PNG\r\n\x00\xff")]
    assert 'Dhé "kecil"; 🐔' in kept["party"][0]
    assert len(kept["audit"]) == 13


def fields(text: str) -> Iterator[list[str | None]]:
    """CSV as our files have it: nothing between two commas is None, `""` is an empty text."""
    row: list[str | None] = []
    place = 0
    while place < len(text):
        if text[place] == '"':
            end = place + 1
            while text[end] != '"' or text[end + 1] == '"':
                end += 2 if text[end] == '"' else 1
            row.append(text[place + 1 : end].replace('""', '"'))
            place = end + 1
        else:
            end = min(text.index("\n", place), text.find(",", place) % (len(text) + 1))
            row.append(text[place:end] or None)
            place = end
        if text[place] == "\n":
            yield row
            row = []
        place += 1
        if text[place - 1] == "," and text[place] == "\n":
            yield [*row, None]
            row = []
            place += 1


def rebuilt_from(read: Callable[[str], str]) -> dict[str, list[tuple[Any, ...]]]:
    def parsed(value: str | None, kind: str | None) -> Any:
        if value is None:
            return None
        if kind == "BLOB":
            return bytes.fromhex(value)
        return int(value) if kind == "INTEGER" else value

    types: dict[str, list[str | None]] = {}
    for table, _, kind, *_ in list(fields(read("_schema.csv")))[1:]:
        types.setdefault(str(table), []).append(kind)
    return {
        name: [
            tuple(parsed(value, kind) for value, kind in zip(row, kinds, strict=True))
            for row in list(fields(read(f"{name}.csv")))[1:]
        ]
        for name, kinds in types.items()
    }


def test_csv_loses_nothing(odd: Book, exported: Callable[[str, str], Path]) -> None:
    folder = exported("csv", "buku")

    def read(name: str) -> str:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            return file.read()

    assert rebuilt_from(read) == rows_of(odd)
    with (folder / "account.csv").open(encoding="utf-8", newline="") as file:
        names = {row["code"]: row["name"] for row in csv.DictReader(file)}
    assert names["6-1050"] == "Biaya: lain; (aneh) | 50%"
    # Once more into the same folder: the files are replaced.
    assert exported("csv", "buku") == folder
    assert rebuilt_from(read) == rows_of(odd)


def test_csv_in_one_file(odd: Book, exported: Callable[[str, str], Path]) -> None:
    with ZipFile(exported("csv", "buku.zip")) as archive:
        assert rebuilt_from(lambda name: archive.read(name).decode()) == rows_of(odd)


@pytest.mark.parametrize("kind", EXPORTS)
def test_a_stopped_export_leaves_nothing(odd: Book, tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    watched = Watched(lambda *_: None)
    watched.cancel()
    with odd.snapshot() as snapshot, pytest.raises(Cancelled):
        export_book(snapshot, kind, folder / "buku", watched)
    assert list(folder.iterdir()) == []


def test_a_missing_folder_is_named(odd: Book, tmp_path: Path) -> None:
    with odd.snapshot() as snapshot:
        for kind in EXPORTS:
            with pytest.raises(UserError, match="does not exist"):
                export_book(snapshot, kind, tmp_path / "tidak-ada" / "buku")
        (tmp_path / "berkas").write_text("x", encoding="utf-8")
        with pytest.raises(UserError, match="is a file"):
            export_book(snapshot, "csv", tmp_path / "berkas")


def test_pages_join_without_gaps(odd: Book) -> None:
    with odd.snapshot() as snapshot:
        whole = [entry for page in queries.whole_entries(snapshot) for entry in page]
        pieces = list(queries.whole_entries(snapshot, size=2))
    assert [entry for page in pieces for entry in page] == whole
    assert [len(page) for page in pieces] == [2, 2, 2, 1]
    assert [entry.date for entry in whole] == sorted(entry.date for entry in whole)
