"""The register of members: adding, changing, and the undo of both. Doubts about a NIK warn, never refuse."""

from dataclasses import fields, replace
from datetime import date

from sqlalchemy import delete, update

from app.base.errors import Refused, UserError
from app.base.i18n import N_
from app.ledger.changes import Done, Kind
from app.ledger.members.commands import (
    AddMember,
    Admission,
    ChangeMember,
    RemoveMember,
    RestoreMember,
    Sex,
)
from app.ledger.members.heirs import write_first_heir
from app.ledger.members.nik import doubts
from app.ledger.members.register import Membership, find_member, members_of
from app.ledger.members.tables import member, member_heir
from app.ledger.parties.register import (
    PartyKind,
    PartyRow,
    add_party,
    erase_party,
    register_of,
    rewrite_party,
)
from app.ledger.reader import optional_day
from app.ledger.savings.register import savings_of
from app.ledger.transaction import Transaction

_SERIES = "anggota"
_MEMBER_COLUMNS = member.columns.keys()


def add_member(tx: Transaction, command: AddMember) -> Done:
    """Add a party of kind member and what is known besides; a number in use is refused."""
    number = command.number.strip()
    if number:
        _refuse_taken(tx, number)
    else:
        number = _next_number(tx)
    warnings = _warnings(tx, command, None)
    party = add_party(
        tx,
        PartyKind.MEMBER,
        command.name.strip(),
        code=number,
        phone=command.phone.strip(),
        address=command.address.strip(),
        tax_id=command.tax_number.strip(),
        nickname=" ".join(command.nickname.split()),
    )
    values = {
        **_values(command),
        "party_id": party.id,
        "left_on": None,
        "leave_reason": "",
        "leave_note": "",
        "exit_requested": None,
    }
    tx.insert_tuple(member, tuple(values[name] for name in _MEMBER_COLUMNS))
    if command.heir.strip() or command.heir_relation.strip():
        tx.insert(
            member_heir,
            party_id=party.id,
            line=1,
            name=command.heir.strip(),
            relation=command.heir_relation.strip(),
        )
    members_of(tx).put(_membership(party.id, command, None))
    tx.changed(Kind.MEMBER, party.id)
    return Done(
        number=number,
        value={"member": number, "party": party.id, "warnings": warnings},
        undo=RemoveMember(member=number),
    )


def change_member(tx: Transaction, command: ChangeMember) -> Done:
    """Change what is given; undone by putting all of it back."""
    party, membership = find_member(tx, command.member)
    before = data_of(tx, party)
    given = {
        item.name: getattr(command, item.name)
        for item in fields(command)
        if item.name != "member" and getattr(command, item.name) is not None
    }
    if not given:
        raise UserError("Nothing to change in the data of {member}.", member=party.name)
    after = replace(before, **given)
    if after.number.strip() != party.code:
        _refuse_taken(tx, after.number.strip(), party.id)
    _refuse_joined(tx, party, membership, after.joined)
    warnings = _warnings(tx, after, party.id)
    _write(tx, party, membership, after)
    return Done(
        number=after.number.strip(),
        value={"member": after.number.strip(), "warnings": warnings},
        undo=RestoreMember(member=after.number.strip(), data=before),
    )


def restore_member(tx: Transaction, command: RestoreMember) -> Done:
    """Undo of a change."""
    party, membership = find_member(tx, command.member)
    before = data_of(tx, party)
    if command.data.number != party.code:
        _refuse_taken(tx, command.data.number, party.id)
    _refuse_joined(tx, party, membership, command.data.joined)
    _write(tx, party, membership, command.data)
    return Done(
        number=command.data.number,
        undo=RestoreMember(member=command.data.number, data=before),
    )


def remove_member(tx: Transaction, command: RemoveMember) -> Done:
    """Undo of adding: only while nothing was ever recorded for the member."""
    party, _ = find_member(tx, command.member)
    used = tx.sql(
        "SELECT 1 FROM posting WHERE party_id = ? UNION SELECT 1 FROM entry WHERE party_id = ?"
        " UNION SELECT 1 FROM savings_account WHERE party_id = ?"
        " UNION SELECT 1 FROM loan WHERE party_id = ?"
        " UNION SELECT 1 FROM member_spell WHERE party_id = ?"
        " UNION SELECT 1 FROM office_term WHERE party_id = ?"
        " UNION SELECT 1 FROM member_photo WHERE party_id = ?"
        " UNION SELECT 1 FROM member_heir WHERE party_id = ? AND (line > 1 OR share IS NOT NULL) LIMIT 1",
        (party.id,) * 8,
    )
    if used:
        raise Refused(
            "Something is recorded for {member}, who can't be removed any more.",
            advice="A member who leaves is recorded with accept-exit; the history stays.",
            member=party.name,
        )
    before = data_of(tx, party)
    tx.execute(delete(member_heir).where(member_heir.c.party_id == party.id))
    tx.execute(delete(member).where(member.c.party_id == party.id))
    erase_party(tx, party)
    members_of(tx).drop(party.id)
    tx.changed(Kind.MEMBER, party.id)
    return Done(number=party.code, undo=before)


def data_of(tx: Transaction, party: PartyRow) -> AddMember:
    """All that is known of a member, as the command that would add it."""
    row = tx.sql(
        "SELECT m.status, m.joined, m.body, m.nik, m.sex, m.birth_place, m.birth_date, m.occupation, m.village,"
        " m.team, m.institution, m.mandatory, coalesce(h.name, ''), coalesce(h.relation, ''), m.category,"
        " m.admitted FROM member AS m LEFT JOIN member_heir AS h ON h.party_id = m.party_id AND h.line = 1"
        " WHERE m.party_id = ?",
        (party.id,),
    )[0]
    return AddMember(
        number=party.code,
        name=party.name,
        phone=party.phone,
        address=party.address,
        tax_number=party.tax_id,
        nickname=party.nickname,
        status=Admission(row[0]),
        joined=optional_day(row[1]),
        body=bool(row[2]),
        nik=row[3],
        sex=Sex(row[4]) if row[4] else None,
        birth_place=row[5],
        birth_date=optional_day(row[6]),
        occupation=row[7],
        village=row[8],
        team=row[9],
        institution=row[10],
        mandatory=row[11],
        heir=row[12],
        heir_relation=row[13],
        category=row[14],
        admitted=optional_day(row[15]),
    )


def _values(data: AddMember) -> dict[str, object]:
    """The columns of the member table that the data fill."""
    return {
        "status": data.status.value,
        "joined": None if data.joined is None else data.joined.isoformat(),
        "body": int(data.body),
        "nik": bare_nik(data.nik),
        "sex": data.sex.value if data.sex else "",
        "birth_place": data.birth_place.strip(),
        "birth_date": None if data.birth_date is None else data.birth_date.isoformat(),
        "occupation": data.occupation.strip(),
        "village": data.village.strip(),
        "team": data.team.strip(),
        "institution": data.institution.strip(),
        "mandatory": data.mandatory,
        "category": data.category.strip(),
        "admitted": None if data.admitted is None else data.admitted.isoformat(),
    }


def _write(tx: Transaction, party: PartyRow, membership: Membership, data: AddMember) -> None:
    changed = party._replace(
        code=data.number.strip(),
        name=data.name.strip(),
        phone=data.phone.strip(),
        address=data.address.strip(),
        tax_id=data.tax_number.strip(),
        nickname=" ".join(data.nickname.split()),
    )
    tx.execute(update(member).where(member.c.party_id == party.id).values(**_values(data)))
    write_first_heir(tx, party, data.heir.strip(), data.heir_relation.strip())
    rewrite_party(tx, changed)
    members_of(tx).put(_membership(party.id, data, membership.left_on))
    tx.changed(Kind.MEMBER, party.id)


def _membership(party: int, data: AddMember, left_on: date | None) -> Membership:
    return Membership(
        party, data.status.value, data.joined, left_on, data.body, bare_nik(data.nik), data.admitted
    )


def _next_number(tx: Transaction) -> str:
    """The next free running number: 0001, 0002 ..."""
    register = register_of(tx)
    while True:
        number = tx.running_number(_SERIES).rpartition("-")[2]
        if register.code(PartyKind.MEMBER, number) is None:
            return number


def _refuse_taken(tx: Transaction, number: str, own: int | None = None) -> None:
    found = register_of(tx).code(PartyKind.MEMBER, number)
    if found is not None and found.id != own and found.code.casefold() == number.casefold():
        raise Refused(
            "Member number {number} is taken by {name}.",
            advice="Give another number, or none to have the next free one.",
            field="number",
            number=found.code,
            name=found.name,
        )


def _refuse_joined(tx: Transaction, party: PartyRow, membership: Membership, joined: date | None) -> None:
    """Raise Refused when the day of joining would lie after what is recorded."""
    if joined is None or joined == membership.joined:
        return
    keys = [item.id for item in savings_of(tx).of_party(party.id) if item.latest is not None]
    first = None
    for key in keys:
        text = tx.sql("SELECT min(date) FROM savings_movement WHERE savings_account_id = ?", (key,))[0][0]
        first = text if first is None or text < first else first
    earliest = min(filter(None, (optional_day(first), membership.left_on)), default=None)
    if earliest is not None and joined > earliest:
        raise Refused(
            "{member} can't have joined on {joined}: something is recorded for {earliest} already.",
            advice="Give that day or an earlier one.",
            field="joined",
            member=party.name,
            joined=joined,
            earliest=earliest,
        )


def _warnings(tx: Transaction, data: AddMember, own: int | None) -> list[str]:
    nik = bare_nik(data.nik)
    found = doubts(
        nik,
        female=None if data.sex is None else data.sex is Sex.FEMALE,
        birth_date=data.birth_date,
        today=tx.today,
    )
    if nik and members_of(tx).with_nik(nik) - {own}:
        found.append(N_("Another member has the same NIK."))
    return found


def bare_nik(nik: str) -> str:
    """A NIK as it is kept: without spaces, dots and dashes."""
    return "".join(nik.split()).replace(".", "").replace("-", "")
