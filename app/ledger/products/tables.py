"""The tables of products and their stock movements."""

from sqlmodel import Field, SQLModel

from app.ledger.storage.tables import table_of


class Product(SQLModel, table=True):
    """Something sold or bought. `quantity` (thousandths) and `value` (rupiah) are what is in stock now."""

    __tablename__ = "product"

    id: int | None = Field(default=None, primary_key=True)
    code: str
    name: str
    unit: str
    buy_price: int
    sell_price: int
    barcode: str
    category: str
    minimum: int
    big_unit: str
    big_size: int
    stocked: int
    service: int
    active: int
    quantity: int
    value: int
    incoming: int


class StockMovement(SQLModel, table=True):
    """What a document moved into (positive) or out of stock: thousandths of the unit, and rupiah."""

    __tablename__ = "stock_movement"

    entry_id: int = Field(primary_key=True)
    line: int = Field(primary_key=True)
    product_id: int
    date: str
    kind: str
    quantity: int
    value: int


product = table_of(Product)
stock_movement = table_of(StockMovement)
