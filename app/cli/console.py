"""What the command line says and how it ends: results on stdout, messages on stderr, one exit status."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from app.base.errors import BookUnavailable, Cancelled, LumbungError
from app.base.i18n import Translator
from app.bootstrap import Services
from app.services import BROUGHT_UP_TO_DATE

if TYPE_CHECKING:
    from app.ledger.book import Book

_WIDTH = 28


class Exit(IntEnum):
    """The promised exit statuses."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    BUG = 3
    UNAVAILABLE = 4


class WrongUsage(LumbungError):  # noqa: N818 - said of the command line, not of the books
    """The command line itself is wrong: exit 2."""

    @classmethod
    def because_of(cls, error: LumbungError, **params: Any) -> "WrongUsage":
        """The same sentence, for something that was typed on the command line."""
        return cls(error.template, advice=error.advice, **{"field": error.field, **error.params, **params})


class Console:
    """Where one run of the command line speaks."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.translator: Translator = services.translator
        self._bar = False

    @contextmanager
    def book(self, path: Path) -> "Iterator[Book]":
        """The book at `path`, open for writing; when that has brought it up to date, stderr says so."""
        with self.services.book(path) as opened:
            if opened.before_update is not None:
                self.note(BROUGHT_UP_TO_DATE, name=opened.before_update.name)
            yield opened

    def say(self, text: str) -> None:
        """Write a result to stdout."""
        sys.stdout.write(text if text.endswith("\n") else text + "\n")

    def json(self, value: Any) -> None:
        """Write a result to stdout as JSON."""
        self.say(json.dumps(value, ensure_ascii=False, indent=2))

    def write(self, content: str | bytes) -> None:
        """Write a report to stdout, text or bytes."""
        if isinstance(content, str):
            self.say(content)
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()

    def note(self, message: str, /, **params: object) -> None:
        """Write a message to stderr, translated."""
        self._clear_bar()
        sys.stderr.write(self.translator(message, **params) + "\n")

    def error(self, error: LumbungError) -> None:
        """Write what went wrong, what is safe, and a code a helper can look up."""
        self._clear_bar()
        text = self.translator.error(error)
        sys.stderr.write(f"{text} [{error.code}]\n")

    def step(self, done: int, total: int, label: str) -> None:
        """Show progress on stderr, when someone watches."""
        del label
        if not sys.stderr.isatty() or total <= 0:
            return
        filled = _WIDTH * done // total
        sys.stderr.write(f"\r[{'#' * filled}{'.' * (_WIDTH - filled)}] {done}/{total}")
        sys.stderr.flush()
        self._bar = True

    def _clear_bar(self) -> None:
        if self._bar:
            sys.stderr.write("\r\x1b[K")
            self._bar = False


_current: ContextVar[Console] = ContextVar("console")
# What the parser raises for a wrong option: the base of the one error of this kind that typer shows.
ParserRefusal = typer.BadParameter.__mro__[1]


def console() -> Console:
    """The console of the command that is running."""
    return _current.get()


def guarded(work: Callable[[], int | None], speak: Console) -> int:
    """Run `work` and turn whatever it raises into a sentence on stderr and an exit status."""
    _current.set(speak)
    try:
        return work() or Exit.DONE
    except WrongUsage as error:
        speak.error(error)
        return Exit.USAGE
    except BookUnavailable as error:
        speak.error(error)
        return Exit.UNAVAILABLE
    except LumbungError as error:
        speak.error(error)
        return Exit.REFUSED
    except (Cancelled, KeyboardInterrupt, typer.Abort):
        speak.note("Stopped. Nothing was changed.")
        return Exit.REFUSED
    except BrokenPipeError:
        # Whoever read our output has seen enough, such as `head`.
        sys.stderr.close()
        return Exit.DONE
    except typer.Exit as error:
        return error.exit_code
    except Exception as error:  # noqa: BLE001 - the last place where a bug of ours can still be told
        if isinstance(error, ParserRefusal):
            sys.stderr.write(_usage(error, speak.translator) + "\n")
            return Exit.USAGE
        return _bug(error, speak)


def _usage(error: Any, translator: Translator) -> str:
    """What the parser refuses, in the reader's language, under the line that shows how it is written."""
    head = ""
    if error.ctx is not None:
        head = error.ctx.get_usage().replace("Usage:", translator("Usage:"), 1) + "\n"
    return head + _parsers_words(error, translator)


def _parsers_words(error: Any, _: Translator) -> str:
    """The sentence for each kind of refusal; the parser's own where there is no better one."""
    said = str(error.format_message())
    parameter = getattr(error, "param", None)
    option = ""
    if parameter is not None:
        named = [name for name in parameter.opts if name.startswith("-")]
        option = " / ".join(named) or str(parameter.metavar or parameter.name)
    match type(error).__name__:
        case "MissingParameter":
            return _("Please give {options}.", options=option)
        case "BadParameter":
            return _("What is written at {option} can't be used there.", option=option)
        case "NoSuchOption":
            return _("There is no option {option}. See the help: --help.", option=error.option_name)
        case "BadOptionUsage":
            return _("After {option} something has to follow.", option=error.option_name)
        case "UsageError" | "NoSuchCommand" if said.startswith("No such command"):
            return _("There is no command {name}. See the help: --help.", name=said.split("'")[1])
        case "UsageError" if "extra argument" in said:
            return _("{text} is too much here.", text=said.rpartition("(")[2].rstrip(")."))
    return said


def _bug(error: Exception, speak: Console) -> int:
    from app.base.log import report_bug

    where: Path | None
    try:
        where = report_bug(error, speak.services.clock)
    except OSError:
        where = None
    speak.note(
        "Something went wrong in Lumbung itself. Your books are safe: what was not finished was taken back."
    )
    if where is not None:
        speak.note("A report for the makers is in {file}.", file=str(where))
    return Exit.BUG


def usage(message: str, /, **params: Any) -> NoReturn:
    """Raise WrongUsage. For messages given as constants; others raise it themselves."""
    raise WrongUsage(message, **params)
