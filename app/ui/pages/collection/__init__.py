"""The collection sheet of a group's meeting."""

from app.ui.pages.collection.page import CollectionPage

__all__ = ["CollectionPage"]
