"""From the rows of a sheet to documents: reading each cell, keeping together what belongs together."""

from collections.abc import Iterator
from typing import Any

from app.base.errors import UserError
from app.base.i18n import N_
from app.base.progress import Progress
from app.ledger.batches.plan import Faults, ImportFault, ImportPlan, PlannedDocument, PlannedRow, PlannedSheet
from app.ledger.imports.cells import Reader, is_blank, reader_of
from app.ledger.imports.headings import Headings, find_headings
from app.ledger.imports.raw import HEADING_ROWS, MOST_ROWS, RawRow, RawSheet, too_many_rows
from app.ledger.sheet import Column, Line, Remark, Sheet, as_written

_STEP_ROWS = 1_000
_READING = N_("Reading the file")
_UNKNOWN_COLUMN = N_("{sheet}: the column {column} is not known and was not read.")
_EMPTY_ADVICE = N_("Fill it in; merged cells count only for their first row.")
# A cell that can't be read, while the rest of its row still can.
_UNREADABLE = object()


def plan_sheet(
    plan: ImportPlan, sheet: Sheet, raw: RawSheet, first: list[RawRow], progress: Progress
) -> None:
    """Add to the plan what a sheet of the file holds; `first` are its first rows, already taken from `raw`.

    Raises UserError for a sheet over the limit.
    """
    title = raw.name or sheet.name
    if all(is_blank(cell) for _, cells in first for cell in cells):
        return
    found = find_headings(sheet, first)
    if found is None:
        error = UserError(
            "No heading of this sheet is known.",
            advice="The first rows need the headings {headings}.",
            headings=", ".join(column.heading for column in sheet.columns if column.needed),
        )
        plan.faults.put(ImportFault(title, first[0][0], 0, "", "", error))
        return
    planned = PlannedSheet(sheet, title, found.row, found.places)
    plan.remarks += [
        Remark(
            N_("{sheet}: the column {column} is not known and was not read."),
            {"sheet": title, "column": name},
        )
        for name in found.unknown.values()
    ]
    rows = _below(found, first, raw.rows)
    if _headings_faulty(planned, found):
        # A sheet that holds nothing but its headings has no row that could be misunderstood.
        if any(not is_blank(cell) for _, cells in rows for cell in cells):
            _note_headings(planned, found, plan.faults)
        return
    _Gathering(planned, plan.faults, progress, raw.expected).take(rows)
    plan.sheets.append(planned)


def first_rows(raw: RawSheet) -> list[RawRow]:
    """Take the rows in which the headings stand from the sheet, and one more."""
    taken: list[RawRow] = []
    for row in raw.rows:
        taken.append(row)
        if len(taken) > HEADING_ROWS:
            break
    return taken


def _below(found: Headings, first: list[RawRow], rest: Iterator[RawRow]) -> Iterator[RawRow]:
    yield from first[found.index + found.rows :]
    yield from rest


def _lacking(planned: PlannedSheet, found: Headings) -> list[Column]:
    """The columns without which no row can be understood and that are not there."""
    return [item for item in planned.sheet.columns if item.needed and item.key not in found.places]


def _headings_faulty(planned: PlannedSheet, found: Headings) -> bool:
    """Say whether the headings make the whole sheet unreadable."""
    return bool(_lacking(planned, found) or found.doubled)


def _note_headings(planned: PlannedSheet, found: Headings, faults: Faults) -> None:
    """Note what makes the whole sheet unreadable: one fault for each heading that lacks or stands twice."""
    for place, heading in found.doubled.items():
        error = UserError(
            "The heading {heading} stands twice.",
            advice="Give the other column another name, or delete it.",
            heading=heading,
        )
        faults.put(ImportFault(planned.title, found.row, place, heading, heading, error))
    for column in _lacking(planned, found):
        error = UserError(
            "The column {column} is missing; without it the rows can't be understood.",
            advice="Add it, with this heading.",
            column=column.heading,
        )
        faults.put(ImportFault(planned.title, found.row, 0, column.heading, "", error))


class _Gathering:
    """Takes the rows of one sheet and makes its documents."""

    def __init__(self, planned: PlannedSheet, faults: Faults, progress: Progress, expected: int) -> None:
        sheet = planned.sheet
        self._planned = planned
        self._faults = faults
        self._progress = progress
        self._expected = min(expected, MOST_ROWS)
        self._documents = planned.documents
        keys = planned.keys
        self._cells: list[tuple[int, Reader]] = [
            (planned.places.get(column.key, -1), reader_of(column)) for column in sheet.columns
        ]
        self._width = max(planned.places.values()) + 1
        self._date = keys.index(sheet.date_key) if sheet.date_key else None
        self._number = keys.index(sheet.number_key) if sheet.number_key else None
        self._needed = [
            place for place, column in enumerate(sheet.columns) if column.needed and not column.document
        ]
        self._shared = [place for place, column in enumerate(sheet.columns) if column.document]
        self._needed_once = [place for place in self._shared if sheet.columns[place].needed]
        self._open: dict[tuple[Any, str], PlannedDocument] = {}
        # Rows without a number that are not a whole document yet.
        self._run: PlannedDocument | None = None
        self._run_lines: list[Line] = []

    def take(self, rows: Iterator[RawRow]) -> None:
        """Read all rows. Raises UserError when there are too many."""
        count, width, cells = 0, self._width, self._cells
        for number, raw in rows:
            if len(raw) < width:
                raw = [*raw, *[None] * (width - len(raw))]
            # The last cell stands in for columns that are not there.
            raw = [*raw[:width], None]
            faulty = False
            try:
                values = tuple([read(raw[place]) for place, read in cells])
            except UserError:
                values, faulty = self._with_faults(number, raw)
            if not faulty and values.count(None) == len(values):
                continue
            count += 1
            if count % _STEP_ROWS == 0:
                self._progress.step(count, max(count, self._expected), _READING)
                if count > MOST_ROWS:
                    raise too_many_rows(self._planned.title)
            self._add(PlannedRow(number, values), faulty)
        if count > MOST_ROWS:
            raise too_many_rows(self._planned.title)
        for document in self._documents if self._needed_once else ():
            self._look_for_needed_once(document)

    def _with_faults(self, number: int, raw: list[Any]) -> tuple[tuple[Any, ...], bool]:
        """Read a row cell by cell and note each that can't be read."""
        values: list[Any] = []
        for place, (position, read) in enumerate(self._cells):
            try:
                values.append(read(raw[position]))
            except UserError as error:
                key = self._planned.sheet.columns[place].key
                self._faults.add(self._planned, number, key, raw[position], error)
                values.append(_UNREADABLE)
        return tuple(values), True

    def _add(self, row: PlannedRow, faulty: bool) -> None:
        for place in self._needed:
            if row.values[place] is None:
                faulty = True
                self._empty(row.number, place)
        if faulty:
            unreadable = [value is _UNREADABLE for value in row.values]
            row = PlannedRow(
                row.number, tuple(None if value is _UNREADABLE else value for value in row.values)
            )
        else:
            unreadable = []
        on = None if self._date is None else row.values[self._date]
        number = "" if self._number is None else row.values[self._number] or ""
        if number:
            self._run = None
            document = self._open.get((on, number.casefold()))
            if document is not None:
                self._join(document, row, faulty=faulty, unreadable=unreadable)
                return
            document = PlannedDocument(on, number, row, faulty=faulty)
            self._open[on, number.casefold()] = document
        elif self._run is not None and self._run.on == on:
            self._run.rows.append(row)
            self._run.faulty = self._run.faulty or faulty
            self._lengthen_run(self._run, row)
            return
        else:
            document = PlannedDocument(on, "", row, faulty=faulty)
            if self._planned.sheet.whole is not None:
                self._run_lines = []
                self._lengthen_run(document, row)
        self._documents.append(document)

    def _lengthen_run(self, document: PlannedDocument, row: PlannedRow) -> None:
        """Go on with a document of rows without a number until it is whole."""
        planned = self._planned
        self._run_lines.append(Line(row.number, dict(zip(planned.keys, row.values, strict=True))))
        whole = planned.sheet.whole
        self._run = None if whole is None or whole(self._run_lines) else document

    def _join(
        self, document: PlannedDocument, row: PlannedRow, *, faulty: bool, unreadable: list[bool]
    ) -> None:
        """Add a row to its document. What belongs to the whole of it must not differ from the rows above."""
        for place in self._shared:
            value = row.values[place]
            if value is None or (unreadable and unreadable[place]):
                continue
            above = next(
                (item.values[place] for item in document.rows if item.values[place] is not None), value
            )
            if _differs(above, value):
                faulty = True
                column = self._planned.sheet.columns[place]
                error = UserError(
                    "{column} belongs to the whole of {number} and stands above as {value}.",
                    advice="Write the same, or leave the cell empty; another document needs another number.",
                    column=column.heading,
                    number=document.number,
                    value=as_written(column, above),
                )
                self._faults.add(self._planned, row.number, column.key, value, error)
        document.rows.append(row)
        document.faulty = document.faulty or faulty

    def _look_for_needed_once(self, document: PlannedDocument) -> None:
        for place in self._needed_once:
            if not document.faulty and all(row.values[place] is None for row in document.rows):
                document.faulty = True
                self._empty(document.rows[0].number, place)

    def _empty(self, number: int, place: int) -> None:
        column = self._planned.sheet.columns[place]
        error = UserError("{column} is empty.", advice=_EMPTY_ADVICE, column=column.heading)
        self._faults.add(self._planned, number, column.key, "", error)


def _differs(above: Any, value: Any) -> bool:
    if isinstance(above, str) and isinstance(value, str):
        return above.casefold() != value.casefold()
    return bool(above != value)
