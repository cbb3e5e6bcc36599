"""All past records, as the person's list of them: pages by key in both directions, one record in full, who made it.

Newest first: by date, then in the order of recording. Amounts are rupiah: the sum of an entry's debits, and of a
sale, whose debits hold its cost as well, what was paid and what is owed for it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from app.base.errors import Bug
from app.base.i18n import N_
from app.ledger.reader import Reader, day, like

# What kind of document an entry is, by the slice that made it.
KINDS = {
    "sales": N_("Sale"),
    "purchases": N_("Purchase"),
    "cash": N_("Cash"),
    "debts": N_("Credit notes and debts"),
    "products": N_("Stock"),
    "savings": N_("Savings"),
    "deposits": N_("Term deposit"),
    "loans": N_("Loan"),
    "collection": N_("Collection sheet"),
    "exit": N_("Member's exit"),
    "exit-payment": N_("Payment to a former member"),
    "journal": N_("Manual entry"),
    "opening": N_("Opening balance"),
    "closing": N_("Year end"),
}
STATES = {
    "ordinary": N_("Stands"),
    "reversed": N_("Taken back"),
    "reversal": N_("Takes back"),
    "correction": N_("A correction"),
}
# The amount of entry `e`.
AMOUNT = (
    "CASE WHEN e.source = 'sales' THEN (SELECT abs(coalesce(sum(p.amount), 0)) FROM posting AS p"
    "  JOIN account AS a ON a.id = p.account_id"
    "  WHERE p.entry_id = e.id AND (a.money IS NOT NULL OR a.role = 'receivable'))"
    " ELSE (SELECT coalesce(sum(p.amount), 0) FROM posting AS p WHERE p.entry_id = e.id AND p.amount > 0) END"
)
# How often in turn an entry was taken back: its reversal, the reversal of that. Odd is taken back, even stands.
_TURNS = (
    "(WITH RECURSIVE turn (id, n) AS (SELECT r.id, 1 FROM entry AS r WHERE r.reverses = e.id"
    " UNION ALL SELECT r.id, t.n + 1 FROM turn AS t JOIN entry AS r ON r.reverses = t.id)"
    " SELECT coalesce(max(n), 0) FROM turn)"
)
# An entry that was put right, and whose correction was not taken back so that it stands again.
_PUT_RIGHT = "SELECT w.replaces FROM entry AS w WHERE w.replaces IS NOT NULL"
_REPLACED = f"(EXISTS (SELECT 1 FROM entry AS w WHERE w.replaces = e.id) AND {_TURNS} % 2 = 1)"  # noqa: S608
_STATE = f"CASE WHEN o.id IS NULL THEN 0 ELSE {_TURNS} END"
_COLUMNS = (
    f"e.id, e.date, e.number, e.source, e.memo, coalesce(y.name, ''), {AMOUNT}, e.reverses, o.id,"  # noqa: S608
    f" e.replaces, (SELECT max(w.id) FROM entry AS w WHERE w.replaces = e.id), {_STATE}"
)
_FROM = "FROM entry AS e LEFT JOIN party AS y ON y.id = e.party_id LEFT JOIN entry AS o ON o.reverses = e.id"
# More kinds than these are nearly all: one reading of the days finds them at once.
_MOST_KINDS = 4


class RecordRow(NamedTuple):
    """One record. `reverses` is the entry it takes back, `reversed_by` the one that took it back; None for neither.

    Putting right makes two entries: the reversal of the old one, and the new one, which `replaces` the old. So three
    rows belong together; a list that leaves out what no longer stands shows the new one alone.
    """

    entry: int
    date: date
    number: str
    kind: str  # a key of KINDS
    memo: str
    party: str
    amount: int
    reverses: int | None
    reversed_by: int | None
    replaces: int | None = None
    replaced_by: int | None = None
    state: str = "ordinary"  # a key of STATES


class RecordLine(NamedTuple):
    """One posting of a record, debit positive."""

    code: str
    account: str
    party: str
    memo: str
    amount: int


class RecordDetail(NamedTuple):
    """A record with its journal, and who recorded it when. `at` is an instant in UTC, ISO."""

    row: RecordRow
    lines: tuple[RecordLine, ...]
    actor: str
    at: str
    command: str
    audit: int


class Made(NamedTuple):
    """The audit row that made an entry, and the first and last entry that it made. `payload` may be erased."""

    audit: int
    actor: str
    at: str
    command: str
    payload: str | None
    first: int
    last: int


class Choice(NamedTuple):
    """Which records are wanted: of some kinds, of days from `first` to `last` (both included), all when empty.

    `party` is the key of whom they are about. `standing` leaves out what was taken back, and what took it back.
    `folded` shows each event as one line: what took something back is not listed, nor what was put right; a record
    that was only taken back stays.
    """

    kinds: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    party: int = 0
    standing: bool = False
    folded: bool = False

    def clause(self) -> tuple[str, tuple[Any, ...]]:
        """The condition on entry `e` and its parameters."""
        parts: list[str] = []
        values: list[Any] = []
        if len(self.kinds) == 1:
            # Written out, so that the index of the rare kinds is seen to fit.
            parts.append(f"e.source = '{_known(self.kinds[0])}'")
        elif self.kinds:
            parts.append(f"e.source IN ({', '.join('?' * len(self.kinds))})")
            values += self.kinds
        if self.first is not None:
            parts.append("e.date >= ?")
            values.append(self.first.isoformat())
        if self.last is not None:
            parts.append("e.date <= ?")
            values.append(self.last.isoformat())
        if self.party:
            parts.append(
                "(e.party_id = ? OR e.id IN (SELECT q.entry_id FROM posting AS q WHERE q.party_id = ?))"
            )
            values += [self.party, self.party]
        if self.standing:
            parts.append(f"e.reverses IS NULL AND {_TURNS} % 2 = 0")
        if self.folded:
            parts.append(f"e.reverses IS NULL AND NOT {_REPLACED}")
        return " AND ".join(parts) or "1 = 1", tuple(values)


ALL = Choice()


def day_counts(reader: Reader, choice: Choice = ALL) -> list[tuple[str, int]]:
    """How many records each day has, the newest day first: where in a long list a day begins."""
    if choice.folded:
        # The few that are left out are found by their own indexes; asked of each entry it would take long.
        return without(day_counts(reader, choice._replace(folded=False)), folded_counts(reader, choice))
    where, values = choice.clause()
    rows = reader.sql(
        f"SELECT e.date, count(*) FROM entry AS e WHERE {where} GROUP BY e.date ORDER BY e.date DESC",  # noqa: S608
        values,
    )
    return [(on, count) for on, count in rows]


def without(counts: Sequence[tuple[str, int]], less: Mapping[str, int]) -> list[tuple[str, int]]:
    """The counts of days less those left out; a day of which nothing stays is not there."""
    return [(on, count - less.get(on, 0)) for on, count in counts if count > less.get(on, 0)]


def folded_counts(reader: Reader, choice: Choice = ALL) -> Counter[str]:
    """How many records of each day a folded list leaves out. They are few, and found by their own indexes."""
    where, values = choice._replace(folded=False).clause()
    # Two questions, each by its own index; asked together the database would read all entries by their days.
    hidden = (
        "e.reverses IS NOT NULL",
        f"e.reverses IS NULL AND e.id IN ({_PUT_RIGHT}) AND {_REPLACED}",
    )
    counts: Counter[str] = Counter()
    for condition in hidden:
        rows = reader.sql(f"SELECT e.date FROM entry AS e WHERE {condition} AND {where}", values)  # noqa: S608
        counts.update(on for (on,) in rows)
    return counts


def records_of_day_on(reader: Reader, on: str, skip: int, size: int, choice: Choice = ALL) -> list[RecordRow]:
    """A page that begins with the record number `skip` of a day (newest first) and goes on into earlier days."""
    where, values = choice.clause()
    start = reader.sql(
        f"SELECT e.id FROM entry AS e WHERE e.date = ? AND {where} ORDER BY e.id DESC LIMIT 1 OFFSET ?",  # noqa: S608
        (on, *values, skip),
    )
    return _page(reader, size, choice, (on, start[0][0] + 1)) if start else []


def newest_records(reader: Reader, size: int, choice: Choice = ALL) -> list[RecordRow]:
    """The newest records."""
    return _page(reader, size, choice, None)


def records_before(reader: Reader, row: RecordRow, size: int, choice: Choice = ALL) -> list[RecordRow]:
    """The page below a row: the next older ones, newest first."""
    return _page(reader, size, choice, (row.date.isoformat(), row.entry))


def records_after(reader: Reader, row: RecordRow, size: int, choice: Choice = ALL) -> list[RecordRow]:
    """The page above a row: the next newer ones, newest first."""
    return _page(reader, size, choice, (row.date.isoformat(), row.entry), newer=True)


def _page(
    reader: Reader, size: int, choice: Choice, place: tuple[str, int] | None, *, newer: bool = False
) -> list[RecordRow]:
    """A page beside a place in the order of date and key. Several kinds are each read from the place on and joined:
    one by one the database finds them in their order, together it would sort all of them."""
    sign, order = (">", "ASC") if newer else ("<", "DESC")
    beside = f"(e.date, e.id) {sign} (?, ?) AND " if place is not None else ""
    single = len(choice.kinds) < 2 or len(choice.kinds) > _MOST_KINDS
    choices = [choice] if single else [choice._replace(kinds=(kind,)) for kind in choice.kinds]
    found: list[tuple[str, int]] = []
    for item in choices:
        where, values = item.clause()
        rows = reader.sql(
            f"SELECT e.date, e.id FROM entry AS e WHERE {beside}{where}"  # noqa: S608 - conditions of ours
            f" ORDER BY e.date {order}, e.id {order} LIMIT ?",
            (*(place or ()), *values, size),
        )
        found += [(on, key) for on, key in rows]
    found.sort(reverse=not newer)
    keys = [key for _, key in found[:size]]
    return records_by_key(reader, keys[::-1] if newer else keys)


def records_total(reader: Reader, choice: Choice = ALL) -> int:
    """The sum of the amounts of all records of a choice that still stand."""
    where, values = choice._replace(standing=True, folded=False).clause()
    rows = reader.sql(f"SELECT coalesce(sum({AMOUNT}), 0) FROM entry AS e WHERE {where}", values)  # noqa: S608
    return int(rows[0][0])


def record_count(reader: Reader) -> int:
    """How many records the book has."""
    return int(reader.sql("SELECT count(*) FROM entry")[0][0])


def has_records(reader: Reader) -> bool:
    """Whether anything was ever recorded; unlike a count it takes no time in a large book."""
    return bool(reader.sql("SELECT 1 FROM entry LIMIT 1"))


def find_records(reader: Reader, text: str, limit: int = 200, choice: Choice = ALL) -> list[RecordRow]:
    """Records whose number begins with what was typed, or whose memo or party holds it; newest first."""
    where, values = choice.clause()
    typed = like(text.strip())
    rows = reader.sql(
        f"SELECT {_COLUMNS} {_FROM} WHERE {where} AND (e.number LIKE ? ESCAPE '\\' OR e.memo LIKE ? ESCAPE '\\'"
        " OR y.name LIKE ? ESCAPE '\\') ORDER BY e.date DESC, e.id DESC LIMIT ?",
        (*values, f"{typed}%", f"%{typed}%", f"%{typed}%", limit),
    )
    return [_row(row) for row in rows]


def records_by_number(reader: Reader, text: str, limit: int, choice: Choice = ALL) -> list[RecordRow]:
    """Records whose number begins with what was typed, as typed or in capitals, the newest first; by an index."""
    where, values = choice.clause()
    keys: set[int] = set()
    for typed in {text.strip(), text.strip().upper()} - {""}:
        rows = reader.sql(
            f"SELECT e.id FROM entry AS e WHERE e.number >= ? AND e.number < ? AND {where}"  # noqa: S608
            " ORDER BY e.number DESC LIMIT ?",
            (typed, f"{typed}\U0010ffff", *values, limit),
        )
        keys |= {row[0] for row in rows}
    return records_by_key(reader, sorted(keys, reverse=True)[:limit])


def records_by_key(reader: Reader, keys: Sequence[int], choice: Choice = ALL) -> list[RecordRow]:
    """These records, in the order of the keys; those of them that are of the choice."""
    if not keys:
        return []
    where, values = choice.clause()
    listed = ", ".join(str(int(key)) for key in keys)
    rows = reader.sql(f"SELECT {_COLUMNS} {_FROM} WHERE e.id IN ({listed}) AND {where}", values)
    found = {row[0]: _row(row) for row in rows}
    return [found[key] for key in keys if key in found]


def names_in_lines(reader: Reader, entries: Sequence[int]) -> dict[int, str]:
    """The names of whom the lines of these records are about, by record."""
    listed = ", ".join(str(int(key)) for key in entries)
    found: dict[int, str] = {}
    for key, name in reader.sql(
        "SELECT DISTINCT q.entry_id, z.name FROM posting AS q JOIN party AS z ON z.id = q.party_id"  # noqa: S608
        f" WHERE q.entry_id IN ({listed or 'NULL'})"
    ):
        found[key] = f"{found[key]} {name}" if key in found else name
    return found


def record(reader: Reader, entry: int) -> RecordDetail | None:
    """One record in full, or None."""
    rows = reader.sql(f"SELECT {_COLUMNS} {_FROM} WHERE e.id = ?", (entry,))
    if not rows:
        return None
    lines = reader.sql(
        "SELECT a.code, a.name, coalesce(y.name, ''), coalesce(p.memo, ''), p.amount FROM posting AS p"
        " JOIN account AS a ON a.id = p.account_id LEFT JOIN party AS y ON y.id = p.party_id"
        " WHERE p.entry_id = ? ORDER BY p.amount < 0, p.id",
        (entry,),
    )
    made = made_by(reader, entry) or Made(0, "", "", "", None, entry, entry)
    return RecordDetail(
        _row(rows[0]),
        tuple(RecordLine._make(line) for line in lines),
        made.actor,
        made.at,
        made.command,
        made.audit,
    )


def entry_of(reader: Reader, number: str) -> int | None:
    """The key of the record with this number that still stands, else of the newest with it, or None."""
    rows = reader.sql(
        "SELECT e.id FROM entry AS e WHERE e.number = ?"
        " ORDER BY e.id IN (SELECT reverses FROM entry WHERE reverses IS NOT NULL), e.id DESC LIMIT 1",
        (number.strip(),),
    )
    return int(rows[0][0]) if rows else None


def made_by(reader: Reader, entry: int) -> Made | None:
    """The audit row that made an entry. Rows and their entries are both numbered in the order of time, so it is
    found by halving, without an index that each posting would have to pay for."""
    low, high = 1, int(reader.sql("SELECT coalesce(max(id), 0) FROM audit")[0][0])
    while low <= high:
        middle = (low + high) // 2
        rows = reader.sql(
            "SELECT id, actor, at, command, payload, first_entry, last_entry FROM audit"
            " WHERE id <= ? AND first_entry IS NOT NULL ORDER BY id DESC LIMIT 1",
            (middle,),
        )
        if not rows or rows[0][6] < entry:
            low = middle + 1
        elif rows[0][5] > entry:
            high = rows[0][0] - 1
        else:
            return Made._make(rows[0])
    return None


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise Bug(f"there are no records of kind {kind}")
    return kind


def _row(row: Sequence[Any]) -> RecordRow:
    key, on, number, source, memo, party, amount, reverses, reversed_by, replaces, replaced_by, turns = row
    state = "reversal" if reverses else "reversed" if turns % 2 else "correction" if replaces else "ordinary"
    return RecordRow(
        key, day(on), number, source, memo, party, amount, reverses, reversed_by, replaces, replaced_by, state
    )
