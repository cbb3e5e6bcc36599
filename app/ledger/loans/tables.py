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
    ledger_id: int | None
    interest_id: int | None
    penalty_cap: int
    penalty_cap_percent: str
    penalty_cap_per: str


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
    ledger_id: int | None
    interest_id: int | None
    penalty_cap: int
    penalty_cap_percent: str
    penalty_cap_per: str
    required_percent: str
    required_amount: int
    required_from: str


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


class LoanRecognition(SQLModel, table=True):
    """From a month on: whether interest is income when received or when earned, and which class earns no more."""

    __tablename__ = "loan_recognition"

    month: str = Field(primary_key=True)
    method: str
    stops_at: str


class LoanAccrual(SQLModel, table=True):
    """Interest earned and not received, rupiah, signed: what an entry adds to 1-1211 for a loan."""

    __tablename__ = "loan_accrual"

    id: int | None = Field(default=None, primary_key=True)
    loan_id: int
    entry_id: int
    date: str
    kind: str
    amount: int


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


class LoanHandInstalment(SQLModel, table=True):
    """An instalment of a schedule made by hand, with what older books had received on it, rupiah."""

    __tablename__ = "loan_hand_instalment"

    loan_id: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    due: str
    principal: int
    interest: int
    principal_paid: int
    interest_paid: int


class LoanRestructuring(SQLModel, table=True):
    """What a restructuring agreed, and how the loan stood: from then on version `version` of its schedule holds."""

    __tablename__ = "loan_restructuring"

    entry_id: int | None = Field(default=None, primary_key=True)
    loan_id: int
    date: str
    version: int
    kind: str
    base: int
    principal: int
    starts_on: str
    rate: str
    per: str
    method: str
    term: int
    every: str
    first_due: str
    grace: int
    capitalised: int
    charged: int
    class_: str = Field(sa_column_kwargs={"name": "class"})
    reason: str
    approved_by: str


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


class LoanApplication(SQLModel, table=True):
    """What a member asked for and what was decided; what is None of the terms the product says."""

    __tablename__ = "loan_application"

    id: int | None = Field(default=None, primary_key=True)
    number: str
    party_id: int
    date: str
    product_id: int | None
    principal: int
    term: int
    rate: str | None
    per: str | None
    method: str | None
    every: str | None
    purpose: str
    income: int
    living_costs: int
    other_instalments: int
    spouse: str
    memo: str
    state: str
    decided_on: str | None
    decided_by: str
    approved: int | None
    approved_term: int | None
    note: str


class LoanApplicationCollateral(SQLModel, table=True):
    """What would secure the loan asked for."""

    __tablename__ = "loan_application_collateral"

    id: int | None = Field(default=None, primary_key=True)
    application_id: int
    kind: str
    owner: str
    value: int
    document: str


class LoanApplicationGuarantor(SQLModel, table=True):
    """Who would answer for the loan asked for."""

    __tablename__ = "loan_application_guarantor"

    id: int | None = Field(default=None, primary_key=True)
    application_id: int
    name: str


class LoanCheckItem(SQLModel, table=True):
    """One line of the checklist; without a place it is asked no more."""

    __tablename__ = "loan_check_item"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    place: int | None


class LoanApplicationCheck(SQLModel, table=True):
    """A line of the checklist that was ticked: when and by whom."""

    __tablename__ = "loan_application_check"

    application_id: int = Field(primary_key=True)
    item_id: int = Field(primary_key=True)
    date: str
    checked_by: str
    note: str


class LoanApplicationLoan(SQLModel, table=True):
    """Which application a loan was paid out on."""

    __tablename__ = "loan_application_loan"

    loan_id: int | None = Field(default=None, primary_key=True)
    application_id: int


loan = table_of(Loan)
loan_instalment = table_of(LoanInstalment)
loan_schedule = table_of(LoanSchedule)
loan_transaction = table_of(LoanTransaction)
loan_opening_penalty = table_of(LoanOpeningPenalty)
loan_product = table_of(LoanProduct)
loan_write_off = table_of(LoanWriteOff)
loan_waiver = table_of(LoanWaiver)
loan_judgement = table_of(LoanJudgement)
loan_recognition = table_of(LoanRecognition)
loan_accrual = table_of(LoanAccrual)
loan_collateral = table_of(LoanCollateral)
loan_guarantor = table_of(LoanGuarantor)
loan_hand_instalment = table_of(LoanHandInstalment)
loan_restructuring = table_of(LoanRestructuring)
loan_ruleset = table_of(LoanRuleset)
loan_class = table_of(LoanClassPercent)
loan_class_rule = table_of(LoanClassRule)
loan_application = table_of(LoanApplication)
loan_application_collateral = table_of(LoanApplicationCollateral)
loan_application_guarantor = table_of(LoanApplicationGuarantor)
loan_check_item = table_of(LoanCheckItem)
loan_application_check = table_of(LoanApplicationCheck)
loan_application_loan = table_of(LoanApplicationLoan)
