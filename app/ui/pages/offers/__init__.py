"""What the cooperative offers: savings products, loan products, and the rules by which loans are classed."""

from app.ui.pages.offers.page import OffersPage

__all__ = ["OffersPage"]
