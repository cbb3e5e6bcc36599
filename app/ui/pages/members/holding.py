"""Holding part of a member's savings, and letting it go again."""

from collections.abc import Sequence

from app.base.errors import UserError
from app.ledger.savings.commands import PlaceHold, ReleaseHold
from app.ledger.savings.queries import HeldAmount, MemberAccount
from app.ui.bridge import Session
from app.ui.pages.members.facts import Facts
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.editor import ChoiceEditor, TextEditor, needed
from app.ui.widgets.form import Form
from app.ui.widgets.number_edit import MoneyEdit


def unheld(account: MemberAccount) -> int:
    """What of an account is not held yet, in rupiah: the most that can be held of it."""
    return max(account.balance - account.held, 0)


class _ComingDay(DateEdit):
    """A day that lies ahead as a rule, also far ahead: nothing about that is to be asked."""

    def odd(self) -> str:
        """Nothing."""
        return ""

    def locked(self) -> bool:
        """Nothing is posted on that day."""
        return False


class HoldForm(Form):
    """Hold an amount of one account: why, and how long it is meant."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        self._facts: Facts | None = None
        self._accounts: dict[str, MemberAccount] = {}
        super().__init__(
            session,
            "hold",
            self._made,
            effect=self._effects,
            save=_("Hold savings"),
            said=_("The savings are held"),
            again=False,
        )
        self.account = ChoiceEditor(_, [])
        self.amount = MoneyEdit(_)
        self.reason = TextEditor(_, hint=_("security of a loan, a dispute"))
        self.on = DateEdit(session)
        self.until = _ComingDay(session, optional=True)
        self.add("product", _("Savings"), self.account)
        self.add("amount", _("Amount"), self.amount)
        self.add("reason", _("Reason"), self.reason)
        self.add_beside(("on", _("Date"), self.on), ("until", _("Meant until"), self.until))
        self.account.changed.connect(self._tell)

    def start_over(self) -> None:
        """Empty everything; a hold is meant until something happens unless a day is given."""
        super().start_over()
        self.until.set_value(None)

    def take(self, facts: Facts) -> None:
        """The member whose savings they are."""
        self._facts = facts
        _ = self.session.translator
        self._accounts = {str(item.account): item for item in facts.accounts if unheld(item)}
        self.account.set_choices(
            [(key, f"{item.name} {item.number}".strip()) for key, item in self._accounts.items()]
        )
        # Savings that can be taken out come first to mind: the others stay where they are anyway.
        likely = next((key for key, item in self._accounts.items() if item.withdrawable), None)
        self.begin({"product": likely} if likely else {})
        self.until.set_value(None)
        self._tell()

    def keep_draft(self) -> None:
        """Nothing here is long enough to be kept, and it would come back for another member."""

    def _chosen(self) -> MemberAccount | None:
        return self._accounts.get(self.account.value() or "")

    def _tell(self) -> None:
        _ = self.session.translator
        found = self._chosen()
        self.account.note(
            _("Balance {amount:rp}, {free:rp} can be taken out", amount=found.balance, free=found.free)
            if found
            else ""
        )

    def _made(self) -> PlaceHold:
        _ = self.session.translator
        assert self._facts is not None
        found = self._chosen()
        if found is None:
            raise UserError("This member has no savings that could be held.", field="product")
        return PlaceHold(
            member=self._facts.row.number,
            product=found.product,
            savings_number=found.number,
            amount=needed(self.amount, _("An amount is needed."), "amount"),
            reason=self.reason.value() or "",
            on=needed(self.on, _("A date is needed."), "on"),
            until=self.until.value(),
        )

    def _effects(self) -> Sequence[str]:
        _ = self.session.translator
        found, amount = self._chosen(), self.amount.value()
        if found is None or not amount:
            return []
        if amount > unheld(found):
            return [_("Only {free:rp} is not held yet. It will be refused.", free=unheld(found))]
        after = found._replace(held=found.held + amount)
        lines = [_("The balance stays {amount:rp}; no money moves.", amount=found.balance)]
        if found.withdrawable:
            lines.append(_("{free:rp} can still be taken out.", free=after.free))
        if self.until.value() is not None:
            lines.append(_("It does not end by itself on that day: lift it then."))
        return lines


class LiftForm(Form):
    """Let go what is held."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        self._facts: Facts | None = None
        self._holds: dict[str, HeldAmount] = {}
        super().__init__(
            session,
            "lift-hold",
            self._made,
            effect=self._effects,
            save=_("Lift the hold"),
            said=_("The hold is lifted"),
            again=False,
        )
        self.hold = ChoiceEditor(_, [])
        self.on = DateEdit(session)
        self.add("hold", _("Which hold"), self.hold)
        self.add("on", _("Date"), self.on)

    def take(self, facts: Facts) -> None:
        """The member whose savings they are."""
        self._facts = facts
        _ = self.session.translator
        self._holds = {str(item.hold): item for item in facts.holds}
        self.hold.set_choices(
            [
                (
                    key,
                    _(
                        "{product} {amount:rp}: {reason}",
                        product=item.product,
                        amount=item.amount,
                        reason=item.reason,
                    ),
                )
                for key, item in self._holds.items()
            ]
        )
        self.begin({})

    def keep_draft(self) -> None:
        """Nothing here is long enough to be kept, and it would come back for another member."""

    def _made(self) -> ReleaseHold:
        _ = self.session.translator
        assert self._facts is not None
        found = self._holds.get(self.hold.value() or "")
        if found is None:
            raise UserError("Nothing of this member is held.", field="hold")
        return ReleaseHold(
            member=self._facts.row.number,
            product=found.code,
            savings_number=found.number,
            hold=found.hold,
            on=needed(self.on, _("A date is needed."), "on"),
        )

    def _effects(self) -> Sequence[str]:
        _ = self.session.translator
        found = self._holds.get(self.hold.value() or "")
        if found is None or self._facts is None:
            return []
        account = next((item for item in self._facts.accounts if item.account == found.account), None)
        if account is None or not account.withdrawable:
            return []
        after = account._replace(held=account.held - found.amount)
        return [_("{free:rp} can then be taken out.", free=after.free)]
