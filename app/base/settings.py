"""What this device remembers for its person: a TOML file, each setting declared once.

Settings of a book live in the book and change by commands; this file holds nothing of a book but
where the recent ones lie. Keys of other versions are kept, bad values fall back to the default.
"""

import json
import logging
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any, Generic, TypeVar

from app.base.errors import UserError
from app.base.i18n import LANGUAGES, N_
from app.base.paths import config_dir, write_text

T = TypeVar("T", bound=str | int | tuple[str, ...])
_LOG = logging.getLogger(__name__)
_FILE = "settings.toml"


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One setting: its dotted key, default (which gives its type), label and help.

    `choices` are the only values allowed; `smallest` and `largest` bound a number.
    """

    key: str
    default: T
    label: str
    help: str
    choices: tuple[T, ...] = ()
    smallest: int | None = None
    largest: int | None = None

    def checked(self, value: object) -> T:
        """Return the value if it can be this setting's, else say why not."""
        if isinstance(self.default, tuple) and isinstance(value, list | tuple):
            value = tuple(value)
        if type(value) is not type(self.default):
            raise self._refusal(value)
        if isinstance(value, tuple) and not all(isinstance(item, str) for item in value):
            raise self._refusal(value)
        if self.choices and value not in self.choices:
            raise self._refusal(value)
        if isinstance(value, int) and not self._in_bounds(value):
            raise self._refusal(value)
        return value

    def parsed(self, text: str) -> T:
        """Read the value as it is typed on the command line; several are separated by commas."""
        if isinstance(self.default, int):
            try:
                return self.checked(int(text))
            except ValueError as error:
                raise self._refusal(text) from error
        if isinstance(self.default, tuple):
            return self.checked(tuple(item.strip() for item in text.split(",") if item.strip()))
        return self.checked(text)

    def _in_bounds(self, value: int) -> bool:
        return (self.smallest is None or value >= self.smallest) and (
            self.largest is None or value <= self.largest
        )

    def _refusal(self, value: object) -> UserError:
        if self.choices:
            return UserError(
                '"{value}" is not possible for {key}.',
                advice="Choose one of: {choices}.",
                value=str(value),
                key=self.key,
                choices=self.choices,
            )
        if self.smallest is not None and self.largest is not None:
            return UserError(
                '"{value}" is not possible for {key}.',
                advice="Choose a number from {smallest} to {largest}.",
                value=str(value),
                key=self.key,
                smallest=self.smallest,
                largest=self.largest,
            )
        return UserError('"{value}" is not possible for {key}.', value=str(value), key=self.key)


LANGUAGE = Setting(
    "ui.language",
    "id",
    N_("Language"),
    N_("The language of the window, the reports and the messages."),
    choices=LANGUAGES,
)
THEME = Setting(
    "ui.theme",
    "system",
    N_("Theme"),
    N_("Light, dark, high contrast, or as the computer is set."),
    choices=("system", "light", "dark", "contrast"),
)
SCALE = Setting(
    "ui.scale",
    100,
    N_("Size"),
    N_("The size of everything in the window, in percent."),
    smallest=90,
    largest=175,
)
PERSON_NAME = Setting(
    "person.name",
    "",
    N_("Your name"),
    N_("Written beside everything you record, so that others know who did it."),
)
RECENT_BOOKS: Setting[tuple[str, ...]] = Setting(
    "books.recent", (), N_("Recent books"), N_("The books opened last, the latest first.")
)
PAPER = Setting(
    "print.paper",
    "A4",
    N_("Paper"),
    N_("The paper in the printer: A4, or F4 (Folio, 215 x 330 mm)."),
    choices=("A4", "F4"),
)
RECEIPT_PRINTER = Setting(
    "print.receipt_printer",
    "",
    N_("Receipt printer"),
    N_("The printer that prints receipts at the till; empty when there is none."),
)
RECEIPT_ROLL = Setting(
    "print.receipt_roll",
    "58",
    N_("Receipt paper"),
    N_("The roll in the receipt printer, 58 or 80 mm wide."),
    choices=("58", "80"),
)
SETTINGS: tuple[Setting[str] | Setting[int] | Setting[tuple[str, ...]], ...] = (
    LANGUAGE,
    THEME,
    SCALE,
    PERSON_NAME,
    RECENT_BOOKS,
    PAPER,
    RECEIPT_PRINTER,
    RECEIPT_ROLL,
)


class Settings:
    """The settings of this device, read once and written whenever one is changed."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or config_dir() / _FILE
        self._tables = self._read()
        self.warnings: list[UserError] = []
        for setting in SETTINGS:
            value = _found(self._tables, setting.key)
            if value is not None:
                self._note_if_bad(setting, value)

    def __getitem__(self, setting: Setting[T]) -> T:
        value = _found(self._tables, setting.key)
        if value is not None:
            try:
                return setting.checked(value)
            except UserError:
                # Noted when the file was read; a warning is enough, the program goes on.
                pass
        return setting.default

    def __setitem__(self, setting: Setting[T], value: T) -> None:
        """Change one setting in the file, keeping what another window wrote meanwhile."""
        checked = setting.checked(value)
        self._tables = self._read()
        table = self._tables
        *parents, name = setting.key.split(".")
        for parent in parents:
            inner = table.get(parent)
            if not isinstance(inner, dict):
                inner = table[parent] = {}
            table = inner
        table[name] = list(checked) if isinstance(checked, tuple) else checked
        write_text(self._path, to_toml(self._tables), aside=False)

    def _note_if_bad(self, setting: Setting[Any], value: object) -> None:
        try:
            setting.checked(value)
        except UserError as error:
            _LOG.warning("setting %s falls back to its default: %s", setting.key, error)
            self.warnings.append(error)

    def _read(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            # The file is kept for whoever wrote it by hand; the program starts with defaults.
            kept = self._path.with_suffix(".bad.toml")
            self._path.replace(kept)
            _LOG.warning("the settings can't be read (%s); they are kept as %s", error, kept.name)
            return {}


def _found(tables: Mapping[str, Any], key: str) -> object:
    value: object = tables
    for part in key.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def to_toml(tables: Mapping[str, Any], prefix: str = "") -> str:
    """Write what tomllib reads; tables after the values of the table they are in."""
    lines = [f"{_key(key)} = {_value(value)}" for key, value in tables.items() if not isinstance(value, dict)]
    text = "".join(f"{line}\n" for line in lines)
    for key, value in tables.items():
        if isinstance(value, dict):
            name = f"{prefix}{_key(key)}"
            text += f"\n[{name}]\n{to_toml(value, f'{name}.')}"
    return text if prefix else text.lstrip("\n")


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if bare else _value(key)


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            # JSON's escapes are all TOML's too; TOML alone wants DEL escaped.
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case date() | time():
            return value.isoformat()
        case list():
            return f"[{', '.join(_value(item) for item in value)}]"
        case dict():
            pairs = ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items())
            return f"{{{pairs}}}"
        case _:
            # Integers and floats, as Python writes them.
            return repr(value)
