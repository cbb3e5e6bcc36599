"""Posting an imported file, and taking one back."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import delete, update

from app.base.errors import LumbungError, Refused, UserError
from app.base.i18n import N_
from app.ledger.batches.commands import ImportFile, UndoImport
from app.ledger.batches.known import KnownDocuments, Standing
from app.ledger.batches.plan import Faults, ImportPlan, ImportRefused, PlannedDocument, PlannedSheet
from app.ledger.batches.tables import import_batch, import_document
from app.ledger.changes import Done, Kind
from app.ledger.entries.post import EntryBuffer, EntryKind
from app.ledger.entries.service import Recorded, reverse
from app.ledger.features import missing_features
from app.ledger.profile.commands import SetFeatures
from app.ledger.profile.queries import read_features
from app.ledger.reader import day
from app.ledger.sheet import CellKind, Fault, Remark, SheetDocument, Step, remarks_of, set_opening_date
from app.ledger.transaction import Transaction

STEP_DOCUMENTS = 500
_STEP_ENTRIES = 100
_POSTING = N_("Recording")
_TAKING_BACK = N_("Taking back")
# What rows make by naming it; how many were made is told with the result.
MADE = ("account", "party", "product")
_NAMES = (CellKind.TEXT, CellKind.CODE)


class NothingNew(Exception):  # noqa: N818 - not an error: it takes an empty import back
    """All documents of the file are known; `remarks` is what there was to tell."""

    def __init__(self, known: int, remarks: list[Remark]) -> None:
        super().__init__(known)
        self.known = known
        self.remarks = remarks


def import_file(tx: Transaction, command: ImportFile) -> Done:
    """Post every new document of the file, or none.

    Raises ImportRefused with all faults found, NothingNew when the book has all of it already.
    """
    run = _Run(tx, command.plan)
    batch = tx.next_id(import_batch)
    tx.insert(
        import_batch,
        id=batch,
        file=command.file,
        digest=command.digest,
        documents=command.documents,
        undone=0,
    )
    run.post_all(batch)
    run.verify()
    if run.faults:
        raise ImportRefused(run.faults.kept, run.faults.count)
    if not run.new:
        raise NothingNew(run.known, remarks_of(tx))
    buffer = tx.attachment("entries")
    first, last = (buffer.first, buffer.last) if isinstance(buffer, EntryBuffer) else (None, None)
    tx.execute(
        update(import_batch)
        .where(import_batch.c.id == batch)
        .values(documents=run.new, first_entry=first, last_entry=last)
    )
    # What came in must not be out of sight. Taking the file back leaves it on: a page more does no harm.
    if missing := missing_features(tx):
        tx.run(SetFeatures(features=(*read_features(tx), *missing)))
    tx.changed(Kind.IMPORT, batch)
    return Done(
        value={
            "batch": batch,
            "documents": run.new,
            "known": run.known,
            "sheets": run.by_sheet,
            "created": run.created(),
            "remarks": remarks_of(tx),
        },
        undo=UndoImport(batch=batch),
    )


def undo_import(tx: Transaction, command: UndoImport) -> Done:
    """Reverse every entry of the file and what was put in its place, the newest first, and forget its documents.

    Afterwards the same file can be imported again. Accounts, products and people that it made stay:
    something else may name them by now.
    """
    rows = tx.sql(
        "SELECT file, undone, first_entry, last_entry FROM import_batch WHERE id = ?", (command.batch,)
    )
    if not rows:
        raise Refused("There is no import {batch}.", batch=command.batch)
    file, undone, first, last = rows[0]
    if undone:
        raise Refused("The import of {file} was taken back already.", file=file)
    # What was put right since stands in another record: with the file imported again it would count twice.
    entries = tx.sql(
        "WITH RECURSIVE brought (id) AS (SELECT id FROM entry WHERE id BETWEEN ? AND ?"
        " UNION SELECT e.id FROM entry AS e JOIN brought AS b ON e.replaces = b.id)"
        " SELECT e.id, e.number, e.date, e.kind, e.source, e.memo, e.party_id, e.reverses FROM entry AS e"
        " JOIN brought AS b ON b.id = e.id WHERE e.reverses IS NULL ORDER BY e.id DESC",
        (first or 0, last or 0),
    )
    taken_back = dict(tx.sql("SELECT reverses, id FROM entry WHERE reverses IS NOT NULL"))
    entries = [row for row in entries if _stands(row[0], taken_back)]
    for done, row in enumerate(entries):
        if done % _STEP_ENTRIES == 0:
            tx.progress.step(done, len(entries), _TAKING_BACK)
        reverse(tx, Recorded(row[0], row[1], day(row[2]), EntryKind(row[3]), *row[4:]))
    tx.execute(delete(import_document).where(import_document.c.batch_id == command.batch))
    tx.execute(update(import_batch).where(import_batch.c.id == command.batch).values(undone=1))
    tx.changed(Kind.IMPORT, command.batch)
    return Done(number=file, value={"batch": command.batch, "reversed": len(entries)})


def _stands(entry: int, taken_back: dict[int, int]) -> bool:
    """Say whether an entry still counts: not taken back, or its reversal was taken back in turn."""
    reversal = taken_back.get(entry)
    return reversal is None or not _stands(reversal, taken_back)


# When a document is posted: its place in the order of posting, in that of the file, and which it is.
_Turn = tuple[int, int, PlannedSheet, PlannedDocument]
_STEPS = 16
# Master data comes before the first day there can be.
_MASTER = -_STEPS


class _Run:
    """One pass over a file."""

    def __init__(self, tx: Transaction, plan: ImportPlan) -> None:
        self.tx = tx
        self.plan = plan
        self.faults: Faults = plan.faults
        self.new = 0
        self.known = 0
        self.by_sheet: dict[str, int] = {item.sheet.name: 0 for item in plan.sheets}
        self._opening = _opening_day(tx, plan)
        self._failed: dict[str, set[str]] = {}
        self._posted: dict[str, list[SheetDocument]] = {}
        self._highest = {name: tx.highest_id(name) for name in MADE}
        set_opening_date(tx, self._opening)

    def created(self) -> dict[str, int]:
        """How many accounts, parties and products were made."""
        following = self.tx.state.next_ids
        made = {name: following.get(name, 0) - 1 - self._highest[name] for name in MADE}
        return {name: count for name, count in made.items() if count > 0}

    def post_all(self, batch: int) -> None:
        """Post each document in its turn; what a rule refuses is noted, and the next follows."""
        tx = self.tx
        known = {item.sheet.name: KnownDocuments(tx, item.sheet, self.plan) for item in self.plan.sheets}
        turns = sorted(self._turns())
        for done, (_, _, planned, document) in enumerate(turns):
            if done % STEP_DOCUMENTS == 0:
                tx.progress.step(done, len(turns), _POSTING)
            if document.faulty:
                self._fail(planned, document)
                continue
            standing, day_, number, print_ = known[planned.sheet.name].look(document)
            if standing is Standing.KNOWN:
                self.known += 1
                continue
            if standing is Standing.CLASH:
                self._clash(planned, document)
                continue
            view = planned.view(document)
            try:
                for command in planned.sheet.build(tx, view):
                    tx.run(command)
            except (Refused, UserError, Fault) as error:
                self._note(planned, document, error)
                continue
            tx.insert_tuple(
                import_document,
                (tx.next_id(import_document), batch, planned.sheet.name, day_, number, print_),
            )
            self.new += 1
            self.by_sheet[planned.sheet.name] += 1
            if planned.sheet.verify is not None:
                self._posted.setdefault(planned.title, []).append(view)

    def verify(self) -> None:
        """Let the sheets finish what needs all rows, and compare what they hold with the book.

        Not while anything is missing from it: the difference would only repeat the fault.
        """
        if self.faults:
            return
        for planned in sorted(self.plan.sheets, key=lambda item: item.sheet.step):
            views = self._posted.get(planned.title)
            if planned.sheet.verify is None or not views:
                continue
            try:
                found = planned.sheet.verify(self.tx, views)
            except (Refused, UserError) as error:
                row = views[0].lines[0].row
                self.faults.add(planned, row, planned.sheet.columns[0].key, "", error)
                continue
            for view, fault in found:
                line = view.lines[fault.line]
                self.faults.add(planned, line.row, fault.field, line.get(fault.field), fault)

    def _turns(self) -> Iterator[_Turn]:
        """The documents with their order: master data first, then by day and, within a day, by step."""
        order = 0
        for planned in self.plan.sheets:
            step = int(planned.sheet.step)
            master = planned.sheet.step < Step.OPENING
            undated = (self._opening or date.min).toordinal()
            for document in planned.documents:
                order += 1
                if master:
                    yield _MASTER + step, order, planned, document
                    continue
                day_ = undated if document.on is None else document.on.toordinal()
                yield day_ * _STEPS + step, order, planned, document

    def _clash(self, planned: PlannedSheet, document: PlannedDocument) -> None:
        error = Fault(
            "Number {number} of {on:medium} was imported before with other content.",
            advice="Give it another number, or take the old one back and record it anew.",
            column=planned.sheet.number_key,
            number=document.number,
            on=document.on,
        )
        self._note(planned, document, error)

    def _note(self, planned: PlannedSheet, document: PlannedDocument, error: LumbungError) -> None:
        row = document.rows[min(error.line, len(document.rows) - 1)]
        consequence = self._follows_from_another(planned, row.values)
        self._fail(planned, document)
        if consequence:
            return
        sheet = planned.sheet
        place = next((place for place, item in enumerate(sheet.columns) if item.key == error.field), 0)
        self.faults.add(planned, row.number, sheet.columns[place].key, row.values[place], error)

    def _fail(self, planned: PlannedSheet, document: PlannedDocument) -> None:
        """Remember what the document would have made, so that rows naming it are not reported as well."""
        for row in document.rows:
            for name in _identities(planned, row.values):
                self._failed.setdefault(name, set()).add(planned.title)

    def _follows_from_another(self, planned: PlannedSheet, values: tuple[Any, ...]) -> bool:
        return bool(self._failed) and any(
            self._failed.get(name, set()) - {planned.title} for name in _mentions(planned, values)
        )


def _identities(planned: PlannedSheet, values: tuple[Any, ...]) -> Iterator[str]:
    """What a row would have made or brought, as far as other sheets name it.

    Of master data that is what the row is about; of others only what the sheet marks, and a number that no
    row can do without (a loan's, not a note's: notes are called 1 like members).
    """
    sheet = planned.sheet
    master = sheet.step < Step.OPENING
    for column, value in zip(sheet.columns, values, strict=True):
        named = (
            column.identity
            or (column.needed and (master or column.key == sheet.number_key))
            or (master and column.key in ("code", "name"))
        )
        if named and value is not None and column.kind in _NAMES:
            yield str(value).casefold()


def _mentions(planned: PlannedSheet, values: tuple[Any, ...]) -> Iterator[str]:
    """Whatever a row may name."""
    for column, value in zip(planned.sheet.columns, values, strict=True):
        if value is not None and column.kind in _NAMES:
            yield str(value).casefold()


def _opening_day(tx: Transaction, plan: ImportPlan) -> date | None:
    """The newest day of the file's opening balances, else of the book's."""
    days = [
        document.on
        for planned in plan.sheets
        if planned.sheet.name == "Saldo Awal"
        for document in planned.documents
        if document.on is not None
    ]
    if days:
        return max(days)
    rows = tx.sql(
        "SELECT max(date) FROM entry WHERE kind = 'opening' AND reverses IS NULL"
        " AND id NOT IN (SELECT reverses FROM entry WHERE reverses IS NOT NULL)"
    )
    return None if rows[0][0] is None else day(rows[0][0])
