"""The tables of bills and what was paid on them."""

from sqlmodel import Field, SQLModel

from app.ledger.storage.tables import table_of


class Bill(SQLModel, table=True):
    """What one document leaves open with a customer (receivable) or a supplier (payable)."""

    __tablename__ = "bill"

    id: int | None = Field(default=None, primary_key=True)
    side: str
    party_id: int
    entry_id: int
    number: str
    date: str
    due: str
    amount: int


class BillPayment(SQLModel, table=True):
    """What one entry paid on one bill (positive), or took back (negative)."""

    __tablename__ = "bill_payment"

    id: int | None = Field(default=None, primary_key=True)
    bill_id: int
    entry_id: int
    date: str
    amount: int


bill = table_of(Bill)
bill_payment = table_of(BillPayment)
