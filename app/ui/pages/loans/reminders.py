"""Surat Tagihan: whose loan is late, which letter comes next, printing it, sending it, and noting that it was sent."""

from typing import Any

from PySide6.QtWidgets import QWidget

from app.base.dates import Period
from app.ledger.reminders.commands import Channel, RecordReminder, RecordReminders
from app.ledger.reminders.queries import Reminding, late_loans
from app.reports.reminder_words import message
from app.reports.reminders import letters_paper, sent_text, step_text
from app.ui import theme
from app.ui.bridge import Session
from app.ui.messages import open_chat
from app.ui.widgets.button import Button
from app.ui.widgets.label import Label
from app.ui.widgets.layout import Card, box, column, flow, row
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.table import Table, TableColumn, Totals


class RemindersView(QWidget):
    """The late loans of today, those due for a letter first; what the buttons do is done to the chosen one."""

    def __init__(self, session: Session, back: Button) -> None:
        super().__init__()
        self.session = session
        _ = session.translator
        self.print_all_button = Button(
            _("Print all due"), icon="printer", key="Ctrl+P", on=lambda: self.print_letters("")
        )
        self.all_button = Button(
            _("Note all as sent"), icon="check", key="Alt+S", kind="primary", on=self.note_all
        )
        self.head = PageHead(_("Reminder letters"), actions=[back, self.print_all_button, self.all_button])
        self.print_button = Button(
            _("Print this letter"), icon="file-text", key="Alt+C", kind="tool", on=self._print_one
        )
        self.chat_button = Button(
            _("Send by WhatsApp"), icon="message-circle", key="Alt+W", kind="tool", on=self.send
        )
        self.sent_button = Button(
            _("Note as sent by letter"),
            icon="check",
            key="Alt+T",
            kind="tool",
            on=lambda: self.note(Channel.LETTER),
        )
        self.sent_chat_button = Button(
            _("Note as sent by WhatsApp"),
            icon="check",
            key="Alt+A",
            kind="tool",
            on=lambda: self.note(Channel.WHATSAPP),
        )
        today = session.today
        tone = lambda item: "amber" if item.is_due(today) else ""  # noqa: E731 - one word for two columns
        self.table = Table(
            _,
            (
                TableColumn("loan", _("Loan"), lambda item: item.loan, width=124),
                TableColumn("name", _("Name"), lambda item: item.name, width=0, weight=500),
                TableColumn("days", _("Days late"), lambda item: item.days, "integer", 104),
                TableColumn("total", _("Behind (Rp)"), lambda item: item.total, "amount", 126, weight=600),
                TableColumn(
                    "letter",
                    _("Next letter"),
                    lambda item: step_text(_, item.step),
                    width=130,
                    tone=tone,
                    icon=lambda item: "triangle-alert" if item.is_due(today) else "",
                ),
                TableColumn("due", _("Due from"), lambda item: item.due_from, "date", 112, tone),
                TableColumn(
                    "sent",
                    _("Last sent"),
                    lambda item: sent_text(_, item.sent[-1]) if item.sent else "",
                    width=246,
                    tone=lambda _item: "muted",
                    spare=1,
                ),
            ),
            row_height=theme.LIST_ROW_HEIGHT,
        )
        self.table.setAccessibleName(_("Reminder letters"))
        self.table.chosen.connect(lambda _item: self._tell())
        self.table.opened.connect(lambda item: session.go("loan", loan=item.loan))
        self.totals = Totals()
        self.text = Label("", tone="muted", wrap=True)
        tools = flow(self.print_button, self.chat_button, self.sent_button, self.sent_chat_button)
        made = column(
            self.head,
            Card(column(self.table, self.totals, gap=0, margin=1)),
            Card(column(self.text, box(row(tools)), gap=8, margin=12), "sunken"),
            gap=12,
            margin=theme.PAGE,
        )
        made.setStretch(1, 1)
        self.setLayout(made)

    def renew(self) -> None:
        """Read who is late today."""
        _, today = self.session.translator, self.session.today
        current = self.table.current()
        found = late_loans(self.session.reading(), today)
        self.table.show_rows(found)
        place = next((at for at, item in enumerate(found) if current and item.loan == current.loan), 0)
        if found:
            self.table.go_to(place)
        due = sum(item.is_due(today) for item in found)
        self.totals.tell(
            _.plural("{n:n} loan late", "{n:n} loans late", len(found)),
            _.plural("{n:n} letter due", "{n:n} letters due", due),
        )
        self.print_all_button.setEnabled(due > 0 or any(self._noted_today(item) for item in found))
        self.all_button.setEnabled(due > 0)
        self._tell()

    def print_letters(self, loan: str) -> None:
        """The letters as they are printed: all due and those noted today, or that of one loan."""
        session, _ = self.session, self.session.translator
        period = Period.through(session.today, session.today)
        session.preview(
            lambda paper: letters_paper(session.request(loan=loan, period=period), paper),
            _("Reminder letters"),
        )

    def send(self) -> None:
        """The message to the member of the chosen loan."""
        item = self.table.current()
        if item is not None:
            open_chat(self.session, item.name, item.phone, message(self.session.reading(), item))

    def note(self, channel: Channel) -> None:
        """Note the letter of the chosen loan as sent."""
        item = self.table.current()
        if item is None or item.step is None:
            return
        _, today = self.session.translator, self.session.today
        if not item.is_due(today):
            sure = self.session.ask(
                _("Send {letter} to {name} before its time?", letter=step_text(_, item.step), name=item.name),
                _("By the rules it is due from {due:long} on.", due=item.due_from),
                _("Note as sent"),
                danger=False,
            )
            if not sure:
                return
        self.session.execute(
            RecordReminder(loan=item.loan, on=today, step=item.step, channel=channel),
            said=lambda outcome: _("{number}: noted as sent", number=outcome.number),
        )

    def note_all(self) -> None:
        """Note all letters that are due as sent, after their number was read."""
        _, today = self.session.translator, self.session.today
        due = sum(item.is_due(today) for item in late_loans(self.session.reading(), today))
        if not due:
            return
        sure = self.session.ask(
            _.plural("Note {n:n} letter as sent today?", "Note {n:n} letters as sent today?", due),
            _("Each gets its number; print them afterwards, and the number stands on them."),
            _("Note as sent"),
            danger=False,
        )
        if sure:
            self.session.execute_long(
                RecordReminders(on=today),
                _("Noting the letters"),
                lambda outcome: self.session.toast(
                    _.plural(
                        "{n:n} letter noted as sent", "{n:n} letters noted as sent", outcome.value["letters"]
                    ),
                    undo=True,
                ),
            )

    def _print_one(self) -> None:
        item = self.table.current()
        if item is not None:
            self.print_letters(item.loan)

    def _tell(self) -> None:
        """The message of the chosen loan, and what can be done with it."""
        item: Reminding | None = self.table.current()
        _ = self.session.translator
        self.text.setText(
            message(self.session.reading(), item) if item is not None else _("No loan is late today.")
        )
        for button in (self.print_button, self.chat_button):
            button.setEnabled(item is not None)
        for button in (self.sent_button, self.sent_chat_button):
            button.setEnabled(item is not None and item.step is not None)

    def _noted_today(self, item: Any) -> bool:
        return bool(item.sent) and item.sent[-1].on == self.session.today
