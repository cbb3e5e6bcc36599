"""Restrukturisasi: the rest of a loan is paid by a new schedule, which is shown before it holds."""

from collections.abc import Sequence
from decimal import Decimal

from app.base.errors import UserError
from app.ledger.changes import Outcome
from app.ledger.loans.reading import Loan, find_loan
from app.ledger.loans.restructure_command import ArrearsInterest, RestructureLoan, Restructuring
from app.ledger.loans.restructuring import new_schedule
from app.ledger.loans.schedule import Every, Method, RatePer
from app.ui.bridge import Session
from app.ui.loan_words import EVERY, METHODS, PER, RESTRUCTURINGS
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.editor import ChoiceEditor, TextEditor, needed
from app.ui.widgets.form import Form
from app.ui.widgets.number_edit import CountEdit, RateEdit


class RestructuringForm(Form):
    """New terms for what is left of a loan."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        self._loan: Loan | None = None
        super().__init__(
            session,
            "restructuring",
            self._made,
            effect=self._effects,
            save=_("Restructure the loan"),
            said=self._said_words,
            again=False,
        )
        self.kind = ChoiceEditor(_, [(key, _(words)) for key, words in RESTRUCTURINGS])
        self.add("kind", _("Kind of restructuring"), self.kind)
        self.on = DateEdit(session)
        self.first_due = DateEdit(session, optional=True)
        self.add_beside(("on", _("Date"), self.on), ("first_due", _("First instalment on"), self.first_due))
        self.term = CountEdit(_)
        self.grace = CountEdit(_)
        self.add_beside(
            ("term", _("Number of instalments"), self.term), ("grace", _("Of them bare interest"), self.grace)
        )
        self.rate = RateEdit(_)
        self.per = ChoiceEditor(_, [(key, _(words)) for key, words in PER])
        self.add_beside(("rate", _("Interest in percent"), self.rate), ("per", _("Percent for"), self.per))
        self.method = ChoiceEditor(_, [(key, _(words)) for key, words in METHODS])
        self.every = ChoiceEditor(_, [(key, _(words)) for key, words in EVERY])
        self.add_beside(
            ("method", _("How it is counted"), self.method), ("every", _("Instalments are in"), self.every)
        )
        self.arrears = ChoiceEditor(
            _,
            [
                (ArrearsInterest.CLAIM.value, _("Stays due and is paid first")),
                (ArrearsInterest.PRINCIPAL.value, _("Is added to the principal")),
            ],
        )
        self.add("arrears", _("Interest that is behind"), self.arrears)
        self.reason = TextEditor(_)
        self.approved_by = TextEditor(_)
        self.add_beside(
            ("reason", _("Why"), self.reason), ("approved_by", _("Approved by"), self.approved_by)
        )

    def take(self, loan: Loan) -> None:
        """The loan that is restructured; `renew_for` puts its terms in the fields."""
        self._loan = loan
        self._say_effect()

    def renew_for(self, loan: Loan) -> None:
        """Begin with the terms in force."""
        terms = loan.agreed.terms
        self.rate.set_value(terms.rate)
        self.per.set_value(terms.per.value)
        self.method.set_value(terms.method.value)
        self.every.set_value(terms.every.value)

    def _made(self) -> RestructureLoan:
        _ = self.session.translator
        return self._command(
            needed(self.reason, _("Say why the loan is restructured."), "reason"),
            needed(self.approved_by, _("Say who approved the restructuring."), "approved_by"),
        )

    def _command(self, reason: str, approved_by: str) -> RestructureLoan:
        _ = self.session.translator
        if self._loan is None:
            raise UserError("Choose a loan first.")
        terms = self._loan.agreed.terms
        rate = self.rate.value()
        return RestructureLoan(
            loan=self._loan.number,
            kind=Restructuring(self.kind.value() or Restructuring.RESCHEDULING.value),
            on=needed(self.on, _("A date is needed."), "on"),
            term=needed(self.term, _("Give the number of instalments."), "term"),
            first_due=self.first_due.value(),
            grace=self.grace.value() or 0,
            rate=terms.rate if rate is None else Decimal(rate),
            per=RatePer(self.per.value() or terms.per.value),
            method=Method(self.method.value() or terms.method.value),
            every=Every(self.every.value() or terms.every.value),
            arrears=ArrearsInterest(self.arrears.value() or ArrearsInterest.CLAIM.value),
            reason=reason,
            approved_by=approved_by,
        )

    def _effects(self) -> Sequence[str]:
        _ = self.session.translator
        if self._loan is None or not self.term.value():
            return []
        command = self._command("-", "-")
        loan = find_loan(self.session.reading(), self._loan.number, command.on)
        made = new_schedule(loan.standing, loan.agreed, command)
        new = [row for row in made.rows if row.number > made.base]
        lines = [_("{amount:rp} of principal is paid by the new schedule.", amount=made.terms.principal)]
        if made.capitalised:
            lines.append(
                _("{amount:rp} of it is interest behind, income of this day.", amount=made.capitalised)
            )
        if made.claim:
            lines.append(_("{amount:rp} of interest stays behind and is paid first.", amount=made.claim))
        for row in (*new[:3], *new[-1:]) if len(new) > 4 else new:
            lines.append(
                _(
                    "Instalment {number} on {due:medium}: {amount:rp}",
                    number=row.number,
                    due=row.due,
                    amount=row.principal + row.interest,
                )
            )
        lines.append(_("The class of the loan stays until enough instalments were paid on time."))
        return lines

    def _said_words(self, outcome: Outcome) -> str:
        return self.session.translator(
            "Loan {loan} is restructured: {amount:rp} left",
            loan=outcome.value.get("loan", ""),
            amount=outcome.value.get("outstanding", 0),
        )
