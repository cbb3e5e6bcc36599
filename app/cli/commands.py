"""`do` runs any command of the ledger, `commands` lists them. Both follow from the dataclasses."""

import json
from dataclasses import is_dataclass
from typing import Annotated, Any

import typer

from app.cli.books import BookPath
from app.cli.console import Console, WrongUsage, console, usage


def do(
    context: typer.Context,
    book: BookPath,
    command: Annotated[str, typer.Argument(metavar="COMMAND", help="See: lumbung commands.")],
) -> None:
    """Run one command of the ledger on a book: do BOOK COMMAND --field value ..."""
    from app.ledger.command import command_fields
    from app.ledger.slices import rules

    speak = console()
    known = rules().known
    cls: Any = known.get(command)
    if cls is None or cls.hidden:
        usage("There is no command {name}. See: lumbung commands.", name=command)
    arguments = list(context.args)
    if "--help" in arguments or "-h" in arguments:
        speak.say(_described(speak, command, cls))
        return
    as_json = "--json" in arguments
    fields = _fields([item for item in arguments if item != "--json"], command_fields(cls), known)
    built = _built(cls, fields)
    with speak.book(book) as opened:
        outcome = opened.execute(built)
    warnings = [_sentence(speak, item) for item in outcome.value.pop("warnings", ())]
    if as_json:
        value = {"command": command, "number": outcome.number, **outcome.value}
        speak.json({**value, "warnings": warnings} if warnings else value)
    else:
        speak.say(outcome.number or command)
    for warning in warnings:
        speak.note("Note: {warning}", warning=warning)


def _sentence(speak: Console, warning: Any) -> str:
    """A warning is a template, or a template with its parameters."""
    if isinstance(warning, str):
        return speak.translator(warning)
    template, params = warning
    return speak.translator(template, **params)


def _fields(arguments: list[str], infos: Any, known: Any) -> dict[str, Any]:
    """The fields given as `--field value`; a list takes JSON, and may be given more than once."""
    from app.base.errors import LumbungError
    from app.ledger.command import field_from_json

    by_option = {f"--{info.name.replace('_', '-')}": info for info in infos}
    texts: dict[str, list[str]] = {}
    position = 0
    while position < len(arguments):
        option, equals, text = arguments[position].partition("=")
        info = by_option.get(option) or by_option.get(option + "s")
        if info is None:
            usage(
                "There is no field {option}. Known: {known}.",
                option=option,
                known=", ".join(sorted(by_option)),
            )
        position += 1
        if not equals:
            follows = position < len(arguments) and not arguments[position].startswith("--")
            if info.type == "flag" and not follows:
                text = "true"
            elif position < len(arguments):
                text = arguments[position]
                position += 1
            else:
                usage("{option} needs a value.", option=option)
        texts.setdefault(info.name, []).append(text)
    missing = [option for option, info in by_option.items() if info.needed and info.name not in texts]
    if missing:
        usage("Please give {options}.", options=", ".join(missing))
    values: dict[str, Any] = {}
    for info in infos:
        if info.name not in texts:
            continue
        try:
            values[info.name] = field_from_json(info, _raw(info, texts[info.name]), known)
        except LumbungError as error:
            raise WrongUsage.because_of(error, field=info.name) from error
    return values


def _raw(info: Any, texts: list[str]) -> Any:
    if info.type == "list":
        items: list[Any] = []
        for text in texts:
            item = _json(text)
            items += item if isinstance(item, list) else [item]
        return items
    if len(texts) > 1:
        usage("{option} is given twice.", option="--" + info.name.replace("_", "-"))
    return _json(texts[0]) if info.type == "command" else texts[0]


def _json(text: str) -> Any:
    """JSON, or the shorthand `account=1-1101,debit=5000` for one line of a list."""
    if text.lstrip().startswith(("{", "[")):
        try:
            return json.loads(text)
        except json.JSONDecodeError as error:
            raise WrongUsage("This is not JSON: {text}", text=text[:80]) from error
    pairs = [part.partition("=") for part in text.split(",")]
    if any(not equals for _, equals, _ in pairs):
        return text
    return {key.strip(): value.strip() for key, _, value in pairs}


def _built(cls: Any, fields: dict[str, Any]) -> Any:
    return cls(**fields)


def commands(
    as_json: Annotated[bool, typer.Option("--json", help="Write the list as JSON.")] = False,
) -> None:
    """List every command with its fields."""
    from app.ledger.slices import rules

    speak = console()
    listed = {name: cls for name, cls in sorted(rules().known.items()) if not cls.hidden}
    if as_json:
        speak.json([_as_json(speak, name, cls) for name, cls in listed.items()])
    else:
        for name, cls in listed.items():
            speak.say(f"{name:<26} {speak.translator(_purpose(cls))}")


def _purpose(cls: Any) -> str:
    return " ".join(str(cls.__doc__).strip().split("\n\n")[0].split())


def _as_json(speak: Console, name: str, cls: Any) -> dict[str, Any]:
    return {
        "name": name,
        "help": speak.translator(_purpose(cls)),
        "kinds": list(cls.kinds),
        "fields": _fields_json(cls),
    }


def _fields_json(cls: Any) -> list[dict[str, Any]]:
    from app.ledger.command import command_fields, to_json

    described = []
    for info in command_fields(cls):
        item: dict[str, Any] = {
            "name": info.name.replace("_", "-"),
            "type": info.type,
            "needed": info.needed,
        }
        if not info.needed:
            item["default"] = to_json(info.default)
        if info.choices:
            item["choices"] = [str(choice) for choice in info.choices]
        if info.type == "list" and is_dataclass(info.of):
            item["fields"] = _fields_json(info.of)
        described.append(item)
    return described


def _described(speak: Console, name: str, cls: Any) -> str:
    lines = [f"lumbung do BOOK {name} ...", "", speak.translator(_purpose(cls)), ""]
    for field in _fields_json(cls):
        need = speak.translator("needed") if field["needed"] else ""
        choices = ", ".join(field.get("choices", ()))
        if field["type"] == "command":
            need = f"command=record-sale,on=2026-10-31,...  {need}"
        lines.append(f"  --{field['name']:<22} {field['type']:<9} {choices or need}")
        for inner in field.get("fields", ()):
            lines.append(f"      {inner['name']:<20} {inner['type']}")
    return "\n".join(lines)


COMMANDS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    (
        "do",
        do,
        {
            "context_settings": {
                "ignore_unknown_options": True,
                "allow_extra_args": True,
                "help_option_names": [],
            }
        },
    ),
    ("commands", commands, {}),
)
