"""The tables of sales."""

from sqlmodel import Field, SQLModel

from app.ledger.storage.tables import table_of


class Sale(SQLModel, table=True):
    """The head of a sale, with the key of its entry. One that is taken back has an opposite one."""

    __tablename__ = "sale"

    id: int | None = Field(default=None, primary_key=True)
    number: str
    date: str
    party_id: int | None
    method: str
    gross: int
    discount: int
    paid: int


class SaleLine(SQLModel, table=True):
    """One line: `amount` after its discount, `cost` at average cost, NULL where it is not known."""

    __tablename__ = "sale_line"

    sale_id: int = Field(primary_key=True)
    line: int = Field(primary_key=True)
    product_id: int
    quantity: int
    unit: str
    unit_size: int
    price: int
    discount: int
    amount: int
    cost: int | None


sale = table_of(Sale)
sale_line = table_of(SaleLine)
