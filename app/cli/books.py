"""Commands on whole books: new, demo, check, backup, restore, close, undo, export."""

from pathlib import Path
from typing import Annotated, Any

import typer

from app.base.i18n import N_
from app.cli.console import Exit, console, usage

BookPath = Annotated[Path, typer.Argument(metavar="BOOK", help="The book's file, NAME.lumbung.")]
KindOption = Annotated[str, typer.Option("--kind", help="business or cooperative.")]
KINDS = ("business", "cooperative")


def checked_kind(kind: str) -> str:
    """The kind of book, or WrongUsage."""
    if kind not in KINDS:
        usage("--kind is business or cooperative.")
    return kind


def new(
    book: BookPath,
    kind: KindOption,
    name: Annotated[str, typer.Option("--name", help="Name of the business or cooperative.")],
    training: Annotated[bool, typer.Option("--training", help="A book to practise with.")] = False,
) -> None:
    """Make a book with the standard chart of accounts."""
    speak = console()
    if not name.strip():
        usage("--name can't be empty.")
    speak.services.create(book, kind=checked_kind(kind), name=name, training=training).close()
    speak.note("Made {name}.", name=str(book))


def demo(
    book: BookPath,
    kind: KindOption,
    months: Annotated[int, typer.Option("--months", min=1, max=120, help="How many months.")] = 12,
    sales_per_day: Annotated[
        int, typer.Option("--sales-per-day", min=1, max=5000, help="Sales a day of the business.")
    ] = 40,
    members: Annotated[
        int, typer.Option("--members", min=1, max=20000, help="Members in the cooperative's register.")
    ] = 100,
    until: Annotated[str, typer.Option("--until", help="Last day, 2026-10-31; without it today.")] = "",
    seed: Annotated[int, typer.Option("--seed", help="Another number makes other people and figures.")] = 1,
) -> None:
    """Make a book with believable data of Batang to look around in."""
    from app.ledger.demo.make import DemoSize, make_demo

    speak = console()
    last = _day(until) if until else speak.services.clock.today()
    size = DemoSize(months=months, sales_per_day=sales_per_day, members=members, until=last, seed=seed)
    make_demo(book, checked_kind(kind), size, progress=speak)
    speak.note("Made {name}.", name=str(book))


def check(
    book: BookPath,
    as_json: Annotated[bool, typer.Option("--json", help="Write the findings as JSON.")] = False,
) -> int:
    """Recompute every rule from the postings; writes nothing into the book."""
    from app.ledger import checks

    speak = console()
    with speak.services.snapshot(book) as snapshot:
        findings = checks.run(snapshot, speak)
    messages = [speak.translator(item.template, **item.params) for item in findings]
    if as_json:
        speak.json(
            {
                "findings": [
                    {"key": item.key, "severity": item.severity.value, "message": message}
                    for item, message in zip(findings, messages, strict=True)
                ]
            }
        )
    else:
        for item, message in zip(findings, messages, strict=True):
            word = "BROKEN" if item in checks.broken_only(findings) else "Notice"
            speak.say(f"{speak.translator(_WORDS[word])}: {message}")
    bad = checks.broken_only(findings)
    if bad:
        speak.note("The book has {count:n} broken rules. Keep the file and restore a backup.", count=len(bad))
        return Exit.REFUSED
    speak.note("The book is sound: every rule holds.")
    return Exit.DONE


_WORDS = {"BROKEN": N_("Broken"), "Notice": N_("Notice")}


def backup(
    book: BookPath,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Folder for the copy.")] = None,
) -> None:
    """Put one verified copy of the book into a folder."""
    from app.ledger.storage.backup import make_backup
    from app.ledger.storage.migrate import needs_migration

    speak = console()
    needs_migration(book)  # the book of a newer program is refused here as everywhere
    folder = output or book.parent / "salinan"
    copy = make_backup(book, folder, speak.services.clock)
    speak.say(str(copy))
    speak.note("The copy was opened and compared: it is whole.")


def restore(
    backup_file: Annotated[Path, typer.Argument(metavar="BACKUP", help="The copy to restore.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The new book; it must not exist yet.")],
) -> None:
    """Make a book from a copy; it never overwrites."""
    from app.ledger.restore import restore as restore_backup

    speak = console()
    restore_backup(backup_file, output, speak)
    speak.note("Restored {name}.", name=str(output))


def close(
    book: BookPath,
    month: Annotated[str, typer.Option("--month", help="A month to lock, 2026-10.")] = "",
    year: Annotated[int, typer.Option("--year", help="A fiscal year to close, 2026.")] = 0,
    reopen: Annotated[bool, typer.Option("--reopen", help="Open it again.")] = False,
) -> None:
    """Lock a month, or close a fiscal year with its closing entries."""
    from app.base.dates import Month
    from app.ledger.entries.commands import CloseYear, ReopenYear
    from app.ledger.periods.commands import LockMonth, UnlockMonth

    speak = console()
    if bool(month) == bool(year):
        usage("Give either --month 2026-10 or --year 2026.")
    command: Any
    if month:
        when = parsed(Month.parse, month)
        command = UnlockMonth(month=when) if reopen else LockMonth(month=when)
    else:
        command = ReopenYear(year=year) if reopen else CloseYear(year=year)
    with speak.book(book) as opened:
        outcome = opened.execute(command)
    name = month or str(year)
    if reopen:
        speak.note("{period} is open again.", period=name)
    else:
        speak.note("{period} is closed.", period=name)
    for template, params in outcome.value.get("warnings", ()):
        speak.note("Note: {warning}", warning=speak.translator(template, **params))


def undo(book: BookPath) -> None:
    """Take the last command back by a visible reversal."""
    speak = console()
    with speak.book(book) as opened:
        outcome = opened.undo()
    speak.note("Taken back: {number}", number=outcome.number)


def export(
    book: BookPath,
    kind: Annotated[str, typer.Option("--as", help="hledger, beancount, csv or json.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write (csv: a folder).")],
) -> None:
    """Write the books for another program."""
    from app.ledger.exports import EXPORTS, export_book

    speak = console()
    if kind not in EXPORTS:
        usage("--as is one of: {known}.", known=", ".join(EXPORTS))
    with speak.services.snapshot(book) as snapshot:
        export_book(snapshot, kind, output, speak)
    speak.note("Wrote {file}.", file=str(output))


def parsed(parse: Any, text: str) -> Any:
    """Parse an option's text, or WrongUsage with the parser's own sentence."""
    from app.base.errors import LumbungError
    from app.cli.console import WrongUsage

    try:
        return parse(text)
    except LumbungError as error:
        raise WrongUsage.because_of(error) from error
    except ValueError as error:
        raise WrongUsage("{text} can't be understood.", text=text) from error


def _day(text: str) -> Any:
    from app.base.parse import parse_import_date

    return parsed(parse_import_date, text)


COMMANDS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    ("new", new, {}),
    ("demo", demo, {}),
    ("check", check, {}),
    ("backup", backup, {}),
    ("restore", restore, {}),
    ("close", close, {}),
    ("undo", undo, {}),
    ("export", export, {}),
)
