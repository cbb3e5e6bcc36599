"""A member who leaves: what that means in plain words, then the paying out."""

from collections.abc import Sequence
from typing import Final

from app.base.i18n import N_
from app.ledger.members.commands import AcceptExit, ExitReason, PayExit
from app.ledger.members.settlement import exit_preview
from app.ui.bridge import Session
from app.ui.cooperative import MoneyPlace
from app.ui.pages.members.facts import Facts
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.editor import ChoiceEditor, SwitchEditor, TextEditor, needed
from app.ui.widgets.form import Form

_REASONS: Final = (
    (ExitReason.RESIGNATION.value, N_("Wants to leave")),
    (ExitReason.DEATH.value, N_("Has died")),
    (ExitReason.DISMISSAL.value, N_("Is dismissed")),
)


class ExitForm(Form):
    """Accept that a member leaves."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        self._facts: Facts | None = None
        super().__init__(
            session,
            "exit",
            self._made,
            effect=self._effects,
            save=_("Accept the exit"),
            said=lambda _outcome: _("The exit is accepted"),
            again=False,
        )
        self.reason = ChoiceEditor(_, [(key, _(words)) for key, words in _REASONS])
        self.on = DateEdit(session)
        self.add_beside(("reason", _("Reason"), self.reason), ("on", _("Leaves on"), self.on))
        self.requested = DateEdit(session, optional=True)
        self.note = TextEditor(_)
        self.add_beside(("requested", _("Asked for on"), self.requested), ("note", _("Note"), self.note))
        self.settle = SwitchEditor(_, _("Pay the loans off out of the savings"), on=True)
        self.add("settle", _("Loans"), self.settle)

    def start_over(self) -> None:
        """Empty everything; that the exit was asked for today is nothing to take for granted."""
        super().start_over()
        self.requested.set_value(None)

    def take(self, facts: Facts) -> None:
        """The member who leaves."""
        self._facts = facts
        self.fields["settle"].setVisible(bool(facts.owed) and facts.savings > 0)
        self._say_effect()

    def keep_draft(self) -> None:
        """Nothing here is long enough to be kept, and it would come back for another member."""

    def _made(self) -> AcceptExit:
        _ = self.session.translator
        assert self._facts is not None
        return AcceptExit(
            member=self._facts.row.number,
            on=needed(self.on, _("A date is needed."), "on"),
            reason=ExitReason(self.reason.value() or ExitReason.RESIGNATION),
            note=self.note.value() or "",
            requested=self.requested.value(),
            settle=self._settles(),
        )

    def _settles(self) -> bool:
        return not self.fields["settle"].isHidden() and bool(self.settle.value())

    def _effects(self) -> Sequence[str]:
        _ = self.session.translator
        facts = self._facts
        if facts is None:
            return []
        lines = [_("{name} is no member from that day on.", name=facts.row.name)]
        if facts.savings:
            lines.append(
                _(
                    "All savings, {amount:rp}, become a debt of the cooperative until they are paid out.",
                    amount=facts.savings,
                )
            )
        debt = sum(item.standing.outstanding for item in facts.loans)
        on = self.on.value()
        if self._settles() and on is not None:
            told = exit_preview(self.session.reading(), facts.row.party, on)
            lines.append(_("The loans take {amount:rp} of it: principal and interest.", amount=told.owed))
            if told.short:
                lines.append(
                    _("The savings do not reach: {amount:rp} of the loans is still owed.", amount=told.short)
                )
            else:
                lines.append(_("{amount:rp} is left to be paid out.", amount=told.rest))
        elif debt:
            lines.append(
                _(
                    "{amount:rp} is still owed on loans. It has to be paid before the savings are paid out.",
                    amount=debt,
                )
            )
        elif facts.savings:
            lines.append(_("No cash moves yet: the paying out is the next step."))
        lines.append(_("It can be taken back as long as nothing is paid out."))
        return lines


class PayExitForm(Form):
    """Pay what the cooperative owes to one who left."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        self._facts: Facts | None = None
        super().__init__(
            session, "pay-exit", self._made, effect=self._effects, save=_("Pay the savings out"), again=False
        )
        self.on = DateEdit(session)
        self.place = MoneyPlace(session)
        self.add_beside(("on", _("Date"), self.on), ("account", _("Money comes from"), self.place))
        self.memo = TextEditor(_, hint=_("Only if something needs to be said"))
        self.add("memo", _("Note"), self.memo)

    def take(self, facts: Facts) -> None:
        """Who is paid."""
        self._facts = facts
        self.place.renew()
        self._say_effect()

    def keep_draft(self) -> None:
        """Nothing here is long enough to be kept, and it would come back for another member."""

    def _made(self) -> PayExit:
        _ = self.session.translator
        assert self._facts is not None
        return PayExit(
            member=self._facts.row.number,
            on=needed(self.on, _("A date is needed."), "on"),
            account=self.place.value() or "",
            memo=self.memo.value() or "",
        )

    def _effects(self) -> Sequence[str]:
        _ = self.session.translator
        facts = self._facts
        if facts is None:
            return []
        debt = sum(item.standing.outstanding for item in facts.loans)
        if debt:
            return [
                _(
                    "{amount:rp} is still owed on loans. It has to be paid before the savings are paid out.",
                    amount=debt,
                )
            ]
        lines = [
            _("{product}: {amount:rp}", product=item.name, amount=item.balance)
            for item in facts.accounts
            if item.balance
        ]
        return [*lines, _("{place} goes down by {amount:rp}.", place=self.place.words, amount=facts.savings)]
