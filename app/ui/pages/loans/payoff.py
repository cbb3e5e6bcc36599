"""Pelunasan: what settling a loan early costs, by each way of counting it, before it is done."""

from collections.abc import Sequence
from datetime import date

from app.base.errors import LumbungError, UserError
from app.base.i18n import N_
from app.ledger.changes import Outcome
from app.ledger.loans.commands import PayOffLoan, Settlement
from app.ledger.loans.reading import Loan, find_loan
from app.ledger.loans.standing import Cost
from app.ledger.members.queries import member
from app.ui.bridge import Session
from app.ui.cooperative import MoneyPlace, accounts_of
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.editor import ChoiceEditor, TextEditor, needed
from app.ui.widgets.form import Form

_FROM_SAVINGS = "savings:"
_VARIANTS = {
    Settlement.CURRENT: N_("Principal and interest up to the running period"),
    Settlement.FULL: N_("Principal and all interest agreed"),
    Settlement.PRINCIPAL: N_("Principal only"),
}


class PayOffForm(Form):
    """Settle a loan."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        self._loan: Loan | None = None
        super().__init__(
            session,
            "payoff",
            self._made,
            effect=self._effects,
            save=_("Settle the loan"),
            said=self._saved_words,
            again=False,
        )
        self.variant = ChoiceEditor(_, [(key.value, _(words)) for key, words in _VARIANTS.items()])
        self.add("variant", _("What is counted"), self.variant)
        self.on = DateEdit(session)
        self.place = MoneyPlace(session)
        self.add_beside(("on", _("Date"), self.on), ("account", _("Paid with"), self.place))
        self.memo = TextEditor(_, hint=_("Only if something needs to be said"))
        self.add("memo", _("Note"), self.memo)
        self.on.changed.connect(self._tell)

    def take(self, loan: Loan) -> None:
        """The loan that is settled."""
        _ = self.session.translator
        self._loan = loan
        row = member(self.session.reading(), loan.member, self.session.today)
        self.place.renew(
            [
                (
                    _FROM_SAVINGS + (item.number or item.product),
                    _("{product}, balance {amount:rp}", product=item.name, amount=item.balance),
                )
                for item in accounts_of(self.session, row)
                if item.withdrawable and item.balance
            ]
        )
        self._tell()
        self._say_effect()

    def cost(self, variant: Settlement) -> Cost | None:
        """What one way of counting takes on the day in the form."""
        if self._loan is None:
            return None
        day = self._day()
        return find_loan(self.session.reading(), self._loan.number, day).standing.cost(day, variant)

    def _tell(self) -> None:
        """Every way of counting with what it costs, so that they can be compared."""
        _ = self.session.translator
        choices = []
        for key, words in _VARIANTS.items():
            cost = self.cost(key)
            amount = cost.to_pay if cost is not None else 0
            choices.append((key.value, _("{words}: {amount:rp}", words=_(words), amount=amount)))
        self.variant.set_choices(choices)

    def _made(self) -> PayOffLoan:
        _ = self.session.translator
        if self._loan is None:
            raise UserError("Choose a loan first.")
        place = self.place.value() or ""
        from_savings = place.removeprefix(_FROM_SAVINGS) if place.startswith(_FROM_SAVINGS) else ""
        return PayOffLoan(
            loan=self._loan.number,
            on=needed(self.on, _("A date is needed."), "on"),
            variant=self._variant(),
            account="" if from_savings else place,
            from_savings=from_savings,
            memo=self.memo.value() or "",
        )

    def _saved_words(self, outcome: Outcome) -> str:
        _ = self.session.translator
        return _(
            "{number}: loan {loan} is paid off, {amount:rp} received",
            number=outcome.number,
            loan=outcome.value.get("loan", ""),
            amount=outcome.value.get("paid", 0),
        )

    def _variant(self) -> Settlement:
        return Settlement(self.variant.value() or Settlement.CURRENT)

    def _effects(self) -> Sequence[str]:
        _ = self.session.translator
        cost = self.cost(self._variant())
        if cost is None:
            return []
        lines = [
            text
            for part, text in (
                (cost.principal, _("Principal: {amount:rp}", amount=cost.principal)),
                (cost.interest, _("Interest: {amount:rp}", amount=cost.interest)),
                (cost.penalty, _("Penalty: {amount:rp}", amount=cost.penalty)),
                (cost.held, _("Kept aside, used first: {amount:rp}", amount=cost.held)),
            )
            if part
        ]
        if cost.to_pay < 0:
            lines.append(_("{amount:rp} goes back to the member.", amount=-cost.to_pay))
        else:
            lines.append(_("To be received: {amount:rp}", amount=cost.to_pay))
        lines.append(_("The loan is then paid off."))
        return lines

    def _day(self) -> date:
        try:
            return self.on.value() or self.session.today
        except LumbungError:
            return self.session.today
