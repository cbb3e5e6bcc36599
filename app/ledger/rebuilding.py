"""Which command a record is put right with: as it was typed where that is kept, else rebuilt from its details."""

import json
from typing import TYPE_CHECKING, Any

from app.base.errors import Refused
from app.base.i18n import N_
from app.ledger.command import Command, from_json
from app.ledger.entries.records import made_by, records_by_key
from app.ledger.reader import Reader

if TYPE_CHECKING:
    from app.ledger.slices import Rules

# The commands that make one record, so that such a command can put it right again.
_MAKES = frozenset(
    {
        "record-sale",
        "record-purchase",
        "record-money-in",
        "record-money-out",
        "transfer-money",
        "receive-bill-payment",
        "pay-bill",
        "set-opening-bill",
        "adjust-stock",
        "set-opening-stock",
        "deposit-savings",
        "withdraw-savings",
        "transfer-savings",
        "record-savings",
        "disburse-loan",
        "receive-instalment",
        "pay-off-loan",
        "take-over-loan",
        "restructure-loan",
        "post-entry",
        "post-opening",
    }
)


def original_command(reader: Reader, entry: int) -> Command | None:
    """The command that records an entry as it is, so that a form can be filled with it and `CorrectEntry` sent.

    None where there is none; `why_not_corrected` says why.
    """
    return _as_typed(reader, entry) or _rebuilt(reader, entry)


def why_not_corrected(reader: Reader, entry: int) -> Refused | None:
    """Why a record can't be put right by its form, as a sentence with what to do instead; None when it can."""
    rows = records_by_key(reader, [entry])
    if not rows:
        return Refused("There is no entry {number}.", number=entry)
    row = rows[0]
    if row.state == "reversal":
        return Refused(
            "{number} takes another record back.", advice="Put the other one right.", number=row.number
        )
    if row.state == "reversed":
        return Refused("{number} was taken back.", advice="Record it anew.", number=row.number)
    if original_command(reader, entry) is not None:
        return None
    made = made_by(reader, entry)
    advice = N_("Take it back, then record it anew.")
    if row.kind == "closing":
        return Refused(
            "{number} closes a year and is taken back by opening that year again.", number=row.number
        )
    if made is not None and made.command == "import-file":
        return Refused("{number} came from an imported file.", advice=advice, number=row.number)
    if made is None or made.payload is None:
        return Refused("What was typed for {number} is no longer kept.", advice=advice, number=row.number)
    return Refused("{number} was recorded together with others.", advice=advice, number=row.number)


def _as_typed(reader: Reader, entry: int) -> Command | None:
    """The command of the audit trail, where it made this entry alone."""
    made = made_by(reader, entry)
    if made is None or made.payload is None:
        return None
    rows = reader.sql(
        "SELECT id FROM entry WHERE id BETWEEN ? AND ? AND reverses IS NULL LIMIT 2", (made.first, made.last)
    )
    fields: dict[str, Any] = json.loads(made.payload)
    name = fields.pop("command", made.command)
    if name == "correct-entry":
        fields = dict(fields["replacement"])
        name = fields.pop("command")
    known = _rules().known
    if name not in _MAKES or name not in known or [row[0] for row in rows] != [entry]:
        return None
    return from_json(known[name], fields, known)


def _rebuilt(reader: Reader, entry: int) -> Command | None:
    """The command that its slice makes of the entry's details."""
    rows = reader.sql("SELECT source FROM entry WHERE id = ? AND reverses IS NULL", (entry,))
    rebuild = _rules().rebuilds.get(rows[0][0]) if rows else None
    return rebuild(reader, entry) if rebuild else None


def _rules() -> "Rules":
    """What all slices can do, loaded with the first record that is asked for and not with the pages that ask."""
    from app.ledger.slices import rules

    return rules()
