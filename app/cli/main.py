"""The list of commands, and how one run starts: language first, then parsing."""

import sys
from typing import Any

import typer

from app.base.i18n import LANGUAGES
from app.bootstrap import services
from app.cli import books, calc, commands, imports, reports, samples, selftest
from app.cli.console import Console, Exit, guarded
from app.cli.window import open_window, wants_window


def build() -> typer.Typer:
    """The command line with all its commands."""
    app = typer.Typer(
        name="lumbung",
        help="Bookkeeping for small businesses and cooperatives, on this computer, without internet.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    app.callback()(_globals)
    for module in (books, commands, imports, reports, samples, selftest):
        for name, function, settings in module.COMMANDS:
            app.command(name, **settings)(function)
    app.add_typer(calc.build(), name="calc", help="The calculators: loan, surplus, savings.")
    return app


def _show_version(*, wanted: bool) -> None:
    if wanted:
        from app.base.log import program_version

        sys.stdout.write(f"lumbung {program_version()}\n")
        raise typer.Exit


def _globals(
    lang: str = typer.Option("id", "--lang", help="Language of messages and reports: id or en."),
    version: bool = typer.Option(
        False,
        "--version",
        help="Show the version and stop.",
        is_eager=True,
        callback=lambda value: _show_version(wanted=value),
    ),
) -> None:
    """Bookkeeping for small businesses and cooperatives, on this computer, without internet."""
    del lang, version  # the language is taken out of the arguments before parsing


def run(arguments: list[str]) -> int:
    """Run the command line and return its exit status."""
    _speak_unicode()
    rest, language = _language(arguments)
    wrong = language not in LANGUAGES
    speak = Console(services("id" if wrong else language))
    if wrong:
        speak.note("The language is one of: {known}.", known=", ".join(LANGUAGES))
        return Exit.USAGE
    if wants_window(rest):
        return open_window(rest, language)
    command = typer.main.get_command(build())
    _translate(command, speak)

    def work() -> int | None:
        outcome: Any = command.main(
            args=rest, prog_name="lumbung", standalone_mode=False, windows_expand_args=False
        )
        return outcome if isinstance(outcome, int) else None

    return guarded(work, speak)


def _language(arguments: list[str]) -> tuple[list[str], str]:
    """Take --lang out of the arguments, wherever it stands; Indonesian without it."""
    rest: list[str] = []
    language = "id"
    source = iter(arguments)
    for argument in source:
        if argument == "--lang":
            language = next(source, "")
        elif argument.startswith("--lang="):
            language = argument.removeprefix("--lang=")
        else:
            rest.append(argument)
    return rest, language


def _translate(command: Any, speak: Console) -> None:
    """Put the help of a command, its options and its sub-commands into the reader's language."""
    translator = speak.translator
    if command.help:
        command.help = translator(" ".join(command.help.split()))
    for parameter in command.params:
        help_text = getattr(parameter, "help", None)
        if help_text:
            parameter.help = translator(help_text)
    for child in getattr(command, "commands", {}).values():
        _translate(child, speak)


def _speak_unicode() -> None:
    """A Windows console may not know every letter; a question mark is better than a crash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
