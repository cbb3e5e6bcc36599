"""One record at the side of the list: what it did in plain words, who and when, its journal, and what may be done."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from app.base.errors import LumbungError
from app.ledger.accounts.chart import read_chart
from app.ledger.command import Command, command_name
from app.ledger.entries.commands import PostEntry
from app.ledger.entries.records import KINDS, RecordDetail, record, records_by_key
from app.ledger.loans.commands import ReceiveInstalment
from app.ledger.rebuilding import original_command
from app.ledger.savings.commands import DepositSavings, RecordSavings
from app.ui.bridge import Session
from app.ui.widgets.button import Button
from app.ui.widgets.label import Label, Tone
from app.ui.widgets.layout import Card, Scroll, box, clear, column, flow, row, rule

# Which page puts a record right: the one whose form made it and can be filled with it again.
PLACES: dict[str, str] = {
    "record-sale": "sell",
    "record-purchase": "buy",
    "record-money-in": "cash",
    "record-money-out": "cash",
    "transfer-money": "cash",
    "receive-bill-payment": "parties",
    "pay-bill": "parties",
    "deposit-savings": "savings",
    "record-savings": "savings",
    "withdraw-savings": "withdraw",
    "receive-instalment": "instalment",
    "post-entry": "entry",
}
# More lines than this are told by the journal alone.
_EFFECTS = 6


class RecordPanel(Card):
    """Shows a record; `take_back` and `put_right` are asked of the page, `look_at` shows another record here."""

    def __init__(
        self, session: Session, *, take_back: Callable[[], object], put_right: Callable[[], object]
    ) -> None:
        self._content = column(gap=8)
        super().__init__(column(Scroll(box(column(self._content, None))), margin=16))
        self._session = session
        _ = session.translator
        self._take_back = take_back
        self._put_right = put_right
        self._with_journal = False
        self.detail: RecordDetail | None = None
        self.buttons: dict[str, Button] = {}

    def show_record(self, entry: int | None, *, journal: bool | None = None) -> None:
        """Show a record, or that there is none. The journal stays open from one record to the next."""
        _ = self._session.translator
        if journal is not None:
            self._with_journal = journal
        clear(self._content)
        self.buttons = {}
        self.detail = record(self._session.reading(), entry) if entry is not None else None
        if self.detail is None:
            self._content.addWidget(Label(_("Nothing fits. Fewer words find more."), tone="muted", wrap=True))
            return
        self._say_what(self.detail)
        self._say_state(self.detail)
        self._offer(self.detail)
        if self._with_journal:
            self._show_journal(self.detail)

    def command(self) -> Command | None:
        """The command that made the record, where its form can open it."""
        if self.detail is None:
            return None
        try:
            found = original_command(self._session.reading(), self.detail.row.entry)
        except LumbungError:
            # Recorded by a program whose words this one does not know any more.
            return None
        return found if found is not None and place_of(found) else None

    # Its parts

    def _say_what(self, detail: RecordDetail) -> None:
        _ = self._session.translator
        found = detail.row
        kind = Label(_(KINDS.get(found.kind, found.kind)), tone="muted")
        self._content.addLayout(row(Label(found.number, "title"), None, kind))
        self._content.addWidget(Label(_.format.rupiah(found.amount), "figure"))
        self._content.addWidget(Label(found.memo, "field", wrap=True))
        for words in self._effects(detail):
            self._content.addWidget(Label(words, wrap=True))
        moment = ""
        if detail.at:
            moment = self._session.moment(datetime.fromisoformat(detail.at))
        for word, value in (
            (_("Date"), f"{_.format.weekday(found.date)}, {_.format.date_medium(found.date)}"),
            (_("Who"), found.party),
            (_("Recorded by"), detail.actor),
            (_("Recorded at"), moment),
        ):
            if value:
                self._content.addWidget(rule())
                said = Label(value, right=True, wrap=True)
                line = row(Label(word, tone="muted"), said)
                line.setStretch(1, 1)
                self._content.addLayout(line)

    def _effects(self, detail: RecordDetail) -> list[str]:
        """What it did, account by account: Kas bertambah Rp25.000."""
        _ = self._session.translator
        chart = read_chart(self._session.reading())
        sums: dict[str, int] = {}
        for line in detail.lines:
            sums[line.code] = sums.get(line.code, 0) + line.amount
        if len(sums) > _EFFECTS:
            return []
        words = []
        for code, amount in sums.items():
            account = chart.by_code.get(code)
            if account is None or not amount:
                continue
            grows = (amount > 0) == ((account.normal > 0) != account.contra)
            words.append(
                _("{account} goes up by {amount:rp}", account=account.name, amount=abs(amount))
                if grows
                else _("{account} goes down by {amount:rp}", account=account.name, amount=abs(amount))
            )
        return words

    def _say_state(self, detail: RecordDetail) -> None:
        _ = self._session.translator
        found = detail.row
        if found.state == "reversed":
            words = (
                _("This record was put right. It counts no more.")
                if found.replaced_by
                else _("This record was taken back. It counts no more.")
            )
        elif found.state == "reversal":
            words = _("This takes another record back.")
        elif found.state == "correction":
            words = _("This is how it stands after it was put right.")
        else:
            return
        self._content.addWidget(rule())
        tone: Tone = "brand" if found.state == "correction" else "amber"
        self._content.addWidget(Label(words, "strong", tone, wrap=True))
        others = [
            (found.replaces, _("See how it was before")),
            (found.replaced_by, _("See how it stands now")),
            (found.reverses, _("See what it takes back")),
            (None if found.replaced_by else found.reversed_by, _("See what took it back")),
        ]
        links: list[QWidget] = []
        for key, words in others:
            if key is not None and records_by_key(self._session.reading(), [key]):
                links.append(Button(words, kind="link", on=self._looks_at(key)))
        if links:
            self._content.addLayout(flow(*links))

    def _offer(self, detail: RecordDetail) -> None:
        _ = self._session.translator
        if detail.row.state in ("ordinary", "correction"):
            if self.command() is not None:
                self.buttons["right"] = Button(_("Put right"), icon="pencil", key="Alt+P", on=self._put_right)
            self.buttons["back"] = Button(
                _("Take the record back"), icon="undo-2", key="Alt+B", kind="danger", on=self._take_back
            )
        words = _("Hide the journal") if self._with_journal else _("See the journal")
        self.buttons["journal"] = Button(words, kind="link", key="Alt+J", on=self._turn_journal)
        self._content.addSpacing(4)
        self._content.addLayout(flow(*self.buttons.values()))

    def _show_journal(self, detail: RecordDetail) -> None:
        _ = self._session.translator
        self._content.addWidget(Label(_("Journal"), "heading"))
        for line in detail.lines:
            side = _("Debit") if line.amount > 0 else _("Credit")
            amount = Label(_.format.rupiah(abs(line.amount)), right=True)
            name = Label(f"{line.code} {line.account}", wrap=True)
            shown = row(column(name, Label(side, tone="muted"), gap=0), amount)
            shown.setStretch(0, 1)
            self._content.addWidget(rule())
            self._content.addLayout(shown)

    def _turn_journal(self) -> None:
        if self.detail is not None:
            self.show_record(self.detail.row.entry, journal=not self._with_journal)
            self.buttons["journal"].setFocus()

    def _looks_at(self, entry: int) -> Callable[[], None]:
        return lambda: self.show_record(entry)


def place_of(command: Command) -> str:
    """The page whose form made a record and can hold all of it, or nothing."""
    if isinstance(command, RecordSavings):
        # The form is a slip of one member; a list of many was a sheet or a file.
        members = {line.member for line in command.lines}
        products = {line.product for line in command.lines}
        plain = all(line.deposit and not line.savings_number for line in command.lines)
        if len(members) != 1 or len(products) != len(command.lines) or not plain:
            return ""
    if isinstance(command, DepositSavings) and command.savings_number:
        return ""
    if isinstance(command, ReceiveInstalment) and command.split:
        # The form parts the amount by itself.
        return ""
    if isinstance(command, PostEntry):
        from app.ui.pages.accountant.entry import MOST_LINES

        if len(command.lines) > MOST_LINES:
            return ""
    return PLACES.get(command_name(command), "")
