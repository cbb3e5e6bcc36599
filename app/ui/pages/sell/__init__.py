"""The counter: scan or letters, pay, print, next."""

from app.ui.pages.sell.page import SellPage

__all__ = ["SellPage"]
