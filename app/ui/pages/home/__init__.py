"""Beranda: what is there today, what is due, the one thing to do next."""

from app.ui.pages.home.page import HomePage

__all__ = ["HomePage"]
