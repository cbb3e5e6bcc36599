"""The card of one member: what they have, what they owe, what they must pay now, and what moved."""

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from app.base.dates import Period
from app.base.errors import LumbungError, UserError
from app.base.i18n import N_
from app.ledger.changes import Kind
from app.ledger.entries.commands import ReverseEntry
from app.ledger.members.commands import SetPhoto, WithdrawExit
from app.ledger.members.history import heirs, photo
from app.ledger.members.queries import exit_entry, member, member_details
from app.reports.frame import Request
from app.reports.member_papers import cards_paper, confirmation_paper
from app.reports.member_statements import paper
from app.reports.members import settlement
from app.ui import theme
from app.ui.bridge import Session
from app.ui.cooperative import STATUS
from app.ui.pages.members.facts import Facts, Move, facts_of
from app.ui.pages.members.form import MemberForm
from app.ui.pages.members.holding import HoldForm, LiftForm, unheld
from app.ui.pages.members.joining import HeirsForm, admit_form, reinstate_form
from app.ui.pages.members.leaving import ExitForm, PayExitForm
from app.ui.pages.members.panels import DataCard, DueCard, LoanCard, SavingsCard, StatementCard
from app.ui.pages.page import Page
from app.ui.widgets.button import Button, Chip
from app.ui.widgets.card_head import CardHead
from app.ui.widgets.form import Form
from app.ui.widgets.label import Label
from app.ui.widgets.layout import Card, Scroll, Split, box, column, flow, row
from app.ui.widgets.table import Table, TableColumn

_CARD = N_("Member card {number}")
_LETTER = N_("Confirmation of balances {number}")
# What a card of a hand's breadth shows at 300 dots an inch.
_PHOTO_PIXELS = QSize(240, 320)


def small_photo(path: str) -> bytes | None:
    """A picture of the disk as a small JPEG, upright as the camera meant it; None where it can't be read."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    image = reader.read()
    if image.isNull():
        return None
    if image.width() > _PHOTO_PIXELS.width() or image.height() > _PHOTO_PIXELS.height():
        image = image.scaled(
            _PHOTO_PIXELS, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    data = QBuffer()
    data.open(QIODevice.OpenModeFlag.WriteOnly)
    image.convertToFormat(QImage.Format.Format_RGB32).save(data, "JPEG", 85)  # type: ignore[call-overload]
    return bytes(data.data().data())


class MemberPage(Page):
    """One member."""

    shows: ClassVar[frozenset[Kind]] = frozenset({Kind.MEMBER, Kind.SAVINGS, Kind.LOAN, Kind.PARTY})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self._number = ""
        self.facts: Facts | None = None
        self._kind = "all"
        self.back_button = Button(_("Members"), icon="arrow-left", key="Esc", on=self._back)
        self.deposit_button = Button(_("Put in"), key="F2", on=lambda: self._go("savings"))
        self.pay_button = Button(
            _("Receive instalment"), icon="hand-coins", key="F3", kind="primary", on=self._pay
        )
        self.withdraw_button = Button(_("Take out"), key="F4", on=lambda: self._go("withdraw"))
        self.print_button = Button(
            _("Print statement"), icon="printer", key="Ctrl+P", on=self.print_statement
        )
        self.payout_button = Button(
            _("Pay the savings out"), icon="banknote", kind="primary", on=self._pay_out
        )
        self.head = CardHead(
            self.back_button,
            [
                self.deposit_button,
                self.pay_button,
                self.withdraw_button,
                self.payout_button,
                self.print_button,
            ],
        )
        self.hold_button = Button(_("Hold"), key="Alt+T", kind="link", on=self._hold)
        self.lift_button = Button(_("Lift"), key="Alt+L", kind="link", on=self._lift)
        self.savings = SavingsCard(session, self.lift_button, self.hold_button)
        self.loan = LoanCard(session, lambda number: session.go("loan", loan=number), self._new_loan)
        self.due = DueCard(session)
        self.card_button = Button(_("Member card"), icon="printer", kind="link", on=self.print_card)
        self.letter_button = Button(
            _("Confirmation of balances"), icon="printer", kind="link", on=self.print_letter
        )
        self.settlement_button = Button(
            _("Settlement"), icon="printer", kind="link", on=self.print_settlement
        )
        self.statement = StatementCard(
            session, [self.card_button, self.letter_button, self.settlement_button]
        )
        self.photo_button = Button(_("Photo"), kind="link", on=self.choose_photo)
        self.no_photo_button = Button(_("Without a photo"), kind="link", on=lambda: self._set_photo(b""))
        self.heirs_button = Button(_("Heirs"), kind="link", on=self._heirs)
        self.admit_button = Button(_("Make a full member"), kind="link", on=self._admit)
        self.reinstate_button = Button(_("Take back as a member"), kind="link", on=self._reinstate)
        self.leave_button = Button(_("Member leaves"), kind="link", on=self._leave)
        self.return_button = Button(_("Take the exit back"), kind="link", on=self.take_back_exit)
        self.data = DataCard(
            session,
            self.change,
            [self.leave_button, self.return_button],
            [
                self.photo_button,
                self.no_photo_button,
                self.heirs_button,
                self.admit_button,
                self.reinstate_button,
            ],
        )
        self.table = self._made_table()
        self._shown = Label("", tone="muted")
        self.chips: dict[str, Chip] = {}
        for key, words in (("all", _("All")), ("savings", _("Savings")), ("loan", _("Loan"))):
            chip = Chip(words, chosen=key == "all")
            chip.clicked.connect(lambda _checked=False, key=key: self.choose(key))
            self.chips[key] = chip
        self.form = MemberForm(session, "member-change")
        self.leaving = ExitForm(session)
        self.paying = PayExitForm(session)
        self.admission, self.reinstatement = admit_form(session), reinstate_form(session)
        self.heirs = HeirsForm(session)
        self.holding, self.lifting = HoldForm(session), LiftForm(session)
        forms: tuple[Form, ...] = (
            self.form,
            self.leaving,
            self.paying,
            self.admission,
            self.reinstatement,
            self.heirs,
            self.holding,
            self.lifting,
        )
        for form in forms:
            form.saved.connect(lambda outcome, form=form: self._saved(form, outcome.number))
        self._views = QStackedWidget()
        self._card = self._card_view()
        for view in (self._card, *forms):
            self._views.addWidget(view)
        made = column(self.head, self._views, gap=theme.GAP, margin=theme.PAGE)
        made.setStretch(1, 1)
        self.setLayout(made)

    def _card_view(self) -> Any:
        _ = self.session.translator
        movements = Card(
            column(
                row(
                    Label(_("Movements"), "heading"),
                    4,
                    self._shown,
                    None,
                    flow(*self.chips.values(), right=True),
                    margin=(16, 10, 16, 10),
                ),
                self.table,
                row(
                    Label(
                        _("Enter opens the record. The balance of a loan is the principal left."),
                        tone="muted",
                        wrap=True,
                    ),
                    margin=(16, 6, 16, 8),
                ),
                gap=0,
                margin=1,
            )
        )
        movements.setMinimumHeight(250)
        top = row(self.savings, self.loan, gap=theme.GAP)
        top.setStretch(0, 45)
        top.setStretch(1, 55)
        main = column(top, movements, gap=theme.GAP)
        main.setStretch(1, 1)
        side = column(
            self.due,
            self.data,
            self.statement,
            None,
            gap=theme.GAP,
        )
        return Scroll(Split(box(main), box(side), side_width=324, narrow=840))

    def _made_table(self) -> Table:
        _ = self.session.translator
        table = Table(
            _,
            (
                TableColumn("on", _("Date"), lambda item: item.on, "date", 108),
                TableColumn(
                    "number", _("Number"), lambda item: item.number, width=134, tone=lambda _row: "muted"
                ),
                TableColumn("memo", _("Description"), lambda item: item.memo, width=0),
                TableColumn(
                    "amount",
                    _("Amount (Rp)"),
                    lambda item: item.amount,
                    "signed",
                    112,
                    tone=lambda item: "in" if item.amount > 0 else "out",
                ),
                TableColumn("balance", _("Balance (Rp)"), lambda item: item.balance, "amount", 118),
            ),
        )
        table.setAccessibleName(_("Movements"))
        table.opened.connect(self._open_record)
        return table

    # Using it

    def open(self, **parameters: Any) -> None:
        """The member of a number (`member`); `change` opens the form."""
        number = str(parameters.get("member", ""))
        if number != self._number:
            self._number = number
            self._dirty = True
        self._show_card()
        if parameters.get("change"):
            self._dirty = False
            self.reload()
            self.change()

    def reload(self) -> None:
        """Read the member."""
        session, _ = self.session, self.session.translator
        try:
            found = member(session.reading(), self._number, session.today)
        except LumbungError:
            # Adding the member was taken back: there is nothing to show any more.
            session.go("members")
            return
        facts = self.facts = facts_of(session, found)
        gone = found.status in ("leaving", "left", "deceased")
        group = found.team or found.institution
        line = [_("No. {number}", number=found.number)]
        if group:
            line.append(_("Group {name}", name=group))
        if found.joined is not None:
            line.append(_("since {on:medium}", on=found.joined))
        if found.left is not None:
            line.append(_("left on {on:medium}", on=found.left))
        words = _(STATUS[found.status])
        self.head.tell(
            found.name,
            ", ".join(line),
            fine=words if found.status == "active" else "",
            attention="" if found.status == "active" else words,
        )
        self.savings.tell(facts)
        self.loan.tell(facts)
        self.due.tell(facts)
        reader = session.reading()
        picture = photo(reader, found.party)
        mine = heirs(reader, [found.party]).get(found.party, [])
        self.data.tell(member_details(reader, found.party), picture, mine)
        self.no_photo_button.setVisible(picture is not None)
        self.admit_button.setVisible(found.status == "prospective")
        self.reinstate_button.setVisible(found.status == "left")
        self.settlement_button.setVisible(gone)
        self.card_button.setVisible(not gone)
        self.statement.tell()
        self.deposit_button.setVisible(not gone)
        self.withdraw_button.setVisible(not gone)
        self.pay_button.setVisible(not gone or bool(facts.owed))
        self.pay_button.setEnabled(bool(facts.owed))
        self.pay_button.set_kind("primary" if facts.owed else "plain")
        self.deposit_button.set_kind("plain" if facts.owed else "primary")
        self.hold_button.setVisible(any(unheld(item) for item in facts.accounts))
        self.lift_button.setVisible(bool(facts.holds))
        self.payout_button.setVisible(gone and facts.savings > 0)
        self.leave_button.setVisible(not gone)
        self.return_button.setVisible(gone)
        self._filter()

    def month_moved(self) -> None:
        """The card is as of today; only which statement is printed follows the month."""
        self.statement.tell()

    def escape(self) -> bool:
        """From a form back to the card."""
        if self._views.currentWidget() is not self._card:
            self._show_card()
            return True
        return False

    def choose(self, key: str) -> None:
        """All movements, those of savings, or those of loans."""
        self._kind = key
        for name, chip in self.chips.items():
            chip.setChecked(name == key)
        self._filter()

    def change(self) -> None:
        """Change what is known of the member."""
        if self.facts is None:
            return
        self._views.setCurrentWidget(self.form)
        self.form.change(member_details(self.session.reading(), self.facts.row.party))

    def print_statement(self) -> None:
        """The statement of the month that is looked at, as it is printed."""
        session, number = self.session, self._number
        session.preview(
            lambda size: paper(session.request(member=number), size),
            session.translator("Member statement {number}", number=number),
        )

    def print_card(self) -> None:
        """The member's card with its code."""
        self._print(cards_paper, _CARD)

    def print_letter(self) -> None:
        """The letter that asks whether the balances are right."""
        self._print(confirmation_paper, _LETTER)

    def print_settlement(self) -> None:
        """What one who left had, owed, and still gets."""
        session = self.session
        period = Period.through(session.today, session.today)
        session.preview(settlement(session.request(member=self._number, period=period, only_day=True)))

    def _print(self, paper_of: Callable[[Request, str], bytes], title: str) -> None:
        session, number = self.session, self._number
        on = min(session.month.last_day, session.today)
        period = Period.through(on, on)
        session.preview(
            lambda size: paper_of(session.request(member=number, period=period, only_day=True), size),
            session.translator(title, number=number),
        )

    def choose_photo(self) -> None:
        """Put a picture on the card; it is made as small as it is shown and printed."""
        _ = self.session.translator
        found, _kind = QFileDialog.getOpenFileName(
            self, _("Choose a picture"), "", _("Pictures (*.png *.jpg *.jpeg)")
        )
        if found:
            self._set_photo(small_photo(found))

    def _set_photo(self, picture: bytes | None) -> None:
        _ = self.session.translator
        if picture is None:
            self.session.show_error(UserError("The photo must be a PNG or JPEG picture.", field="image"))
            return
        said = _("The photo is saved") if picture else _("The photo is taken away")
        self.session.execute(SetPhoto(member=self._number, image=picture), said=said)

    def _heirs(self) -> None:
        if self.facts is not None:
            party = self.facts.row.party
            self._views.setCurrentWidget(self.heirs)
            self.heirs.take(self.facts.row, heirs(self.session.reading(), [party]).get(party, []))

    def _admit(self) -> None:
        self._begin_day(self.admission)

    def _reinstate(self) -> None:
        self._begin_day(self.reinstatement)

    def _begin_day(self, form: Any) -> None:
        if self.facts is not None:
            form.take(self.facts.row)
            self._views.setCurrentWidget(form)
            form.begin({})

    def take_back_exit(self) -> None:
        """Let one who left be a member again, as if the exit had not been accepted."""
        if self.facts is None:
            return
        _ = self.session.translator
        entry = exit_entry(self.session.reading(), self.facts.row.party)
        command = ReverseEntry(entry=entry) if entry is not None else WithdrawExit(member=self._number)
        self.session.execute(command, said=_("{name} is a member again", name=self.facts.row.name))

    def _filter(self) -> None:
        if self.facts is None:
            return
        _ = self.session.translator
        found = [item for item in self.facts.moves if self._kind in ("all", item.kind)]
        self.table.show_rows(found)
        self._shown.setText(_("{n:n} in all", n=len(found)))

    def _show_card(self) -> None:
        self._views.setCurrentWidget(self._card)
        self.table.setFocus()

    def _saved(self, form: Form, number: str) -> None:
        if form is self.form and number:
            self._number = number
            self.reload()
        self._show_card()

    def _back(self) -> None:
        if not self.escape():
            self.session.go("members")

    def _go(self, page: str) -> None:
        self.session.go(page, member=self._number)

    def _pay(self) -> None:
        self._go("instalment")

    def _new_loan(self) -> None:
        self.session.go("loans", new=True, member=self._number)

    def _leave(self) -> None:
        if self.facts is not None:
            self.leaving.take(self.facts)
            self._views.setCurrentWidget(self.leaving)
            self.leaving.begin({})

    def _hold(self) -> None:
        if self.facts is not None:
            self._views.setCurrentWidget(self.holding)
            self.holding.take(self.facts)

    def _lift(self) -> None:
        if self.facts is not None:
            self._views.setCurrentWidget(self.lifting)
            self.lifting.take(self.facts)

    def _pay_out(self) -> None:
        if self.facts is not None:
            self.paying.take(self.facts)
            self._views.setCurrentWidget(self.paying)
            self.paying.begin({})

    def _open_record(self, item: Move) -> None:
        self.session.go("records", entry=item.entry)
