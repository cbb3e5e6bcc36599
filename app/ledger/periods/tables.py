"""The tables of locked months and closed years."""

from sqlmodel import Field, SQLModel

from app.ledger.storage.tables import table_of


class PeriodLock(SQLModel, table=True):
    """A month nothing more may be posted to."""

    __tablename__ = "period_lock"

    month: str = Field(primary_key=True)
    locked_at: str


class YearClose(SQLModel, table=True):
    """A fiscal year that was closed, and by which entries."""

    __tablename__ = "year_close"

    year: int = Field(primary_key=True)
    closing_entry: int | None
    carry_entry: int | None
    closed_at: str


period_lock = table_of(PeriodLock)
year_close = table_of(YearClose)
