"""The board and the supervisors with their terms of office."""

from app.ui.pages.officers.page import OfficersPage

__all__ = ["OfficersPage"]
