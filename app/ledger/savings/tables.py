"""The tables of savings products, accounts and movements."""

from sqlmodel import Field, SQLModel

from app.ledger.storage.tables import table_of


class SavingsProduct(SQLModel, table=True):
    """A kind of savings the cooperative offers, with the ledger account it is kept in."""

    __tablename__ = "savings_product"

    id: int | None = Field(default=None, primary_key=True)
    code: str
    name: str
    kind: str
    account_id: int
    amount: int
    active: int


class SavingsAccount(SQLModel, table=True):
    """One member's account in one product, with its balance in rupiah."""

    __tablename__ = "savings_account"

    id: int | None = Field(default=None, primary_key=True)
    party_id: int
    product_id: int
    number: str
    held_in: int
    balance: int
    paid_through: str | None


class SavingsMovement(SQLModel, table=True):
    """What an entry did to an account: signed rupiah, what adds to the balance positive."""

    __tablename__ = "savings_movement"

    id: int | None = Field(default=None, primary_key=True)
    savings_account_id: int
    entry_id: int
    ledger_id: int
    date: str
    kind: str
    amount: int


savings_product = table_of(SavingsProduct)
savings_account = table_of(SavingsAccount)
savings_movement = table_of(SavingsMovement)
