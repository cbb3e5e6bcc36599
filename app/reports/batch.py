"""Many papers at once: all members' statements of a month into one file, or a file for each member.

What is printed is finished data; nothing here reads a book. Files are drawn into a hidden folder beside
their place and renamed when all of them are there: a job that is stopped or fails leaves the
folder as it was, and half of the members' papers never look like all of them.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from tempfile import TemporaryDirectory

from app.base.i18n import Translator
from app.base.paths import flush, put_in_place, write_bytes
from app.base.progress import Progress, Silent
from app.reports.account_statement import AccountStatement, Cover
from app.reports.forms import StatementHead
from app.reports.forms.cover import draw_cover, needs_landscape
from app.reports.forms.member_statement import draw_member_statement
from app.reports.forms.member_statement_small import draw_statements
from app.reports.forms.verification import file_code, verification_code
from app.reports.paper import PAPERS, Sheet

COVER_FILE = "sampul.pdf"
WORTH_TWO_PROCESSES = 50  # statements; below this starting the second one takes longer than it saves
_CHUNK = 10
_NAME_LENGTH = 80


def statements_pdf(
    statements: Sequence[AccountStatement],
    cover: Cover | None,
    head: StatementHead,
    translator: Translator,
    per_page: int = 1,
    progress: Progress | None = None,
) -> bytes:
    """All statements in one PDF, the cover first, 1, 2 or 4 members to a page.

    When the cover doesn't agree with the ledger it stands alone: nothing wrong is handed out.
    """
    if cover is not None and not cover.agrees:
        return _cover_pdf(cover, head, translator, "")
    _ = translator
    sheet = _sheet(head, translator, _("Member statements"))
    if cover is not None:
        draw_cover(sheet, cover, head, translator, _code_of(statements, cover, head))
    draw_statements(sheet, statements, head, translator, per_page, progress or Silent())
    return sheet.finish()


def write_statements(
    target: Path,
    statements: Sequence[AccountStatement],
    cover: Cover | None,
    head: StatementHead,
    translator: Translator,
    per_page: int = 1,
    progress: Progress | None = None,
) -> Path:
    """Write `statements_pdf` to a file; returns where it is."""
    return write_bytes(target, statements_pdf(statements, cover, head, translator, per_page, progress))


def write_statement_files(
    folder: Path,
    statements: Sequence[AccountStatement],
    cover: Cover | None,
    head: StatementHead,
    translator: Translator,
    progress: Progress | None = None,
    processes: int | None = None,
) -> list[Path]:
    """Write a file for each member and the cover into the folder, which is made; returns the files.

    Names are like `0137-siti-rahayu-wulandari.pdf`. `processes` is 1 or 2; by default two are used where
    that is faster. When the cover doesn't agree with the ledger, it is the only file.
    """
    progress = progress or Silent()
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".lumbung-", dir=folder) as hidden:
        staged = _drawn(Path(hidden), statements, cover, head, translator, progress, processes)
        return sorted(put_in_place([(path, folder / path.name) for path in staged]))


def _drawn(
    folder: Path,
    statements: Sequence[AccountStatement],
    cover: Cover | None,
    head: StatementHead,
    translator: Translator,
    progress: Progress,
    processes: int | None,
) -> list[Path]:
    """Draw all files into a folder nobody sees yet."""
    cover_file = folder / COVER_FILE
    if cover is not None and not cover.agrees:
        cover_file.write_bytes(_cover_pdf(cover, head, translator, ""))
        flush(cover_file)
        return [cover_file]
    jobs = [
        _Job(folder / name, statement, number)
        for number, (name, statement) in enumerate(zip(file_names(statements), statements, strict=True), 1)
    ]
    if processes is None:
        processes = 2 if len(jobs) > WORTH_TWO_PROCESSES and (cpu_count() or 1) > 1 else 1
    batch = _Batch(head, translator, len(jobs))
    done: list[Path] = []
    names = {job.target: job.statement.name for job in jobs}
    progress.step(0, len(jobs), "")
    for paths in _shared(batch, jobs, processes) if processes > 1 else _in_one(batch, jobs):
        # Flushed by the parent, which has little else to do while the others draw.
        for path in paths:
            flush(path)
        done += paths
        progress.step(len(done), len(jobs), names[paths[-1]])
    if cover is not None:
        code = _code_of(statements, cover, head)
        cover_file.write_bytes(_cover_pdf(cover, head, translator, code))
        flush(cover_file)
        done.append(cover_file)
    return done


def statement_pdf(
    statement: AccountStatement,
    head: StatementHead,
    translator: Translator,
    sheet_number: int = 1,
    sheet_count: int = 1,
) -> bytes:
    """One member's statement as a PDF of its own."""
    _ = translator
    title = _("Member statement {number}", number=statement.number)
    sheet = _sheet(head, translator, title, alone=True)
    draw_member_statement(sheet, statement, head, translator, sheet_number, sheet_count)
    return sheet.finish()


def file_names(statements: Sequence[AccountStatement]) -> list[str]:
    """A file name for each member that every system accepts: ASCII, small letters, all different."""
    taken = {COVER_FILE}
    names = []
    for statement in statements:
        slug = _slug(f"{statement.number} {statement.name}")
        if not _slug(statement.number) or not _slug(statement.name):
            # A lone number could be a name Windows keeps for itself, such as `con` or `aux`.
            slug = f"anggota-{slug}".rstrip("-")
        name, again = f"{slug}.pdf", 1
        while name in taken:
            again += 1
            name = f"{slug}-{again}.pdf"
        taken.add(name)
        names.append(name)
    return names


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_NAME_LENGTH].rstrip("-")


@dataclass(frozen=True, slots=True)
class _Job:
    """One statement and where it goes."""

    target: Path
    statement: AccountStatement
    number: int


@dataclass(frozen=True, slots=True)
class _Batch:
    """What all jobs share; sent once to each process."""

    head: StatementHead
    translator: Translator
    count: int

    def write(self, job: _Job) -> Path:
        """Draw one statement and write its file."""
        content = statement_pdf(job.statement, self.head, self.translator, job.number, self.count)
        job.target.write_bytes(content)
        return job.target


def _in_one(batch: _Batch, jobs: Sequence[_Job]) -> Iterator[list[Path]]:
    for job in jobs:
        yield [batch.write(job)]


def _shared(batch: _Batch, jobs: Sequence[_Job], processes: int) -> Iterator[list[Path]]:
    """Draw in several processes; what is left where one of them can't start or is ended, in this one."""
    done: set[Path] = set()
    try:
        for paths in _in_two(batch, jobs, processes):
            done.update(paths)
            yield paths
    except BrokenProcessPool:
        # Little memory, or a guard of the machine that lets no second process run: slower, but all the same.
        yield from _in_one(batch, [job for job in jobs if job.target not in done])


def _in_two(batch: _Batch, jobs: Sequence[_Job], processes: int) -> Iterator[list[Path]]:
    """Deal out the jobs in small heaps; the parent only counts. Spawned processes share nothing."""
    with ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=_start, initargs=(batch,)
    ) as pool:
        try:
            heaps: list[Future[list[Path]]] = [
                pool.submit(_write_heap, list(jobs[start : start + _CHUNK]))
                for start in range(0, len(jobs), _CHUNK)
            ]
            for heap in as_completed(heaps):
                yield heap.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


_batch: _Batch | None = None  # in a drawing process: what it was started with


def _start(batch: _Batch) -> None:
    global _batch  # noqa: PLW0603 - set once, when the process starts
    _batch = batch


def _write_heap(jobs: Sequence[_Job]) -> list[Path]:
    assert _batch is not None
    return [_batch.write(job) for job in jobs]


def _sheet(
    head: StatementHead,
    translator: Translator,
    title: str,
    *,
    landscape: bool = False,
    alone: bool = False,
) -> Sheet:
    return Sheet(
        PAPERS[head.paper],
        landscape=landscape,
        title=title,
        author=head.letterhead.name,
        language=translator.language,
        made_at=head.made_at,
        alone=alone,
    )


def _cover_pdf(cover: Cover, head: StatementHead, translator: Translator, code: str) -> bytes:
    _ = translator
    sheet = _sheet(
        head,
        translator,
        _("Cover of the statements"),
        landscape=needs_landscape(cover, translator),
        alone=True,
    )
    draw_cover(sheet, cover, head, translator, code)
    return sheet.finish()


def _code_of(statements: Sequence[AccountStatement], cover: Cover, head: StatementHead) -> str:
    codes = (verification_code(statement, head.book) for statement in statements)
    return file_code(codes, cover)
