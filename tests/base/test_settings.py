"""What the device remembers."""

import logging
import tomllib
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import UserError
from app.base.settings import (
    LANGUAGE,
    PAPER,
    PERSON_NAME,
    RECENT_BOOKS,
    SCALE,
    SETTINGS,
    Setting,
    Settings,
    to_toml,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_defaults(path: Path) -> None:
    settings = Settings(path)
    assert settings[LANGUAGE] == "id"
    assert settings[SCALE] == 100
    assert settings[RECENT_BOOKS] == ()
    assert settings.warnings == []
    assert not path.exists()


def test_every_setting_is_declared_once_and_its_default_is_allowed() -> None:
    assert len({setting.key for setting in SETTINGS}) == len(SETTINGS)
    for setting in SETTINGS:
        assert setting.checked(setting.default) == setting.default
        assert setting.label
        assert setting.help


def test_the_file_lies_in_the_config_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUMBUNG_CONFIG", str(tmp_path / "c"))
    Settings()[PAPER] = "F4"
    assert (tmp_path / "c" / "settings.toml").is_file()
    assert Settings()[PAPER] == "F4"


def test_changes_are_kept_and_unknown_keys_too(path: Path) -> None:
    path.write_text('future = 1\n[ui]\nsparkle = true\n[hub]\naddress = "x"\n', encoding="utf-8")
    settings = Settings(path)
    other_window = Settings(path)
    settings[SCALE] = 125
    other_window[RECENT_BOOKS] = ("C:\\Buku\\toko.lumbung", 'a"b')
    again = Settings(path)
    assert again[SCALE] == other_window[SCALE] == 125
    assert again[RECENT_BOOKS] == ("C:\\Buku\\toko.lumbung", 'a"b')
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    assert raw["future"] == 1
    assert raw["ui"] == {"sparkle": True, "scale": 125}
    assert raw["hub"] == {"address": "x"}


def test_bad_values_fall_back_with_a_warning(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path.write_text(
        '[ui]\nlanguage = "xx"\nscale = 500\ntheme = true\n[books]\nrecent = [1]\n',
        encoding="utf-8",
    )
    with caplog.at_level(logging.WARNING):
        settings = Settings(path)
    assert settings[LANGUAGE] == "id"
    assert settings[SCALE] == 100
    assert settings[RECENT_BOOKS] == ()
    assert [error.params["key"] for error in settings.warnings] == [
        "ui.language",
        "ui.theme",
        "ui.scale",
        "books.recent",
    ]
    assert "ui.scale falls back" in caplog.text


def test_a_value_where_a_table_should_be_is_replaced(path: Path) -> None:
    path.write_text('ui = "dark"\n', encoding="utf-8")
    settings = Settings(path)
    assert settings[SCALE] == 100
    settings[SCALE] = 110
    assert Settings(path)[SCALE] == 110


def test_a_file_that_is_no_toml_is_kept_aside(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path.write_bytes(b"\xff\xfe = not toml")
    with caplog.at_level(logging.WARNING):
        settings = Settings(path)
    assert settings[LANGUAGE] == "id"
    assert path.with_suffix(".bad.toml").read_bytes() == b"\xff\xfe = not toml"
    settings[LANGUAGE] = "en"
    assert Settings(path)[LANGUAGE] == "en"


def test_values_are_checked_before_they_are_kept(path: Path) -> None:
    settings = Settings(path)
    with pytest.raises(UserError, match=r'"fr" is not possible for ui\.language') as refusal:
        settings[LANGUAGE] = "fr"
    assert refusal.value.params["choices"] == ("id", "en")
    with pytest.raises(UserError) as too_large:
        settings[SCALE] = 176
    assert too_large.value.params["largest"] == 175
    assert not path.exists()


@pytest.mark.parametrize(
    ("setting", "text", "value"),
    [
        (SCALE, "125", 125),
        (PERSON_NAME, "Bu Siti", "Bu Siti"),
        (RECENT_BOOKS, "a.lumbung, b.lumbung,", ("a.lumbung", "b.lumbung")),
        (PAPER, "F4", "F4"),
    ],
)
def test_values_typed_on_the_command_line(setting: Setting[Any], text: str, value: object) -> None:
    assert setting.parsed(text) == value


@pytest.mark.parametrize(("setting", "text"), [(SCALE, "big"), (SCALE, "89"), (PAPER, "A5"), (LANGUAGE, "")])
def test_values_refused_on_the_command_line(setting: Setting[Any], text: str) -> None:
    with pytest.raises(UserError):
        setting.parsed(text)


def test_a_setting_without_bounds() -> None:
    count = Setting("x.count", 3, "Count", "How many.")
    assert count.parsed("-40") == -40
    with pytest.raises(UserError, match=r'"many" is not possible for x\.count'):
        count.parsed("many")


KEYS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUES = st.recursive(
    st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"]))
    | st.dates()
    | st.times()
    | st.datetimes(timezones=st.just(UTC)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_toml_reads_back_what_was_written(tables: dict[str, object]) -> None:
    assert tomllib.loads(to_toml(tables)) == tables


def test_toml_is_easy_to_read() -> None:
    tables = {
        "ui": {"scale": 125, "deep": {"on": True}},
        "day": date(2026, 11, 24),
        "at": [time(9, 14), datetime(2026, 11, 24, tzinfo=UTC), {"a b": 1.5}],
    }
    assert to_toml(tables) == (
        "day = 2026-11-24\n"
        'at = [09:14:00, 2026-11-24T00:00:00+00:00, {"a b" = 1.5}]\n'
        "\n[ui]\nscale = 125\n"
        "\n[ui.deep]\non = true\n"
    )
