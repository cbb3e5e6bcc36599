"""All members' statements of a month, printed with one click."""

from app.ui.pages.statements.page import StatementsPage

__all__ = ["StatementsPage"]
