"""The list of term deposits, the interest of one, and the paper of its certificate."""

from datetime import date
from decimal import Decimal

import pytest

from app.base.dates import Period
from app.base.errors import UserError
from app.base.i18n import Translator
from app.ledger.book import Book
from app.ledger.deposits.commands import RunDepositInterest
from app.ledger.deposits.terms import InterestPaid, RollOver
from app.reports.account_statement import DepositCertificate
from app.reports.catalog import reports
from app.reports.document import Document, Letterhead, RowKind
from app.reports.forms import PaperHead
from app.reports.forms.deposit_certificate import deposit_certificate_pdf
from app.reports.frame import Parameters, Request
from tests.ledger.conftest import NOW
from tests.ledger.depositing import close, opened
from tests.ledger.saving_books import add
from tests.reports.conftest import BuildReport
from tests.reports.pdf_reading import overlapping, placed_texts
from tests.reports.statement_samples import LARGEST, SCHEDULE_HEAD


def request(snapshot: object, number: str, on: date, language: str = "id") -> Request:
    parameters = Parameters(period=Period.through(on, on), only_day=True, deposit=number)
    return Request(snapshot, parameters, Translator(language), "Ngatiyem", NOW)  # type: ignore[arg-type]


def fill(book: Book) -> tuple[str, str]:
    add(book)
    add(book, "0002", "Bambang Sutejo")
    first = opened(book, interest_into="Sukarela")
    second = opened(book, 4_321_000, member="2", on=date(2026, 2, 17), rate=Decimal(6), term=1)
    book.execute(RunDepositInterest(on=date(2026, 3, 2)))
    close(book, second, date(2026, 3, 17))
    return first, second


def test_the_list_is_what_was_running_on_the_day(cooperative: Book, build: BuildReport) -> None:
    first, second = fill(cooperative)
    february = build(cooperative, "term-deposits", on=date(2026, 2, 28))
    items = [row for row in february.rows if row.kind is RowKind.ITEM]
    assert [dict(row.cells) for row in items] == [
        {
            "certificate": first,
            "member": "0001",
            "name": "Siti Aminah",
            "amount": 25_000_000,
            "rate": Decimal("7.5"),
            "start": date(2026, 1, 31),
            "maturity": date(2026, 7, 31),
        },
        {
            "certificate": second,
            "member": "0002",
            "name": "Bambang Sutejo",
            "amount": 4_321_000,
            "rate": Decimal(6),
            "start": date(2026, 2, 17),
            "maturity": date(2026, 3, 17),
        },
    ]
    assert february.totals == {"amount": 29_321_000}
    assert build(cooperative, "term-deposits", on=date(2026, 3, 31)).totals == {"amount": 25_000_000}
    assert build(cooperative, "term-deposits", on=date(2026, 1, 30)).totals == {"amount": 0}


def test_the_interest_of_one_shows_what_was_paid_and_what_comes(cooperative: Book) -> None:
    first, _ = fill(cooperative)
    with cooperative.snapshot() as snapshot:
        made: Document = reports()["term-deposit"].build(request(snapshot, first, date(2026, 3, 2)))
        with pytest.raises(UserError):
            reports()["term-deposit"].build(request(snapshot, "SB-1", date(2026, 3, 2)))
    assert made.rows[0].cells["gross"] == 143_836  # 28 days, by hand 143,835.62
    assert made.rows[1].kind is RowKind.SUBTOTAL
    coming = [row.cells["gross"] for row in made.rows[2:]]
    assert len(coming) == 5
    assert 143_836 + sum(int(str(amount)) for amount in coming) == 929_795
    assert made.totals == {"paid": 143_836, "tax": 0, "amount": 25_000_000}


def test_the_certificate_is_printed_with_its_amount_in_words(cooperative: Book) -> None:
    first, second = fill(cooperative)
    paper = reports()["term-deposit"].paper
    assert paper is not None
    with cooperative.snapshot() as snapshot:
        texts = [item.text for item in placed_texts(paper(request(snapshot, first, date(2026, 3, 2)), "A4"))]
        paid_back = " ".join(
            item.text for item in placed_texts(paper(request(snapshot, second, date(2026, 3, 31)), "A4"))
        )
    for words in (
        first,
        "Siti Aminah",
        "Rp25.000.000",
        "(dua puluh lima juta rupiah)",
        "31 Juli 2026",
        "6 bulan",
    ):
        assert words in texts
    assert "17 Maret 2026" in paid_back


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("training", [False, True])
def test_the_longest_words_find_their_room(language: str, *, training: bool) -> None:
    certificate = DepositCertificate(
        number="BILYET-2026-000000123/KSP-RTL",
        product="Simpanan Berjangka Hari Tua Anggota Luar Biasa",
        member_number="00000000137",
        member_name="Raden Ajeng Siti Aminah Kusumaningrum Prawirodirdjo Notonegoro, S.E., M.M.",
        nik="3515144508680002",
        address="Dusun Krajan RT 003 RW 012 Desa Sukamaju, Kecamatan Tegalsari, Kabupaten Sleman",
        amount=LARGEST,
        term="360 bulan",
        rate="8,125 % setahun",
        start=date(2026, 9, 30),
        maturity=date(2056, 9, 30),
        interest="Tiap bulan, ke Simpanan Pendidikan Anak dan Cucu Anggota",
        roll_over="Diperpanjang dengan pokok dan jasa",
        conditions=" ".join(["Kalimat yang cukup panjang tentang bilyet ini dan penaltinya."] * 5),
        closed=date(2026, 11, 24),
    )
    head = PaperHead(
        letterhead=SCHEDULE_HEAD.letterhead,
        made_by="Ngatiyem",
        made_at=SCHEDULE_HEAD.made_at,
        signed_on=date(2026, 9, 30),
        place="Sukamaju",
        training=training,
    )
    texts = placed_texts(deposit_certificate_pdf(certificate, head, Translator(language)))
    assert overlapping(texts) == []
    assert max(item.y for item in texts) <= 148 - 5
    assert {item.page for item in texts} == {1}


def test_a_bare_letterhead_is_enough() -> None:
    certificate = DepositCertificate(
        "1", "Simpanan Berjangka", "1", "Budi", "", "", 1_000, "1 bulan", "6 % setahun",
        date(2026, 1, 1), date(2026, 2, 1), "Jatuh tempo", "Dibayar", "",
    )  # fmt: skip
    head = PaperHead(letterhead=Letterhead("KSP"), made_by="A", made_at=NOW, signed_on=date(2026, 1, 1))
    assert deposit_certificate_pdf(certificate, head, Translator("id")).startswith(b"%PDF")


def test_instructions_are_said_in_words(cooperative: Book) -> None:
    add(cooperative)
    number = opened(
        cooperative,
        9_000_000,
        interest=InterestPaid.MATURITY,
        roll_over=RollOver.ALL,
        penalty_percent=Decimal(1),
    )
    with cooperative.snapshot() as snapshot:
        made = reports()["term-deposit"].build(request(snapshot, number, date(2026, 3, 2), "en"))
    words = dict(made.context)
    assert words["Interest is paid"] == "At maturity, added to the deposit"
    assert words["At maturity"] == "Rolled over with principal and interest"
