"""The exports of the bookkeeping core."""

from app.ledger.entries.closing import close_year, reopen_year
from app.ledger.entries.commands import (
    CloseYear,
    CorrectEntry,
    PostEntry,
    PostOpening,
    RecordTogether,
    ReopenYear,
    ReverseEntries,
    ReverseEntry,
    SetComparatives,
    TickOpening,
)
from app.ledger.entries.comparatives import set_comparatives
from app.ledger.entries.integrity import CHECKS
from app.ledger.entries.rebuilding import entry_again
from app.ledger.entries.service import (
    correct_entry,
    post_entry,
    post_opening,
    record_together,
    reverse_entries,
    reverse_entry,
)
from app.ledger.entries.sheets import SHEETS
from app.ledger.entries.ticks import tick_opening
from app.ledger.slice import Slice

SLICE = Slice(
    name="entries",
    handlers={
        PostEntry: post_entry,
        PostOpening: post_opening,
        ReverseEntry: reverse_entry,
        ReverseEntries: reverse_entries,
        CorrectEntry: correct_entry,
        RecordTogether: record_together,
        TickOpening: tick_opening,
        SetComparatives: set_comparatives,
        CloseYear: close_year,
        ReopenYear: reopen_year,
    },
    rebuilds={"journal": entry_again},
    checks=CHECKS,
    sheets=SHEETS,
)
