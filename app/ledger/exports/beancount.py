"""The books as a file for beancount: every posting, number, memo and party."""

from datetime import date, timedelta
from pathlib import Path
from typing import TextIO

from app.base.paths import atomic_write
from app.base.progress import Progress
from app.ledger.accounts.chart import AccountRow, read_chart
from app.ledger.entries.queries import EntryRow
from app.ledger.exports.journal import KINDS, entries
from app.ledger.reader import Reader, day

_NAMES = {
    "name_assets": "Aset",
    "name_liabilities": "Liabilitas",
    "name_equity": "Ekuitas",
    "name_income": "Pendapatan",
    "name_expenses": "Beban",
}
_OPENED_WITHOUT_ENTRIES = date(1970, 1, 1)


def write(reader: Reader, target: Path, progress: Progress) -> Path:
    """Write the file to `target`."""
    with (
        atomic_write(target) as writing,
        writing.temporary.open("w", encoding="utf-8", newline="\n") as file,
    ):
        names = _write_head(file, reader)
        for entry in entries(reader, progress):
            _write_entry(file, entry, names)
    return writing.target


def account_names(accounts: list[AccountRow]) -> dict[int, str]:
    """The accounts as beancount knows them: `Aset:1-1101-Kas`.

    Of a name only letters, digits and dashes are left; where two would then be the same, the later one gets
    its key at the end.
    """
    names: dict[int, str] = {}
    taken: set[str] = set()
    for account in accounts:
        name = f"{KINDS[account.class_]}:{_component(f'{account.code} {account.name}')}"
        if name in taken:
            name = f"{name}-{account.id}"
        taken.add(name)
        names[account.id] = name
    return names


def _component(text: str) -> str:
    """Text as one part of an account's name: it begins with a digit or a capital letter."""
    kept = "".join(sign if sign.isalpha() or sign.isdecimal() else " " for sign in text)
    name = "-".join(kept.split())
    first = name[:1]
    return name if first.isdecimal() or first.isupper() else f"X-{name}"


def _write_head(file: TextIO, reader: Reader) -> dict[int, str]:
    file.write(f"option {_quoted('title')} {_quoted(reader.info.name)}\n")
    file.writelines(f"option {_quoted(option)} {_quoted(name)}\n" for option, name in _NAMES.items())
    file.write(f"option {_quoted('operating_currency')} {_quoted('IDR')}\n\n")
    first = reader.sql("SELECT min(date) FROM entry")[0][0]
    opened = _OPENED_WITHOUT_ENTRIES if first is None else day(first) - timedelta(days=1)
    accounts = [account for account in read_chart(reader).accounts if not account.heading]
    names = account_names(accounts)
    for account in accounts:
        file.write(f"{opened.isoformat()} open {names[account.id]} IDR\n")
        file.write(f"  name: {_quoted(account.name)}\n  code: {_quoted(account.code)}\n")
    return names


def _write_entry(file: TextIO, entry: EntryRow, names: dict[int, str]) -> None:
    payee = "" if entry.party is None else f"{_quoted(entry.party)} "
    file.write(f"\n{entry.date.isoformat()} * {payee}{_quoted(entry.memo)}\n")
    file.write(f"  number: {_quoted(entry.number)}\n")
    file.write(f"  entry: {entry.id}\n  kind: {_quoted(entry.kind)}\n  source: {_quoted(entry.source)}\n")
    if entry.reverses is not None:
        file.write(f"  reverses: {_quoted(entry.reverses)}\n")
    if entry.party is not None:
        file.write(f"  party: {_quoted(entry.party)}\n")
    for posting in entry.postings:
        file.write(f"  {names[posting.account]}  {posting.amount} IDR\n")
        if posting.party is not None:
            file.write(f"    party: {_quoted(posting.party)}\n")
        if posting.memo is not None:
            file.write(f"    memo: {_quoted(posting.memo)}\n")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "\\r").replace("\n", "\\n")
    return f'"{escaped}"'
