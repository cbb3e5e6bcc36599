"""Hapus buku: a loan that will not come back leaves the books, and what is paid on it after that; a penalty let go."""

from collections.abc import Sequence
from datetime import date

from app.base.errors import LumbungError, UserError
from app.ledger.changes import Outcome
from app.ledger.loans.commands import ReceiveRecovery, WaivePenalty, WriteOffLoan
from app.ledger.loans.quality import stands_through
from app.ledger.loans.reading import Loan, find_loan
from app.ui.bridge import Session
from app.ui.cooperative import MoneyPlace
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.editor import TextEditor, needed
from app.ui.widgets.form import Form
from app.ui.widgets.number_edit import MoneyEdit


class WriteOffForm(Form):
    """Write a loan off, after a question that names what follows."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        self._loan: Loan | None = None
        super().__init__(
            session,
            "write-off",
            self._made,
            effect=self._effects,
            save=_("Write the loan off"),
            said=self._said_words,
            again=False,
        )
        self.reason = TextEditor(_)
        self.add("reason", _("Why it will not come back"), self.reason)
        self.on = DateEdit(session)
        self.add("on", _("Date"), self.on)

    def take(self, loan: Loan) -> None:
        """The loan that is written off."""
        self._loan = loan
        self._say_effect()

    def save(self) -> None:
        """Ask first: it moves the result of the cooperative."""
        _ = self.session.translator
        try:
            command = self._made()
        except LumbungError:
            # What is missing is told at its field, without a question.
            super().save()
            return
        sure = self.session.ask(
            _("Write off loan {loan}?", loan=command.loan),
            " ".join(self._effects()),
            _("Write the loan off"),
        )
        if sure:
            super().save()

    def _made(self) -> WriteOffLoan:
        _ = self.session.translator
        if self._loan is None:
            raise UserError("Choose a loan first.")
        return WriteOffLoan(
            loan=self._loan.number,
            reason=needed(self.reason, _("Say why the loan is written off."), "reason"),
            on=needed(self.on, _("A date is needed."), "on"),
        )

    def _effects(self) -> Sequence[str]:
        _ = self.session.translator
        if self._loan is None:
            return []
        day = self._day()
        standing = find_loan(self.session.reading(), self._loan.number, day).standing
        used = min(standing.held, standing.outstanding)
        loss = standing.outstanding - used
        borne = min(loss, max(stands_through(self.session.reading(), day), 0))
        lines = [_("{amount:rp} of principal leaves the books.", amount=standing.outstanding)]
        if used:
            lines.append(_("{amount:rp} kept aside is used for it.", amount=used))
        if borne:
            lines.append(_("The allowance bears {amount:rp}.", amount=borne))
        if loss - borne:
            lines.append(_("{amount:rp} is an expense of this period.", amount=loss - borne))
        lines.append(_("The member still owes it: what is paid later is income of its day."))
        lines.append(_("The loan stays in the list as written off. It can be taken back."))
        return lines

    def _said_words(self, outcome: Outcome) -> str:
        return self.session.translator(
            "Loan {loan} is written off: {amount:rp}",
            loan=outcome.value.get("loan", ""),
            amount=outcome.value.get("written_off", 0),
        )

    def _day(self) -> date:
        try:
            return self.on.value() or self.session.today
        except LumbungError:
            return self.session.today


class RecoveryForm(Form):
    """Receive money on a loan that was written off."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        self._loan: Loan | None = None
        super().__init__(
            session, "recovery", self._made, effect=self._effects, save=_("Receive the money"), again=False
        )
        self.amount = MoneyEdit(_)
        self.on = DateEdit(session)
        self.place = MoneyPlace(session)
        self.add("amount", _("Amount"), self.amount)
        self.add_beside(("on", _("Date"), self.on), ("account", _("Paid with"), self.place))

    def take(self, loan: Loan) -> None:
        """The loan it is paid on."""
        self._loan = loan
        self.place.renew()
        self._say_effect()

    def _made(self) -> ReceiveRecovery:
        _ = self.session.translator
        if self._loan is None:
            raise UserError("Choose a loan first.")
        return ReceiveRecovery(
            loan=self._loan.number,
            amount=needed(self.amount, _("The amount is needed."), "amount"),
            on=needed(self.on, _("A date is needed."), "on"),
            account=self.place.value() or "",
        )

    def _effects(self) -> Sequence[str]:
        _ = self.session.translator
        if self._loan is None:
            return []
        standing = self._loan.standing
        return [
            _(
                "Written off: {amount:rp}, recovered of it: {came:rp}",
                amount=standing.written_off,
                came=standing.recovered,
            ),
            _("What comes in is income: the loan is not in the books any more."),
        ]


class WaiverForm(Form):
    """Let a penalty go, all of it or a part."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        self._loan: Loan | None = None
        super().__init__(
            session, "waiver", self._made, effect=self._effects, save=_("Let the penalty go"), again=False
        )
        self.reason = TextEditor(_)
        self.add("reason", _("Why it is let go"), self.reason)
        self.amount = MoneyEdit(_, empty=_("All that is due"))
        self.on = DateEdit(session)
        self.add_beside(("amount", _("Amount"), self.amount), ("on", _("Date"), self.on))

    def take(self, loan: Loan) -> None:
        """The loan whose penalty it is."""
        self._loan = loan
        self._say_effect()

    def _made(self) -> WaivePenalty:
        _ = self.session.translator
        if self._loan is None:
            raise UserError("Choose a loan first.")
        return WaivePenalty(
            loan=self._loan.number,
            reason=needed(self.reason, _("Say why the penalty is let go."), "reason"),
            amount=self.amount.value() or None,
            on=needed(self.on, _("A date is needed."), "on"),
        )

    def _effects(self) -> Sequence[str]:
        _ = self.session.translator
        if self._loan is None:
            return []
        on = self.on.value() or self.session.today
        due = find_loan(self.session.reading(), self._loan.number, on).standing.penalty_due
        left = max(due - (self.amount.value() or due), 0)
        return [
            _("Penalty due: {amount:rp}", amount=due),
            _("{amount:rp} of it is still to be paid.", amount=left),
            _("Nothing is posted: a penalty is income only once it is paid."),
        ]
