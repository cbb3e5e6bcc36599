"""The schema, step by step. A book's user_version says how many steps it has taken.

Each step is explicit SQL: Alembic's batch mode loses DEFERRABLE, CHECKs and triggers without a word.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alembic.operations import Operations

MIGRATIONS = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Revision:
    """One step of the schema, from version - 1 to version."""

    version: int
    name: str
    upgrade: "Callable[[Operations], None]"


def statements(text: str) -> list[str]:
    """The single statements of an SQL text; a trigger's body counts as one."""
    from app.ledger.storage.engine import driver

    found: list[str] = []
    pending = ""
    for line in text.splitlines():
        if not pending and (not line.strip() or line.lstrip().startswith("--")):
            continue
        pending += line + "\n"
        if driver.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return found


def run_file(op: "Operations", name: str) -> None:
    """Run the SQL file `name` of this folder, statement by statement."""
    for statement in statements((MIGRATIONS / name).read_text(encoding="utf-8")):
        op.get_bind().exec_driver_sql(statement)


def _first(op: "Operations") -> None:
    for name in ("r001_bookkeeping.sql", "r001_business.sql", "r001_cooperative.sql"):
        run_file(op, name)


def _window(op: "Operations") -> None:
    run_file(op, "r002_window.sql")


def _cooperative(op: "Operations") -> None:
    for name in (
        "r003_members.sql",
        "r003_savings.sql",
        "r003_term.sql",
        "r003_loans.sql",
        "r003_reminders.sql",
        "r003_recognition.sql",
        "r003_applications.sql",
        "r003_schedules.sql",
        "r003_opening.sql",
        "r003_holds.sql",
    ):
        run_file(op, name)


# A revision that has left the house is never changed: books made by it exist, and only the next one reaches them.
REVISIONS: tuple[Revision, ...] = (
    Revision(1, "the first books", _first),
    Revision(2, "lists of the window, ticks of opening balances", _window),
    Revision(3, "a cooperative in depth", _cooperative),
)
CURRENT = REVISIONS[-1].version


def guard_statements() -> list[str]:
    """The triggers that make posted entries final, as single statements."""
    return statements((MIGRATIONS.parent / "triggers.sql").read_text(encoding="utf-8"))
