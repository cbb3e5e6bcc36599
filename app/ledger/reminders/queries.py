"""Who is to be reminded of a late loan, with which letter, and what was sent before.

A letter counts as long as the instalment that was the oldest unpaid one when the letter came is still unpaid: letters
sent after the day since which the loan is late. Paying that instalment begins anew with the first letter, and
reversing the payment brings the letters back. Amounts are rupiah.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from app.base.errors import Refused
from app.ledger.loans.reading import Loan, find_loan, read_loans
from app.ledger.reader import Reader, day

STEPS = (1, 2, 3)


class Rule(NamedTuple):
    """When letter `step` is due: days overdue, days since the letter before, and days it gives to pay."""

    step: int
    overdue: int
    after: int
    pay_within: int


class Letter(NamedTuple):
    """A letter that was sent."""

    number: str
    on: date
    step: int
    channel: str
    amount: int
    pay_by: date


class Reminding(NamedTuple):
    """A late loan on a day. `step` is the letter that comes next (None after the last), due from `due_from` on;
    `sent` are the letters of this lateness, the newest last."""

    loan: str
    key: int
    party: int
    member: str
    name: str
    phone: str
    address: str
    since: date
    days: int
    principal: int
    interest: int
    penalty: int
    step: int | None
    due_from: date | None
    pay_by: date | None
    sent: tuple[Letter, ...]

    @property
    def total(self) -> int:
        """All that is behind."""
        return self.principal + self.interest + self.penalty

    def is_due(self, on: date) -> bool:
        """True where a letter should go out by that day."""
        return self.due_from is not None and self.due_from <= on


def rules(reader: Reader) -> dict[int, Rule]:
    """The rule of each letter."""
    rows = reader.sql("SELECT step, overdue, after, pay_within FROM reminder_step ORDER BY step")
    return {row[0]: Rule._make(row) for row in rows}


def next_step(
    rules: Mapping[int, Rule], since: date, sent: Sequence[Letter]
) -> tuple[int, date] | tuple[None, None]:
    """The letter that follows those sent, and the day from which it is due; nothing after the last one."""
    rule = rules.get(sent[-1].step + 1 if sent else 1)
    if rule is None:
        return None, None
    due = since + timedelta(days=rule.overdue)
    if sent:
        due = max(due, sent[-1].on + timedelta(days=rule.after))
    return rule.step, due


def letters(reader: Reader, key: int | None = None, through: date | None = None) -> dict[int, list[Letter]]:
    """The letters sent up to a day, by the loan's key, in order of sending."""
    found: dict[int, list[Letter]] = {}
    rows = reader.sql(
        "SELECT loan_id, number, date, step, channel, amount, pay_by FROM reminder"
        " WHERE (? IS NULL OR loan_id = ?) AND date <= ? ORDER BY date, id",
        (key, key, (through or date.max).isoformat()),
    )
    for loan, number, on, step, channel, amount, pay_by in rows:
        found.setdefault(loan, []).append(Letter(number, day(on), step, channel, amount, day(pay_by)))
    return found


def late_loans(reader: Reader, on: date) -> list[Reminding]:
    """Every loan that is late at the close of a day, those due for a letter first, then the longest late."""
    late = _all(reader, read_loans(reader, on), on, None)
    return sorted(late, key=lambda item: (not item.is_due(on), item.since, item.loan))


def late_loan(reader: Reader, number: str, on: date) -> Reminding:
    """One late loan. Raises Refused where it is not late, UserError where there is none of that number."""
    loan = find_loan(reader, number, on)
    found = _all(reader, [loan], on, loan.party)
    if not found or loan.terms.start > on:
        raise Refused(
            "Loan {loan} is not late on {on}.",
            advice="A letter goes only to who is behind.",
            field="loan",
            loan=loan.number,
            on=on,
        )
    return found[0]


def _all(reader: Reader, loans: Sequence[Loan], on: date, party: int | None) -> list[Reminding]:
    given = rules(reader)
    key = loans[0].id if party is not None else None
    sent = letters(reader, key, on)
    people = {
        row[0]: row[1:]
        for row in reader.sql(
            "SELECT id, phone, address FROM party WHERE kind = 'member' AND (? IS NULL OR id = ?)",
            (party, party),
        )
    }
    found = []
    for item in loans:
        behind = item.standing.arrears(on)
        if behind.since is None or not behind.days(on):
            continue  # what falls due today can still be paid in time
        counting = tuple(letter for letter in sent.get(item.id, ()) if letter.on > behind.since)
        step, due_from = next_step(given, behind.since, counting)
        phone, address = people.get(item.party, ("", ""))
        found.append(
            Reminding(
                item.number,
                item.id,
                item.party,
                item.member,
                item.name,
                phone,
                address,
                behind.since,
                behind.days(on),
                behind.principal,
                behind.interest,
                item.standing.penalty_due,
                step,
                due_from,
                None if step is None else on + timedelta(days=given[step].pay_within),
                counting,
            )
        )
    return found
