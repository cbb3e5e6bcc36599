"""Interest of term deposits: paid one by one or in a run, with the tax of all interest of a person and month."""

from datetime import date
from typing import NamedTuple

from app.base.errors import Refused
from app.ledger.accounts.service import chart_of
from app.ledger.changes import Done
from app.ledger.deposits.commands import PayDepositInterest, RunDepositInterest
from app.ledger.deposits.register import CONTROLS, SOURCE, account_of, deposits_of, refuse_closed, write_move
from app.ledger.deposits.state import Deposit, Move
from app.ledger.deposits.terms import RollOver
from app.ledger.entries.commands import ReverseEntries, ReverseEntry
from app.ledger.entries.post import Posted, Posting, post
from app.ledger.members.register import members_of
from app.ledger.parties.register import PartyRow, register_of
from app.ledger.periods.locks import locked_months
from app.ledger.savings.crediting import expense_of, tax_to_withhold
from app.ledger.savings.register import lowest_from, savings_of
from app.ledger.savings.service import Planned, deposit_for, write
from app.ledger.transaction import Transaction

_STEP = 50


class Paid(NamedTuple):
    """One payment of interest."""

    posted: Posted
    gross: int
    tax: int


def pay_interest(tx: Transaction, command: PayDepositInterest) -> Done:
    """Pay all that is due by a day in one entry."""
    deposit = deposits_of(tx).find(command.deposit)
    refuse_closed(deposit, command.on)
    due = deposit.due(command.on)
    if not due:
        raise Refused(
            "No interest of term deposit {number} is due up to {on}.",
            advice="Interest is paid through {paid}; the term ends on {maturity}.",
            field="on",
            number=deposit.number,
            on=command.on,
            paid=deposit.paid,
            maturity=deposit.maturity,
        )
    paid = pay(tx, deposit, due[-1].due, command.on, command.account, command.number, command.memo)
    return Done(
        number=paid.posted.number,
        value={
            "entry": paid.posted.id,
            "gross": paid.gross,
            "tax": paid.tax,
            "net": paid.gross - paid.tax,
            "paid_through": deposit.paid.isoformat(),
        },
        undo=ReverseEntry(entry=paid.posted.id),
    )


def run_interest(tx: Transaction, command: RunDepositInterest) -> Done:
    """Pay what is due of every deposit, in the order of the due days; the tax of a month follows that order."""
    planned: list[tuple[date, str, Deposit, date]] = []
    for deposit in deposits_of(tx).running():
        due = deposit.due(command.on)
        if not due:
            continue
        if not in_cash(deposit):
            planned += [(part.due, deposit.number, deposit, part.due) for part in due]
        elif command.cash:
            planned.append((command.on, deposit.number, deposit, due[-1].due))
    paid = []
    for place, (_, _, deposit, through) in enumerate(sorted(planned, key=lambda item: item[:2])):
        if place % _STEP == 0:
            tx.progress.step(place, len(planned), deposit.number)
        when = command.on if in_cash(deposit) else value_day(tx, deposit, through, command.on)
        paid.append(pay(tx, deposit, through, when, command.account))
    return Done(
        number=paid[-1].posted.number if paid else "",
        value={
            "payments": len(paid),
            "gross": sum(item.gross for item in paid),
            "tax": sum(item.tax for item in paid),
            "net": sum(item.gross - item.tax for item in paid),
        },
        undo=ReverseEntries(entries=tuple(item.posted.id for item in reversed(paid))),
    )


def in_cash(deposit: Deposit) -> bool:
    """Say whether a deposit's interest is handed out."""
    return deposit.into is None and deposit.roll_over is not RollOver.ALL


def value_day(tx: Transaction, deposit: Deposit, due: date, on: date) -> date:
    """The day under which something due earlier is recorded: its own, or `on` where that month is closed."""
    when = max(due, deposit.latest)
    return on if when.isoformat()[:7] in locked_months(tx) else when


def pay(
    tx: Transaction,
    deposit: Deposit,
    through: date,
    on: date,
    account: str = "",
    number: str = "",
    memo: str = "",
) -> Paid:
    """Pay a deposit's interest up to, not including, `through`.

    Dr 5-1002 (gross), Cr savings or cash (net) and 2-1301 (tax). Interest paid in cash is a movement of the
    certificate's account too, in and out again: the tax of the person's month is reckoned from the movements.
    Tax that a small payment can't bear, because earlier ones of the month were free, waits for the next one.
    """
    party = register_of(tx).by_id[deposit.party]
    terms = deposit.terms
    gross = terms.interest_to(through) - terms.interest_to(deposit.paid)
    target = _target(tx, deposit, party, gross)
    tax = tax_of(tx, party, gross, on)
    bearable = gross
    if target.account.id and not in_cash(deposit):
        held = sum(item.amount for item in target.account.holds)
        bearable += max(lowest_from(tx, target.account, on) - held, 0)
    tax = min(tax, bearable)
    chart = chart_of(tx)
    own = savings_of(tx).products[account_of(tx, deposit).product]
    if in_cash(deposit):
        net = Posting(chart.money_account(account).id, tax - gross)
    else:
        net = Posting(target.account.held_in, tax - gross, party.id)
    posted = post(
        tx,
        on=on,
        memo=memo or f"Jasa {own.name} {deposit.number}",
        postings=(
            Posting(expense_of(tx, own), gross),
            net,
            Posting(chart.role("savings_tax").id, -tax, party.id),
        ),
        source=SOURCE,
        series="BJ",
        number=number,
        party=party.id,
        controls=CONTROLS,
    )
    write(tx, target, posted.id, on)
    if tax:
        write(tx, target._replace(kind="tax", amount=-tax), posted.id, on)
    if in_cash(deposit) and gross > tax:
        write(tx, target._replace(kind="withdrawal", amount=tax - gross), posted.id, on)
    kept = gross - tax if deposit.roll_over is RollOver.ALL else 0
    move = Move(posted.id, on, "interest", deposit.run, deposit.paid, through, 0, kept, gross, tax, 0)
    write_move(tx, deposit, move)
    return Paid(posted, gross, tax)


def tax_of(tx: Transaction, party: PartyRow, gross: int, on: date) -> int:
    """The tax that law withholds from a payment, by all interest of the person in the month."""
    if not gross:
        return 0
    return tax_to_withhold(tx, party.id, gross, on, body=members_of(tx).by_party[party.id].body)


def _target(tx: Transaction, deposit: Deposit, party: PartyRow, gross: int) -> Planned:
    """The movement that records the interest: on the account it goes into, else on the certificate's own."""
    if deposit.into is not None:
        product = savings_of(tx).products[deposit.into]
        return deposit_for(tx, party, product, gross, savings_number=deposit.into_number, kind="interest")
    own = account_of(tx, deposit)
    return Planned(own, savings_of(tx).products[own.product], "interest", gross)
