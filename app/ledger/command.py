"""Commands: what can be done to a book, as frozen dataclasses named in the imperative.

One object serves the form, `lumbung do`, an import row, the audit record and a property test. Its
shape is checked in `__post_init__`; its rules in the slice's handler. From the fields' types follow
the command line, the list of commands and the JSON that the audit trail keeps.
"""

import re
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, ClassVar, TypeVar, Union, get_args, get_origin

from app.base.dates import Month
from app.base.errors import Bug, UserError

# What an int means: rupiah, a number of things, or a database key the person never types.
Amount = Annotated[int, "amount"]
Count = Annotated[int, "integer"]
Quantity = Annotated[Decimal, "quantity"]
Rate = Annotated[Decimal, "rate"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Base of all commands. The first line of the docstring says in plain words what it does."""

    kinds: ClassVar[tuple[str, ...]] = ("business", "cooperative")
    hidden: ClassVar[bool] = False  # made by the program itself (undo of master data, imports)


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """One field of a command or of a line in it, as the command line and JSON see it.

    `type` is text, amount, integer, quantity, rate, date, month, flag, choice, command or list.
    """

    name: str
    type: str
    needed: bool
    default: Any
    choices: tuple[str, ...] = ()
    of: Any = None  # the dataclass of a list's lines, or the StrEnum of a choice


def command_name(command: type[Command] | Command) -> str:
    """`ReceiveInstalment` is `receive-instalment` on the command line, in JSON and in the audit."""
    cls: Any = command if isinstance(command, type) else type(command)
    return _name_of(cls)


@cache
def _name_of(cls: Any) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()


def command_fields(cls: Any) -> tuple[FieldInfo, ...]:
    """The fields of a command class or of one of its line classes, in order."""
    return _fields_of(cls)


@cache
def _fields_of(cls: Any) -> tuple[FieldInfo, ...]:
    hints = typing.get_type_hints(cls, include_extras=True)
    return tuple(
        _field_info(item, hints[item.name])
        for item in fields(cls)
        if item.init and not item.name.startswith("_")
    )


def _field_info(item: Field[Any], hint: Any) -> FieldInfo:
    needed = item.default is MISSING and item.default_factory is MISSING
    default = item.default if item.default is not MISSING else None
    if item.default_factory is not MISSING:
        default = item.default_factory()
    if get_origin(hint) in (Union, types.UnionType):
        members = [arg for arg in get_args(hint) if arg is not type(None)]
        if len(members) != 1:
            raise Bug(f"field {item.name} has a type the command line can't offer: {hint}")
        hint = members[0]
    if get_origin(hint) is Annotated:
        base, meaning = get_args(hint)[:2]
        del base
        return FieldInfo(item.name, meaning, needed, default)
    if get_origin(hint) is tuple:
        line = get_args(hint)[0]
        return FieldInfo(item.name, "list", needed, default, of=line)
    if isinstance(hint, type):
        if issubclass(hint, StrEnum):
            return FieldInfo(item.name, "choice", needed, default, tuple(hint), hint)
        if issubclass(hint, Command):
            return FieldInfo(item.name, "command", needed, default)
        simple = {
            str: "text",
            bool: "flag",
            int: "integer",
            Decimal: "quantity",
            date: "date",
            Month: "month",
            bytes: "bytes",
        }
        if hint in simple:
            return FieldInfo(item.name, simple[hint], needed, default)
    raise Bug(f"field {item.name} has a type the command line can't offer: {hint}")


_PLAIN = frozenset({type(None), bool, int, str})


def to_json(value: Any) -> Any:
    """A command's field, or the whole command's fields, as what json.dumps takes."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Decimal | Month):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if isinstance(value, Command):
        return {"command": command_name(value), **_fields_json(value)}
    if is_dataclass(value) and not isinstance(value, type):
        return _fields_json(value)
    raise Bug(f"a command holds a value JSON can't: {value!r}")


def _fields_json(value: Any) -> dict[str, Any]:
    # What equals its default is left out: shorter records, and old ones stay readable when a field is added.
    return {
        info.name: to_json(getattr(value, info.name))
        for info in command_fields(type(value))
        if info.needed or getattr(value, info.name) != info.default
    }


def from_json(cls: type[T], data: Mapping[str, Any], known: Mapping[str, type[Command]]) -> T:
    """The command or line of class `cls` from its JSON fields; raises UserError naming a bad one."""
    infos = {info.name: info for info in command_fields(cls)}
    values: dict[str, Any] = {}
    for key, raw in data.items():
        name = key.replace("-", "_")
        if name not in infos:
            raise UserError("There is no field {field}. Known: {known}.", field=key, known=", ".join(infos))
        values[name] = field_from_json(infos[name], raw, known)
    missing = [name for name, info in infos.items() if info.needed and name not in values]
    if missing:
        raise UserError("Please give {field}.", field=", ".join(missing))
    return cls(**values)


def field_from_json(info: FieldInfo, raw: Any, known: Mapping[str, type[Command]]) -> Any:
    """One field's value from JSON or from typed text (amounts and dates as people write them)."""
    if raw is None:
        return None
    try:
        return _value(info, raw, known)
    except (ValueError, ArithmeticError, TypeError) as error:
        raise UserError("{field} can't be {value}.", field=info.name, value=str(raw)[:60]) from error


def _value(info: FieldInfo, raw: Any, known: Mapping[str, type[Command]]) -> Any:
    from app.base.parse import parse_import_date, parse_quantity, parse_rate, parse_rupiah

    match info.type:
        case "text":
            return str(raw)
        case "amount":
            return raw if isinstance(raw, int) else parse_rupiah(str(raw), allow_negative=True)
        case "integer":
            return int(raw)
        case "quantity":
            return Decimal(raw) if isinstance(raw, int) else parse_quantity(str(raw))
        case "rate":
            return Decimal(raw) if isinstance(raw, int) else parse_rate(str(raw))
        case "date":
            return parse_import_date(raw)
        case "month":
            return Month.parse(str(raw))
        case "flag":
            if isinstance(raw, bool):
                return raw
            return {"true": True, "yes": True, "ya": True, "1": True}.get(str(raw).lower(), False)
        case "bytes":
            return bytes.fromhex(str(raw))
        case "choice":
            if raw not in info.choices:
                raise UserError(
                    "{field} is one of: {choices}.",
                    field=info.name,
                    choices=", ".join(info.choices),
                )
            return typing.cast("type[StrEnum]", info.of)(raw)
        case "command":
            name = raw["command"]
            if name not in known:
                raise UserError("There is no command {name}.", name=name)
            return from_json(known[name], {k: v for k, v in raw.items() if k != "command"}, known)
        case "list":
            if info.of is Command or (isinstance(info.of, type) and issubclass(info.of, Command)):
                inner = FieldInfo(info.name, "command", True, None)
                return tuple(field_from_json(inner, item, known) for item in raw)
            if info.of in (str, int):
                return tuple(raw)
            return tuple(from_json(typing.cast("type[Any]", info.of), item, known) for item in raw)
    raise Bug(f"unknown field type {info.type}")
