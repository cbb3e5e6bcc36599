"""What a member's statement for one month says, before it is a Document or a paper.

One collection of figures feeds the screen, the JSON and the printed Rekening Anggota, so that they
cannot disagree. All amounts are whole rupiah. `queries` of the ledger fill it; nothing here reads a book.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SavingsMovement:
    """One movement of a savings product: exactly one of deposit and withdrawal is not 0."""

    on: date
    number: str
    memo: str
    deposit: int
    withdrawal: int
    balance: int  # of the product, after the movement


@dataclass(frozen=True, slots=True)
class SavingsSection:
    """One savings product of the member. `note` is the small print beside its name (already translated)."""

    key: str  # share, mandatory, voluntary, term or the product's code
    name: str
    note: str
    opening: int
    movements: tuple[SavingsMovement, ...]
    closing: int


@dataclass(frozen=True, slots=True)
class LoanMovement:
    """One disbursement, instalment or settlement of a loan, and the principal left after it."""

    on: date
    number: str
    memo: str
    disbursed: int
    principal: int
    interest: int
    penalty: int
    outstanding: int


@dataclass(frozen=True, slots=True)
class LoanSection:
    """One loan of the member with its facts at the end of the month."""

    number: str
    terms: str  # "flat 1 % sebulan", already translated
    disbursed_on: date
    last_due: date
    plafond: int
    instalments: int  # how many there are
    instalments_paid: (
        int  # how many are fully paid; the statement says "ke-(paid+1) dari n" when one is begun
    )
    instalment_begun: bool
    opening: int
    movements: tuple[LoanMovement, ...]
    outstanding: int
    principal_paid: int
    arrears_principal: int
    arrears_interest: int
    penalty_due: int
    held: int  # titipan: paid ahead, kept for the next due date
    written_off: int = 0
    ledger: int = 0  # the key of its product's own account, 0 for the standard one


@dataclass(frozen=True, slots=True)
class DueLine:
    """One line of what is to be paid next, already translated."""

    text: str
    amount: int


@dataclass(frozen=True, slots=True)
class AccountStatement:
    """Everything of one member in one month."""

    number: str
    name: str
    address: str
    group: str
    joined: date | None
    left: date | None
    first_day: date
    last_day: date
    savings: tuple[SavingsSection, ...]
    interest_gross: int
    interest_tax: int
    loans: tuple[LoanSection, ...]
    due: tuple[DueLine, ...]
    due_by: date | None
    receivable_by_member: int = 0  # for a member who left: what the cooperative still owes him

    @property
    def due_total(self) -> int:
        """Rupiah to be paid next."""
        return sum(line.amount for line in self.due)

    @property
    def savings_opening(self) -> int:
        """Sum of all products at the start of the month."""
        return sum(section.opening for section in self.savings)

    @property
    def savings_in(self) -> int:
        """Sum of all deposits of the month."""
        return sum(line.deposit for section in self.savings for line in section.movements)

    @property
    def savings_out(self) -> int:
        """Sum of all withdrawals of the month."""
        return sum(line.withdrawal for section in self.savings for line in section.movements)

    @property
    def savings_closing(self) -> int:
        """Sum of all products at the end of the month."""
        return sum(section.closing for section in self.savings)

    @property
    def outstanding(self) -> int:
        """Principal left on all loans at the end of the month."""
        return sum(loan.outstanding for loan in self.loans)


@dataclass(frozen=True, slots=True)
class ControlProof:
    """One control account of the cover: the sum of all statements against the ledger."""

    code: str
    name: str
    opening: int
    increase: int
    decrease: int
    closing: int
    ledger: int

    @property
    def difference(self) -> int:
        """Statements less ledger; 0 when they agree."""
        return self.closing - self.ledger


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group on the cover, in print order, with the numbers of its first and last sheet."""

    name: str
    first_sheet: int
    last_sheet: int
    members: int
    savings: int
    outstanding: int
    due: int


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover page of a month's statements: what was printed, and the proof against the ledger."""

    first_day: date
    last_day: date
    groups: tuple[GroupLine, ...]
    proof: tuple[ControlProof, ...]
    interest_gross: int
    interest_tax: int
    arrears_principal: int
    arrears_interest: int
    arrears_penalty: int

    @property
    def agrees(self) -> bool:
        """True when every control account equals the sum of the statements."""
        return all(line.difference == 0 for line in self.proof)


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """One instalment of a loan's schedule."""

    number: int
    due: date
    principal: int
    interest: int
    balance: int  # principal left after it
    paid: int
    paid_on: date | None

    @property
    def total(self) -> int:
        """The whole instalment."""
        return self.principal + self.interest


@dataclass(frozen=True, slots=True)
class LoanSchedule:
    """The paper Jadwal Angsuran: the agreement in a box, then the instalments."""

    number: str
    member_number: str
    member_name: str
    group: str
    nik: str  # whole; the paper shows the first and the last four digits
    purpose: str
    collateral: str
    guarantor: str
    principal: int
    term: str  # "12 bulan, tiap tanggal 20", already translated
    interest: str  # "flat 1 % sebulan"
    effective: str  # "21,457 % setahun"
    fees: int
    net: int
    disbursed_on: date
    conditions: str  # a sentence or two under the table
    lines: tuple[ScheduleLine, ...]


@dataclass(frozen=True, slots=True)
class DepositCertificate:
    """The paper Bilyet Simpanan Berjangka: whose it is, what is in it, what was agreed; words are translated."""

    number: str
    product: str
    member_number: str
    member_name: str
    nik: str  # whole; the paper shows the first and the last four digits
    address: str
    amount: int
    term: str  # "6 bulan"
    rate: str  # "7,5 % setahun"
    start: date
    maturity: date
    interest: str  # "Tiap bulan, ke Simpanan Sukarela"
    roll_over: str
    conditions: str  # sentences below the amount
    closed: date | None = None
