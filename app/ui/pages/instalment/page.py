"""The page of Bayar angsuran (F3)."""

from typing import Any, ClassVar

from app.ledger.changes import Kind
from app.ui import theme
from app.ui.bridge import Session
from app.ui.cooperative import picked_member
from app.ui.pages.instalment.form import InstalmentForm
from app.ui.pages.page import Page
from app.ui.widgets.button import Button
from app.ui.widgets.layout import column
from app.ui.widgets.page_head import PageHead


class InstalmentPage(Page):
    """Receive an instalment."""

    shows: ClassVar[frozenset[Kind]] = frozenset({Kind.MEMBER, Kind.SAVINGS, Kind.ACCOUNT, Kind.LOAN})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self.form = InstalmentForm(session)
        self.loan_button = Button(_("Loan's card"), icon="hand-coins", key="Alt+L", on=self._to_loan)
        self.card_button = Button(_("Member's card"), icon="user", key="Alt+A", on=self._to_member)
        self.withdraw_button = Button(
            _("Take out"), icon="banknote", key="F4", on=lambda: session.go("withdraw")
        )
        head = PageHead(
            _("Receive instalment"), actions=[self.card_button, self.loan_button, self.withdraw_button]
        )
        layout = column(head, self.form, gap=theme.GAP, margin=theme.PAGE)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def open(self, **parameters: Any) -> None:
        """For a member (`member`) and perhaps a loan (`loan`), or to put a payment right (`correct`)."""
        if parameters.get("correct"):
            self.form.put_right(int(parameters["correct"]))
        elif parameters.get("member"):
            self.form.pick(str(parameters["member"]), str(parameters.get("loan", "")))
        else:
            self.form.begin()

    def reload(self) -> None:
        """Other loans, other balances."""
        self.form.renew()

    def month_moved(self) -> None:
        """The month that is looked at plays no part here."""

    def _to_loan(self) -> None:
        loan = self.form.chosen
        if loan is None:
            self.session.go("loans")
        else:
            self.session.go("loan", loan=loan.number)

    def _to_member(self) -> None:
        row = picked_member(self.session, self.form.picker)
        if row is None:
            self.session.go("members")
        else:
            self.session.go("member", member=row.number)
