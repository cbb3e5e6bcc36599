"""Identifiers of what leaves the book: UUID version 7 (RFC 9562), which sort by time of making."""

import secrets
from threading import Lock
from uuid import UUID

from app.base.clock import nanoseconds

_NANOSECONDS_PER_MS = 1_000_000
_lock = Lock()
_latest = 0


def new_id() -> str:
    """Return a new UUIDv7 as text. Within one process each one sorts after those before it."""
    global _latest  # noqa: PLW0603 - the order of ids belongs to the process, not to a caller
    milliseconds, rest = divmod(nanoseconds(), _NANOSECONDS_PER_MS)
    # RFC 9562, 6.2 method 3: twelve bits more of the time take the place of random ones.
    stamp = milliseconds << 12 | rest * 4096 // _NANOSECONDS_PER_MS
    with _lock:
        # A clock put back, or two calls in one tick: count on from the latest.
        _latest = stamp = max(stamp, _latest + 1)
    bits = (stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64 | 0b10 << 62
    return str(UUID(int=bits | secrets.randbits(62)))
