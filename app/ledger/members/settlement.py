"""What a member who leaves has and owes: savings less debts, and who gets the rest."""

from datetime import date
from typing import NamedTuple

from app.ledger.loans.reading import read_loans
from app.ledger.members.history import Heir, heirs
from app.ledger.reader import Reader, optional_day


class SavingsPart(NamedTuple):
    """What is kept in one savings account."""

    name: str
    number: str
    amount: int


class LoanPart(NamedTuple):
    """What one loan takes, or took, out of the savings."""

    number: str
    principal: int
    interest: int
    penalty: int
    held: int

    @property
    def amount(self) -> int:
        """What the savings pay: money kept aside is used first."""
        return self.principal + self.interest + self.penalty - self.held


class ExitSettlement(NamedTuple):
    """Savings less debts, in rupiah. `left` is None while it is only a preview.

    `paid` is what of the rest was paid out since; `short` what of the loans the savings did not reach for.
    """

    left: date | None
    reason: str
    savings: tuple[SavingsPart, ...]
    loans: tuple[LoanPart, ...]
    paid: int
    heirs: tuple[Heir, ...]

    @property
    def saved(self) -> int:
        """All savings on the day of leaving."""
        return sum(item.amount for item in self.savings)

    @property
    def owed(self) -> int:
        """What the loans take."""
        return sum(item.amount for item in self.loans)

    @property
    def rest(self) -> int:
        """What the cooperative owes of it (2-1503) on the day of leaving."""
        return max(self.saved - self.owed, 0)

    @property
    def short(self) -> int:
        """What of the loans is still owed by the member."""
        return max(self.owed - self.saved, 0)


def exit_preview(reader: Reader, party: int, on: date) -> ExitSettlement:
    """What leaving on a day would come to: all savings of that day less what settles each loan."""
    savings = _savings(reader, party, on)
    loans = tuple(
        LoanPart(loan.number, cost.principal, cost.interest, cost.penalty, min(cost.held, cost.principal))
        for loan in read_loans(reader, on, party=party)
        if loan.standing.outstanding > 0
        for cost in [loan.standing.cost(on, "current")]
    )
    return ExitSettlement(None, "", savings, loans, 0, tuple(heirs(reader, [party]).get(party, ())))


def _savings(reader: Reader, party: int, on: date) -> tuple[SavingsPart, ...]:
    rows = reader.sql(
        "SELECT p.name, a.number, sum(v.amount) FROM savings_account AS a"
        " JOIN savings_product AS p ON p.id = a.product_id"
        " JOIN savings_movement AS v ON v.savings_account_id = a.id"
        " WHERE a.party_id = ? AND v.date <= ? GROUP BY a.id HAVING sum(v.amount) <> 0 ORDER BY p.id, a.id",
        (party, on.isoformat()),
    )
    return tuple(SavingsPart(*row) for row in rows)


def exit_settlement(reader: Reader, party: int, on: date) -> ExitSettlement:
    """The settlement of one who left up to `on`, from what was recorded; of a member still, the preview.

    A loan's payment out of the savings after the exit belongs to the settlement whenever it was made, and so
    does what is still owed on it.
    """
    left_on, reason = reader.sql("SELECT left_on, leave_reason FROM member WHERE party_id = ?", (party,))[0]
    left = optional_day(left_on)
    if left is None or left > on:
        return exit_preview(reader, party, on)
    first, last = left.isoformat(), on.isoformat()
    savings = tuple(
        SavingsPart(name, number, amount)
        for name, number, amount in reader.sql(
            "SELECT p.name, a.number, sum(v.amount) FROM savings_account AS a"
            " JOIN savings_product AS p ON p.id = a.product_id"
            " JOIN savings_movement AS v ON v.savings_account_id = a.id"
            " JOIN account AS c ON c.id = v.ledger_id AND c.role = 'savings_left'"
            " JOIN entry AS e ON e.id = v.entry_id"
            # Taken over, or moved by the exit itself or its taking back; what is paid since is not part of it.
            " WHERE a.party_id = ? AND v.date >= ? AND v.date <= ? AND (v.kind = 'opening' OR e.source = 'exit')"
            " GROUP BY a.id HAVING sum(v.amount) <> 0 ORDER BY p.id, a.id",
            (party, first, last),
        )
    )
    paid = -reader.sql(
        "SELECT coalesce(sum(v.amount), 0) FROM savings_account AS a"
        " JOIN savings_movement AS v ON v.savings_account_id = a.id"
        " JOIN account AS c ON c.id = v.ledger_id AND c.role = 'savings_left'"
        " JOIN entry AS e ON e.id = v.entry_id"
        " WHERE a.party_id = ? AND v.date >= ? AND v.date <= ? AND v.kind = 'exit' AND e.source <> 'exit'",
        (party, first, last),
    )[0][0]
    taken = {
        row[0]: list(row[1:])
        for row in reader.sql(
            "SELECT l.number, sum(t.principal), sum(t.interest), sum(t.penalty), -sum(t.held)"
            " FROM loan AS l JOIN loan_transaction AS t ON t.loan_id = l.id"
            " WHERE l.party_id = ? AND t.date <= ? AND t.entry_id IN ("
            "  SELECT v.entry_id FROM savings_movement AS v JOIN savings_account AS a"
            "   ON a.id = v.savings_account_id JOIN account AS c ON c.id = v.ledger_id"
            "  WHERE a.party_id = ? AND c.role = 'savings_left' AND v.kind = 'instalment')"
            " GROUP BY l.id ORDER BY l.number",
            (party, last, party),
        )
    }
    for loan in read_loans(reader, on, party=party):
        if loan.standing.outstanding > 0:
            cost = loan.standing.cost(on, "current")
            before = taken.setdefault(loan.number, [0, 0, 0, 0])
            taken[loan.number] = [
                one + other
                for one, other in zip(
                    before,
                    (cost.principal, cost.interest, cost.penalty, min(cost.held, cost.principal)),
                    strict=True,
                )
            ]
    loans = tuple(LoanPart(number, *parts) for number, parts in taken.items() if any(parts))
    return ExitSettlement(left, reason, savings, loans, paid, tuple(heirs(reader, [party]).get(party, ())))
