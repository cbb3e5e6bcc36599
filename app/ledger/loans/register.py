"""The loans of a book in memory while it is written.

A loan is read when it is first needed. Where a transaction needs many, all of them are read at once: an
import posts thousands of instalments, and no row of it waits for a query.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from app.base.errors import UserError
from app.ledger.accounts.service import account_for, chart_of
from app.ledger.entries.post import Posting
from app.ledger.loans.agreed import (
    Agreed,
    Restructured,
    agreed_of,
    charged,
    read_restructured,
    standing_of,
)
from app.ledger.loans.agreement import TERMS, terms_of
from app.ledger.loans.commands import Allocation, CapPer, Excess, PenaltyPer
from app.ledger.loans.movements import Movement, standing_movements
from app.ledger.loans.penalties import NO_PENALTY, PenaltyTerms, Segment, add_segment, waived
from app.ledger.loans.schedule import LoanTerms
from app.ledger.loans.standing import Row, Standing
from app.ledger.loans.tables import loan_accrual, loan_instalment, loan_schedule, loan_transaction
from app.ledger.reader import Reader, day, optional_day
from app.ledger.transaction import Transaction

SOURCE = "loans"
CONTROLS = frozenset({"loans"})
WITH_SAVINGS = frozenset({"loans", "savings"})

_ONE_BY_ONE = 25
"""So many loans a transaction reads singly before it reads all."""

_LOAN = (
    f"SELECT l.id, l.number, l.party_id, l.entry_id, {TERMS}, l.excess,"  # noqa: S608
    " l.running_since, coalesce(p.amount, 0), l.penalty, l.penalty_percent, l.penalty_per, l.allocation,"
    " l.ledger_id, l.interest_id, l.penalty_cap, l.penalty_cap_percent, l.penalty_cap_per"
    " FROM loan AS l LEFT JOIN loan_opening_penalty AS p ON p.loan_id = l.id"
)


class Holds(NamedTuple):
    """A row of loan_schedule: which version holds from an entry on."""

    id: int
    entry: int
    on: date
    version: int
    first: int
    principal_before: int
    interest_before: int


class LoanState(Standing):
    """A loan as it stands after everything recorded.

    `latest` is the newest day for which someone recorded something that stands, `latest_use` the newest on
    which money kept aside met its due date by itself, `changed_on` the day its schedule began to hold,
    `versions` how many schedules it has had. `accrued` is what stands for it on 1-1211,
    `ledger` and `income` are the keys of the accounts of its principal and
    its interest, None for the standard ones.
    """

    __slots__ = (
        "accrued",
        "allocation",
        "by_hand",
        "chain",
        "changed_on",
        "disbursed_on",
        "entry",
        "excess",
        "id",
        "income",
        "latest",
        "latest_use",
        "ledger",
        "movements",
        "number",
        "party",
        "penalty_terms",
        "restructured",
        "running_since",
        "terms",
        "versions",
    )

    def __init__(
        self,
        key: int,
        number: str,
        party: int,
        entry: int,
        terms: LoanTerms,
        excess: Excess,
        running_since: date | None,
        opening_penalty: int,
        rows: Sequence[Row],
        versions: int,
        holds: Holds,
        penalty_terms: PenaltyTerms = NO_PENALTY,
        allocation: Allocation = Allocation.INTEREST,
        ledger: int | None = None,
        income: int | None = None,
    ) -> None:
        super().__init__(
            rows,
            first=holds.first,
            principal_before=holds.principal_before,
            interest_before=holds.interest_before,
            opening_penalty=opening_penalty,
        )
        self.id = key
        self.number = number
        self.party = party
        self.entry = entry
        self.terms = terms
        self.excess = excess
        self.running_since = running_since
        self.disbursed_on = terms.start
        self.changed_on = holds.on
        self.latest = self.latest_use = holds.on
        self.versions = versions
        self.penalty_terms = penalty_terms
        self.allocation = allocation
        self.ledger = ledger
        self.income = income
        self.accrued = 0
        self.movements: list[Movement] = []
        self.chain: list[Segment] = [segment_of(holds)]
        self.by_hand = False
        self.restructured: tuple[Restructured, ...] = ()

    @property
    def agreed(self) -> Agreed:
        """The terms in force."""
        return agreed_of(self.terms, self.restructured, self.by_hand)

    def take(self, item: Movement) -> None:
        """Count a movement in."""
        self.disbursed += item.disbursed
        self.principal += item.principal
        self.interest += item.interest
        self.penalty += item.penalty
        self.held += item.held
        self.written_off += item.written_off
        self.recovered += item.recovered
        self.movements.append(item)
        if item.kind == "payoff":
            self.paid_off = item.reverses is None

    def interest_postings(self, tx: Transaction, interest: int, *, last: bool = False) -> list[Posting]:
        """Interest received: what stands as earned on 1-1211 first, the rest is income.

        Where it is the last of the loan, what else stands was never received and is income no more.
        `write_received` notes it under the entry.
        """
        chart = chart_of(tx)
        income = chart.role("loan_interest").id if self.income is None else self.income
        used = self.accrued if last else min(interest, self.accrued)
        if not used:
            return [Posting(income, -interest)]
        receivable = account_for(tx, "loan_interest_receivable").id
        return [Posting(receivable, -used, self.party), Posting(income, used - interest)]

    def write_received(
        self, tx: Transaction, entry: int, on: date, interest: int, *, last: bool = False
    ) -> None:
        """Note what an entry with `interest_postings` took from 1-1211."""
        received = min(interest, self.accrued)
        ended = self.accrued - received if last else 0
        for kind, amount in (("received", received), ("ended", ended)):
            if amount:
                write_accrual(tx, self.id, entry, on, kind, -amount)

    def principal_posting(self, tx: Transaction, amount: int) -> Posting:
        """`amount` rupiah on the account that keeps this loan's principal, debit positive."""
        own = self.ledger
        return Posting(chart_of(tx).role("loans").id if own is None else own, amount, self.party)

    def follow(self, rows: Sequence[Row], holds: Holds) -> None:
        """Let another schedule hold from now on."""
        self.rows = rows
        self.first = holds.first
        self.principal_before = holds.principal_before
        self.interest_before = holds.interest_before
        self.changed_on = holds.on
        add_segment(self.chain, segment_of(holds))

    def penalty_at(self, tx: Transaction, on: date) -> int:
        """The penalty due at the close of a day: what was taken over, what came up since, less what was paid or let
        go."""
        self.charged = self.came_up(on)
        # Most are never late: nothing came up that could have been let go, and the book need not be asked.
        if self.charged or self.opening_penalty:
            self.charged -= waived(tx, self.id, on)
        return self.penalty_due

    def came_up(self, on: date) -> int:
        """All penalty that came up since the loan was lent or taken over till the close of a day, before any was let
        go."""
        if not self.penalty_terms.any:
            return 0
        return charged(
            self.penalty_terms,
            self.rows,
            self.chain,
            self.movements,
            on,
            self.running_since,
            self.restructured,
            principal_lent=self.terms.principal,
            before=self.opening_penalty,
        )


class LoanRegister:
    """The loans read so far, by key and by number."""

    def __init__(self) -> None:
        self.by_id: dict[int, LoanState] = {}
        self._by_party: dict[int, dict[int, LoanState]] = {}
        self._by_number: dict[str, LoanState] = {}
        self._whole: set[int] = set()  # parties all of whose loans were read
        self._free: set[str] = set()
        self._complete = False

    def add(self, state: LoanState) -> None:
        """Take in a loan; one that stands hides one of the same number that was taken back."""
        self.by_id[state.id] = state
        self._by_party.setdefault(state.party, {})[state.id] = state
        name = state.number.casefold()
        known = self._by_number.get(name)
        if known is None or known.disbursed == 0 or state.disbursed:
            self._by_number[name] = state
        self._free.discard(name)

    def reread(self, tx: Transaction, key: int) -> LoanState:
        """Read a loan again, whose movements or schedule were written without it."""
        old = self.by_id.pop(key, None)
        if old is not None and self._by_number.get(old.number.casefold()) is old:
            del self._by_number[old.number.casefold()]
        return self.keyed(tx, key)

    def all(self, tx: Transaction) -> list[LoanState]:
        """Every loan that stands."""
        self._read_all(tx)
        return [item for item in self.by_id.values() if item.disbursed]

    def owed_by(self, tx: Transaction, party: int) -> int:
        """Principal a member owes on all loans together, rupiah, the ones of this transaction too."""
        if not self._complete and party not in self._whole:
            for state in read_loans(tx, " WHERE l.party_id = ?", (party,)):
                if state.id not in self.by_id:
                    self.add(state)
            self._whole.add(party)
        return sum(item.outstanding for item in self._by_party.get(party, {}).values())

    def numbered(self, tx: Transaction, number: str) -> LoanState | None:
        """The loan of this number that stands, without regard to case; None when there is none."""
        name = number.strip().casefold()
        found = self._by_number.get(name)
        if found is None and not self._complete and name not in self._free:
            self._read(tx, name)
            found = self._by_number.get(name)
            if found is None:
                self._free.add(name)
        return found if found is not None and found.disbursed else None

    def keyed(self, tx: Transaction, key: int) -> LoanState:
        """The loan with this key."""
        if key not in self.by_id:
            for state in read_loans(tx, " WHERE l.id = ?", (key,)):
                self.add(state)
        return self.by_id[key]

    def _read(self, tx: Transaction, name: str) -> None:
        singles = tx.attached("loans read", _Singles)
        if singles.count >= _ONE_BY_ONE:
            self._read_all(tx)
            return
        singles.count += 1
        for state in read_loans(tx, " WHERE l.number = ? COLLATE NOCASE", (name,)):
            if state.id not in self.by_id:
                self.add(state)

    def _read_all(self, tx: Transaction) -> None:
        if not self._complete:
            for state in read_loans(tx):
                if state.id not in self.by_id:
                    self.add(state)
        self._complete = True


class _Singles:
    """How many loans this transaction has read singly."""

    def __init__(self, _: Transaction) -> None:
        self.count = 0


def loans_of(tx: Transaction) -> LoanRegister:
    """The register, remembered between commands."""
    register: LoanRegister = tx.memo("loans", LoanRegister)
    return register


def the_loan(tx: Transaction, number: str) -> LoanState:
    """The loan meant by a number; raises UserError when there is none."""
    found = loans_of(tx).numbered(tx, number)
    if found is None:
        raise UserError(
            "There is no loan {loan}.",
            advice="Check the number and the date: a loan is paid out before it is paid back.",
            field="loan",
            loan=number.strip() or "-",
        )
    return found


def read_loans(
    tx: Reader, where: str = "", parameters: tuple[Any, ...] = (), *, before: int | None = None
) -> list[LoanState]:
    """Read loans with their schedules and movements; without `where` all of them.

    `before` is an entry's key: the loans that `where` names, as they stood when that entry was recorded.
    """
    heads = tx.sql(_LOAN + where, parameters)
    if not heads:
        return []
    chosen = "" if not where else f" WHERE loan_id IN ({', '.join(str(int(row[0])) for row in heads)})"
    earlier = "" if before is None else f" AND entry_id < {int(before)}"
    holds: dict[int, Holds] = {}
    chains: dict[int, list[Segment]] = {}
    began: dict[tuple[int, int], date] = {}
    for loan, key, entry, on, *rest in tx.sql(
        "SELECT loan_id, id, entry_id, date, version, first, principal_before, interest_before"  # noqa: S608
        f" FROM loan_schedule{chosen}{earlier} ORDER BY id"
    ):
        # A version named again after a reversal holds since it was made.
        since = began.setdefault((loan, rest[0]), day(on))
        holds[loan] = Holds(key, entry, since, *rest)
        add_segment(chains.setdefault(loan, []), segment_of(holds[loan]))
    rows: dict[int, list[Row]] = {}
    versions: dict[int, int] = {}
    for loan, version, number, due, principal, interest in tx.sql(
        "SELECT loan_id, version, number, due, principal, interest FROM loan_instalment"  # noqa: S608
        f"{chosen} ORDER BY loan_id, version, number"
    ):
        versions[loan] = version
        if version == holds[loan].version:
            rows.setdefault(loan, []).append(Row(number, day(due), principal, interest))
    movements: dict[int, list[Movement]] = {}
    for loan, *item, reverses in tx.sql(
        "SELECT t.loan_id, t.id, t.entry_id, t.date, t.kind, t.disbursed, t.principal, t.interest,"  # noqa: S608
        " t.penalty, t.held, t.recovered, e.reverses FROM loan_transaction AS t JOIN entry AS e ON e.id = t.entry_id"
        f"{chosen}{earlier} ORDER BY t.id"
    ):
        movements.setdefault(loan, []).append(_movement(item, reverses))
    accrued = dict(
        tx.sql(f"SELECT loan_id, sum(amount) FROM loan_accrual{chosen}{earlier} GROUP BY loan_id")  # noqa: S608
    )
    found = [
        _state(
            row,
            rows.get(row[0], []),
            versions[row[0]],
            holds[row[0]],
            chains[row[0]],
            movements.get(row[0], []),
            accrued.get(row[0], 0),
        )
        for row in heads
    ]
    restructured = read_restructured(tx, chosen.replace(" WHERE loan_id", " AND r.loan_id"))
    by_hand = {row[0] for row in tx.sql(f"SELECT DISTINCT loan_id FROM loan_hand_instalment{chosen}")}  # noqa: S608
    for state in found:
        state.by_hand = state.id in by_hand
        state.restructured = standing_of(state.chain, restructured.get(state.id, {}))
    return found


def movements_of(tx: Transaction, loan: int) -> list[Movement]:
    """Everything that happened to a loan, in the order of recording."""
    return [
        _movement(row[:-1], row[-1])
        for row in tx.sql(
            "SELECT t.id, t.entry_id, t.date, t.kind, t.disbursed, t.principal, t.interest, t.penalty,"
            " t.held, t.recovered, e.reverses FROM loan_transaction AS t JOIN entry AS e ON e.id = t.entry_id"
            " WHERE t.loan_id = ? ORDER BY t.id",
            (loan,),
        )
    ]


def write_movement(tx: Transaction, state: LoanState, item: Movement) -> None:
    """Write a movement and count it in."""
    tx.insert_tuple(loan_transaction, (item.id, state.id, item.entry, item.on.isoformat(), *item[3:10]))
    state.take(item)
    if item.reverses is None:
        _dated(state, item)


def _dated(state: LoanState, item: Movement) -> None:
    """Note the day of a movement that stands."""
    if item.kind == "held":
        state.latest_use = max(state.latest_use, item.on)
    else:
        state.latest = max(state.latest, item.on)


def write_accrual(tx: Transaction, loan: int, entry: int, on: date, kind: str, amount: int) -> None:
    """Write what an entry adds to 1-1211 for a loan, and count it in where the loan was read."""
    tx.insert_tuple(loan_accrual, (tx.next_id(loan_accrual), loan, entry, on.isoformat(), kind, amount))
    state = loans_of(tx).by_id.get(loan)
    if state is not None:
        state.accrued += amount


def write_schedule(
    tx: Transaction,
    state: LoanState,
    entry: int,
    on: date,
    rows: Sequence[Row],
    first: int,
    principal_before: int,
    interest_before: int,
) -> None:
    """Write a new version of the schedule, which holds from this entry on."""
    state.versions = version = state.versions + 1
    write_rows(tx, state.id, version, rows)
    holds = Holds(tx.next_id(loan_schedule), entry, on, version, first, principal_before, interest_before)
    write_holds(tx, state.id, holds)
    state.follow(rows, holds)


def segment_of(holds: Holds) -> Segment:
    """What a row of loan_schedule says of the versions that led to the one that holds."""
    return Segment(holds.version, holds.first, holds.principal_before, holds.interest_before)


def write_rows(tx: Transaction, loan: int, version: int, rows: Iterable[Row]) -> None:
    """Write the instalments of a version."""
    for number, due, principal, interest in rows:
        tx.insert_tuple(
            loan_instalment,
            (tx.next_id(loan_instalment), loan, version, number, due.isoformat(), principal, interest),
        )


def write_holds(tx: Transaction, loan: int, holds: Holds) -> None:
    """Write which version holds."""
    key, entry, on, *rest = holds
    tx.insert_tuple(loan_schedule, (key, loan, entry, on.isoformat(), *rest))


def _movement(row: Sequence[Any], reverses: int | None) -> Movement:
    key, entry, on, kind, disbursed, principal, interest, penalty, held, recovered = row
    return Movement(
        key, entry, day(on), kind, disbursed, principal, interest, penalty, held, recovered, reverses
    )


def _state(
    row: Sequence[Any],
    rows: list[Row],
    versions: int,
    holds: Holds,
    chain: list[Segment],
    movements: list[Movement],
    accrued: int,
) -> LoanState:
    state = LoanState(
        row[0],
        row[1],
        row[2],
        row[3],
        terms_of(row[4:17]),
        Excess(row[17]),
        optional_day(row[18]),
        row[19],
        rows,
        versions,
        holds,
        PenaltyTerms(
            row[20], Decimal(row[21]), PenaltyPer(row[22]), row[26], Decimal(row[27]), CapPer(row[28])
        ),
        Allocation(row[23]),
        row[24],
        row[25],
    )
    state.chain = chain
    state.accrued = accrued
    for item in movements:
        state.take(item)
    standing = standing_movements(movements)
    state.paid_off = any(item.kind == "payoff" for item in standing)
    for item in standing:
        _dated(state, item)
    return state
