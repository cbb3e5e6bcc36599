"""Paper 7, the receipt of a sale: as wide as the roll, as long as its lines, in black."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.base.i18n import Translator
from app.ledger.book import Book
from app.ledger.parties.commands import AddCustomer
from app.ledger.products.commands import AddProduct
from app.ledger.sales.commands import RecordSale, SaleLine, SaleMethod, SalePayment
from app.ledger.sales.queries import ReceiptLine, SaleDocument, sale_document
from app.reports.document import Letterhead
from app.reports.forms.receipt import Receipt, receipt_pdf
from tests.reports.pdf_reading import MM, Placed, overlapping, placed_texts

AT = datetime(2026, 10, 24, 16, 8, tzinfo=timezone(timedelta(hours=7)))
HEAD = Letterhead(name="Warung Sari", lines=("Jl. Pasar Tegalsari No. 17", "0812-0000-0177"))
CASH = SaleDocument(
    number="J-2610-0412",
    on=date(2026, 10, 24),
    customer="",
    total=161_000,
    paid=(("cash", 161_000),),
    owed=0,
    due=None,
    lines=(
        ReceiptLine("Beras IR64 5 kg", Decimal(1), "sak", 74_500, 0, 74_500),
        ReceiptLine("Minyak goreng 1 L", Decimal(2), "btl", 18_500, 0, 37_000),
        ReceiptLine("Gula pasir", Decimal(2), "kg", 17_500, 0, 35_000),
        ReceiptLine("Telur ayam", Decimal("0.5"), "kg", 29_000, 0, 14_500),
    ),
)
BON = SaleDocument(
    number="J-2610-0418",
    on=date(2026, 10, 24),
    customer="Bu Lestari Handayani",
    total=424_000,
    paid=(("cash", 100_000), ("qris", 100_000)),
    owed=224_000,
    due=date(2026, 11, 7),
    lines=(
        ReceiptLine(
            "Beras Rojolele Super Delanggu kemasan 25 kg", Decimal(1), "sak", 389_000, 9_000, 380_000
        ),
        ReceiptLine("Gas elpiji 3 kg", Decimal(2), "tbg", 22_000, 0, 44_000),
    ),
)


def printed(receipt: Receipt, roll: str) -> tuple[list[Placed], float, float]:
    """The texts of the paper, its width and its length in mm."""
    pdf = receipt_pdf(receipt, roll, Translator("id"))
    pages = PdfReader(BytesIO(pdf)).pages
    assert len(pages) == 1
    box = pages[0].mediabox
    return placed_texts(pdf), float(box.width) / MM, float(box.height) / MM


@pytest.mark.parametrize(("roll", "width", "margin", "size"), [("58", 58, 5, 8.5), ("80", 80, 4, 10)])
def test_it_is_as_wide_as_the_roll_and_ends_after_its_last_line(
    roll: str, width: float, margin: float, size: float
) -> None:
    texts, wide, long = printed(Receipt(CASH, HEAD, AT, given=200_000), roll)
    assert wide == pytest.approx(width, abs=0.1)
    # 12 mm of feed below the last line.
    assert long - max(text.y for text in texts) == pytest.approx(12, abs=0.2)
    assert min(text.x for text in texts) >= margin - 0.05
    assert max(text.right for text in texts) <= width - margin + 0.05
    sizes = {text.text: text.size for text in texts}
    assert sizes["Gula pasir"] == size
    assert sizes["Rp161.000"] == size + 2


def test_cash_shows_what_was_given_and_what_came_back() -> None:
    texts, _wide, _long = printed(Receipt(CASH, HEAD, AT, given=200_000), "58")
    words = [text.text for text in texts]
    assert words[:5] == [
        "Warung Sari",
        "Jl. Pasar Tegalsari No. 17",
        "0812-0000-0177",
        "J-2610-0412",
        "24/10/26 16.08",
    ]
    assert "0,5 kg × 29.000" in words
    assert words[words.index("Tunai") + 1] == "200.000"
    assert words[words.index("Kembalian") + 1] == "39.000"
    exact = [text.text for text in printed(Receipt(CASH, HEAD, AT), "58")[0]]
    assert exact[exact.index("Tunai") + 1] == "161.000"
    assert "Kembalian" not in exact


def test_a_bon_shows_who_each_way_of_paying_and_what_is_left_until_when() -> None:
    texts, _wide, _long = printed(Receipt(BON, HEAD, AT), "80")
    words = [text.text for text in texts]
    assert words[words.index("Pelanggan") + 1] == "Bu Lestari Handayani"
    assert words[words.index("Tunai") + 1] == "100.000"
    assert words[words.index("QRIS") + 1] == "100.000"
    assert words[words.index("Sisa bon nota ini") + 1] == "224.000"
    assert words[words.index("Jatuh tempo") + 1] == "7 November 2026"
    # A long name goes on in the next line, and its discount stands beside the price.
    assert "25 kg" in words
    assert "1 sak × 389.000 – 9.000" in words


@pytest.mark.parametrize("roll", ["58", "80"])
def test_the_longest_figures_do_not_meet_what_stands_before_them(roll: str) -> None:
    line = ReceiptLine("Kulkas", Decimal(12), "unit", 99_999_999, 9_999_999, 1_189_999_989)
    sale = CASH._replace(total=1_189_999_989, paid=(("cash", 1_189_999_989),), lines=(line,))
    texts, _wide, _long = printed(Receipt(sale, HEAD, AT, given=1_200_000_000), roll)
    assert overlapping(texts) == []


@pytest.mark.parametrize("roll", ["58", "80"])
def test_long_names_and_numbers_go_on_in_the_next_line(roll: str) -> None:
    sale = CASH._replace(
        number="NOTA/CABANG-TEGALSARI/2026/10/000412", customer="Bu Lestari Handayani Kusumawati Prawirodirjo"
    )
    texts, wide, _long = printed(Receipt(sale, HEAD, AT), roll)
    assert overlapping(texts) == []
    assert min(text.x for text in texts) >= 4 - 0.05
    assert max(text.right for text in texts) <= wide - 4 + 0.05


def test_training_is_written_on_it() -> None:
    words = [text.text for text in printed(Receipt(CASH, HEAD, AT, training=True), "58")[0]]
    assert words.count("LATIHAN") == 2


def test_what_a_sale_was_comes_from_the_book(business: Book) -> None:
    business.execute(AddProduct(name="Gula", sell_price=17_500, unit="kg"))
    business.execute(AddCustomer(name="Bu Ani"))
    outcome = business.execute(
        RecordSale(
            on=date(2026, 10, 24),
            lines=(SaleLine(product="Gula", quantity=Decimal(2), discount=1_000),),
            method=SaleMethod.CREDIT,
            paid=None,
            also=(
                SalePayment(method=SaleMethod.CASH, amount=10_000),
                SalePayment(method=SaleMethod.QRIS, amount=4_000),
            ),
            customer="Bu Ani",
        )
    )
    with business.snapshot() as snapshot:
        sale = sale_document(snapshot, int(outcome.value["entry"]))
        assert sale_document(snapshot, 999) is None
    assert sale is not None
    assert (sale.number, sale.customer, sale.total, sale.owed) == (outcome.number, "Bu Ani", 34_000, 20_000)
    assert dict(sale.paid) == {"cash": 10_000, "qris": 4_000}
    assert sale.lines == (ReceiptLine("Gula", Decimal(2), "kg", 17_500, 1_000, 34_000),)
