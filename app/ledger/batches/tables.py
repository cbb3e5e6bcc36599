"""The tables of imported files."""

from sqlmodel import Field, SQLModel

from app.ledger.storage.tables import table_of


class ImportBatch(SQLModel, table=True):
    """One imported file. Its entries are those from `first_entry` to `last_entry`."""

    __tablename__ = "import_batch"

    id: int = Field(primary_key=True)
    file: str
    digest: str
    documents: int
    undone: int
    first_entry: int | None
    last_entry: int | None


class ImportDocument(SQLModel, table=True):
    """How a document is known again: the n-th equal one of a day is the n-th."""

    __tablename__ = "import_document"

    id: int = Field(primary_key=True)
    batch_id: int
    sheet: str
    date: str
    number: str
    fingerprint: bytes


import_batch = table_of(ImportBatch)
import_document = table_of(ImportDocument)
