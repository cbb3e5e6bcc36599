"""What the letters and messages to members with a late loan say: polite, and firmer from letter to letter."""

from typing import Any

from app.base.i18n import N_, Translator
from app.ledger.profile.queries import read_officers, read_profile
from app.ledger.reader import Reader
from app.ledger.reminders.queries import Reminding

TITLES = {
    1: N_("Payment reminder (first letter)"),
    2: N_("Second warning letter"),
    3: N_("Third and last warning letter"),
}
SHORT = {1: N_("Letter 1"), 2: N_("Letter 2"), 3: N_("Letter 3")}
OPENING = {
    1: N_(
        "By our books the instalment of your loan {loan} has not been paid since {since:long}. It may have slipped"
        " your mind. By the close of {on:long} you are behind with:"
    ),
    2: N_(
        "On {sent:long} we asked you in writing to pay what is behind on your loan {loan}. By our books it has not been"
        " settled, and the oldest instalment is unpaid since {since:long}. By the close of {on:long} you are"
        " behind with:"
    ),
    3: N_(
        "We have written to you before, last on {sent:long}, about what is behind on your loan {loan}. By our books it"
        " is still not settled, and the oldest instalment is unpaid since {since:long}. This is our last letter. By"
        " the close of {on:long} you are behind with:"
    ),
}
PAY_BY = N_("Please pay {amount:rp} by {pay_by:long} at the office of the cooperative or to our officer.")
NEXT = {
    1: N_("If nothing has been paid by that day, a second letter follows."),
    2: N_(
        "If nothing has been paid by that day, the third and last letter follows, and the board will visit you to"
        " talk about it."
    ),
    3: N_(
        "If nothing has been paid by that day and nothing was agreed, the board will settle the loan as the loan"
        " agreement provides, also from the collateral and with the guarantors."
    ),
}
PENALTY_RUNS = N_("The penalty goes on as agreed until the instalments are paid.")
TROUBLE = N_(
    "If you are in difficulty, please come to us before that day, so that we can look for a way out together."
)
PAID = N_("If you have paid in the meantime, please pay no attention to this letter and accept our thanks.")
ASK = N_("For questions please call {contact}.")
CLOSING = N_("Thank you for your attention.")

_MESSAGES = {
    1: N_(
        "Dear {name}, greetings from {shop}. The instalment of your loan {loan} has not been paid since {since:long}."
        " You are behind with {total:rp} ({parts}). Please pay by {pay_by:long}."
    ),
    2: N_(
        "Dear {name}, this is the second reminder from {shop}. Your loan {loan} is behind since {since:long}, now"
        " {total:rp} ({parts}). Please pay by {pay_by:long}, or come to us before that day to talk about it."
    ),
    3: N_(
        "Dear {name}, this is the third and last reminder from {shop}. Your loan {loan} is behind since {since:long},"
        " now {total:rp} ({parts}). Please pay by {pay_by:long}; after that the board will settle the loan as the"
        " loan agreement provides."
    ),
}
_MESSAGE_END = N_("If you have paid in the meantime, please pay no attention to this message. Thank you.")


def contact(reader: Reader) -> str:
    """Whom a member calls: the first officer with a telephone, else the cooperative's number."""
    for officer in read_officers(reader):
        if officer.signs and officer.phone:
            return f"{officer.name}, {officer.phone}"
    return read_profile(reader).phone


def message(reader: Reader, item: Reminding) -> str:
    """The message to one member, for WhatsApp. It is Indonesian whatever language the window speaks."""
    _ = Translator("id")
    step = item.step or max(_MESSAGES)
    parts = [
        _(words, amount=amount)
        for words, amount in (
            (N_("principal {amount:rp}"), item.principal),
            (N_("interest {amount:rp}"), item.interest),
            (N_("penalty {amount:rp}"), item.penalty),
        )
        if amount
    ]
    said: dict[str, Any] = {
        "name": item.name,
        "shop": reader.info.name,
        "loan": item.loan,
        "since": item.since,
        "total": item.total,
        "parts": ", ".join(parts),
        "pay_by": item.pay_by or (item.sent[-1].pay_by if item.sent else item.since),
    }
    lines = [_(_MESSAGES[step], **said)]
    whom = contact(reader)
    if whom:
        lines.append(_(ASK, contact=whom))
    lines.append(_(_MESSAGE_END))
    return " ".join(lines)
