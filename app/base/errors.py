"""What can go wrong, told apart by who has to act: the person, or we.

An error carries an English template and its parameters; it becomes a sentence in the reader's
language only at the edge (`Translator.error`). Templates use named placeholders; `{amount:rp}`
shows rupiah, `{quantity:qty}` a quantity, a date is written as a date.
"""

from hashlib import blake2b


class LumbungError(Exception):
    """An error with a sentence for the person: what happened and what to do about it."""

    def __init__(
        self,
        template: str,
        /,
        *,
        advice: str = "",
        field: str = "",
        line: int = 0,
        **params: object,
    ) -> None:
        """`field` and `line` name what in the command is wrong, so that a form or a cell can be marked."""
        super().__init__(template, params)
        self.template = template
        self.advice = advice
        self.field = field
        self.line = line
        self.params = params

    @property
    def code(self) -> str:
        """A short code a helper can look up; the same for the same kind of error."""
        return "L-" + blake2b(self.template.encode(), digest_size=2).hexdigest().upper()

    def __str__(self) -> str:
        try:
            return self.template.format_map(_Plain({"field": self.field, "line": self.line, **self.params}))
        except (LookupError, ValueError):
            return f"{self.template} {self.params}"


class _Plain(dict[str, object]):
    """Parameters for the English, unlocalised form used in logs and tests."""

    def __getitem__(self, key: str) -> "_AnyFormat":
        return _AnyFormat(super().__getitem__(key))


class _AnyFormat:
    def __init__(self, value: object) -> None:
        self._value = value

    def __format__(self, spec: str) -> str:
        return str(self._value)


class Refused(LumbungError):  # noqa: N818 - a rule saying no is normal life, not an "Error"
    """A rule of bookkeeping or of this book said no. Nothing was changed."""


class UserError(LumbungError):
    """What was typed or chosen can't be understood or used. Nothing was changed."""


class BookUnavailable(LumbungError):  # noqa: N818 - read as a sentence where it is raised
    """The book can't be opened: missing, damaged, foreign, newer, or in use. It is untouched."""


class Cancelled(Exception):  # noqa: N818 - the person's wish, not an error
    """The person stopped a long job; the job leaves no half-made file and no half-made change."""


class Bug(Exception):  # noqa: N818 - named for what it is
    """Something that can't happen happened. The message is for us, not for the person."""
