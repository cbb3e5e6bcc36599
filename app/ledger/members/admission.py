"""Becoming a member: a prospective one is admitted, one who left comes back."""

from datetime import date

from sqlalchemy import delete, update

from app.base.errors import Refused
from app.ledger.changes import Done, Kind
from app.ledger.members.commands import (
    AdmitMember,
    ExitReason,
    ReinstateMember,
    WithdrawAdmission,
    WithdrawReinstatement,
)
from app.ledger.members.exit import end_membership, resume_membership
from app.ledger.members.register import PROSPECTIVE, Membership, find_member
from app.ledger.members.tables import member, member_spell
from app.ledger.parties.register import PartyRow
from app.ledger.reader import optional_day
from app.ledger.savings.commands import SavingsKind
from app.ledger.savings.register import savings_of
from app.ledger.transaction import Transaction

_WITH_MEMBERSHIP = (SavingsKind.MANDATORY, SavingsKind.LOAN_REQUIRED)


def admit_member(tx: Transaction, command: AdmitMember) -> Done:
    """Make a prospective member a full one from a day on."""
    party, membership = find_member(tx, command.member)
    if membership.left_on is not None:
        raise Refused(
            "{member} left on {left} and is no member any more.",
            advice="Take the member back with reinstate-member.",
            field="member",
            member=party.name,
            left=membership.left_on,
        )
    if membership.status != PROSPECTIVE:
        raise Refused("{member} is a full member already.", field="member", member=party.name)
    if membership.joined is not None and command.on < membership.joined:
        raise Refused(
            "{member} joined on {joined}; {on} is before that.",
            advice="Correct the date here, or the day of joining in the member's data.",
            field="on",
            member=party.name,
            joined=membership.joined,
            on=command.on,
        )
    _write_status(tx, party, membership, "active", command.on)
    return Done(number=party.code, undo=WithdrawAdmission(member=party.code))


def withdraw_admission(tx: Transaction, command: WithdrawAdmission) -> Done:
    """Undo of an admission, while nothing is saved that only comes with membership."""
    party, membership = find_member(tx, command.member)
    on = membership.admitted
    register = savings_of(tx)
    bound = any(
        item.balance and register.products[item.product].kind in _WITH_MEMBERSHIP
        for item in register.of_party(party.id)
    )
    if on is None or membership.left_on is not None or bound:
        raise Refused(
            "What {member} has saved since becoming a member stands in the way.",
            advice="Take the later deposits back first.",
            member=party.name,
        )
    _write_status(tx, party, membership, PROSPECTIVE, None)
    return Done(number=party.code, undo=AdmitMember(member=party.code, on=on))


def reinstate_member(tx: Transaction, command: ReinstateMember) -> Done:
    """Begin a new membership of someone who left; the earlier one is kept.

    Refused while the cooperative owes anything of the exit (2-1503), for one who died, and on a day up to the
    last one of the earlier membership: a day belongs to one membership.
    """
    party, membership = find_member(tx, command.member)
    left = membership.left_on
    if left is None:
        raise Refused("{member} has not left.", field="member", member=party.name)
    row = tx.sql(
        "SELECT status, joined, admitted, exit_requested, left_on, leave_reason, leave_note FROM member"
        " WHERE party_id = ?",
        (party.id,),
    )[0]
    if row[5] == ExitReason.DEATH:
        raise Refused(
            "{member} died on {left}.",
            advice="If that is wrong, take the exit back.",
            field="member",
            member=party.name,
            left=left,
        )
    accounts = savings_of(tx).of_party(party.id)
    owed = sum(item.balance for item in accounts)
    if owed:
        raise Refused(
            "{member} is still owed {owed:rp} from leaving on {left}.",
            advice="Pay it out first (pay-exit), or take the exit back.",
            field="member",
            member=party.name,
            owed=owed,
            left=left,
        )
    latest = max((item.latest for item in accounts if item.latest is not None), default=left)
    if command.on <= max(left, latest):
        raise Refused(
            "The earlier membership of {member} reaches up to {last}.",
            advice="Give a later day.",
            field="on",
            member=party.name,
            last=max(left, latest),
        )
    names = [
        *("status", "joined", "admitted", "exit_requested", "left_on", "leave_reason", "leave_note"),
    ]
    tx.insert(
        member_spell,
        id=tx.next_id(member_spell),
        party_id=party.id,
        **dict(zip(names, row, strict=True)),
    )
    membership.status, membership.joined, membership.admitted = "active", command.on, None
    tx.execute(
        update(member)
        .where(member.c.party_id == party.id)
        .values(
            status="active",
            joined=command.on.isoformat(),
            admitted=None,
            exit_requested=None,
            leave_reason="",
            leave_note="",
        )
    )
    resume_membership(tx, party, membership)
    return Done(number=party.code, undo=WithdrawReinstatement(member=party.code))


def withdraw_reinstatement(tx: Transaction, command: WithdrawReinstatement) -> Done:
    """Undo of a reinstatement, while nothing is recorded for the new membership."""
    party, membership = find_member(tx, command.member)
    rows = tx.sql(
        "SELECT id, status, joined, admitted, exit_requested, left_on, leave_reason, leave_note"
        " FROM member_spell WHERE party_id = ? ORDER BY left_on DESC LIMIT 1",
        (party.id,),
    )
    joined = membership.joined
    moved = any(
        item.balance or (item.latest is not None and joined is not None and item.latest >= joined)
        for item in savings_of(tx).of_party(party.id)
    )
    if not rows or joined is None or membership.left_on is not None or moved:
        raise Refused(
            "Something is recorded for {member} since coming back.",
            advice="Take the later documents back first.",
            member=party.name,
        )
    key, status, was_joined, admitted, requested, left_on, reason, note = rows[0]
    tx.execute(delete(member_spell).where(member_spell.c.id == key))
    membership.status = status
    membership.joined, membership.admitted = optional_day(was_joined), optional_day(admitted)
    tx.execute(
        update(member)
        .where(member.c.party_id == party.id)
        .values(
            status=status,
            joined=was_joined,
            admitted=admitted,
            exit_requested=requested,
            leave_reason=reason,
            leave_note=note,
        )
    )
    end_membership(tx, party, membership, date.fromisoformat(left_on))
    return Done(number=party.code, undo=ReinstateMember(member=party.code, on=joined))


def _write_status(
    tx: Transaction, party: PartyRow, membership: Membership, status: str, admitted: date | None
) -> None:
    tx.execute(
        update(member)
        .where(member.c.party_id == party.id)
        .values(status=status, admitted=None if admitted is None else admitted.isoformat())
    )
    membership.status, membership.admitted = status, admitted
    tx.changed(Kind.MEMBER, party.id)
