"""The log and the reports of bugs."""

import logging
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.base import log
from app.base.clock import FixedClock
from app.base.errors import Bug, Refused
from app.base.log import program_version, report_bug, start_log
from app.base.paths import resource_root

CLOCK = FixedClock(datetime(2026, 11, 24, 9, 14, 5, tzinfo=UTC))


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("LUMBUNG_DATA", str(tmp_path))
    root = logging.getLogger("app")
    before, level = list(root.handlers), root.level
    yield tmp_path
    for handler in [handler for handler in root.handlers if handler not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def caught(work: Callable[[], object]) -> Exception:
    try:
        work()
    except Exception as error:  # noqa: BLE001 - whatever it raises is what is wanted
        return error
    raise AssertionError("it did not fail")


def test_the_log_is_written_once(data: Path) -> None:
    path = start_log()
    assert start_log() == path == data / "logs" / "lumbung.log"
    logging.getLogger("app.base").info("mulai")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1
    assert lines[0].endswith("INFO app.base: mulai")


def test_a_report_says_where_and_what(data: Path) -> None:
    def work() -> None:
        raise Bug("a sum is not zero")

    path = report_bug(caught(work), CLOCK)
    text = path.read_text(encoding="utf-8")
    assert path.parent == data / "reports"
    assert path.name.startswith("bug-20261124-091405-")
    assert text.startswith(f"Lumbung {program_version()}\n2026-11-24T09:14:05+00:00 (zone +00:00)\n")
    assert "Bug: a sum is not zero" in text
    assert "tests/base/test_log.py:" in text
    assert "in work: raise Bug(" in text
    assert str(resource_root()) not in text


def test_a_report_holds_nothing_out_of_a_book() -> None:
    def number() -> None:
        try:
            int("Siti Aminah")
        except ValueError as error:
            raise KeyError("3515144508680002") from error

    def read() -> None:
        try:
            number()
        except KeyError:
            Path("/no/such/Siti Aminah.lumbung").read_bytes()

    def work() -> None:
        try:
            read()
        finally:
            refuse()

    def refuse() -> None:
        raise Refused("{name} owes {amount:rp}.", name="Siti Aminah", amount=7)

    lines = log._told(caught(work))
    text = "\n".join(line for line in lines if not line.startswith("  "))
    assert "Siti" not in text
    assert "3515144508680002" not in text
    assert "Refused L-" in text
    assert ": {name} owes {amount:rp}." in text
    assert "while handling\nFileNotFoundError: [2] No such file or directory" in text
    assert "while handling\nKeyError\ncaused by\nValueError" in text


def test_a_report_leaves_out_what_was_set_aside() -> None:
    def work() -> None:
        try:
            int("Siti Aminah")
        except ValueError:
            raise TypeError("wrong") from None

    assert [line for line in log._told(caught(work)) if not line.startswith("  ")] == ["TypeError: wrong"]


def test_a_circle_of_causes_ends() -> None:
    one, two = ValueError(), KeyError()
    one.__cause__, two.__cause__ = two, one
    assert log._told(one) == ["ValueError", "caused by", "KeyError"]


def test_code_outside_the_program_is_shortened() -> None:
    def work() -> None:
        __import__("json").loads("{")

    places = [line for line in log._told(caught(work)) if "json/decoder.py" in line]
    assert places
    assert all(len(place.split(":")[0].strip().split("/")) == 3 for place in places)


def test_a_report_is_written_even_where_the_data_folder_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("LUMBUNG_DATA", str(tmp_path / "file"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    path = report_bug(Bug("x"))
    assert path.parent == tmp_path
    assert "Bug: x" in path.read_text(encoding="utf-8")


def test_a_frozen_program_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert "frozen: yes" in report_bug(Bug("x"), CLOCK).read_text(encoding="utf-8")


def test_the_version_is_known_installed_and_in_a_source_tree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert program_version()[0].isdigit()
    assert log._source_version()[0].isdigit()
    monkeypatch.setattr(log, "resource_root", lambda: tmp_path)
    assert log._source_version() == "unknown"
    monkeypatch.setattr("importlib.metadata.version", lambda name: f"9.{len(name)}")
    assert program_version() == "9.7"
