"""The house stands as drawn: what design and contracts in pyproject.toml say, and what they can't say."""

import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[1]

# What each floor may use besides Python itself and the floors below it.
LIBRARIES = {
    "app.base": {"babel", "num2words", "platformdirs"},
    "app.ledger": {"sqlalchemy", "sqlmodel", "sqlcipher3", "alembic", "openpyxl", "lxml"},
    "app.reports": {"reportlab", "openpyxl", "lxml", "segno", "pypdf"},
    "app.bootstrap": set[str](),
    "app.cli": {"typer", "click"},
    "app.__main__": set[str](),
    "app.services": set[str](),
    # shiboken6 comes with PySide6 and alone tells whether Qt has deleted an object already.
    "app.ui": {"PySide6", "shiboken6"},
    "app.sync": {"httpx2", "truststore", "nacl", "msgspec"},
    "app.hub": {
        *("starlette", "msgspec", "uvicorn", "nacl", "sqlalchemy", "psycopg", "cryptography"),
    },
    "app.training": set[str](),
}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    """Who imports whom, libraries included."""
    return grimp.build_graph("app", include_external_packages=True, cache_dir=None)


def is_in(module: str, package: str) -> bool:
    """Say whether a module is a package or lies in it."""
    return module == package or module.startswith(f"{package}.")


def imports(graph: grimp.ImportGraph) -> list[tuple[str, str]]:
    """Return every import of the program as (importer, imported)."""
    return [
        (importer, imported)
        for importer in sorted(graph.modules)
        if is_in(importer, "app")
        for imported in sorted(graph.find_modules_directly_imported_by(importer))
    ]


def test_every_import_goes_down_the_floors() -> None:
    program = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_logo=True))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_import_is_let_off_the_contracts() -> None:
    configuration = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "ignore_imports =" not in configuration
    assert "exhaustive_ignores" not in configuration


def test_each_floor_uses_only_its_libraries(graph: grimp.ImportGraph) -> None:
    faults = []
    for importer, imported in imports(graph):
        library = imported.partition(".")[0]
        if library == "app" or library in sys.stdlib_module_names:
            continue
        floor = next((floor for floor in LIBRARIES if is_in(importer, floor)), None)
        if floor is None or library not in LIBRARIES[floor]:
            faults.append(f"{importer} imports {library}")
    assert faults == [], "ask a floor that may use it, or add it to LIBRARIES with a reason"


def test_only_storage_opens_a_book_file(graph: grimp.ImportGraph) -> None:
    faults = [
        f"{importer} imports {imported}"
        for importer, imported in imports(graph)
        if imported in {"sqlite3", "sqlcipher3", "alembic"} and not is_in(importer, "app.ledger.storage")
    ]
    assert faults == [], "use app.ledger.storage.engine; a second SQLite would drop our locks"


def test_no_slice_reaches_into_another_ones_tables(graph: grimp.ImportGraph) -> None:
    faults = []
    for importer, imported in imports(graph):
        if not (is_in(imported, "app.ledger") and imported.endswith(".tables")):
            continue
        owner = imported.removesuffix(".tables")
        # What storage calls tables is the tool with which a slice declares its own.
        if owner != "app.ledger.storage" and not is_in(importer, owner):
            faults.append(f"{importer} imports {imported}")
    assert faults == [], "ask the owner's queries or service instead"


def test_importing_the_rules_of_the_ledger_loads_no_heavy_library() -> None:
    """A start on the command line must not pay for papers and workbooks it does not make."""
    heavy = ("reportlab", "openpyxl", "babel", "num2words", "alembic", "PySide6", "lxml", "segno")
    program = (
        "import sys, app.base.i18n, app.base.format, app.base.parse, app.ledger.snapshot;"
        f"print(*(name for name in {heavy!r} if name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [], "import it inside the function that needs it"
