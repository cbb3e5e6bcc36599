"""What every test gets: Indonesian time, folders of its own, a quiet log, golden files."""

import logging
import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

GOLDEN = Path(__file__).parent / "golden"

settings.register_profile("default", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=50, deadline=None, derandomize=True, database=None)
settings.register_profile(
    "thorough", max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "default"))

os.environ["TZ"] = "Asia/Jakarta"
if hasattr(time, "tzset"):
    time.tzset()


@pytest.fixture(scope="session", autouse=True)
def _folders_of_our_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests out of the books and settings of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LUMBUNG_DATA", str(tmp_path_factory.mktemp("data")))
        patch.setenv("LUMBUNG_CONFIG", str(tmp_path_factory.mktemp("config")))
        yield


class _Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on a logged warning. A test that expects one asks for `caplog` and looks itself."""
    kept = _Kept()
    logging.getLogger().addHandler(kept)
    yield
    logging.getLogger().removeHandler(kept)
    if kept.records and "caplog" not in request.fixturenames:
        lines = "\n".join(f"{each.name}: {each.getMessage()}" for each in kept.records)
        pytest.fail(f"this was logged as a warning or worse:\n{lines}", pytrace=False)


# --- golden files -------------------------------------------------------------------------------
# `golden("balance-sheet", text)` compares with tests/golden/<folder and module of the test>/
# balance-sheet.txt. `pytest --golden-update` writes what differs; the diff is then read by a person.
# After a full run a golden file no test asked for is a failure.

Golden = Callable[[str, str], None]

_asked = pytest.StashKey[set[str]]()
_left_out = pytest.StashKey[set[str]]()
_unused = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer the option to accept new texts as golden."""
    parser.addoption("--golden-update", action="store_true", help="write the golden files anew")


def pytest_configure(config: pytest.Config) -> None:
    """Start the lists of golden files asked for, and of modules not run whole."""
    config.stash[_asked] = set()
    config.stash[_left_out] = set()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Return the comparison of a text with the one kept under a name."""
    folder = _golden_folder(request.path)

    def compare(name: str, text: str) -> None:
        assert re.fullmatch(r"[a-z0-9][a-z0-9._-]*", name), f"no name for a golden file: {name!r}"
        path = folder / (name if "." in name else f"{name}.txt")
        request.config.stash[_asked].add(path.relative_to(GOLDEN).as_posix())
        text = text if text.endswith("\n") else f"{text}\n"
        if request.config.getoption("--golden-update"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        if not path.is_file():
            pytest.fail(f"{path.name} is not there yet: run with --golden-update, read it, keep it")
        kept = path.read_text(encoding="utf-8")
        assert text == kept, f"{path.relative_to(GOLDEN)} differs; if rightly so: --golden-update"

    return compare


def _golden_folder(test_file: Path) -> Path:
    return GOLDEN / test_file.relative_to(GOLDEN.parent).with_suffix("")


def pytest_deselected(items: list[pytest.Item]) -> None:
    """Remember which modules are not run whole: their golden files may rightly stay unused."""
    for item in items:
        item.config.stash[_left_out].add(_golden_folder(item.path).relative_to(GOLDEN).as_posix())


class _Reports:
    """With pytest-xdist the workers tell the main process what they saw."""

    def pytest_testnodedown(self, node: object, error: object) -> None:
        """Take over what a worker saw."""
        output: dict[str, list[str]] = getattr(node, "workeroutput", {})
        config: pytest.Config = node.config  # type: ignore[attr-defined]
        config.stash[_asked].update(output.get("golden_asked", []))
        config.stash[_left_out].update(output.get("golden_left_out", []))


def pytest_sessionstart(session: pytest.Session) -> None:
    """Listen to the workers, where there are any."""
    if session.config.pluginmanager.hasplugin("dsession"):
        session.config.pluginmanager.register(_Reports())


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a full run that left golden files unused."""
    stash = session.config.stash
    asked, left_out = stash[_asked], stash[_left_out]
    output: dict[str, list[str]] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["golden_asked"] = sorted(asked)
        output["golden_left_out"] = sorted(left_out)
        return
    if exitstatus != pytest.ExitCode.OK or not _whole(session.config):
        return
    there = {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file()}
    stash[_unused] = sorted(name for name in there - asked if name.rpartition("/")[0] not in left_out)
    if stash[_unused]:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _whole(config: pytest.Config) -> bool:
    """Say whether all tests were asked for, but for a choice by mark."""
    return config.args_source is not pytest.Config.ArgsSource.ARGS and not (
        config.getoption("keyword") or config.getoption("lf", default=False)
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the golden files no test asks for."""
    unused = terminalreporter.config.stash.get(_unused, [])
    if unused:
        terminalreporter.section("golden files no test asks for: delete them", red=True)
        for name in unused:
            terminalreporter.line(f"tests/golden/{name}")
