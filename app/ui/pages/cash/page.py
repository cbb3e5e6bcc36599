"""One form with four ways to use it, what lies where at its side, and the latest moves below that."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from app.base.i18n import N_
from app.ledger.cash.categories import categories, find_category
from app.ledger.cash.commands import RecordMoneyIn, RecordMoneyOut, TransferMoney
from app.ledger.cash.queries import MoneyMove, money_moves
from app.ledger.changes import Kind, Outcome
from app.ledger.command import Command
from app.ledger.rebuilding import original_command
from app.ui import theme
from app.ui.bridge import Session
from app.ui.money_places import balance_in, money_places, place_choices
from app.ui.pages.page import Page
from app.ui.widgets.button import Button
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.editor import ChoiceEditor, TextEditor, needed
from app.ui.widgets.form import Form
from app.ui.widgets.label import Elided, Label, Opens
from app.ui.widgets.layout import Card, Scroll, Split, box, clear, column, flow, row, rule
from app.ui.widgets.number_edit import MoneyEdit
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.table import Table, TableColumn

_HOME = "drawings"
_WAYS = {
    "in": (N_("Money in"), "arrow-down-left"),
    "out": (N_("Money out"), "arrow-up-right"),
    "move": (N_("Between cash and bank"), "arrow-left-right"),
    "home": (N_("For the household"), "house"),
}
# What the categories are called on screen; the list itself is data (resources/cash_categories.csv).
CATEGORY_WORDS = {
    "capital": N_("Capital put in"),
    "drawings": N_("For the household"),
    "wages": N_("Wages"),
    "rent": N_("Rent"),
    "utilities": N_("Electricity & water"),
    "transport": N_("Transport"),
    "stationery": N_("Stationery"),
    "packaging": N_("Packaging"),
    "advertising": N_("Advertising"),
    "bank-fees": N_("Bank and QRIS fees"),
    "repairs": N_("Repairs"),
    "levies": N_("Levies"),
    "tax": N_("Tax"),
    "loan-received": N_("Loan received"),
    "loan-repaid": N_("Loan repaid (principal)"),
    "interest-paid": N_("Interest paid"),
    "equipment": N_("Equipment bought"),
    "other-income": N_("Other income"),
    "other-expense": N_("Other cost"),
}


class CashPage(Page):
    """Uang masuk, uang keluar, pindah kas, untuk rumah."""

    shows = frozenset({Kind.ENTRY, Kind.ACCOUNT, Kind.SALE, Kind.PURCHASE, Kind.SAVINGS, Kind.LOAN})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self.way = "out"
        ways = [way for way in _WAYS if way != "home" or session.kind == "business"]
        self.ways = {
            way: Button(
                _(_WAYS[way][0]),
                icon=_WAYS[way][1],
                key=f"Alt+{number}",
                kind="method",
                on=self._chooser(way),
            )
            for number, way in enumerate(ways, 1)
        }
        self.form = Form(session, "cash", self._command, effect=self._effect, said=self._said)
        self.amount = MoneyEdit(_, large=True)
        self.category = ChoiceEditor(_, [])
        self.account = ChoiceEditor(_, [])
        self.target = ChoiceEditor(_, [])
        self.memo = TextEditor(_, hint=_("for example token, rent of November"))
        self.party = TextEditor(_, length=80)
        self.day = DateEdit(session)
        self.form.add("amount", _("Amount"), self.amount)
        # Beside each other, so that what it does is seen below without scrolling.
        self.form.add_beside(
            ("category", _("For what"), self.category),
            ("account", _("From which cash"), self.account),
            ("target", _("Into which cash"), self.target),
        )
        self._account = self.form.fields["account"]
        self.form.add("memo", _("Words"), self.memo, beside=_("if wanted"))
        self.form.add_beside(
            ("party", _("With whom"), self.party), ("on", _("Date"), self.day), beside=_("if wanted")
        )
        self._places = column(gap=6)
        self._month = Label("", "heading")
        self._came, self._went = Label("", "strong", "in", right=True), Label("", "strong", "out", right=True)
        columns = (
            TableColumn("day", _("Date"), lambda move: _.format.day_month(move.date), width=76, spare=True),
            TableColumn("memo", _("What for"), lambda move: move.memo or move.number, width=0, icon=_sign),
            TableColumn(
                "amount",
                _("Rp"),
                lambda move: move.amount or move.moved,
                "amount",
                100,
                tone=_tone,
                weight=600,
            ),
        )
        self.moves = Table(_, columns)
        self.moves.setAccessibleName(_("The moves of the month"))
        self.moves.opened.connect(lambda move: session.go("records", entry=move.entry))
        self._none = Label(_("Nothing in this month yet."), tone="muted")
        self._none.setContentsMargins(16, 0, 16, 16)
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._none.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        # No label here wraps: the height of a column with one that does is its wish, and all of it would scroll.
        came, went = (
            row(Label(_("Money that came in")), None, self._came),
            row(Label(_("Money that went out")), None, self._went),
        )
        head = box(column(self._month, came, went, gap=4, margin=(16, 12, 16, 10)))
        places = Card(column(Label(_("Where the money is"), "heading"), self._places, margin=16))
        places.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        side = box(
            column(
                places,
                Card(column(head, self._none, self.moves, gap=0, margin=1)),
                gap=theme.GAP,
            )
        )
        book = Button(
            _("Cash book"),
            icon="book-open",
            key="Alt+B",
            on=lambda: session.go("reports", report="cash-book"),
        )
        self.setLayout(
            column(
                PageHead(_("Cash"), actions=(book,)),
                flow(*self.ways.values()),
                Split(self.form, Scroll(side), side_width=342),
                gap=12,
                margin=theme.PAGE,
            )
        )

    def open(self, way: str = "", correct: Any = None, **_parameters: Any) -> None:
        """Come to the form: for one way, or filled with a record to put right."""
        if correct is not None:
            self._correct(int(correct))
            return
        if way in self.ways:
            self.choose(way)
        elif not self.form.touched:
            self.choose(self.session.drafts.found("cash.way").get("way", self.way))
        self.form.begin()

    def reload(self) -> None:
        """Show what lies where, and the latest moves."""
        _ = self.session.translator
        clear(self._places)
        total = 0
        for place in money_places(self.session):
            total += place.balance
            tone = "out" if place.balance < 0 else "plain"
            figure = Opens(_.format.rupiah(place.balance), "strong", tone, name=place.name, right=True)  # type: ignore[arg-type]
            figure.on(self._opens(place.code))
            line = row(Elided(place.name), figure)
            line.setStretch(0, 1)
            self._places.addLayout(line)
        self._places.addWidget(rule())
        self._places.addLayout(
            row(Label(_("Together"), "strong"), None, Label(_.format.rupiah(total), "strong", right=True))
        )
        moves = money_moves(self.session.reading(), self.session.month.period)
        self._month.setText(_("Cash in {month}", month=_.format.month(self.session.month.first)))
        came = sum(max(move.amount, 0) for move in moves)
        went = sum(min(move.amount, 0) for move in moves)
        self._came.setText(f"+{_.format.rupiah(came)}" if came else _.format.rupiah(0))
        self._went.setText(_.format.rupiah(went))
        self._came.set_tone("in" if came else "muted")
        self._went.set_tone("out" if went else "muted")
        self.moves.show_rows(moves)
        self.moves.setVisible(bool(moves))
        self._none.setVisible(not moves)
        self.account.set_choices(place_choices(self.session))
        self.target.set_choices(place_choices(self.session))

    def choose(self, way: str) -> None:
        """Use the form for one way."""
        _ = self.session.translator
        self.way = way if way in self.ways else "out"
        for key, button in self.ways.items():
            button.setChecked(key == self.way)
            button.update()
        self.account.set_choices(place_choices(self.session))
        self.target.set_choices(place_choices(self.session))
        fields = self.form.fields
        fields["category"].setVisible(self.way in ("in", "out"))
        fields["target"].setVisible(self.way == "move")
        fields["party"].setVisible(self.way in ("in", "out"))
        self._account.label.setText(_("Into which cash") if self.way == "in" else _("From which cash"))
        direction = "in" if self.way == "in" else "out"
        self.category.set_choices(
            [
                (item.key, _(CATEGORY_WORDS[item.key]))
                for item in categories(self.session.kind)
                if item.direction == direction and item.key != _HOME
            ]
        )
        if self.way == "move" and self.target.value() == self.account.value() and self.target.box.count() > 1:
            self.target.box.setCurrentIndex(1)
        self.session.drafts.keep("cash.way", {"way": self.way})
        self.form.changed_by_page()

    def _correct(self, entry: int) -> None:
        command = original_command(self.session.reading(), entry)
        values: dict[str, Any]
        match command:
            case RecordMoneyIn() | RecordMoneyOut():
                found = find_category(self.session.kind, command.category)
                key = found.key if found else command.category
                home = key == _HOME and "home" in self.ways
                self.choose("home" if home else "in" if isinstance(command, RecordMoneyIn) else "out")
                if found is None:
                    # An account chosen by an accountant: it is offered as it is.
                    self.category.box.addItem(command.category, command.category)
                values = {"category": key, "account": command.account, "party": command.party}
            case TransferMoney():
                self.choose("move")
                values = {"account": command.source, "target": command.target}
            case _:
                return
        values |= {"amount": command.amount, "memo": command.memo, "on": command.on}
        self.form.fill(values, correcting=entry, keeping={"number": command.number})
        self.form.focus_first()

    def _command(self) -> Command:
        amount = needed(self.amount, "Please give the amount.", "amount")
        on = needed(self.day, "Please give the day.", "on")
        memo, account = self.memo.value() or "", self.account.value() or ""
        if self.way == "move":
            target = needed(self.target, "Please say where the money goes.", "target")
            return TransferMoney(on=on, amount=amount, source=account, target=target, memo=memo)
        category = (
            _HOME if self.way == "home" else needed(self.category, "Please say what it is for.", "category")
        )
        party = self.party.value() or ""
        made = RecordMoneyIn if self.way == "in" else RecordMoneyOut
        return made(on=on, amount=amount, category=category, account=account, party=party, memo=memo)

    def _effect(self) -> Sequence[str]:
        _ = self.session.translator
        amount = self.amount.value()
        if not amount:
            return ()
        account = self.account.value() or ""
        name = self.account.box.currentText()
        after = balance_in(self.session, account) + (amount if self.way == "in" else -amount)
        if self.way == "in":
            lines = [_("{place} grows by {amount:rp}.", place=name, amount=amount)]
        else:
            lines = [_("{place} falls by {amount:rp}.", place=name, amount=amount)]
        if self.way == "move":
            lines.append(
                _("{place} grows by {amount:rp}.", place=self.target.box.currentText(), amount=amount)
            )
            lines.append(_("Nothing is earned or spent by it."))
        elif self.way == "home":
            lines.append(
                _("This is your own money: it is no cost of the business, and the profit stays true.")
            )
        lines.append(_("{place} then holds {amount:rp}.", place=name, amount=after))
        if after < 0:
            lines.append(
                _("That is below zero: something is perhaps not recorded yet. It can be saved all the same.")
            )
        return lines

    def _said(self, outcome: Outcome) -> str:
        _ = self.session.translator
        amount = self.amount.value() or 0
        words = _(_WAYS[self.way][0])
        return _(
            "{number} is saved, {words} {amount:rp}",
            number=outcome.number,
            words=words.lower(),
            amount=amount,
        )

    def _chooser(self, way: str) -> Any:
        def act() -> None:
            self.choose(way)
            self.form.focus_first()

        return act

    def _opens(self, code: str) -> Any:
        return lambda: self.session.go("reports", report="ledger", account=code)

    def _record(self, entry: int) -> Any:
        return lambda: self.session.go("records", entry=entry)


def _sign(move: MoneyMove) -> str:
    return "arrow-down-left" if move.amount > 0 else "arrow-up-right" if move.amount else "arrow-left-right"


def _tone(move: MoneyMove) -> str:
    return "in" if move.amount > 0 else "out" if move.amount else ""
