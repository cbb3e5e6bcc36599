"""Reports: what the book says, on paper, and what each figure is made of."""

from app.ui.pages.reports.page import ReportsPage

__all__ = ["ReportsPage"]
