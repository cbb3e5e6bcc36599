"""The translators' workshop: `python translations/catalogues.py extract|update|compile|check`.

Messages are read from the syntax tree of the sources, because an error's `advice=` is one too.
What counts: strings given to `_` and `N_`, to the error classes and their descendants (sentence and
advice), and to a translator's `plural` and `context`. A comment `# i18n: ...` on the line above a
call goes to the translators.
"""

import ast
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from app.base.i18n import LANGUAGES, Translator  # noqa: E402 - run as a script, it needs the path
from app.base.paths import write_bytes  # noqa: E402

SOURCES = ROOT / "app"
FOLDER = ROOT / "translations"
TEMPLATE = FOLDER / "lumbung.pot"
# Calls whose first argument is a message, and those whose second is.
MARKERS = frozenset({"_", "N_", "translator", "note", "usage"})
FINDINGS = frozenset({"notice", "broken"})
# What the command line shows as help: a keyword of these calls, and the first paragraph of the docstrings of its
# commands and of the ledger's.
HELPED = frozenset({"Option", "Argument", "Typer", "add_typer"})
ERRORS = frozenset({"LumbungError", "Refused", "UserError", "BookUnavailable"})
# Every message of these languages has to be translated; others show the English where one is not.
COMPLETE = frozenset({"id"})
# Languages in which a noun is the same after every number.
_ONE_FORM = frozenset({"id"})
# A fixed date: the catalogue changes only when a message does.
_DATE = datetime(2026, 1, 1, tzinfo=UTC)
_COMMENT = "# i18n:"


@dataclass(frozen=True, slots=True)
class Found:
    """One message in the sources."""

    id: str | tuple[str, str]
    file: str
    line: int
    context: str | None = None
    comment: str = ""


class Unreadable(Exception):  # noqa: N818 - says what the source is
    """A message that can't be extracted, such as an f-string; the text names the place."""


def messages(sources: Path = SOURCES) -> list[Found]:
    """Return every message of the sources, in the order of files and lines."""
    files = sorted(sources.rglob("*.py"))
    trees = {file: ast.parse(file.read_text(encoding="utf-8")) for file in files}
    errors = _subclasses(trees.values(), ERRORS)
    commands = _subclasses(trees.values(), frozenset({"Command"}))
    found: list[Found] = []
    for file, tree in trees.items():
        name = file.relative_to(sources.parent).as_posix()
        lines = file.read_text(encoding="utf-8").splitlines()
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
            above = lines[call.lineno - 2].strip() if call.lineno > 1 else ""
            comment = above.removeprefix(_COMMENT).strip() if above.startswith(_COMMENT) else ""
            found += _of_call(call, errors, name, comment)
        found += _of_docstrings(tree, commands, name)
    return found


def _of_docstrings(tree: ast.Module, commands: frozenset[str], file: str) -> Iterator[Found]:
    """Yield what commands say of themselves: those of the ledger that people can type, and of the command line."""
    for node in tree.body:
        shown = False
        if isinstance(node, ast.ClassDef):
            hidden = any(
                "hidden" in ast.unparse(line) for line in node.body if isinstance(line, ast.AnnAssign)
            )
            shown = node.name in commands and node.name != "Command" and not hidden
        elif isinstance(node, ast.FunctionDef) and file.startswith("app/cli/"):
            signature = ast.unparse(node.args)
            shown = "typer." in signature or "BookPath" in signature
        if shown and isinstance(node, ast.ClassDef | ast.FunctionDef):
            purpose = (ast.get_docstring(node) or "").split("\n\n")[0]
            yield Found(" ".join(purpose.split()), file, node.lineno)


def _subclasses(trees: Iterable[ast.Module], roots: frozenset[str]) -> frozenset[str]:
    """Return the names of some classes and of all classes made from them."""
    classes = [
        (node.name, {_called(base) for base in node.bases})
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    ]
    names = set(roots)
    while True:
        more = {name for name, bases in classes if bases & names} - names
        if not more:
            return frozenset(names)
        names |= more


def _of_call(call: ast.Call, errors: frozenset[str], file: str, comment: str) -> Iterator[Found]:
    name = _called(call.func)
    place = f"{file}:{call.lineno}"
    method = isinstance(call.func, ast.Attribute)
    if name in MARKERS | errors and call.args:
        for text in _texts(call.args[0], place):
            yield Found(text, file, call.lineno, comment=comment)
    if name in FINDINGS and len(call.args) > 1:
        for text in _texts(call.args[1], place):
            yield Found(text, file, call.lineno, comment=comment)
    if name in errors | HELPED | {"usage"}:
        wanted = "help" if name in HELPED else "advice"
        for keyword in call.keywords:
            if keyword.arg == wanted:
                for text in _texts(keyword.value, place):
                    yield Found(text, file, call.lineno, comment=comment)
    if method and name == "plural" and len(call.args) > 2:
        for one in _texts(call.args[0], place):
            for many in _texts(call.args[1], place):
                yield Found((one, many), file, call.lineno, comment=comment)
    if method and name == "context" and len(call.args) > 1:
        for context in _texts(call.args[0], place):
            for text in _texts(call.args[1], place):
                yield Found(text, file, call.lineno, context=context, comment=comment)


def _called(node: ast.expr) -> str:
    """Return the last name of what is called or inherited from."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _texts(node: ast.expr, place: str) -> list[str]:
    """Return the constant texts an argument can be; none if it is known only at run time."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value] if node.value else []
    if isinstance(node, ast.IfExp):
        return _texts(node.body, place) + _texts(node.orelse, place)
    if isinstance(node, ast.JoinedStr):
        raise Unreadable(f"{place}: an f-string can't be translated, use named placeholders")
    return []


def template(sources: Path = SOURCES) -> Catalog:
    """Return the catalogue without translations, as the sources have it now."""
    catalog = _new_catalog(None)
    for found in messages(sources):
        message = catalog.add(
            found.id,
            locations=[(found.file, found.line)],
            auto_comments=[found.comment] if found.comment else [],
            context=found.context,
        )
        # We fill with named placeholders only; "{rate}%" is no format of Python's `%`.
        message.flags.discard("python-format")
    return catalog


def _new_catalog(language: str | None) -> Catalog:
    catalog = Catalog(
        locale=language,
        project="Lumbung",
        version="1",
        header_comment="# Translations of Lumbung. GPL-3.0-or-later.",
        creation_date=_DATE,
        revision_date=_DATE,
        last_translator="Lumbung",
        language_team="Lumbung",
        msgid_bugs_address="-",
        charset="utf-8",
        fuzzy=False,
    )
    if language in _ONE_FORM:
        # Babel does not know it and would ask for two.
        catalog.mime_headers = [("Plural-Forms", "nplurals=1; plural=0;")]
    return catalog


def catalogue_path(language: str) -> Path:
    """Return where the catalogue of a language is."""
    return FOLDER / language / "LC_MESSAGES" / "lumbung.po"


def read(path: Path) -> Catalog:
    """Read a catalogue; one that is broken raises babel's PoFileError."""
    return read_po(BytesIO(path.read_bytes()), abort_invalid=True)


def written(catalog: Catalog) -> bytes:
    """Return the catalogue as a file: sorted, without line numbers, so that it changes little."""
    content = BytesIO()
    write_po(
        content,
        catalog,
        width=100,
        include_lineno=False,
        sort_output=True,
        ignore_obsolete=True,
    )
    # Babel's own version is no reason for a change.
    return b"".join(
        line
        for line in content.getvalue().splitlines(keepends=True)
        if not line.startswith(b'"Generated-By:')
    )


def extract() -> list[str]:
    """Write the template from the sources. Returns no faults."""
    write_bytes(TEMPLATE, written(template()))
    return []


def update() -> list[str]:
    """Write the template, and bring every language's catalogue up to it; guesses nothing."""
    current = template()
    write_bytes(TEMPLATE, written(current))
    for language in LANGUAGES:
        path = catalogue_path(language)
        old = read(path) if path.is_file() else Catalog(locale=language)
        new = _new_catalog(language)
        for message in current:
            if message.id:
                known = old.get(_key(message), message.context)
                if known is not None and known.pluralizable != message.pluralizable:
                    known = None  # a message that became a plural, or stopped being one, is a new one
                new.add(
                    message.id,
                    known.string if known is not None else None,
                    locations=message.locations,
                    flags=known.flags if known is not None else (),
                    auto_comments=message.auto_comments,
                    user_comments=known.user_comments if known is not None else (),
                    context=message.context,
                ).flags.discard("python-format")
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, written(new))
    return []


def compile_all() -> list[str]:
    """Write the compiled catalogue (.mo) beside each catalogue. Returns no faults."""
    for language in LANGUAGES:
        path = catalogue_path(language)
        content = BytesIO()
        write_mo(content, read(path))
        write_bytes(path.with_suffix(".mo"), content.getvalue())
    return []


def check() -> list[str]:
    """Return what is wrong with the template and the catalogues, as sentences."""
    current = template()
    faults = [fault for message in current for fault in _template_faults(message)]
    if not TEMPLATE.is_file() or TEMPLATE.read_bytes() != written(current):
        faults.append(f"{TEMPLATE.name} is not up to date: run {Path(__file__).name} update")
    for language in LANGUAGES:
        path = catalogue_path(language)
        if path.is_file():
            faults += catalogue_faults(read(path), current, language)
        else:
            faults.append(f"{language}: there is no catalogue: run {Path(__file__).name} update")
    return faults


def catalogue_faults(catalog: Catalog, current: Catalog, language: str) -> list[str]:
    """Return where a language's catalogue is wrong, or lacks something and may not."""
    faults: list[str] = []
    for message in current:
        if not message.id:
            continue
        known = catalog.get(_key(message), message.context)
        forms = _forms(known)
        missing = known is None or not all(forms) or len(forms) != _expected(message, catalog)
        if missing and (language in COMPLETE or any(forms)):
            faults.append(f"{language}: not translated: {_key(message)!r}")
        if known is not None and known.fuzzy:
            faults.append(f"{language}: fuzzy: {_key(message)!r}")
        faults += [
            f"{language}: other placeholders than {_key(message)!r}: {form!r}"
            for form in forms
            if form and not _fits(message, form)
        ]
    return faults


def _forms(message: Message | None) -> list[str]:
    if message is None:
        return []
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def _expected(message: Message, catalog: Catalog) -> int:
    return 1 if isinstance(message.id, str) else catalog.num_plurals


def _fits(message: Message, form: str) -> bool:
    """Say whether a translation has the placeholders of its message."""
    wanted = [placeholders(text) for text in _ids(message)]
    # "One instalment" and "{n} instalments": a form may have those of either.
    return placeholders(form) in wanted


def _ids(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def _key(message: Message) -> str:
    return _ids(message)[0]


def placeholders(text: str) -> frozenset[tuple[str, str]] | None:
    """Return names and specs of the placeholders, or None if the braces don't match."""
    try:
        return frozenset(
            (name, spec or "") for _, name, spec, _ in Formatter().parse(text) if name is not None
        )
    except ValueError:
        return None


def _template_faults(message: Message) -> Iterator[str]:
    known_specs = Translator("en").specs | {""}
    for text in _ids(message):
        found = placeholders(text)
        if found is None:
            yield f"braces that don't match: {text!r}"
            continue
        for name, spec in sorted(found):
            if not name.isidentifier():
                yield f"{{{name}}} is no named placeholder: {text!r}"
            if spec not in known_specs:
                yield f"{{{name}:{spec}}} has no such spec: {text!r}"


_COMMANDS: dict[str, Callable[[], list[str]]] = {
    "extract": extract,
    "update": update,
    "compile": compile_all,
    "check": check,
}


def main(arguments: Sequence[str]) -> int:
    """Do what the one argument says; 1 if there are faults, 2 for another argument."""
    if len(arguments) != 1 or arguments[0] not in _COMMANDS:
        sys.stderr.write(f"usage: {Path(__file__).name} {'|'.join(_COMMANDS)}\n")
        return 2
    faults = _COMMANDS[arguments[0]]()
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
