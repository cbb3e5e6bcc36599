"""Holding a list of the old books beside ours."""

from app.ui.pages.compare.page import ComparePage

__all__ = ["ComparePage"]
