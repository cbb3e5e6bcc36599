"""Every business report as JSON, xlsx, PDF, CSV and text: the same figures, and rows that lead somewhere."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from app.base.format import Formatter
from tests.acceptance import warung_january as january
from tests.acceptance.outside import Lumbung, workbook

_MONTH, _END = ("--month", "2026-01"), ("--on", "2026-01-31")
REPORTS = {
    "trial-balance": _END,
    "journal": _MONTH,
    "ledger": (*_MONTH, "--account", "1-1101"),
    "cash-book": _MONTH,
    "income-statement": _MONTH,
    "balance-sheet": _END,
    "cash-flow": _MONTH,
    "opening-check": ("--on", "2025-12-31"),
    "sales": _MONTH,
    "sales-by-product": _MONTH,
    "purchases": _MONTH,
    "expenses": _MONTH,
    "stock": _END,
    "stock-card": (*_MONTH, "--product", "BR-01"),
    "receivables": _END,
    "payables": _END,
    "party-card": (*_MONTH, "--party", "PL-01"),
}
AS_OF = {"trial-balance", "balance-sheet", "opening-check", "stock", "receivables", "payables"}
CELLS = {
    "trial-balance": ["code", "name", "debit", "credit"],
    "journal": ["date", "number", "memo", "code", "name", "debit", "credit"],
    "ledger": ["date", "number", "memo", "code", "name", "debit", "credit", "balance"],
    "cash-book": ["date", "number", "memo", "party", "in", "out", "balance"],
    "income-statement": ["code", "name", "amount"],
    "balance-sheet": ["code", "name", "amount"],
    "cash-flow": ["name", "amount"],
    "opening-check": ["code", "name", "ledger", "detail", "difference"],
    "sales": ["date", "name", "quantity", "sales", "cost", "margin"],
    "sales-by-product": ["code", "name", "quantity", "sales", "cost", "margin"],
    "purchases": ["date", "number", "party", "amount"],
    "expenses": ["category", "amount"],
    "stock": ["code", "name", "unit", "quantity", "unit_cost", "value"],
    "stock-card": ["date", "number", "memo", "in", "out", "balance"],
    "receivables": [
        "party", "name", "not_due", "days_1_30", "days_31_60", "days_61_90", "days_over_90", "total",
    ],
    "payables": [
        "party", "name", "not_due", "days_1_30", "days_31_60", "days_61_90", "days_over_90", "total",
    ],
    "party-card": ["date", "number", "memo", "in", "out", "balance"],
}  # fmt: skip
Shop = tuple[Lumbung, Path]


@pytest.fixture(scope="module")
def january_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book after the import of January, made once."""
    folder = tmp_path_factory.mktemp("warung")
    lumbung = Lumbung(lambda: ("", ""))
    book = lumbung.new(folder / "warung.lumbung")
    lumbung.good("import", book, workbook(folder / "januari.xlsx", january.SHEETS))
    return book


def _figures(report: dict[str, Any], *types: str) -> Iterator[tuple[dict[str, Any], str, Any]]:
    """Each cell of these types that holds something, with its row and column."""
    wanted = [column["key"] for column in report["columns"] if column["type"] in types]
    for row in report["rows"]:
        for key in wanted:
            if row["cells"].get(key) is not None:
                yield row, key, row["cells"][key]


@pytest.mark.parametrize("key", REPORTS)
def test_json_is_as_promised(lumbung: Lumbung, january_book: Path, key: str) -> None:
    report = lumbung.report(january_book, key, *REPORTS[key])
    assert report["report"] == key
    assert report["book"] == "Warung Sari"
    assert report["first_day"] == (None if key in AS_OF else "2026-01-01")
    assert report["last_day"] == ("2025-12-31" if key == "opening-check" else "2026-01-31")
    keys = [column["key"] for column in report["columns"]]
    assert set(CELLS[key]) <= set(keys)
    kinds = {column["type"] for column in report["columns"]}
    assert kinds <= {"text", "amount", "integer", "quantity", "rate", "date"}
    assert {row["kind"] for row in report["rows"]} <= {"heading", "item", "subtotal", "total", "note"}
    for row in report["rows"]:
        if row["kind"] == "item":
            assert set(CELLS[key]) <= set(row["cells"])
    assert all(type(value) is int for _, _, value in _figures(report, "amount", "integer"))
    assert all(date.fromisoformat(value) for _, _, value in _figures(report, "date"))
    assert all(re.fullmatch(r"-?\d+(\.\d+)?", value) for _, _, value in _figures(report, "quantity", "rate"))


@pytest.mark.parametrize("key", REPORTS)
def test_what_rows_open_works(lumbung: Lumbung, january_book: Path, key: str) -> None:
    report = lumbung.report(january_book, key, *REPORTS[key])
    targets = {tuple(row["opens"].items()) for row in report["rows"] if row.get("opens")}
    # Only the journal leads nowhere further, and a product without a stock card.
    for row in report["rows"]:
        if row["kind"] == "item" and key not in ("journal", "sales-by-product"):
            assert row["opens"] or row["cells"].get("name") == "Kas awal periode", row
    for target in list(targets)[:12]:
        words = dict(target)
        name = words.pop("report")
        options = [part for option, value in words.items() for part in (f"--{option}", value)]
        opened = lumbung.report(january_book, name, *options)
        assert opened["report"] == name
        if "from" in words:
            assert opened["rows"]


@pytest.mark.parametrize("key", REPORTS)
def test_the_workbook_holds_real_numbers_and_dates(
    lumbung: Lumbung, january_book: Path, tmp_path: Path, key: str
) -> None:
    from openpyxl import load_workbook

    report = lumbung.report(january_book, key, *REPORTS[key])
    file = tmp_path / f"{key}.xlsx"
    lumbung.good("report", january_book, key, *REPORTS[key], "--as", "xlsx", "-o", file)
    live = load_workbook(file).worksheets[0]
    labels = [column["label"] for column in report["columns"] if column["key"] != "code"]
    lines = enumerate(live.iter_rows(values_only=True), start=1)
    first = next(number for number, row in lines if set(labels) <= set(row)) + 1
    places = {cell.value: cell.column for cell in live[first - 1] if cell.value}
    rows = [row for row in report["rows"] if row["kind"] != "note"]
    for offset, row in enumerate(rows):
        for column in report["columns"]:
            value, place = row["cells"].get(column["key"]), places.get(column["label"])
            if value is None or place is None or column["type"] == "text":
                continue
            found: Any = live.cell(first + offset, place).value
            if isinstance(found, str) and found.startswith("="):
                assert row["kind"] in ("subtotal", "total")
                found = _recomputed(live, found)
            if column["type"] == "date":
                assert isinstance(found, datetime)
                assert found.date().isoformat() == value
            else:
                assert found == pytest.approx(float(value), abs=1e-9), (key, row, column["key"])
    if key in ("trial-balance", "income-statement", "balance-sheet", "purchases", "stock", "receivables"):
        formulas = [cell for row in live.iter_rows() for cell in row if cell.data_type == "f"]
        assert formulas


def _recomputed(sheet: Any, formula: str) -> float:
    """What a formula of sums and differences comes to; other functions are not expected."""

    def cell(name: str) -> float:
        value = sheet[name].value
        if isinstance(value, str) and value.startswith("="):
            return _recomputed(sheet, value)
        return float(value or 0)

    def total(match: re.Match[str]) -> str:
        parts = []
        for part in match[1].split(","):
            start, _, end = part.partition(":")
            area = sheet[f"{start}:{end or start}"]
            parts += [cell(item.coordinate) for row in area for item in row]
        return f"({sum(parts)})"

    text = re.sub(r"SUM\(([^()]*)\)", total, formula[1:])
    text = re.sub(r"\b([A-Z]{1,2}\d+)\b", lambda match: f"({cell(match[1])})", text)
    assert re.fullmatch(r"[-+().\d\s]+", text), formula
    return float(sum(_terms(text)))


def _terms(text: str) -> Iterator[float]:
    """The signed terms of a flat sum like (5.0)-(3.0)+(-2.0)."""
    for sign, number in re.findall(r"([-+]?)\(*(-?\d+(?:\.\d+)?(?:e[-+]?\d+)?)\)*", text):
        yield -float(number) if sign == "-" else float(number)


@pytest.mark.parametrize("key", REPORTS)
def test_the_pdf_shows_the_same(lumbung: Lumbung, january_book: Path, tmp_path: Path, key: str) -> None:
    from pypdf import PdfReader

    report = lumbung.report(january_book, key, *REPORTS[key])
    file = tmp_path / f"{key}.pdf"
    lumbung.good("report", january_book, key, *REPORTS[key], "--as", "pdf", "-o", file)
    text = "\n".join(page.extract_text() for page in PdfReader(file).pages)
    say = Formatter("id")
    assert report["title"] in text
    assert "Warung Sari" in text
    assert "Halaman 1 dari" in text
    for row, column, value in _figures(report, "amount"):
        if value:
            shown = say.amount(abs(value))
            assert shown in text, (row, column)
    for _, column, value in _figures(report, "text"):
        # On paper the two statements go without the codes of their accounts.
        if column != "code" or key not in ("income-statement", "balance-sheet"):
            assert str(value).split()[0] in text
    assert not re.search(r"\b(Total|Balance|As of|in rupiah|Page|Opening|Closing|Made)\b", text)


@pytest.mark.parametrize("key", REPORTS)
def test_csv_and_text(lumbung: Lumbung, january_book: Path, tmp_path: Path, key: str) -> None:
    report = lumbung.report(january_book, key, *REPORTS[key])
    file = tmp_path / f"{key}.csv"
    lumbung.good("report", january_book, key, *REPORTS[key], "--as", "csv", "-o", file)
    rows = list(csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline=""), delimiter=";"))
    cells = {cell for row in rows for cell in row}
    for column in report["columns"]:
        assert column["label"] in cells
    for row, column, value in _figures(report, "amount"):
        if row["kind"] == "item":
            assert str(value) in cells, (row, column)
    said = lumbung.good("report", january_book, key, *REPORTS[key]).out
    assert said.splitlines()[:2] == ["Warung Sari", report["title"]]
    say = Formatter("id")
    for row, column, value in _figures(report, "amount"):
        if value:
            assert say.amount(abs(value)) in said, (row, column)
    assert not re.search(r"\b(Total|Balance|As of|in rupiah|Opening|Closing)\b", said)


@pytest.mark.parametrize("key", ["income-statement", "balance-sheet", "cash-flow"])
def test_a_year_to_compare_with(lumbung: Lumbung, january_book: Path, key: str) -> None:
    report = lumbung.report(january_book, key, "--month", "2027-01", "--compare", "2026")
    alone = lumbung.report(january_book, key, "--month", "2026-01")
    other = {
        row["cells"].get("code") or row["cells"]["name"]: row["cells"]["comparative"]
        for row in report["rows"]
        if row["kind"] == "item"
    }
    for row in alone["rows"]:
        if row["kind"] == "item":
            name = row["cells"].get("code") or row["cells"]["name"]
            assert other[name] == row["cells"]["amount"], name


@pytest.mark.parametrize("key", ["income-statement", "balance-sheet", "cash-flow"])
def test_statements_are_signed_by_the_owner(lumbung: Lumbung, tmp_path: Path, key: str) -> None:
    from pypdf import PdfReader

    book = lumbung.new(tmp_path / "warung.lumbung")
    lumbung.do(book, "set-profile", "--owner", "Sari Wulandari", "--place", "Batang")
    lumbung.do(book, "record-money-in", "--on", "2026-01-05", "--amount", "5000", "--category", "Modal masuk")
    file = tmp_path / "laporan.pdf"
    lumbung.good("report", book, key, *_MONTH, "--as", "pdf", "-o", file)
    lines = PdfReader(file).pages[0].extract_text().splitlines()
    assert "Pemilik" in lines
    assert "Sari Wulandari" in lines
    assert [line for line in lines if line.startswith("Batang, ")]
