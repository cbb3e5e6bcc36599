"""Entries by hand, opening balances, and taking back or correcting what was posted."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.base.errors import Refused
from app.ledger.accounts.service import chart_of
from app.ledger.changes import Done
from app.ledger.entries.commands import (
    CorrectEntry,
    EntryLine,
    PostEntry,
    PostOpening,
    RecordTogether,
    ReverseEntries,
    ReverseEntry,
)
from app.ledger.entries.post import EntryBuffer, EntryKind, Posted, Posting, post, refuse_by_hand
from app.ledger.reader import day
from app.ledger.transaction import Transaction

# The control accounts of any slice: a reversal writes the details' reversal with it.
_ALL_CONTROLS = frozenset({"debts", "products", "savings", "loans"})


class Recorded(NamedTuple):
    """An entry as it stands in the book."""

    id: int
    number: str
    date: date
    kind: EntryKind
    source: str
    memo: str
    party: int | None
    reverses: int | None


def post_entry(tx: Transaction, command: PostEntry) -> Done:
    """Record an entry by hand. It must balance and leave control accounts alone."""
    postings = _postings(tx, command.lines)
    total = sum(item.amount for item in postings)
    if total != 0:
        debit = sum(line.debit for line in command.lines)
        credit = sum(line.credit for line in command.lines)
        raise Refused(
            "The entry does not balance: debit {debit:rp}, credit {credit:rp}, difference {difference:rp}.",
            advice="Both sides must be equal.",
            debit=debit,
            credit=credit,
            difference=abs(total),
        )
    posted = post(
        tx,
        on=command.on,
        memo=command.memo,
        postings=postings,
        source="journal",
        number=command.number,
    )
    return Done(number=posted.number, value={"entry": posted.id}, undo=ReverseEntry(entry=posted.id))


def post_opening(tx: Transaction, command: PostOpening) -> Done:
    """Post opening balances, each against 3-9999 Saldo Awal. Control accounts open by their details."""
    posted = opening_entry(
        tx,
        on=command.on,
        memo=command.memo or "Saldo awal",
        postings=_postings(tx, command.lines),
        source="opening",
    )
    return Done(number=posted.number, value={"entry": posted.id}, undo=ReverseEntry(entry=posted.id))


def opening_entry(
    tx: Transaction,
    *,
    on: date,
    memo: str,
    postings: Sequence[Posting],
    source: str,
    controls: frozenset[str] = frozenset(),
    party: int | None = None,
) -> Posted:
    """Post opening amounts with the rest on 3-9999, so that nothing slides into surplus or capital."""
    opening = chart_of(tx).role("opening").id
    kept = [item for item in postings if item.account != opening and item.amount]
    rest = -sum(item.amount for item in kept)
    if not kept:
        raise Refused("There is nothing to open: all amounts are 0, or stand on 3-9999 itself.")
    balance = [Posting(opening, rest)] if rest else []
    if len(kept) + len(balance) < 2:
        raise Refused("There is nothing to open: all amounts are 0, or stand on 3-9999 itself.")
    return post(
        tx,
        on=on,
        memo=memo,
        postings=[*kept, *balance],
        source=source,
        series="SA",
        kind=EntryKind.OPENING,
        controls=controls,
        party=party,
    )


def reverse_entry(tx: Transaction, command: ReverseEntry) -> Done:
    """Reverse one entry with all its details."""
    recorded = find_entry(tx, command.number, command.entry)
    posted = reverse(tx, recorded, on=command.on, memo=command.memo)
    return Done(
        number=posted.number,
        value={"entry": posted.id, "reverses": recorded.id},
        undo=ReverseEntry(entry=posted.id),
    )


def reverse_entries(tx: Transaction, command: ReverseEntries) -> Done:
    """Reverse several entries in the order given, which is newest first."""
    posted = [reverse(tx, find_entry(tx, "", key)) for key in command.entries]
    return Done(
        number=posted[-1].number if posted else "",
        undo=ReverseEntries(entries=tuple(item.id for item in reversed(posted))),
    )


def correct_entry(tx: Transaction, command: CorrectEntry) -> Done:
    """Reverse an entry and record its replacement, in one transaction and under one audit row."""
    recorded = find_entry(tx, command.number, command.entry)
    reversal = reverse(tx, recorded)
    buffer: EntryBuffer = tx.attached("entries", EntryBuffer)
    buffer.replacing = recorded.id
    done = tx.run(command.replacement)
    buffer.replacing = None
    replacement = int(done.value.get("entry", 0))
    undo = ReverseEntries(entries=(replacement, reversal.id)) if replacement else None
    return Done(number=done.number, value={**done.value, "reversed": reversal.number}, undo=undo)


def record_together(tx: Transaction, command: RecordTogether) -> Done:
    """Run the commands in their order; the undo runs theirs from the last to the first."""
    done = [tx.run(item) for item in command.commands]
    undo = tuple(item.undo for item in reversed(done) if item.undo is not None)
    return Done(
        number=done[-1].number if done else "",
        value={"numbers": [item.number for item in done]},
        undo=RecordTogether(commands=undo) if len(undo) == len(done) else None,
    )


def reverse(tx: Transaction, recorded: Recorded, *, on: date | None = None, memo: str = "") -> Posted:
    """Post the opposite of an entry, and have its slice take back the details.

    On the entry's own date unless another is given. Raises Refused when it was reversed already, when
    its month is closed, or when the slice finds that something later depends on it.
    """
    if recorded.kind in (EntryKind.CLOSING, EntryKind.CARRY):
        raise Refused(
            "{number} closes a year and is taken back by opening that year again.",
            advice="Use: close BOOK --year {year} --reopen.",
            number=recorded.number,
            year=tx.info.fiscal_year(recorded.date).year,
        )
    return reverse_as(tx, recorded, on=on, memo=memo)


def reverse_as(tx: Transaction, recorded: Recorded, *, on: date | None = None, memo: str = "") -> Posted:
    """Reverse an entry of any kind; `reverse` is the one for the person's own entries."""
    undone = tx.sql("SELECT id, number FROM entry WHERE reverses = ?", (recorded.id,))
    if undone:
        reversal, by = undone[0]
        again = tx.sql("SELECT id FROM entry WHERE reverses = ?", (reversal,))
        if not again:
            raise Refused("{number} was already taken back by {by}.", number=recorded.number, by=by)
        # Its reversal was taken back in turn: what stands now in its place is the reversal of that.
        return reverse_as(tx, find_entry(tx, "", again[0][0]), on=on, memo=memo)
    when = on or recorded.date
    if when < recorded.date:
        raise Refused(
            "{number} is of {on}; it can't be taken back before that.",
            number=recorded.number,
            on=recorded.date,
        )
    lines = tx.sql(
        "SELECT account_id, amount, party_id, memo FROM posting WHERE entry_id = ? ORDER BY id",
        (recorded.id,),
    )
    posted = post(
        tx,
        on=when,
        memo=memo or f"Batal {recorded.number}: {recorded.memo}",
        postings=[Posting(account, -amount, party, text) for account, amount, party, text in lines],
        source=recorded.source,
        series="BT",
        kind=recorded.kind,
        party=recorded.party,
        controls=_ALL_CONTROLS,
        reverses=recorded.id,
    )
    take_back = tx.context.reversals.get(recorded.source)
    if take_back is not None:
        take_back(tx, recorded.id, posted.id, when)
    return posted


def find_entry(tx: Transaction, number: str, key: int = 0) -> Recorded:
    """The one entry meant by a number or a key; raises Refused when none or several are."""
    where, given = ("id = ?", key) if key else ("number = ?", number)
    rows = tx.sql(
        "SELECT id, number, date, kind, source, memo, party_id, reverses FROM entry"  # noqa: S608
        f" WHERE {where} ORDER BY id DESC",
        (given,),
    )
    # Of entries with the same number those already taken back are not meant.
    if len(rows) > 1:
        undone = {row[0] for row in tx.sql("SELECT reverses FROM entry WHERE reverses IS NOT NULL")}
        rows = [row for row in rows if row[0] not in undone and row[7] is None] or rows
    if not rows:
        raise Refused("There is no entry {number}.", number=number or key)
    if len(rows) > 1:
        raise Refused(
            "There are several entries {number}: of {dates}.",
            advice="Say which one by its entry key: {keys}.",
            number=number,
            dates=", ".join(f"{day(row[2]):%d/%m/%Y}" for row in rows[:5]),
            keys=", ".join(str(row[0]) for row in rows[:5]),
        )
    row = rows[0]
    return Recorded(row[0], row[1], day(row[2]), EntryKind(row[3]), *row[4:])


def _postings(tx: Transaction, lines: Sequence[EntryLine]) -> list[Posting]:
    chart = chart_of(tx)
    postings = []
    for place, line in enumerate(lines):
        account = chart.code(line.account).id
        refuse_by_hand(chart, account, place)
        postings.append(Posting(account, line.amount, None, line.memo or None))
    return postings
