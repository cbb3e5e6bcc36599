"""The import workbook on the command line: the template, and reading a filled one."""

from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.books import BookPath, KindOption, checked_kind
from app.cli.console import Console, Exit, console


def template(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="The workbook to write.")],
    kind: KindOption,
    filled: Annotated[bool, typer.Option("--filled", help="With a sample filled in.")] = False,
) -> None:
    """Write the import workbook, empty or with a filled sample."""
    from app.ledger.imports.template import write_template

    speak = console()
    written = write_template(file, checked_kind(kind), speak.translator, filled=filled)
    speak.note("Wrote {file}.", file=str(written))


def import_(
    book: BookPath,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A workbook (.xlsx) or a CSV of one sheet.")],
    sheet: Annotated[str, typer.Option("--sheet", help="Which sheet a CSV is.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look; change nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write the result as JSON.")] = False,
) -> int:
    """Read a workbook or CSV into a book: every row, or none."""
    from app.ledger.imports import ImportRefused, import_file

    speak = console()
    try:
        with speak.book(book) as opened:
            result = import_file(
                opened,
                file,
                sheet=sheet or None,
                dry_run=dry_run,
                progress=speak,
                translator=speak.translator,
            )
    except ImportRefused as refused:
        _faults(speak, refused, as_json=as_json)
        return Exit.REFUSED
    if as_json:
        speak.json(result.to_json(speak.translator))
    else:
        for line in result.lines(speak.translator):
            speak.say(line)
    return Exit.DONE


def _faults(speak: Console, refused: Any, *, as_json: bool) -> None:
    rows = [fault.to_json(speak.translator) for fault in refused.faults]
    if as_json:
        speak.json(rows)
    for fault in refused.faults:
        speak.note("{where}: {message}", where=fault.where, message=fault.message(speak.translator))
    speak.note("{count:n} rows need mending. Nothing was imported; your book is as it was.", count=len(rows))
    if refused.marked is not None:
        speak.note("The cells are marked in {file}.", file=str(refused.marked))


COMMANDS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    ("template", template, {}),
    ("import", import_, {}),
)
