"""The program as someone sees it who has only its command line: what it says, and how a run ends."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from app.cli.main import run

Row = Sequence[Any]


class Said(NamedTuple):
    """What one run said and how it ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Lumbung:
    """Runs the command line in this process; `heard` gives what was said since it was last asked."""

    def __init__(self, heard: Callable[[], tuple[str, str]]) -> None:
        self._heard = heard

    def __call__(self, *arguments: object) -> Said:
        self._heard()
        status = run([str(item) for item in arguments])
        out, err = self._heard()
        return Said(status, out, err)

    def good(self, *arguments: object) -> Said:
        """A run that has to end well."""
        said = self(*arguments)
        assert said.status == 0, said.err or said.out
        return said

    def new(self, path: Path, kind: str = "business") -> Path:
        """A new book."""
        self.good("new", path, "--kind", kind, "--name", "Warung Sari")
        return path

    def do(self, book: Path, command: str, *arguments: object) -> Said:
        """A command of the ledger that has to be done."""
        return self.good("do", book, command, *arguments)

    def report(self, book: Path, key: str, *arguments: object) -> dict[str, Any]:
        """A report as JSON."""
        report: dict[str, Any] = self.good("report", book, key, *arguments, "--as", "json").json
        return report

    def items(self, book: Path, key: str, *arguments: object) -> list[dict[str, Any]]:
        """The cells of a report's item rows."""
        rows = self.report(book, key, *arguments)["rows"]
        return [row["cells"] for row in rows if row["kind"] == "item"]

    def totals(self, book: Path, key: str, *arguments: object) -> dict[str, Any]:
        """The totals of a report."""
        totals: dict[str, Any] = self.report(book, key, *arguments)["totals"]
        return totals

    def balances(self, book: Path, on: str) -> dict[str, int]:
        """Each account's balance, debit positive."""
        rows = self.items(book, "trial-balance", "--on", on)
        return {row["code"]: row["debit"] - row["credit"] for row in rows if row["debit"] != row["credit"]}

    def faults(self, book: Path, file: Path, *arguments: object) -> list[tuple[str, int, str, str, str]]:
        """The faults of an import that must change nothing: (sheet, row, column, value, message)."""
        before = book.read_bytes()
        said = self("import", book, file, *arguments, "--json")
        assert said.status == 1, (said.status, said.out, said.err)
        assert book.read_bytes() == before
        assert "Traceback" not in said.err
        found = said.json
        assert found
        for fault in found:
            assert list(fault) == ["sheet", "row", "column", "value", "message"]
        return [
            (each["sheet"], each["row"], each["column"], each["value"], each["message"]) for each in found
        ]


def workbook(path: Path, sheets: Mapping[str, Sequence[Row]]) -> Path:
    """A workbook as its owner would make it: for each sheet the rows, headings first."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path
