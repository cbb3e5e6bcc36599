"""`self-test`: the installed program checks itself, so that a helper can tell a broken copy from a broken book."""

import os
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.console import Console, Exit, console


def self_test(
    window: Annotated[bool, typer.Option("--window", help="Open a window too.")] = False,
) -> int:
    """Check the installed program itself: engine, fonts, words, a book, a PDF, an Excel file."""
    speak = console()
    failed = 0
    # Windows lets go of a file a little after its reader did.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for name, part in (*_PARTS, *(_WINDOW if window else ())):
            try:
                detail = part(speak, Path(folder))
            except Exception as error:  # noqa: BLE001 - any failure is this test's result
                failed += 1
                speak.say(f"{'GAGAL' if speak.translator.language == 'id' else 'FAILED'}  {name}: {error}")
            else:
                speak.say(f"OK     {name}: {detail}")
    return Exit.BUG if failed else Exit.DONE


def _engine(speak: Console, folder: Path) -> str:
    del speak, folder
    from app.ledger.storage.engine import engine_version, gate

    gate()
    return ".".join(str(part) for part in engine_version())


def _words(speak: Console, folder: Path) -> str:
    del folder
    from app.base.i18n import LANGUAGES, Translator

    if Translator("id")("Trial Balance") != "Neraca Saldo":
        raise LookupError("the Indonesian catalogue is missing")
    if speak.translator.format.date_long(date(2026, 8, 17)).split()[-1] != "2026":
        raise LookupError("dates can't be written")
    return ", ".join(LANGUAGES)


def _book(speak: Console, folder: Path) -> str:
    from app.ledger import checks
    from app.ledger.entries.commands import EntryLine, PostEntry

    path = folder / "uji.lumbung"
    with speak.services.create(path, kind="business", name="Uji Diri") as book:
        book.execute(
            PostEntry(
                on=date(2026, 1, 31),
                memo="Modal",
                lines=(
                    EntryLine(account="1-1101", debit=1_250_000),
                    EntryLine(account="3-1001", credit=1_250_000),
                ),
            )
        )
    with speak.services.snapshot(path) as snapshot:
        findings = checks.run(snapshot)
    if findings:
        raise AssertionError(findings[0].template)
    return f"{path.stat().st_size // 1024} KiB"


def _report(kind: str) -> Callable[[Console, Path], str]:
    def make(speak: Console, folder: Path) -> str:
        from app.base.dates import Month
        from app.cli.reports import render_report
        from app.reports.frame import Parameters

        with speak.services.snapshot(folder / "uji.lumbung") as snapshot:
            content = render_report(
                speak, snapshot, "balance-sheet", Parameters(period=Month(2026, 1).period), kind, "A4"
            )
        if kind == "pdf" and (not isinstance(content, bytes) or b"NotoSans" not in content):
            raise LookupError("the fonts are not in the PDF")
        return f"{len(content)} bytes"

    return make


def _window(speak: Console, folder: Path) -> str:
    """Open a window on the book, on the screen if there is one, and go through its pages."""
    from app.base.dates import Month
    from app.bootstrap import services
    from app.cli.reports import render_report
    from app.reports.frame import Parameters
    from app.ui.display import draw_unseen

    draw_unseen()
    from app.ui.selftest import look_through

    book = folder / "uji.lumbung"
    with speak.services.snapshot(book) as snapshot:
        paper = render_report(
            speak, snapshot, "balance-sheet", Parameters(period=Month(2026, 1).period), "pdf", "A4"
        )
    if not isinstance(paper, bytes):
        raise TypeError("a PDF is bytes")
    # What a window remembers and keeps (recent books, backups) must not end up with the person's own.
    kept = {name: os.environ.get(name) for name in ("LUMBUNG_DATA", "LUMBUNG_CONFIG", "LUMBUNG_CACHE")}
    os.environ.update(dict.fromkeys(kept, str(folder)))
    try:
        return look_through(services, book, paper, folder)
    finally:
        for name, value in kept.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


_PARTS = (
    ("SQLite", _engine),
    ("bahasa", _words),
    ("buku", _book),
    ("PDF", _report("pdf")),
    ("Excel", _report("xlsx")),
)
_WINDOW = (("jendela", _window),)

COMMANDS: tuple[tuple[str, Any, dict[str, Any]], ...] = (("self-test", self_test, {}),)
