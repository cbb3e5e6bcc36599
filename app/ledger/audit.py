"""Every executed command as one row of a hash chain.

Frozen byte format, version 1. Every part is length-prefixed (8 bytes, big endian) UTF-8 or bytes:

    commitment = BLAKE2b-256("lumbung.command.v1", salt, payload)
    entries    = BLAKE2b-256 over one line for each entry, then one for each of its postings, in order of id:
                 "E id|number|date|kind|reverses\\n", "P account|amount|party\\n" (empty for none)
    hash       = BLAKE2b-256("lumbung.audit.v1", previous, id, command, commitment, actor, at, zone,
                 first entry, last entry, entries, undoes)

The payload can be erased with its salt when the law no longer wants it; the chain still verifies,
because only the commitment is in it. Names and memos of entries are left out for the same reason.
"""

import json
import secrets
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any, Final

from sqlalchemy import Connection

from app.base.clock import Clock
from app.ledger.command import Command, command_name, to_json
from app.ledger.storage.engine import write_rows

VERSION: Final = 1
GENESIS: Final = bytes(32)
_SALT_BYTES = 16
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def entries_digest(entries: Sequence[tuple[Any, ...]], postings: Iterable[tuple[Any, ...]]) -> bytes:
    """The digest of entries (id, number, date, kind, reverses) and their postings
    (entry_id, account_id, amount, party_id), both in order of id."""
    digest = EntriesDigest()
    digest.add(entries, postings)
    return digest.value()


class EntriesDigest:
    """The digest of the entries of one command, fed in runs of whole entries."""

    def __init__(self) -> None:
        self._hash = blake2b(digest_size=32)

    def add(self, entries: Sequence[tuple[Any, ...]], postings: Iterable[tuple[Any, ...]]) -> None:
        """Add entries and the postings of exactly these entries."""
        lines: list[str] = []
        source = iter(postings)
        posting = next(source, None)
        for entry in entries:
            key, number, day, kind, reverses = entry
            lines.append(f"E {key}|{number}|{day}|{kind}|{'' if reverses is None else reverses}\n")
            while posting is not None and posting[0] == key:
                party = posting[3]
                lines.append(f"P {posting[1]}|{posting[2]}|{'' if party is None else party}\n")
                posting = next(source, None)
        self._hash.update("".join(lines).encode())

    def value(self) -> bytes:
        """The digest of all that was added."""
        return self._hash.digest()


def commitment_of(salt: bytes, payload: str) -> bytes:
    """What the chain holds in place of the command itself."""
    return _hash(b"lumbung.command.v1", salt, payload.encode())


def row_hash(row: Sequence[Any]) -> bytes:
    """The hash of an audit row: previous, id, command, commitment, actor, at, zone, first, last, entries, undoes."""
    previous, key, command, commitment, actor, at, zone, first, last, entries, undoes = row
    parts = (key, command, actor, at, zone, first, last, undoes)
    number, name, who, when, where, start, end, taken_back = (
        b"" if part is None else str(part).encode() for part in parts
    )
    return _hash(
        b"lumbung.audit.v1",
        previous,
        number,
        name,
        commitment,
        who,
        when,
        where,
        start,
        end,
        entries,
        taken_back,
    )


def append(
    connection: Connection,
    *,
    command: Command,
    actor: str,
    clock: Clock,
    last: tuple[int, bytes],
    entry_ids: Sequence[int],
    digest: bytes,
    undo: Command | None,
    undoes: int | None,
) -> tuple[int, bytes]:
    """Write the audit row of `command` after the row `last` (its id and hash); returns the new one's."""
    payload = _ENCODE(to_json(command))
    salt = secrets.token_bytes(_SALT_BYTES)
    commitment = commitment_of(salt, payload)
    key = last[0] + 1
    name = command_name(command)
    at = clock.now().isoformat(timespec="milliseconds")
    first = entry_ids[0] if entry_ids else None
    final = entry_ids[-1] if entry_ids else None
    chained = row_hash((last[1], key, name, commitment, actor, at, clock.zone, first, final, digest, undoes))
    undo_text = None if undo is None else _ENCODE(to_json(undo))
    write_rows(
        connection,
        "INSERT INTO audit (id, version, command, payload, salt, commitment, actor, at, zone,"
        " first_entry, last_entry, entries_digest, previous, hash, undo, undoes)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                key,
                VERSION,
                name,
                payload,
                salt,
                commitment,
                actor,
                at,
                clock.zone,
                first,
                final,
                digest,
                last[1],
                chained,
                undo_text,
                undoes,
            )
        ],
    )
    return key, chained


def last_row(connection: Connection) -> tuple[int, bytes]:
    """The id and hash of the newest audit row, or where the chain begins."""
    row = connection.exec_driver_sql("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1").first()
    return (0, GENESIS) if row is None else (row[0], row[1])


def _hash(*parts: bytes) -> bytes:
    digest = blake2b(digest_size=32)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()
