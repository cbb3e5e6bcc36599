"""Terms of office of the board (pengurus) and the supervisors (pengawas): books 02 and 03 of a cooperative.

Who signs the papers is told apart from it (set-officers). The rules: members take office while they are
members (UU 25/1992 ps. 29 and 38), and nobody holds the same office twice at a time.
"""

from datetime import date

from sqlalchemy import delete, update

from app.base.errors import Refused, UserError
from app.base.i18n import N_
from app.ledger.changes import Done, Kind
from app.ledger.members.commands import (
    AppointOfficer,
    EndOffice,
    GoverningBody,
    RemoveTerm,
    ReopenTerm,
)
from app.ledger.members.register import PROSPECTIVE, find_member
from app.ledger.members.tables import office_term
from app.ledger.parties.register import register_of
from app.ledger.reader import day, optional_day
from app.ledger.transaction import Transaction


def appoint_officer(tx: Transaction, command: AppointOfficer) -> Done:
    """Record the begin of a term. Sitting in both bodies at once is told as a warning."""
    party, name = _whom(tx, command.member, command.name)
    if party is not None:
        _refuse_stranger(tx, command)
    office = command.office.strip()
    on = command.on.isoformat()
    running = _running(tx, party, name, on)
    for _, body, held, _ in running:
        if body == command.body and held.casefold() == office.casefold():
            raise Refused(
                "{name} holds the office {office} already.",
                advice="End that term first (end-office).",
                field="office",
                name=_said(tx, party, name),
                office=held,
            )
    warnings = []
    if any(body != command.body for _, body, _, _ in running):
        warnings.append(N_("The same person sits in the board and among the supervisors."))
    key = tx.next_id(office_term)
    tx.insert(
        office_term,
        id=key,
        body=command.body.value,
        office=office,
        party_id=party,
        name=name,
        started=on,
        until=None if command.until is None else command.until.isoformat(),
        reason="",
    )
    tx.changed(Kind.MEMBER, *(() if party is None else (party,)))
    return Done(value={"term": key, "warnings": warnings}, undo=RemoveTerm(term=key))


def end_office(tx: Transaction, command: EndOffice) -> Done:
    """Record the end of the term that runs."""
    party, name = _whom(tx, command.member, command.name)
    wanted = command.office.strip().casefold()
    found = [
        item
        for item in _running(tx, party, name, "")
        if item[1] == command.body and (not wanted or item[2].casefold() == wanted)
    ]
    if len(found) != 1:
        raise Refused(
            "{name} holds several offices." if found else "{name} holds no such office.",
            advice="Say which office it is." if found else "Check the name and the office.",
            field="office",
            name=_said(tx, party, name),
        )
    key, _, office, started = found[0]
    if command.on < day(started):
        raise Refused(
            "{name} took the office {office} on {started}; {on} is before that.",
            advice="Correct the date.",
            field="on",
            name=_said(tx, party, name),
            office=office,
            started=day(started),
            on=command.on,
        )
    _write_end(tx, key, command.on, command.reason.strip())
    return Done(value={"term": key}, undo=ReopenTerm(term=key))


def remove_term(tx: Transaction, command: RemoveTerm) -> Done:
    """Undo of an appointment."""
    body, office, party, name, started, until, ended, _ = _term(tx, command.term)
    if ended is not None:
        raise Refused("The term has ended since.", advice="Take its end back first.")
    tx.execute(delete(office_term).where(office_term.c.id == command.term))
    tx.changed(Kind.MEMBER)
    undo = AppointOfficer(
        body=GoverningBody(body),
        office=office,
        on=day(started),
        member="" if party is None else register_of(tx).by_id[party].code,
        name=name,
        until=optional_day(until),
    )
    return Done(undo=undo)


def reopen_term(tx: Transaction, command: ReopenTerm) -> Done:
    """Undo of the end of a term."""
    body, office, party, name, _, _, ended, reason = _term(tx, command.term)
    if ended is None:
        raise Refused("The term runs already.")
    if any(
        item[1] == body and item[2].casefold() == office.casefold() for item in _running(tx, party, name, "")
    ):
        raise Refused(
            "{name} holds the office {office} already.",
            advice="End that term first (end-office).",
            name=_said(tx, party, name),
            office=office,
        )
    _write_end(tx, command.term, None, "")
    undo = EndOffice(
        body=GoverningBody(body),
        on=day(ended),
        member="" if party is None else register_of(tx).by_id[party].code,
        name=name,
        office=office,
        reason=reason,
    )
    return Done(undo=undo)


def _whom(tx: Transaction, member: str, name: str) -> tuple[int | None, str]:
    if member.strip():
        return find_member(tx, member)[0].id, ""
    return None, " ".join(name.split())


def _said(tx: Transaction, party: int | None, name: str) -> str:
    return name if party is None else register_of(tx).by_id[party].name


def _refuse_stranger(tx: Transaction, command: AppointOfficer) -> None:
    party, membership = find_member(tx, command.member)
    since = membership.admitted or membership.joined
    if membership.status == PROSPECTIVE or (since is not None and command.on < since):
        raise Refused(
            "{member} is not a full member on {on}.",
            advice="Check the member and the date.",
            field="member",
            member=party.name,
            on=command.on,
        )
    if membership.left_on is not None:
        raise Refused(
            "{member} left on {left} and takes no office.",
            advice="Check the member and the date.",
            field="member",
            member=party.name,
            left=membership.left_on,
        )


def _running(tx: Transaction, party: int | None, name: str, on: str) -> list[tuple[int, str, str, str]]:
    """Key, body, office and begin of the terms of someone that have not ended, or not before `on` if given."""
    rows = tx.sql(
        "SELECT id, body, office, started FROM office_term WHERE party_id IS ? AND name = ? COLLATE NOCASE"
        " AND (ended IS NULL OR (? <> '' AND ended > ?)) ORDER BY id",
        (party, name, on, on),
    )
    return [tuple(row) for row in rows]


def _term(tx: Transaction, key: int) -> tuple[str, str, int | None, str, str, str | None, str | None, str]:
    rows = tx.sql(
        "SELECT body, office, party_id, name, started, until, ended, reason FROM office_term WHERE id = ?",
        (key,),
    )
    if not rows:
        raise UserError("There is no such term of office.", field="term")
    found: tuple[str, str, int | None, str, str, str | None, str | None, str] = tuple(rows[0])
    return found


def _write_end(tx: Transaction, key: int, on: date | None, reason: str) -> None:
    tx.execute(
        update(office_term)
        .where(office_term.c.id == key)
        .values(ended=None if on is None else on.isoformat(), reason=reason)
    )
    tx.changed(Kind.MEMBER)
