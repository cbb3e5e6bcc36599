"""The NIK of an Indonesian identity card: what can be told from its 16 digits.

PPKKCC DDMMYY NNNN: region of first issue, day of birth (women: plus 40), serial from 0001. It may
legitimately differ from the true data, so that a doubt is a warning and never a refusal (dukcapil).
"""

from datetime import date
from typing import NamedTuple

from app.base.i18n import N_

LENGTH = 16
_WOMEN = 40


class Identity(NamedTuple):
    """What a well-formed NIK says. `born` has no century: two years are possible."""

    region: str
    female: bool
    day: int
    month: int
    year: int  # of the century

    def born(self, today: date) -> date | None:
        """The day of birth, the latest century that is not in the future; None when there is no such day."""
        for century in (today.year // 100 * 100, today.year // 100 * 100 - 100):
            try:
                found = date(century + self.year, self.month, self.day)
            except ValueError:
                continue
            if found <= today:
                return found
        return None


def read_nik(nik: str) -> Identity | None:
    """Take a NIK apart; None when it isn't 16 digits."""
    if len(nik) != LENGTH or not (nik.isascii() and nik.isdigit()):
        return None
    day = int(nik[6:8])
    female = day > _WOMEN
    return Identity(nik[:6], female, day - _WOMEN if female else day, int(nik[8:10]), int(nik[10:12]))


def doubts(nik: str, *, female: bool | None, birth_date: date | None, today: date) -> list[str]:
    """What looks wrong about a NIK, as sentences; none when it is empty or fine."""
    if not nik:
        return []
    identity = read_nik(nik)
    if identity is None:
        return [N_("The NIK does not have 16 digits.")]
    found: list[str] = []
    born = identity.born(today)
    if born is None:
        found.append(N_("The NIK holds no possible date of birth."))
    elif birth_date is not None and (birth_date.day, birth_date.month, birth_date.year % 100) != (
        identity.day,
        identity.month,
        identity.year,
    ):
        found.append(N_("The NIK says another date of birth."))
    if female is not None and female != identity.female:
        found.append(N_("The NIK says the other sex."))
    if nik.endswith("0000") or identity.region.startswith("0"):
        found.append(N_("The NIK is not one that is issued: check the digits."))
    return found
