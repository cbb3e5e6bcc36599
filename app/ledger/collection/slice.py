"""The exports of the collection sheet."""

from app.ledger.collection.commands import RecordCollection
from app.ledger.collection.service import record_collection
from app.ledger.slice import Slice

SLICE = Slice(name="collection", handlers={RecordCollection: record_collection})
