"""The exports of the parties slice."""

from app.ledger.parties.commands import (
    AddCustomer,
    AddSupplier,
    ChangeCustomer,
    ChangeSupplier,
    RemoveParty,
)
from app.ledger.parties.service import (
    add_customer,
    add_supplier,
    change_customer,
    change_supplier,
    remove_party,
)
from app.ledger.slice import Slice

SLICE = Slice(
    name="parties",
    handlers={
        AddCustomer: add_customer,
        AddSupplier: add_supplier,
        ChangeCustomer: change_customer,
        ChangeSupplier: change_supplier,
        RemoveParty: remove_party,
    },
)
