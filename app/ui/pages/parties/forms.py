"""The forms of a customer or supplier: their data, a payment on what is open, a note taken over."""

from collections.abc import Sequence
from typing import Any

from app.base.i18n import N_
from app.ledger.changes import Outcome
from app.ledger.command import Command
from app.ledger.debts.commands import PayBill, ReceiveBillPayment, SetOpeningBill
from app.ledger.parties.commands import AddCustomer, AddSupplier, ChangeCustomer, ChangeSupplier
from app.ui.bridge import Session
from app.ui.money_places import balance_in, place_choices
from app.ui.pages.parties.register import CUSTOMER, PartyLine
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.due_edit import DueEdit
from app.ui.widgets.editor import ChoiceEditor, TextEditor, needed
from app.ui.widgets.form import Form
from app.ui.widgets.label import Label
from app.ui.widgets.layout import flow
from app.ui.widgets.number_edit import MoneyEdit

_RECEIVED = N_("{number} is saved, {name} paid {amount:rp}")
_PAID = N_("{number} is saved, {name} was paid {amount:rp}")
_HALF = 162


class PartyForm(Form):
    """Someone new, or the data of someone known. Only the name is needed."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        super().__init__(session, "party", self._make, save=_("Save the data"))
        self.kind = CUSTOMER
        self._known: PartyLine | None = None
        self.title = TextEditor(_, hint=_("for example Bu Tini, or a shop"))
        self.nickname = TextEditor(_, hint=_("what everybody says"), length=60)
        self.phone = TextEditor(_, hint=_("for example 0812 3456 7890"), length=30)
        self.address = TextEditor(_)
        self.tax_id = TextEditor(_, length=40)
        self.add("name", _("Name"), self.title)
        self.add("nickname", _("Nickname"), self.nickname, beside=_("if wanted"))
        self.add("phone", _("Phone"), self.phone, beside=_("if wanted"))
        self.add("address", _("Address"), self.address, beside=_("if wanted"))
        self.add("tax_id", _("Tax number (NPWP)"), self.tax_id, beside=_("if wanted"))

    def begin_new(self, kind: str, name: str = "") -> None:
        """Ask for a new one."""
        if self._known is not None:
            self.start_over()
        self.kind = kind
        self._known = None
        self.again_button.show()
        self.begin({"name": name} if name else None)

    def begin_known(self, line: PartyLine) -> None:
        """Ask for what is to be changed."""
        self.kind = line.facts.kind
        self._known = line
        self.again_button.hide()
        facts = line.facts
        self.begin(
            {
                "name": facts.name,
                "nickname": facts.nickname,
                "phone": facts.phone,
                "address": facts.address,
                "tax_id": facts.tax_id,
            }
        )
        self.title.select()

    def keep_draft(self) -> None:
        """Only someone new is kept: the data of who is known stand in the book."""
        if self._known is None:
            super().keep_draft()

    def _make(self) -> Command:
        given: dict[str, Any] = {
            "name": needed(self.title, "Please give a name.", "name"),
            "nickname": self.nickname.value() or "",
            "phone": self.phone.value() or "",
            "address": self.address.value() or "",
            "tax_id": self.tax_id.value() or "",
        }
        if self._known is None:
            return AddCustomer(**given) if self.kind == CUSTOMER else AddSupplier(**given)
        code = self._known.code
        if self.kind == CUSTOMER:
            return ChangeCustomer(customer=code, **given)
        return ChangeSupplier(supplier=code, **given)


class PaymentForm(Form):
    """Money on what is open: the amount due stands in it, so that Enter through it is all there is to do."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        super().__init__(session, "bill-payment", self._make, effect=self._tell, said=self._say, again=False)
        self._line: PartyLine | None = None
        self._back = 0  # what the record that is put right had paid
        self.whom = Label("", "heading", wrap=True)
        self.add_widget(self.whom)
        self.amount = MoneyEdit(_, large=True)
        self.bill = ChoiceEditor(_, [("", _("The oldest first"))])
        self.account = ChoiceEditor(_, [])
        self.day = DateEdit(session)
        self.add("amount", _("Amount"), self.amount)
        self.add("bill", _("For which note"), self.bill)
        self._place = self.add("account", _("Into which cash"), self.account)
        beside = flow(gap=12)
        for field in (self._place, self.add("on", _("Date"), self.day)):
            # Beside each other where there is room, so that what saving does is in sight.
            self._body.removeWidget(field)
            field.setFixedWidth(_HALF)
            beside.addWidget(field)
        self._body.addLayout(beside)
        # All is filled in: saving takes one stroke from wherever one is.
        self.save_button.key = "Ctrl+Enter"
        self.bill.changed.connect(self._bill_chosen)

    def begin_for(self, line: PartyLine) -> None:
        """Ask for a payment of all that is open."""
        self._offer(line)
        self._back = 0
        self.fill({"amount": line.owed or None, "bill": "", "on": self.session.today})
        self.amount.select()

    def put_right(self, line: PartyLine, command: ReceiveBillPayment | PayBill, entry: int) -> None:
        """Fill the form with a payment that was recorded wrongly."""
        self._offer(line)
        if command.bill and self.bill.box.findData(command.bill) < 0:
            self.bill.box.addItem(command.bill, command.bill)
        self._back = command.amount
        self.fill(
            {
                "bill": command.bill,
                "amount": command.amount,
                "account": command.account,
                "on": command.on,
            },
            correcting=entry,
            keeping={"memo": command.memo, "number": command.number},
        )
        self.amount.select()

    def keep_draft(self) -> None:
        """It is filled in by the book each time; there is nothing to keep."""

    @property
    def _customer(self) -> bool:
        return self._line is not None and self._line.facts.kind == CUSTOMER

    def _offer(self, line: PartyLine) -> None:
        _ = self.session.translator
        self.correcting = 0
        self._line = line
        self.whom.setText(line.name)
        choices = [("", _("The oldest first"))]
        choices += [(bill.number, f"{bill.number}  {_.format.rupiah(bill.open)}") for bill in line.bills]
        self._loading = True
        self.bill.set_choices(choices)
        self.account.set_choices(place_choices(self.session))
        self._loading = False
        self._place.label.setText(_("Into which cash") if self._customer else _("From which cash"))

    def _bill_chosen(self) -> None:
        """Another note has another amount due."""
        if self._loading or self._line is None:
            return
        number = self.bill.value()
        due = next((bill.open for bill in self._line.bills if bill.number == number), self._line.owed)
        self.amount.set_value(due or None)

    def _make(self) -> Command:
        assert self._line is not None
        given: dict[str, Any] = {
            "on": needed(self.day, "Please give the day.", "on"),
            "amount": needed(self.amount, "Please give the amount.", "amount"),
            "bill": self.bill.value() or "",
            "account": self.account.value() or "",
        }
        if self._customer:
            return ReceiveBillPayment(customer=self._line.code, **given)
        return PayBill(supplier=self._line.code, **given)

    def _tell(self) -> Sequence[str]:
        _ = self.session.translator
        line, amount = self._line, self.amount.value()
        if line is None or not amount:
            return ()
        account = self.account.value() or ""
        place, held = self.account.box.currentText(), balance_in(self.session, account)
        self.account.note(_("{amount:rp} in it", amount=held))
        left = line.owed + self._back - amount
        if self._customer:
            lines = [_("{place} grows by {amount:rp}.", place=place, amount=amount)]
            settled = _("{name} then owes nothing any more.", name=line.name)
            remains = _("{name} then still owes {amount:rp}.", name=line.name, amount=left)
        else:
            lines = [_("{place} falls by {amount:rp}.", place=place, amount=amount)]
            settled = _("{name} is then owed nothing any more.", name=line.name)
            remains = _("{name} is then still owed {amount:rp}.", name=line.name, amount=left)
            if held + self._back < amount:
                lines.append(
                    _("{place} then holds {amount:rp}.", place=place, amount=held + self._back - amount)
                )
        if left < 0:
            lines.append(_("That is {amount:rp} more than is open.", amount=-left))
        else:
            lines.append(remains if left else settled)
        return lines

    def _say(self, outcome: Outcome) -> str:
        _ = self.session.translator
        assert self._line is not None
        amount = self.amount.value() or 0
        words = _RECEIVED if self._customer else _PAID
        return _(words, number=outcome.number, name=self._line.name, amount=amount)


class OpeningBillForm(Form):
    """A note from the old book, taken over."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        super().__init__(session, "opening-bill", self._make, effect=self._tell, again=False)
        self._line: PartyLine | None = None
        self.whom = Label("", "heading", wrap=True)
        self.add_widget(self.whom)
        self.amount = MoneyEdit(_)
        self.day = DateEdit(session)
        self.due = DueEdit(session)
        self.note_number = TextEditor(_, length=40)
        self.add("amount", _("Still open"), self.amount)
        self.add("on", _("At the close of"), self.day)
        self.add("due", _("To be paid by"), self.due, beside=_("if wanted"))
        self.add("number", _("Number of the old note"), self.note_number, beside=_("if wanted"))

    def begin_for(self, line: PartyLine) -> None:
        """Ask about this one."""
        self._line = line
        self.whom.setText(line.name)
        self.begin({"amount": None, "due": None, "number": None, "on": self.session.today})
        self.amount.select()

    def start_over(self) -> None:
        """Also the day it is to be paid by is asked anew."""
        super().start_over()
        self.due.set_value(None)

    def keep_draft(self) -> None:
        """One amount of one person is typed at once; there is nothing to keep."""

    def _make(self) -> Command:
        assert self._line is not None
        who = {self._line.facts.kind: self._line.code}
        return SetOpeningBill(
            on=needed(self.day, "Please give the day.", "on"),
            amount=needed(self.amount, "Please give the amount.", "amount"),
            due=self.due.value(),
            number=self.note_number.value() or "",
            **who,
        )

    def _tell(self) -> Sequence[str]:
        _ = self.session.translator
        line, amount = self._line, self.amount.value()
        if line is None or not amount:
            return ()
        after = line.owed + amount
        if line.facts.kind == CUSTOMER:
            first = _("{name} then owes {amount:rp}.", name=line.name, amount=after)
        else:
            first = _("{name} is then owed {amount:rp}.", name=line.name, amount=after)
        return (first, _("No money moves: it stood in the old book already."))
