"""Holds on savings, what has to stay in an account, and the dated tariff of mandatory savings."""

from datetime import date

import pytest

from app.base.dates import Month
from app.base.errors import UserError
from app.ledger.book import Book
from app.ledger.members.commands import AcceptExit, ExitReason, PayExit
from app.ledger.members.queries import mandatory_standings
from app.ledger.savings.commands import (
    OpenSavings,
    PlaceHold,
    ReleaseHold,
    RemoveHold,
    SetSavingsProduct,
    TransferSavings,
    WithdrawSavings,
)
from app.ledger.savings.queries import holds_of, member_accounts
from tests.ledger.saving_books import add, amounts, deposit, refusal, withdraw

DAY = date(2026, 10, 5)


def hold(book: Book, amount: int = 300_000, reason: str = "Agunan", loan: str = "PJ-2026-0007") -> None:
    book.execute(PlaceHold(member="1", product="Sukarela", amount=amount, reason=reason, on=DAY, loan=loan))


def take(amount: int) -> WithdrawSavings:
    return WithdrawSavings(member="1", product="Sukarela", amount=amount, on=date(2026, 10, 9))


def test_what_is_held_can_be_neither_taken_out_nor_moved(cooperative: Book) -> None:
    party = add(cooperative)
    add(cooperative, "0002", "Bambang")
    deposit(cooperative, "Sukarela", 500_000, DAY)
    hold(cooperative)
    error = refusal(cooperative, take(200_001))
    assert error.field == "amount"
    assert "Agunan (PJ-2026-0007)" in str(error.params["reason"])
    assert error.params["free"] == 200_000
    move = TransferSavings(
        member="1", product="Sukarela", to_product="Sukarela", to_member="2", amount=200_001, on=DAY
    )
    assert refusal(cooperative, move).params["free"] == 200_000
    cooperative.execute(take(150_000))
    with cooperative.snapshot() as snapshot:
        account = member_accounts(snapshot, party)[0]
        held = holds_of(snapshot, party)
    assert (account.balance, account.held, account.free) == (350_000, 300_000, 50_000)
    assert [(item.amount, item.reason, item.loan, item.placed) for item in held] == [
        (300_000, "Agunan", "PJ-2026-0007", DAY)
    ]


def test_a_released_hold_no_longer_counts_and_its_undo_holds_again(cooperative: Book) -> None:
    add(cooperative)
    deposit(cooperative, "Sukarela", 500_000, DAY)
    hold(cooperative)
    release = ReleaseHold(member="1", product="Sukarela", on=date(2026, 10, 8))
    cooperative.execute(release)
    cooperative.execute(take(450_000))
    cooperative.undo()
    cooperative.undo()
    assert refusal(cooperative, take(450_000)).params["free"] == 200_000
    cooperative.undo()
    cooperative.execute(take(450_000))
    assert refusal(cooperative, release).field == "product"


def test_a_hold_is_covered_when_it_is_placed_and_afterwards(cooperative: Book) -> None:
    add(cooperative)
    paid_in = deposit(cooperative, "Sukarela", 500_000, DAY).number
    hold(cooperative, 400_000)
    more = PlaceHold(member="1", product="Sukarela", amount=100_001, reason="Sengketa", on=DAY)
    assert refusal(cooperative, more).params["free"] == 100_000
    from app.ledger.entries.commands import ReverseEntry

    assert "held" in refusal(cooperative, ReverseEntry(number=paid_in)).template
    hold(cooperative, 60_000, "Sengketa", "")
    several = ReleaseHold(member="1", product="Sukarela", on=DAY)
    assert refusal(cooperative, several).field == "hold"


def test_a_hold_stays_when_its_member_leaves(cooperative: Book) -> None:
    add(cooperative)
    deposit(cooperative, "Sukarela", 500_000, DAY)
    hold(cooperative)
    cooperative.execute(AcceptExit(member="1", on=date(2026, 10, 20), reason=ExitReason.RESIGNATION))
    pay = PayExit(member="1", on=date(2026, 10, 21))
    assert refusal(cooperative, pay).params["held"] == 300_000
    cooperative.execute(ReleaseHold(member="1", product="Sukarela", on=date(2026, 10, 21)))
    cooperative.execute(pay)
    assert amounts(cooperative)["0001"] == {"voluntary": 0}


def test_what_has_to_stay_stays_while_one_is_a_member(cooperative: Book) -> None:
    add(cooperative)
    cooperative.execute(SetSavingsProduct(code="voluntary", keep=20_000))
    deposit(cooperative, "Sukarela", 100_000, DAY)
    assert refusal(cooperative, take(80_001)).params["free"] == 80_000
    withdraw(cooperative, "Sukarela", 80_000, DAY)
    cooperative.execute(AcceptExit(member="1", on=date(2026, 10, 20), reason=ExitReason.RESIGNATION))
    cooperative.execute(PayExit(member="1", on=date(2026, 10, 21)))


def arrears(book: Book, party: int, on: date) -> tuple[int, int]:
    with book.snapshot() as snapshot:
        standing = mandatory_standings(snapshot, on)[party]
    return standing.arrears_months, standing.arrears


def test_the_tariff_changes_from_a_month_on(cooperative: Book) -> None:
    party = add(cooperative)
    own = add(cooperative, "0002", "Bambang", mandatory=35_000)
    cooperative.execute(SetSavingsProduct(code="mandatory", amount=20_000))
    for member in ("1", "2"):
        cooperative.execute(
            OpenSavings(
                member=member,
                product="Wajib",
                balance=900_000,
                on=date(2026, 5, 31),
                paid_through=Month(2026, 5),
            )
        )
    assert arrears(cooperative, party, DAY) == (5, 100_000)
    cooperative.execute(SetSavingsProduct(code="mandatory", amount=25_000, from_month=Month(2026, 9)))
    # June to August at 20.000, September and October at 25.000.
    assert arrears(cooperative, party, DAY) == (5, 110_000)
    assert arrears(cooperative, own, DAY) == (5, 175_000)
    with cooperative.snapshot() as snapshot:
        standing = mandatory_standings(snapshot, DAY)[party]
    assert standing.after(110_000) == (Month(2026, 10), 0)
    assert standing.after(90_000) == (Month(2026, 9), 5_000)
    assert standing.after(19_000) == (Month(2026, 5), 19_000)
    deposit(cooperative, "Wajib", 90_000, DAY)
    # 60.000 for three months, 25.000 for September, 5.000 towards October.
    assert arrears(cooperative, party, DAY) == (1, 20_000)
    deposit(cooperative, "Wajib", 45_000, DAY)
    with cooperative.snapshot() as snapshot:
        standing = mandatory_standings(snapshot, DAY)[party]
    assert (standing.paid_through, standing.part_paid, standing.next_due) == (Month(2026, 11), 0, 0)
    undated = SetSavingsProduct(code="mandatory", amount=30_000)
    assert refusal(cooperative, undated).field == "from_month"
    other = SetSavingsProduct(code="voluntary", amount=30_000, from_month=Month(2026, 9))
    assert refusal(cooperative, other).field == "from_month"


def test_undo_of_a_tariff_brings_the_old_one_back(cooperative: Book) -> None:
    party = add(cooperative)
    cooperative.execute(SetSavingsProduct(code="mandatory", amount=20_000))
    before = arrears(cooperative, party, DAY)
    change = SetSavingsProduct(
        code="mandatory", amount=25_000, from_month=Month(2026, 9), name="Wajib Bulanan"
    )
    cooperative.execute(change)
    first = arrears(cooperative, party, DAY)
    cooperative.execute(SetSavingsProduct(code="mandatory", amount=27_000, from_month=Month(2026, 9)))
    cooperative.undo()
    assert arrears(cooperative, party, DAY) == first != before
    cooperative.undo()
    assert arrears(cooperative, party, DAY) == before


def test_a_hold_says_how_long_it_is_meant_and_keeps_that_through_undo(cooperative: Book) -> None:
    party = add(cooperative)
    deposit(cooperative, "Sukarela", 500_000, DAY)
    until = date(2026, 12, 31)
    placed = PlaceHold(member="1", product="Sukarela", amount=120_000, reason="Sengketa", on=DAY, until=until)
    key = cooperative.execute(placed).value["hold"]
    cooperative.execute(RemoveHold(hold=key))
    cooperative.undo()
    with cooperative.snapshot() as snapshot:
        assert [(item.amount, item.until) for item in holds_of(snapshot, party)] == [(120_000, until)]
    # It does not end by itself.
    over = WithdrawSavings(member="1", product="Sukarela", amount=380_001, on=date(2027, 1, 5))
    assert refusal(cooperative, over).params["free"] == 380_000


def test_a_hold_does_not_end_before_it_begins() -> None:
    with pytest.raises(UserError) as caught:
        PlaceHold(
            member="1", product="Sukarela", amount=1_000, reason="Sengketa", on=DAY, until=date(2026, 10, 4)
        )
    assert caught.value.field == "until"
