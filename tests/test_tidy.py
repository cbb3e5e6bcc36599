"""House rules of the code. Each one says what to write instead."""

import ast
import os
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
LONGEST_FILE = 600
NOT_OURS = {"build", "dist", "out", "__pycache__"}
DRAWERS = {"util", "utils", "helper", "helpers", "misc", "common"}
SENTENCES = {"_", "N_", "Refused", "UserError", "BookUnavailable", "broken", "notice"}
CLOCK_CALLS = {
    *("datetime.now", "datetime.utcnow", "datetime.today", "datetime.datetime.now"),
    *("date.today", "datetime.date.today", "datetime.datetime.today", "time.localtime"),
    *("time.time", "time.time_ns", "time.monotonic", "time.perf_counter", "time.gmtime"),
}


def own_files() -> list[str]:
    """Return all files of the project, as paths from its folder; no environment, no caches."""
    found = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [
            name
            for name in folders
            if name not in NOT_OURS
            and (name == ".ci" or not name.startswith("."))
            and not name.endswith(".egg-info")
        ]
        here = Path(folder).relative_to(ROOT)
        found += [(here / name).as_posix() for name in files]
    return sorted(found)


OWN_FILES = own_files()
MODULES = [name for name in OWN_FILES if name.endswith(".py")]
OF_THE_PROGRAM = [name for name in MODULES if name.startswith("app/")]


def text_of(name: str) -> str | None:
    """Return what a file says, or None when it is no text."""
    content = (ROOT / name).read_bytes()
    if b"\0" in content:
        return None
    try:
        return content.decode()
    except UnicodeDecodeError:
        return None


def tree_of(name: str) -> ast.Module:
    """Return the syntax tree of one of our modules."""
    return ast.parse((ROOT / name).read_text(encoding="utf-8"), name)


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Yield every call in a module with the dotted name of what is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


@dataclass(frozen=True, slots=True)
class Rule:
    """`says` whether a call is wrong; `instead` is what to write; `holds` is where it is asked."""

    name: str
    instead: str
    says: Callable[[ast.Call, str], bool]
    holds: Callable[[str], bool]


def is_ledger_of_money(name: str) -> bool:
    """Say whether figures of money are made in this module (a page's millimetres are not).

    Numbers in an Excel file are binary doubles; the workbook reader takes them as they are, and
    app/ledger/imports/cells.py makes whole rupiah and Decimals of them before anything else sees one.
    """
    if name == "app/ledger/imports/workbook.py":
        return False
    builder = re.fullmatch(r"app/reports/(forms/)?[a-z_]+\.py", name)
    return name.startswith("app/ledger/") or name == "app/base/money.py" or bool(builder)


def is_sewn_together(call: ast.Call, name: str) -> bool:
    """Say whether a sentence for the person is put together before it can be translated."""
    if name.rpartition(".")[2] not in SENTENCES:
        return False
    given = [*call.args, *(each.value for each in call.keywords if each.arg == "advice")]
    return any(is_made_text(each) for each in given)


def is_made_text(node: ast.expr) -> bool:
    """Say whether an expression is an f-string, `"..." % x`, `"..." + x` or `"...".format(x)`."""
    match node:
        case ast.JoinedStr():
            return True
        case ast.BinOp(left=left, op=ast.Add() | ast.Mod(), right=right):
            return any(is_text(part) or is_made_text(part) for part in (left, right))
        case ast.Call(func=ast.Attribute(value=value, attr="format" | "join")):
            return is_text(value)
        case _:
            return False


def is_text(node: ast.expr) -> bool:
    """Say whether an expression is a text as it stands in the code."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


RULES = (
    Rule(
        "no float near money",
        "int rupiah; Decimal or Fraction for rates and quantities (app.base.money)",
        lambda _call, name: name == "float",
        is_ledger_of_money,
    ),
    Rule(
        "one clock",
        "the Clock that is handed in (app.base.clock)",
        lambda _call, name: name in CLOCK_CALLS,
        lambda name: name.startswith("app/") and name != "app/base/clock.py",
    ),
    Rule(
        "a test tells right from wrong, not fast from slow",
        "a figure of tests/bench, as a ratio against a reference in the same run",
        lambda _call, name: name.removeprefix("time.") in {"perf_counter", "stopwatch", "process_time"},
        lambda name: (
            name.startswith("tests/") and not name.startswith(("tests/bench/", "tests/base/test_clock"))
        ),
    ),
    Rule(
        "printing is the command line's",
        "return the value, or logging.getLogger(__name__)",
        lambda _call, name: name == "print",
        lambda name: name.startswith("app/") and not name.startswith("app/cli/"),
    ),
    Rule(
        "a sentence is one template",
        '_("Paid {amount:rp} to {payee}", amount=..., payee=...)',
        is_sewn_together,
        lambda name: name.startswith("app/"),
    ),
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_house_rule(rule: Rule) -> None:
    asked = [name for name in MODULES if rule.holds(name)]
    assert asked, f"the rule '{rule.name}' is asked nowhere"
    faults = [
        f"{name}:{call.lineno}: {ast.unparse(call)[:60]}"
        for name in asked
        for call, called in calls(tree_of(name))
        if rule.says(call, called)
    ]
    assert faults == [], f"{rule.name}; write instead: {rule.instead}"


@pytest.mark.parametrize(
    ("rule", "wrong", "right"),
    [
        ("no float near money", "float(amount)", "Decimal(amount)"),
        ("one clock", "datetime.now(UTC)", "clock.now()"),
        ("a test tells right from wrong, not fast from slow", "time.perf_counter()", "len(rows)"),
        ("printing is the command line's", "print(total)", "log.info(total)"),
        ("a sentence is one template", '_(f"Paid {amount}")', '_("Paid {amount}", amount=1)'),
        ("a sentence is one template", '_("Paid %s" % amount)', "_(message)"),
        ("a sentence is one template", 'errors.Refused("Paid " + payee)', 'N_("Paid")'),
        ("a sentence is one template", '_("Paid {}".format(payee))', "_(label, n=count + 1)"),
        ("a sentence is one template", 'UserError("No.", advice=f"{what}")', 'broken("a", "b")'),
    ],
)
def test_the_rules_tell_wrong_from_right(rule: str, wrong: str, right: str) -> None:
    says = next(each.says for each in RULES if each.name == rule)
    assert any(says(call, name) for call, name in calls(ast.parse(wrong)))
    assert not any(says(call, name) for call, name in calls(ast.parse(right)))


def test_every_module_says_what_it_is_for() -> None:
    asked = [name for name in MODULES if not name.startswith("tests/")]
    faults = [name for name in asked if not ast.get_docstring(tree_of(name))]
    assert faults == [], "begin with a docstring: what lives here, in the user's words"


def test_no_module_is_a_drawer() -> None:
    faults = [name for name in MODULES if DRAWERS & set(Path(name).with_suffix("").parts)]
    assert faults == [], "name it for what it holds"


def test_no_file_is_too_long() -> None:
    lengths = {name: len((text_of(name) or "").splitlines()) for name in MODULES}
    faults = {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE}
    assert faults == {}, f"more than {LONGEST_FILE} lines: part it by what it holds"


def test_nothing_is_left_to_do() -> None:
    # Put together here, so that this file does not find itself.
    marks = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b")
    faults = [
        f"{name}:{number}: {line.strip()[:60]}"
        for name in MODULES
        for number, line in enumerate((text_of(name) or "").splitlines(), start=1)
        if marks.search(line)
    ]
    assert faults == [], "do it, or write an issue"


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    strange = [
        "/".join(("", "work", "")),
        "/".join(("", "root", "")),
        "/".join(("", "opt", "pypi")),
        "/".join(("", "opt", "wheels")),
        "_".join(("bash", "jobs")),
        "-".join(("extra", "index", "url")),
        ".".join(("files", "pythonhosted", "org")),
    ]
    faults = [
        f"{name}: {each}"
        for name in OWN_FILES
        if (text := text_of(name)) is not None
        for each in strange
        if each in text
    ]
    assert faults == [], "a path from the project's folder, or nothing"


def test_no_file_is_kept_that_is_made() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"/.venv/", "__pycache__/", "*.mo", "*.lumbung"} <= set(ignored)


def test_every_catalogue_compiles() -> None:
    catalogues = [name for name in OWN_FILES if name.endswith(".po")]
    assert any(name.startswith("translations/id/") for name in catalogues)
    for name in catalogues:
        with (ROOT / name).open("rb") as source:
            catalogue = read_po(source, abort_invalid=True)
        write_mo(BytesIO(), catalogue)


# --- the locks -------------------------------------------------------------------------------------


def lock(name: str) -> dict[str, str]:
    """Return package -> version of a lock file."""
    text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", ["run", "dev", "build"])
def test_a_lock_names_hashes_and_no_index(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    assert "://" not in text
    assert re.findall(r"^-", text, re.MULTILINE) == []
    for block in re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]:
        assert "--hash=sha256:" in block, block


def test_the_tests_run_on_the_versions_people_run() -> None:
    run = lock("run")
    assert run
    assert run.items() <= lock("dev").items()


def test_the_locks_hold_what_the_project_asks_for() -> None:
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {
        "run": configuration["project"]["dependencies"],
        "dev": configuration["dependency-groups"]["dev"],
        "build": configuration["dependency-groups"]["build"],
    }
    for name, wanted in asked.items():
        names = {re.split(r"[><=!~;\[ ]", each)[0].lower().replace("_", "-") for each in wanted}
        assert names <= lock(name).keys(), "python3 dev.py lock"


def test_the_engine_is_locked_for_every_platform() -> None:
    text = (ROOT / "requirements" / "run.lock").read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)
    engine = next(block for block in blocks if block.startswith("sqlcipher3=="))
    # Four versions of Python, and at least Windows, Linux and both kinds of Mac.
    assert engine.count("--hash=sha256:") >= 4 * 4
