"""The clock, and identifiers made from it."""

from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import clock, ids
from app.base.clock import FixedClock, SystemClock, nanoseconds, stopwatch
from app.base.errors import Bug
from app.base.ids import new_id

WIT = timezone(timedelta(hours=9))


def test_fixed_clock_stands_still_until_told() -> None:
    fixed = FixedClock(datetime(2026, 11, 24, 6, 30, tzinfo=WIT))
    assert fixed.now() == fixed.local() == datetime(2026, 11, 23, 21, 30, tzinfo=UTC)
    assert fixed.now().tzinfo is UTC
    assert fixed.today() == date(2026, 11, 24)
    assert fixed.zone == "+09:00"
    fixed.advance(timedelta(hours=18))
    assert fixed.today() == date(2026, 11, 25)


def test_fixed_clock_needs_a_zone() -> None:
    with pytest.raises(Bug):
        FixedClock(datetime(2026, 11, 24, 6, 30))  # noqa: DTZ001 - that is what is refused


def test_system_clock_agrees_with_itself() -> None:
    system = SystemClock()
    before, now, after = system.now(), system.local(), system.now()
    assert before <= now <= after
    assert before.utcoffset() == timedelta(0)
    assert system.today() in {before.astimezone().date(), after.astimezone().date()}
    assert datetime.fromisoformat(f"2026-01-01T00:00:00{system.zone}").tzinfo is not None
    assert nanoseconds() // 10**9 >= int(before.timestamp())
    assert stopwatch() <= stopwatch()


def test_ids_are_version_7_and_carry_the_time() -> None:
    before = nanoseconds() // 1_000_000
    made = UUID(new_id())
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    # Other tests may have counted on a little ahead of the time.
    assert 0 <= (made.int >> 80) - before < 60_000


def test_ids_sort_by_making_even_when_the_clock_is_put_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stamps = iter([5_000_000_000_000_000, 5_000_000_000_000_000, 4_000_000_000_000_000])
    monkeypatch.setattr(ids, "_latest", 0)
    monkeypatch.setattr(ids, "nanoseconds", lambda: next(stamps))
    made = [new_id() for _ in range(3)]
    assert made == sorted(made)
    assert len(set(made)) == 3


@given(st.integers(1, 300))
def test_many_ids_in_one_tick_stay_in_order(count: int) -> None:
    made = [new_id() for _ in range(count)]
    assert made == sorted(set(made))


def test_the_zone_is_a_distance_from_utc() -> None:
    minutes = timezone(timedelta(hours=-3, minutes=-30))
    assert clock.offset_text(datetime(2026, 1, 1, tzinfo=minutes)) == "-03:30"
