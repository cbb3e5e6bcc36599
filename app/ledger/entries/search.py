"""Search as you type over all records: each word begins a word of number, memo or party, or is an amount or a day."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from app.base.dates import ONE_DAY, Period
from app.base.errors import UserError
from app.base.parse import parse_date, parse_rupiah
from app.base.paths import cache_dir
from app.base.progress import Progress
from app.ledger.entries.records import (
    ALL,
    AMOUNT,
    Choice,
    RecordRow,
    day_counts,
    find_records,
    folded_counts,
    names_in_lines,
    records_by_key,
    records_by_number,
    without,
)
from app.ledger.reader import Reader
from app.ledger.storage.search import LONGEST_PREFIX, SearchFile

# What one saves while looking for something is taken in at once; more is for a worker's thread.
_AT_ONCE = 200
# So many records are read one by one while the index is not there yet; of more only the numbers are looked up.
_READ_AT_MOST = 20_000
# Rows that fit a long word's beginning and not the word are rare; after this many the exact way is taken.
_COMPARED_AT_MOST = 2_000
_MOST_DAYS = 200
_WORD = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"\d{4}")
_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-](?:\d{4}|\d{2}))?|\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"\d{1,2}")
_A_YEAR = date(
    2000, 1, 1
)  # which year a day without one is read in does not matter; a leap year has all days

_Fit = Callable[[list[str]], bool]
# A piece of the FTS5 expression, the same with whole words, and how a row is compared where the index is too short.
_Clause = tuple[str, str, _Fit | None]


class _Asked(NamedTuple):
    """What was typed, as FTS5 takes it: by the beginnings that are indexed, and by the whole words."""

    words: str
    exact: str
    fits: tuple[_Fit, ...]


class RecordSearch:
    """The search of one open book. Close it before the book.

    The index lies in the user's cache folder and follows the book by itself when little is new; for the first time,
    and after an import, `catch_up` is run on a worker thread. Until then `find` reads the book itself, more slowly.
    """

    def __init__(self, book: Path, uid: str, folder: Path | None = None) -> None:
        path = (folder or cache_dir() / "search") / f"{uid}.db"
        self._file = SearchFile(path, book, uid, AMOUNT)

    def behind(self, reader: Reader) -> int:
        """How many records of the book are not in the index yet."""
        return _newest(reader)[0] - self._file.place.entry

    def catch_up(self, progress: Progress | None = None) -> None:
        """Take in all that is missing. Raises Cancelled; what was taken in until then stays."""
        self._file.follow(progress)

    def find(
        self, reader: Reader, text: str, limit: int = 50, choice: Choice = ALL, before: int = 0
    ) -> list[RecordRow]:
        """The records that fit what was typed, those recorded last first; of those older than entry `before`."""
        asked = _asked(text, choice)
        if asked is None:
            return []
        if not self._ready(reader):
            if self.behind(reader) > _READ_AT_MOST:
                # Reading all of them for each letter would stop the typing.
                return records_by_number(reader, text, limit, choice)
            return find_records(reader, text, limit, choice)
        found: list[RecordRow] = []
        words, compared = asked.words, 0
        while len(found) < limit:
            wanted = limit - len(found) if words == asked.exact and choice == ALL else limit * 2
            keys = self._file.find(words, wanted, before)
            if not keys:
                break
            before = keys[-1]
            rows = records_by_key(reader, keys, choice)
            # The exact expression needs no comparing.
            found += rows if words == asked.exact else _fitting(reader, rows, asked.fits)
            compared += len(keys)
            if compared > _COMPARED_AT_MOST:
                words = asked.exact
            if len(keys) < wanted:
                break
        return found[:limit]

    def day_counts(self, reader: Reader, choice: Choice = ALL) -> list[tuple[str, int]]:
        """How many records each day has, the newest day first: kept, where they need not be counted."""
        if choice.party or choice.standing or not self._ready(reader):
            return day_counts(reader, choice)
        first = choice.first.isoformat() if choice.first else ""
        last = choice.last.isoformat() if choice.last else "9999"
        counts = self._file.day_counts(choice.kinds, first, last)
        if not choice.folded:
            return counts
        return without(counts, folded_counts(reader, choice))

    def close(self) -> None:
        """Let the files go."""
        self._file.close()

    def finds_words(self, reader: Reader) -> bool:
        """Whether words are found now; of a long book only numbers are, as long as the index is being made."""
        return self._ready(reader) or self.behind(reader) <= _READ_AT_MOST

    def _ready(self, reader: Reader) -> bool:
        """Whether the index holds all that the reading of the book does; follows when little is missing."""
        if not self._file.usable:
            return False
        newest, head = _newest(reader)
        place = self._file.place
        if place.entry >= newest and place.audit >= head:
            return True
        if newest - place.entry > _AT_ONCE:
            return False
        return self._file.follow(wait=False) and self._file.place.entry >= newest


def _newest(reader: Reader) -> tuple[int, int]:
    entry, audit = reader.sql(
        "SELECT (SELECT coalesce(max(id), 0) FROM entry), (SELECT coalesce(max(id), 0) FROM audit)"
    )[0]
    return entry, audit


def _asked(text: str, choice: Choice) -> _Asked | None:
    clauses = list(_clauses(" ".join(text.replace("\xa0", " ").split())))
    if not clauses:
        return None
    narrowed = _narrowed(choice)
    words = " AND ".join([*(words for words, _, _ in clauses), *narrowed])
    exact = " AND ".join([*(exact for _, exact, _ in clauses), *narrowed])
    return _Asked(words, exact, tuple(fit for _, _, fit in clauses if fit is not None))


def _clauses(text: str) -> Iterator[_Clause]:
    """Each typed word as a piece of an FTS5 expression; two or three that are a day together also as that day."""
    parts = text.split(" ") if text else []
    at = 0
    while at < len(parts):
        for size in (3, 2, 1):
            together = parts[at : at + size]
            day = _day(together) if len(together) == size else ""
            if day:
                plain = [clause for part in together if (clause := _word(part)) is not None]
                # Whoever means a number that looks like a day finds it as well; then nothing needs comparing.
                either = " AND ".join(exact for _, exact, _ in plain)
                yield f"(({either}) OR {day})", f"(({either}) OR {day})", None
                at += size
                break
        else:
            clause = _word(parts[at])
            if clause is not None:
                yield clause
            at += 1


def _word(part: str) -> _Clause | None:
    """One typed word: all that it consists of (JU-2611-0007 is three) begins a word of the record; or the amount."""
    pieces = _WORD.findall(folded(part))
    if not pieces:
        return None
    # Only the last may go on; those before it are whole.
    *whole, last = pieces
    before = [f'"{piece}"' for piece in whole]
    words = " AND ".join([*before, f'"{last[:LONGEST_PREFIX]}"*'])
    exact = " AND ".join([*before, f'"{last}"*'])
    amount = _amount(part)
    if amount:
        return f"(({exact}) OR {amount})", f"(({exact}) OR {amount})", None
    if len(last) <= LONGEST_PREFIX:
        return words, exact, None
    return words, exact, lambda words: any(word.startswith(last) for word in words)


def _fitting(reader: Reader, rows: list[RecordRow], fits: tuple[_Fit, ...]) -> list[RecordRow]:
    """The rows whose own words fit. A slip for several members names them in its lines alone."""

    def fit(row: RecordRow, names: str) -> bool:
        words = _WORD.findall(folded(f"{row.number} {row.memo} {row.party} {row.amount} {names}"))
        return all(fits_(words) for fits_ in fits)

    chosen = {row.entry for row in rows if fit(row, "")}
    others = [row for row in rows if row.entry not in chosen and not row.party]
    names = names_in_lines(reader, [row.entry for row in others])
    chosen |= {row.entry for row in others if fit(row, names.get(row.entry, ""))}
    return [row for row in rows if row.entry in chosen]


def _amount(part: str) -> str:
    """An amount as people write one (25.000, 25rb) as the index holds it, or nothing."""
    if part.isdecimal() or not part[0].isdigit():
        return ""
    try:
        return f'"{parse_rupiah(part)}"'
    except UserError:
        return ""


def _day(parts: list[str]) -> str:
    """24/11, 24/11/2026, 24 nov, 24 nov 2026 or nov 2026 as the index holds days and months, or nothing."""
    text = " ".join(parts)
    if len(parts) == 1:
        month = False
        if not _DAY.fullmatch(text):
            return ""
        with_year = len(re.findall(r"\d+", text)) == 3
    else:
        month = len(parts) == 2 and parts[0].isalpha()
        name = parts[0] if month else parts[1]
        with_year = bool(_YEAR.fullmatch(parts[-1]))
        begins = month or _NUMBER.fullmatch(parts[0])
        if (
            not begins
            or not name.isalpha()
            or not (with_year or len(parts) == 2)
            or (month and not with_year)
        ):
            return ""
    try:
        on = parse_date(f"1 {text}" if month else text, _A_YEAR)
    except UserError:
        return ""
    if month:
        return f'"b{on:%Y%m}"'
    return f'"d{on:%Y%m%d}"' if with_year else f'"t{on:%m%d}"'


def _narrowed(choice: Choice) -> list[str]:
    """The kinds and the days of a choice in the index's words. All of it is compared again in the rows."""
    parts = []
    if choice.kinds:
        parts.append("(" + " OR ".join(f'"k{kind.replace("-", "")}"' for kind in choice.kinds) + ")")
    if choice.first is not None and choice.last is not None and choice.first <= choice.last:
        days = _days(Period.through(choice.first, choice.last))
        if len(days) <= _MOST_DAYS:
            parts.append("(" + " OR ".join(days) + ")")
    return parts


def _days(period: Period) -> list[str]:
    """The days of a period in the index's words: whole months by their own, the others day by day."""
    found = []
    for month in period.months():
        if period.first <= month.first and month.end <= period.end:
            found.append(f'"b{month.year:04}{month.month:02}"')
            continue
        on = max(month.first, period.first)
        while on < min(month.end, period.end):
            found.append(f'"d{on:%Y%m%d}"')
            on += ONE_DAY
    return found


def folded(text: str) -> str:
    """A text as the index compares it: no case, no accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
