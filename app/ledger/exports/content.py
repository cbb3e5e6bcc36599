"""All tables of a book as they are, for the exports that lose nothing."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from app.ledger.reader import Reader

_PAGE = 20_000


class ColumnInfo(NamedTuple):
    """A column. `type` is TEXT, INTEGER or BLOB; `key` its place in the primary key, else 0."""

    name: str
    type: str
    required: bool
    key: int


class TableInfo(NamedTuple):
    """A table and how to read it in order: by its row key, or whole where it has none."""

    name: str
    columns: tuple[ColumnInfo, ...]
    paged: bool

    @property
    def blobs(self) -> frozenset[int]:
        """The places of the columns that hold bytes."""
        return frozenset(place for place, column in enumerate(self.columns) if column.type == "BLOB")


def tables(reader: Reader) -> list[TableInfo]:
    """Every table of the book, by name."""
    found = reader.sql(
        "SELECT name, wr FROM pragma_table_list"
        " WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
    )
    return [TableInfo(name, _columns(reader, name), not without_rowid) for name, without_rowid in found]


def _columns(reader: Reader, table: str) -> tuple[ColumnInfo, ...]:
    rows = reader.sql('SELECT name, type, "notnull", pk FROM pragma_table_info(?)', (table,))
    return tuple(ColumnInfo(name, kind, bool(required), key) for name, kind, required, key in rows)


def schema_version(reader: Reader) -> int:
    """The version of the book's schema."""
    return int(reader.sql("PRAGMA user_version")[0][0])


def pages(reader: Reader, table: TableInfo) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a table in order of its key, some thousands at a time."""
    # The names are those of the book's own schema, never of a person.
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    if not table.paged:
        key = ", ".join(f'"{c.name}"' for c in sorted(table.columns, key=lambda c: c.key) if c.key)
        rows = reader.sql(f'SELECT {names} FROM "{table.name}" ORDER BY {key}')  # noqa: S608
        yield [tuple(row) for row in rows]
        return
    after = None
    while True:
        where, given = ("", ()) if after is None else (" WHERE rowid > ?", (after,))
        rows = reader.sql(
            f'SELECT rowid, {names} FROM "{table.name}"{where} ORDER BY rowid LIMIT {_PAGE}',  # noqa: S608
            given,
        )
        if not rows:
            return
        yield [tuple(row[1:]) for row in rows]
        after = rows[-1][0]
