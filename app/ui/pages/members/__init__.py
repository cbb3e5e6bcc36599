"""Members: the list with the form of a new one, and the card of one member."""

from app.ui.pages.members.card import MemberPage
from app.ui.pages.members.page import MembersPage

__all__ = ["MemberPage", "MembersPage"]
