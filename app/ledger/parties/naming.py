"""Whom a row of a workbook means: the one known by that code or name, else someone new of that name."""

from app.ledger.command import Command
from app.ledger.parties.commands import AddCustomer, AddSupplier
from app.ledger.parties.register import PartyKind, register_of
from app.ledger.transaction import Transaction


def named_party(tx: Transaction, kind: PartyKind, text: str) -> tuple[str, list[Command]]:
    """The words by which a command finds the customer or supplier, and the command that makes them if new.

    A name that several have is left as it is: the command refuses it, naming them.
    """
    if not text:
        return "", []
    register = register_of(tx)
    found = register.code(kind, text)
    if found is not None:
        return found.code, []
    if register.named(kind, text):
        return text, []
    make = AddCustomer if kind is PartyKind.CUSTOMER else AddSupplier
    return text, [make(name=text)]
