"""The exports of imported files."""

from app.ledger.batches.commands import ImportFile, UndoImport
from app.ledger.batches.service import import_file, undo_import
from app.ledger.slice import Slice

SLICE = Slice(name="batches", handlers={ImportFile: import_file, UndoImport: undo_import})
