"""A member's heirs and picture."""

from decimal import Decimal

from sqlalchemy import delete

from app.base.errors import Refused
from app.ledger.changes import Done, Kind
from app.ledger.members.commands import HeirLine, SetHeirs, SetPhoto
from app.ledger.members.register import find_member
from app.ledger.members.tables import member_heir, member_photo
from app.ledger.parties.register import PartyRow
from app.ledger.transaction import Transaction


def set_heirs(tx: Transaction, command: SetHeirs) -> Done:
    """Replace all heirs; undone by setting those of before."""
    party, _ = find_member(tx, command.member)
    before = _heirs(tx, party.id)
    _replace(tx, party, command.heirs)
    return Done(number=party.code, undo=SetHeirs(member=party.code, heirs=before))


def write_first_heir(tx: Transaction, party: PartyRow, name: str, relation: str) -> None:
    """Write the heir that stands in a member's data; heirs with shares, or several, are kept by set-heirs.

    Raises Refused where taking the name away would leave the others without their first.
    """
    before = _heirs(tx, party.id)
    first = before[0] if before else None
    if (first.name, first.relation) == (name, relation) if first else not (name or relation):
        return
    if not name and first is not None and (len(before) > 1 or first.share is not None):
        raise Refused(
            "{member} has several heirs, or one with a share: they are changed together.",
            advice="Change them with set-heirs.",
            field="heir",
            member=party.name,
        )
    if not (name or relation):
        _replace(tx, party, ())
        return
    share = None if first is None else first.share
    _replace(tx, party, (HeirLine(name=name, relation=relation, share=share), *before[1:]))


def set_photo(tx: Transaction, command: SetPhoto) -> Done:
    """Replace the picture; undone by putting the earlier one back."""
    party, _ = find_member(tx, command.member)
    rows = tx.sql("SELECT image FROM member_photo WHERE party_id = ?", (party.id,))
    before = bytes(rows[0][0]) if rows else b""
    tx.execute(delete(member_photo).where(member_photo.c.party_id == party.id))
    if command.image:
        tx.insert(member_photo, party_id=party.id, image=command.image)
    tx.changed(Kind.MEMBER, party.id)
    return Done(number=party.code, undo=SetPhoto(member=party.code, image=before))


def _heirs(tx: Transaction, party: int) -> tuple[HeirLine, ...]:
    rows = tx.sql("SELECT name, relation, share FROM member_heir WHERE party_id = ? ORDER BY line", (party,))
    return tuple(
        HeirLine(name=name, relation=relation, share=None if share is None else Decimal(share))
        for name, relation, share in rows
    )


def _replace(tx: Transaction, party: PartyRow, heirs: tuple[HeirLine, ...]) -> None:
    tx.execute(delete(member_heir).where(member_heir.c.party_id == party.id))
    for number, line in enumerate(heirs, start=1):
        tx.insert(
            member_heir,
            party_id=party.id,
            line=number,
            name=line.name.strip(),
            relation=line.relation.strip(),
            share=None if line.share is None else str(line.share),
        )
    tx.changed(Kind.MEMBER, party.id)
