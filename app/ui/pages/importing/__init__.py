"""Bringing in a workbook or CSV: look first, put right what has to be, then take in all of it or nothing."""

from app.ui.pages.importing.page import ImportPage

__all__ = ["ImportPage"]
