"""Ticking off an opening balance: it was compared with the old books and is right."""

from dataclasses import replace
from datetime import date

from sqlalchemy import delete

from app.base.errors import Refused
from app.ledger.accounts.service import chart_of
from app.ledger.changes import Done, Kind
from app.ledger.entries.commands import TickOpening
from app.ledger.entries.tables import opening_tick
from app.ledger.opening import opening_parts
from app.ledger.transaction import Transaction


def tick_opening(tx: Transaction, command: TickOpening) -> Done:
    """Write the tick with the amount as it stands, or take it away.

    Raises Refused for a tick that says nothing new, so that its undo is always its opposite.
    """
    account = chart_of(tx).code(command.account)
    amount: int = tx.sql(
        "SELECT coalesce(sum(amount), 0) FROM day_balance WHERE account_id = ? AND (kind = 'opening' OR ?)",
        # Of 3-9999 counts what is left on it, also after an entry has brought a part of it to capital.
        (account.id, account.role == "opening"),
    )[0][0]
    part = command.product.strip()
    if part:
        parts = opening_parts(tx, date.max, chart_of(tx)).get(account.id, ())
        found = next((item for item in parts if item.code.casefold() == part.casefold()), None)
        if found is None:
            raise Refused(
                "Nothing of {product} was taken over into {code} {name}.",
                advice="Check the account and the product.",
                field="product",
                product=part,
                code=account.code,
                name=account.name,
            )
        part, amount = found.code, found.amount
    standing = bool(
        tx.sql(
            "SELECT 1 FROM opening_tick WHERE account_id = ? AND part = ? AND amount = ?",
            (account.id, part, amount),
        )
    )
    if standing == command.right and part:
        raise Refused(
            "What was taken over of {product} is ticked off already."
            if command.right
            else "What was taken over of {product} is not ticked off.",
            product=part,
        )
    if standing == command.right:
        raise Refused(
            "The opening balance of {code} {name} is ticked off already."
            if command.right
            else "The opening balance of {code} {name} is not ticked off.",
            code=account.code,
            name=account.name,
        )
    tx.execute(
        delete(opening_tick).where(opening_tick.c.account_id == account.id, opening_tick.c.part == part)
    )
    if command.right:
        at = tx.context.clock.now().isoformat(timespec="seconds")
        tx.insert(
            opening_tick, account_id=account.id, part=part, amount=amount, actor=tx.context.actor, at=at
        )
    tx.changed(Kind.ACCOUNT)
    return Done(number=account.code, undo=replace(command, right=not command.right))
