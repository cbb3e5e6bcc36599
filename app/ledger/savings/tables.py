"""The tables of savings products with their terms, of accounts, holds and movements."""

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
    expense_id: int | None
    pays_into: int | None
    keep: int


class SavingsTerms(SQLModel, table=True):
    """How a product earns interest from a month on: yearly rate in percent, method, basis, tiers, rounding."""

    __tablename__ = "savings_terms"

    id: int | None = Field(default=None, primary_key=True)
    product_id: int
    month: str
    rate: str
    method: str
    basis: int
    tiers: str
    minimum: int
    round_to: int
    rounding: str


class SavingsTariff(SQLModel, table=True):
    """What a mandatory product asks for each month, from a month on."""

    __tablename__ = "savings_tariff"

    id: int | None = Field(default=None, primary_key=True)
    product_id: int
    month: str
    amount: int


class SavingsHold(SQLModel, table=True):
    """Rupiah that have to stay in an account until they are released."""

    __tablename__ = "savings_hold"

    id: int | None = Field(default=None, primary_key=True)
    savings_account_id: int
    placed_on: str
    amount: int
    reason: str
    loan: str
    released_on: str | None
    until: str | None


class SavingsInterest(SQLModel, table=True):
    """For which account and month an entry credited interest, gross rupiah; negative under a reversal."""

    __tablename__ = "savings_interest"

    id: int | None = Field(default=None, primary_key=True)
    savings_account_id: int
    entry_id: int
    month: str
    gross: int


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
savings_terms = table_of(SavingsTerms)
savings_tariff = table_of(SavingsTariff)
savings_hold = table_of(SavingsHold)
savings_interest = table_of(SavingsInterest)
savings_account = table_of(SavingsAccount)
savings_movement = table_of(SavingsMovement)
