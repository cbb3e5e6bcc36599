"""Finding sheets and columns by their names, however they are written."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.ledger.imports.raw import HEADING_ROWS, RawRow
from app.ledger.sheet import Column, Sheet
from app.ledger.slices import SLICES

# Sheets of our own templates and marked copies, which hold explanations.
OWN_SHEETS = ("Petunjuk", "Perlu diperbaiki")
_PARENTHESES = re.compile(r"\([^)]*\)")


@dataclass(slots=True)
class Headings:
    """Where the headings of a sheet stand: the row's number and the index among the first rows, each known
    column's place by key, and the headings nobody knows with their places.

    `doubled` holds the places of headings that name a column a second time. `rows`: how many rows the
    headings take, two where merged cells stand above single ones.
    """

    row: int
    index: int
    rows: int = 1
    places: dict[str, int] = field(default_factory=dict)
    unknown: dict[int, str] = field(default_factory=dict)
    doubled: dict[int, str] = field(default_factory=dict)


def sheets_for(kind: str) -> list[Sheet]:
    """The sheets of a kind of book, in the order in which they are filled in."""
    return sorted((sheet for sheet in all_sheets() if kind in sheet.kinds), key=lambda sheet: sheet.step)


def all_sheets() -> list[Sheet]:
    """The sheets of every kind of book."""
    return [sheet for item in SLICES for sheet in item.sheets]


def folded(text: Any) -> str:
    """A heading or sheet's name as it is compared: no case, spaces or signs; `%` is a word."""
    written = str(text).casefold().replace("%", "persen")
    return "".join(letter for letter in written if letter.isalnum())


def find_headings(sheet: Sheet, rows: Sequence[RawRow]) -> Headings | None:
    """The headings among the first rows: the row with most known ones; None when there is none.

    Where headings are merged, those of one table stand in two rows: a second row right below or above
    that holds nothing but headings counts too, for the columns that the first leaves open.
    """
    names = _names(sheet)
    best: Headings | None = None
    for index, (number, cells) in enumerate(rows[:HEADING_ROWS]):
        found = _in_row(names, number, index, cells)
        if found.places and (best is None or len(found.places) > len(best.places)):
            best = found
    if best is None:
        return None
    below, above = best.index + 1, best.index - 1
    if below < len(rows) and rows[below][0] == best.row + 1 and _join(names, best, rows[below]):
        best.rows = 2
    elif above >= 0 and rows[above][0] == best.row - 1:
        _join(names, best, rows[above])
    return best


def known_headings(sheets: Iterable[Sheet], rows: Sequence[Sequence[Any]]) -> int:
    """How many headings of any one sheet the best of these rows holds."""
    return max(
        (
            len(found.places)
            for sheet in sheets
            if (found := find_headings(sheet, [(place, list(row)) for place, row in enumerate(rows, 1)]))
        ),
        default=0,
    )


def told_by_headings(sheets: Sequence[Sheet], rows: Sequence[RawRow], hint: str) -> list[Sheet]:
    """The sheets that these first rows fit best: one, or several between which only a name can decide.

    `hint` is the file's name; where it holds the name of one of several, that one is meant.
    """
    merits: list[tuple[tuple[int, int], Sheet]] = []
    for sheet in sheets:
        found = find_headings(sheet, rows)
        if found is None:
            continue
        lacking = sum(1 for column in sheet.columns if column.needed and column.key not in found.places)
        merits.append(((len(found.places) - 2 * lacking, len(found.places)), sheet))
    best = max((merit for merit, _ in merits), default=(0, 0))
    if best[1] < 2:
        return []
    fitting = [sheet for merit, sheet in merits if merit == best]
    named = [sheet for sheet in fitting if folded(sheet.name) in folded(hint)]
    # "Saldo Simpanan" holds "Simpanan": the longer name is the one meant.
    return [max(named, key=lambda sheet: len(sheet.name))] if named else fitting


def sheet_named(sheets: Iterable[Sheet], name: str) -> Sheet | None:
    """The sheet with this name."""
    key = folded(name)
    return next((sheet for sheet in sheets if folded(sheet.name) == key), None)


def _names(sheet: Sheet) -> dict[str, tuple[Column, bool]]:
    """The column that a folded heading names, and whether by its own name. An own name wins over aliases."""
    names: dict[str, tuple[Column, bool]] = {}
    for column in sheet.columns:
        for alias in column.aliases:
            names.setdefault(folded(alias), (column, False))
    for column in sheet.columns:
        names[folded(column.heading)] = (column, True)
    return names


def _named(names: dict[str, tuple[Column, bool]], cell: Any) -> tuple[Column, bool] | None:
    found = names.get(folded(cell))
    if found is None and "(" in str(cell):
        # "Harga (Rp)" is Harga.
        bare = names.get(folded(_PARENTHESES.sub("", str(cell))))
        return None if bare is None else (bare[0], False)
    return found


def _in_row(names: dict[str, tuple[Column, bool]], number: int, index: int, cells: Sequence[Any]) -> Headings:
    found = Headings(number, index)
    own: set[str] = set()
    for place, cell in enumerate(cells):
        if cell is None or not str(cell).strip():
            continue
        match = _named(names, cell)
        if match is None:
            found.unknown[place] = str(cell).strip()
            continue
        column, by_own_name = match
        if column.key not in found.places:
            found.places[column.key] = place
            if by_own_name:
                own.add(column.key)
        elif by_own_name and column.key not in own:
            # The alias that came first is another column of the person's own.
            alias = found.places[column.key]
            found.unknown[alias] = str(cells[alias]).strip()
            found.places[column.key] = place
            own.add(column.key)
        elif by_own_name:
            found.doubled[place] = str(cell).strip()
        else:
            found.unknown[place] = str(cell).strip()
    return found


def _join(names: dict[str, tuple[Column, bool]], best: Headings, row: RawRow) -> bool:
    """Add the headings of a neighbouring row where `best` has none; False when it is not one of headings."""
    other = _in_row(names, row[0], 0, row[1])
    taken = set(best.places.values())
    fresh = {
        key: place for key, place in other.places.items() if key not in best.places and place not in taken
    }
    if not fresh or (other.unknown and row[0] > best.row):
        return False
    best.places.update(fresh)
    for place in fresh.values():
        best.unknown.pop(place, None)
    return True
