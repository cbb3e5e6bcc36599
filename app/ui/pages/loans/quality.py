"""Kolektibilitas: the loans by class, what is at risk, and the allowance of the month before it is posted."""

from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from app.base.dates import Month
from app.ledger.loans.commands import Recognition, RunAllowance, RunLoanAccrual
from app.ledger.loans.quality import AllowancePlan, allowance_plan, at_risk, share
from app.ledger.loans.recognition import AccrualPlan, accrual_plan
from app.ui import theme
from app.ui.bridge import Session
from app.ui.cooperative import CLASSES
from app.ui.widgets.button import Button
from app.ui.widgets.label import Label
from app.ui.widgets.layout import Card, box, column, row
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.table import Table, TableColumn, Totals


class _Shown(NamedTuple):
    """One class as the table shows it."""

    name: str
    loans: int
    outstanding: int
    percent: str
    allowance: int


class QualityView(QWidget):
    """The classes at the end of the month that is looked at."""

    def __init__(self, session: Session, back: Button) -> None:
        super().__init__()
        self.session = session
        _ = session.translator
        self._plan: AllowancePlan | None = None
        self._accrual: AccrualPlan | None = None
        self.run_button = Button(
            _("Record the allowance"), icon="shield-check", key="Alt+S", kind="primary", on=self.run
        )
        self.report_button = Button(
            _("Report"), icon="file-text", on=lambda: session.go("reports", report="loan-quality")
        )
        self.accrue_button = Button(
            _("Record interest earned"), icon="calendar-clock", key="Alt+J", on=self.accrue
        )
        self.head = PageHead(
            _("Loan quality"), actions=[back, self.report_button, self.accrue_button, self.run_button]
        )
        self.table = Table(
            _,
            (
                TableColumn("class", _("Class"), lambda item: item.name, width=0, weight=500),
                TableColumn("loans", _("Loan"), lambda item: item.loans, "integer", 96),
                TableColumn(
                    "outstanding", _("Left (Rp)"), lambda item: item.outstanding, "amount", 160, weight=600
                ),
                TableColumn("percent", _("Allowance %"), lambda item: item.percent, width=120),
                TableColumn("allowance", _("Allowance (Rp)"), lambda item: item.allowance, "amount", 160),
            ),
            row_height=theme.LIST_ROW_HEIGHT,
        )
        self.table.setAccessibleName(_("Loan quality"))
        self.totals = Totals()
        self.par30 = Label("", "figure")
        self.par30_words = Label("", tone="muted", wrap=True)
        self.par90 = Label("", "figure")
        self.par90_words = Label("", tone="muted", wrap=True)
        self.effect = Label("", wrap=True)
        risks = row(
            Card(
                column(Label(_("More than 30 days late"), "heading"), self.par30, self.par30_words, margin=16)
            ),
            Card(
                column(Label(_("More than 90 days late"), "heading"), self.par90, self.par90_words, margin=16)
            ),
            Card(column(Label(_("What this does"), "heading"), self.effect, None, margin=16)),
            gap=12,
        )
        for place in range(3):
            risks.setStretch(place, 1)
        made = column(
            self.head,
            box(risks),
            Card(column(self.table, self.totals, gap=0, margin=1)),
            gap=12,
            margin=theme.PAGE,
        )
        made.setStretch(2, 1)
        self.setLayout(made)

    def show_month(self, month: Month) -> None:
        """Read the classes at the close of a month."""
        _, reader = self.session.translator, self.session.reading()
        plan = self._plan = allowance_plan(reader, month)
        self.head.set_title(_("Loan quality, {month}", month=month))
        self.table.show_rows(
            [
                _Shown(
                    _(CLASSES[item.class_]),
                    item.loans,
                    item.outstanding,
                    f"{_.format.quantity(item.percent)} %",
                    item.allowance,
                )
                for item in plan.rows
            ]
        )
        left = sum(item.outstanding for item in plan.rows)
        self.totals.tell(
            _.plural("{n:n} loan", "{n:n} loans", sum(item.loans for item in plan.rows)),
            _("Principal left {left:rp}, allowance {amount:rp}", left=left, amount=plan.wanted),
        )
        for days, figure, words in ((30, self.par30, self.par30_words), (90, self.par90, self.par90_words)):
            amount = at_risk(reader, plan.on, days)
            figure.setText(f"{_.format.quantity(share(amount, left))} %")
            words.setText(_("{amount:rp} of the principal left", amount=amount))
        self.effect.setText(" ".join(self._effects(plan)))
        self.run_button.setEnabled(bool(plan.change))
        accrual = self._accrual = accrual_plan(reader, month)
        # A book that takes interest when it is received has nothing to run, and nothing to be asked.
        self.accrue_button.setVisible(accrual.rule.method is Recognition.ACCRUAL or bool(accrual.stands))
        self.accrue_button.setEnabled(any(item.change for item in accrual.rows))

    def accrue(self) -> None:
        """Record the interest earned, after its effect was read."""
        _, plan = self.session.translator, self._accrual
        if plan is None or not any(item.change for item in plan.rows):
            return
        month = Month.of(plan.on)
        lines = [
            _(
                "In the books stands {stands:rp}, the loans owe {wanted:rp} that counts as earned.",
                stands=plan.stands,
                wanted=plan.stands + plan.change,
            )
        ]
        if stopped := sum(item.memo for item in plan.rows if item.stopped):
            lines.append(_("{amount:rp} of loans that earn no more stays a memo.", amount=stopped))
        sure = self.session.ask(
            _("Record the interest earned in {month}?", month=month),
            " ".join(lines),
            _("Record interest earned"),
            danger=False,
        )
        if sure:
            self.session.execute_long(
                RunLoanAccrual(month=month),
                _("Reckoning the interest"),
                lambda outcome: self.session.toast(
                    _("{number}: the interest is recorded", number=outcome.number), undo=True
                ),
            )

    def run(self) -> None:
        """Record the allowance, after its effect was read."""
        _, plan = self.session.translator, self._plan
        if plan is None or not plan.change:
            return
        month = Month.of(plan.on)
        sure = self.session.ask(
            _("Record the allowance of {month}?", month=month),
            " ".join(self._effects(plan)),
            _("Record the allowance"),
            danger=False,
        )
        if sure:
            self.session.execute_long(
                RunAllowance(month=month),
                _("Classing the loans"),
                lambda outcome: self.session.toast(
                    _("{number}: the allowance is recorded", number=outcome.number), undo=True
                ),
            )

    def _effects(self, plan: AllowancePlan) -> list[str]:
        _ = self.session.translator
        lines = [
            _(
                "In the books stands {stands:rp}, the classes ask for {wanted:rp}.",
                stands=plan.stands,
                wanted=plan.wanted,
            )
        ]
        if plan.change > 0:
            lines.append(_("{amount:rp} becomes an expense on {on:long}.", amount=plan.change, on=plan.on))
        elif plan.change:
            lines.append(
                _("{amount:rp} of the expense is taken back on {on:long}.", amount=-plan.change, on=plan.on)
            )
        else:
            lines.append(_("Nothing is to be recorded."))
        return lines
