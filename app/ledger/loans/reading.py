"""Loans as they stand at any day, and what happened to them: what all queries on loans begin with."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from app.base.errors import UserError
from app.ledger.loans.agreed import (
    Agreed,
    Restructured,
    agreed_of,
    charged,
    on_time,
    read_restructured,
    standing_of,
)
from app.ledger.loans.agreement import TERMS, terms_of
from app.ledger.loans.commands import Allocation, CapPer, Collateral, PenaltyPer
from app.ledger.loans.movements import Movement, shown_movements, standing_movements
from app.ledger.loans.penalties import NO_PENALTY, PenaltyTerms, Segment, add_segment
from app.ledger.loans.schedule import LoanTerms
from app.ledger.loans.standing import Row, Standing
from app.ledger.reader import Reader, day, kept, optional_day

_HEADS = (
    "SELECT l.id, l.number, l.party_id, y.code, y.name, l.running_since, l.purpose, l.provision,"  # noqa: S608
    f" l.administration, coalesce(n.amount, 0), l.penalty, l.penalty_percent, l.penalty_per, l.allocation,"
    " l.penalty_cap, l.penalty_cap_percent, l.penalty_cap_per, coalesce(l.ledger_id, 0),"
    f" coalesce(p.code, ''), coalesce(p.name, ''), {TERMS} FROM loan AS l"
    " JOIN party AS y ON y.id = l.party_id LEFT JOIN loan_product AS p ON p.id = l.product_id"
    " LEFT JOIN loan_opening_penalty AS n ON n.loan_id = l.id"
)
MOVED = (
    "SELECT t.loan_id, t.id, t.entry_id, t.date, t.kind, t.disbursed, t.principal, t.interest, t.penalty,"
    " t.held, t.recovered, e.reverses, e.number, e.memo FROM loan_transaction AS t JOIN entry AS e ON e.id = t.entry_id"
)


class Loan(NamedTuple):
    """A loan with what was agreed and how it stands at the close of a day.

    `ledger` is the key of its product's own account for the principal, 0 where it is on the standard one.
    """

    id: int
    number: str
    party: int
    member: str
    name: str
    running_since: date | None
    purpose: str
    fees: int
    terms: LoanTerms
    standing: Standing
    penalty_terms: PenaltyTerms = NO_PENALTY
    allocation: Allocation = Allocation.INTEREST
    product: str = ""
    product_name: str = ""
    ledger: int = 0
    by_hand: bool = False
    restructured: tuple[Restructured, ...] = ()
    on_time: int = 0  # the most instalments in a row paid on time since the newest restructuring

    @property
    def agreed(self) -> Agreed:
        """The terms in force."""
        return agreed_of(self.terms, self.restructured, self.by_hand)

    @property
    def capitalised(self) -> int:
        """Interest that became principal, rupiah."""
        return sum(item.capitalised for item in self.restructured)


def read_loans(reader: Reader, on: date, *, party: int | None = None, loan: int | None = None) -> list[Loan]:
    """The loans lent up to a day, also those paid off since, in order of their numbers.

    Of one party, one loan, or all; four reads, whatever the number. All of a day are read once from a snapshot.
    """
    if party is None and loan is None:
        known: dict[Any, list[Loan]] = kept(reader)
        asked = ("loans", on)
        if asked not in known:
            known[asked] = _read_loans(reader, on, None, None)
        return known[asked]
    return _read_loans(reader, on, party, loan)


def _read_loans(reader: Reader, on: date, party: int | None, loan: int | None) -> list[Loan]:
    text = on.isoformat()
    clause, whom = chosen(party, loan)
    sums = {
        row[0]: row[1:]
        for row in reader.sql(
            "SELECT loan_id, sum(disbursed), sum(principal), sum(interest), sum(penalty), sum(held),"  # noqa: S608
            " sum(CASE WHEN kind = 'payoff' THEN (principal > 0) - (principal < 0) ELSE 0 END),"
            " sum(CASE kind WHEN 'writeoff' THEN principal + held WHEN 'opening' THEN principal ELSE 0 END),"
            " sum(recovered)"
            f" FROM loan_transaction WHERE date <= ?{clause} GROUP BY loan_id",
            (text, *whom),
        )
    }
    holds = (
        "SELECT loan_id, version, first, principal_before, interest_before FROM loan_schedule WHERE id IN ("  # noqa: S608
        f" SELECT max(id) FROM loan_schedule WHERE date <= ?{clause} GROUP BY loan_id)"
    )
    held = {row[0]: row[2:] for row in reader.sql(holds, (text, *whom))}
    rows: dict[int, list[Row]] = {}
    for key, number, due, principal, interest in reader.sql(
        "SELECT i.loan_id, i.number, i.due, i.principal, i.interest FROM loan_instalment AS i"  # noqa: S608
        f" JOIN ({holds}) AS s ON s.loan_id = i.loan_id AND s.version = i.version"
        " ORDER BY i.loan_id, i.number",
        (text, *whom),
    ):
        rows.setdefault(key, []).append(Row(number, day(due), principal, interest))
    condition = clause.replace("loan_id", "r.loan_id", 1)
    restructured = _restructured(reader, text, condition, whom)
    by_hand = {
        row[0]
        for row in reader.sql(
            f"SELECT DISTINCT r.loan_id FROM loan_hand_instalment AS r WHERE 1 = 1{condition}",  # noqa: S608
            whom,
        )
    }
    found = []
    for row in reader.sql(
        f"{_HEADS} WHERE 1 = 1{clause.replace('loan_id', 'l.id')} ORDER BY l.number, l.id", whom
    ):
        key, number, owner, member, name, since, purpose, provision, fee, penalty = row[:10]
        late_fee, late_percent, late_per, allocation, *caps, ledger, product, product_name = row[10:20]
        terms = row[20:]
        if key not in sums or sums[key][0] == 0 or key not in held:
            continue
        first, principal_before, interest_before = held[key]
        standing = Standing(
            rows.get(key, []),
            first=first,
            principal_before=principal_before,
            interest_before=interest_before,
            disbursed=sums[key][0],
            principal=sums[key][1],
            interest=sums[key][2],
            penalty=sums[key][3],
            held=sums[key][4],
            opening_penalty=penalty,
            paid_off=sums[key][5] > 0,
            written_off=sums[key][6],
            recovered=sums[key][7],
        )
        found.append(
            Loan(
                key,
                number,
                owner,
                member,
                name,
                optional_day(since),
                purpose,
                provision + fee,
                terms_of(terms),
                standing,
                PenaltyTerms(
                    late_fee,
                    Decimal(late_percent),
                    PenaltyPer(late_per),
                    caps[0],
                    Decimal(caps[1]),
                    CapPer(caps[2]),
                ),
                Allocation(allocation),
                product,
                product_name,
                ledger,
                key in by_hand,
                restructured.get(key, ()),
            )
        )
    _charge(reader, found, on, party, loan)
    return _with_on_time(reader, found, on)


def _restructured(
    reader: Reader, on: str, condition: str, whom: tuple[int, ...]
) -> dict[int, tuple[Restructured, ...]]:
    """The restructurings that stand at the close of a day, by loan."""
    known = read_restructured(reader, condition, whom)
    if not known:
        return {}
    return {key: standing_of(chain, known[key]) for key, chain in _chains(reader, known, on).items()}


def _chains(reader: Reader, loans: Iterable[int], on: str) -> dict[int, list[Segment]]:
    """The versions that led to the one that holds at the close of a day, by loan."""
    chains: dict[int, list[Segment]] = {}
    keys = ", ".join(map(str, loans))
    for key, *segment in reader.sql(
        "SELECT loan_id, version, first, principal_before, interest_before FROM loan_schedule"  # noqa: S608
        f" WHERE date <= ? AND loan_id IN ({keys}) ORDER BY id",
        (on,),
    ):
        add_segment(chains.setdefault(key, []), Segment(*segment))
    return chains


def _moved(reader: Reader, loans: Iterable[int], on: str) -> dict[int, list[Movement]]:
    """What happened to loans up to a day, in the order of recording."""
    moved: dict[int, list[Movement]] = {}
    keys = ", ".join(map(str, loans))
    for row in reader.sql(f"{MOVED} WHERE t.date <= ? AND t.loan_id IN ({keys}) ORDER BY t.id", (on,)):
        moved.setdefault(row[0], []).append(movement_of(row))
    return moved


def _with_on_time(reader: Reader, loans: Sequence[Loan], on: date) -> list[Loan]:
    """The loans, of the restructured ones how many instalments in a row were paid on time."""
    keys = [item.id for item in loans if item.restructured]
    if not keys:
        return list(loans)
    text = on.isoformat()
    chains, moved = _chains(reader, keys, text), _moved(reader, keys, text)
    return [
        item._replace(
            on_time=on_time(
                item.restructured[-1],
                item.standing.rows,
                chains[item.id],
                standing_movements(moved[item.id]),
                on,
            )
        )
        if item.restructured
        else item
        for item in loans
    ]


def _charge(reader: Reader, loans: Sequence[Loan], on: date, party: int | None, loan: int | None) -> None:
    """Count in the penalty that came up till the close of a day, and what was let go of it."""
    clause, whom = chosen(party, loan)
    by_id = {item.id: item for item in loans}
    for key, amount in reader.sql(
        f"SELECT loan_id, sum(amount) FROM loan_waiver WHERE date <= ?{clause} GROUP BY loan_id",  # noqa: S608
        (on.isoformat(), *whom),
    ):
        if key in by_id:
            by_id[key].standing.charged -= amount
    charging = {key: item for key, item in by_id.items() if item.penalty_terms.any}
    if not charging:
        return
    chains = _chains(reader, charging, on.isoformat())
    moved = _moved(reader, charging, on.isoformat())
    for key, item in charging.items():
        item.standing.charged += charged(
            item.penalty_terms,
            item.standing.rows,
            chains[key],
            moved[key],
            on,
            item.running_since,
            item.restructured,
            principal_lent=item.terms.principal,
            before=item.standing.opening_penalty,
        )


def find_loan(reader: Reader, number: str, on: date) -> Loan:
    """The loan of this number as at a day, or on its first day if that is later; UserError when there is
    none. Of loans with the same number the one that stands is meant."""
    rows = reader.sql(
        "SELECT l.id, l.disbursed_on, l.running_since FROM loan AS l WHERE l.number = ? COLLATE NOCASE"
        " AND (SELECT sum(t.disbursed) FROM loan_transaction AS t WHERE t.loan_id = l.id) <> 0",
        (number.strip(),),
    )
    if not rows:
        raise UserError(
            "There is no loan {loan}.",
            advice="See the numbers with: report BOOK loans.",
            field="loan",
            loan=number.strip() or "-",
        )
    key, disbursed, since = rows[0]
    return read_loans(reader, max(on, day(since or disbursed)), loan=key)[0]


class LoanDetails(NamedTuple):
    """The collateral and the guarantors of a loan."""

    collateral: tuple[Collateral, ...]
    guarantors: tuple[str, ...]


def loan_details(reader: Reader, key: int) -> LoanDetails:
    """What secures the loan with this key."""
    rows = reader.sql(
        "SELECT kind, owner, value, document FROM loan_collateral WHERE loan_id = ? ORDER BY id", (key,)
    )
    names = reader.sql("SELECT name FROM loan_guarantor WHERE loan_id = ? ORDER BY id", (key,))
    return LoanDetails(
        tuple(Collateral(kind=row[0], owner=row[1], value=row[2], document=row[3]) for row in rows),
        tuple(row[0] for row in names),
    )


def chosen(party: int | None, loan: int | None) -> tuple[str, tuple[int, ...]]:
    """A condition on loan_id, with its parameters."""
    if loan is not None:
        return " AND loan_id = ?", (loan,)
    if party is not None:
        return " AND loan_id IN (SELECT id FROM loan WHERE party_id = ?)", (party,)
    return "", ()


def movement_of(row: Sequence[Any]) -> Movement:
    """The movement of a row of MOVED."""
    _, key, entry, on, kind, *rest = row
    return Movement(key, entry, day(on), kind, *rest[:7])


def shown(rows: Iterable[Sequence[Any]]) -> list[tuple[int, Movement, str, str]]:
    """The movements as lists show them, with the loan, number and memo of each, in order of recording."""
    about = {row[1]: row for row in rows}
    return [
        (about[item.id][0], item, about[item.id][12], about[item.id][13])
        for item in shown_movements(movement_of(row) for row in about.values())
    ]
