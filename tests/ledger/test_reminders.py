"""Letters on late loans: which one is due, what was sent, and taking it back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import Cancelled, Refused, UserError
from app.base.progress import Watched
from app.ledger.book import Book
from app.ledger.entries.commands import ReverseEntry
from app.ledger.reminders.commands import (
    Channel,
    RecordReminder,
    RecordReminders,
    SetReminderStep,
    WithdrawReminders,
)
from app.ledger.reminders.queries import Letter, Reminding, Rule, late_loans, letters, next_step
from tests.ledger.lending import lend, member, pay, refusal, sound

STANDARD = {1: Rule(1, 7, 0, 7), 2: Rule(2, 21, 14, 7), 3: Rule(3, 35, 14, 7)}


@pytest.fixture
def lent(cooperative: Book) -> Book:
    """8 x (1,200,000 + 144,000), on each 10th from February 2026."""
    member(cooperative)
    lend(cooperative)
    return cooperative


def late(book: Book, on: date) -> list[Reminding]:
    with book.snapshot() as snapshot:
        return late_loans(snapshot, on)


def due(book: Book, on: date) -> list[int | None]:
    return [item.step for item in late(book, on) if item.is_due(on)]


def sent(book: Book) -> list[Letter]:
    with book.snapshot() as snapshot:
        return [letter for items in letters(snapshot).values() for letter in items]


def remind(book: Book, on: date, **more: object) -> str:
    return book.execute(RecordReminder(loan="PJ-7", on=on, **more)).number  # type: ignore[arg-type]


def test_the_three_letters_of_one_lateness(lent: Book) -> None:
    assert late(lent, date(2026, 2, 10)) == []  # on its day it can still be paid
    assert due(lent, date(2026, 2, 16)) == []
    assert due(lent, date(2026, 2, 17)) == [1]
    first = remind(lent, date(2026, 2, 19))
    assert first == "ST-2026-0001"
    # Letter 2: 21 days behind (3 March), and 14 days after 19 February (5 March).
    assert due(lent, date(2026, 3, 4)) == []
    assert due(lent, date(2026, 3, 5)) == [2]
    remind(lent, date(2026, 3, 7), channel=Channel.WHATSAPP)
    assert due(lent, date(2026, 3, 20)) == []
    assert due(lent, date(2026, 3, 21)) == [3]
    remind(lent, date(2026, 3, 21))
    assert [item.step for item in late(lent, date(2026, 9, 1))] == [None]
    # 1,344,000 in February, twice that from 10 March on.
    assert [(item.step, item.channel, item.amount, item.pay_by) for item in sent(lent)] == [
        (1, "letter", 1_344_000, date(2026, 2, 26)),
        (2, "whatsapp", 1_344_000, date(2026, 3, 14)),
        (3, "letter", 2_688_000, date(2026, 3, 28)),
    ]
    said = refusal(lent, lambda: RecordReminder(loan="PJ-7", on=date(2026, 5, 1)))
    assert said.template.startswith("All three letters")
    sound(lent)


def test_paying_the_oldest_instalment_begins_anew_and_reversing_it_goes_on(lent: Book) -> None:
    remind(lent, date(2026, 2, 19))
    paid = pay(lent, 1_344_000, date(2026, 3, 12))
    assert [(item.step, item.since) for item in late(lent, date(2026, 3, 16))] == [(1, date(2026, 3, 10))]
    assert due(lent, date(2026, 3, 17)) == [1]
    lent.execute(ReverseEntry(entry=paid.value["entry"]))
    assert due(lent, date(2026, 3, 17)) == [2]


def test_a_part_payment_leaves_the_letters_counting(lent: Book) -> None:
    remind(lent, date(2026, 2, 19))
    pay(lent, 500_000, date(2026, 2, 25))
    (item,) = late(lent, date(2026, 3, 5))
    # 144,000 interest first, 356,000 principal: 844,000 left.
    assert (item.step, item.principal, item.interest, item.total) == (2, 844_000, 0, 844_000)


def test_all_due_are_noted_once(lent: Book) -> None:
    member(lent, "0011", "Wagiyem")
    lend(lent, member="11", number="PJ-11", principal=4_800_000)
    member(lent, "0012", "Painem")
    lend(lent, member="12", number="PJ-12", principal=2_400_000)
    pay(lent, 336_000, date(2026, 2, 10), "PJ-12")
    remind(lent, date(2026, 2, 18), number="ST-2026-0002")
    lent.undo()
    remind(lent, date(2026, 2, 18), number="ST-2026-0002")
    day = date(2026, 2, 20)
    outcome = lent.execute(RecordReminders(on=day))
    assert outcome.value == {"letters": 1, "first": "ST-2026-0001", "last": "ST-2026-0001"}
    assert refusal(lent, lambda: RecordReminders(on=day)).template == "No letter is due on {on}."
    march = date(2026, 3, 20)
    outcome = lent.execute(RecordReminders(on=march, channel=Channel.WHATSAPP))
    # The number that was typed is not given again; loan PJ-12 is at its first letter.
    assert outcome.value == {"letters": 3, "first": "ST-2026-0003", "last": "ST-2026-0005"}
    lent.undo()
    assert [item.number for item in sent(lent)] == ["ST-2026-0002", "ST-2026-0001"]
    sound(lent)


def test_only_the_loans_named(lent: Book) -> None:
    member(lent, "0011", "Wagiyem")
    lend(lent, member="11", number="PJ-11", principal=4_800_000)
    day = date(2026, 2, 20)
    lent.execute(RecordReminders(on=day, loans=("pj-11",)))
    assert [item.loan for item in late(lent, day) if item.is_due(day)] == ["PJ-7"]
    refused = refusal(lent, lambda: RecordReminders(on=day, loans=("PJ-11",)))
    assert refused.params["loan"] == "PJ-11"


def test_cancelled_nothing_is_noted(lent: Book) -> None:
    class Stop(Watched):
        def step(self, done: int, of: int, words: str = "") -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        lent.execute(RecordReminders(on=date(2026, 2, 20)), progress=Stop(lambda *_a: None))
    assert sent(lent) == []


def test_an_early_letter_is_named(lent: Book) -> None:
    day = date(2026, 2, 12)
    assert refusal(lent, lambda: RecordReminder(loan="PJ-7", on=day)).field == "on"
    assert refusal(lent, lambda: RecordReminder(loan="PJ-7", on=day, step=2)).params["next"] == 1
    remind(lent, day, step=1)
    assert refusal(lent, lambda: RecordReminder(loan="PJ-7", on=day, step=1)).field == "step"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"on": date(2026, 2, 10)}, "loan"),  # not late yet
        ({"on": date(2026, 11, 25)}, "on"),  # tomorrow
        ({"loan": "PJ-99", "on": date(2026, 3, 1)}, "loan"),
        ({"on": date(2026, 2, 18), "step": 2}, "on"),  # before the letter that was sent
        ({"on": date(2026, 4, 1), "number": "st-2026-0001"}, "number"),
    ],
)
def test_what_can_not_be(lent: Book, changes: dict[str, object], field: str) -> None:
    remind(lent, date(2026, 2, 19))
    fields = {"loan": "PJ-7", **changes}
    assert refusal(lent, lambda: RecordReminder(**fields)).field == field  # type: ignore[arg-type]
    assert len(sent(lent)) == 1


def test_a_letter_that_was_followed_is_not_taken_back_alone(lent: Book) -> None:
    first = remind(lent, date(2026, 2, 19))
    second = remind(lent, date(2026, 3, 7))
    said = refusal(lent, lambda: WithdrawReminders(numbers=(first,)))
    assert said.params == {"number": first, "later": second}
    lent.execute(WithdrawReminders(numbers=(first, second)))
    assert sent(lent) == []
    with pytest.raises(UserError):
        lent.execute(WithdrawReminders(numbers=(first,)))
    lent.undo()
    assert [item.number for item in sent(lent)] == [first, second]


def test_the_rules_can_be_changed(lent: Book) -> None:
    lent.execute(SetReminderStep(step=1, overdue=3, pay_within=10))
    (item,) = late(lent, date(2026, 2, 13))
    assert (item.is_due(date(2026, 2, 13)), item.pay_by) == (True, date(2026, 2, 23))
    lent.undo()
    assert due(lent, date(2026, 2, 13)) == []
    with pytest.raises(Refused):
        lent.execute(SetReminderStep(step=2, overdue=5))
    with pytest.raises(UserError):
        lent.execute(SetReminderStep(step=4, overdue=50))
    with pytest.raises(UserError):
        lent.execute(SetReminderStep(step=3))


def test_a_loan_taken_back_takes_its_letters_out_of_sight(cooperative: Book) -> None:
    member(cooperative)
    made = lend(cooperative)
    remind(cooperative, date(2026, 2, 19))
    cooperative.execute(ReverseEntry(entry=made.value["entry"]))
    assert late(cooperative, date(2026, 3, 20)) == []
    sound(cooperative)


@given(
    since=st.dates(date(2026, 1, 1), date(2026, 6, 1)),
    gaps=st.lists(st.integers(1, 60), max_size=4),
)
def test_letters_come_in_order_and_never_too_early(since: date, gaps: list[int]) -> None:
    known: list[Letter] = []
    day = since
    for gap in gaps:
        day += timedelta(days=gap)
        step, from_day = next_step(STANDARD, since, known)
        if step is None or from_day is None:
            assert len(known) == 3
            break
        assert step == len(known) + 1
        assert from_day >= since + timedelta(days=STANDARD[step].overdue)
        if known:
            assert from_day >= known[-1].on + timedelta(days=STANDARD[step].after)
        if from_day <= day:
            known.append(Letter(str(step), day, step, "letter", 1, day + timedelta(days=1)))
