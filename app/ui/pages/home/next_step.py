"""The one thing to do next: the first reason that holds, with the button that does it. It can be put off for a day."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from app.base.dates import Month
from app.ledger.debts.queries import PAYABLE, RECEIVABLE, OpenBillRow, open_bills
from app.ledger.opening import opening_progress
from app.ledger.periods.queries import locked_months
from app.ui.backup import last_copy_at
from app.ui.bridge import Session

_LATER = "home.later"
_REMIND_AFTER_DAYS, _COPY_AFTER_DAYS, _LOCK_FROM_DAY = 5, 3, 5


class Step(NamedTuple):
    """What to do: a key, the words, the reason, the button, and what it does."""

    key: str
    words: str
    reason: str
    button: str
    act: Callable[[], object]


def next_step(session: Session, names: dict[int, str]) -> Step | None:
    """The first one that was not put off. `names` are the parties by key."""
    later = session.drafts.found(_LATER)
    today = session.today.isoformat()
    steps = _business(session, names) if session.kind == "business" else _cooperative(session)
    return next((step for step in steps if later.get(step.key, "") < today), None)


def put_off(session: Session, step: Step) -> None:
    """Not today."""
    later = session.drafts.found(_LATER)
    later[step.key] = session.today.isoformat()
    session.drafts.keep(_LATER, later)


def _business(session: Session, names: dict[int, str]) -> Iterator[Step]:
    _ = session.translator
    reader, today = session.reading(), session.today
    due = [bill for bill in open_bills(reader, PAYABLE, today) if bill.due <= today]
    if due:
        party, amount, since = _largest(due)
        name = names.get(party, "")
        yield Step(
            "pay",
            _("Next: pay {name} {amount:rp}", name=name, amount=amount),
            _due_words(session, since),
            _("Pay this debt"),
            lambda: session.go("parties", kind="supplier", party=name),
        )
    late = [
        bill
        for bill in open_bills(reader, RECEIVABLE, today)
        if (today - bill.due).days >= _REMIND_AFTER_DAYS
    ]
    if late:
        party, amount, since = _largest(late)
        name = names.get(party, "")
        yield Step(
            "remind",
            _("Next: remind {name} of {amount:rp}", name=name, amount=amount),
            _due_words(session, since),
            _("See this customer"),
            lambda: session.go("parties", kind="customer", party=name),
        )
    yield from _common(session)


def _cooperative(session: Session) -> Iterator[Step]:
    _ = session.translator
    from app.ledger.loans.queries import arrears_list

    late = arrears_list(session.reading(), session.today)
    if late:
        first = late[0]
        yield Step(
            "arrears",
            _("Next: speak with {name} about loan {loan}", name=first.name, loan=first.loan),
            _("In arrears since {since:medium}.", since=first.since) if first.since else "",
            _("See this member"),
            lambda: session.go("member", member=first.member),
        )
    yield from _common(session)


def _common(session: Session) -> Iterator[Step]:
    _ = session.translator
    done, total = opening_progress(session.reading())
    if done < total:
        yield Step(
            "opening",
            _("Next: check the opening balances, {done:n} of {total:n}", done=done, total=total),
            _("Reports are only right when they agree with the old book."),
            _("Check them"),
            lambda: session.go("opening"),
        )
    made = last_copy_at(session)
    if made is None or (session.today - made.date()).days >= _COPY_AFTER_DAYS:
        yield Step(
            "backup",
            _("Next: make a backup"),
            _("There is none of the last days yet."),
            _("Make a backup now"),
            lambda: session.go("backups"),
        )
    before = Month.of(session.today).previous()
    if (
        session.today.day >= _LOCK_FROM_DAY
        and before not in locked_months(session.reading())
        and _was_used(session, before)
    ):
        yield Step(
            "lock",
            _("Next: lock {month}", month=_.format.month(before)),
            _("When its reports are printed, nothing should change in it any more."),
            _("Lock months"),
            lambda: session.go("periods"),
        )


def _was_used(session: Session, month: Month) -> bool:
    rows = session.reading().sql(
        "SELECT 1 FROM entry WHERE date >= ? AND date < ? LIMIT 1",
        (month.first.isoformat(), month.end.isoformat()),
    )
    return bool(rows)


def _largest(bills: list[OpenBillRow]) -> tuple[int, int, date]:
    """The party that owes, or is owed, most of these: who, how much, since when."""
    sums: dict[int, int] = {}
    since: dict[int, date] = {}
    for bill in bills:
        sums[bill.party] = sums.get(bill.party, 0) + bill.open
        since[bill.party] = min(since.get(bill.party, bill.due), bill.due)
    party = max(sums, key=lambda key: (sums[key], -key))
    return party, sums[party], since[party]


def _due_words(session: Session, due: date) -> str:
    _ = session.translator
    late = (session.today - due).days
    if late == 0:
        return _("Due today.")
    return _.plural("{n:n} day overdue.", "{n:n} days overdue.", late)


def within_week(day: date, today: date) -> bool:
    """Whether a day lies in the seven days that begin today."""
    return today <= day < today + timedelta(days=7)
