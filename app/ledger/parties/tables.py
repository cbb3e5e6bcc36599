"""The party table."""

from sqlmodel import Field, SQLModel

from app.ledger.storage.tables import table_of


class Party(SQLModel, table=True):
    """A customer, a supplier or a member."""

    __tablename__ = "party"

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    code: str
    name: str
    phone: str
    address: str
    tax_id: str
    active: int
    nickname: str


party = table_of(Party)
