"""A second opinion: a ledger of dictionaries, written without looking at the real one.

It knows only what each event does to which account, in the words of a bookkeeping textbook, and keeps
everything in plain dicts, so that it can be copied and compared. Amounts are rupiah, debit positive.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction


def half_up(value: Fraction) -> int:
    """Round to the nearest whole, a half away from zero; written apart from the program's own."""
    whole, rest = divmod(abs(value.numerator), value.denominator)
    rounded = whole + (2 * rest >= value.denominator)
    return rounded if value >= 0 else -rounded


@dataclass
class Instalment:
    """What is still to be paid of one instalment."""

    due: date
    principal: int
    interest: int


@dataclass
class Loan:
    """A loan: what is left, what was paid ahead, what is to come."""

    member: str
    outstanding: int
    rows: list[Instalment]
    held: int = 0


@dataclass
class Naive:
    """The whole state of a small book."""

    accounts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    stock: dict[str, tuple[int, int]] = field(default_factory=dict)  # units, value
    bons: dict[str, list[int]] = field(default_factory=dict)  # open amounts, oldest first
    debts: dict[str, list[int]] = field(default_factory=dict)
    savings: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    loans: dict[str, Loan] = field(default_factory=dict)

    def move(self, *legs: tuple[str, int]) -> None:
        """Post legs of (account, amount); they have to add up to 0."""
        assert sum(amount for _, amount in legs) == 0, legs
        for account, amount in legs:
            self.accounts[account] += amount

    def balances(self) -> dict[str, int]:
        """The accounts that are not 0."""
        return {account: amount for account, amount in self.accounts.items() if amount}

    # The shop

    def buy(self, product: str, units: int, cost: int, paid_from: str, supplier: str | None) -> None:
        """Goods come in at what they cost."""
        have, value = self.stock.get(product, (0, 0))
        self.stock[product] = (have + units, value + cost)
        if supplier is None:
            self.move(("1-1301", cost), (paid_from, -cost))
        else:
            self.debts.setdefault(supplier, []).append(cost)
            self.move(("1-1301", cost), ("2-1101", -cost))

    def sell(
        self, product: str, units: int, price: int, discount: int, money: str, customer: str | None, paid: int
    ) -> None:
        """Goods go out at their average cost; the rest of a part payment is a bon."""
        have, value = self.stock[product]
        cost = value if units == have else half_up(Fraction(value * units, have))
        self.stock[product] = (have - units, value - cost)
        gross = units * price
        total = gross - discount
        self.move(("4-1001", -gross), ("4-1102", discount), (money, paid), ("1-1201", total - paid))
        self.move(("5-1001", cost), ("1-1301", -cost))
        if total > paid:
            assert customer is not None
            self.bons.setdefault(customer, []).append(total - paid)

    @staticmethod
    def settle(open_amounts: list[int], amount: int) -> None:
        """Pay the oldest first."""
        while amount:
            part = min(open_amounts[0], amount)
            open_amounts[0] -= part
            amount -= part
            if open_amounts[0] == 0:
                open_amounts.pop(0)

    # The cooperative

    def save(self, member: str, product: str, amount: int) -> None:
        """A deposit, or a withdrawal when negative."""
        account = {"share": "3-1001", "mandatory": "3-1002", "voluntary": "2-1101"}[product]
        self.savings[member, product] += amount
        self.move(("1-1101", amount), (account, -amount))

    def lend(self, number: str, member: str, rows: list[Instalment], provision: int) -> None:
        """A loan goes out less the provision."""
        principal = sum(row.principal for row in rows)
        self.loans[number] = Loan(member, principal, rows)
        self.move(("1-1201", principal), ("1-1101", provision - principal), ("4-1002", -provision))

    def pay(self, number: str, amount: int, through: date) -> None:
        """An instalment: oldest due `through` a day first, interest before principal, the rest is put aside."""
        loan = self.loans[number]
        pool = loan.held + amount
        principal = interest = 0
        for row in loan.rows:
            if row.due > through:
                break
            part = min(pool, row.interest)
            row.interest -= part
            interest += part
            pool -= part
            part = min(pool, row.principal)
            row.principal -= part
            principal += part
            pool -= part
        loan.outstanding -= principal
        aside = pool - loan.held
        loan.held = pool
        self.move(("1-1101", amount), ("1-1201", -principal), ("4-1001", -interest), ("2-1501", -aside))
