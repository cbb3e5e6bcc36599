"""The books as a journal for hledger: every posting, number, memo and party.

What would end a field there (`;`, `|`, a comma in a tag, a line break) is written as its full-width twin,
so that it is still read as what it was.
"""

from pathlib import Path
from typing import TextIO

from app.base.paths import atomic_write
from app.base.progress import Progress
from app.ledger.accounts.chart import AccountRow, read_chart
from app.ledger.entries.queries import EntryRow
from app.ledger.exports.journal import KINDS, entries
from app.ledger.reader import Reader

_TYPES = {"Aset": "A", "Liabilitas": "L", "Ekuitas": "E", "Pendapatan": "R", "Beban": "X"}
_TEXT = str.maketrans({";": "；", "|": "｜"})
_CODE = str.maketrans({";": "；", "|": "｜", ")": "）", "(": "（"})
_TAG = str.maketrans({";": "；", ",": "，"})
_ACCOUNT = str.maketrans({":": "-", ";": "；", "|": "｜"})


def write(reader: Reader, target: Path, progress: Progress) -> Path:
    """Write the journal to `target`."""
    with (
        atomic_write(target) as writing,
        writing.temporary.open("w", encoding="utf-8", newline="\n") as file,
    ):
        names = _write_head(file, reader)
        for entry in entries(reader, progress):
            _write_entry(file, entry, names)
    return writing.target


def account_name(account: AccountRow) -> str:
    """The account as hledger knows it: `Aset:1-1101 Kas`. Two spaces would end the name."""
    words = f"{account.code} {account.name}".translate(_ACCOUNT).split()
    return f"{KINDS[account.class_]}:{' '.join(words)}"


def _write_head(file: TextIO, reader: Reader) -> dict[int, str]:
    file.write(f"; {_line(reader.info.name)}\n; Lumbung, {reader.info.uid}\n\n")
    file.write("decimal-mark .\ncommodity 1000. IDR\n\n")
    file.writelines(f"account {kind}  ; type:{letter}\n" for kind, letter in _TYPES.items())
    names = {}
    for account in read_chart(reader).accounts:
        if account.heading:
            continue
        names[account.id] = account_name(account)
        cash = "  ; type:C" if account.money else ""
        file.write(f"account {names[account.id]}{cash}\n")
    return names


def _write_entry(file: TextIO, entry: EntryRow, names: dict[int, str]) -> None:
    memo = _line(entry.memo).translate(_TEXT)
    number = _line(entry.number).translate(_CODE)
    file.write(f"\n{entry.date.isoformat()} ({number}) {memo}".rstrip() + "\n")
    tags = [f"entry:{entry.id}", f"kind:{entry.kind}", f"source:{_tag(entry.source)}"]
    if entry.reverses is not None:
        tags.append(f"reverses:{_tag(entry.reverses)}")
    file.write(f"    ; {', '.join(tags)}\n")
    if entry.party is not None:
        file.write(f"    ; party:{_tag(entry.party)}\n")
    for posting in entry.postings:
        file.write(f"    {names[posting.account]}  {posting.amount} IDR\n")
        if posting.party is not None:
            file.write(f"    ; party:{_tag(posting.party)}\n")
        if posting.memo is not None:
            file.write(f"    ; memo:{_tag(posting.memo)}\n")


def _tag(text: str) -> str:
    return _line(text).translate(_TAG)


def _line(text: str) -> str:
    """The text on one line."""
    return " ".join(text.splitlines()).strip()
