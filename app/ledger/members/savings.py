"""The savings commands of members: who may save what when, then the savings slice does it.

The rules, and where they come from: savings are for members and those about to become one (UU 25/1992
ps. 44), mandatory ones come with membership; nothing is recorded before someone joined or after they left.
"""

from datetime import date

from app.base.errors import Refused, UserError
from app.ledger.changes import Done
from app.ledger.members.exit import refuse_paying_out
from app.ledger.members.register import PROSPECTIVE, Membership, find_member
from app.ledger.parties.register import PartyRow
from app.ledger.savings import holds, service
from app.ledger.savings.commands import (
    CreditSavingsInterest,
    DepositSavings,
    OpenSavings,
    PlaceHold,
    RecordSavings,
    ReleaseHold,
    SavingsKind,
    SavingsLine,
    SetPaidThrough,
    TransferSavings,
    WithdrawSavings,
)
from app.ledger.savings.crediting import credit_interest
from app.ledger.savings.opening import open_balance, write_paid_through
from app.ledger.savings.register import Product, savings_of
from app.ledger.transaction import Transaction

_WITH_MEMBERSHIP = (SavingsKind.MANDATORY, SavingsKind.LOAN_REQUIRED)


def deposit_savings(tx: Transaction, command: DepositSavings) -> Done:
    """Record a deposit of someone who is a member on that day."""
    party, membership = find_member(tx, command.member)
    product = savings_of(tx).product(command.product)
    refuse_stranger(party, membership, command.on)
    _refuse_prospective(party, membership, product)
    return service.deposit(tx, party, product, command)


def withdraw_savings(tx: Transaction, command: WithdrawSavings) -> Done:
    """Record a withdrawal of a member; one who has left is paid out instead."""
    party, membership = find_member(tx, command.member)
    product = savings_of(tx).product(command.product)
    refuse_stranger(party, membership, command.on)
    if membership.left_on is not None:
        raise Refused(
            "{member} left on {left}: the savings are paid out, not taken out.",
            advice="Record the pay-out of the exit instead (pay-exit).",
            field="member",
            member=party.name,
            left=membership.left_on,
        )
    return service.withdraw(tx, party, product, command)


def record_savings(tx: Transaction, command: RecordSavings) -> Done:
    """Record all lines of a document, or none. What goes to one who has left is a paying out."""
    slip = service.Slip()
    parties: set[PartyRow] = set()
    for place, line in enumerate(command.lines):
        if not line.deposit and not line.withdrawal:
            continue
        try:
            parties.add(_plan(tx, slip, line, command.on))
        except (Refused, UserError) as error:
            error.line = place
            if error.field == "amount":
                error.field = "deposit" if line.deposit else "withdrawal"
            raise
    return service.record_slip(tx, slip, command, party=parties.pop() if len(parties) == 1 else None)


def _plan(tx: Transaction, slip: service.Slip, line: SavingsLine, on: date) -> PartyRow:
    party, membership = find_member(tx, line.member)
    product = savings_of(tx).product(line.product)
    number = line.savings_number
    left = membership.left_on
    if line.deposit:
        refuse_stranger(party, membership, on)
        _refuse_prospective(party, membership, product)
        planned = service.deposit_for(tx, party, product, line.deposit, savings_number=number, slip=slip)
    else:
        if left is None:
            _refuse_before_joined(party, membership, on)
        else:
            refuse_paying_out(tx, party, left, on)
        planned = service.withdraw_for(
            tx,
            party,
            product,
            line.withdrawal,
            on,
            savings_number=number,
            kind="withdrawal" if left is None else "exit",
            slip=slip,
        )
    slip.add(planned)
    return party


def credit_savings_interest(tx: Transaction, command: CreditSavingsInterest) -> Done:
    """Credit interest; the tax depends on whether the member is a person."""
    party, membership = find_member(tx, command.member)
    product = savings_of(tx).product(command.product)
    refuse_stranger(party, membership, command.on)
    return credit_interest(tx, party, product, command, body=membership.body)


def transfer_savings(tx: Transaction, command: TransferSavings) -> Done:
    """Move savings; both members must be members on that day."""
    party, membership = find_member(tx, command.member)
    try:
        to_party, to_membership = find_member(tx, command.to_member or command.member)
    except UserError as error:
        error.field = "to_member"
        raise
    products = savings_of(tx)
    product = products.product(command.product)
    to_product = products.product(command.to_product, "to_product")
    refuse_stranger(party, membership, command.on)
    refuse_stranger(to_party, to_membership, command.on, "to_member")
    _refuse_prospective(to_party, to_membership, to_product, "to_product")
    if membership.left_on is not None:
        raise Refused(
            "{member} left on {left}: the savings are paid out, not moved.",
            advice="Record the pay-out of the exit instead (pay-exit).",
            field="member",
            member=party.name,
            left=membership.left_on,
        )
    return service.transfer(tx, party, product, to_party, to_product, command)


def place_hold(tx: Transaction, command: PlaceHold) -> Done:
    """Hold part of a member's savings."""
    party, membership = find_member(tx, command.member)
    _refuse_before_joined(party, membership, command.on)
    return holds.place_hold(tx, party, savings_of(tx).product(command.product), command)


def release_hold(tx: Transaction, command: ReleaseHold) -> Done:
    """Release what was held; also of one who has left, who is paid out after that."""
    party, _ = find_member(tx, command.member)
    return holds.release_hold(tx, party, savings_of(tx).product(command.product), command)


def open_savings(tx: Transaction, command: OpenSavings) -> Done:
    """Take over a balance; of one who had left it is owed already (2-1503)."""
    party, membership = find_member(tx, command.member)
    product = savings_of(tx).product(command.product)
    left = membership.left_on
    if left is not None and command.on < left:
        raise _after_exit(party, left, command.on)
    _refuse_before_joined(party, membership, command.on)
    return open_balance(tx, party, product, command)


def set_paid_through(tx: Transaction, command: SetPaidThrough) -> Done:
    """Undo of taking over a month without a balance."""
    party, _ = find_member(tx, command.member)
    return write_paid_through(tx, party, savings_of(tx).product(command.product), command)


def refuse_stranger(party: PartyRow, membership: Membership, on: date, field: str = "on") -> None:
    """Raise Refused unless someone is a member on a day; on the day of leaving they still are."""
    _refuse_before_joined(party, membership, on, field)
    left = membership.left_on
    if left is None or on == left:
        return
    if on < left:
        raise _after_exit(party, left, on, field)
    raise Refused(
        "{member} left on {left} and is no member on {on}.",
        advice="Check the member and the date.",
        field=field,
        member=party.name,
        left=left,
        on=on,
    )


def _after_exit(party: PartyRow, left: date, on: date, field: str = "on") -> Refused:
    return Refused(
        "The exit of {member} on {left} is recorded, and the savings are settled as of that day;"
        " nothing of {on} can be added.",
        advice="Take the exit back, record what is missing, then accept the exit again.",
        field=field,
        member=party.name,
        left=left,
        on=on,
    )


def _refuse_before_joined(party: PartyRow, membership: Membership, on: date, field: str = "on") -> None:
    if membership.joined is not None and on < membership.joined:
        raise Refused(
            "{member} joined on {joined}; {on} is before that.",
            advice="Correct the date here, or the day of joining in the member's data.",
            field=field,
            member=party.name,
            joined=membership.joined,
            on=on,
        )


def _refuse_prospective(
    party: PartyRow, membership: Membership, product: Product, field: str = "product"
) -> None:
    if membership.status == PROSPECTIVE and product.kind in _WITH_MEMBERSHIP:
        raise Refused(
            "{member} is not a full member yet: {product} comes with membership.",
            advice="Make the member active first, or record voluntary savings.",
            field=field,
            member=party.name,
            product=product.name,
        )
