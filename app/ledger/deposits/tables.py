"""The tables of the deposits slice; only this slice writes them."""

from sqlmodel import Field, SQLModel

from app.ledger.storage.tables import table_of


class TermDeposit(SQLModel, table=True):
    """What was agreed on one certificate. Its money stands on a savings account of its own."""

    __tablename__ = "term_deposit"

    id: int | None = Field(default=None, primary_key=True)
    number: str
    party_id: int
    savings_account_id: int
    entry_id: int
    rate: str
    term: int
    interest: str
    interest_into: int | None
    interest_number: str
    roll_over: str
    penalty_percent: str
    paid_from: str
    running_since: str | None


class TermDepositMovement(SQLModel, table=True):
    """What an entry did to a deposit, rupiah; a row that takes another back has every amount negated."""

    __tablename__ = "term_deposit_movement"

    id: int | None = Field(default=None, primary_key=True)
    term_deposit_id: int
    entry_id: int
    date: str
    kind: str
    standing: int
    run: int
    first: str
    through: str
    base: int
    amount: int
    interest: int
    tax: int
    penalty: int


term_deposit = table_of(TermDeposit)
term_deposit_movement = table_of(TermDepositMovement)
