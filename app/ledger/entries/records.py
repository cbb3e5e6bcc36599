"""All past records, as the person's list of them: pages by key in both directions, one record in full, its command.

Newest first: by date, then in the order of recording. Amounts are rupiah: the sum of an entry's debits, and of a
sale, whose debits hold its cost as well, what was paid and what is owed for it.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from app.base.i18n import N_
from app.ledger.command import Command, from_json
from app.ledger.reader import Reader, day, like

# What kind of document an entry is, by the slice that made it.
KINDS = {
    "sales": N_("Sale"),
    "purchases": N_("Purchase"),
    "cash": N_("Cash"),
    "debts": N_("Credit notes and debts"),
    "products": N_("Stock"),
    "savings": N_("Savings"),
    "loans": N_("Loan"),
    "exit": N_("Member's exit"),
    "exit-payment": N_("Payment to a former member"),
    "journal": N_("Manual entry"),
    "opening": N_("Opening balance"),
    "closing": N_("Year end"),
}
_COLUMNS = (
    "e.id, e.date, e.number, e.source, e.memo, coalesce(y.name, ''),"
    " CASE WHEN e.source = 'sales' THEN (SELECT abs(coalesce(sum(p.amount), 0)) FROM posting AS p"
    "  JOIN account AS a ON a.id = p.account_id"
    "  WHERE p.entry_id = e.id AND (a.money IS NOT NULL OR a.role = 'receivable'))"
    " ELSE (SELECT coalesce(sum(p.amount), 0) FROM posting AS p WHERE p.entry_id = e.id AND p.amount > 0) END,"
    " e.reverses, (SELECT r.id FROM entry AS r WHERE r.reverses = e.id)"
)
_FROM = "FROM entry AS e LEFT JOIN party AS y ON y.id = e.party_id"


class RecordRow(NamedTuple):
    """One record. `reverses` is the entry it takes back, `reversed_by` the one that took it back; None for neither."""

    entry: int
    date: date
    number: str
    kind: str  # a key of KINDS
    memo: str
    party: str
    amount: int
    reverses: int | None
    reversed_by: int | None


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


class Choice(NamedTuple):
    """Which records are wanted: of some kinds, of days from `first` to `last` (both included), all when empty."""

    kinds: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None

    def clause(self) -> tuple[str, tuple[Any, ...]]:
        """The condition and its parameters."""
        parts: list[str] = []
        values: list[Any] = []
        if self.kinds:
            parts.append(f"e.source IN ({', '.join('?' * len(self.kinds))})")
            values += self.kinds
        if self.first is not None:
            parts.append("e.date >= ?")
            values.append(self.first.isoformat())
        if self.last is not None:
            parts.append("e.date <= ?")
            values.append(self.last.isoformat())
        return " AND ".join(parts) or "1 = 1", tuple(values)


ALL = Choice()


def day_counts(reader: Reader, choice: Choice = ALL) -> list[tuple[str, int]]:
    """How many records each day has, the newest day first: where in a long list a day begins."""
    where, values = choice.clause()
    rows = reader.sql(
        f"SELECT e.date, count(*) FROM entry AS e WHERE {where} GROUP BY e.date ORDER BY e.date DESC",  # noqa: S608
        values,
    )
    return [(on, count) for on, count in rows]


def records_of_day_on(reader: Reader, on: str, skip: int, size: int, choice: Choice = ALL) -> list[RecordRow]:
    """A page that begins with the record number `skip` of a day (newest first) and goes on into earlier days."""
    where, values = choice.clause()
    start = reader.sql(
        f"SELECT e.id FROM entry AS e WHERE e.date = ? AND {where} ORDER BY e.id DESC LIMIT 1 OFFSET ?",  # noqa: S608
        (on, *values, skip),
    )
    if not start:
        return []
    rows = reader.sql(
        f"SELECT {_COLUMNS} {_FROM} WHERE (e.date, e.id) <= (?, ?) AND {where}"
        " ORDER BY e.date DESC, e.id DESC LIMIT ?",
        (on, start[0][0], *values, size),
    )
    return [_row(row) for row in rows]


def newest_records(reader: Reader, size: int, choice: Choice = ALL) -> list[RecordRow]:
    """The newest records."""
    where, values = choice.clause()
    rows = reader.sql(
        f"SELECT {_COLUMNS} {_FROM} WHERE {where} ORDER BY e.date DESC, e.id DESC LIMIT ?", (*values, size)
    )
    return [_row(row) for row in rows]


def record_count(reader: Reader) -> int:
    """How many records the book has."""
    return int(reader.sql("SELECT count(*) FROM entry")[0][0])


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


def records_by_key(reader: Reader, keys: Sequence[int]) -> list[RecordRow]:
    """These records, in the order of the keys."""
    if not keys:
        return []
    rows = reader.sql(f"SELECT {_COLUMNS} {_FROM} WHERE e.id IN ({', '.join('?' * len(keys))})", tuple(keys))
    found = {row[0]: _row(row) for row in rows}
    return [found[key] for key in keys if key in found]


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
    made = _made(reader, entry)
    key, actor, at, command = made[:4] if made else (0, "", "", "")
    return RecordDetail(
        _row(rows[0]), tuple(RecordLine._make(line) for line in lines), actor, at, command, key
    )


def entry_of(reader: Reader, number: str) -> int | None:
    """The key of the record with this number that still stands, else of the newest with it, or None."""
    rows = reader.sql(
        "SELECT e.id FROM entry AS e WHERE e.number = ?"
        " ORDER BY e.id IN (SELECT reverses FROM entry WHERE reverses IS NOT NULL), e.id DESC LIMIT 1",
        (number.strip(),),
    )
    return int(rows[0][0]) if rows else None


def original_command(reader: Reader, entry: int, known: Mapping[str, type[Command]]) -> Command | None:
    """The command that made a record, so that a form can be filled with it.

    None for what was not made by a form of its own: an import, an opening, a reversal, or a command whose
    contents were erased after the time the law sets.
    """
    made = _made(reader, entry)
    if made is None or made[4] is None:
        return None
    fields = json.loads(made[4])
    name = fields.pop("command", made[3])
    if name == "correct-entry":
        inner = dict(fields["replacement"])
        name, fields = inner.pop("command"), inner
    elif name == "record-together":
        # Each of its commands that posts makes one entry, in their order.
        commands = [dict(item) for item in fields["commands"]]
        place = entry - made[5]
        if made[6] - made[5] + 1 != len(commands):
            return None
        name, fields = commands[place].pop("command"), commands[place]
    if name not in known or name in ("import-file", "reverse-entry", "reverse-entries", "undo-import"):
        return None
    return from_json(known[name], fields, known)


def _made(reader: Reader, entry: int) -> tuple[Any, ...] | None:
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
            return tuple(rows[0])
    return None


def _row(row: Sequence[Any]) -> RecordRow:
    key, on, number, source, memo, party, amount, reverses, reversed_by = row
    return RecordRow(key, day(on), number, source, memo, party, amount, reverses, reversed_by)
