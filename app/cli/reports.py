"""Reports on the command line: the list, one report, and the statements of all members."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.books import BookPath, parsed
from app.cli.console import Console, console, usage

if TYPE_CHECKING:
    from app.reports.frame import Parameters

MonthOption = Annotated[str, typer.Option("--month", help="A month, 2026-10.")]
YearOption = Annotated[int, typer.Option("--year", help="A year, 2026.")]
PaperOption = Annotated[str, typer.Option("--paper", help="A4 or F4.")]
_KINDS = ("text", "json", "csv", "pdf", "xlsx")
_KIND_OF_ENDING = {".txt": "text", ".json": "json", ".csv": "csv", ".pdf": "pdf", ".xlsx": "xlsx"}


def reports(
    as_json: Annotated[bool, typer.Option("--json", help="Write the list as JSON.")] = False,
) -> None:
    """List every report."""
    from app.reports.catalog import reports as all_reports

    speak = console()
    listed = all_reports()
    if as_json:
        speak.json(
            [
                {
                    "key": spec.key,
                    "title": speak.translator(spec.title),
                    "parameters": list(spec.parameters),
                    "needs": list(spec.needs),
                    "as_of": spec.as_of,
                    "kinds": list(spec.kinds),
                }
                for spec in listed.values()
            ]
        )
        return
    for spec in listed.values():
        options = " ".join(f"--{name.replace('_', '-')}" for name in spec.parameters)
        speak.say(f"{spec.key:<20} {speak.translator(spec.title):<42} {options}".rstrip())


def report(
    book: BookPath,
    key: Annotated[str, typer.Argument(metavar="KEY", help="See: lumbung reports.")],
    month: MonthOption = "",
    year: YearOption = 0,
    first: Annotated[str, typer.Option("--from", help="First day, 2026-10-01.")] = "",
    last: Annotated[str, typer.Option("--to", help="Last day, 2026-10-31.")] = "",
    on: Annotated[str, typer.Option("--on", help="As of a day, 2026-10-31.")] = "",
    member: Annotated[str, typer.Option("--member", help="Number of a member.")] = "",
    loan: Annotated[str, typer.Option("--loan", help="Number of a loan.")] = "",
    deposit: Annotated[str, typer.Option("--deposit", help="Number of a term deposit.")] = "",
    account: Annotated[str, typer.Option("--account", help="Code of an account.")] = "",
    party: Annotated[str, typer.Option("--party", help="Code of a customer or supplier.")] = "",
    product: Annotated[str, typer.Option("--product", help="Code of a product.")] = "",
    compare: Annotated[int, typer.Option("--compare", help="A year to compare with.")] = 0,
    before_closing: Annotated[
        bool, typer.Option("--before-closing", help="Without the year's closing entries.")
    ] = False,
    kind: Annotated[str, typer.Option("--as", help="text, json, csv, pdf or xlsx.")] = "",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The file to write.")] = None,
    paper: PaperOption = "",
) -> None:
    """Make one report of a book."""
    from app.reports.catalog import report as find_report
    from app.reports.frame import Parameters

    speak = console()
    spec = find_report(key)
    if spec is None:
        usage("There is no report {key}. See: lumbung reports.", key=key)
    kind = kind or (_KIND_OF_ENDING.get(output.suffix.lower(), "") if output else "text")
    if kind not in _KINDS:
        usage("--as is one of: {known}.", known=", ".join(_KINDS))
    given: dict[str, Any] = {
        "member": member,
        "loan": loan,
        "deposit": deposit,
        "account": account,
        "party": party,
        "product": product,
    }
    missing = [name for name in spec.needs if not given[name]]
    if missing:
        usage("The report {key} needs {options}.", key=key, options=", ".join(f"--{n}" for n in missing))
    with speak.services.snapshot(book) as snapshot:
        period, only_day = _period(speak, snapshot, month, year, first, last, on)
        parameters = Parameters(
            period=period, only_day=only_day, compare=compare or None, before_closing=before_closing, **given
        )
        content = render_report(speak, snapshot, key, parameters, kind, _paper(speak, paper))
    if output is None:
        speak.write(content)
        return
    from app.base.paths import write_bytes

    written = write_bytes(output, content.encode() if isinstance(content, str) else content)
    speak.note("Wrote {file}.", file=str(written))


def render_report(
    speak: Console, snapshot: Any, key: str, parameters: "Parameters", kind: str, paper: str
) -> str | bytes:
    """One report as text or bytes of a kind; a report with a paper of its own is drawn on it as PDF."""
    from app.base.errors import Bug, Refused
    from app.reports.catalog import report as find_report
    from app.reports.render import render

    spec = find_report(key)
    if spec is None:
        raise Bug(f"no report {key}")
    if snapshot.info.kind not in spec.kinds:
        raise Refused(
            "The report {title} is not for a book of this kind.",
            advice="See: lumbung reports.",
            title=speak.translator(spec.title),
        )
    request = speak.services.request(snapshot, parameters)
    if kind == "pdf" and spec.paper is not None:
        return spec.paper(request, paper)
    return render(spec.build(request), kind, speak.translator, paper=paper)


def _period(
    speak: Console, snapshot: Any, month: str, year: int, first: str, last: str, on: str
) -> tuple[Any, bool]:
    """The period asked for, both days included, and whether only a day was given."""
    from app.base.dates import FiscalYear, Month, Period
    from app.base.parse import parse_import_date

    ways = [bool(month), bool(year), bool(first or last), bool(on)]
    if sum(ways) > 1:
        usage("Give one of --month, --year, --from with --to, --on.")
    if month:
        return parsed(Month.parse, month).period, False
    if year:
        return FiscalYear(year, snapshot.info.first_month).period, False
    if first or last:
        if not (first and last):
            usage("--from and --to belong together.")
        start, stop = parsed(parse_import_date, first), parsed(parse_import_date, last)
        if stop < start:
            usage("--from is after --to.")
        return Period.through(start, stop), False
    if on:
        day = parsed(parse_import_date, on)
        return Period.through(day, day), True
    return Month.of(speak.services.clock.today()).period, False


def _paper(speak: Console, paper: str) -> str:
    chosen = (paper or speak.services.paper).upper()
    if chosen not in ("A4", "F4"):
        usage("--paper is A4 or F4.")
    return chosen


def statements(
    book: BookPath,
    month: MonthOption,
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder; it is made.")],
    one_file: Annotated[bool, typer.Option("--one-file", help="All in one PDF.")] = False,
    per_page: Annotated[int, typer.Option("--per-page", help="1, 2 or 4 to a sheet.")] = 1,
    paper: PaperOption = "",
) -> None:
    """Make every member's statement for a month, with a cover that ties them to the ledger."""
    from app.base.dates import Month
    from app.base.errors import Refused
    from app.reports.member_statements import write_statements

    speak = console()
    if per_page not in (1, 2, 4):
        usage("--per-page is 1, 2 or 4.")
    when = parsed(Month.parse, month)
    with speak.services.snapshot(book) as snapshot:
        if snapshot.info.kind != "cooperative":
            raise Refused("Only a cooperative's book has members' statements.")
        from app.reports.frame import Parameters

        request = speak.services.request(snapshot, Parameters(period=when.period))
        made = write_statements(
            request,
            output,
            one_file=one_file,
            per_page=per_page,
            paper=_paper(speak, paper),
            progress=speak,
        )
    if not made.agrees:
        raise Refused(
            "The statements do not agree with the ledger, so none was printed; see {file}.",
            advice="Run: lumbung check BOOK.",
            file=str(made.files[0]),
        )
    for file in made.files[:3]:
        speak.say(str(file))
    speak.note(
        "Wrote {count:n} statements to {folder}. Their sum agrees with the ledger.",
        count=made.statements,
        folder=str(output),
    )


COMMANDS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    ("reports", reports, {}),
    ("report", report, {}),
    ("statements", statements, {}),
)
