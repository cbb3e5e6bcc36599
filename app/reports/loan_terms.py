"""The terms of a loan in words, also those it was restructured to."""

from app.base.i18n import N_, Translator
from app.ledger.loans.reading import Loan
from app.ledger.loans.schedule import Every, LoanTerms, Method, RatePer, due_dates

_KINDS = {
    "rescheduling": N_("rescheduled"),
    "reconditioning": N_("reconditioned"),
    "restructuring": N_("restructured"),
}
_METHODS = {
    Method.FLAT: N_("flat"),
    Method.DECLINING: N_("declining"),
    Method.ANNUITY: N_("annuity"),
    Method.BULLET: N_("principal at the end,"),
}
_RATES = {
    RatePer.YEAR: N_("{method} {rate} % a year"),
    RatePer.MONTH: N_("{method} {rate} % a month"),
    RatePer.TERM: N_("{method} {rate} % for the whole loan"),
}


def terms_text(_: Translator, terms: LoanTerms) -> str:
    """Method and rate in words: "flat 1 % sebulan"."""
    return _(
        _RATES[terms.per], method=_(_METHODS[terms.method]), rate=_.format.quantity(terms.rate.normalize())
    )


def duration_text(_: Translator, terms: LoanTerms) -> str:
    """How many instalments and when they are due: "12 bulan, tiap tanggal 20"."""
    first = due_dates(terms)[0]
    if terms.every is Every.MONTH:
        count = _.plural("{n} month", "{n} months", terms.term)
        return _("{count}, on the {day} of each", count=count, day=first.day)
    if terms.every is Every.WEEK:
        count = _.plural("{n} week", "{n} weeks", terms.term)
        return _("{count}, every {weekday}", count=count, weekday=_.format.weekday(first))
    return _.plural("{n} day", "{n} days", terms.term)


def restructuring_texts(_: Translator, loan: Loan) -> list[str]:
    """Each restructuring of a loan, oldest first: when, how, its terms, why and by whose approval."""
    return [
        _(
            "{on:medium} {kind}: {terms}, {duration}. {reason} ({approved_by})",
            on=item.on,
            kind=_(_KINDS[item.kind]),
            terms=terms_text(_, item.terms),
            duration=duration_text(_, item.terms),
            reason=item.reason,
            approved_by=item.approved_by,
        )
        for item in loan.restructured
    ]
