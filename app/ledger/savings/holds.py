"""Holds: rupiah that have to stay in an account until they are released, such as the security of a loan."""

from datetime import date

from sqlalchemy import delete, update

from app.base.errors import Refused
from app.ledger.changes import Done, Kind
from app.ledger.parties.register import PartyRow, register_of
from app.ledger.reader import day, optional_day
from app.ledger.savings.commands import PlaceHold, ReleaseHold, RemoveHold, ResumeHold
from app.ledger.savings.register import Account, Hold, Product, savings_of, the_account
from app.ledger.savings.tables import savings_hold
from app.ledger.transaction import Transaction


def place_hold(tx: Transaction, party: PartyRow, product: Product, command: PlaceHold) -> Done:
    """Hold an amount that is in the account and not held yet."""
    account = _account(tx, party, product, command.savings_number)
    hold = Hold(tx.next_id(savings_hold), command.amount, command.reason.strip(), command.loan.strip())
    _refuse_uncovered(account, product, party, hold.amount)
    tx.insert(
        savings_hold,
        id=hold.id,
        savings_account_id=account.id,
        placed_on=command.on.isoformat(),
        amount=hold.amount,
        reason=hold.reason,
        loan=hold.loan,
        until=None if command.until is None else command.until.isoformat(),
    )
    account.holds.append(hold)
    tx.changed(Kind.SAVINGS, account.id)
    return Done(number=party.code, value={"hold": hold.id}, undo=RemoveHold(hold=hold.id))


def release_hold(tx: Transaction, party: PartyRow, product: Product, command: ReleaseHold) -> Done:
    """Let go what was held; the hold stays known with the day on which it ended."""
    account = _account(tx, party, product, command.savings_number)
    holds = [item for item in account.holds if command.hold in (0, item.id)]
    if not holds:
        raise Refused(
            "Nothing is held in {product} of {member}.",
            advice="Check the member and the product.",
            field="product",
            product=product.name,
            member=party.name,
        )
    if len(holds) > 1:
        raise Refused(
            "{product} of {member} has several holds: {holds}.",
            advice="Say which one by its key.",
            field="hold",
            product=product.name,
            member=party.name,
            holds=", ".join(f"{item.id} {item.reason}" for item in holds),
        )
    placed = day(tx.sql("SELECT placed_on FROM savings_hold WHERE id = ?", (holds[0].id,))[0][0])
    if command.on < placed:
        raise Refused(
            "The hold was placed on {placed}; it can't be released before that.",
            advice="Correct the date.",
            field="on",
            placed=placed,
        )
    tx.execute(
        update(savings_hold)
        .where(savings_hold.c.id == holds[0].id)
        .values(released_on=command.on.isoformat())
    )
    account.holds.remove(holds[0])
    tx.changed(Kind.SAVINGS, account.id)
    return Done(number=party.code, value={"hold": holds[0].id}, undo=ResumeHold(hold=holds[0].id))


def remove_hold(tx: Transaction, command: RemoveHold) -> Done:
    """Forget a hold that was placed by mistake."""
    account, hold, placed, _ = _found(tx, command.hold)
    until = tx.sql("SELECT until FROM savings_hold WHERE id = ?", (hold.id,))[0][0]
    tx.execute(delete(savings_hold).where(savings_hold.c.id == hold.id))
    account.holds = [item for item in account.holds if item.id != hold.id]
    tx.changed(Kind.SAVINGS, account.id)
    party, product = _owner(tx, account)
    undo = PlaceHold(
        member=party.code,
        product=product.code,
        amount=hold.amount,
        reason=hold.reason,
        on=placed,
        loan=hold.loan,
        savings_number=account.number,
        until=optional_day(until),
    )
    return Done(number=party.code, undo=undo)


def resume_hold(tx: Transaction, command: ResumeHold) -> Done:
    """Hold again what was released by mistake, if it is still there."""
    account, hold, placed, released = _found(tx, command.hold)
    party, product = _owner(tx, account)
    _refuse_uncovered(account, product, party, hold.amount)
    tx.execute(update(savings_hold).where(savings_hold.c.id == hold.id).values(released_on=None))
    account.holds.append(hold)
    tx.changed(Kind.SAVINGS, account.id)
    undo = ReleaseHold(
        member=party.code,
        product=product.code,
        on=released or placed,
        savings_number=account.number,
        hold=hold.id,
    )
    return Done(number=party.code, undo=undo)


def _refuse_uncovered(account: Account, product: Product, party: PartyRow, amount: int) -> None:
    """Raise Refused when less than `amount` rupiah are there and not held yet."""
    free = account.balance - sum(item.amount for item in account.holds)
    if amount > free:
        raise Refused(
            "{product} of {member} has {free:rp} that is not held yet; {amount:rp} can't be held.",
            advice="Hold at most that.",
            field="amount",
            product=product.name,
            member=party.name,
            free=free,
            amount=amount,
        )


def _account(tx: Transaction, party: PartyRow, product: Product, number: str) -> Account:
    account = the_account(tx, party.id, product, number, party.name, bound=True)
    if account is None:
        raise Refused(
            "{member} has no {product}.",
            advice="Check the member and the product.",
            field="product",
            member=party.name,
            product=product.name,
        )
    return account


def _owner(tx: Transaction, account: Account) -> tuple[PartyRow, Product]:
    return register_of(tx).by_id[account.party], savings_of(tx).products[account.product]


def _found(tx: Transaction, key: int) -> tuple[Account, Hold, date, date | None]:
    rows = tx.sql(
        "SELECT savings_account_id, amount, reason, loan, placed_on, released_on FROM savings_hold WHERE id = ?",
        (key,),
    )
    if not rows:
        raise Refused("There is no hold {hold}.", hold=key)
    account, amount, reason, loan, placed, released = rows[0]
    hold = Hold(key, amount, reason, loan)
    return savings_of(tx).by_id[account], hold, day(placed), None if released is None else day(released)
