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
    product_id: int | None
    penalty: int
    penalty_percent: str
    penalty_per: str
    allocation: str


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
    recovered: int


class LoanOpeningPenalty(SQLModel, table=True):
    """Penalty owed when a loan was taken over: a memo, never posted."""

    __tablename__ = "loan_opening_penalty"

    loan_id: int | None = Field(default=None, primary_key=True)
    amount: int


class LoanProduct(SQLModel, table=True):
    """What loans of one kind have in common; provision and penalty_percent are percentages."""

    __tablename__ = "loan_product"

    id: int | None = Field(default=None, primary_key=True)
    code: str
    name: str
    rate: str
    per: str
    method: str
    every: str
    grace: int
    basis: str
    round_to: int
    rounding: str
    mode: str
    excess: str
    provision: str
    administration: int
    penalty: int
    penalty_percent: str
    penalty_per: str
    allocation: str
    active: int


class LoanWriteOff(SQLModel, table=True):
    """Why a loan was written off, and what was owed beside the principal: a memo."""

    __tablename__ = "loan_write_off"

    entry_id: int | None = Field(default=None, primary_key=True)
    loan_id: int
    reason: str
    interest: int
    penalty: int


class LoanWaiver(SQLModel, table=True):
    """Penalty let go on a day; taking a waiver back is a row of the opposite sign."""

    __tablename__ = "loan_waiver"

    id: int | None = Field(default=None, primary_key=True)
    loan_id: int
    date: str
    amount: int
    reason: str


class LoanJudgement(SQLModel, table=True):
    """A person's judgement of a loan's class from a day on; without a class it ends the one before."""

    __tablename__ = "loan_judgement"

    id: int | None = Field(default=None, primary_key=True)
    loan_id: int
    date: str
    class_: str | None = Field(sa_column_kwargs={"name": "class"})
    ruled: str
    reason: str


class LoanCollateral(SQLModel, table=True):
    """What secures a loan."""

    __tablename__ = "loan_collateral"

    id: int | None = Field(default=None, primary_key=True)
    loan_id: int
    kind: str
    owner: str
    value: int
    document: str


class LoanGuarantor(SQLModel, table=True):
    """Who answers for a loan."""

    __tablename__ = "loan_guarantor"

    id: int | None = Field(default=None, primary_key=True)
    loan_id: int
    name: str


class LoanRuleset(SQLModel, table=True):
    """A table of rules by which loans are classed."""

    __tablename__ = "loan_ruleset"

    name: str = Field(primary_key=True)
    chosen: int


class LoanClassPercent(SQLModel, table=True):
    """How much of the principal left of a class should stand in the allowance, in percent."""

    __tablename__ = "loan_class"

    ruleset: str = Field(primary_key=True)
    class_: str = Field(primary_key=True, sa_column_kwargs={"name": "class"})
    percent: str


class LoanClassRule(SQLModel, table=True):
    """One rule: which loans are in a class."""

    __tablename__ = "loan_class_rule"

    ruleset: str = Field(primary_key=True)
    place: int = Field(primary_key=True)
    class_: str = Field(sa_column_kwargs={"name": "class"})
    unit: str
    repaid: str
    principal_over: int | None
    interest_over: int | None
    collateral: int


loan = table_of(Loan)
loan_instalment = table_of(LoanInstalment)
loan_schedule = table_of(LoanSchedule)
loan_transaction = table_of(LoanTransaction)
loan_opening_penalty = table_of(LoanOpeningPenalty)
loan_product = table_of(LoanProduct)
loan_write_off = table_of(LoanWriteOff)
loan_waiver = table_of(LoanWaiver)
loan_judgement = table_of(LoanJudgement)
loan_collateral = table_of(LoanCollateral)
loan_guarantor = table_of(LoanGuarantor)
loan_ruleset = table_of(LoanRuleset)
loan_class = table_of(LoanClassPercent)
loan_class_rule = table_of(LoanClassRule)
