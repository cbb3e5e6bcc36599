"""Leaving with debts: savings less what settles the loans, then the rest is owed."""

from datetime import date

from app.ledger.book import Book
from app.ledger.members.commands import AcceptExit, ExitReason, HeirLine, PayExit, SetHeirs
from app.ledger.members.settlement import ExitSettlement, exit_preview, exit_settlement
from tests.ledger.lending import balances, lend, loan_of, pay, sound
from tests.ledger.lending import member as add_borrower
from tests.ledger.saving_books import deposit, refusal

ON = date(2026, 4, 20)


def settled(book: Book, party: int, on: date = ON) -> ExitSettlement:
    with book.snapshot() as snapshot:
        return exit_settlement(snapshot, party, on)


def preview(book: Book, party: int, on: date = ON) -> ExitSettlement:
    with book.snapshot() as snapshot:
        return exit_preview(snapshot, party, on)


def borrower(book: Book, pokok: int, wajib: int, sukarela: int) -> int:
    """Three instalments of 1,200,000 and 144,000 are paid of eight: 6,000,000 and 144,000 of May are left."""
    party = add_borrower(book)
    for product, amount in (("Pokok", pokok), ("Wajib", wajib), ("Sukarela", sukarela)):
        deposit(book, product, amount, date(2026, 1, 8), "7")
    lend(book)
    for month in (2, 3, 4):
        pay(book, 1_344_000, date(2026, month, 10))
    return party


def test_the_savings_pay_the_loan_and_the_rest_is_owed(cooperative: Book) -> None:
    book = cooperative
    party = borrower(book, 100_000, 1_170_000, 6_340_000)
    before = balances(book)
    told = preview(book, party)
    assert (told.saved, told.owed, told.rest, told.short) == (7_610_000, 6_144_000, 1_466_000, 0)
    assert [item[:2] for item in told.savings] != []
    outcome = book.execute(AcceptExit(member="7", on=ON, settle=True))
    assert outcome.value["owed"] == 1_466_000
    assert loan_of(book).standing.outstanding == 0
    found = settled(book, party)
    assert found._replace(left=None, reason="") == told
    assert balances(book)["2-1503"] == -1_466_000
    sound(book)
    book.execute(PayExit(member="7", on=date(2026, 5, 4)))
    assert settled(book, party, date(2026, 5, 4)).paid == 1_466_000
    assert "2-1503" not in balances(book)
    # Taken back from the last to the first, every figure is what it was.
    payment = _undo(book, "exit-payment")
    assert payment
    assert outcome.undo is not None
    book.execute(outcome.undo)
    assert balances(book) == before
    assert loan_of(book).standing.outstanding == 6_000_000
    sound(book)


def _undo(book: Book, source: str) -> bool:
    from app.ledger.entries.commands import ReverseEntry

    with book.snapshot() as snapshot:
        key = snapshot.sql("SELECT id FROM entry WHERE source = ? AND reverses IS NULL", (source,))[0][0]
    book.execute(ReverseEntry(entry=key))
    return True


def test_several_accounts_pay_together(cooperative: Book) -> None:
    book = cooperative
    party = borrower(book, 100_000, 5_930_000, 413_000)
    book.execute(AcceptExit(member="7", on=ON, settle=True))
    assert loan_of(book).standing.outstanding == 0
    found = settled(book, party)
    assert (found.owed, found.rest) == (6_144_000, 299_000)
    assert balances(book)["2-1503"] == -299_000
    assert balances(book).get("2-1501", 0) == 0
    sound(book)


def test_savings_that_do_not_reach_leave_the_rest_of_the_loan(cooperative: Book) -> None:
    book = cooperative
    before_exit = borrower(book, 100_000, 1_170_000, 340_000)
    before = balances(book)
    told = preview(book, before_exit)
    assert (told.rest, told.short) == (0, 4_534_000)
    outcome = book.execute(AcceptExit(member="7", on=ON, settle=True))
    assert outcome.value["owed"] == 0
    assert "2-1503" not in balances(book)
    assert settled(book, before_exit).short == 4_534_000
    sound(book)
    assert outcome.undo is not None
    book.execute(outcome.undo)
    assert balances(book) == before
    sound(book)


def test_without_settling_the_loan_stands_in_the_way_of_paying_out(cooperative: Book) -> None:
    book = cooperative
    borrower(book, 100_000, 1_170_000, 6_340_000)
    book.execute(AcceptExit(member="7", on=ON))
    assert "still owes" in refusal(book, PayExit(member="7", on=date(2026, 5, 1))).template


def test_who_gets_the_rest_after_a_death_stands_in_the_settlement(cooperative: Book) -> None:
    book = cooperative
    party = borrower(book, 100_000, 1_170_000, 6_340_000)
    book.execute(SetHeirs(member="7", heirs=(HeirLine(name="Sri", relation="istri"),)))
    book.execute(AcceptExit(member="7", on=ON, reason=ExitReason.DEATH, settle=True))
    found = settled(book, party)
    assert (found.reason, [item.name for item in found.heirs]) == ("death", ["Sri"])


def test_the_request_comes_before_the_exit(cooperative: Book) -> None:
    book = cooperative
    party = add_borrower(book)
    outcome = book.execute(AcceptExit(member="7", on=ON, requested=date(2026, 4, 1)))
    assert outcome.undo is not None
    again = book.execute(outcome.undo)
    assert again.undo == AcceptExit(member="0007", on=ON, requested=date(2026, 4, 1))
    assert preview(book, party).savings == ()
