"""The tables of the profile."""

from sqlmodel import Field, SQLModel

from app.ledger.storage.tables import table_of


class Book(SQLModel, table=True):
    """What the book is; written once."""

    __tablename__ = "book"

    id: int = Field(primary_key=True)
    uid: str
    kind: str
    training: int
    created_at: str


class Profile(SQLModel, table=True):
    """One fact about whom the book belongs to."""

    __tablename__ = "profile"

    key: str = Field(primary_key=True)
    value: str


class Officer(SQLModel, table=True):
    """Someone who signs."""

    __tablename__ = "officer"

    id: int | None = Field(default=None, primary_key=True)
    office: str
    name: str
    phone: str
    signs: int


class Logo(SQLModel, table=True):
    """The picture of the letterhead."""

    __tablename__ = "logo"

    id: int = Field(primary_key=True)
    image: bytes


book = table_of(Book)
profile = table_of(Profile)
officer = table_of(Officer)
logo = table_of(Logo)
