"""All invariants of a book in one place: tests, `lumbung check`, the restore drill and migrations use them."""

from collections.abc import Iterable

from app.base.progress import Progress, Silent
from app.ledger.audit import GENESIS, EntriesDigest, commitment_of, row_hash
from app.ledger.reader import Reader
from app.ledger.slice import Check, Finding, Severity, broken
from app.ledger.slices import SLICES
from app.ledger.storage.migrations import guard_statements

_DIGEST_RUN = 20_000


def file_is_whole(reader: Reader) -> list[Finding]:
    """SQLite's own integrity check and foreign keys."""
    found = [
        broken("file-damaged", "The file itself is damaged: {detail}.", detail=str(row[0])[:200])
        for row in reader.sql("PRAGMA integrity_check(20)")
        if row[0] != "ok"
    ]
    keys = reader.sql("PRAGMA foreign_key_check")
    if keys:
        found.append(
            broken(
                "reference-lost",
                "{count:n} rows point to rows that are not there.",
                count=len(keys),
            )
        )
    return found


def guards_stand(reader: Reader) -> list[Finding]:
    """Every trigger that makes posted entries final is there, word for word."""
    ours = {_trigger_name(text): _bare(text) for text in guard_statements()}
    theirs = {
        row[0]: _bare(row[1])
        for row in reader.sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    }
    return [
        broken("guard-missing", "The guard {name} of the book is missing or was changed.", name=name)
        for name, text in ours.items()
        if theirs.get(name) != text
    ]


def audit_chain_holds(reader: Reader) -> list[Finding]:
    """The chain of hashes is unbroken, and the entries of each command are as they were written."""
    previous, expected = GENESIS, 1
    found: list[Finding] = []
    covered = 0
    rows = reader.sql(
        "SELECT id, version, command, payload, salt, commitment, actor, at, zone, first_entry, last_entry,"
        " entries_digest, previous, hash, undoes FROM audit ORDER BY id"
    )
    for row in rows:
        (
            key,
            _,
            command,
            payload,
            salt,
            commitment,
            actor,
            at,
            zone,
            first,
            last,
            digest,
            before,
            own,
            undoes,
        ) = row
        if key != expected or bytes(before) != previous:
            found.append(broken("audit-gap", "The audit trail has a gap before row {row}.", row=key))
        counted = row_hash(
            (
                bytes(before),
                key,
                command,
                bytes(commitment),
                actor,
                at,
                zone,
                first,
                last,
                bytes(digest),
                undoes,
            )
        )
        if counted != bytes(own):
            found.append(broken("audit-changed", "Row {row} of the audit trail was changed.", row=key))
        if (
            payload is not None
            and salt is not None
            and commitment_of(bytes(salt), payload) != bytes(commitment)
        ):
            found.append(
                broken(
                    "audit-payload",
                    "The command in row {row} of the audit trail was changed.",
                    row=key,
                )
            )
        if first is not None and _digest(reader, first, last) != bytes(digest):
            found.append(
                broken(
                    "entries-changed",
                    "Entries {first} to {last} are not as they were recorded (audit row {row}).",
                    first=first,
                    last=last,
                    row=key,
                )
            )
        if first is not None:
            if first != covered + 1:
                found.append(
                    broken(
                        "entries-unaudited",
                        "Entries before {first} stand in no audit row.",
                        first=first,
                    )
                )
            covered = last
        previous, expected = bytes(own), key + 1
        if len(found) > 50:
            return found
    beyond = reader.sql("SELECT count(*) FROM entry WHERE id > ?", (covered,))[0][0]
    if beyond:
        found.append(
            broken(
                "entries-unaudited",
                "{count:n} entries at the end stand in no audit row.",
                count=beyond,
            )
        )
    return found


def _digest(reader: Reader, first: int, last: int) -> bytes:
    digest = EntriesDigest()
    for start in range(first, last + 1, _DIGEST_RUN):
        stop = min(start + _DIGEST_RUN - 1, last)
        digest.add(
            reader.sql(
                "SELECT id, number, date, kind, reverses FROM entry WHERE id BETWEEN ? AND ? ORDER BY id",
                (start, stop),
            ),
            reader.sql(
                "SELECT entry_id, account_id, amount, party_id FROM posting"
                " WHERE entry_id BETWEEN ? AND ? ORDER BY entry_id, id",
                (start, stop),
            ),
        )
    return digest.value()


CHECKS: tuple[Check, ...] = (
    file_is_whole,
    guards_stand,
    audit_chain_holds,
    *(check for item in SLICES for check in item.checks),
)


def run(reader: Reader, progress: Progress | None = None) -> list[Finding]:
    """Run every check and return what they found, broken rules first."""
    watcher = progress or Silent()
    found: list[Finding] = []
    for number, check in enumerate(CHECKS):
        watcher.step(number, len(CHECKS), "check")
        found += check(reader)
    watcher.step(len(CHECKS), len(CHECKS), "check")
    return sorted(found, key=lambda item: item.severity is not Severity.BROKEN)


def broken_only(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that break a rule."""
    return [item for item in findings if item.severity is Severity.BROKEN]


def _trigger_name(text: str) -> str:
    return text.split()[2]


def _bare(text: str) -> str:
    return " ".join(text.rstrip().rstrip(";").split())
