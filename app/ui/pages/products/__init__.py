"""The goods: prices, what is left of each, taking over, counting."""

from app.ui.pages.products.page import ProductsPage

__all__ = ["ProductsPage"]
