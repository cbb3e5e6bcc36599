"""An entry by hand: lines of account, debit and credit, with the running difference in words."""

from typing import Any, ClassVar, Final

from app.base.errors import LumbungError, UserError
from app.ledger.accounts.chart import read_chart
from app.ledger.changes import Kind
from app.ledger.command import Command
from app.ledger.entries.commands import EntryLine, PostEntry
from app.ledger.rebuilding import original_command
from app.ui import theme
from app.ui.book_pickers import account_picker
from app.ui.bridge import Session
from app.ui.pages.page import Page
from app.ui.widgets.button import Button
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.editor import TextEditor
from app.ui.widgets.form import Form
from app.ui.widgets.layout import column
from app.ui.widgets.number_edit import MoneyEdit
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.picker import Picker

MOST_LINES: Final = 12  # as many as one entry by hand ever needs; more is an import
_SHOWN: Final = 2


class EntryPage(Page):
    """Record an entry by hand."""

    shows: ClassVar[frozenset[Kind]] = frozenset({Kind.ACCOUNT})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self.form = Form(session, "manual-entry", self.command, effect=self.effect)
        self.on = DateEdit(session)
        self.memo = TextEditor(_, hint=_("What happened, in a few words"))
        self.number = TextEditor(_, hint=_("Given by itself"))
        self.form.add_beside(("on", _("Date"), self.on), ("memo", _("What for"), self.memo))
        self.accounts: list[Picker] = []
        self.debits: list[MoneyEdit] = []
        self.credits: list[MoneyEdit] = []
        for place in range(MOST_LINES):
            account, debit, credit = account_picker(session), MoneyEdit(_), MoneyEdit(_)
            account.set_name(_("Account of line {n}", n=place + 1))
            self.form.add_beside(
                (f"account{place}", _("Account {n}", n=place + 1), account),
                (f"debit{place}", _("Debit"), debit),
                (f"credit{place}", _("Credit"), credit),
            )
            account.picked.connect(lambda _found, place=place: self._picked(place))
            for editor in (account, debit, credit):
                editor.changed.connect(self._grow)
            self.accounts.append(account)
            self.debits.append(debit)
            self.credits.append(credit)
        self.more = Button(_("Another line"), icon="plus", key="Alt+B", kind="link", on=self._add_line)
        self.form.add_widget(self.more)
        self.form.add("number", _("Number"), self.number)
        self._memos: list[str] = []  # what the lines of an entry that is put right say for themselves
        self._visible = _SHOWN
        self.form.saved.connect(lambda _outcome: self._show_lines(_SHOWN))
        head = PageHead(
            _("Manual entry"),
            actions=[Button(_("Journal"), icon="book-open", on=lambda: session.go("journal"))],
        )
        made = column(head, self.form, gap=12, margin=theme.PAGE)
        made.setStretch(1, 1)
        self.setLayout(made)
        self._show_lines(_SHOWN)

    def open(self, correct: Any = None, **_parameters: Any) -> None:
        """Come to the form, empty or with the entry that is to be put right."""
        if correct is None:
            self.form.begin()
            self._grow()
            return
        found = original_command(self.session.reading(), int(correct))
        if not isinstance(found, PostEntry):
            self.form.begin()
            return
        values: dict[str, Any] = {"on": found.on, "memo": found.memo, "number": found.number}
        for place, line in enumerate(found.lines[:MOST_LINES]):
            values[f"account{place}"] = line.account
            values[f"debit{place}"] = line.debit or None
            values[f"credit{place}"] = line.credit or None
        # A line that says what the whole entry says goes on saying that.
        self._memos = ["" if line.memo == found.memo else line.memo for line in found.lines]
        self._show_lines(min(len(found.lines), MOST_LINES))
        self.form.fill(values, correcting=int(correct))
        self.form.focus_first()

    # What it makes

    def command(self) -> Command:
        """The command of what is typed; raises UserError at the field that is wrong."""
        on, memo = self.on.value(), self.memo.value()
        if on is None:
            raise UserError("Please give {field}.", field="on")
        if not memo:
            raise UserError("Write in a few words what happened.", field="memo")
        memos = self._memos if self.form.correcting else []
        lines = []
        for place in range(self._visible):
            code, debit, credit = self._line(place)
            if not code and not debit and not credit:
                continue
            if not code:
                raise UserError("Choose the account of this line.", field=f"account{place}")
            self._refuse_control(code, place)
            if debit and credit:
                raise UserError("A line has an amount in either debit or credit.", field=f"credit{place}")
            if not debit and not credit:
                raise UserError("Write the amount of this line.", field=f"debit{place}")
            said = memos[place] if place < len(memos) else ""
            lines.append(EntryLine(account=code, debit=debit, credit=credit, memo=said))
        if len(lines) < _SHOWN:
            raise UserError("An entry needs at least two lines.", field=f"account{len(lines)}")
        return PostEntry(on=on, memo=memo, lines=tuple(lines), number=self.number.value() or "")

    def _line(self, place: int) -> tuple[str, int, int]:
        return (
            self.accounts[place].value() or "",
            self.debits[place].value() or 0,
            self.credits[place].value() or 0,
        )

    def _refuse_control(self, code: str, place: int) -> None:
        account = read_chart(self.session.reading()).by_code.get(code)
        if account is not None and account.control:
            raise UserError(
                "{name} is kept by its own pages, person by person or"
                " product by product; a manual entry can't change it.",
                field=f"account{place}",
                name=account.name,
            )

    def difference(self) -> int:
        """Debit less credit of all lines, as far as they can be read."""
        total = 0
        for place in range(self._visible):
            for editor, sign in ((self.debits[place], 1), (self.credits[place], -1)):
                try:
                    total += sign * (editor.value() or 0)
                except UserError:
                    continue
        return total

    def effect(self) -> list[str]:
        """What the entry does, and what is missing on which side."""
        _ = self.session.translator
        said = []
        chart = read_chart(self.session.reading())
        for place in range(self._visible):
            try:
                code, debit, credit = self._line(place)
            except UserError:
                continue
            account = chart.by_code.get(code)
            if account is None or not (debit or credit):
                continue
            grows = (debit - credit) * account.normal > 0
            amount = abs(debit - credit)
            said.append(
                _("{name} grows by {amount:rp}.", name=account.name, amount=amount)
                if grows
                else _("{name} falls by {amount:rp}.", name=account.name, amount=amount)
            )
        missing = self.difference()
        if missing > 0:
            said.append(_("Credit is {amount:rp} short: {amount:words}.", amount=missing))
        elif missing < 0:
            said.append(_("Debit is {amount:rp} short: {amount:words}.", amount=-missing))
        elif said:
            said.append(_("Debit and credit are equal."))
        return said

    # Lines

    def _picked(self, place: int) -> None:
        """An account that is kept elsewhere is refused at once, with the reason."""
        try:
            self._refuse_control(self.accounts[place].value() or "", place)
        except LumbungError as error:
            self.accounts[place].fault(self.session.translator.error(error))

    def _grow(self) -> None:
        """Offer a line more when the last one is used."""
        used = [
            place
            for place in range(MOST_LINES)
            if self.accounts[place].touched or self.debits[place].touched or self.credits[place].touched
        ]
        last = max(used, default=-1)
        self._show_lines(max(min(last + 1, MOST_LINES), self._visible))
        if last == self._visible - 1 and self.difference() and self._visible < MOST_LINES:
            self._show_lines(self._visible + 1)

    def _add_line(self) -> None:
        if self._visible < MOST_LINES:
            self._show_lines(self._visible + 1)
            self.accounts[self._visible - 1].setFocus()

    def _show_lines(self, count: int) -> None:
        self._visible = max(count, _SHOWN)
        for place in range(MOST_LINES):
            for key in ("account", "debit", "credit"):
                self.form.fields[f"{key}{place}"].setVisible(place < self._visible)
        self.more.setVisible(self._visible < MOST_LINES)
