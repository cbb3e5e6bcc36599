"""The exports of the products slice."""

from app.ledger.products.commands import (
    AddProduct,
    AdjustStock,
    ChangeProduct,
    RemoveProduct,
    SetOpeningStock,
)
from app.ledger.products.integrity import CHECKS
from app.ledger.products.service import (
    add_product,
    adjust_stock,
    change_product,
    remove_product,
    set_opening_stock,
    take_back,
)
from app.ledger.products.sheets import SHEETS
from app.ledger.slice import Slice

SLICE = Slice(
    name="products",
    handlers={
        AddProduct: add_product,
        ChangeProduct: change_product,
        RemoveProduct: remove_product,
        SetOpeningStock: set_opening_stock,
        AdjustStock: adjust_stock,
    },
    reversals={"products": take_back},
    checks=CHECKS,
    sheets=SHEETS,
)
