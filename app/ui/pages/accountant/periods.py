"""Lock and unlock a month, close and reopen a year: what is finished can't be changed by mistake."""

from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from app.base.dates import FiscalYear, Month
from app.ledger.changes import Kind
from app.ledger.entries.commands import CloseYear, ReopenYear
from app.ledger.entries.queries import results
from app.ledger.periods.commands import LockMonth, UnlockMonth
from app.ledger.periods.queries import closed_years, locked_months
from app.ui import theme
from app.ui.bridge import Session
from app.ui.pages.page import Page
from app.ui.widgets.button import Badge, Button
from app.ui.widgets.label import Label
from app.ui.widgets.layout import Card, Scroll, Split, box, clear, column, flow, row, rule
from app.ui.widgets.page_head import PageHead


class PeriodsPage(Page):
    """The months of a fiscal year, and the year itself."""

    shows: ClassVar[frozenset[Kind]] = frozenset({Kind.PERIOD, Kind.ENTRY, Kind.PROFILE})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self.year = session.info.fiscal_year(session.month.first)
        self.earlier = Button("", kind="tool", on=lambda: self._go(-1))
        self.later = Button("", kind="tool", on=lambda: self._go(1))
        self._this = Label("", "heading")
        self._list = column(gap=0)
        self.buttons: dict[Month, Button] = {}
        self._year_words = Label("", "heading")
        self._year_detail = Label("", tone="muted", wrap=True)
        self.year_button = Button("", icon="lock", on=self._year)
        why = Label(
            _(
                "In a locked month nothing can be added, changed or taken"
                " back. Corrections are recorded in an open month."
            ),
            tone="muted",
            wrap=True,
        )
        months = Card(column(Scroll(box(self._list)), margin=(20, 8, 20, 8)))
        side = Card(
            column(self._year_words, self._year_detail, flow(self.year_button), None, gap=10, margin=20)
        )
        head = PageHead(_("Lock months"), beside=[box(row(self.earlier, self._this, self.later, gap=8))])
        body = Split(months, side, side_width=340)
        made = column(head, why, body, gap=12, margin=theme.PAGE)
        made.setStretch(2, 1)
        self.setLayout(made)

    def open(self, **_parameters: Any) -> None:
        """Come to the year of the month that is looked at."""
        self.year = self.session.info.fiscal_year(self.session.month.first)
        self._dirty = True

    def show_now(self, **parameters: Any) -> None:
        """Open, read, and put the focus on the first month that can be locked."""
        super().show_now(**parameters)
        first = next((button for button in self.buttons.values() if button.isEnabled()), None)
        if first is not None:
            first.setFocus()

    def month_moved(self) -> None:
        """Follow the top bar to its year."""
        self.year = self.session.info.fiscal_year(self.session.month.first)
        self.reload()

    def reload(self) -> None:
        """Show the months and the year."""
        session, _ = self.session, self.session.translator
        focus = next((month for month, button in self.buttons.items() if button.hasFocus()), None)
        locked = locked_months(session.reading())
        closed = closed_years(session.reading())
        self._this.setText(_("Year {year}", year=str(self.year)))
        self.earlier.set_text(f"‹ {self.year.previous()}")
        self.later.set_text(f"{self.year.next()} ›")
        clear(self._list)
        self.buttons.clear()
        for month in self.year.period.months():
            self._list.addWidget(self._line(month, locked=month in locked, closed=self.year.year in closed))
            self._list.addWidget(rule())
        self._list.addStretch(1)
        self._tell_year(closed=self.year.year in closed)
        if focus in self.buttons:
            self.buttons[focus].setFocus()

    def _line(self, month: Month, *, locked: bool, closed: bool) -> QWidget:
        _ = self.session.translator
        name = _.format.month(month)
        button = Button(
            _("Unlock") if locked else _("Lock"),
            icon="lock-open" if locked else "lock",
            kind="tool",
            on=partial(self._toggle, month, locked=locked),
        )
        button.setAccessibleName(
            _("Unlock {month}", month=month) if locked else _("Lock {month}", month=month)
        )
        button.setEnabled(not closed)
        if closed:
            button.setToolTip(_("The year is closed. Open the year again first."))
        self.buttons[month] = button
        running = month.first <= self.session.today <= month.last_day
        parts: list[Any] = [Label(name, "strong")]
        if locked:
            parts.append(Badge(_("Locked"), icon="lock"))
        elif running:
            parts.append(Label(_("this month"), tone="muted"))
        elif month.first > self.session.today:
            parts.append(Label(_("still to come"), tone="muted"))
        return box(row(*parts, None, button, gap=12, margin=(0, 6, 0, 6)))

    def _toggle(self, month: Month, *, locked: bool) -> None:
        _ = self.session.translator
        if locked:
            self.session.execute(UnlockMonth(month=month), said=_("{month} is open again", month=month))
        else:
            self.session.execute(LockMonth(month=month), said=_("{month} is locked", month=month))

    # The year

    def _tell_year(self, *, closed: bool) -> None:
        session, _ = self.session, self.session.translator
        year = str(self.year)
        result = -sum(results(session.reading(), self.year.period).values())
        business = session.kind == "business"
        self._closed = closed
        if closed:
            self._year_words.setText(_("The year {year} is closed", year=year))
            self._year_detail.setText(
                _("Its result is carried over into the next year, and all its months are locked.")
            )
            self.year_button.set_text(_("Open the year {year} again", year=year))
            self.year_button.set_icon("lock-open")
            return
        self._year_words.setText(_("The year {year} is open", year=year))
        said = (
            _(
                "Result so far: {amount:rp}. Closing the year carries it"
                " over into capital and locks all twelve months.",
                amount=result,
            )
            if business
            else _(
                "Surplus so far: {amount:rp}. Closing the year carries it"
                " over into equity and locks all twelve months.",
                amount=result,
            )
        )
        if session.today < self.year.last_day:
            early = _(
                "The year {year} is not over: its last day is {last}.", year=year, last=self.year.last_day
            )
            said = f"{said} {early}"
        self._year_detail.setText(said)
        self.year_button.set_text(_("Close the year {year}", year=year))
        self.year_button.set_icon("lock")

    def _year(self) -> None:
        session, _ = self.session, self.session.translator
        year = str(self.year)
        if self._closed:
            session.execute(
                ReopenYear(year=self.year.year), said=_("The year {year} is open again", year=year)
            )
            return
        sure = session.ask(
            _("Close the year {year}?", year=year),
            _(
                "Income and expense are brought to the result, and nothing more can be"
                " recorded in its twelve months. The year can be opened again."
            ),
            _("Close the year"),
            danger=False,
        )
        if sure:
            session.execute(CloseYear(year=self.year.year), said=_("The year {year} is closed", year=year))

    def _go(self, years: int) -> None:
        self.year = FiscalYear(self.year.year + years, self.year.first_month)
        self.reload()
