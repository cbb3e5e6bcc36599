"""Buying goods: the supplier's note, line by line, paid or owed."""

from app.ui.pages.buy.page import BuyPage

__all__ = ["BuyPage"]
