"""The tables of the loans slice; only this slice writes them."""

from sqlmodel import Field, SQLModel

from app.ledger.storage.tables import table_of


class Loan(SQLModel, table=True):
    """A loan and what was agreed. `running_since`: taken over from older books as at that day."""

    __tablename__ = "loan"

    id: int | None = Field(default=None, primary_key=True)
    number: str
    party_id: int
    entry_id: int
    disbursed_on: str
    principal: int
    rate: str
    per: str
    method: str
    term: int
    every: str
    first_due: str | None
    grace: int
    basis: str
    round_to: int
    rounding: str
    mode: str
    excess: str
    provision: int
    administration: int
    purpose: str
    running_since: str | None


class LoanInstalment(SQLModel, table=True):
    """One instalment of one version of a loan's schedule."""

    __tablename__ = "loan_instalment"

    id: int | None = Field(default=None, primary_key=True)
    loan_id: int
    version: int
    number: int
    due: str
    principal: int
    interest: int


class LoanSchedule(SQLModel, table=True):
    """Which version of the schedule holds from an entry on; instalments before `first` are settled."""

    __tablename__ = "loan_schedule"

    id: int | None = Field(default=None, primary_key=True)
    loan_id: int
    entry_id: int
    date: str
    version: int
    first: int
    principal_before: int
    interest_before: int


class LoanTransaction(SQLModel, table=True):
    """What an entry did to a loan, rupiah, signed: a reversal is the opposite row."""

    __tablename__ = "loan_transaction"

    id: int | None = Field(default=None, primary_key=True)
    loan_id: int
    entry_id: int
    date: str
    kind: str
    disbursed: int
    principal: int
    interest: int
    penalty: int
    held: int


class LoanOpeningPenalty(SQLModel, table=True):
    """Penalty owed when a loan was taken over: a memo, never posted."""

    __tablename__ = "loan_opening_penalty"

    loan_id: int | None = Field(default=None, primary_key=True)
    amount: int


loan = table_of(Loan)
loan_instalment = table_of(LoanInstalment)
loan_schedule = table_of(LoanSchedule)
loan_transaction = table_of(LoanTransaction)
loan_opening_penalty = table_of(LoanOpeningPenalty)
