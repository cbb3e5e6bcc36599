"""Reading workbooks and CSV files of other programs, and making the empty workbook for them."""

from app.ledger.batches.plan import ImportFault, ImportRefused
from app.ledger.imports.importer import ImportResult, import_file

__all__ = ["ImportFault", "ImportRefused", "ImportResult", "import_file"]
