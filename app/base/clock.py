"""What time it is. The only place that asks the machine; everything else is handed a Clock."""

import time
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from app.base.errors import Bug


class Clock(Protocol):
    """Tells the instant (UTC), and the date and time of day where the device stands."""

    @property
    def zone(self) -> str:
        """The device's zone as its distance from UTC, such as "+07:00"."""

    def now(self) -> datetime:
        """Return the instant, aware, in UTC."""

    def local(self) -> datetime:
        """Return the same instant in the device's zone, for papers and screens."""

    def today(self) -> date:
        """Return the date on the wall where the device stands."""


class SystemClock:
    """The clock of the machine."""

    @property
    def zone(self) -> str:
        """The zone the operating system is set to, at this moment."""
        return offset_text(self.local())

    def now(self) -> datetime:
        """Return the instant, aware, in UTC."""
        return datetime.now(UTC)

    def local(self) -> datetime:
        """Return the instant in the machine's zone."""
        return self.now().astimezone()

    def today(self) -> date:
        """Return the date in the machine's zone."""
        return self.local().date()


class FixedClock:
    """A clock that stands still until it is told to go on: for tests and made-up data."""

    def __init__(self, moment: datetime) -> None:
        if moment.tzinfo is None:
            raise Bug("a FixedClock needs a moment with a time zone")
        self._moment = moment

    @property
    def zone(self) -> str:
        """The zone of the moment it was given."""
        return offset_text(self._moment)

    def now(self) -> datetime:
        """Return the instant, aware, in UTC."""
        return self._moment.astimezone(UTC)

    def local(self) -> datetime:
        """Return the instant in the zone it was given in."""
        return self._moment

    def today(self) -> date:
        """Return the date in that zone."""
        return self._moment.date()

    def advance(self, step: timedelta) -> None:
        """Go on by `step`."""
        self._moment += step


def offset_text(moment: datetime) -> str:
    """Return the distance of an aware moment's zone from UTC, such as "+07:00"."""
    return moment.isoformat(timespec="minutes")[-6:]


def nanoseconds() -> int:
    """Return nanoseconds since 1970 UTC, for identifiers that sort by time."""
    return time.time_ns()


def stopwatch() -> float:
    """Return seconds that only ever grow, for measuring how long something takes."""
    return time.monotonic()
