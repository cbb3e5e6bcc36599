"""The exports of the profile slice."""

from app.ledger.profile.commands import SetLogo, SetOfficers, SetProfile
from app.ledger.profile.service import set_logo, set_officers, set_profile
from app.ledger.profile.sheets import SHEETS
from app.ledger.slice import Slice

SLICE = Slice(
    name="profile",
    handlers={SetProfile: set_profile, SetOfficers: set_officers, SetLogo: set_logo},
    sheets=SHEETS,
)
