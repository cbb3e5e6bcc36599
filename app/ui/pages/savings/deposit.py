"""Setor simpanan: one member, the usual amounts filled in, several products on one slip."""

from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtWidgets import QStackedWidget

from app.base.errors import LumbungError, Refused, UserError
from app.ledger.changes import Kind, Outcome
from app.ledger.members.queries import MemberRow
from app.ledger.rebuilding import original_command
from app.ledger.savings.commands import DepositSavings, RecordSavings, SavingsLine
from app.ledger.savings.queries import Product, meant
from app.ui import theme
from app.ui.bridge import Session
from app.ui.cooperative import MoneyPlace, accounts_of, offered_products, picked_member, standing_of
from app.ui.pages.page import Page
from app.ui.pages.savings.transfer import TransferForm
from app.ui.pickers import member_picker
from app.ui.widgets.button import Button
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.editor import TextEditor, needed
from app.ui.widgets.form import Form
from app.ui.widgets.layout import column
from app.ui.widgets.number_edit import MoneyEdit
from app.ui.widgets.page_head import PageHead

_PREFIX = "product-"


class DepositForm(Form):
    """A slip: an amount for each product that the member pays into."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        super().__init__(session, "deposit", self._made, effect=self._effects, said=self._saved_words)
        self.products = offered_products(session)
        self._member: MemberRow | None = None
        self.picker = member_picker(session)
        self.add("member", _("Which member"), self.picker)
        self.amounts: dict[str, MoneyEdit] = {}
        for item in self.products:
            edit = MoneyEdit(_)
            self.amounts[item.code] = edit
        fields = [(_PREFIX + item.code, item.name, self.amounts[item.code]) for item in self.products]
        for start in range(0, len(fields), 2):
            self.add_beside(*fields[start : start + 2])
        self.on = DateEdit(session)
        self.place = MoneyPlace(session)
        self.add_beside(("on", _("Date"), self.on), ("account", _("Money goes into"), self.place))
        self.memo = TextEditor(_, hint=_("Only if something needs to be said"))
        self.add("memo", _("Note"), self.memo)
        self.picker.changed.connect(self._member_changed)

    def pick(self, number: str) -> None:
        """Fill in for this member."""
        self.start_over()
        self.picker.set_value(number)
        self._member_changed()
        self.focus_first()

    def put_right(self, entry: int) -> None:
        """Fill in a slip that is to be put right: its amounts, and none that are usual."""
        found = original_command(self.session.reading(), entry)
        match found:
            case DepositSavings():
                given = [(found.product, found.amount)]
                number = found.member
            case RecordSavings():
                given = [(line.product, line.deposit) for line in found.lines]
                number = found.lines[0].member
            case _:
                return
        gone = next((text for text, _amount in given if meant(self.products, text) is None), None)
        if gone is not None:
            self.session.show_error(
                Refused(
                    "{product} is not offered any more.",
                    advice="Choose another product, or offer it again.",
                    product=gone,
                )
            )
            return
        self.pick(number)
        lines = {item.code: amount for text, amount in given if (item := meant(self.products, text))}
        values: dict[str, Any] = {_PREFIX + item.code: lines.get(item.code) or None for item in self.products}
        values |= {"on": found.on, "memo": found.memo}
        if found.account:
            values["account"] = found.account
        self.fill(values, correcting=entry, keeping={"number": found.number})
        self.focus_first()

    def renew(self) -> None:
        """Say anew what the member has."""
        self.place.renew()
        if self._member is not None:
            self._tell(self._member)

    def focus_first(self) -> None:
        """The member first; once there is one, the first amount."""
        if picked_member(self.session, self.picker) is None:
            self.picker.setFocus()
        elif self.products:
            self.amounts[self.products[0].code].select()

    def refuse(self, error: LumbungError) -> bool:
        """A refused line is shown at the amount of its product."""
        if error.field in ("deposit", "product", "savings_number", "lines"):
            lines = [code for code, amount in self._given() if amount]
            if lines:
                error.field = _PREFIX + lines[min(error.line, len(lines) - 1)]
            elif self.products:
                error.field = _PREFIX + self.products[0].code
        return super().refuse(error)

    # Inside

    def _given(self) -> list[tuple[str, int]]:
        return [(code, edit.value() or 0) for code, edit in self.amounts.items()]

    def _made(self) -> RecordSavings:
        _ = self.session.translator
        number = needed(self.picker, _("Choose a member first."), "member")
        lines = []
        for code, edit in self.amounts.items():
            try:
                amount = edit.value()
            except LumbungError as error:
                error.field = _PREFIX + code
                raise
            if amount:
                lines.append(SavingsLine(member=number, product=code, deposit=amount))
        if not lines:
            raise UserError("Fill in at least one amount.", field="lines")
        return RecordSavings(
            on=needed(self.on, _("A date is needed."), "on"),
            lines=tuple(lines),
            account=self.place.value() or "",
            memo=self.memo.value() or "",
        )

    def _saved_words(self, outcome: Outcome) -> str:
        _ = self.session.translator
        name = self._member.name if self._member else ""
        return _(
            "{number}: {name} put in {amount:rp}",
            number=outcome.number,
            name=name,
            amount=outcome.value.get("deposits", 0),
        )

    def _member_changed(self) -> None:
        row = picked_member(self.session, self.picker)
        if row is None or (self._member is not None and row.number == self._member.number and self._filled()):
            if row is None:
                self._member = None
                for edit in self.amounts.values():
                    edit.note("")
            return
        self._member = row
        self._tell(row)
        self._fill_usual(row)
        self._say_effect()

    def _filled(self) -> bool:
        return any(edit.touched for edit in self.amounts.values())

    def _tell(self, row: MemberRow) -> None:
        """What is paid already, below each amount."""
        _ = self.session.translator
        balances: dict[str, int] = {}
        for account in accounts_of(self.session, row):
            balances[account.product] = balances.get(account.product, 0) + account.balance
        standing = standing_of(self.session, row)
        for item in self.products:
            words = _("Balance {amount:rp}", amount=balances.get(item.code, 0))
            if item.kind == "mandatory" and standing is not None and standing.monthly:
                if standing.arrears:
                    count = _.plural("{n} month", "{n} months", standing.arrears_months)
                    words = _(
                        "{count} to pay, {monthly:rp} a month. Balance {balance:rp}",
                        count=count,
                        monthly=standing.monthly,
                        balance=balances.get(item.code, 0),
                    )
                elif standing.paid_through is not None:
                    words = _(
                        "Paid up to {month}. Balance {balance:rp}",
                        month=standing.paid_through,
                        balance=balances.get(item.code, 0),
                    )
            elif item.kind == "share" and item.amount:
                left = max(item.amount - balances.get(item.code, 0), 0)
                words = (
                    _("{left:rp} of {tariff:rp} is left to pay", left=left, tariff=item.amount)
                    if left
                    else _("Fully paid")
                )
            self.amounts[item.code].note(words)

    def _fill_usual(self, row: MemberRow) -> None:
        """The amounts that are to be paid, where nothing was typed."""
        if row.status not in ("active", "prospective"):
            return
        balances: dict[str, int] = {}
        for account in accounts_of(self.session, row):
            balances[account.product] = balances.get(account.product, 0) + account.balance
        standing = standing_of(self.session, row)
        for item in self.products:
            edit = self.amounts[item.code]
            if edit.touched:
                continue
            amount = _usual(item, standing.arrears if standing else 0, balances.get(item.code, 0))
            if amount and row.status == "active":
                edit.set_value(amount)

    def _effects(self) -> Sequence[str]:
        _ = self.session.translator
        row = self._member
        given = [(code, amount) for code, amount in self._given() if amount]
        if row is None or not given:
            return []
        total = sum(amount for _code, amount in given)
        lines = [_("{place} goes up by {amount:rp}.", place=self.place.words, amount=total)]
        balances: dict[str, int] = {}
        for account in accounts_of(self.session, row):
            balances[account.product] = balances.get(account.product, 0) + account.balance
        names = {item.code: item for item in self.products}
        if self.correcting:
            return lines
        for code, amount in given:
            before = balances.get(code, 0)
            lines.append(
                _(
                    "{product}: {before:rp} becomes {after:rp}.",
                    product=names[code].name,
                    before=before,
                    after=before + amount,
                )
            )
            if names[code].kind == "mandatory":
                lines += self._months_paid(row, amount)
        return lines

    def _months_paid(self, row: MemberRow, amount: int) -> list[str]:
        _ = self.session.translator
        standing = standing_of(self.session, row)
        if standing is None or not standing.monthly:
            return []
        last, rest = standing.after(amount)
        said = []
        if last is not None:
            said.append(_("Mandatory savings are then paid up to {month}.", month=last))
        if rest:
            said.append(_("{rest:rp} counts towards the month after.", rest=rest))
        return said


def _usual(item: Product, mandatory_due: int, balance: int) -> int:
    if item.kind == "mandatory":
        return mandatory_due
    if item.kind == "share":
        return max(item.amount - balance, 0)
    return 0


class SavingsPage(Page):
    """Setor simpanan, and moving savings from one product or member to another."""

    shows: ClassVar[frozenset[Kind]] = frozenset({Kind.MEMBER, Kind.SAVINGS, Kind.ACCOUNT, Kind.LOAN})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self.form = DepositForm(session)
        self.transfer = TransferForm(session)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.form)
        self._stack.addWidget(self.transfer)
        self.deposit_button = Button(
            _("Put in"), icon="piggy-bank", key="Alt+1", kind="method", height=36, on=self._to_deposit
        )
        self.transfer_button = Button(
            _("Move"), icon="arrow-left-right", key="Alt+2", kind="method", height=36, on=self._to_transfer
        )
        self.withdraw_button = Button(_("Take out"), icon="banknote", key="F4", on=self._to_withdraw)
        self.interest_button = Button(
            _("Interest and arrears"), icon="percent", key="Alt+3", on=lambda: session.go("interest")
        )
        self.products_button = Button(
            _("Products"), icon="settings", key="Alt+D", on=lambda: session.go("offers", view="savings")
        )
        self.head = PageHead(
            _("Put savings in"),
            actions=[
                self.deposit_button,
                self.transfer_button,
                self.withdraw_button,
                self.interest_button,
                self.products_button,
            ],
        )
        self.form.saved.connect(lambda _outcome: self.form.renew())
        layout = column(self.head, self._stack, gap=theme.GAP, margin=theme.PAGE)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._show(self.form)

    def open(self, **parameters: Any) -> None:
        """For a member (`member`), to move savings (`mode="transfer"`), or to put a slip right (`correct`)."""
        number = str(parameters.get("member", ""))
        if parameters.get("correct"):
            self._show(self.form)
            self.form.put_right(int(parameters["correct"]))
            return
        if parameters.get("mode") == "transfer":
            self._show(self.transfer)
            self.transfer.come(number)
            return
        self._show(self.form)
        if number:
            self.form.pick(number)
        else:
            self.form.begin()

    def reload(self) -> None:
        """Other products, accounts or balances."""
        if [item.code for item in offered_products(self.session)] != [
            item.code for item in self.form.products
        ]:
            old, self.form = self.form, DepositForm(self.session)
            self.form.saved.connect(lambda _outcome: self.form.renew())
            self._stack.insertWidget(0, self.form)
            self._stack.removeWidget(old)
            old.deleteLater()
        self.form.renew()
        self.transfer.renew()

    def month_moved(self) -> None:
        """The month that is looked at plays no part here."""

    def _show(self, form: Form) -> None:
        _ = self.session.translator
        self._stack.setCurrentWidget(form)
        moving = form is self.transfer
        self.deposit_button.setChecked(not moving)
        self.transfer_button.setChecked(moving)
        self.head.set_title(_("Move savings") if moving else _("Put savings in"))
        for button in (self.deposit_button, self.transfer_button):
            button.update()

    def _to_deposit(self) -> None:
        self._show(self.form)
        self.form.begin()

    def _to_transfer(self) -> None:
        row = picked_member(self.session, self.form.picker)
        self._show(self.transfer)
        self.transfer.come(row.number if row else "")

    def _to_withdraw(self) -> None:
        row = picked_member(self.session, self.form.picker)
        self.session.go("withdraw", **({"member": row.number} if row else {}))
