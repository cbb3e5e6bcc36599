"""The audit trail as people read it: who did what and when, newest first, in pages by key."""

import json
from typing import Any, NamedTuple

from app.base.i18n import N_
from app.ledger.reader import Reader

# What each command is called in the trail.
DEEDS = {
    "accept-exit": N_("Member's exit accepted"),
    "add-account": N_("Account added"),
    "add-customer": N_("Customer added"),
    "add-loan-product": N_("Kind of loan added"),
    "add-member": N_("Member added"),
    "add-product": N_("Product added"),
    "add-rate": N_("Legal rate added"),
    "add-savings-product": N_("Kind of savings added"),
    "add-supplier": N_("Supplier added"),
    "adjust-stock": N_("Stock corrected"),
    "admit-member": N_("Prospective member admitted"),
    "apply-for-loan": N_("Loan applied for"),
    "apply-held-payments": N_("Money paid ahead used for instalments"),
    "appoint-officer": N_("Officer appointed"),
    "approve-application": N_("Application for a loan approved"),
    "change-application": N_("Application for a loan changed"),
    "change-customer": N_("Customer's data changed"),
    "change-member": N_("Member's data changed"),
    "change-product": N_("Product's data changed"),
    "change-supplier": N_("Supplier's data changed"),
    "check-application": N_("Checklist of an application ticked"),
    "close-term-deposit": N_("Term deposit paid back"),
    "close-year": N_("Year closed"),
    "correct-entry": N_("Record put right"),
    "credit-savings-interest": N_("Interest on savings credited"),
    "deposit-savings": N_("Savings paid in"),
    "disburse-loan": N_("Loan paid out"),
    "end-office": N_("Office ended"),
    "forget-savings-month": N_("Terms of savings from a month taken back"),
    "import-file": N_("File imported"),
    "lock-month": N_("Month locked"),
    "open-savings": N_("Savings taken over"),
    "open-term-deposit": N_("Term deposit opened"),
    "pay-bill": N_("Debt to a supplier paid"),
    "pay-deposit-interest": N_("Interest of a term deposit paid"),
    "pay-exit": N_("Former member paid"),
    "pay-off-loan": N_("Loan settled early"),
    "place-hold": N_("Savings held"),
    "post-entry": N_("Manual entry recorded"),
    "post-opening": N_("Opening balances taken over"),
    "receive-bill-payment": N_("Customer's debt received"),
    "receive-instalment": N_("Instalment received"),
    "receive-recovery": N_("Payment on a loan written off"),
    "record-collection": N_("Collection sheet recorded"),
    "record-money-in": N_("Money in recorded"),
    "record-money-out": N_("Money out recorded"),
    "record-purchase": N_("Purchase recorded"),
    "record-sale": N_("Sale recorded"),
    "record-reminder": N_("Reminder letter sent"),
    "record-reminders": N_("Reminder letters sent"),
    "record-savings": N_("Savings list recorded"),
    "record-together": N_("Several records saved together"),
    "refuse-application": N_("Application for a loan refused"),
    "reinstate-member": N_("Member taken back"),
    "release-hold": N_("Held savings released"),
    "remove-account": N_("Unused account removed"),
    "remove-application": N_("Application for a loan removed"),
    "remove-hold": N_("Hold on savings removed"),
    "remove-loan-product": N_("Kind of loan removed"),
    "remove-member": N_("Unused member removed"),
    "remove-party": N_("Unused customer or supplier removed"),
    "remove-product": N_("Unused product removed"),
    "remove-rate": N_("Legal rate removed"),
    "remove-savings-product": N_("Unused kind of savings removed"),
    "remove-term": N_("Term of office removed"),
    "rename-account": N_("Account renamed"),
    "reopen-application": N_("Decision on an application taken back"),
    "reopen-term": N_("Term of office runs on"),
    "reopen-year": N_("Year opened again"),
    "restore-member": N_("Member's data put back"),
    "restore-penalty": N_("Penalty due again"),
    "restructure-loan": N_("Loan restructured"),
    "restore-reminders": N_("Reminder letters put back"),
    "resume-hold": N_("Savings held again"),
    "reverse-entries": N_("Records taken back"),
    "reverse-entry": N_("Record taken back"),
    "roll-over-deposits": N_("Term deposits rolled over"),
    "run-loan-accrual": N_("Interest earned brought up to date"),
    "set-interest-recognition": N_("When interest is income"),
    "forget-interest-recognition": N_("When interest is income, taken back"),
    "run-allowance": N_("Allowance for loan losses brought up to date"),
    "run-deposit-interest": N_("Interest of term deposits paid"),
    "run-savings-interest": N_("Interest of a month credited"),
    "set-account-active": N_("Account taken out of use or back"),
    "set-comparatives": N_("Comparative figures of an earlier year kept"),
    "set-features": N_("What the book is used for changed"),
    "set-heirs": N_("Heirs changed"),
    "set-loan-checklist": N_("Checklist of applications changed"),
    "set-loan-class": N_("Loan judged"),
    "set-loan-classes": N_("Rules of loan classes changed"),
    "set-loan-details": N_("Details of a loan changed"),
    "set-loan-product": N_("Kind of loan changed"),
    "set-logo": N_("Logo changed"),
    "set-officers": N_("Signatures changed"),
    "set-opening-bill": N_("Opening debt taken over"),
    "set-opening-stock": N_("Opening stock taken over"),
    "set-paid-through": N_("Mandatory savings marked as paid"),
    "set-photo": N_("Member's photo changed"),
    "set-profile": N_("Data of the book changed"),
    "set-reminder-step": N_("Rule of a reminder letter changed"),
    "set-savings-product": N_("Kind of savings changed"),
    "take-over-loan": N_("Running loan taken over"),
    "take-over-term-deposit": N_("Term deposit taken over"),
    "tick-opening": N_("Opening balance compared"),
    "transfer-money": N_("Money moved"),
    "transfer-savings": N_("Savings moved"),
    "undo-import": N_("Import taken back"),
    "unlock-month": N_("Month unlocked"),
    "waive-penalty": N_("Penalty let go"),
    "withdraw-admission": N_("Admission of a member taken back"),
    "withdraw-application": N_("Application for a loan withdrawn"),
    "withdraw-exit": N_("Exit taken back"),
    "withdraw-reinstatement": N_("Reinstatement of a member taken back"),
    "withdraw-reminders": N_("Reminder letters taken back"),
    "withdraw-savings": N_("Savings paid out"),
    "write-off-loan": N_("Loan written off"),
}
# The fields that say best what a deed was about, in the order in which they are looked for.
_ABOUT = (
    *(
        "member",
        "name",
        "customer",
        "supplier",
        "product",
        "loan",
        "application",
        "code",
        "account",
        "month",
        "year",
    ),
    *("file", "category", "memo", "number"),
)


class Deed(NamedTuple):
    """One thing that was done. `at` is an instant in UTC, ISO; `about` the words or number it was done to."""

    id: int
    command: str
    about: str
    actor: str
    at: str
    number: str  # of the first record it made, else ""
    entry: int | None
    records: int
    taken_back: bool
    undoes: int | None


def deed_count(reader: Reader) -> int:
    """How many there are. Rows of the trail are numbered without gaps and never deleted."""
    return int(reader.sql("SELECT coalesce(max(id), 0) FROM audit")[0][0])


def deeds(reader: Reader, newest: int, size: int) -> list[Deed]:
    """A page from number `newest` downwards."""
    rows = reader.sql(
        "SELECT a.id, a.command, a.payload, a.actor, a.at, coalesce(e.number, ''), a.first_entry, a.last_entry,"
        " EXISTS (SELECT 1 FROM audit AS u WHERE u.undoes = a.id), a.undoes"
        " FROM audit AS a LEFT JOIN entry AS e ON e.id = a.first_entry"
        " WHERE a.id <= ? ORDER BY a.id DESC LIMIT ?",
        (newest, size),
    )
    return [_deed(row) for row in rows]


def _deed(row: Any) -> Deed:
    key, command, payload, actor, at, number, first, last, taken_back, undoes = row
    return Deed(
        key,
        command,
        _about(payload),
        actor,
        at,
        number,
        first,
        0 if first is None else last - first + 1,
        bool(taken_back),
        undoes,
    )


def _about(payload: str | None) -> str:
    """The words of a deed; none where its contents were erased after the time the law sets."""
    if payload is None:
        return ""
    fields = json.loads(payload)
    if isinstance(fields.get("replacement"), dict):
        fields = {**fields["replacement"], **{key: fields[key] for key in ("number",) if fields.get(key)}}
    return next((str(fields[key]) for key in _ABOUT if fields.get(key)), "")
