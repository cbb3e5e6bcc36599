"""The sheet Produk Simpanan."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from app.base.dates import Month
from app.ledger.book import Book
from app.ledger.members.interest import interest_due
from app.ledger.savings.interest import InterestMethod
from app.ledger.savings.queries import products
from app.ledger.savings.terms import Terms, read_terms
from tests.ledger.import_books import imported, places, refused, told, workbook
from tests.ledger.saving_books import add, deposit

HEAD = (
    "Kode",
    "Nama",
    "Golongan",
    "Setoran",
    "Jasa % per Tahun",
    "Cara Hitung",
    "Dasar Hari",
    "Saldo Minimum",
    "Kode Akun",
)


def test_products_are_added_and_the_standard_ones_changed(cooperative: Book, tmp_path: Path) -> None:
    rows = (
        HEAD,
        ("hari-raya", "Simpanan Hari Raya", "Sukarela", None, 4.5, "Saldo harian", 360, 50_000, "2-1102"),
        ("mandatory", "Simpanan Wajib", "Wajib", 25_000, None, None, None, None, None),
        ("SKR", "Simpanan Sukarela", None, None, "3", "Saldo terendah", 12, None, None),
    )
    path = workbook(tmp_path / "a.xlsx", Produk_Simpanan=rows)
    assert imported(cooperative, path).documents == 3
    with cooperative.snapshot() as snapshot:
        found = {item.code: item for item in products(snapshot)}
        terms = {code: read_terms(snapshot).get(item.id, []) for code, item in found.items()}
    assert set(found) == {"share", "mandatory", "voluntary", "term", "loan-required", "hari-raya"}
    assert found["mandatory"].amount == 25_000
    assert terms["hari-raya"][0][1] == Terms(Decimal("4.5"), InterestMethod.DAILY, 360, "", 50_000)
    assert terms["voluntary"][0][1] == Terms(Decimal(3), InterestMethod.LOWEST, 12)
    # They earn from the beginning, as it was in the old books.
    add(cooperative)
    deposit(cooperative, "hari-raya", 7_300_000, date(2021, 1, 20))
    with cooperative.snapshot() as snapshot:
        due = interest_due(snapshot, Month(2021, 2), date(2021, 2, 28))
    # 7.300.000 x 4,5 % x 28 / 360.
    assert [item.gross for item in due] == [25_550]


def test_a_row_that_cannot_be_is_named(cooperative: Book, tmp_path: Path) -> None:
    rows = (
        HEAD,
        ("qurban", "Simpanan Qurban", None, None, 4, None, None, None, None),
        ("haji", "Simpanan Haji", "Sukarela", None, 4, "Saldo harian", 12, None, "2-1103"),
        ("share", "Simpanan Pokok", "Wajib", None, None, None, None, None, None),
        ("pokok-2", "Pokok Kedua", "Pokok", 100_000, 4, None, None, None, None),
    )
    error = refused(cooperative, workbook(tmp_path / "a.xlsx", Produk_Simpanan=rows))
    assert places(error) == [
        "Produk Simpanan!C2",
        "Produk Simpanan!G3",
        "Produk Simpanan!C4",
        "Produk Simpanan!E5",
    ], told(error)
