"""Beranda of a book: the head with the day and its buttons, the amber line, and the figures of its kind."""

from typing import TYPE_CHECKING, Any

from app.ledger.entries.records import has_records
from app.ledger.members.queries import members
from app.ledger.opening import opening_progress
from app.ui import theme
from app.ui.bridge import Session
from app.ui.pages.home.parts import NextLine
from app.ui.pages.page import Page
from app.ui.widgets.button import Button, Chip
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.layout import Scroll, box, column
from app.ui.widgets.page_head import PageHead

if TYPE_CHECKING:
    from app.ui.pages.home.business import BusinessHome
    from app.ui.pages.home.cooperative import CooperativeHome


class HomePage(Page):
    """What an owner or a treasurer looks at first."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        business = session.kind == "business"
        self.badge = Chip("", attention=True)
        self.badge.setCheckable(False)
        self.badge.clicked.connect(lambda: session.go("opening"))
        if business:
            doors = (
                ("sell", _("Sell"), "shopping-cart", "F2"),
                ("buy", _("Buy goods"), "truck", "F3"),
                ("cash", _("Money in and out"), "wallet", "F4"),
            )
        else:
            doors = (
                ("savings", _("Deposit savings"), "piggy-bank", "F2"),
                ("loans", _("Receive instalment"), "receipt", "F3"),
                ("savings", _("Withdraw savings"), "banknote", "F4"),
            )
        targets = (
            {"F2": "sell", "F3": "buy", "F4": "cash"}
            if business
            else {"F2": "savings", "F3": "instalment", "F4": "withdraw"}
        )
        self._doors = [
            (
                feature,
                Button(
                    word,
                    icon=icon,
                    key=key,
                    kind="primary" if key == "F2" else "plain",
                    on=self._goer(targets[key]),
                ),
            )
            for feature, word, icon, key in doors
        ]
        self._head = PageHead("", beside=(self.badge,), actions=[button for _feature, button in self._doors])
        self.next = NextLine(session, self.reload)
        self.figures = _figures(session)
        self._empty = self._first_steps()
        self._joined = self._first_deposit()
        body = box(
            column(self.next, self.figures, gap=theme.GAP, margin=(theme.MARGIN, 2, theme.MARGIN, theme.GAP))
        )
        self._body = Scroll(body)
        head = box(column(self._head, margin=(theme.MARGIN, theme.GAP, theme.MARGIN, 12)))
        self.setLayout(column(head, self._body, self._empty, self._joined, gap=0))

    def open(self, **_parameters: Any) -> None:
        """The first button has the focus."""
        shown = next((button for _feature, button in self._doors if not button.isHidden()), None)
        if shown is not None:
            shown.setFocus()

    def reload(self) -> None:
        """Read everything anew."""
        session = self.session
        _ = session.translator
        today = session.today
        self._head.set_title(f"{_.format.weekday(today)}, {_.format.date_medium(today)}")
        features = session.features
        for feature, button in self._doors:
            button.setVisible(feature in features)
        reader = session.reading()
        done, total = opening_progress(reader)
        self.badge.set_text(_("Opening balances not complete, {done:n} of {total:n}", done=done, total=total))
        self.badge.setVisible(done < total)
        fresh = not has_records(reader)
        joined = fresh and session.kind == "cooperative" and bool(members(reader, today))
        self._empty.setVisible(fresh and not joined)
        self._joined.setVisible(joined)
        self._body.setVisible(not fresh)
        # The first step is then the one primary button of the page.
        self._doors[0][1].set_kind("plain" if fresh else "primary")
        if fresh:
            (self._joined if joined else self._empty).buttons[0].setFocus()
            return
        self.figures.reload()
        self.next.refresh()

    def month_moved(self) -> None:
        """Beranda is of today."""

    def _goer(self, page: str) -> Any:
        return lambda: self.session.go(page)

    def _opening_button(self) -> Button:
        words = self.session.translator("Take over opening balances")
        return Button(words, icon="scale", key="Alt+S", on=self._goer("opening"))

    def _import_button(self) -> Button:
        words = self.session.translator("Import from Excel")
        return Button(words, icon="upload", key="Alt+E", on=self._goer("importing"))

    def _first_deposit(self) -> EmptyState:
        session = self.session
        _ = session.translator
        return EmptyState(
            "piggy-bank",
            _("Your members are here"),
            _("Record the first deposit now: who, how much. Cash, savings and reports follow from it."),
            [
                Button(
                    _("Record the first deposit"),
                    icon="piggy-bank",
                    key="F2",
                    kind="primary",
                    on=self._goer("savings"),
                ),
                self._opening_button(),
            ],
        )

    def _first_steps(self) -> EmptyState:
        session = self.session
        _ = session.translator
        if session.kind == "business":
            return EmptyState(
                "store",
                _("Your book is ready"),
                _("Record the first sale now: scan or type what was sold. Opening balances can come later."),
                [
                    Button(
                        _("Record the first sale"),
                        icon="shopping-cart",
                        key="F2",
                        kind="primary",
                        on=self._goer("sell"),
                    ),
                    self._opening_button(),
                    self._import_button(),
                ],
            )
        return EmptyState(
            "users",
            _("Your book is ready"),
            _("Add the first member now: number and name are enough. Opening balances can come later."),
            [
                Button(
                    _("Add the first member"),
                    icon="user-plus",
                    key="Ctrl+N",
                    kind="primary",
                    on=lambda: session.go("members", new="yes"),
                ),
                self._import_button(),
                self._opening_button(),
            ],
        )


def _figures(session: Session) -> "BusinessHome | CooperativeHome":
    """The figures of this kind of book; those of the other are not loaded."""
    if session.kind == "business":
        from app.ui.pages.home.business import BusinessHome

        return BusinessHome(session)
    from app.ui.pages.home.cooperative import CooperativeHome

    return CooperativeHome(session)
