"""The words of the members' statements, translated once for a printing.

A thousand statements say the same sixty things; looking each up and filling it for every member
would cost more than drawing it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from hashlib import blake2b

from app.base.dates import Period
from app.base.i18n import Translator
from app.reports.account_statement import AccountStatement, LoanSection
from app.reports.forms import PaperHead, StatementHead

DASH = "–"  # nothing, in a column of figures


@dataclass(frozen=True, slots=True)
class DueWords:
    """What the box of the sum to be paid says: title, note below it, amount."""

    title: str
    note: str
    amount: int


class Words:
    """Labels and sentences for one head in one language."""

    def __init__(self, head: StatementHead, translator: Translator) -> None:
        _ = self._ = translator
        # Names these words in the parts a file holds once; the same in every process.
        self.key = blake2b(f"{translator.language} {head!r}".encode(), digest_size=8).hexdigest()
        self.format = translator.format
        self.statement = translator.format.statement
        self.title = _("Member statement")
        self.training = _("TRAINING") if head.training else ""
        self.member_number = _("Member no.")
        self.group = _("Group")
        self.member_since = _("Member since")
        self.left_on = _("Left on")
        self.total_savings = _("Total savings")
        self.loan_balance = _("Loan principal left")
        self.to_pay = _("To be paid")
        self.nothing_due = _("Nothing due")
        self.will_receive = _("You will receive")
        self.savings = _("Savings")
        self.savings_in_rupiah = _("Savings (rupiah)")
        self.in_rupiah = _("in rupiah")
        self.date = _("Date")
        self.voucher = _("Voucher no.")
        self.memo = _("Description")
        self.money_in = _("In")
        self.money_out = _("Out")
        self.balance = _("Balance")
        self.opening = _("Opening")
        self.closing = _("Closing")
        self.opening_balance = _("opening balance")
        self.opening_short = _("opening")
        self.no_movement = _("no movement")
        self.total = _("Total")
        self.interest_this_month = _("Interest on savings this month")
        self.no_interest = _("No interest this month")
        self.loan = _("Loan")
        self.no_loan = _("No loan.")
        self.none = _("none")
        self.principal = _("Principal")
        self.interest = _("Interest")
        self.penalty = _("Penalty")
        self.principal_left = _("Principal left")
        self.opening_principal = _("Principal left at the start of the month")
        self.instalment = _("Instalment")
        self.plafond = _("Amount lent")
        self.principal_paid = _("Principal paid so far")
        self.arrears_principal = _("Arrears of principal")
        self.arrears_interest = _("Arrears of interest")
        self.penalty_due = _("Penalty not yet paid")
        self.arrears = _("Arrears")
        self.held = _("Paid ahead, held for you")
        self.paid_off = _("paid off")
        self.to_pay_next = _("To be paid next")
        self.brought_forward = _("Brought forward")
        self.carried_forward = _("Carried forward")
        self.returned_by_us = _("Your savings will be paid back by the cooperative")
        self.treasurer = _("Treasurer")
        self.objection = _(
            "Check the figures above. If anything is not right, object by {date} to the Supervisors:",
            date=head.objection_by,
        )
        self.objection_short = _(
            "Anything not right? Tell the Supervisors by {date}:", date=head.objection_by
        )
        self.code = _("Code")
        self.signed = place_and_date(head, translator)
        self.made = made(head, translator)
        self.treasurer_and_code = cache(
            lambda code: _("Treasurer: {name} · code {code}", name=head.treasurer, code=code)
        )
        self.as_of: Callable[[date], str] = cache(lambda day: _("as of {date}", date=day))
        self.pay_by: Callable[[date], str] = cache(lambda day: _("by {date} at the latest", date=day))
        self.pay_by_short: Callable[[date], str] = cache(
            lambda day: _("by {date:medium} at the latest", date=day)
        )
        self.until: Callable[[date], str] = cache(lambda day: _("until {date}", date=day))
        self.from_day: Callable[[date], str] = cache(lambda day: _("from {date} on", date=day))
        self.day_month: Callable[[date], str] = cache(translator.format.day_month)
        self.long_date: Callable[[date], str] = cache(translator.format.date_long)
        self.after_instalment: Callable[[date], str] = cache(
            lambda day: _("after the instalment of {day}", day=self._day_and_month(day))
        )
        self.number_of: Callable[[int, int], str] = cache(
            lambda number, count: _("no. {number} of {count}", number=number, count=count)
        )
        self.instalment_of: Callable[[int, int], str] = cache(
            lambda number, count: _("instalment {number} of {count}", number=number, count=count)
        )
        self.period: Callable[[date, date], str] = cache(self._period)
        self.days: Callable[[date, date], str] = cache(self._days)

    def _day_and_month(self, day: date) -> str:
        return f"{day.day} {self.format.month_names()[day.month - 1]}"

    def _period(self, first: date, last: date) -> str:
        return self.format.period(Period(first, date.fromordinal(last.toordinal() + 1)))

    def _days(self, first: date, last: date) -> str:
        if (first.year, first.month) == (last.year, last.month) and first != last:
            return f"{first.day}–{self.long_date(last)}"
        return self.period(first, last)

    def group_name(self, group: str) -> str:
        """ "Group Melati"."""
        return self._("Group {name}", name=group)

    def number_named(self, number: str) -> str:
        """ "Member no. 0137"."""
        return self._("Member no. {number}", number=number)

    def member_left(self, day: date) -> str:
        """ "Left on 15 September 2026"."""
        return self._("Member left on {date}", date=day)

    def opening_of_month(self, amount: int) -> str:
        """The sum of all savings at the start, beside their total."""
        return self._("start of month {amount:n}", amount=amount)

    def interest_parts(self, gross: int, tax: int) -> tuple[str, str, str]:
        """Interest before tax, tax, and after it, each with its word."""
        _ = self._
        return (
            _("gross {amount:n}", amount=gross),
            _("tax {amount:n}", amount=tax),
            _("net {amount:n}", amount=gross - tax),
        )

    def interest_line(self, gross: int, tax: int) -> str:
        """The same in one sentence, for the smallest paper."""
        if not gross and not tax:
            return self.no_interest
        return self._(
            "Interest gross {gross:n}, tax {tax:n}, net {net:n}",
            gross=gross,
            tax=tax,
            net=gross - tax,
        )

    def disbursed(self, memo: str, amount: int) -> str:
        """A loan's disbursement; what was paid out has no column of its own."""
        return self._("{memo}, {amount:rp}", memo=memo, amount=amount)

    def loan_number(self, number: str) -> str:
        """ "Loan PJ-2026-0048"."""
        return self._("Loan {number}", number=number)

    def loan_terms(self, loan: LoanSection) -> str:
        """Interest and time of a loan, beside its title."""
        return self._(
            "{terms} · {first} to {last}",
            terms=loan.terms,
            first=loan.disbursed_on,
            last=loan.last_due,
        )

    def paid_off_on(self, day: date) -> str:
        """ "paid off on 2 September 2026"."""
        return self._("paid off on {date}", date=day)

    def instalments(self, loan: LoanSection) -> str:
        """How far the loan is: the instalment begun, else the last one paid."""
        if loan.written_off:
            return self._("written off")
        if not loan.outstanding:
            return self.paid_off
        return self.number_of(loan.instalments_paid + loan.instalment_begun, loan.instalments)

    def continued(self, statement: AccountStatement) -> str:
        """The one-line head of a further page."""
        return self._(
            "{name}, {number}, {period}, continued",
            name=statement.name,
            number=statement.number,
            period=self.period(statement.first_day, statement.last_day),
        )

    def sheet_of(self, number: int, count: int) -> str:
        """ "Sheet 1 of 218"."""
        return self._("Sheet {number} of {count}", number=number, count=count)

    def page_of(self, sheet: str, page: int, pages: int) -> str:
        """Sheet and page, for the footer."""
        return self._("{sheet} · Page {page} of {pages}", sheet=sheet, page=page, pages=pages)

    def carried(self, label: str, product: str) -> str:
        """ "Carried forward, Simpanan Sukarela", when the page ends within a product."""
        return f"{label}, {product}" if product else label

    def due(self, statement: AccountStatement, short: bool = False) -> DueWords:
        """What the thick box says: to be paid, nothing due, or what one who left will receive."""
        day = statement.due_by
        if statement.left and (statement.receivable_by_member or not statement.due_total):
            note = self.from_day(day) if day else ""
            return DueWords(self.will_receive, note, statement.receivable_by_member)
        if not statement.due_total:
            return DueWords(self.nothing_due, self.until(day) if day else "", 0)
        pay_by = self.pay_by_short if short else self.pay_by
        return DueWords(self.to_pay, pay_by(day) if day else "", statement.due_total)


@lru_cache(maxsize=4)
def words_for(head: StatementHead, translator: Translator) -> Words:
    """The words for this head: made once, for all members of a printing."""
    return Words(head, translator)


def made(head: PaperHead, translator: Translator) -> str:
    """ "Made on 2 November 2026 at 09.14 WIB by Ngatiyem"."""
    _ = translator
    return _(
        "Made on {date} at {time} by {name}",
        date=translator.format.date_long(head.made_at.date()),
        time=translator.format.time(head.made_at),
        name=head.made_by,
    )


def place_and_date(head: PaperHead, translator: Translator) -> str:
    """Where and when it is signed: "Sukamaju, 2 November 2026", or the day alone."""
    day = translator.format.date_long(head.signed_on)
    return f"{head.place}, {day}" if head.place else day
