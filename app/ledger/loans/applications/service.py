"""Applications: noted, looked at, decided, paid out. Nothing of this is posted until the loan is paid out."""

from dataclasses import fields, replace
from typing import Any

from sqlalchemy import delete, update

from app.base.errors import Refused, UserError
from app.base.i18n import N_
from app.ledger.changes import Done, Kind
from app.ledger.loans.applications.commands import (
    ApplyForLoan,
    ApproveApplication,
    AskedFor,
    ChangeApplication,
    CheckApplication,
    RefuseApplication,
    RemoveApplication,
    ReopenApplication,
    SetLoanChecklist,
    WithdrawApplication,
)
from app.ledger.loans.applications.queries import (
    Application,
    ability_of,
    application_of,
    asked_loan,
    checklist,
    checks_of,
    collateral_of,
    decision_warnings,
    find_application,
    guarantors_of,
    terms_by,
)
from app.ledger.loans.commands import DisburseLoan
from app.ledger.loans.products import find_product
from app.ledger.loans.schedule import TERM_MAX
from app.ledger.loans.tables import (
    loan_application,
    loan_application_check,
    loan_application_collateral,
    loan_application_guarantor,
    loan_application_loan,
    loan_check_item,
)
from app.ledger.parties.register import PartyKind, PartyRow, register_of
from app.ledger.rates.table import ceiling_on
from app.ledger.transaction import Transaction

_STATES = {
    "open": N_("Application {application} is not decided yet."),
    "refused": N_("Application {application} was refused."),
    "withdrawn": N_("Application {application} was withdrawn."),
    "approved": N_("Application {application} was approved."),
    "paid": N_("Application {application} is paid out: loan {loan}."),
}


def apply_for_loan(tx: Transaction, command: ApplyForLoan) -> Done:
    """Note an application; tells whether the member can pay it."""
    number = _free_number(tx, command)
    key = tx.next_id(loan_application)
    values = _said(tx, command)
    tx.insert(loan_application, **values, id=key, number=number, state="open", decided_by="", note="")
    _write_security(tx, key, command)
    tx.changed(Kind.LOAN)
    return Done(number=number, value=_told(tx, number), undo=RemoveApplication(application=number))


def change_application(tx: Transaction, command: ChangeApplication) -> Done:
    """Put what an application says anew."""
    item = _undecided(tx, command.application)
    seen = [line.on for line in checks_of(tx, item.id) if line.on is not None]
    if seen and min(seen) < command.on:
        raise Refused(
            "Application {application} was looked at on {seen}; it can't be of {on}.",
            advice="Correct the date.",
            field="on",
            application=item.number,
            seen=min(seen),
            on=command.on,
        )
    undo = ChangeApplication(application=item.number, **_fields_of(tx, item))
    tx.execute(update(loan_application).where(loan_application.c.id == item.id).values(**_said(tx, command)))
    _forget_security(tx, item.id)
    _write_security(tx, item.id, command)
    tx.changed(Kind.LOAN)
    return Done(number=item.number, value=_told(tx, item.number), undo=undo)


def remove_application(tx: Transaction, command: RemoveApplication) -> Done:
    """Undo of an application on which nothing was done yet."""
    item = _undecided(tx, command.application)
    if any(line.on is not None for line in checks_of(tx, item.id)) or tx.sql(
        "SELECT 1 FROM loan_application_loan WHERE application_id = ? LIMIT 1", (item.id,)
    ):
        raise Refused(
            "Application {application} was looked at already.",
            advice="Withdraw it instead (withdraw-application).",
            field="application",
            application=item.number,
        )
    undo = ApplyForLoan(number=item.number, **_fields_of(tx, item))
    _forget_security(tx, item.id)
    tx.execute(delete(loan_application).where(loan_application.c.id == item.id))
    tx.changed(Kind.LOAN)
    return Done(number=item.number, undo=undo)


def check_application(tx: Transaction, command: CheckApplication) -> Done:
    """Tick a line of the checklist, or take the tick away."""
    item = _undecided(tx, command.application)
    if command.on < item.on:
        _refuse_early(item, command.on)
    rows = tx.sql("SELECT id, name FROM loan_check_item WHERE name = ?", (command.item.strip(),))
    if not rows:
        raise UserError(
            "There is no {item} on the checklist.",
            advice="Known: {known}.",
            field="item",
            item=command.item.strip() or "-",
            known=", ".join(checklist(tx)),
        )
    key, name = rows[0]
    before = next((line for line in checks_of(tx, item.id) if line.name == name), None)
    ticked = before is not None and before.on is not None
    if not command.done and not ticked:
        raise Refused("{item} is not ticked.", field="item", item=name)
    tx.execute(
        delete(loan_application_check).where(
            loan_application_check.c.application_id == item.id, loan_application_check.c.item_id == key
        )
    )
    if command.done:
        tx.insert(
            loan_application_check,
            application_id=item.id,
            item_id=key,
            date=command.on.isoformat(),
            checked_by=_by(tx, command.by),
            note=command.note.strip(),
        )
    tx.changed(Kind.LOAN)
    undo = CheckApplication(application=item.number, item=name, on=command.on, done=False)
    if before is not None and before.on is not None:
        undo = replace(undo, done=True, on=before.on, by=before.by, note=before.note)
    return Done(number=item.number, value={"item": name}, undo=undo)


def set_checklist(tx: Transaction, command: SetLoanChecklist) -> Done:
    """Put the checklist anew; what it asked before stays known where it was ticked."""
    before = checklist(tx)
    known = {row[1].casefold(): row[0] for row in tx.sql("SELECT id, name FROM loan_check_item")}
    tx.execute(update(loan_check_item).values(place=None))
    for place, text in enumerate(command.items, 1):
        name = " ".join(text.split())
        key = known.get(name.casefold())
        if key is None:
            tx.insert(loan_check_item, id=tx.next_id(loan_check_item), name=name, place=place)
        else:
            tx.execute(update(loan_check_item).where(loan_check_item.c.id == key).values(place=place))
    tx.changed(Kind.LOAN)
    return Done(value={"items": len(command.items)}, undo=SetLoanChecklist(items=before))


def approve_application(tx: Transaction, command: ApproveApplication) -> Done:
    """Approve up to an amount and a term. What should be looked at is told, and never in the way."""
    item = _undecided(tx, command.application)
    principal, term = command.principal or item.principal, command.term or item.term
    if not 0 < principal <= item.principal:
        raise Refused(
            "{asked:rp} was asked for; {principal:rp} can't be approved.",
            advice="Approve at most what was asked for, or change the application first.",
            field="principal",
            asked=item.principal,
            principal=principal,
        )
    if not 0 < term <= TERM_MAX:
        raise UserError("A loan has 1 to {most} instalments.", field="term", most=TERM_MAX)
    _decide(tx, item, "approved", command, approved=principal, approved_term=term)
    approved = find_application(tx, item.number)
    value = {
        "application": item.number,
        "principal": principal,
        "term": term,
        "warnings": decision_warnings(tx, approved, command.on),
    }
    return Done(number=item.number, value=value, undo=ReopenApplication(application=item.number))


def refuse_application(tx: Transaction, command: RefuseApplication) -> Done:
    """Refuse it; the reason stays with it."""
    item = _undecided(tx, command.application)
    _decide(tx, item, "refused", command)
    return Done(
        number=item.number,
        value={"application": item.number},
        undo=ReopenApplication(application=item.number),
    )


def withdraw_application(tx: Transaction, command: WithdrawApplication) -> Done:
    """Close it without a decision."""
    item = _undecided(tx, command.application)
    _decide(tx, item, "withdrawn", command)
    return Done(
        number=item.number,
        value={"application": item.number},
        undo=ReopenApplication(application=item.number),
    )


def reopen_application(tx: Transaction, command: ReopenApplication) -> Done:
    """Take a decision back."""
    item = find_application(tx, command.application)
    if item.state == "paid":
        raise _in_state(item, N_("Take the loan's disbursement back first."))
    if item.decided_on is None:
        raise _in_state(item, "")
    undo: ApproveApplication | RefuseApplication | WithdrawApplication
    fields_: dict[str, Any] = {
        "application": item.number,
        "on": item.decided_on,
        "by": item.decided_by,
        "note": item.note,
    }
    if item.decision == "approved":
        undo = ApproveApplication(**fields_, principal=item.approved, term=item.approved_term)
    elif item.decision == "refused":
        undo = RefuseApplication(**fields_)
    else:
        undo = WithdrawApplication(**fields_)
    _write_decision(tx, item, state="open", decided_on=None, decided_by="", note="")
    return Done(number=item.number, value={"application": item.number}, undo=undo)


# Paying out


def on_application(tx: Transaction, command: DisburseLoan, party: PartyRow) -> DisburseLoan:
    """A disbursement with what its application says where the command leaves it open.

    Raises Refused where the application is not approved, is paid out, is someone else's or was approved for less.
    """
    if not command.application.strip():
        return command
    item = find_application(tx, command.application)
    if item.state != "approved":
        advice = "" if item.state == "paid" else N_("Only an approved application is paid out.")
        raise _in_state(item, advice)
    if item.party != party.id:
        raise Refused(
            "Application {application} is that of {other}, not of {member}.",
            advice="Check the member and the application.",
            field="application",
            application=item.number,
            other=item.name,
            member=party.name,
        )
    if item.decided_on is not None and command.on < item.decided_on:
        raise Refused(
            "Application {application} was approved on {decided}; {on} is before that.",
            advice="Correct the date.",
            field="on",
            application=item.number,
            decided=item.decided_on,
            on=command.on,
        )
    if command.principal > item.approved:
        raise Refused(
            "Application {application} was approved up to {approved:rp}; {principal:rp} is more.",
            advice="Pay out at most that, or let it be decided again (reopen-application).",
            field="principal",
            application=item.number,
            approved=item.approved,
            principal=command.principal,
        )
    if command.term > item.approved_term:
        raise Refused(
            "Application {application} was approved up to {approved} instalments; {term} are more.",
            advice="Agree on at most that many, or let it be decided again (reopen-application).",
            field="term",
            application=item.number,
            approved=item.approved_term,
            term=command.term,
        )
    asked = asked_loan(item, command.on)
    open_ = {
        name: getattr(asked, name)
        for name in ("product", "rate", "per", "method", "every", "purpose")
        if not getattr(command, name)
    }
    if command.rate is not None:
        open_.pop("per", None)
    if not command.collateral:
        open_["collateral"] = collateral_of(tx, item.id)
    if not command.guarantors:
        open_["guarantors"] = guarantors_of(tx, item.id)
    return replace(command, **open_)


def note_loan(tx: Transaction, command: DisburseLoan, loan: int) -> None:
    """Note which application a loan was paid out on."""
    if command.application.strip():
        item = find_application(tx, command.application)
        tx.insert_tuple(loan_application_loan, (loan, item.id))


def refuse_spent(tx: Transaction, loan: int) -> None:
    """Raise Refused where a loan would stand again whose application allows it no more."""
    item = application_of(tx, loan)
    if item is None:
        return
    if item.state != "approved":
        raise _in_state(item, "")
    party, principal, term, paid = tx.sql(
        "SELECT party_id, principal, term, disbursed_on FROM loan WHERE id = ?", (loan,)
    )[0]
    fits = party == item.party and principal <= item.approved and term <= item.approved_term
    if not fits or item.decided_on is None or paid < item.decided_on.isoformat():
        raise Refused(
            "Application {application} was decided anew since and does not cover this loan.",
            advice="Pay the loan out again as it was approved.",
            field="application",
            application=item.number,
        )


# Parts


def _undecided(tx: Transaction, number: str) -> Application:
    item = find_application(tx, number)
    if item.state != "open":
        raise _in_state(item, N_("Open it again first (reopen-application)."))
    return item


def _in_state(item: Application, advice: str) -> Refused:
    return Refused(
        _STATES[item.state], advice=advice, field="application", application=item.number, loan=item.loan
    )


def _refuse_early(item: Application, on: Any) -> None:
    raise Refused(
        "Application {application} is of {asked}; {on} is before that.",
        advice="Correct the date.",
        field="on",
        application=item.number,
        asked=item.on,
        on=on,
    )


def _by(tx: Transaction, name: str) -> str:
    return " ".join(name.split()) or tx.context.actor


def _decide(
    tx: Transaction,
    item: Application,
    state: str,
    command: ApproveApplication | RefuseApplication | WithdrawApplication,
    **approved: int,
) -> None:
    if command.on < item.on:
        _refuse_early(item, command.on)
    _write_decision(
        tx,
        item,
        state=state,
        decided_on=command.on.isoformat(),
        decided_by=_by(tx, command.by),
        note=command.note.strip(),
        **approved,
    )


def _write_decision(tx: Transaction, item: Application, **values: Any) -> None:
    values.setdefault("approved", None)
    values.setdefault("approved_term", None)
    tx.execute(update(loan_application).where(loan_application.c.id == item.id).values(**values))
    tx.changed(Kind.LOAN)


def _said(tx: Transaction, command: AskedFor) -> dict[str, Any]:
    """What an application says, as its table keeps it; raises for a member or terms that can't be."""
    party = register_of(tx).find(PartyKind.MEMBER, command.member)
    if not party.active:
        raise Refused(
            "{member} is not a member any more.",
            advice="Loans are for members.",
            field="member",
            member=party.name,
        )
    product = find_product(tx, command.product) if command.product.strip() else None
    if product is not None and not product.active:
        raise Refused(
            "{product} is not offered any more.",
            advice="Choose another product, or offer it again.",
            field="product",
            product=product.name,
        )
    terms = {name: getattr(command, name) for name in ("rate", "per", "method", "every")}
    asked = DisburseLoan(
        member=party.code,
        on=command.on,
        principal=command.principal,
        term=command.term,
        product="" if product is None else product.code,
        **terms,
    )
    terms_by(asked, product)  # the calculator refuses nonsense
    return {
        "party_id": party.id,
        "date": command.on.isoformat(),
        "product_id": None if product is None else product.id,
        **{name: None if value is None else str(value) for name, value in terms.items()},
        **{
            name: getattr(command, name)
            for name in ("principal", "term", "income", "living_costs", "other_instalments")
        },
        **{name: " ".join(getattr(command, name).split()) for name in ("purpose", "spouse", "memo")},
    }


def _fields_of(tx: Transaction, item: Application) -> dict[str, Any]:
    """What an application says, as the command says it."""
    names = {field.name for field in fields(AskedFor)} - {"collateral", "guarantors"}
    return {
        **{name: getattr(item, name) for name in names},
        "collateral": collateral_of(tx, item.id),
        "guarantors": guarantors_of(tx, item.id),
    }


def _write_security(tx: Transaction, key: int, command: AskedFor) -> None:
    for item in command.collateral:
        texts = item.kind.strip(), item.owner.strip(), item.value, item.document.strip()
        tx.insert_tuple(loan_application_collateral, (tx.next_id(loan_application_collateral), key, *texts))
    for name in command.guarantors:
        if name.strip():
            tx.insert_tuple(
                loan_application_guarantor, (tx.next_id(loan_application_guarantor), key, name.strip())
            )


def _forget_security(tx: Transaction, key: int) -> None:
    for table in (loan_application_collateral, loan_application_guarantor):
        tx.execute(delete(table).where(table.c.application_id == key))


def _free_number(tx: Transaction, command: ApplyForLoan) -> str:
    """The number given if it is free, else the next of the year."""
    given = command.number.strip()
    taken = "SELECT 1 FROM loan_application WHERE number = ?"
    if given and tx.sql(taken, (given,)):
        raise Refused(
            "There is already an application {application}.",
            advice="Give another number.",
            field="number",
            application=given,
        )
    while not given:
        proposal = tx.yearly_number("PP", command.on)
        given = "" if tx.sql(taken, (proposal,)) else proposal
    return given


def _told(tx: Transaction, number: str) -> dict[str, Any]:
    """Whether the member can pay, as whoever noted the application wants to know."""
    item = find_application(tx, number)
    product = find_product(tx, item.product) if item.product else None
    able = ability_of(
        item.income - item.living_costs - item.other_instalments,
        terms_by(asked_loan(item, item.on), product),
        ceiling_on(tx, "loan_ability_percent", item.on),
    )
    return {
        "application": number,
        "instalment": able.instalment,
        "free": able.free,
        "ratio": None if able.ratio is None else str(able.ratio),
        "limit": None if able.limit is None else str(able.limit),
        "beyond": able.beyond,
    }
