"""Savings taken over from older books: balances, interest still owed, the month that mandatory ones reach."""

from app.base.dates import Month
from app.base.errors import Refused
from app.ledger.accounts.service import chart_of
from app.ledger.changes import Done, Kind
from app.ledger.entries.post import Posting
from app.ledger.entries.service import opening_entry
from app.ledger.parties.register import PartyRow
from app.ledger.savings.commands import OpenSavings, SavingsKind, SetPaidThrough
from app.ledger.savings.register import Account, Product, buffer_of, savings_of, the_account
from app.ledger.savings.service import CONTROLS, SOURCE, Planned, done_with, ledger_for, write
from app.ledger.savings.tables import savings_account
from app.ledger.transaction import Transaction


def open_balance(tx: Transaction, party: PartyRow, product: Product, command: OpenSavings) -> Done:
    """Cr the product's account (2-1503 of a member who had left) and 2-1121, Dr 3-9999 Saldo Awal."""
    account = the_account(tx, party.id, product, command.savings_number, party.name)
    if account is None:
        account = Account(0, party.id, product.id, command.savings_number, ledger_for(tx, party, product))
    if account.opened and command.balance:
        raise Refused(
            "{product} of {member} was opened already with {opened:rp}.",
            advice="Take that opening balance back first, if it is wrong.",
            field="balance",
            product=product.name,
            member=party.name,
            opened=account.opened,
        )
    if command.paid_through and product.kind is not SavingsKind.MANDATORY:
        raise Refused(
            "Only mandatory savings are paid through a month, not {product}.",
            field="paid_through",
            product=product.name,
        )
    before = account.paid_through
    through = None if command.paid_through is None else str(command.paid_through)
    if not command.balance and not command.accrued_interest:
        # Nothing is owed to this member: only the month is worth keeping.
        if through:
            _keep(tx, account, through)
        undo = SetPaidThrough(
            member=party.code,
            product=product.code,
            savings_number=account.number,
            paid_through=None if before is None else Month.parse(before),
        )
        return Done(number=party.code, undo=undo)
    payable = chart_of(tx).role("savings_interest_payable").id
    posted = opening_entry(
        tx,
        on=command.on,
        memo=command.memo or f"Saldo awal {product.name}",
        postings=(
            Posting(account.held_in, -command.balance, party.id),
            Posting(payable, -command.accrued_interest, party.id),
        ),
        source=SOURCE,
        controls=CONTROLS,
        party=party.id,
    )
    if command.balance:
        write(tx, Planned(account, product, "opening", command.balance), posted.id, command.on)
    if through:
        _keep(tx, account, through)
    return done_with(posted, account)


def write_paid_through(tx: Transaction, party: PartyRow, product: Product, command: SetPaidThrough) -> Done:
    """Write the month, or forget it."""
    account = the_account(tx, party.id, product, command.savings_number, party.name)
    if account is None:
        return Done(number=party.code)
    before = account.paid_through
    _keep(tx, account, None if command.paid_through is None else str(command.paid_through))
    undo = SetPaidThrough(
        member=command.member,
        product=command.product,
        savings_number=command.savings_number,
        paid_through=None if before is None else Month.parse(before),
    )
    return Done(number=party.code, undo=undo)


def _keep(tx: Transaction, account: Account, through: str | None) -> None:
    """Keep the month with the account, also with one that has no movement yet."""
    if not account.id:
        account.id = tx.next_id(savings_account)
        savings_of(tx).adopt(account)
    account.paid_through = through
    buffer_of(tx).touch(account)
    tx.changed(Kind.SAVINGS, account.id)
