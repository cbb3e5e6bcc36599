"""Tarik simpanan: what can be taken out stands beside it, and a refusal stands at the amount."""

from collections.abc import Sequence
from typing import Any, ClassVar

from app.base.errors import UserError
from app.ledger.changes import Kind, Outcome
from app.ledger.members.queries import MemberRow
from app.ledger.rebuilding import original_command
from app.ledger.savings.commands import WithdrawSavings
from app.ledger.savings.queries import MemberAccount, meant, products
from app.ui import theme
from app.ui.bridge import Session
from app.ui.cooperative import MoneyPlace, accounts_of, picked_member
from app.ui.pages.page import Page
from app.ui.pickers import member_picker
from app.ui.widgets.button import Button
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.editor import ChoiceEditor, TextEditor, needed
from app.ui.widgets.form import Form
from app.ui.widgets.layout import column
from app.ui.widgets.number_edit import MoneyEdit
from app.ui.widgets.page_head import PageHead


class AccountChoice(ChoiceEditor):
    """Which of a member's savings: the key is the account's own, the words its name and number."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.translator, [])
        self._session = session
        self.accounts: dict[str, MemberAccount] = {}

    def offer(self, accounts: Sequence[MemberAccount]) -> None:
        """Offer these."""
        self.accounts = {str(item.account): item for item in accounts}
        self.set_choices([(key, f"{item.name} {item.number}".strip()) for key, item in self.accounts.items()])
        self.setEnabled(bool(accounts))

    @property
    def account(self) -> MemberAccount | None:
        """The one that is chosen."""
        return self.accounts.get(self.value() or "")


class WithdrawForm(Form):
    """A withdrawal of one member from one product."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        super().__init__(session, "withdraw", self._made, effect=self._effects, said=self._saved_words)
        self._member: MemberRow | None = None
        # Of a withdrawal that is put right: product, number of the account, amount.
        self._given_back: tuple[str, str, int] = ("", "", 0)
        self.picker = member_picker(session)
        self.add("member", _("Which member"), self.picker)
        self.product = AccountChoice(session)
        self.add("product", _("Savings"), self.product)
        self.amount = MoneyEdit(_)
        self.add("amount", _("Amount"), self.amount)
        self.on = DateEdit(session)
        self.place = MoneyPlace(session)
        self.add_beside(("on", _("Date"), self.on), ("account", _("Money comes from"), self.place))
        self.memo = TextEditor(_, hint=_("Only if something needs to be said"))
        self.add("memo", _("Note"), self.memo)
        self.picker.changed.connect(self._member_changed)
        self.product.changed.connect(self._tell)
        self.product.offer([])

    def pick(self, number: str) -> None:
        """Fill in for this member."""
        self.start_over()
        self.picker.set_value(number)
        self._member_changed()
        self.focus_first()

    def put_right(self, entry: int) -> None:
        """Fill in a withdrawal that is to be put right. What it took out counts as there again."""
        found = original_command(self.session.reading(), entry)
        if not isinstance(found, WithdrawSavings):
            return
        self.start_over()
        product = meant(products(self.session.reading()), found.product)
        self._given_back = (product.code if product else "", found.savings_number, found.amount)
        self.picker.set_value(found.member)
        self._member_changed()
        accounts = self.product.accounts.items()
        values: dict[str, Any] = {
            "product": next((key for key, item in accounts if self._is_given_back(item)), None),
            "amount": found.amount,
            "on": found.on,
            "memo": found.memo,
        }
        if found.account:
            values["account"] = found.account
        self.fill(values, correcting=entry, keeping={"number": found.number})
        self._tell()
        self.amount.select()

    def start_over(self) -> None:
        """Empty all; nothing is put right any more."""
        self._given_back = ("", "", 0)
        super().start_over()

    def renew(self) -> None:
        """Balances may be others now."""
        self.place.renew()
        self._member_changed()

    def focus_first(self) -> None:
        """The member first; once there is one, what is asked next."""
        if picked_member(self.session, self.picker) is None:
            self.picker.setFocus()
        elif len(self.product.accounts) > 1 and not self.amount.touched:
            self.product.setFocus()
        else:
            self.amount.select()

    def _made(self) -> WithdrawSavings:
        _ = self.session.translator
        number = needed(self.picker, _("Choose a member first."), "member")
        account = self.product.account
        if account is None:
            raise UserError("This member has no savings that can be taken out.", field="member")
        return WithdrawSavings(
            member=number,
            product=account.product,
            savings_number=account.number,
            amount=needed(self.amount, _("An amount is needed."), "amount"),
            on=needed(self.on, _("A date is needed."), "on"),
            account=self.place.value() or "",
            memo=self.memo.value() or "",
        )

    def _saved_words(self, outcome: Outcome) -> str:
        _ = self.session.translator
        return _(
            "{number}: {name} took out savings, {balance:rp} is left",
            number=outcome.number,
            name=self._member.name if self._member else "",
            balance=outcome.value.get("balance", 0),
        )

    def _member_changed(self) -> None:
        _ = self.session.translator
        row = picked_member(self.session, self.picker)
        self._member = row
        if row is None:
            self.product.offer([])
            self.product.note("")
            return
        found = [
            item._replace(balance=item.balance + self._given_back[2]) if self._is_given_back(item) else item
            for item in accounts_of(self.session, row)
        ]
        found = [item for item in found if item.withdrawable and item.balance]
        self.product.offer(found)
        self._tell()
        if not found:
            self.product.note(
                _(
                    "Nothing can be taken out. Share and mandatory savings are paid back when a member leaves."
                ),
                "amber",
            )

    def _is_given_back(self, item: MemberAccount) -> bool:
        product, number, amount = self._given_back
        return bool(amount) and item.product == product and number in ("", item.number)

    def _tell(self) -> None:
        _ = self.session.translator
        account = self.product.account
        if account is not None and account.free < account.balance:
            words = _(
                "Balance {amount:rp}, {free:rp} can be taken out", amount=account.balance, free=account.free
            )
            self.product.note(words, "amber")
            return
        self.product.note(_("Balance {amount:rp}", amount=account.balance) if account else "")

    def _effects(self) -> Sequence[str]:
        _ = self.session.translator
        account, amount = self.product.account, self.amount.value()
        if account is None or not amount:
            return []
        if amount > account.balance:
            return [
                _("This is {over:rp} more than there is. It will be refused.", over=amount - account.balance)
            ]
        if amount > account.free:
            return [_("The rest is held or has to stay. It will be refused.")]
        return [
            _("{place} goes down by {amount:rp}.", place=self.place.words, amount=amount),
            _(
                "{product}: {before:rp} becomes {after:rp}.",
                product=account.name,
                before=account.balance,
                after=account.balance - amount,
            ),
        ]


class WithdrawPage(Page):
    """Tarik simpanan."""

    shows: ClassVar[frozenset[Kind]] = frozenset({Kind.MEMBER, Kind.SAVINGS, Kind.ACCOUNT, Kind.LOAN})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self.form = WithdrawForm(session)
        self.deposit_button = Button(_("Put in"), icon="piggy-bank", key="F2", on=self._to_deposit)
        self.card_button = Button(_("Member's card"), icon="user", key="Alt+A", on=self._to_card)
        head = PageHead(_("Take savings out"), actions=[self.card_button, self.deposit_button])
        layout = column(head, self.form, gap=theme.GAP, margin=theme.PAGE)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def open(self, **parameters: Any) -> None:
        """For a member (`member`), for whom it will be, or to put one right (`correct`)."""
        if parameters.get("correct"):
            self.form.put_right(int(parameters["correct"]))
        elif parameters.get("member"):
            self.form.pick(str(parameters["member"]))
        else:
            self.form.begin()

    def reload(self) -> None:
        """Other balances."""
        self.form.renew()

    def month_moved(self) -> None:
        """The month that is looked at plays no part here."""

    def _to_deposit(self) -> None:
        row = picked_member(self.session, self.form.picker)
        self.session.go("savings", **({"member": row.number} if row else {}))

    def _to_card(self) -> None:
        row = picked_member(self.session, self.form.picker)
        if row is not None:
            self.session.go("member", member=row.number)
        else:
            self.session.go("members")
