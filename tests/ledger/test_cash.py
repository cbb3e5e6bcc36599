"""Money in and out by category, and between cash and bank."""

import pytest

from app.base.dates import Month
from app.base.errors import Refused, UserError
from app.ledger import checks
from app.ledger.accounts.chart import standard_chart
from app.ledger.accounts.commands import SetAccountActive
from app.ledger.book import Book
from app.ledger.cash.categories import categories
from app.ledger.cash.commands import RecordMoneyIn, RecordMoneyOut, TransferMoney
from app.ledger.cash.queries import money_moves
from app.ledger.entries.commands import CorrectEntry
from app.ledger.parties.commands import AddSupplier
from tests.ledger.business_days import balances, day


@pytest.mark.parametrize("kind", ["business", "cooperative"])
def test_every_category_has_an_account_that_takes_entries(kind: str) -> None:
    chart = {line.code: line for line in standard_chart(kind)}
    for category in categories(kind):
        line = chart[category.account]
        assert (line.control, line.money) == (None, None), category.name
        assert not category.account.endswith("000")
        assert category.direction in {"in", "out"}


def test_the_categories_are_those_promised() -> None:
    promised = [
        *("Modal masuk", "Untuk rumah", "Gaji", "Sewa", "Listrik & air", "Transport", "ATK", "Kemasan"),
        *("Iklan", "Biaya bank/QRIS", "Perbaikan", "Retribusi", "Pajak", "Pinjaman masuk"),
        *("Bayar pinjaman (pokok)", "Bayar bunga", "Beli alat", "Pendapatan lain", "Biaya lain"),
    ]
    assert sorted(item.name for item in categories("business")) == sorted(promised)
    assert {*promised} - {item.name for item in categories("cooperative")} == {"Untuk rumah"}


def test_money_in_and_out_by_category(business: Book) -> None:
    done = business.execute(RecordMoneyIn(on=day(1), amount=5_000_000, category="modal MASUK"))
    assert done.number == "KM-2610-0001"
    business.execute(RecordMoneyOut(on=day(2), amount=350_000, category="Listrik & air", account="Bank"))
    business.execute(RecordMoneyOut(on=day(3), amount=200_000, category="drawings"))
    assert balances(business) == {
        "1-1101": 4_800_000,
        "1-1111": -350_000,
        "3-1001": -5_000_000,
        "3-1002": 200_000,
        "6-1003": 350_000,
    }
    business.undo()
    assert "3-1002" not in balances(business)


def test_a_cooperative_has_its_own_accounts(cooperative: Book) -> None:
    cooperative.execute(RecordMoneyOut(on=day(2), amount=75_000, category="Biaya bank/QRIS"))
    cooperative.execute(RecordMoneyOut(on=day(2), amount=1_250_000, category="Beli alat"))
    assert balances(cooperative) == {"1-1101": -1_325_000, "1-2105": 1_250_000, "8-1001": 75_000}
    with pytest.raises(UserError, match="no category"):
        cooperative.execute(RecordMoneyOut(on=day(2), amount=5, category="Untuk rumah"))


def test_an_account_code_is_a_category_too_in_both_directions(business: Book) -> None:
    business.execute(RecordMoneyOut(on=day(2), amount=40_000, category="6-1004"))
    business.execute(RecordMoneyIn(on=day(3), amount=15_000, category="6-1004", memo="Kembalian bensin"))
    assert balances(business)["6-1004"] == 25_000


@pytest.mark.parametrize(
    ("category", "said"),
    [
        ("Jajan", "no category"),
        ("1-1201", "kept by its details"),
        ("1-1111", "holds money itself"),
        ("6-0000", "takes no entries"),
        ("Modal masuk", "not money out"),
    ],
)
def test_what_is_no_category_is_refused_at_its_field(business: Book, category: str, said: str) -> None:
    with pytest.raises((Refused, UserError), match=said) as caught:
        business.execute(RecordMoneyOut(on=day(2), amount=40_000, category=category))
    assert caught.value.field == "category"


def test_wages_are_not_money_in_and_closed_accounts_take_nothing(business: Book) -> None:
    with pytest.raises(Refused, match="not money in"):
        business.execute(RecordMoneyIn(on=day(2), amount=40_000, category="Gaji"))
    business.execute(SetAccountActive(code="6-1006", active=False))
    with pytest.raises(Refused, match="takes no entries"):
        business.execute(RecordMoneyOut(on=day(2), amount=40_000, category="Kemasan"))


def test_who_it_is_about_stays_readable(business: Book) -> None:
    business.execute(AddSupplier(name="Bengkel Jaya"))
    business.execute(RecordMoneyOut(on=day(2), amount=40_000, category="Perbaikan", party="bengkel jaya"))
    business.execute(RecordMoneyOut(on=day(2), amount=900_000, category="Gaji", party="Yanti"))
    with business.snapshot() as snapshot:
        rows = snapshot.sql(
            "SELECT e.memo, p.name FROM entry AS e LEFT JOIN party AS p ON p.id = e.party_id ORDER BY e.id"
        )
    assert [tuple(row) for row in rows] == [("Perbaikan", "Bengkel Jaya"), ("Gaji (Yanti)", None)]


def test_money_moves_between_cash_and_bank(business: Book) -> None:
    done = business.execute(TransferMoney(on=day(7), amount=600_000, target="Bank"))
    assert done.number == "PK-2610-0001"
    assert balances(business) == {"1-1101": -600_000, "1-1111": 600_000}
    business.execute(TransferMoney(on=day(7), amount=100_000, source="1-1111", target="Kas Kecil"))
    with pytest.raises(Refused, match="already") as same:
        business.execute(TransferMoney(on=day(7), amount=1_000, source="Kas Tunai", target="1-1101"))
    assert same.value.field == "target"
    with pytest.raises(UserError, match="not a cash or bank") as caught:
        business.execute(TransferMoney(on=day(7), amount=1_000, source="Prive", target="1-1101"))
    assert caught.value.field == "source"


def test_cash_below_0_is_a_notice_not_a_refusal(business: Book) -> None:
    business.execute(RecordMoneyOut(on=day(2), amount=40_000, category="Sewa"))
    with business.snapshot() as snapshot:
        assert [item.key for item in checks.run(snapshot)] == ["money-negative"]


def test_the_shape_is_checked() -> None:
    with pytest.raises(UserError, match="more than 0"):
        RecordMoneyIn(on=day(1), amount=0, category="Gaji")
    with pytest.raises(UserError, match="what it is for"):
        RecordMoneyOut(on=day(1), amount=5, category=" ")
    with pytest.raises(UserError, match="more than 0"):
        TransferMoney(on=day(1), amount=-5, target="Bank")
    with pytest.raises(UserError, match="where the money goes"):
        TransferMoney(on=day(1), amount=5, target="")


def test_the_moves_of_a_month_are_told_with_their_sign(business: Book) -> None:
    business.execute(RecordMoneyIn(on=day(1), amount=5_000_000, category="capital", memo="modal"))
    business.execute(RecordMoneyOut(on=day(2), amount=350_000, category="utilities", party="PLN"))
    business.execute(TransferMoney(on=day(3), amount=200_000, source="", target="Bank", memo="setor"))
    wrong = business.execute(RecordMoneyOut(on=day(4), amount=99_000, category="rent"))
    put_right = business.execute(
        RecordMoneyOut(on=day(5), amount=10_000, category="transport", memo="bensin")
    )
    business.execute(RecordMoneyOut(on=day(1).replace(month=11), amount=1_000, category="transport"))
    assert wrong.undo is not None
    business.execute(wrong.undo)
    business.execute(
        CorrectEntry(
            entry=int(put_right.value["entry"]),
            replacement=RecordMoneyOut(on=day(5), amount=12_000, category="transport", memo="bensin"),
        )
    )
    with business.snapshot() as snapshot:
        moves = money_moves(snapshot, Month(2026, 10).period)
    assert [(move.date, move.memo, move.amount, move.moved) for move in moves] == [
        (day(5), "bensin", -12_000, 0),
        (day(3), "setor", 0, 200_000),
        (day(2), "Listrik & air (PLN)", -350_000, 0),
        (day(1), "modal", 5_000_000, 5_000_000),
    ]
