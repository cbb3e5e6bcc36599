"""The end of a term: paying a deposit back, or beginning a new term with it."""

from datetime import date

from app.base.errors import Refused
from app.base.money import percent_of
from app.ledger.accounts.service import chart_of
from app.ledger.changes import Done
from app.ledger.deposits.commands import CloseTermDeposit, RollOverDeposits
from app.ledger.deposits.interest import in_cash, pay, tax_of, value_day
from app.ledger.deposits.register import CONTROLS, SOURCE, account_of, deposits_of, refuse_closed, write_move
from app.ledger.deposits.state import Deposit, Move
from app.ledger.deposits.terms import RollOver
from app.ledger.entries.commands import ReverseEntries, ReverseEntry
from app.ledger.entries.post import Posting, post
from app.ledger.parties.register import register_of
from app.ledger.savings.crediting import expense_of
from app.ledger.savings.register import savings_of
from app.ledger.savings.service import Planned, deposit_for, refuse_below_zero, refuse_held, write
from app.ledger.transaction import Transaction


def close_deposit(tx: Transaction, command: CloseTermDeposit) -> Done:
    """Dr 2-1111 (principal) and 5-1002 (unpaid interest), Cr cash or savings, 2-1301 (tax) and 4-1004 (penalty).

    Interest is earned up to, not including, the day, and never beyond the maturity.
    """
    deposit = deposits_of(tx).find(command.deposit)
    refuse_closed(deposit, command.on)
    on, principal = command.on, deposit.principal
    if on < deposit.paid:
        raise Refused(
            "The interest of term deposit {number} is paid through {paid}, after {on}.",
            advice="Close it on that day or later, or take the last payment of interest back first.",
            field="on",
            number=deposit.number,
            paid=deposit.paid,
            on=on,
        )
    party = register_of(tx).by_id[deposit.party]
    own = account_of(tx, deposit)
    product = savings_of(tx).products[own.product]
    refuse_below_zero(tx, own, product, party.name, principal, on)
    refuse_held(tx, own, product, party.name, principal, on)
    gross = deposit.terms.interest_to(on) - deposit.terms.interest_to(deposit.paid)
    through = max(min(on, deposit.maturity), deposit.paid)
    tax = tax_of(tx, party, gross, on)
    penalty = _penalty(deposit, command, principal + gross - tax)
    payout = principal + gross - tax - penalty
    chart = chart_of(tx)
    target = None
    if command.into_savings:
        target = deposit_for(
            tx,
            party,
            command.into_savings,
            payout,
            savings_number=command.into_savings_number,
            kind="transfer",
            field="into_savings",
        )
        out = target.posting
    else:
        out = Posting(chart.money_account(command.account).id, -payout)
    posted = post(
        tx,
        on=on,
        memo=command.memo or f"Cair {product.name} {deposit.number}",
        postings=(
            Posting(own.held_in, principal, party.id),
            Posting(expense_of(tx, product), gross),
            Posting(chart.role("savings_tax").id, -tax, party.id),
            Posting(chart.role("loan_penalty").id, -penalty),
            out,
        ),
        source=SOURCE,
        series="BJ",
        number=command.number,
        party=party.id,
        controls=CONTROLS,
    )
    taken = "withdrawal" if target is None else "transfer"
    for kind, amount in (("interest", gross), ("tax", -tax), (taken, -(principal + gross - tax))):
        if amount:
            write(tx, Planned(own, product, kind, amount), posted.id, on)
    if target is not None and payout:
        write(tx, target, posted.id, on)
    move = Move(
        posted.id, on, "close", deposit.run, deposit.paid, through, 0, -principal, gross, tax, penalty
    )
    write_move(tx, deposit, move)
    return Done(
        number=posted.number,
        value={
            "entry": posted.id,
            "principal": principal,
            "gross": gross,
            "tax": tax,
            "penalty": penalty,
            "paid": payout,
        },
        undo=ReverseEntry(entry=posted.id),
    )


def roll_over(tx: Transaction, command: RollOverDeposits) -> Done:
    """Begin the next term of each matured deposit that is to go on, as often as one has ended since."""
    matured = [
        item
        for item in deposits_of(tx).running()
        if item.roll_over is not RollOver.NONE and item.maturity <= command.on
    ]
    entries: list[int] = []
    rolled = gross = 0
    for place, deposit in enumerate(matured):
        tx.progress.step(place, len(matured), deposit.number)
        while deposit.maturity <= command.on:
            due = deposit.due(deposit.maturity)
            # Cash is handed out on the day itself, and all of it at once.
            for part in due[-1:] if in_cash(deposit) else due:
                when = command.on if in_cash(deposit) else value_day(tx, deposit, part.due, command.on)
                paid = pay(tx, deposit, part.due, when, command.account)
                entries.append(paid.posted.id)
                gross += paid.gross
            entries.append(_next_term(tx, deposit, value_day(tx, deposit, deposit.maturity, command.on)))
            rolled += 1
    return Done(
        number=matured[-1].number if matured else "",
        value={"rolled": rolled, "gross": gross},
        undo=ReverseEntries(entries=tuple(reversed(entries))),
    )


def _next_term(tx: Transaction, deposit: Deposit, on: date) -> int:
    """Dr and Cr 2-1111: the principal of the old term becomes that of the new one, in the same account."""
    own = account_of(tx, deposit)
    principal = deposit.principal
    product = savings_of(tx).products[own.product]
    posted = post(
        tx,
        on=on,
        memo=f"Perpanjangan {product.name} {deposit.number}",
        postings=(
            Posting(own.held_in, principal, deposit.party),
            Posting(own.held_in, -principal, deposit.party),
        ),
        source=SOURCE,
        series="BJ",
        party=deposit.party,
        controls=CONTROLS,
    )
    start = deposit.maturity
    terms = deposit.terms._replace(base=principal, start=start)
    move = Move(posted.id, on, "roll", deposit.run + 1, start, terms.maturity, principal, 0, 0, 0, 0)
    write_move(tx, deposit, move)
    return posted.id


def _penalty(deposit: Deposit, command: CloseTermDeposit, most: int) -> int:
    """What is kept for closing early, rupiah: as given, else the agreed percentage of the principal."""
    if command.penalty is None:
        agreed = percent_of(deposit.principal, deposit.penalty_percent)
        return min(agreed, most) if command.on < deposit.maturity else 0
    if command.penalty > most:
        raise Refused(
            "A penalty of {penalty:rp} is more than the {most:rp} that would be paid out.",
            advice="Give a smaller penalty.",
            field="penalty",
            penalty=command.penalty,
            most=most,
        )
    return command.penalty
