"""Find people, goods, term deposits and accounts by name, number, code or barcode. Records have their own search."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain, zip_longest
from typing import NamedTuple

from app.ledger.accounts.chart import read_chart
from app.ledger.deposits.queries import search_deposits
from app.ledger.members.queries import search_members
from app.ledger.parties.queries import search_parties
from app.ledger.products.queries import scanned_product, search_products
from app.ledger.reader import Reader


class Found(NamedTuple):
    """One thing. `key` is its number or code; `about` is what tells it from others of the name: phone, team, unit."""

    kind: str  # member, customer, supplier, product, deposit, account
    key: str
    name: str
    about: str
    nickname: str = ""


def find_anything(reader: Reader, text: str, today: date, limit: int = 20) -> list[Found]:
    """What fits, the best of each kind first, then the second best of each: no kind hides the others.

    A barcode that is scanned is that product alone.
    """
    typed = text.strip()
    if not typed:
        return []
    scanned = scanned_product(reader, typed)
    if scanned is not None and scanned.barcode == typed:
        return [Found("product", scanned.code, scanned.name, scanned.unit)]
    ways: tuple[Callable[[], Iterator[Found]], ...] = (
        lambda: _members(reader, typed, today, limit),
        lambda: _parties(reader, "customer", typed, limit),
        lambda: _parties(reader, "supplier", typed, limit),
        lambda: _products(reader, typed, limit),
        lambda: _deposits(reader, typed, limit),
        lambda: _accounts(reader, typed),
    )
    turns = zip_longest(*(way() for way in ways))
    return [found for found in chain.from_iterable(turns) if found is not None][:limit]


def _members(reader: Reader, text: str, today: date, limit: int) -> Iterator[Found]:
    if reader.info.kind == "cooperative":
        for row in search_members(reader, text, today, limit):
            yield Found("member", row.number, row.name, row.team or row.phone, row.nickname)


def _parties(reader: Reader, kind: str, text: str, limit: int) -> Iterator[Found]:
    for row in search_parties(reader, kind, text, limit):
        yield Found(kind, row.code, row.name, row.phone, row.nickname)


def _products(reader: Reader, text: str, limit: int) -> Iterator[Found]:
    for row in search_products(reader, text, limit):
        yield Found("product", row.code, row.name, row.unit)


def _deposits(reader: Reader, text: str, limit: int) -> Iterator[Found]:
    """Certificates by their number; a name alone leads to the member, whose certificates stand on the card."""
    if reader.info.kind == "cooperative" and any(letter.isdecimal() for letter in text):
        for row in search_deposits(reader, text, limit):
            yield Found("deposit", row.number, row.name, row.member)


def _accounts(reader: Reader, text: str) -> Iterator[Found]:
    """Accounts by the beginning of the code, with or without its hyphen, or by words of the name."""
    words = text.casefold().split()
    bare = text.replace("-", "")
    for row in read_chart(reader).accounts:
        if row.heading or not row.active:
            continue
        parts = row.name.casefold().replace("(", " ").replace("-", " ").replace("/", " ").split()
        coded = bare.isdecimal() and row.code.replace("-", "").startswith(bare)
        if coded or all(any(part.startswith(word) for part in parts) for word in words):
            yield Found("account", row.code, row.name, "")
