"""A record as the command that would record it: what its details give makes the same record again."""

import random
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.ledger.accounts.commands import AddAccount, MoneyKind
from app.ledger.batches.commands import UndoImport
from app.ledger.book import Book
from app.ledger.cash.commands import RecordMoneyIn, RecordMoneyOut, TransferMoney
from app.ledger.collection.commands import CollectionLine, RecordCollection
from app.ledger.command import Command
from app.ledger.debts.commands import PayBill, ReceiveBillPayment, SetOpeningBill
from app.ledger.entries.commands import CorrectEntry, EntryLine, PostEntry, RecordTogether, ReverseEntry
from app.ledger.entries.queries import trial_balance
from app.ledger.loans.commands import ApplyHeldPayments, Excess, PayOffLoan, ReceiveInstalment
from app.ledger.members.commands import AcceptExit, ExitReason
from app.ledger.parties.commands import AddCustomer, AddSupplier
from app.ledger.products.commands import AddProduct, ChangeProduct
from app.ledger.purchases.commands import PurchaseLine, PurchaseMethod, RecordPurchase
from app.ledger.rebuilding import original_command, why_not_corrected
from app.ledger.sales.commands import RecordSale, SaleLine, SaleMethod, SalePayment
from app.ledger.savings.commands import (
    AddSavingsProduct,
    CreditSavingsInterest,
    DepositSavings,
    RecordSavings,
    SavingsKind,
    SavingsLine,
    TransferSavings,
    WithdrawSavings,
)
from tests.ledger.business_days import day, rice
from tests.ledger.import_books import imported, workbook
from tests.ledger.lending import lend, member, pay
from tests.ledger.rebuilt import rebuilt, recorded_again


@pytest.fixture
def shop(business: Book) -> Book:
    """Goods with stock at two costs, goods without, a service; people who owe and are owed."""
    rice(business, quantity="200", value=2_611_111)
    for product in (
        AddProduct(name="Es batu", code="ES", sell_price=1_500),
        AddProduct(name="Ongkos antar", code="ANTAR", sell_price=7_000, service=True),
        AddProduct(name="Minyak", code="MIN", unit="btl", big_unit="dus", big_size=Decimal(12)),
    ):
        business.execute(product)
    business.execute(AddCustomer(name="Bu Ani"))
    business.execute(AddSupplier(name="Agen"))
    business.execute(AddAccount(code="1-1112", name="Bank BRI", money=MoneyKind.BANK))
    business.execute(
        RecordPurchase(
            on=day(1),
            lines=(
                PurchaseLine(product="BR", quantity=Decimal(3), unit="karung", price=331_100),
                PurchaseLine(product="MIN", quantity=Decimal(50), price=17_333),
            ),
            freight=7_777,
        )
    )
    for number, due in ((1, date(2026, 12, 20)), (2, date(2026, 11, 20))):
        sale = RecordSale(
            on=day(number),
            lines=(SaleLine(product="ES", quantity=Decimal(number), price=40_000),),
            method=SaleMethod.CREDIT,
            customer="Bu Ani",
            due=due,
            number=f"N-{number}",
        )
        business.execute(sale)
        owed = PurchaseLine(product="MIN", quantity=Decimal(number), price=100_000)
        business.execute(
            RecordPurchase(on=day(number), lines=(owed,), method=PurchaseMethod.CREDIT, supplier="Agen")
        )
    return business


def sold(**given: Any) -> RecordSale:
    """Two and a half kilos and a sack, a bottle, ice without stock, and the bringing: 551.399 in all."""
    lines = (
        SaleLine(product="BR", quantity=Decimal("2.5"), price=15_101, discount=253),
        SaleLine(product="Minyak", quantity=Decimal(1), price=21_900, unit="btl"),
        SaleLine(product="BR", quantity=Decimal(1), price=489_999, unit="Karung"),
        SaleLine(product="ES", quantity=Decimal(2), price=None),
        SaleLine(product="ANTAR", quantity=Decimal(1), price=7_000, discount=1_000),
    )
    return RecordSale(on=day(7), **{"lines": lines, **given})


TOTAL = 557_399
SALES = {
    "cash": sold(),
    "a number and words of its own": sold(number="N-007", memo="pesanan hajatan"),
    "by transfer, another bank": sold(method=SaleMethod.TRANSFER, account="1-1112", customer="Bu Ani"),
    "on a bon": sold(method=SaleMethod.CREDIT, customer="Bu Ani", due=date(2026, 12, 7), number="B-1"),
    "on a bon, some paid": sold(method=SaleMethod.CREDIT, paid=123_456, customer="Bu Ani"),
    "on a bon, paid in full": sold(method=SaleMethod.CREDIT, paid=TOTAL, customer="Bu Ani"),
    "in cash, not all of it": sold(paid=57_399, customer="Bu Ani", account="1-1102"),
    "nothing of it paid": sold(paid=0, customer="Bu Ani"),
    "three ways": sold(
        method=SaleMethod.QRIS,
        also=(
            SalePayment(method=SaleMethod.TRANSFER, amount=100_001, account="Bank BRI"),
            SalePayment(method=SaleMethod.CASH, amount=200_002),
        ),
    ),
    "three ways and a bon": sold(
        method=SaleMethod.CREDIT,
        also=(
            SalePayment(method=SaleMethod.QRIS, amount=100_001),
            SalePayment(method=SaleMethod.CASH, amount=50_003, account="1-1102"),
        ),
        paid=9_999,
        customer="Bu Ani",
        due=date(2027, 1, 7),
    ),
    "services alone": sold(lines=(SaleLine(product="ANTAR", quantity=Decimal(3), price=6_500),)),
    "given away": sold(lines=(SaleLine(product="BR", quantity=Decimal(1), price=0),), memo="contoh"),
}


def bought(**given: Any) -> RecordPurchase:
    lines = (
        PurchaseLine(product="BR", quantity=Decimal("1.5"), price=12_345, discount=45),
        PurchaseLine(product="MIN", quantity=Decimal(2), price=200_007, unit="dus"),
        PurchaseLine(product="ES", quantity=Decimal(7), price=901),
    )
    return RecordPurchase(on=day(8), **{"lines": lines, "freight": 10_001, **given})


PURCHASES = {
    "cash": bought(),
    "no freight, another place": bought(freight=0, account="1-1102", number="GM-1", memo="ke grosir"),
    "by transfer": bought(method=PurchaseMethod.TRANSFER, supplier="Agen"),
    "owed": bought(method=PurchaseMethod.CREDIT, supplier="Agen", due=date(2026, 12, 8)),
    "owed in part": bought(method=PurchaseMethod.CREDIT, supplier="Agen", paid=99_999, account="1-1112"),
    "in cash, not all of it": bought(supplier="Agen", paid=1_001),
    "given for nothing": bought(lines=(PurchaseLine(product="BR", quantity=Decimal(4), price=0),)),
}
# Whom no register knows: the words of the record name them.
STRANGER = "Pak Budi"
MOVES = {
    "in": RecordMoneyIn(on=day(9), amount=5_001, category="Modal masuk"),
    "with someone known": RecordMoneyIn(
        on=day(9), amount=6_002, category="other-income", party="Bu Ani", memo="sewa kursi", number="KM-1"
    ),
    "with someone unknown": RecordMoneyOut(on=day(9), amount=7_003, category="Gaji", party=STRANGER),
    "an account": RecordMoneyOut(on=day(9), amount=8_004, category="6-1010", account="1-1111"),
    "given back": RecordMoneyIn(on=day(9), amount=8_004, category="6-1003", memo="lebih bayar"),
    "moved": TransferMoney(on=day(9), amount=9_005, source="1-1111", target="1-1102"),
    "moved, said why": TransferMoney(on=day(9), amount=9_006, target="Bank BRI", memo="setoran", number="PK"),
}
DEBTS = {
    "the oldest first": ReceiveBillPayment(on=day(10), customer="Bu Ani", amount=90_001),
    "the note named": ReceiveBillPayment(
        on=day(10), customer="Bu Ani", amount=30_001, bill="n-1", account="1-1121", number="BB-A"
    ),
    "a part": ReceiveBillPayment(on=day(10), customer="Bu Ani", amount=1, memo="cicil"),
    "owed to a supplier": PayBill(on=day(10), supplier="Agen", amount=250_001, account="1-1112"),
}
BY_HAND = {
    "an entry": PostEntry(
        on=day(11),
        memo="penyusutan",
        number="JU/11",
        lines=(
            EntryLine(account="6-1010", debit=11_001, memo="alat"),
            EntryLine(account="6-1099", debit=2_002),
            EntryLine(account="1-2203", credit=13_003, memo="akumulasi"),
        ),
    ),
    "without a number": PostEntry(
        on=day(11),
        memo="",
        lines=(EntryLine(account="6-1010", debit=5), EntryLine(account="1-2203", credit=5)),
    ),
}
OF_THE_SHOP = {
    f"{kind}: {name}": command
    for kind, commands in (
        ("sale", SALES),
        ("purchase", PURCHASES),
        ("money", MOVES),
        ("debts", DEBTS),
        ("journal", BY_HAND),
    )
    for name, command in commands.items()
}


@pytest.mark.parametrize("command", OF_THE_SHOP.values(), ids=OF_THE_SHOP.keys())
def test_a_record_of_the_shop_is_recorded_again_as_it_was(shop: Book, command: Command) -> None:
    entry = int(shop.execute(command).value["entry"])
    again = recorded_again(shop, entry)
    assert type(again) is type(command)
    # Number and words are those that were given, and no others.
    for field in ("number", "memo"):
        if getattr(command, "party", "") != STRANGER:
            assert getattr(again, field) == getattr(command, field)


def test_every_way_to_pay_a_note_comes_back(shop: Book) -> None:
    """Many notes by chance: ways, parts and places of money, discounts, and what stays on the bon."""
    chance = random.Random(7)
    places = {SaleMethod.CASH: "1-1102", SaleMethod.TRANSFER: "1-1112", SaleMethod.QRIS: "1-1121"}
    for number in range(40):
        price = chance.randint(20_000, 99_999)
        line = SaleLine(
            product=chance.choice(("BR", "ES", "ANTAR")),
            quantity=Decimal(chance.randint(1, 2_500)) / 1000,
            price=price,
        )
        total = int((line.quantity * price + Decimal("0.5")) // 1)
        ways = chance.sample(list(places), chance.randint(0, 2))
        also = tuple(
            SalePayment(
                method=way, amount=max(total // 5, 1), account=places[way] if chance.random() < 0.5 else ""
            )
            for way in ways
        )
        left = total - sum(part.amount for part in also)
        if left < 0:
            continue
        method = chance.choice(list(SaleMethod))
        sale = RecordSale(
            on=day(chance.randint(3, 28)),
            lines=(line, SaleLine(product="ES", quantity=Decimal(1), price=0)),
            method=method,
            paid=chance.choice((None, chance.randint(0, left))),
            also=also,
            customer="Bu Ani",
            due=chance.choice((None, date(2026, 12, 31))),
            number=chance.choice(("", f"A{number}")),
        )
        recorded_again(shop, int(shop.execute(sale).value["entry"]))


# The cooperative


@pytest.fixture
def lent(cooperative: Book) -> Book:
    """Two members with savings, one of them with two voluntary accounts, and a loan of eight months."""
    member(cooperative)
    member(cooperative, "0008", "Wagiman")
    cooperative.execute(AddSavingsProduct(code="qurban", name="Simpanan Qurban", kind=SavingsKind.VOLUNTARY))
    for number in ("A-1", "A-2"):
        cooperative.execute(
            DepositSavings(
                member="8", product="qurban", amount=50_000, on=date(2026, 1, 5), savings_number=number
            )
        )
    cooperative.execute(
        DepositSavings(member="7", product="voluntary", amount=9_000_000, on=date(2026, 1, 5))
    )
    lend(cooperative)
    return cooperative


def slip(*lines: tuple[str, str, int], **given: Any) -> RecordSavings:
    return RecordSavings(
        on=date(2026, 2, 3),
        lines=tuple(
            SavingsLine(member=whom, product=what, deposit=max(amount, 0), withdrawal=max(-amount, 0))
            for whom, what, amount in lines
        ),
        **given,
    )


SAVINGS = {
    "a deposit": DepositSavings(member="7", product="wajib", amount=25_001, on=date(2026, 2, 3)),
    "into one of two accounts": DepositSavings(
        member="8", product="qurban", amount=3, on=date(2026, 2, 3), savings_number="A-2"
    ),
    "a withdrawal": WithdrawSavings(
        member="7", product="sukarela", amount=40_002, on=date(2026, 2, 3), account="1-1111", memo="sekolah"
    ),
    "out of one of two accounts": WithdrawSavings(
        member="8", product="qurban", amount=4, on=date(2026, 2, 3), savings_number="A-1", number="TS/1"
    ),
    "a slip": slip(("7", "pokok", 100_000), ("7", "wajib", 20_000), number="SS/9"),
    "a slip in and out": slip(("7", "wajib", 20_000), ("7", "sukarela", -15_000), memo="hari pasaran"),
    "out alone, on a slip": slip(("7", "sukarela", -15_001)),
    "several members": slip(
        ("7", "wajib", 20_000), ("8", "wajib", 21_000), ("7", "wajib", 1), account="1-1111"
    ),
}


@pytest.mark.parametrize("command", SAVINGS.values(), ids=SAVINGS.keys())
def test_savings_are_recorded_again_as_they_were(lent: Book, command: Command) -> None:
    again = recorded_again(lent, int(lent.execute(command).value["entry"]))
    for field in ("number", "memo"):
        assert getattr(again, field) == getattr(command, field)


def paid(amount: int, on: date = date(2026, 3, 10), **given: Any) -> ReceiveInstalment:
    return ReceiveInstalment(loan="PJ-7", amount=amount, on=on, **given)


INSTALMENTS = {
    "what is due": paid(2_688_000),
    "in part": paid(144_001, number="AS/1", account="1-1111"),
    "before anything is due": paid(50_000, date(2026, 1, 20)),
    "kept aside": paid(3_000_000, excess=Excess.HOLD, memo="titip"),
    "the next one": paid(3_000_000, excess=Excess.NEXT),
    "off the principal, ends earlier": paid(5_000_000, excess=Excess.TERM),
    "off the principal, gets smaller": paid(5_000_000, excess=Excess.INSTALMENT),
    "with a penalty": paid(2_700_000, penalty=12_000),
    "parted as it falls due": paid(1_344_000, principal=1_200_000, interest=144_000),
    "parted otherwise": paid(1_000_000, principal=300_000, interest=650_000, penalty=50_000),
    "from savings": paid(1_500_000, from_savings="sukarela", excess=Excess.NEXT),
    "all of it": paid(2_688_000 + 6 * 1_344_000, excess=Excess.NEXT),
}


@pytest.mark.parametrize("before", [0, 1_000_000, 1_344_000], ids=["first", "after a part", "after one"])
@pytest.mark.parametrize("command", INSTALMENTS.values(), ids=INSTALMENTS.keys())
def test_an_instalment_is_recorded_again_as_it_was(
    lent: Book, command: ReceiveInstalment, before: int
) -> None:
    if before:
        if command.on < date(2026, 2, 10) or command.amount > 9_000_000:
            return
        pay(lent, before, date(2026, 2, 10))
    again = recorded_again(lent, int(lent.execute(command).value["entry"]))
    assert isinstance(again, ReceiveInstalment)
    assert again.number == command.number
    # Parts that fall due so are no parts said by anyone; the words for them may name other instalments then.
    assert again.memo == command.memo or (command.split and not again.split)


def test_the_loan_s_own_choice_comes_back_too(cooperative: Book) -> None:
    member(cooperative)
    lend(cooperative, excess=Excess.INSTALMENT)
    pay(cooperative, 2_000_000, date(2026, 2, 10))
    again = recorded_again(cooperative, int(pay(cooperative, 3_000_000, date(2026, 3, 10)).value["entry"]))
    assert getattr(again, "excess", None) is Excess.INSTALMENT


def test_money_kept_aside_that_met_its_due_date_before_stays_where_it_is(lent: Book) -> None:
    pay(lent, 3_000_000, date(2026, 2, 20), apply_held=False)
    lent.execute(ApplyHeldPayments(on=date(2026, 4, 10)))
    before = rebuilt(lent, newest(lent))
    assert before is None, "what met its due date by itself has no form"
    recorded_again(lent, int(pay(lent, 1_344_000, date(2026, 5, 10)).value["entry"]))


# Recorded together: files, sheets of a meeting, samples


def newest(book: Book) -> int:
    with book.snapshot() as snapshot:
        return int(snapshot.sql("SELECT max(id) FROM entry")[0][0])


def entries_of_the_last_command(book: Book) -> range:
    with book.snapshot() as snapshot:
        first, last = snapshot.sql("SELECT first_entry, last_entry FROM audit ORDER BY id DESC LIMIT 1")[0]
    return range(first, last + 1)


def each_recorded_again(book: Book) -> list[str]:
    """Put each entry of the last command right with what its details give; the kinds of command in their order.

    The newest first, each taken back afterwards, as payments and costs rest on what was recorded before them.
    """
    kinds = []
    for entry in reversed(entries_of_the_last_command(book)):
        with book.snapshot() as snapshot:
            assert original_command(snapshot, entry) == rebuilt(book, entry)
        kinds.append(type(recorded_again(book, entry)).__name__)
        book.execute(ReverseEntry(entry=newest(book)))
    return kinds[::-1]


def rows(text: str) -> list[list[str | None]]:
    """The rows of a sheet, written as lines with their cells between bars."""
    return [[cell.strip() or None for cell in line.split("|")] for line in text.strip().splitlines()]


def test_what_a_file_brought_is_recorded_again_as_it_was(business: Book, tmp_path: Path) -> None:
    """Unequal numbers in every column that can make a difference."""
    path = workbook(
        tmp_path / "warung.xlsx",
        Barang=rows("""
            Kode|Nama Barang|Satuan|Harga Jual|Satuan Besar|Isi
            BR|Beras|kg|15100|karung|25
        """),
        Pembelian=rows("""
            Tanggal|No Nota|Barang|Jumlah|Satuan|Harga|Potongan|Ongkos Angkut|Bayar|Dibayar|Jatuh Tempo|Pemasok|Kas/Bank
            1/10/2026|GM-1|Beras|3|karung|331000|1001|7777|Utang|99999|30/11/2026|Agen|Bank
            1/10/2026|GM-1|Gula|4||9001
            2/10/2026||Beras|2|kg|12000|||Tunai
        """),
        Penjualan=rows("""
            Tanggal|No Nota|Barang|Jumlah|Satuan|Harga|Potongan|Bayar|Dibayar|Jatuh Tempo|Pelanggan|Kas/Bank|Keterangan
            3/10/2026|N-1|Beras|1|karung|399999|2001|Bon|100003|25/11/2026|Bu Ani|Kas Kecil|hajatan
            3/10/2026|N-1|Gula|2||12001
            4/10/2026||Beras|2,5||||QRIS
            4/10/2026|N-2|Beras|1||15000||Tunai|5000||Bu Ani
        """),
        Bayar_Bon=rows("""
            Tanggal|No Bukti|Pelanggan|Jumlah|No Nota|Kas/Bank|Keterangan
            5/10/2026|BB-1|Bu Ani|7001|N-2
            6/10/2026||Bu Ani|11001||Bank|lewat anaknya
        """),
        Bayar_Utang=rows("""
            Tanggal|Pemasok|Jumlah
            7/10/2026|Agen|12001
        """),
        Kas=rows("""
            Tanggal|No Bukti|Keterangan|Masuk|Keluar|Kategori|Pihak|Kas/Bank|Ke Kas/Bank
            8/10/2026|KK-1|Listrik Oktober||185001|Listrik & air|PLN
            8/10/2026|||200002||Modal masuk|Bu Ani|Bank
            8/10/2026|PK-1|setor||100003|Pindah kas||Kas Tunai|Bank
        """),
        Jurnal=rows("""
            Tanggal|No Bukti|Keterangan|Kode Akun|Debet|Kredit
            9/10/2026|JU-1|Susut|6-1010|900|
            9/10/2026|JU-1|Susut|1-2203||900
        """),
    )
    imported(business, path)
    assert each_recorded_again(business) == [
        *("RecordPurchase", "RecordPurchase", "RecordSale", "RecordSale", "RecordSale"),
        *("ReceiveBillPayment", "ReceiveBillPayment", "PayBill"),
        *("RecordMoneyOut", "RecordMoneyIn", "TransferMoney", "PostEntry"),
    ]


def test_what_a_file_brought_to_a_cooperative_is_recorded_again_as_it_was(
    cooperative: Book, tmp_path: Path
) -> None:
    member(cooperative)
    member(cooperative, "0008", "Wagiman")
    cooperative.execute(
        DepositSavings(member="7", product="voluntary", amount=9_000_000, on=date(2026, 1, 5))
    )
    lend(cooperative)
    path = workbook(
        tmp_path / "koperasi.xlsx",
        Simpanan=rows("""
            Tanggal|No Anggota|Jenis|Setor|Tarik|No Bukti|Kas/Bank|Keterangan
            5/2/2026|0007|Wajib|25001||SS-1
            5/2/2026|0008|Wajib|25002||SS-1
            6/2/2026|0007|Sukarela||40003||Bank|sekolah
            6/2/2026|0008|Sukarela|5004|
        """),
        Angsuran=rows("""
            Tanggal|No Pinjaman|Jumlah|No Bukti|Pokok|Jasa|Denda|Dari Rekening
            10/2/2026|PJ-7|1344000|AS-1|1200000|144000
            10/3/2026|PJ-7|||1100000|200000|5000
            12/4/2026|PJ-7|1400000||||20000|voluntary
        """),
    )
    imported(cooperative, path)
    assert each_recorded_again(cooperative) == [
        *("RecordSavings", "WithdrawSavings", "RecordSavings"),
        *("ReceiveInstalment", "ReceiveInstalment", "ReceiveInstalment"),
    ]


def test_what_the_collection_sheet_of_a_meeting_brought_is_recorded_again_as_it_was(lent: Book) -> None:
    lines = (
        CollectionLine(member="7", mandatory=20_000, voluntary=3_001, instalment=1_344_000, penalty=1_002),
        CollectionLine(member="8", mandatory=21_003),
    )
    lent.execute(RecordCollection(on=date(2026, 2, 12), lines=lines))
    assert each_recorded_again(lent) == ["RecordSavings", "ReceiveInstalment", "RecordSavings"]


def test_what_was_recorded_together_is_recorded_again_as_it_was(shop: Book) -> None:
    commands: Sequence[Command] = (SALES["on a bon, some paid"], PURCHASES["owed in part"], MOVES["moved"])
    shop.execute(RecordTogether(commands=tuple(commands)))
    assert each_recorded_again(shop) == [type(item).__name__ for item in commands]


# What can't be rebuilt


def why(book: Book, entry: int) -> str:
    with book.snapshot() as snapshot:
        found = why_not_corrected(snapshot, entry)
    return "" if found is None else str(found)


def test_goods_that_are_counted_otherwise_since_have_no_command(shop: Book, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "jual.xlsx",
        Penjualan=rows("""
            Tanggal|Kode Barang|Jumlah|Satuan|Harga
            3/10/2026|MIN|1|dus|250000
            4/10/2026|MIN|2|btl|21000
            4/10/2026|ANTAR|2||7000
        """),
    )
    imported(shop, path)
    box, bottle, carried = entries_of_the_last_command(shop)
    shop.execute(ChangeProduct(product="MIN", big_size=Decimal(24)))
    shop.execute(ChangeProduct(product="ANTAR", service=False))
    assert why(shop, box).endswith("came from an imported file.")
    assert why(shop, carried).endswith("came from an imported file.")
    assert why(shop, bottle) == ""
    recorded_again(shop, bottle)


def test_a_name_that_several_have_since_is_not_guessed(shop: Book) -> None:
    entry = int(shop.execute(MOVES["with someone known"]).value["entry"])
    assert rebuilt(shop, entry) is not None
    shop.execute(AddSupplier(name="bu  ani"))
    assert rebuilt(shop, entry) is None


def test_a_category_that_shares_its_account_is_not_guessed(cooperative: Book) -> None:
    said = {"Kemasan": ("packaging", ""), "untuk rapat": ("6-2099", "untuk rapat")}
    for memo, expected in said.items():
        command = RecordMoneyOut(on=day(3), amount=5_001, category="Kemasan", memo=memo)
        again: Any = recorded_again(cooperative, int(cooperative.execute(command).value["entry"]))
        assert (again.category, again.memo) == expected


def test_a_payment_that_would_go_elsewhere_has_no_command(shop: Book) -> None:
    """Paid in parts on several notes by name, so that no single payment of the sum does the same."""
    entry = int(shop.execute(DEBTS["the oldest first"]).value["entry"])
    assert rebuilt(shop, entry) == ReceiveBillPayment(
        on=day(10), customer=customer_code(shop), amount=90_001, account="1-1101"
    )
    # An older note that comes to light since would be paid first.
    shop.execute(
        SetOpeningBill(on=day(1), customer="Bu Ani", amount=5_000, due=date(2026, 10, 2), number="LAMA")
    )
    assert rebuilt(shop, entry) is None


def customer_code(book: Book) -> str:
    with book.snapshot() as snapshot:
        return str(snapshot.sql("SELECT code FROM party WHERE name = 'Bu Ani'")[0][0])


def test_what_has_no_form_has_no_command(lent: Book) -> None:
    on = date(2026, 2, 20)
    commands: tuple[Command, ...] = (
        TransferSavings(member="7", product="voluntary", to_product="mandatory", amount=7_000, on=on),
        CreditSavingsInterest(member="7", product="voluntary", gross=90_001, on=on),
        PayOffLoan(loan="PJ-7", on=on),
        AcceptExit(member="8", on=on, reason=ExitReason.RESIGNATION),
    )
    for command in commands:
        lent.execute(command)
        assert rebuilt(lent, newest(lent)) is None


# Afterwards


def test_a_file_is_taken_back_with_what_was_put_right_of_it(business: Book, tmp_path: Path) -> None:
    def cash() -> int:
        with business.snapshot() as snapshot:
            return sum(row.amount for row in trial_balance(snapshot) if row.account.code == "1-1101")

    path = workbook(
        tmp_path / "kas.xlsx",
        Kas=[["Tanggal", "Keluar", "Kategori"], [day(3), 5_000, "Sewa"], [day(4), 6_000, "Sewa"]],
    )
    batch = imported(business, path).batch
    wrong = entries_of_the_last_command(business)[0]
    for amount in (5_500, 5_700):
        right = RecordMoneyOut(on=day(3), amount=amount, category="Sewa")
        wrong = int(business.execute(CorrectEntry(entry=wrong, replacement=right)).value["entry"])
    assert cash() == -11_700
    business.execute(UndoImport(batch=batch))
    assert cash() == 0
    imported(business, path)
    assert cash() == -11_000
