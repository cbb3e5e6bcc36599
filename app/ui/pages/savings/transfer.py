"""Pindah simpanan: from one product to another, or to another member; no money is touched."""

from collections.abc import Sequence

from app.base.errors import UserError
from app.ledger.members.queries import MemberRow
from app.ledger.savings.commands import TransferSavings
from app.ledger.savings.queries import MemberAccount
from app.ui.bridge import Session
from app.ui.cooperative import accounts_of, offered_products, picked_member
from app.ui.pickers import member_picker
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.editor import ChoiceEditor, TextEditor, needed
from app.ui.widgets.form import Form
from app.ui.widgets.number_edit import MoneyEdit


class TransferForm(Form):
    """Savings moved from an account to a product."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        super().__init__(session, "transfer", self._made, effect=self._effects)
        self._accounts: dict[str, MemberAccount] = {}
        self.picker = member_picker(session)
        self.add("member", _("Which member"), self.picker)
        self.source = ChoiceEditor(_, [])
        self.add("product", _("From"), self.source)
        self.to_picker = member_picker(session)
        self.target = ChoiceEditor(_, [])
        self.add_beside(
            ("to_member", _("To another member (else the same)"), self.to_picker),
            ("to_product", _("To"), self.target),
        )
        self.amount = MoneyEdit(_)
        self.on = DateEdit(session)
        self.add_beside(("amount", _("Amount"), self.amount), ("on", _("Date"), self.on))
        self.memo = TextEditor(_, hint=_("Only if something needs to be said"))
        self.add("memo", _("Note"), self.memo)
        self.picker.changed.connect(self._member_changed)
        self.source.changed.connect(self._tell)
        self.renew()

    def come(self, number: str) -> None:
        """For a member, or for whom it will be."""
        if number:
            self.start_over()
            self.picker.set_value(number)
            self._member_changed()
            self.source.setFocus()
        else:
            self.begin()

    def renew(self) -> None:
        """Offer what there is now."""
        products = offered_products(self.session)
        self.target.set_choices([(item.code, item.name) for item in products])
        self._member_changed()

    def _made(self) -> TransferSavings:
        _ = self.session.translator
        number = needed(self.picker, _("Choose a member first."), "member")
        account = self._accounts.get(self.source.value() or "")
        if account is None:
            raise UserError("This member has no savings that can be taken out.", field="member")
        return TransferSavings(
            member=number,
            product=account.product,
            savings_number=account.number,
            to_member=self.to_picker.value() or "",
            to_product=self.target.value() or "",
            amount=needed(self.amount, _("An amount is needed."), "amount"),
            on=needed(self.on, _("A date is needed."), "on"),
            memo=self.memo.value() or "",
        )

    def _member_changed(self) -> None:
        row: MemberRow | None = picked_member(self.session, self.picker)
        found = (
            [item for item in accounts_of(self.session, row) if item.withdrawable and item.balance]
            if row
            else []
        )
        self._accounts = {str(item.account): item for item in found}
        self.source.set_choices(
            [(key, f"{item.name} {item.number}".strip()) for key, item in self._accounts.items()]
        )
        self.source.setEnabled(bool(found))
        self._tell()

    def _tell(self) -> None:
        _ = self.session.translator
        account = self._accounts.get(self.source.value() or "")
        self.source.note(_("Balance {amount:rp}", amount=account.balance) if account else "")

    def _effects(self) -> Sequence[str]:
        _ = self.session.translator
        account, amount = self._accounts.get(self.source.value() or ""), self.amount.value()
        if account is None or not amount:
            return []
        to = picked_member(self.session, self.to_picker)
        lines = [
            _(
                "{product}: {before:rp} becomes {after:rp}.",
                product=account.name,
                before=account.balance,
                after=account.balance - amount,
            )
        ]
        if to is not None:
            lines.append(
                _(
                    "{product} of {name} goes up by {amount:rp}.",
                    product=self.target.box.currentText(),
                    name=to.name,
                    amount=amount,
                )
            )
        else:
            lines.append(
                _("{place} goes up by {amount:rp}.", place=self.target.box.currentText(), amount=amount)
            )
        lines.append(_("No cash moves."))
        return lines
