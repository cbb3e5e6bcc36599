"""What was taken over from the old books: ledger, details, difference, and a tick for each that was found right."""

from typing import Any

from app.ledger.accounts.chart import read_chart
from app.ledger.changes import Kind
from app.ledger.entries.commands import EntryLine, PostOpening, TickOpening
from app.ledger.opening import OpeningProduct, OpeningRow, opening_rows
from app.reports.opening_check import PLACES, product_name, where_to_look
from app.ui import theme
from app.ui.bridge import Session
from app.ui.pages.page import Page
from app.ui.widgets.button import Badge, Button
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.editor import ChoiceEditor, needed
from app.ui.widgets.form import Form
from app.ui.widgets.label import Label
from app.ui.widgets.layout import Card, Split, box, column
from app.ui.widgets.number_edit import MoneyEdit
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.table import Table, TableColumn, Totals

_Line = OpeningRow | OpeningProduct


class OpeningPage(Page):
    """The list with its ticks at the left, the taking over of a balance at the right."""

    shows = frozenset({Kind.ENTRY, Kind.ACCOUNT})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self._rest = ""
        self.badge = Badge("", attention=True)
        self.print_button = Button(_("Print the record"), icon="printer", key="Ctrl+P", on=self.print_record)
        columns = (
            TableColumn("tick", "", lambda _row: "", width=40, tone=_tone, icon=_icon),
            TableColumn("code", _("Code"), _code, width=76, tone=lambda _row: "muted"),
            TableColumn("name", _("Account"), self._name, width=0, tone=_name_tone),
            TableColumn("ledger", _("Ledger (Rp)"), _ledger, "amount", 124, weight=600),
            TableColumn("detail", _("Details (Rp)"), lambda row: row.detail, "amount", 130, spare=2),
            TableColumn(
                "difference",
                _("Difference (Rp)"),
                _difference,
                "amount",
                130,
                tone=_difference_tone,
                spare=1,
            ),
        )
        self.table = Table(_, columns, row_height=theme.LIST_ROW_HEIGHT)
        self.table.setAccessibleName(_("Opening balances"))
        self.table.opened.connect(self.tick)
        self.totals = Totals()
        self.tick_button = Button(
            _("Right, tick it"), icon="check", key="Enter", kind="primary", on=self._tick_current
        )
        self.table.chosen.connect(self._show)
        self._about = Label("", tone="muted", wrap=True)
        left = Card(column(self.table, self.totals, gap=0, margin=1))
        side = column(
            Card(column(Label(_("Chosen"), "heading"), self._about, self.tick_button, margin=16)),
            self._taking_over(),
            gap=theme.GAP,
        )
        self.setLayout(
            column(
                PageHead(_("Check the opening balances"), beside=(self.badge,), actions=(self.print_button,)),
                Label(
                    _(
                        "Hold each figure beside the old book. Right: tick it. A changed figure loses its tick."
                    ),
                    tone="muted",
                    wrap=True,
                ),
                Split(left, box(side), side_width=340),
                gap=12,
                margin=theme.PAGE,
            )
        )

    def open(self, **_parameters: Any) -> None:
        """The list has the focus."""
        self.reload()
        self.form.begin()
        self.table.setFocus()

    def reload(self) -> None:
        """Read what was taken over."""
        _ = self.session.translator
        rows = opening_rows(self.session.reading())
        self._rest = rows[-1].code
        ticks = [tick for row in rows for tick in row.ticks]
        done = sum(ticks)
        self.badge.set_text(_("{done:n} of {total:n} found right", done=done, total=len(ticks)))
        lines: list[_Line] = []
        for row in rows:
            lines += (row, *row.listed)
        self.table.show_rows(lines)
        if not self.table.currentIndex().isValid():
            self.table.go_to(0)
        difference = sum(row.difference for row in rows)
        self.totals.tell(
            _("{done:n} of {total:n} found right", done=done, total=len(ticks)),
            _("Difference {amount:rp}", amount=difference),
        )
        self._show(self.table.current())
        chart = read_chart(self.session.reading())
        choices = [
            (account.code, f"{account.code} {account.name}")
            for account in chart.accounts
            if account.active and not account.heading and not account.control and account.role != "opening"
        ]
        self.account.set_choices(choices)

    def tick(self, row: _Line) -> None:
        """Say that a figure is right, or take that back."""
        _ = self.session.translator
        right = not row.ticked_by
        name = product_name(_, row.name)
        said = _("{name}: found right", name=name) if right else _("{name}: no longer ticked", name=name)
        if isinstance(row, OpeningProduct):
            command = TickOpening(account=row.account, right=right, product=row.code)
        else:
            command = TickOpening(account=row.code, right=right)
        self.session.execute(command, said=said)

    def print_record(self) -> None:
        """The record of the comparison, to be signed."""
        self.session.preview(self.session.document("opening-record"))

    def _tick_current(self) -> None:
        row = self.table.current()
        if row is not None:
            self.tick(row)

    def _name(self, row: _Line) -> str:
        """The account; with its product where it has only one, and the products of another below it."""
        name = product_name(self.session.translator, row.name)
        if isinstance(row, OpeningProduct):
            return f"      {name}"
        only = row.products[0].name if len(row.products) == 1 else ""
        return f"{name} ({only})" if only and only != name else name

    def _show(self, row: _Line | None) -> None:
        self.tick_button.setEnabled(row is not None)
        if row is not None:
            _ = self.session.translator
            about = self._about_product(row) if isinstance(row, OpeningProduct) else self._about_account(row)
            if row.ticked_by:
                about.append(_("Found right by {name}.", name=row.ticked_by))
            self._about.setText("\n".join(about))
            self.tick_button.set_text(_("Take the tick away") if row.ticked_by else _("Right, tick it"))

    def _about_product(self, row: OpeningProduct) -> list[str]:
        _ = self.session.translator
        return [
            product_name(_, row.name),
            _("Hold it beside the sum of the old list of this product."),
            _(
                "It shares {code} with other products; the difference stands at the account.",
                code=row.account,
            ),
        ]

    def _about_account(self, row: OpeningRow) -> list[str]:
        _ = self.session.translator
        lines = [self._name(row)]
        if row.code == self._rest:
            lines.append(
                _(
                    "{amount:rp} is not explained yet: it belongs to capital or to an account that is missing.",
                    amount=row.ledger,
                )
                if row.ledger
                else _("Nothing is unexplained. A book that begins with nothing is right as it is.")
            )
        control = read_chart(self.session.reading()).by_code[row.code].control
        lines += where_to_look(_, self.session.reading(), row)
        if control in PLACES:
            lines.append(_(PLACES[control]))
        return lines

    def _taking_over(self) -> Form:
        _ = self.session.translator
        self.form = Form(
            self.session,
            "opening",
            self._command,
            save=_("Take over"),
            said=_("The opening balance is taken over"),
            again=False,
        )
        # The one primary button of the page is the tick.
        self.form.save_button.set_kind("plain")
        self.day = DateEdit(self.session)
        self.account = ChoiceEditor(_, [])
        self.amount = MoneyEdit(_)
        self.form.add("on", _("At the close of"), self.day)
        self.form.add("account", _("Account"), self.account)
        self.form.add("amount", _("Balance"), self.amount, beside=_("as in the old book"))
        return self.form

    def _command(self) -> PostOpening:
        _ = self.session.translator
        code = needed(self.account, "Please choose an account.", "account")
        amount = needed(self.amount, "Please give the balance.", "amount")
        on = needed(self.day, "Please give the day.", "on")
        account = read_chart(self.session.reading()).code(code)
        # The balance in the account's own direction; a contra account stands on the other side.
        debit = (account.normal > 0) != account.contra
        line = EntryLine(account=code, debit=amount) if debit else EntryLine(account=code, credit=amount)
        return PostOpening(on=on, lines=(line,))


def _code(row: _Line) -> str:
    return "" if isinstance(row, OpeningProduct) else row.code


def _ledger(row: _Line) -> int | None:
    return None if isinstance(row, OpeningProduct) else row.ledger


def _name_tone(row: _Line) -> str:
    return "muted" if isinstance(row, OpeningProduct) else ""


def _icon(row: _Line) -> str:
    return "square-check" if row.ticked_by else "square"


def _tone(row: _Line) -> str:
    return "brand" if row.ticked_by else "muted"


def _difference(row: _Line) -> int | None:
    return None if isinstance(row, OpeningProduct) or row.detail is None else row.difference


def _difference_tone(row: _Line) -> str:
    return "amber" if _difference(row) else "muted"
