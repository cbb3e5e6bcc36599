"""Holding a list from the old books beside ours: what is equal, what differs, what only one of the two has.

The list is two columns of a workbook or CSV, told by their headings: a code, a number or a name, and an amount.
Nothing is written.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl.utils.cell import get_column_letter

from app.base.errors import Bug, UserError
from app.base.i18n import N_
from app.ledger.accounts.chart import read_chart
from app.ledger.command import Command
from app.ledger.debts.queries import aging
from app.ledger.entries import queries as entries
from app.ledger.imports.cells import is_blank, reader_of
from app.ledger.imports.documents import first_rows
from app.ledger.imports.headings import Headings, find_headings, folded
from app.ledger.imports.importer import open_file
from app.ledger.imports.raw import HEADING_ROWS, MOST_ROWS, RawRow, RawSheet, too_many_rows
from app.ledger.loans.offered import loan_products
from app.ledger.loans.queries import loan_list
from app.ledger.parties.queries import parties
from app.ledger.products.queries import products, stock_list
from app.ledger.reader import Reader
from app.ledger.savings import queries as savings
from app.ledger.sheet import CellKind, Column, Sheet, SheetDocument, Step
from app.ledger.transaction import Transaction

# What became of a line: the words of each.
STATES = {
    "different": N_("Different"),
    "only_theirs": N_("Only in the old list"),
    "only_ours": N_("Only in this book"),
    "several": N_("The name fits more than one"),
    "equal": N_("Equal"),
}
_SAVINGS = "savings:"
_LOANS = "loans:"
_TOTALS = {"total", "jumlah", "grandtotal", "totaljumlah", "jumlahtotal"}
# A column of bare numbers counts the rows more often than it names anything: it is taken only where no other does.
_BARE = ("No", "Nomor", "Number")
_CODES = (
    *("No Anggota", "Nomor Anggota", "No Pinjaman", "No Rekening", "Kode Barang", "Kode Akun"),
    *("Kode Pelanggan", "Kode Pemasok", "Barcode", "Code", "Member", "Account Code"),
)
_NAMES = (
    *(
        "Nama Anggota",
        "Nama Barang",
        "Nama Akun",
        "Nama Pelanggan",
        "Nama Pemasok",
        "Anggota",
        "Barang",
        "Akun",
    ),
    *("Pelanggan", "Pemasok", "Perkiraan", "Uraian", "Name"),
)
_AMOUNTS = (
    *(
        "Saldo",
        "Sisa",
        "Nilai",
        "Nominal",
        "Total",
        "Rupiah",
        "Saldo Akhir",
        "Saldo Simpanan",
        "Saldo Pinjaman",
    ),
    *(
        "Sisa Pokok",
        "Sisa Pinjaman",
        "Sisa Bon",
        "Sisa Utang",
        "Piutang",
        "Utang",
        "Nilai Stok",
        "Nilai Persediaan",
    ),
    *("Amount", "Balance", "Value"),
)
_QUANTITIES = (
    "Stok",
    "Stok Akhir",
    "Sisa Stok",
    "Jumlah Stok",
    "Banyaknya",
    "Qty",
    "Sisa",
    "Quantity",
    "Stock",
)


class Subject(NamedTuple):
    """What can be compared. `words` with `params` is its title; `quantity`: it is counted in units, not in rupiah."""

    key: str
    words: str
    params: Mapping[str, object]
    quantity: bool = False


class ListRow(NamedTuple):
    """A row of the old list. `signed`: it came as debit less credit."""

    row: int
    code: str
    name: str
    amount: int | Decimal
    signed: bool = False


class ListFault(NamedTuple):
    """A row that can't be read: its number, the column's letter, and the sentence."""

    row: int
    column: str
    template: str
    advice: str
    params: Mapping[str, object]


class OldList(NamedTuple):
    """What a file holds."""

    rows: tuple[ListRow, ...]
    faults: tuple[ListFault, ...]


class Compared(NamedTuple):
    """One line. None where only one of the two has it. `row` is the first row of the file that it came from, else 0."""

    state: str  # a key of STATES
    code: str
    name: str
    ours: int | Decimal | None
    theirs: int | Decimal | None
    row: int

    @property
    def difference(self) -> int | Decimal:
        """Ours less theirs."""
        return (self.ours or 0) - (self.theirs or 0)


class Comparison(NamedTuple):
    """All lines, those to look at first, and the two totals."""

    rows: tuple[Compared, ...]
    ours: int | Decimal
    theirs: int | Decimal

    @property
    def difference(self) -> int | Decimal:
        """Ours less theirs."""
        return self.ours - self.theirs

    @property
    def counts(self) -> dict[str, int]:
        """How many lines of each state there are."""
        counted = Counter(row.state for row in self.rows)
        return {state: counted[state] for state in STATES}


class _Ours(NamedTuple):
    """A line of this book, and by what codes an old list may call it. `normal` turns debit less credit into it."""

    codes: tuple[str, ...]
    name: str
    amount: int | Decimal
    normal: int = 1


def subjects(reader: Reader) -> list[Subject]:
    """What this book can be compared in."""
    kind = reader.info.kind
    found = []
    if kind == "cooperative":
        found += [
            Subject(f"{_SAVINGS}{item.code}", N_("Savings: {name}"), {"name": item.name})
            for item in savings.products(reader)
        ]
        found.append(Subject("loans", N_("Loans: principal outstanding"), {}))
        found += [
            Subject(f"{_LOANS}{item.code}", N_("Loans of {name}: principal outstanding"), {"name": item.name})
            for item in loan_products(reader)
        ]
    else:
        found += [
            Subject("receivables", N_("What customers owe"), {}),
            Subject("payables", N_("What is owed to suppliers"), {}),
            Subject("stock", N_("Stock: quantities"), {}, quantity=True),
            Subject("stock-value", N_("Stock: values"), {}),
        ]
    return [*found, Subject("accounts", N_("Balances of accounts"), {})]


def read_list(path: Path, subject: Subject) -> OldList:
    """The rows of the old list, from the first sheet in which the headings are found.

    Raises UserError for a file that can't be read, or in which no sheet has a column of names or codes and one of
    amounts. A cell that can't be read is a fault of its row; the others are read all the same.
    """
    ways = [_sheet_of(subject, _CODES), _sheet_of(subject, (*_CODES, *_BARE))]
    with open_file(path, ways) as raws:
        for raw in raws:
            first = first_rows(raw)
            for sheet in ways:
                found = find_headings(sheet, first)
                if found is not None and _enough(found):
                    return _read(sheet, raw, first, found)
    raise UserError(
        "{name} has no list that can be compared.",
        advice="Two headings are needed: Kode or Nama, and {amount}.",
        name=path.name,
        amount=ways[0].columns[2].heading,
    )


def read_pasted(text: str, subject: Subject) -> OldList:
    """The same of two columns copied out of a workbook or a message, where headings are not needed.

    Cells are apart by tabs, else by semicolons; where a line has neither, its last word is the amount. Raises
    UserError where there is no line.
    """
    rows: list[RawRow] = []
    for number, line in enumerate(text.splitlines(), 1):
        cells: list[Any] = line.split("\t") if "\t" in line else line.split(";")
        if len(cells) == 1:
            cells = line.strip().rsplit(maxsplit=1)
        if any(cell.strip() for cell in cells):
            rows.append((number, [cell.strip() or None for cell in cells]))
    if not rows:
        raise UserError("There is no line in it.", advice="Copy two columns: a code or name, and an amount.")
    for sheet in (_sheet_of(subject, _CODES), _sheet_of(subject, (*_CODES, *_BARE))):
        found = find_headings(sheet, rows[:1])
        if found is not None and _enough(found):
            return _read(sheet, RawSheet("", iter(rows[HEADING_ROWS:])), rows[:HEADING_ROWS], found)
    found = Headings(0, -1, places={"code": 0, "amount": 1})
    return _read(sheet, RawSheet("", iter(rows[HEADING_ROWS:])), rows[:HEADING_ROWS], found)


def compare_list(reader: Reader, subject: Subject, rows: Sequence[ListRow], on: date) -> Comparison:
    """Ours at the close of `on` beside the list. Rows of the list that are about the same thing are added up."""
    best: list[tuple[ListRow, int | None]] = []
    ours: Sequence[_Ours] = ()
    fitting = -1
    # Loans may be listed loan by loan or member by member: the way in which more rows are known is the one meant.
    for mode in _modes(reader, subject, on):
        matched = _matched(mode, rows)
        known = sum(place is not None and place >= 0 for _, place in matched)
        if known > fitting:
            best, ours, fitting = matched, mode, known
    lines: list[Compared] = []
    theirs: dict[int, tuple[int | Decimal, int]] = {}
    for row, place in best:
        if place is None or place < 0:
            state = "only_theirs" if place is None else "several"
            if row.amount or place is not None:
                lines.append(Compared(state, row.code, row.name, None, row.amount, row.row))
            continue
        amount = row.amount * ours[place].normal if row.signed else row.amount
        before, where = theirs.get(place, (0, row.row))
        theirs[place] = (before + amount, where)
    for place, item in enumerate(ours):
        code = item.codes[0] if item.codes else ""
        if place in theirs:
            amount, where = theirs[place]
            state = "equal" if amount == item.amount else "different"
            lines.append(Compared(state, code, item.name, item.amount, amount, where))
        elif item.amount:
            lines.append(Compared("only_ours", code, item.name, item.amount, None, 0))
    order = list(STATES)
    lines.sort(key=lambda line: (order.index(line.state), line.row, line.code, line.name.casefold()))
    zero: int | Decimal = Decimal(0) if subject.quantity else 0
    return Comparison(
        tuple(lines),
        sum((line.ours for line in lines if line.ours is not None), zero),
        sum((line.theirs for line in lines if line.theirs is not None), zero),
    )


def _modes(reader: Reader, subject: Subject, on: date) -> list[list[_Ours]]:
    """Our lines, in each of the ways in which a list may have them."""
    match subject.key:
        case key if key.startswith(_SAVINGS):
            code = key.removeprefix(_SAVINGS)
            return [
                [
                    _Ours((item.number,), item.name, item.amounts.get(code, 0))
                    for item in savings.balances(reader, on)
                ]
            ]
        case key if key == "loans" or key.startswith(_LOANS):
            code = key.removeprefix(_LOANS)
            loans = [item for item in loan_list(reader, on) if key == "loans" or item.product == code]
            members: dict[str, _Ours] = {}
            for loan in loans:
                sofar = members.get(loan.member, _Ours((loan.member,), loan.name, 0))
                members[loan.member] = sofar._replace(amount=sofar.amount + loan.outstanding)
            return [
                [_Ours((loan.loan,), loan.name, loan.outstanding) for loan in loans],
                list(members.values()),
            ]
        case "receivables" | "payables":
            customers = subject.key == "receivables"
            side, kind = ("receivable", "customer") if customers else ("payable", "supplier")
            owed = {item.code: item.total for item in aging(reader, side, on)}
            # Also who owes nothing: an old list that says otherwise differs, its name is not unknown here.
            return [
                [_Ours((item.code,), item.name, owed.get(item.code, 0)) for item in parties(reader, kind)]
            ]
        case "stock" | "stock-value":
            stock = {
                item.code: item.quantity if subject.quantity else item.value
                for item in stock_list(reader, on)
            }
            nothing: int | Decimal = Decimal(0) if subject.quantity else 0
            return [
                [
                    _Ours(
                        tuple(filter(None, (item.code, item.barcode))),
                        item.name,
                        stock.get(item.code, nothing),
                    )
                    for item in products(reader)
                    if not item.service
                ]
            ]
        case "accounts":
            amounts = entries.balances(reader, on)
            return [
                [
                    _Ours((row.code,), row.name, row.normal * amounts.get(row.id, 0), row.normal)
                    for row in read_chart(reader).accounts
                    if not row.heading
                ]
            ]
    raise Bug(f"nothing is known of {subject.key}")


def _matched(ours: Sequence[_Ours], rows: Sequence[ListRow]) -> list[tuple[ListRow, int | None]]:
    """Each row with the place of what it is about among ours; None when we have no such thing, -1 when several."""
    codes: dict[str, set[int]] = {}
    bare: dict[str, set[int]] = {}
    names: dict[str, set[int]] = {}
    for place, item in enumerate(ours):
        for code in item.codes:
            codes.setdefault(folded(code), set()).add(place)
            bare.setdefault(folded(code).lstrip("0"), set()).add(place)
        names.setdefault(folded(item.name), set()).add(place)

    def place_of(row: ListRow) -> int | None:
        # In a list of one column a code may stand under a heading for names, and the other way round.
        written = [text for text in (folded(row.code), folded(row.name)) if text]
        tries = [
            *((codes, text) for text in written),
            *((bare, text.lstrip("0")) for text in written if text.isdecimal()),
            *((names, text) for text in reversed(written)),
        ]
        several = False
        for known, text in tries:
            places = known.get(text, set())
            if len(places) == 1:
                return next(iter(places))
            several = several or len(places) > 1
        return -1 if several else None

    return [(row, place_of(row)) for row in rows]


def _sheet_of(subject: Subject, codes: tuple[str, ...]) -> Sheet:
    """The columns of an old list, as the import describes sheets."""
    kind = CellKind.QUANTITY if subject.quantity else CellKind.AMOUNT
    heading, aliases = ("Jumlah", _QUANTITIES if subject.quantity else _AMOUNTS)
    return Sheet(
        "Daftar lama",
        Step.PROFILE,
        (
            Column("Kode", "code", CellKind.CODE, aliases=codes),
            Column("Nama", "name", aliases=_NAMES),
            Column(heading, "amount", kind, aliases=aliases),
            Column("Debet", "debit", CellKind.AMOUNT, aliases=("Debit", "D")),
            Column("Kredit", "credit", CellKind.AMOUNT, aliases=("Credit", "K")),
        ),
        _makes_nothing,
    )


def _makes_nothing(_tx: Transaction, _document: SheetDocument) -> Sequence[Command]:
    raise Bug("a list that is compared records nothing")


def _enough(found: Headings) -> bool:
    named = "code" in found.places or "name" in found.places
    return named and ("amount" in found.places or {"debit", "credit"} <= found.places.keys())


def _read(sheet: Sheet, raw: RawSheet, first: Sequence[RawRow], found: Headings) -> OldList:
    rows: list[ListRow] = []
    faults: list[ListFault] = []
    columns = [
        (item, found.places[item.key], reader_of(item)) for item in sheet.columns if item.key in found.places
    ]

    def take(number: int, cells: Sequence[Any]) -> None:
        values: dict[str, Any] = {}
        for column, place, read in columns:
            cell = cells[place] if place < len(cells) else None
            if is_blank(cell):
                continue
            try:
                values[column.key] = read(cell)
            except UserError as error:
                params = {"value": str(cell), **error.params}
                faults.append(
                    ListFault(number, get_column_letter(place + 1), error.template, error.advice, params)
                )
                return
        row = _row_of(number, values)
        if row is not None:
            rows.append(row)

    for number, cells in first[found.index + found.rows :]:
        take(number, cells)
    for count, (number, cells) in enumerate(raw.rows, start=len(first)):
        if count > MOST_ROWS:
            raise too_many_rows(raw.name)
        take(number, cells)
    return OldList(tuple(rows), tuple(faults))


def _row_of(number: int, values: Mapping[str, Any]) -> ListRow | None:
    """A row that says something: not an empty one, nor the total below the list."""
    code, name = str(values.get("code") or ""), str(values.get("name") or "")
    if not (code or name) or (not code and folded(name) in _TOTALS) or (not name and folded(code) in _TOTALS):
        return None
    if values.get("amount") is not None:
        return ListRow(number, code, name, values["amount"])
    if values.get("debit") is None and values.get("credit") is None:
        return None
    return ListRow(number, code, name, (values.get("debit") or 0) - (values.get("credit") or 0), signed=True)
