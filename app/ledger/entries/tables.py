"""The tables of entries, postings and kept balances."""

from sqlmodel import Field, SQLModel

from app.ledger.storage.tables import table_of


class Entry(SQLModel, table=True):
    """A journal entry: final once posted."""

    __tablename__ = "entry"

    id: int | None = Field(default=None, primary_key=True)
    number: str
    date: str
    kind: str
    source: str
    memo: str
    party_id: int | None
    reverses: int | None
    replaces: int | None


class PostingLine(SQLModel, table=True):
    """One amount on one account, rupiah, debit positive. `date` and `party_id` repeat for the indexes."""

    __tablename__ = "posting"

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int
    account_id: int
    date: str
    amount: int
    party_id: int | None
    memo: str | None


class DayBalance(SQLModel, table=True):
    """The sum of an account's postings of one day and one kind of entry."""

    __tablename__ = "day_balance"

    account_id: int = Field(primary_key=True)
    date: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    amount: int


class PartyBalance(SQLModel, table=True):
    """The sum of an account's postings with one party."""

    __tablename__ = "party_balance"

    account_id: int = Field(primary_key=True)
    party_id: int = Field(primary_key=True)
    amount: int


class Comparative(SQLModel, table=True):
    """The closing balance of an account in a year before the book began; debit positive."""

    __tablename__ = "comparative"

    year: int = Field(primary_key=True)
    account_id: int = Field(primary_key=True)
    amount: int


class OpeningTick(SQLModel, table=True):
    """An opening balance that was found right, as it stood then; rupiah, debit positive.

    `part` is empty for the account as a whole, else the code of a savings or loan product, "-" for none.
    """

    __tablename__ = "opening_tick"

    account_id: int = Field(primary_key=True)
    part: str = Field(primary_key=True)
    amount: int
    actor: str
    at: str


entry = table_of(Entry)
posting = table_of(PostingLine)
day_balance = table_of(DayBalance)
party_balance = table_of(PartyBalance)
opening_tick = table_of(OpeningTick)
comparative = table_of(Comparative)
