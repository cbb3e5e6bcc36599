"""The rate table."""

from sqlmodel import Field, SQLModel

from app.ledger.storage.tables import table_of


class Rate(SQLModel, table=True):
    """A number that law gives, from a day on."""

    __tablename__ = "rate"

    key: str = Field(primary_key=True)
    valid_from: str = Field(primary_key=True)
    value: str
    basis: str


rate = table_of(Rate)
