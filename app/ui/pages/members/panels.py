"""The panels of a member's card."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.base.dates import Month
from app.base.i18n import Translator
from app.ledger.members.history import Heir
from app.ledger.members.queries import MemberDetails
from app.ledger.savings.queries import HeldAmount
from app.reports.loan_terms import duration_text, terms_text
from app.ui import theme
from app.ui.bridge import Session
from app.ui.cooperative import short_name
from app.ui.loan_words import boxes_of, progress_words
from app.ui.pages.members.facts import Facts
from app.ui.widgets.button import Button
from app.ui.widgets.label import Elided, Icon, Label
from app.ui.widgets.layout import Card, box, clear, column, flow, row, rule
from app.ui.widgets.loan_boxes import LoanBoxes

_MASK = "•••• ••••"
PHOTO_HEIGHT = 96


def masked(nik: str) -> str:
    """A NIK with only its first and last four digits."""
    return f"{nik[:4]} {_MASK} {nik[-4:]}" if len(nik) > 8 else nik


class SavingsCard(Card):
    """What the member has."""

    def __init__(self, session: Session, *links: QWidget) -> None:
        self._session = session
        _ = session.translator
        self.figure = Label("", "figure")
        self._rows = column(gap=0)
        super().__init__(
            column(
                Label(_("Savings"), "heading"),
                self.figure,
                self._rows,
                flow(*links),
                None,
                gap=6,
                margin=(20, 16, 20, 14),
            )
        )

    def tell(self, facts: Facts) -> None:
        """Show it."""
        _ = self._session.translator
        self.figure.setText(_.format.rupiah(facts.savings))
        clear(self._rows)
        accounts = [item for item in facts.accounts if item.balance or item.kind in ("share", "mandatory")]
        for item in accounts:
            note = item.number
            if (
                item.kind == "mandatory"
                and facts.standing is not None
                and facts.standing.paid_through is not None
            ):
                note = _("paid up to {month}", month=facts.standing.paid_through)
            self._rows.addWidget(rule())
            if item.held:
                free = _("{free:rp} can be taken out", free=item.free) if item.withdrawable else ""
                note = ", ".join(filter(None, (note, free)))
            self._rows.addWidget(_pair(short_name(_, item.name), note, _.format.rupiah(item.balance)))
            for hold in facts.holds:
                if hold.account == item.account:
                    past = hold.until is not None and hold.until < self._session.today
                    line = Label(hold_words(_, hold), tone="amber" if past else "muted", wrap=True)
                    line.setContentsMargins(0, 0, 0, 7)
                    self._rows.addWidget(line)
        if not accounts:
            self._rows.addWidget(Label(_("Nothing was put in yet."), tone="muted", wrap=True))


def hold_words(_: Translator, hold: HeldAmount) -> str:
    """What is held, why, and up to when."""
    reason = f"{hold.reason} ({hold.loan})" if hold.loan else hold.reason
    if hold.until is None:
        return _("{amount:rp} held: {reason}", amount=hold.amount, reason=reason)
    return _(
        "{amount:rp} held until {until:medium}: {reason}", amount=hold.amount, until=hold.until, reason=reason
    )


def _pair(name: str, note: str, amount: str) -> QWidget:
    """A name with a quiet note beside it, and an amount at the right."""
    words = Label(name, "strong")
    quiet = Label(note, tone="muted", wrap=True)
    line = row(words, quiet, Label(amount, right=True), margin=(0, 7, 0, 7))
    line.setStretch(1, 1)
    return box(line)


class LoanCard(Card):
    """What the member owes; the oldest loan in boxes, others in a line each."""

    def __init__(
        self, session: Session, to_loan: Callable[[str], object], new_loan: Callable[[], object]
    ) -> None:
        self._session = session
        _ = session.translator
        self._number = ""
        self.link = Button("", kind="link", on=lambda: to_loan(self._number))
        self.new_button = Button(_("New loan"), icon="plus", kind="link", on=new_loan)
        self._to_loan = to_loan
        self.figure = Label("", "figure")
        self.of = Label("", tone="muted")
        self.boxes = LoanBoxes()
        self.progress = Label("", wrap=True)
        self.terms = Label("", tone="muted", wrap=True)
        self._others = column(gap=2)
        self._line = rule()
        super().__init__(
            column(
                _head(_("Loan, principal left"), self.link, self.new_button),
                row(self.figure, 8, self.of, None),
                self.boxes,
                self.progress,
                self._line,
                self.terms,
                self._others,
                None,
                gap=8,
                margin=(20, 14, 20, 14),
            )
        )

    def tell(self, facts: Facts) -> None:
        """Show it."""
        _, today = self._session.translator, self._session.today
        owed = facts.owed
        total = sum(item.standing.outstanding for item in owed)
        self.figure.setText(_.format.rupiah(total))
        clear(self._others)
        for widget in (self.link, self.of, self.boxes, self._line):
            widget.setVisible(bool(owed))
        self.new_button.setVisible(not owed and facts.row.status in ("active", "prospective"))
        self.progress.set_tone("plain")
        self.terms.setText("")
        if not owed:
            self.progress.setText(_("No loan is owed.") if facts.loans else _("No loan so far."))
            return
        # The one that is late longest comes first.
        loan = min(owed, key=lambda item: item.standing.arrears(today).since or item.standing.rows[-1].due)
        self._number = loan.number
        self.link.set_text(_("Schedule {number}", number=loan.number))
        self.of.setText(
            _(
                "of {amount:rp}",
                amount=loan.terms.principal if len(owed) == 1 else sum(item.terms.principal for item in owed),
            )
        )
        words = progress_words(_, loan, today)
        self.boxes.show_states(boxes_of(loan, today), words)
        self.progress.setText(words)
        self.progress.set_tone("amber" if loan.standing.arrears(today).since is not None else "plain")
        self.terms.setText(
            _("{terms}, {duration}", terms=terms_text(_, loan.terms), duration=duration_text(_, loan.terms))
        )
        for other in owed:
            if other is not loan:
                number = other.number
                self._others.addWidget(
                    Button(
                        _(
                            "{number}, principal left {left:rp}",
                            number=number,
                            left=other.standing.outstanding,
                        ),
                        kind="link",
                        on=partial(self._to_loan, number),
                    )
                )


class DueCard(Card):
    """What must be paid now, why, and what paying it does."""

    def __init__(self, session: Session) -> None:
        self._session = session
        _ = session.translator
        self.figure = Label("", "figure", "amber")
        self._rows = column(gap=0)
        self.after = Label("", tone="muted", wrap=True)
        super().__init__(
            column(
                Label(_("To be paid now"), "heading"),
                self.figure,
                self._rows,
                self.after,
                gap=6,
                margin=(20, 16, 20, 14),
            )
        )

    def tell(self, facts: Facts) -> None:
        """Show it."""
        _ = self._session.translator
        clear(self._rows)
        self.figure.setText(_.format.rupiah(sum(item.amount for item in facts.dues)))
        self.figure.set_tone("amber" if facts.dues else "plain")
        for item in facts.dues:
            detail = Label(item.detail, tone="amber" if item.late else "muted", wrap=True)
            below = row(Icon("triangle-alert", 14, "amber"), detail, gap=6) if item.late else row(detail)
            below.setStretch(below.count() - 1, 1)
            words = column(Label(item.text, "strong", wrap=True), below, gap=2)
            amount = Label(_.format.rupiah(item.amount), "field", right=True)
            line = row(box(words), amount, margin=(0, 7, 0, 7))
            line.setStretch(0, 1)
            line.setAlignment(amount, Qt.AlignmentFlag.AlignVCenter)
            self._rows.addWidget(rule())
            self._rows.addWidget(box(line))
        if facts.outstanding_after is not None:
            self.after.setText(
                _("Once it is paid, {amount:rp} of principal is left.", amount=facts.outstanding_after)
            )
        else:
            self.after.setText("" if facts.dues else _("Nothing is due up to the end of this month."))
        self.after.setVisible(bool(self.after.text()))


def _head(title: str, *links: QWidget) -> QHBoxLayout:
    """The head of a card: its title as far as there is room, and the links that are always whole."""
    line = row(Elided(title, 600, size=theme.BODY), *links, gap=4)
    line.setStretch(0, 1)
    return line


class DataCard(Card):
    """What is known of the member, with the picture; the NIK is masked."""

    def __init__(
        self,
        session: Session,
        change: Callable[[], object],
        others: Sequence[QWidget] = (),
        below: Sequence[QWidget] = (),
    ) -> None:
        self._session = session
        _ = session.translator
        self.change_button = Button(_("Change"), kind="link", on=change)
        self.picture = QLabel()
        self.picture.setAccessibleName(_("Photo"))
        self._rows = column(gap=6)
        super().__init__(
            column(
                _head(_("About the member"), *others, self.change_button),
                self.picture,
                self._rows,
                flow(*below),
                gap=6,
                margin=(20, 12, 20, 14),
            )
        )

    def tell(self, details: MemberDetails, photo: bytes | None, heirs: Sequence[Heir]) -> None:
        """Show it."""
        clear(self._rows)
        image = QPixmap()
        there = photo is not None and image.loadFromData(photo)
        if there:
            ratio = self.devicePixelRatioF()
            image = image.scaledToHeight(
                round(PHOTO_HEIGHT * ratio), Qt.TransformationMode.SmoothTransformation
            )
            image.setDevicePixelRatio(ratio)
            self.picture.setPixmap(image)
        self.picture.setVisible(there)
        for label, value in _known(self._session.translator, details, heirs):
            name = Label(label, tone="muted", wrap=True)
            name.setFixedWidth(88)
            line = row(name, Label(value, wrap=True))
            line.setStretch(1, 1)
            line.setAlignment(name, Qt.AlignmentFlag.AlignTop)
            self._rows.addWidget(box(line))


def _known(_: Translator, details: MemberDetails, heirs: Sequence[Heir]) -> list[tuple[str, str]]:
    heir = "; ".join(
        ", ".join(
            filter(None, (item.name, item.relation, "" if item.share is None else _.format.rate(item.share)))
        )
        for item in heirs
    )
    address = ", ".join(filter(None, (details.address, details.village)))
    found = [
        (_("Nickname"), details.nickname),
        (_("NIK"), masked(details.nik)),
        (_("Telephone"), details.phone),
        (_("Address"), address),
        (_("Occupation"), details.occupation),
        (_("Category"), details.category),
        (_("Heir") if len(heirs) < 2 else _("Heirs"), heir),
    ]
    known = [(label, value) for label, value in found if value]
    return known or [("", _("Only the name is known so far."))]


class StatementCard(Card):
    """Which month's statement can be printed, and the other papers of the member."""

    def __init__(self, session: Session, papers: Sequence[QWidget] = ()) -> None:
        self._session = session
        _ = session.translator
        self._ready = Label("", wrap=True)
        self._coming = Label("", tone="muted", wrap=True)
        lines = [
            row(Icon("check", 14, "brand_text"), self._ready),
            row(Icon("clock", 14, "text2"), self._coming),
        ]
        for line in lines:
            line.setStretch(1, 1)
        super().__init__(
            column(
                Label(_("Member statement"), "heading"), *lines, flow(*papers), gap=6, margin=(20, 14, 20, 14)
            )
        )

    def tell(self) -> None:
        """Show it."""
        _ = self._session.translator
        now = Month.of(self._session.today)
        self._ready.setText(_("{month} is ready to be printed", month=now.previous()))
        self._coming.setText(_("{month} is ready after {on:medium}", month=now, on=now.last_day))
