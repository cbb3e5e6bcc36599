"""The list of customers or of suppliers, the chosen one at its side, and the forms that change it."""

from typing import Any

from PySide6.QtWidgets import QStackedWidget

from app.base.i18n import Translator
from app.ledger.changes import Kind
from app.ledger.debts.commands import PayBill, ReceiveBillPayment
from app.ledger.parties.commands import ChangeCustomer, ChangeSupplier
from app.ledger.rebuilding import original_command
from app.ui import theme
from app.ui.bridge import Session
from app.ui.messages import copy_message, open_chat
from app.ui.pages.page import Page
from app.ui.pages.parties.forms import OpeningBillForm, PartyForm, PaymentForm
from app.ui.pages.parties.register import (
    CUSTOMER,
    SUPPLIER,
    PartyLine,
    latest_moves,
    party_lines,
    reminder,
)
from app.ui.widgets.button import Button, Chip
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.label import Elided, Label, Opens
from app.ui.widgets.layout import Card, Scroll, Split, box, clear, column, flow, row, rule
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.search import SearchField
from app.ui.widgets.table import Table, TableColumn, Totals

_LATEST = 6


class PartiesPage(Page):
    """Pelanggan & Pemasok."""

    shows = frozenset({Kind.PARTY, Kind.BILL, Kind.SALE, Kind.PURCHASE, Kind.ENTRY})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self.kind = CUSTOMER
        self._lines: list[PartyLine] = []
        self._code = ""
        self.kinds = {
            CUSTOMER: Button(
                _("Customers"), icon="users", key="Alt+1", kind="method", on=lambda: self.choose(CUSTOMER)
            ),
            SUPPLIER: Button(
                _("Suppliers"), icon="truck", key="Alt+2", kind="method", on=lambda: self.choose(SUPPLIER)
            ),
        }
        self.new_button = Button("", icon="plus", key="Ctrl+N", kind="primary", on=self.add)
        self.search = SearchField(_("Name, nickname, code or phone"))
        self.search.looked_for.connect(lambda _text: self._fill())
        self.owing = Chip(_("Something open"))
        self.late = Chip(_("Overdue"), attention=True)
        self.out_of_use = Chip(_("Out of use"))
        for chip in (self.owing, self.late, self.out_of_use):
            chip.clicked.connect(lambda _on: self._fill())
        columns = (
            TableColumn("name", _("Name"), lambda line: line.called, width=0, tone=_tone, weight=500),
            TableColumn(
                "phone",
                _("Phone"),
                lambda line: line.facts.phone,
                width=140,
                tone=lambda _l: "muted",
                spare=True,
            ),
            TableColumn(
                "owed",
                _("Open (Rp)"),
                lambda line: line.owed or None,
                "amount",
                160,
                # Where there is no room for what of it is late, its colour still says so.
                tone=lambda line: "amber" if line.late else "",
                weight=600,
            ),
            TableColumn(
                "late",
                _("Overdue (Rp)"),
                lambda line: line.late or None,
                "amount",
                150,
                tone=lambda line: "amber" if line.late else "muted",
                icon=lambda line: "triangle-alert" if line.late else "",
                spare=True,
            ),
        )
        self.table = Table(_, columns, row_height=theme.LIST_ROW_HEIGHT)
        self.table.setAccessibleName(_("Customers & suppliers"))
        self.search.lead_into(self.table)
        self.table.chosen.connect(self._show)
        self.table.opened.connect(self._open_line)
        self.totals = Totals()
        self._detail = column(gap=8)
        self.form = PartyForm(session)
        self.payment = PaymentForm(session)
        self.opening = OpeningBillForm(session)
        self.form.saved.connect(lambda outcome: self._back_to(outcome.number))
        self.payment.saved.connect(lambda _outcome: self._back_to(self._code))
        self.opening.saved.connect(lambda _outcome: self._back_to(self._code))
        self.side = QStackedWidget()
        self._card = Card(column(Scroll(box(column(self._detail, None))), margin=16))
        for widget in (self._card, self.form, self.payment, self.opening):
            self.side.addWidget(widget)
        self._split = Split(Card(column(self.table, self.totals, gap=0, margin=1)), self.side, side_width=380)
        self._tools = box(column(self.search, flow(self.owing, self.late, self.out_of_use), gap=12))
        self._empties = {kind: self._empty_state(kind) for kind in (CUSTOMER, SUPPLIER)}
        self._ways = box(flow(*self.kinds.values()))
        self.setLayout(
            column(
                PageHead(_("Customers & suppliers"), actions=(self.new_button,)),
                self._ways,
                self._tools,
                self._split,
                *self._empties.values(),
                gap=12,
                margin=theme.PAGE,
            )
        )
        self._mark()

    def open(self, kind: str = "", party: str = "", correct: Any = None, **_parameters: Any) -> None:
        """Come to the list, to one customer or supplier, or to a payment that is to be put right."""
        self._dirty = False
        if kind in self.kinds:
            self.kind = kind
            self._mark()
        self.reload()
        if correct is not None:
            self._correct(int(correct))
        elif party:
            line = self._named(party)
            code = line.code if line is not None else party
            self._only(code)
            self._back_to(code)
        elif self.side.currentWidget() is self._card:
            self.search.setFocus()

    def reload(self) -> None:
        """Read who there is and what is open with them."""
        self._lines = party_lines(self.session.reading(), self.kind, self.session.today)
        self._fill()

    def month_moved(self) -> None:
        """What is open is what is open now, whatever month is looked at."""

    def escape(self) -> bool:
        """Esc leaves a form, then empties the search."""
        if self.side.currentWidget() is not self._card:
            self.form.keep_draft()
            self.side.setCurrentWidget(self._card)
            self._fill()
            self.search.setFocus()
            return True
        if self.search.text():
            self.search.clear()
            return True
        return False

    def choose(self, kind: str) -> None:
        """Show customers or suppliers."""
        self.kind = kind
        self._mark()
        self.side.setCurrentWidget(self._card)
        self.search.clear()
        self.table.show_rows([])
        self.reload()
        if self._lines:
            self.search.setFocus()

    def add(self) -> None:
        """Ask for a new one."""
        self._split.show()
        self._tools.show()
        for empty in self._empties.values():
            empty.hide()
        name = self.search.text().strip() if not self.table.table.rowCount() else ""
        self.side.setCurrentWidget(self.form)
        self.form.begin_new(self.kind, name)

    def change(self, line: PartyLine) -> None:
        """Ask for what is to be changed."""
        self.side.setCurrentWidget(self.form)
        self.form.begin_known(line)

    def pay(self, line: PartyLine) -> None:
        """Ask for a payment, with all that is open filled in."""
        self._code = line.code
        self.side.setCurrentWidget(self.payment)
        self.payment.begin_for(line)

    def take_over(self, line: PartyLine) -> None:
        """Ask for a note of the old book."""
        self._code = line.code
        self.side.setCurrentWidget(self.opening)
        self.opening.begin_for(line)

    def use(self, line: PartyLine, *, active: bool) -> None:
        """Take out of use, or into use again."""
        _ = self.session.translator
        command = (
            ChangeCustomer(customer=line.code, active=active)
            if line.facts.kind == CUSTOMER
            else ChangeSupplier(supplier=line.code, active=active)
        )
        said = (
            _("{name} is in use again", name=line.name)
            if active
            else _("{name} is out of use", name=line.name)
        )
        self.session.execute(command, said=said)

    def copy_reminder(self, line: PartyLine) -> None:
        """Put the polite message where it can be pasted from."""
        copy_message(self.session, line.name, reminder(line, self.session.info.name))

    # Inside

    def _empty_state(self, kind: str) -> EmptyState:
        _ = self.session.translator
        customer = kind == CUSTOMER
        word = _("Add the first customer") if customer else _("Add the first supplier")
        return EmptyState(
            "users" if customer else "truck",
            _("No customers yet") if customer else _("No suppliers yet"),
            _(
                "Whoever buys on credit stands here, with what is open and since when. You can remind them kindly."
            )
            if customer
            else _("Whom you buy from stands here, with what you still have to pay and by when."),
            [
                Button(word, icon="plus", key="Ctrl+N", kind="primary", on=self.add),
                Button(
                    _("Import from Excel"),
                    icon="upload",
                    key="Alt+E",
                    on=lambda: self.session.go("importing"),
                ),
            ],
        )

    def _mark(self) -> None:
        _ = self.session.translator
        for kind, button in self.kinds.items():
            button.setChecked(kind == self.kind)
            button.update()
        self.new_button.set_text(_("New customer") if self.kind == CUSTOMER else _("New supplier"))

    def _open_line(self, line: PartyLine) -> None:
        if line.owed > 0:
            self.pay(line)
        else:
            self.change(line)

    def _named(self, text: str) -> PartyLine | None:
        """Who is meant by a code, else by a name."""
        folded = text.strip().casefold()
        by_code = [line for line in self._lines if line.code.casefold() == folded]
        by_name = [line for line in self._lines if line.name.casefold() == folded]
        return next(iter(by_code + by_name), None)

    def _only(self, code: str) -> None:
        """Take off whatever hides this one."""
        self.search.clear()
        line = next((line for line in self._lines if line.code == code), None)
        self.owing.setChecked(False)
        self.late.setChecked(False)
        self.out_of_use.setChecked(line is not None and not line.facts.active)

    def _back_to(self, code: str) -> None:
        self.side.setCurrentWidget(self._card)
        self._fill()
        for place, line in enumerate(self._shown()):
            if line.code == code:
                self.table.go_to(place)
                self._show(line)
                self.table.setFocus()
                return
        self.search.setFocus()

    def _correct(self, entry: int) -> None:
        command = original_command(self.session.reading(), entry)
        if not isinstance(command, ReceiveBillPayment | PayBill):
            return
        kind = CUSTOMER if isinstance(command, ReceiveBillPayment) else SUPPLIER
        whom = command.customer if isinstance(command, ReceiveBillPayment) else command.supplier
        if kind != self.kind:
            self.choose(kind)
        line = self._named(whom)
        if line is None:
            return
        self._only(line.code)
        self._back_to(line.code)
        self._code = line.code
        self.side.setCurrentWidget(self.payment)
        self.payment.put_right(line, command, entry)

    def _shown(self) -> list[PartyLine]:
        typed = self.search.text().strip().casefold()
        lines = [line for line in self._lines if line.facts.active != self.out_of_use.isChecked()]
        if self.owing.isChecked():
            lines = [line for line in lines if line.owed]
        if self.late.isChecked():
            lines = [line for line in lines if line.late]
        return [line for line in lines if _fits(line, typed)] if typed else lines

    def _fill(self) -> None:
        _ = self.session.translator
        shown = self._shown()
        fresh = not self._lines and self.side.currentWidget() is self._card
        late = sum(1 for line in self._lines if line.late and line.facts.active)
        words = _("Overdue")
        self.late.set_text(f"{words} {late}" if late else words)
        self.late.set_attention(on=bool(late))
        for widget in (self._split, self._tools, self.new_button):
            widget.setVisible(not fresh)
        for kind, empty in self._empties.items():
            empty.setVisible(fresh and kind == self.kind)
        self.table.show_rows(shown)
        owed, overdue = sum(line.owed for line in shown), sum(line.late for line in shown)
        count = (
            _.plural("{n:n} customer", "{n:n} customers", len(shown))
            if self.kind == CUSTOMER
            else _.plural("{n:n} supplier", "{n:n} suppliers", len(shown))
        )
        sums = _("Open {amount:rp}", amount=owed)
        if overdue:
            sums += " · " + _("overdue {amount:rp}", amount=overdue)
        self.totals.tell(count, sums)
        if shown and not self.table.currentIndex().isValid():
            self.table.go_to(0)
        self._show(self.table.current())

    def _show(self, line: PartyLine | None) -> None:
        _ = self.session.translator
        clear(self._detail)
        if line is None:
            words = _("Nobody fits. Type a name and press Ctrl+N to add it.")
            self._detail.addWidget(Label(words, tone="muted", wrap=True))
            return
        customer = line.facts.kind == CUSTOMER
        self._detail.addWidget(Label(line.name, "title", wrap=True))
        self._detail.addWidget(Label(_.format.rupiah(line.owed), "figure"))
        self._detail.addWidget(Label(_owed_words(_, line), tone="muted", wrap=True))
        self._detail.addLayout(flow(*self._main_buttons(line)))
        self._show_bills(line)
        if customer and line.bills:
            self._show_reminder(line)
        self._show_moves(line)
        for word, value in (
            (_("Nickname"), line.facts.nickname),
            (_("Phone"), line.facts.phone),
            (_("Address"), line.facts.address),
            (_("Tax number (NPWP)"), line.facts.tax_id),
            (_("Code"), line.code),
        ):
            if value:
                self._detail.addWidget(rule())
                text = Label(value, right=True, wrap=True)
                line_layout = row(Label(word, tone="muted"), text)
                line_layout.setStretch(1, 1)
                self._detail.addLayout(line_layout)
        self._detail.addSpacing(4)
        self._detail.addLayout(flow(*self._other_buttons(line)))

    def _main_buttons(self, line: PartyLine) -> list[Button]:
        _ = self.session.translator
        buttons = []
        if line.owed > 0:
            word = _("Receive payment") if line.facts.kind == CUSTOMER else _("Pay the debt")
            buttons.append(
                Button(word, icon="banknote", key="Alt+T", kind="primary", on=lambda: self.pay(line))
            )
        buttons.append(
            Button(
                _("Card"),
                icon="file-text",
                key="Alt+K",
                on=lambda: self.session.go("reports", report="party-card", party=line.report_key),
            )
        )
        return buttons

    def _other_buttons(self, line: PartyLine) -> list[Button]:
        _ = self.session.translator
        active = line.facts.active
        return [
            Button(_("Change it"), icon="pencil", key="Alt+U", kind="tool", on=lambda: self.change(line)),
            Button(
                _("Note of the old book"),
                icon="notebook-pen",
                key="Alt+L",
                kind="tool",
                on=lambda: self.take_over(line),
            ),
            Button(
                _("Take out of use") if active else _("Use again"),
                icon="archive",
                key="Alt+H",
                kind="tool",
                on=lambda: self.use(line, active=not active),
            ),
        ]

    def _show_bills(self, line: PartyLine) -> None:
        _ = self.session.translator
        if not line.bills:
            return
        self._detail.addSpacing(4)
        self._detail.addWidget(Label(_("Open notes"), "heading"))
        today = self.session.today
        for bill in line.bills:
            days = (today - bill.due).days
            if days > 0:
                when = _.plural("{n:n} day overdue", "{n:n} days overdue", days)
            elif days == 0:
                when = _("due today")
            else:
                when = _("due {due:medium}", due=bill.due)
            number = Label(bill.number, "strong")
            made = Label(_("of {day:medium}", day=bill.made), tone="muted")
            amount = Opens(_.format.rupiah(bill.open), "strong", name=bill.number, right=True)
            amount.on(self._record(bill.entry))
            due = Label(when, tone="amber" if days > 0 else "muted", right=True)
            self._detail.addWidget(rule())
            self._detail.addLayout(row(column(number, made, gap=0), None, column(amount, due, gap=0)))

    def _show_reminder(self, line: PartyLine) -> None:
        _ = self.session.translator
        text = Label(reminder(line, self.session.info.name), tone="muted", wrap=True)
        copy = Button(
            _("Copy the reminder"),
            icon="copy",
            key="Alt+C",
            kind="tool",
            on=lambda: self.copy_reminder(line),
        )
        chat = Button(
            _("Send by WhatsApp"),
            icon="message-circle",
            key="Alt+W",
            kind="tool",
            on=lambda: open_chat(
                self.session, line.name, line.facts.phone, reminder(line, self.session.info.name)
            ),
        )
        self._detail.addSpacing(4)
        self._detail.addWidget(Card(column(text, flow(chat, copy), gap=8, margin=12), "sunken"))

    def _show_moves(self, line: PartyLine) -> None:
        _ = self.session.translator
        moves = latest_moves(self.session.reading(), line, self.session.today, _LATEST)
        if not moves:
            return
        self._detail.addSpacing(4)
        self._detail.addWidget(Label(_("The latest moves"), "heading"))
        for move in moves:
            words = Elided(f"{_.format.day_month(move.date)}  {move.memo}")
            sign = "+" if move.amount > 0 else ""
            amount = Opens(f"{sign}{_.format.amount(move.amount)}", name=move.number, right=True)
            amount.on(self._record(move.entry))
            layout = row(words, amount, margin=(0, 3, 0, 3))
            layout.setStretch(0, 1)
            self._detail.addWidget(rule())
            self._detail.addLayout(layout)

    def _record(self, entry: int) -> Any:
        return lambda: self.session.go("records", entry=entry)


def _fits(line: PartyLine, typed: str) -> bool:
    name, nickname = line.name.casefold(), line.facts.nickname.casefold()
    digits = "".join(letter for letter in typed if letter.isdecimal()).lstrip("0")
    return (
        line.code.casefold().startswith(typed)
        or name.startswith(typed)
        or nickname.startswith(typed)
        or any(word.startswith(typed) for word in (*name.split(), *nickname.split()))
        or (len(digits) > 2 and digits in line.facts.phone)
    )


def _owed_words(translator: Translator, line: PartyLine) -> str:
    _ = translator
    customer = line.facts.kind == CUSTOMER
    if not line.owed:
        return _("Nothing is open.")
    if not line.bills:
        return _("open with this customer") if customer else _("open with this supplier")
    notes = _.plural("{n:n} open note", "{n:n} open notes", len(line.bills))
    words = _("owed to you") if customer else _("owed by you")
    return f"{words}, {notes}"


def _tone(line: PartyLine) -> str:
    return "" if line.facts.active else "muted"
