"""All past records: found again, looked into, taken back, put right."""

from app.ui.pages.records.page import RecordsPage

__all__ = ["RecordsPage"]
