"""The account table."""

from sqlmodel import Field, SQLModel

from app.ledger.storage.tables import table_of


class Account(SQLModel, table=True):
    """One account of the chart. `control` names the slice whose details it sums; `money` its kind of cash."""

    __tablename__ = "account"

    id: int | None = Field(default=None, primary_key=True)
    code: str
    name: str
    class_: str = Field(sa_column_kwargs={"name": "class"})
    heading: int
    contra: int
    parent_id: int | None
    role: str | None
    control: str | None
    money: str | None
    flow: str
    active: int


account = table_of(Account)
