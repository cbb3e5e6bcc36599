"""The exports of the profile slice."""

from app.ledger.profile.commands import SetFeatures, SetLogo, SetOfficers, SetProfile
from app.ledger.profile.service import set_features, set_logo, set_officers, set_profile
from app.ledger.profile.sheets import SHEETS
from app.ledger.slice import Slice

SLICE = Slice(
    name="profile",
    handlers={
        SetProfile: set_profile,
        SetFeatures: set_features,
        SetOfficers: set_officers,
        SetLogo: set_logo,
    },
    sheets=SHEETS,
)
