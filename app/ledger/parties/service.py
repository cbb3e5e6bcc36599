"""The rules of the register of customers and suppliers."""

from sqlalchemy import delete, update

from app.base.errors import Refused, UserError
from app.base.parse import normalise_phone
from app.ledger.changes import Done, Kind
from app.ledger.command import Command
from app.ledger.parties.commands import (
    AddCustomer,
    AddSupplier,
    ChangeCustomer,
    ChangeSupplier,
    RemoveParty,
)
from app.ledger.parties.register import PartyKind, PartyRow, add_party, register_of
from app.ledger.parties.tables import party
from app.ledger.reader import is_referenced
from app.ledger.transaction import Transaction


def add_customer(tx: Transaction, command: AddCustomer) -> Done:
    """Add a customer."""
    return _add(tx, PartyKind.CUSTOMER, command)


def add_supplier(tx: Transaction, command: AddSupplier) -> Done:
    """Add a supplier."""
    return _add(tx, PartyKind.SUPPLIER, command)


def change_customer(tx: Transaction, command: ChangeCustomer) -> Done:
    """Change a customer's facts; the undo puts back what was there."""
    row = register_of(tx).find(PartyKind.CUSTOMER, command.customer)
    _change(tx, row, command)
    return Done(
        number=row.code,
        value={"party": row.id},
        undo=ChangeCustomer(
            customer=row.code,
            name=row.name,
            phone=row.phone,
            address=row.address,
            tax_id=row.tax_id,
            active=row.active,
            nickname=row.nickname,
        ),
    )


def change_supplier(tx: Transaction, command: ChangeSupplier) -> Done:
    """Change a supplier's facts; the undo puts back what was there."""
    row = register_of(tx).find(PartyKind.SUPPLIER, command.supplier)
    _change(tx, row, command)
    return Done(
        number=row.code,
        value={"party": row.id},
        undo=ChangeSupplier(
            supplier=row.code,
            name=row.name,
            phone=row.phone,
            address=row.address,
            tax_id=row.tax_id,
            active=row.active,
            nickname=row.nickname,
        ),
    )


def remove_party(tx: Transaction, command: RemoveParty) -> Done:
    """Undo of adding. Whoever already stands in a document stays in the register, out of use."""
    register = register_of(tx)
    row = register.by_id.get(command.party)
    if row is None or row.kind not in (PartyKind.CUSTOMER, PartyKind.SUPPLIER):
        raise Refused("There is no such customer or supplier.", field="party")
    undo: Command
    if is_referenced(tx, "party", row.id):
        tx.execute(update(party).where(party.c.id == row.id).values(active=0))
        register.put(row._replace(active=False))
        if row.kind is PartyKind.CUSTOMER:
            undo = ChangeCustomer(customer=row.code, active=True)
        else:
            undo = ChangeSupplier(supplier=row.code, active=True)
    else:
        tx.execute(delete(party).where(party.c.id == row.id))
        register.drop(row)
        make = AddCustomer if row.kind is PartyKind.CUSTOMER else AddSupplier
        undo = make(
            name=row.name,
            code=row.code,
            phone=row.phone,
            address=row.address,
            tax_id=row.tax_id,
            nickname=row.nickname,
        )
    tx.changed(Kind.PARTY, row.id)
    return Done(number=row.code, undo=undo)


def _add(tx: Transaction, kind: PartyKind, command: AddCustomer | AddSupplier) -> Done:
    register = register_of(tx)
    name, code = " ".join(command.name.split()), command.code.strip()
    if code:
        taken = register.code(kind, code)
        if taken is not None and taken.code.casefold() == code.casefold():
            raise Refused(
                "The code {code} is taken: {name}.",
                advice="Choose another code.",
                field="code",
                code=code,
                name=taken.name,
            )
    elif alike := register.named(kind, name):
        raise Refused(
            "{name} is in the register already: {code}.",
            advice="Give a code of its own if it is someone else of the same name.",
            field="name",
            name=name,
            code=alike[0].code,
        )
    row = add_party(
        tx,
        kind,
        name,
        code=code,
        phone=_phone(command.phone),
        address=command.address.strip(),
        tax_id=command.tax_id.strip(),
        nickname=" ".join(command.nickname.split()),
    )
    return Done(number=row.code, value={"party": row.id}, undo=RemoveParty(party=row.id))


def _change(tx: Transaction, row: PartyRow, command: ChangeCustomer | ChangeSupplier) -> None:
    changed = row._replace(
        name=row.name if command.name is None else " ".join(command.name.split()),
        phone=row.phone if command.phone is None else _phone(command.phone),
        address=row.address if command.address is None else command.address.strip(),
        tax_id=row.tax_id if command.tax_id is None else command.tax_id.strip(),
        active=row.active if command.active is None else command.active,
        nickname=row.nickname if command.nickname is None else " ".join(command.nickname.split()),
    )
    tx.execute(
        update(party)
        .where(party.c.id == row.id)
        .values(
            name=changed.name,
            phone=changed.phone,
            address=changed.address,
            tax_id=changed.tax_id,
            active=int(changed.active),
            nickname=changed.nickname,
        )
    )
    register_of(tx).put(changed)
    tx.changed(Kind.PARTY, row.id)


def _phone(text: str) -> str:
    """The number as it is kept: +62 and no spaces."""
    if not text.strip():
        return ""
    try:
        return normalise_phone(text)
    except UserError as error:
        error.field = "phone"
        raise
