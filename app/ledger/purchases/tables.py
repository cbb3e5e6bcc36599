"""The tables of purchases."""

from sqlmodel import Field, SQLModel

from app.ledger.storage.tables import table_of


class Purchase(SQLModel, table=True):
    """The head of a purchase, with the key of its entry. `paid` is of `amount` and `freight` together."""

    __tablename__ = "purchase"

    id: int | None = Field(default=None, primary_key=True)
    number: str
    date: str
    party_id: int | None
    method: str
    amount: int
    freight: int
    paid: int


class PurchaseLine(SQLModel, table=True):
    """One line: `amount` after its discount, `freight` its share of the freight."""

    __tablename__ = "purchase_line"

    purchase_id: int = Field(primary_key=True)
    line: int = Field(primary_key=True)
    product_id: int
    quantity: int
    unit: str
    unit_size: int
    price: int
    discount: int
    freight: int
    amount: int


purchase = table_of(Purchase)
purchase_line = table_of(PurchaseLine)
