"""Files: the Excel list, the backup while in use, and reading a large CSV. Targets P14, P18 and the import."""

import resource
import time
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import sqlcipher3.dbapi2 as driver

from app.base.clock import FixedClock
from app.base.i18n import Translator
from app.ledger.book import Book
from app.ledger.entries.commands import RecordTogether
from app.ledger.imports import import_file
from app.ledger.products.commands import AddProduct, SetOpeningStock
from app.ledger.storage.backup import make_backup
from app.reports.document import CellType, Column, Document, Letterhead, Row, RowKind
from app.reports.render import render
from tests.bench.measure import Bench, Scale, at_least, at_most, once
from tests.bench.measure import Row as Figure
from tests.bench.year import CLOCK, year_book

_ROWS = 100_000
_MADE_AT = datetime(2026, 11, 24, 9, 0, tzinfo=timezone(timedelta(hours=7)))


def excel(scale: Scale) -> list[Figure]:
    """P14: a list of 8 columns with number formats against bare openpyxl in its streaming mode."""
    count = min(scale.entries, _ROWS)
    document = list_document(count)
    target = scale.folder / "daftar.xlsx"

    def ours() -> None:
        content = render(document, "xlsx", Translator("id"))
        target.write_bytes(content if isinstance(content, bytes) else content.encode())

    bare = min(once(lambda: _bare_excel(target, document)) for _ in range(2))
    taken = min(once(ours) for _ in range(2))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ours()
    growth = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - peak
    return [
        at_least(f"{count:,} x 8", count / taken * 1000, count / bare * 1000, 0.9, "rows/s"),
        at_most("memory growth of one more", max(growth, 0.1), 30, 1, "MiB"),
    ]


def list_document(count: int) -> Document:
    columns = (
        Column("date", "Tanggal", CellType.DATE),
        Column("number", "Nomor"),
        Column("memo", "Keterangan", weight=3),
        Column("code", "Kode"),
        Column("name", "Akun", weight=2),
        Column("in", "Masuk", CellType.AMOUNT),
        Column("out", "Keluar", CellType.AMOUNT),
        Column("balance", "Saldo", CellType.AMOUNT),
    )
    rows = tuple(
        Row(
            RowKind.ITEM,
            {
                "date": date(2026, 1, 1) + timedelta(days=number % 300),
                "number": f"JL-{number:06d}",
                "memo": f"Penjualan barang {number % 97}",
                "code": "4-1001",
                "name": "Penjualan",
                "in": number * 137 % 1_000_003,
                "out": number % 3 * 500,
                "balance": number * 1_009,
            },
        )
        for number in range(count)
    )
    return Document(
        "journal", "Daftar", "Tahun", date(2026, 1, 1), date(2026, 12, 31), columns, rows, {}, "2026",
        Letterhead("Warung"), "bench", _MADE_AT,
    )  # fmt: skip


def _bare_excel(target: Path, document: Document) -> None:
    """What a straightforward program does: write_only, a cell object with its format for each value."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    formats = {"date": "dd/mm/yyyy", "in": "#,##0", "out": "#,##0", "balance": "#,##0"}
    for row in document.rows:
        cells = []
        for column in document.columns:
            cell = WriteOnlyCell(sheet, value=cast("Any", row.cells[column.key]))
            if column.key in formats:
                cell.number_format = formats[column.key]
            cells.append(cell)
        sheet.append(cells)
    workbook.save(target)


def backup(scale: Scale) -> list[Figure]:
    """P18: our verified copy against the raw backup API with the same verification."""
    path = year_book(scale.folder, scale.entries, scale.members)
    folder = scale.folder / "salinan"
    clock = FixedClock(_MADE_AT)

    def ours() -> None:
        for old in folder.glob("*"):
            old.unlink()
        make_backup(path, folder, clock)

    def raw() -> None:
        target = scale.folder / "mentah-salinan.db"
        target.unlink(missing_ok=True)
        source, copy = driver.connect(f"file:{path}?mode=ro", uri=True), driver.connect(str(target))
        source.backup(copy)
        text = "SELECT account_id, sum(amount) FROM posting GROUP BY account_id ORDER BY account_id"
        if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise AssertionError("the raw copy is damaged")
        if copy.execute(text).fetchall() != source.execute(text).fetchall():
            raise AssertionError("the raw copy differs")
        source.close()
        copy.close()

    with Book.open(path, clock=CLOCK, actor="bench"):
        taken = min(once(ours) for _ in range(3))
        bare = min(once(raw) for _ in range(3))
    return [at_most("verified copy while in use", taken, bare, 1.15, "ms")]


def sales_csv(scale: Scale) -> list[Figure]:
    """100,000 sales rows from CSV, with stock, cost and bon: at least 10,000 rows a second."""
    count = min(scale.entries, _ROWS)
    folder = scale.folder
    for old in folder.glob("impor*"):
        old.unlink()
    book = Book.create(folder / "impor.lumbung", kind="business", name="Impor", clock=CLOCK, actor="bench")
    goods = [f"B{number:03d}" for number in range(200)]
    book.execute(
        RecordTogether(
            commands=tuple(AddProduct(code=code, name=f"Barang {code}", sell_price=3_500) for code in goods)
            + tuple(
                SetOpeningStock(
                    on=date(2025, 12, 31), product=code, quantity=Decimal(1_000_000), value=2_500_000_000
                )
                for code in goods
            )
        )
    )
    file = folder / "impor.csv"
    ways = ("Tunai", "Tunai", "Tunai", "QRIS", "Bon")
    with file.open("w", encoding="utf-8", newline="") as stream:
        stream.write("Tanggal;No Nota;Kode Barang;Jumlah;Harga;Potongan;Bayar;Pelanggan\n")
        for number in range(count):
            on = date(2026, 1, 1) + timedelta(days=number * 300 // count)
            way = ways[number % 5]
            whom = f"Pelanggan {number % 50}" if way == "Bon" else ""
            price = 3_500 + number % 7 * 100
            line = f"{on:%d/%m/%Y};N{number};{goods[number % 200]};{1 + number % 4};{price};0;{way};{whom}"
            stream.write(line + "\n")
    start = time.perf_counter()
    import_file(book, file)
    rate = count / (time.perf_counter() - start)
    book.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        at_least(f"{count:,} sales rows", rate, 10_000, 1, "rows/s"),
        at_most("peak memory of this process", peak, 300, 1, "MiB"),
    ]


BENCHES = (
    Bench("P14", "Excel list", excel),
    Bench("P18", "backup while in use", backup),
    Bench("CSV", "import of sales", sales_csv),
)
