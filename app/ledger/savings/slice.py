"""The exports of the savings slice. The commands on members' accounts are handled by `members`, above."""

from app.ledger.savings.commands import AddSavingsProduct, RemoveSavingsProduct, SetSavingsProduct
from app.ledger.savings.integrity import CHECKS
from app.ledger.savings.products import (
    add_product,
    remove_product,
    set_product,
    write_standard_products,
)
from app.ledger.savings.service import SOURCE, take_back
from app.ledger.slice import Slice

SLICE = Slice(
    name="savings",
    handlers={
        AddSavingsProduct: add_product,
        SetSavingsProduct: set_product,
        RemoveSavingsProduct: remove_product,
    },
    reversals={SOURCE: take_back},
    checks=CHECKS,
    start=write_standard_products,
)
