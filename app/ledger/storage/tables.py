"""How a SQLModel class becomes the SQLAlchemy table that all access goes through.

The classes only declare the tables; there is no ORM session (slow writes, slow reads, detached rows).
"""

from typing import TYPE_CHECKING, cast

from sqlalchemy import Table

if TYPE_CHECKING:
    from sqlmodel import SQLModel


def table_of(model: "type[SQLModel]") -> Table:
    """The Core table of a SQLModel class declared with table=True."""
    return cast("Table", vars(model)["__table__"])


def insert_text(table: Table) -> str:
    """An INSERT of all columns with positional parameters, in the order of the declaration."""
    columns = ", ".join(column.name for column in table.columns)
    marks = ", ".join("?" * len(table.columns))
    return f"INSERT INTO {table.name} ({columns}) VALUES ({marks})"  # noqa: S608 - names are ours
