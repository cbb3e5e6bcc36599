"""P11 to P13: members' statements beside the same page drawn in the straightforward way.

P11 speed of one process, P12 two processes beside one, P13 bytes.
"""

from collections.abc import Sequence
from pathlib import Path

from app.base.i18n import Translator
from app.reports.account_statement import AccountStatement
from app.reports.batch import statement_pdf, statements_pdf, write_statement_files
from tests.bench.measure import Bench, Row, Scale, at_least, at_most, in_turn, once
from tests.bench.plain_statement import PlainStatement, register_fonts
from tests.reports.statement_samples import HEAD, many

PAGE_LIMIT = 3 * 1024
MEASURED = 100  # statements in one run of P11


def plain_pdf(statements: Sequence[AccountStatement], translator: Translator) -> bytes:
    """The reference: these statements in one file."""
    plain = PlainStatement(HEAD, translator, len(statements))
    for number, statement in enumerate(statements, 1):
        plain.draw(statement, number)
    return plain.finish()


def speed(scale: Scale) -> list[Row]:
    """P11: statements a second, one file for all and a file each, drawn into memory."""
    font, translator = register_fonts(), Translator("id")
    statements = many(MEASURED)

    def files() -> None:
        for number, statement in enumerate(statements, 1):
            statement_pdf(statement, HEAD, translator, number, MEASURED)

    def plain_files() -> None:
        for statement in statements:
            plain_pdf([statement], translator)

    one_file = in_turn(
        lambda: statements_pdf(statements, None, HEAD, translator),
        lambda: plain_pdf(statements, translator),
        runs=scale.runs,
    )
    each = in_turn(files, plain_files, runs=scale.runs)
    rows = []
    for what, (ours, reference) in (("one file", one_file), ("a file each", each)):
        a_second = (MEASURED * 1000 / ours, MEASURED * 1000 / reference)
        rows.append(at_least(f"statements, {what} (plain canvas, {font})", *a_second, 2.0, "a second"))
    return rows


def two_processes(scale: Scale) -> list[Row]:
    """P12: a file for each member on two processes beside one, the start of the processes included."""
    translator = Translator("id")
    statements = many(scale.members)

    def written(processes: int) -> float:
        folder: Path = scale.folder / f"statements-{processes}"
        return once(
            lambda: write_statement_files(folder, statements, None, HEAD, translator, processes=processes)
        )

    taken = [(written(2), written(1)) for _ in range(min(scale.runs, 3))]
    two, one = sorted(taken, key=lambda pair: pair[1] / pair[0])[len(taken) // 2]
    speeds = (len(statements) * 1000 / two, len(statements) * 1000 / one)
    return [at_least(f"{len(statements)} files, two processes / one", *speeds, 1.7, "a second")]


def size(scale: Scale) -> list[Row]:
    """P13: bytes of a page in one file, and of a file with its fonts beside ReportLab's subset."""
    font, translator = register_fonts(), Translator("id")
    statements = many(min(scale.members, 500))
    count = len(statements)
    page = len(statements_pdf(statements, None, HEAD, translator)) / count
    alone = len(statement_pdf(statements[0], HEAD, translator))
    plain = len(plain_pdf(statements[:1], translator))
    return [
        at_most("bytes a page in one file / 3 KB", page, PAGE_LIMIT, 1.0, "bytes"),
        at_most(f"bytes of a file of its own (plain canvas, {font})", alone, plain, 0.5, "bytes"),
    ]


BENCHES = [
    Bench("P11", "member statements beside a straightforward canvas", speed),
    Bench("P12", "member statements on two processes", two_processes),
    Bench("P13", "bytes of a member statement", size),
]
