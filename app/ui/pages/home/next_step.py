"""The one thing to do next: the first reason that holds, with the button that does it. It can be put off for a day.

What is due stands before what is only good to do; each reason is read out of the same reports as the figures.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from app.base.dates import Month
from app.ledger.accounts.chart import read_chart
from app.ledger.entries.queries import balances, month_movements
from app.ledger.members.queries import members
from app.ledger.opening import opening_progress
from app.ledger.periods.queries import locked_months
from app.ui.backup import last_copy_at
from app.ui.bridge import Session
from app.ui.pages.home.source import Source, amount, items

_LATER = "home.later"
_REMIND_AFTER_DAYS, _COPY_AFTER_DAYS, _LOCK_FROM_DAY = 5, 3, 5


class Step(NamedTuple):
    """What to do: a key, the words, the reason, the button, and what it does."""

    key: str
    words: str
    reason: str
    button: str
    act: Callable[[], object]


def next_step(session: Session) -> Step | None:
    """The first one that was not put off."""
    later = session.drafts.found(_LATER)
    today = session.today.isoformat()
    return next((step for step in steps(session) if later.get(step.key, "") < today), None)


def steps(session: Session) -> Iterator[Step]:
    """All that there is to do, the most pressing first."""
    if session.kind == "business":
        yield from _debts(session)
        yield from _stock(session)
    else:
        yield from _instalments(session)
        yield from _arrears(session)
    yield from _common(session)


def put_off(session: Session, step: Step) -> None:
    """Not today."""
    later = session.drafts.found(_LATER)
    later[step.key] = session.today.isoformat()
    session.drafts.keep(_LATER, later)


def _debts(session: Session) -> Iterator[Step]:
    """A debt that is due; a customer who is late."""
    if "debts" not in session.features:
        return
    _ = session.translator
    today = session.today
    found = items(Source.at("debts-due", today).document(session))
    due = [row for row in found if row["side"] == "payable" and _day(row["due"]) <= today]
    if due:
        row = max(due, key=lambda row: amount(row["late"]) + amount(row["today"]))
        owed, party = amount(row["late"]) + amount(row["today"]), str(row["party"])
        yield Step(
            "pay",
            _("Next: pay {name} {amount:rp}", name=str(row["name"]), amount=owed),
            f"{_due_words(session, _day(row['due']))} {_enough_words(session, owed)}",
            _("Pay this debt"),
            partial(session.go, "parties", kind="supplier", party=party),
        )
    late = [
        row
        for row in found
        if row["side"] == "receivable" and (today - _day(row["due"])).days >= _REMIND_AFTER_DAYS
    ]
    if late:
        row = max(late, key=lambda row: amount(row["late"]))
        yield Step(
            "remind",
            _("Next: remind {name} of {amount:rp}", name=str(row["name"]), amount=amount(row["late"])),
            _due_words(session, _day(row["due"])),
            _("See this customer"),
            partial(session.go, "parties", kind="customer", party=str(row["party"])),
        )


def _stock(session: Session) -> Iterator[Step]:
    """Goods that will be gone before tomorrow evening."""
    if not {"stock", "sell"} <= session.features:
        return
    _ = session.translator
    source = Source.at("stock-low", session.today)
    found = items(source.document(session))
    soon = [row for row in found if isinstance(row["days"], int) and row["days"] <= 1]
    if soon:
        yield Step(
            "stock",
            _("Next: buy {name}", name=str(soon[0]["name"])),
            _.plural(
                "{n:n} product will be gone by tomorrow.",
                "{n:n} products will be gone by tomorrow.",
                len(soon),
            ),
            _("See the shopping list"),
            partial(source.open, session),
        )


def _instalments(session: Session) -> Iterator[Step]:
    """Instalments that are due today: the sheet of the group that has most of them, or one by one."""
    features = session.features
    if "loans" not in features:
        return
    _ = session.translator
    today = session.today
    # The days of the figure on the page, which are read already.
    week = Source("instalments-due", today, today + timedelta(days=6)).document(session)
    found = [row for row in items(week) if row["due"] == today]
    if not found:
        return
    owed = sum(amount(row["amount"]) for row in found)
    reason = _.plural(
        "{n:n} instalment is due today, {amount:rp}.",
        "{n:n} instalments are due today, {amount:rp}.",
        len(found),
        amount=owed,
    )
    if "collection" in features:
        teams = {row.number: row.team for row in members(session.reading(), today)}
        due = [teams.get(str(row["member"]), "") for row in found]
        team = max(filter(None, due), key=lambda name: (due.count(name), name), default="")
        if team:
            yield Step(
                "collection",
                _("Next: collection sheet of {group}", group=team),
                reason,
                _("Open the collection sheet"),
                partial(session.go, "collection", group=team),
            )
            return
    yield Step(
        "instalments",
        _("Next: receive instalments"),
        reason,
        _("Receive instalment"),
        partial(session.go, "instalment"),
    )


def _arrears(session: Session) -> Iterator[Step]:
    """The member who is behind the longest."""
    if "loans" not in session.features:
        return
    _ = session.translator
    late = items(Source.at("arrears", session.today).document(session))
    if late:
        row = late[0]
        since = row["since"]
        yield Step(
            "arrears",
            _("Next: speak with {name} about loan {loan}", name=str(row["name"]), loan=str(row["loan"])),
            _("In arrears since {since:medium}.", since=since) if isinstance(since, date) else "",
            _("See this member"),
            partial(session.go, "member", member=str(row["member"])),
        )


def _common(session: Session) -> Iterator[Step]:
    """What keeps a book in order: opening balances, backups, locked months."""
    _ = session.translator
    done, of = opening_progress(session.reading())
    if done < of:
        yield Step(
            "opening",
            _("Next: check the opening balances, {done:n} of {total:n}", done=done, total=of),
            _("Reports are only right when they agree with the old book."),
            _("Check them"),
            partial(session.go, "opening"),
        )
    made = last_copy_at(session)
    if made is None or (session.today - made.date()).days >= _COPY_AFTER_DAYS:
        yield Step(
            "backup",
            _("Next: make a backup"),
            _("There is none of the last days yet."),
            _("Make a backup now"),
            partial(session.go, "backups"),
        )
    before = Month.of(session.today).previous()
    if (
        session.today.day >= _LOCK_FROM_DAY
        and before not in locked_months(session.reading())
        and any(month == str(before) for month, _account in month_movements(session.reading(), session.today))
    ):
        yield Step(
            "lock",
            _("Next: lock {month}", month=_.format.month(before)),
            _("When its reports are printed, nothing should change in it any more."),
            _("Lock months"),
            partial(session.go, "periods"),
        )


def _enough_words(session: Session, owed: int) -> str:
    """Whether there is money for it, and where."""
    _ = session.translator
    reader = session.reading()
    amounts = balances(reader, session.today)
    places = [(amounts.get(account.id, 0), account.name) for account in read_chart(reader).money()]
    most, name = max(places, default=(0, ""))
    if most >= owed:
        return _("{account} has {amount:rp}, enough.", account=name, amount=most)
    return _("There are {amount:rp} in all places of money.", amount=sum(has for has, _name in places))


def _due_words(session: Session, due: date) -> str:
    _ = session.translator
    late = (session.today - due).days
    if late == 0:
        return _("Due today.")
    return _.plural("{n:n} day overdue.", "{n:n} days overdue.", late)


def _day(value: object) -> date:
    assert isinstance(value, date)
    return value
