"""Opening a term deposit, and taking one over from older books."""

from datetime import date
from typing import Any

from app.base.errors import Refused, UserError
from app.base.i18n import N_
from app.ledger.accounts.service import chart_of
from app.ledger.changes import Done
from app.ledger.deposits.commands import OpenTermDeposit, TakeOverTermDeposit
from app.ledger.deposits.register import CONTROLS, SOURCE, deposits_of, write_move
from app.ledger.deposits.state import Deposit, Move
from app.ledger.deposits.tables import term_deposit
from app.ledger.entries.commands import ReverseEntry
from app.ledger.entries.post import Posting, post
from app.ledger.entries.service import opening_entry
from app.ledger.members.register import find_member
from app.ledger.members.savings import refuse_stranger
from app.ledger.parties.register import PartyRow
from app.ledger.rates.table import rate_on
from app.ledger.savings.commands import SavingsKind
from app.ledger.savings.register import Account, Product, savings_of, the_account
from app.ledger.savings.service import Planned, withdraw_for, write
from app.ledger.transaction import Transaction

_ABOVE_CEILING = N_(
    "The rate of {rate} % a year is above the ceiling of {ceiling} % (Permenkop UKM 8/2023 ps. 26)."
)


def open_deposit(tx: Transaction, command: OpenTermDeposit) -> Done:
    """Dr cash or the savings it comes from, Cr the product's account (2-1111)."""
    party, membership = find_member(tx, command.member)
    refuse_stranger(party, membership, command.on)
    number, account = _certificate(tx, command, party, command.on)
    product = savings_of(tx).products[account.product]
    into = _interest_into(tx, command, party)
    paid = Planned(account, product, "transfer" if command.from_savings else "deposit", command.amount)
    source = None
    if command.from_savings:
        source = withdraw_for(
            tx,
            party,
            command.from_savings,
            command.amount,
            command.on,
            savings_number=command.from_savings_number,
            kind="transfer",
            field="from_savings",
        )
        other = source.posting
    else:
        other = Posting(chart_of(tx).money_account(command.account).id, command.amount)
    posted = post(
        tx,
        on=command.on,
        memo=command.memo or f"Buka {product.name} {number}",
        postings=(other, paid.posting),
        source=SOURCE,
        series="BJ",
        party=party.id,
        controls=CONTROLS,
    )
    if source is not None:
        write(tx, source, posted.id, command.on)
    write(tx, paid, posted.id, command.on)
    deposit = _write(tx, command, number, account, into, posted.id, command.on, command.on, None)
    return _done(tx, command, deposit, posted.id, command.on)


def take_over_deposit(tx: Transaction, command: TakeOverTermDeposit) -> Done:
    """Cr the product's account (2-1111), Dr 3-9999 Saldo Awal; no cash moves and no interest is posted."""
    party, membership = find_member(tx, command.member)
    refuse_stranger(party, membership, command.as_of)
    number, account = _certificate(tx, command, party, command.as_of)
    product = savings_of(tx).products[account.product]
    into = _interest_into(tx, command, party)
    taken = Planned(account, product, "opening", command.amount)
    posted = opening_entry(
        tx,
        on=command.as_of,
        memo=command.memo or f"Saldo awal {product.name} {number}",
        postings=(taken.posting,),
        source=SOURCE,
        controls=CONTROLS,
        party=party.id,
    )
    write(tx, taken, posted.id, command.as_of)
    deposit = _write(
        tx, command, number, account, into, posted.id, command.as_of, command.paid_from, command.as_of
    )
    return _done(tx, command, deposit, posted.id, command.start)


def _certificate(
    tx: Transaction, command: OpenTermDeposit | TakeOverTermDeposit, party: PartyRow, on: date
) -> tuple[str, Account]:
    """The number of the new certificate, and the savings account of that number, made when it is written."""
    register = savings_of(tx)
    product = register.product(command.product)
    if product.kind is not SavingsKind.TERM:
        raise UserError(
            "{product} has no term.",
            advice="Choose a savings product of the kind term deposit.",
            field="product",
            product=product.name,
        )
    if not product.active:
        raise Refused(
            "{product} is not offered any more.",
            advice="Choose another product, or offer it again.",
            field="product",
            product=product.name,
        )
    known = deposits_of(tx)
    number = command.number.strip()
    if number and known.numbered(number) is not None:
        raise Refused(
            "There is a term deposit {number} already.",
            advice="Give another number, or take the other one back first.",
            field="number",
            number=number,
        )
    while not number:
        proposal = tx.yearly_number("SB", on)
        taken = known.numbered(proposal) or register.numbered(product.id, proposal)
        number = "" if taken else proposal
    found = register.numbered(product.id, number)
    if found is None:
        return number, Account(0, party.id, product.id, number, product.ledger)
    # A certificate that was taken back leaves its account empty for the one that puts it right.
    if found.party != party.id or found.balance or (found.latest is not None and not found.bound):
        raise Refused(
            "There is a savings account {number} of {product} already.",
            advice="Give the certificate another number.",
            field="number",
            number=number,
            product=product.name,
        )
    return number, found


def _interest_into(
    tx: Transaction, command: OpenTermDeposit | TakeOverTermDeposit, party: PartyRow
) -> Product | None:
    """The savings product that gets the interest, None for cash; raises UserError for one that can't."""
    if not command.interest_into.strip():
        return None
    product = savings_of(tx).product(command.interest_into, "interest_into")
    if not product.withdrawable or product.kind is SavingsKind.TERM:
        raise UserError(
            "Interest can't go into {product}.",
            advice="Choose savings that can be taken out at any time.",
            field="interest_into",
            product=product.name,
        )
    # Raises where it is not clear which account of the member is meant.
    the_account(tx, party.id, product, command.interest_number, party.name)
    return product


def _write(
    tx: Transaction,
    command: OpenTermDeposit | TakeOverTermDeposit,
    number: str,
    account: Account,
    into: Product | None,
    entry: int,
    on: date,
    paid_from: date,
    running_since: date | None,
) -> Deposit:
    """Write the contract and its first term; from now on only this slice moves the account."""
    account.bound = True
    deposit = Deposit(
        tx.next_id(term_deposit),
        number,
        account.party,
        account.id,
        command.rate,
        command.term,
        command.interest,
        None if into is None else into.id,
        command.interest_number,
        command.roll_over,
        command.penalty_percent,
        paid_from,
        running_since,
    )
    tx.insert_tuple(
        term_deposit,
        (
            deposit.id,
            number,
            deposit.party,
            deposit.account,
            entry,
            str(command.rate),
            command.term,
            command.interest.value,
            deposit.into,
            command.interest_number,
            command.roll_over.value,
            str(command.penalty_percent),
            paid_from.isoformat(),
            None if running_since is None else running_since.isoformat(),
        ),
    )
    deposits_of(tx).adopt(deposit)
    terms = command.terms
    amount = command.amount
    move = Move(entry, on, "open", 1, terms.start, terms.maturity, amount, amount, 0, 0, 0)
    write_move(tx, deposit, move)
    return deposit


def _done(
    tx: Transaction, command: OpenTermDeposit | TakeOverTermDeposit, deposit: Deposit, entry: int, start: date
) -> Done:
    return Done(
        number=deposit.number,
        value={
            "entry": entry,
            "deposit": deposit.number,
            "amount": command.amount,
            "maturity": deposit.maturity.isoformat(),
            "interest": sum(part.interest for part in deposit.terms.parts(deposit.paid)),
            "warnings": _warnings(tx, command, start),
        },
        undo=ReverseEntry(entry=entry),
    )


def _warnings(
    tx: Transaction, command: OpenTermDeposit | TakeOverTermDeposit, on: date
) -> list[tuple[str, dict[str, Any]]]:
    """A rate above the ceiling of its day: to be looked at, no fault."""
    try:
        ceiling = rate_on(tx, "savings_rate_ceiling_percent", on)
    except Refused:
        return []  # no ceiling was set yet on that day
    return [] if command.rate <= ceiling else [(_ABOVE_CEILING, {"rate": command.rate, "ceiling": ceiling})]
