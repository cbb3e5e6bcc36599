"""Knowing documents again: the same file twice adds nothing, two equal cash sales in one file both count."""

from collections import Counter
from datetime import date
from enum import Enum, auto
from hashlib import blake2b
from typing import Any

from app.ledger.batches.plan import ImportPlan, PlannedDocument
from app.ledger.reader import Reader
from app.ledger.sheet import Sheet

_SIZE = 16


class Standing(Enum):
    """What the book knows of a document."""

    NEW = auto()
    KNOWN = auto()
    CLASH = auto()  # the same number of that day with other content


def fingerprint(keys: tuple[str, ...], document: PlannedDocument) -> bytes:
    """What a document says, without regard to case, empty cells and the order of columns.

    Frozen: BLAKE2b with 16 bytes over `key=value` of each filled cell, cells ended by 0x1F and rows by 0x1E.
    """
    parts: list[str] = []
    for row in document.rows:
        parts += [
            f"{key}={value}\x1f" for key, value in zip(keys, row.values, strict=True) if value is not None
        ]
        parts.append("\x1e")
    return blake2b("".join(parts).casefold().encode(), digest_size=_SIZE).digest()


class KnownDocuments:
    """The documents of one sheet that earlier files brought.

    Of dated sheets the n-th equal document of a day is the n-th one known. Sheets without dates list things
    that have one state: a row is known when it says what the newest row about that thing said.
    """

    def __init__(self, reader: Reader, sheet: Sheet, plan: ImportPlan) -> None:
        self._keys = tuple(column.key for column in sheet.columns)
        self._dated = bool(sheet.date_key)
        self._identity = next((place for place, column in enumerate(sheet.columns) if column.needed), 0)
        self._left: Counter[tuple[str, bytes]] = Counter()
        self._numbered: dict[tuple[str, str], bytes] = {}
        days = [
            day_text(document.on)
            for planned in plan.sheets
            if planned.sheet is sheet
            for document in planned.documents
        ]
        rows = reader.sql(
            "SELECT date, number, fingerprint FROM import_document"
            " WHERE sheet = ? AND date BETWEEN ? AND ? ORDER BY id",
            (sheet.name, min(days, default=""), max(days, default="")),
        )
        for day, number, print_ in rows:
            self._left[day, bytes(print_)] += 1
            if number:
                self._numbered[day, number] = bytes(print_)

    def look(self, document: PlannedDocument) -> tuple[Standing, str, str, bytes]:
        """What is known of the document; with the day, number and fingerprint to be kept of it."""
        day = day_text(document.on)
        print_ = fingerprint(self._keys, document)
        if not self._dated:
            name = _folded(document.rows[0].values[self._identity])
            known = self._numbered.get((day, name)) == print_
            return (Standing.KNOWN if known else Standing.NEW), day, name, print_
        number = _folded(document.number)
        if self._left and self._left[day, print_] > 0:
            self._left[day, print_] -= 1
            return Standing.KNOWN, day, number, print_
        clash = bool(number) and (day, number) in self._numbered
        return (Standing.CLASH if clash else Standing.NEW), day, number, print_


def day_text(on: date | None) -> str:
    """A document's day as it is kept; empty for one without a date."""
    return "" if on is None else on.isoformat()


def _folded(value: Any) -> str:
    return "" if value is None else str(value).casefold()
