"""Importing a workbook or CSV file: read it, post all of it or nothing, and mark what has to be put right."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from app.base.errors import UserError
from app.base.i18n import N_, Translator
from app.base.progress import Progress, Silent
from app.ledger.batches.commands import ImportFile
from app.ledger.batches.plan import ImportFault, ImportPlan, ImportRefused
from app.ledger.batches.service import NothingNew
from app.ledger.book import Book
from app.ledger.imports.delimited import open_delimited
from app.ledger.imports.documents import first_rows, plan_sheet
from app.ledger.imports.headings import (
    OWN_SHEETS,
    all_sheets,
    folded,
    known_headings,
    sheet_named,
    sheets_for,
    told_by_headings,
)
from app.ledger.imports.raw import RawRow, RawSheet
from app.ledger.sheet import Remark, Sheet

_UNKNOWN_SHEET = N_("The sheet {sheet} is not known and was not read.")
_OWN = {folded(name) for name in OWN_SHEETS}


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did: documents added and known already, how many of each sheet were added, what was made
    by naming it (account, party, product), and what else there is to tell.

    `batch` is the key by which the import is taken back; 0 when nothing was new, or for a dry run.
    """

    file: str
    documents: int
    known: int
    batch: int = 0
    sheets: dict[str, int] = field(default_factory=dict)
    created: dict[str, int] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    dry_run: bool = False

    def lines(self, translator: Translator) -> list[str]:
        """The result in sentences, the most important first."""
        _ = translator
        if not self.documents and not self.known:
            lines = [_("{file} holds no rows; nothing was imported.", file=self.file)]
        elif not self.documents:
            lines = [
                _(
                    "Everything in {file} is in the book already ({known:n} documents); nothing was added.",
                    file=self.file,
                    known=self.known,
                )
            ]
        else:
            done = N_("{documents:n} documents were added from {file}.")
            if self.dry_run:
                done = N_("{documents:n} documents of {file} are good; nothing was added yet.")
            lines = [_(done, documents=self.documents, file=self.file)]
            if self.known:
                lines.append(
                    _("{known:n} documents were in the book already and were left out.", known=self.known)
                )
            lines += [f"{name}: {_.format.number(count)}" for name, count in self.sheets.items() if count]
        lines += [_(_MADE[name], count=count) for name, count in self.created.items()]
        lines += [_(item.template, **item.params) for item in self.remarks]
        return lines

    def to_json(self, translator: Translator) -> dict[str, object]:
        """The result as the command line prints it with --json; `messages` are sentences."""
        return {
            "file": self.file,
            "documents": self.documents,
            "known": self.known,
            "batch": self.batch or None,
            "sheets": self.sheets,
            "created": self.created,
            "messages": self.lines(translator),
        }


_MADE = {
    "account": N_("New accounts: {count:n}"),
    "party": N_("New people and businesses: {count:n}"),
    "product": N_("New products: {count:n}"),
}


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Keep Python from looking for cycles: a plan has none, and is so large that looking takes a tenth of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


@_nothing_collected()
def import_file(
    book: Book,
    path: Path,
    sheet: str | None = None,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
    translator: Translator | None = None,
) -> ImportResult:
    """Import a workbook or CSV file into the book: all of it or nothing.

    `sheet` names the one sheet to read, of a CSV what it is. With `dry_run` everything is done and taken
    back. `translator` writes the messages into the marked copy.

    Raises ImportRefused with every fault, after writing the copy with the cells marked; UserError for a file
    that can't be read at all; Cancelled when the progress says so. In all cases the book is as it was.
    """
    watcher = progress or Silent()
    plan = read_plan(path, book.info.kind, sheet, watcher)
    if not plan.sheets and not plan.faults:
        return ImportResult(path.name, 0, 0, remarks=tuple(plan.remarks))
    command = ImportFile(file=path.name, digest=_digest(path), documents=plan.documents, _plan=plan)
    try:
        if dry_run:
            value = {**book.try_out(command, watcher).value, "batch": 0}
        else:
            value = book.execute(command, watcher).value
    except NothingNew as nothing:
        return ImportResult(path.name, 0, nothing.known, remarks=(*plan.remarks, *nothing.remarks))
    except ImportRefused as refused:
        refused.marked = _mark(path, plan, refused.faults, translator or Translator())
        raise
    return ImportResult(
        path.name,
        value["documents"],
        value["known"],
        value["batch"],
        value["sheets"],
        value["created"],
        (*plan.remarks, *value["remarks"]),
        dry_run,
    )


def read_plan(
    path: Path, kind: str, sheet: str | None = None, progress: Progress | None = None
) -> ImportPlan:
    """Read a file for a book of `kind`: what it holds and which cells can't be read.

    Raises UserError for a file that can't be read at all, or in which no sheet is known.
    """
    plan = ImportPlan()
    sheets = sheets_for(kind)
    wanted = None
    if sheet is not None:
        wanted = sheet_named(sheets, sheet)
        if wanted is None:
            raise UserError(
                "There is no sheet {sheet}.",
                advice="Known: {known}.",
                sheet=sheet,
                known=", ".join(item.name for item in sheets),
            )
    watcher = progress or Silent()
    with open_file(path, sheets) as raws:
        for raw, meant, first in _chosen(raws, sheets, wanted, path, plan):
            plan_sheet(plan, meant, raw, first, watcher)
    return plan


@contextmanager
def open_file(path: Path, sheets: Sequence[Sheet]) -> Iterator[list[RawSheet]]:
    """The sheets of a workbook or CSV file. Raises UserError for one that is neither."""
    from app.ledger.imports.workbook import is_workbook, open_workbook

    if not path.is_file():
        raise UserError("There is no file {name}.", advice="Look at its name and folder.", name=str(path))
    if not path.stat().st_size:
        raise UserError("{name} is empty.", name=path.name)
    if is_workbook(path):
        with open_workbook(path) as raws:
            yield raws
    elif path.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"):
        raise UserError(
            "{name} is not an Excel workbook, whatever its name says.",
            advice="Open it in the program that made it and save it as Excel workbook (.xlsx) or CSV.",
            name=path.name,
        )
    else:
        with open_delimited(path, lambda rows: known_headings(sheets, rows)) as raw:
            yield [raw]


def _chosen(
    raws: list[RawSheet], sheets: Sequence[Sheet], wanted: Sheet | None, path: Path, plan: ImportPlan
) -> Iterator[tuple[RawSheet, Sheet, list[RawRow]]]:
    """Which sheet each one of the file is, with its first rows; in the order of the file."""
    named = [(raw, sheet_named(sheets, raw.name)) for raw in raws]
    if wanted is not None:
        named = [(raw, meant) for raw, meant in named if meant is wanted]
        if not named:
            if len(raws) != 1:
                raise UserError(
                    "{name} has no sheet {sheet}.",
                    advice="It has: {known}.",
                    name=path.name,
                    sheet=wanted.name,
                    known=", ".join(raw.name for raw in raws),
                )
            # The only sheet of a file is the one meant, whatever it is called.
            named = [(raws[0], wanted)]
    elif not any(meant for _, meant in named):
        yield from _told_by_headings(raws, sheets, path, plan)
        return
    for raw, meant in named:
        if meant is not None:
            yield raw, meant, first_rows(raw)
        elif folded(raw.name) not in _OWN:
            _unknown(raw, plan)


def _told_by_headings(
    raws: list[RawSheet], sheets: Sequence[Sheet], path: Path, plan: ImportPlan
) -> Iterator[tuple[RawSheet, Sheet, list[RawRow]]]:
    """Where no sheet has a name we know (a CSV has none), the headings say what it is."""
    told = False
    for raw in raws:
        if folded(raw.name) in _OWN:
            continue
        first = first_rows(raw)
        fitting = told_by_headings(sheets, first, f"{path.stem} {raw.name}")
        if len(fitting) > 1:
            raise UserError(
                "{name} can be more than one kind of sheet: {sheets}.",
                advice="Say which of them it is.",
                name=path.name,
                sheets=", ".join(sheet.name for sheet in fitting),
            )
        if fitting:
            told = True
            yield raw, fitting[0], first
        else:
            _unknown(raw, plan)
    if not told and not plan.faults:
        raise UserError(
            "No sheet and no headings of {name} are known.",
            advice="Begin with the empty workbook to fill in (template). Known sheets: {known}.",
            name=path.name,
            known=", ".join(sheet.name for sheet in sheets),
        )


def _unknown(raw: RawSheet, plan: ImportPlan) -> None:
    """Tell of a sheet that is not read; one for the other kind of book is a fault: its rows would be lost."""
    meant = sheet_named(all_sheets(), raw.name)
    if meant is None:
        plan.remarks.append(
            Remark(N_("The sheet {sheet} is not known and was not read."), {"sheet": raw.name})
        )
        return
    first = first_rows(raw)
    if len(first) > 1:
        error = UserError(
            "The sheet {sheet} does not belong into a book of this kind.",
            advice="Import it into the other book, or delete the sheet.",
            sheet=raw.name,
        )
        plan.faults.put(ImportFault(raw.name, first[0][0], 0, "", "", error))


def _digest(path: Path) -> str:
    digest = blake2b(digest_size=32)
    with path.open("rb") as stream:
        for chunk in iter(lambda: stream.read(1 << 20), b""):
            digest.update(chunk)
    return digest.hexdigest()


def _mark(path: Path, plan: ImportPlan, faults: Sequence[ImportFault], translator: Translator) -> Path | None:
    from app.ledger.imports.marking import write_marked_copy

    return write_marked_copy(path, plan, faults, translator)
