"""Words in the reader's language: a Translator is an object, handed to whoever writes sentences.

Templates are English and have named placeholders: `_("Paid {amount:rp} to {payee}", ...)`. Specs:
`rp` rupiah, `n` a count with thousands apart, `qty` a quantity, `pct` a rate in percent, `words`
rupiah in words, `tr` a text marked with `N_`, `long`, `medium` and `short` dates. Without a spec a
date, month, period or Decimal is written as the language has it, other things as they are.
"""

import gettext
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from string import Formatter as TemplateParser
from typing import Any

from app.base.dates import Month, Period
from app.base.errors import LumbungError
from app.base.format import LANGUAGES, Formatter
from app.base.paths import resource_root

__all__ = ["LANGUAGES", "N_", "Translator"]

DOMAIN = "lumbung"
_PARSER = TemplateParser()


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark a constant for translation; it is translated when it is shown."""
    return message


class Translator:
    """Translates and fills templates for readers of one language."""

    def __init__(self, language: str = "id") -> None:
        self.format = Formatter(language)
        self.language = language
        self._catalogue = _catalogue(language)
        self._specs: dict[str, Callable[[Any], str]] = {
            "rp": self.format.rupiah,
            "n": self.format.number,
            "qty": self.format.quantity,
            "pct": self.format.rate,
            "words": self.format.words,
            "tr": self._translated,
            "long": self.format.date_long,
            "medium": self.format.date_medium,
            "short": self.format.date_short,
        }

    def __reduce__(self) -> tuple[type["Translator"], tuple[str]]:
        # Worker processes get the language and read the catalogue themselves.
        return type(self), (self.language,)

    def __call__(self, message: str, /, **params: object) -> str:
        """Return the message in the reader's language, filled."""
        return self._filled(self._translated(message), params)

    def plural(self, one: str, many: str, n: int, /, **params: object) -> str:
        """Return the form that suits the count, which fills `{n}`."""
        return self._filled(self._catalogue.ngettext(one, many, n), {"n": n, **params})

    def context(self, context: str, message: str, /, **params: object) -> str:
        """Return the message as it is meant in this context, where one word has two meanings."""
        return self._filled(self._catalogue.pgettext(context, message), params)

    def error(self, error: LumbungError) -> str:
        """Return what happened and what to do, as sentences for the person."""
        params = {"field": error.field, "line": error.line, **error.params}
        sentence = self(error.template, **params)
        return f"{sentence} {self(error.advice, **params)}" if error.advice else sentence

    @property
    def specs(self) -> frozenset[str]:
        """The format specs a placeholder may have."""
        return frozenset(self._specs)

    def _translated(self, message: str) -> str:
        # The empty message is the catalogue's header.
        return self._catalogue.gettext(message) if message else ""

    def _filled(self, template: str, params: Mapping[str, object]) -> str:
        if "{" not in template and "}" not in template:
            return template
        try:
            pieces = list(_PARSER.parse(template))
        except ValueError:
            # A broken template is a bug of ours; the person still gets to read it.
            return template
        return "".join(self._piece(*piece, params) for piece in pieces)

    def _piece(
        self,
        literal: str,
        name: str | None,
        spec: str | None,
        conversion: str | None,  # noqa: ARG002 - part of what the parser yields
        params: Mapping[str, object],
    ) -> str:
        if name is None:
            return literal
        if name not in params:
            return f"{literal}{{{name}}}"
        return literal + self._value(params[name], spec or "")

    def _value(self, value: object, spec: str) -> str:
        write = self._specs.get(spec)
        if write is not None:
            try:
                return write(value)
            except (TypeError, ValueError, AttributeError, ArithmeticError):
                # The wrong type for the spec: plain text is better than no sentence.
                return str(value)
        return self._written(value)

    def _written(self, value: object) -> str:
        match value:
            case str():
                return str(value)
            case datetime():
                return self.format.moment(value)
            case date():
                return self.format.date_long(value)
            case Month():
                return self.format.month(value)
            case Period():
                return self.format.period(value)
            case Decimal():
                return self.format.quantity(value)
            case list() | tuple() | set() | frozenset():
                items: Iterable[object] = value
                return ", ".join(self._written(item) for item in items)
            case _:
                return str(value)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """Return the compiled catalogue, or one compiled now in a source tree that has none yet."""
    folder = resource_root() / "translations" / language / "LC_MESSAGES"
    compiled, source = folder / f"{DOMAIN}.mo", folder / f"{DOMAIN}.po"
    modified = compiled.stat().st_mtime if compiled.is_file() else 0.0
    if source.is_file() and source.stat().st_mtime > modified:
        return gettext.GNUTranslations(BytesIO(_compiled(source.read_bytes())))
    if modified:
        return gettext.GNUTranslations(BytesIO(compiled.read_bytes()))
    return gettext.NullTranslations()


def _compiled(source: bytes) -> bytes:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(source), domain=DOMAIN))
    return compiled.getvalue()
