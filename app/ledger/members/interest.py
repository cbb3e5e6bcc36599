"""The interest of a month for all members: what is due, the tax of each person, and its crediting.

Every member gets an entry of their own: its number is that of the slip of withheld tax, the statement shows one
line, and one member's interest can be taken back without that of the others.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.base.dates import Month
from app.base.i18n import N_
from app.base.money import percent_of
from app.ledger.accounts.service import chart_of
from app.ledger.changes import Done
from app.ledger.entries.commands import ReverseEntries
from app.ledger.entries.post import Posting, post
from app.ledger.parties.register import register_of
from app.ledger.rates.table import read_rates, value_on
from app.ledger.reader import Reader
from app.ledger.savings.commands import RunSavingsInterest
from app.ledger.savings.crediting import expense_of
from app.ledger.savings.interest import withholding
from app.ledger.savings.month import Earned, earned, free_since
from app.ledger.savings.queries import interest_paid
from app.ledger.savings.register import Account, savings_of
from app.ledger.savings.service import CONTROLS, SOURCE, Planned, ledger_for, write, write_earned
from app.ledger.transaction import Transaction

_CREDITING = N_("Crediting interest")
_STEP = 100


class MemberInterest(NamedTuple):
    """What one member is to be credited for a month, and the tax taken from each account; rupiah."""

    party: int
    number: str
    name: str
    accounts: tuple[Earned, ...]
    taxes: tuple[int, ...]

    @property
    def gross(self) -> int:
        """Before tax."""
        return sum(item.gross for item in self.accounts)

    @property
    def tax(self) -> int:
        """What is withheld."""
        return sum(self.taxes)

    @property
    def net(self) -> int:
        """What is added to the savings."""
        return self.gross - self.tax


def interest_due(reader: Reader, month: Month, on: date, product: int | None = None) -> list[MemberInterest]:
    """Who is still to be credited what for a month, when it is paid on a day; in order of number.

    The tax is judged on the rounded gross of all accounts of one person paid in the month of `on`: nothing up to
    the threshold, else the percentage of the whole, less what was withheld before (PP 15/2009 ps. 2). Bodies bear
    the percentage of each payment (UU PPh ps. 23). Tax that the accounts can't bear, because earlier payments of
    the month were free and have been taken out, waits for the next payment. Those who have left are settled.
    """
    rates = read_rates(reader)
    threshold = int(value_on(rates, "savings_interest_tax_threshold", on))
    percent = value_on(rates, "savings_interest_tax_percent", on)
    by_party: dict[int, list[Earned]] = {}
    for item in earned(reader, month, threshold, percent, product):
        by_party.setdefault(item.party, []).append(item)
    if not by_party:
        return []
    paid = interest_paid(reader, Month.of(on))
    found: list[MemberInterest] = []
    for party, number, name, body in reader.sql(
        "SELECT y.id, y.code, y.name, m.body FROM member AS m JOIN party AS y ON y.id = m.party_id"
        " WHERE m.left_on IS NULL AND (m.joined IS NULL OR m.joined <= ?) ORDER BY length(y.code), y.code",
        (on.isoformat(),),
    ):
        accounts = by_party.get(party)
        if accounts is None:
            continue
        gross = sum(item.gross for item in accounts)
        if body:
            tax = percent_of(gross, value_on(rates, "savings_interest_tax_percent_body", on))
        else:
            before, withheld = paid.get(party, (0, 0))
            tax = max(withholding(before + gross, threshold, percent) - withheld, 0)
        found.append(MemberInterest(party, number, name, tuple(accounts), _taxes(reader, accounts, tax, on)))
    return found


def run_savings_interest(tx: Transaction, command: RunSavingsInterest) -> Done:
    """For each member: Dr interest expense (gross), Cr savings (net) and 2-1301 (tax)."""
    month = command.month
    on = command.on or month.last_day
    product = savings_of(tx).product(command.product).id if command.product else None
    due = interest_due(tx, month, on, product)
    entries: list[int] = []
    number = ""
    for done, member in enumerate(due):
        if done % _STEP == 0:
            tx.progress.step(done, len(due), _CREDITING)
        entry, given = _credit(tx, member, month, on)
        entries.append(entry)
        number = number or given
    gross, tax = sum(item.gross for item in due), sum(item.tax for item in due)
    return Done(
        number=number,
        value={
            "members": len(due),
            "accounts": sum(len(item.accounts) for item in due),
            "gross": gross,
            "tax": tax,
            "net": gross - tax,
        },
        undo=ReverseEntries(entries=tuple(reversed(entries))),
    )


def _credit(tx: Transaction, member: MemberInterest, month: Month, on: date) -> tuple[int, str]:
    """Post one member's interest; returns the entry's key and number."""
    register = savings_of(tx)
    new: dict[int, Account] = {}
    expenses: dict[int, int] = {}
    targets: list[Account] = []
    sums: dict[Account, int] = {}
    for item, tax in zip(member.accounts, member.taxes, strict=True):
        expense = expense_of(tx, register.products[item.product])
        expenses[expense] = expenses.get(expense, 0) + item.gross
        account = register.by_id[item.target] if item.target else _opened(tx, item, new)
        targets.append(account)
        sums[account] = sums.get(account, 0) + item.gross - tax
    posted = post(
        tx,
        on=on,
        memo=f"Jasa simpanan {month.month:02}/{month.year}",
        postings=[
            *(Posting(expense, amount) for expense, amount in expenses.items()),
            *(Posting(account.held_in, -amount, member.party) for account, amount in sums.items()),
            Posting(chart_of(tx).role("savings_tax").id, -member.tax, member.party),
        ],
        source=SOURCE,
        series="JS",
        party=member.party,
        controls=CONTROLS,
    )
    for item, account, tax in zip(member.accounts, targets, member.taxes, strict=True):
        into = register.products[account.product]
        write(tx, Planned(account, into, "interest", item.gross), posted.id, on)
        write_earned(tx, item.account, posted.id, str(month), item.gross)
        if tax:
            write(tx, Planned(account, into, "tax", -tax), posted.id, on)
    return posted.id, posted.number


def _opened(tx: Transaction, item: Earned, new: dict[int, Account]) -> Account:
    """The account that a member gets in the product that the interest is paid into."""
    if item.into not in new:
        party = register_of(tx).by_id[item.party]
        held_in = ledger_for(tx, party, savings_of(tx).products[item.into])
        new[item.into] = Account(0, item.party, item.into, "", held_in)
    return new[item.into]


def _taxes(reader: Reader, accounts: Sequence[Earned], tax: int, on: date) -> tuple[int, ...]:
    """How much of the tax each account bears: the largest interest first, then what is in the accounts.

    More than the interest is due only where earlier payments of the month bore nothing.
    """
    left = tax
    shares = [0] * len(accounts)
    for place in sorted(range(len(accounts)), key=lambda index: -accounts[index].gross):
        shares[place] = min(left, accounts[place].gross)
        left -= shares[place]
    asked: set[int] = {0}
    for place, item in enumerate(accounts) if left else ():
        if item.target not in asked:
            asked.add(item.target)
            part = min(left, free_since(reader, item.target, on))
            shares[place] += part
            left -= part
    return tuple(shares)
