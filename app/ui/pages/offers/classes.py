"""The rules by which loans are classed: both tables, one rule at a time, with what a change would do today."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from app.base.i18n import N_
from app.ledger.loans.commands import ClassLine, ClassPercent, LoanClass, SetLoanClasses
from app.ledger.loans.quality import ClassRule, quality_rows, read_quality, rules_named
from app.ui import theme
from app.ui.bridge import Session
from app.ui.cooperative import CLASSES
from app.ui.widgets.button import Button, Chip
from app.ui.widgets.editor import ChoiceEditor
from app.ui.widgets.form import Form
from app.ui.widgets.label import Label
from app.ui.widgets.layout import Card, Split, box, column, flow, row
from app.ui.widgets.number_edit import CountEdit, RateEdit
from app.ui.widgets.table import Table, TableColumn

_SETS = (("days", N_("By days")), ("cooperative", N_("By months and collateral")))
_REPAID = {
    "any": N_("all loans"),
    "short": N_("repaid by day or week"),
    "month": N_("repaid by the month"),
    "end": N_("repaid at the end"),
}
_UNITS = (("days", N_("days")), ("months", N_("months")))


class _Line(NamedTuple):
    """One rule of the table that is shown (`place` from 0), or the class in which loans stay that no rule fits."""

    place: int | None
    rule: ClassRule
    percent: Decimal


class RuleForm(Form):
    """One rule, and the percentage of its class."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        super().__init__(
            session,
            "class-rule",
            self._made,
            effect=self._effects,
            save=_("Save the rule"),
            said=_("The rule is saved"),
            again=False,
        )
        self.clear_button.hide()
        self.name_of_set = "days"
        self.line: _Line | None = None
        self.principal, self.interest = CountEdit(_), CountEdit(_)
        self.unit = ChoiceEditor(_, [(key, _(words)) for key, words in _UNITS])
        self.collateral, self.percent = CountEdit(_), RateEdit(_)
        self.add("principal_over", _("Principal behind for more than"), self.principal)
        self.add("interest_over", _("Interest behind for more than"), self.interest)
        self.add_beside(
            ("unit", _("Counted in"), self.unit),
            ("collateral", _("Collateral, % of the debt"), self.collateral),
        )
        self.add("percent", _("Allowance of the class, %"), self.percent)

    def keep_draft(self) -> None:
        """A rule stands in the book; nothing half typed comes back for another one."""

    def take(self, name: str, line: _Line) -> None:
        """Ask for this rule."""
        self.name_of_set, self.line = name, line
        for key in ("principal_over", "interest_over", "unit", "collateral"):
            self.fields[key].setVisible(line.place is not None)
        self.fill(
            {
                "principal_over": line.rule.principal_over,
                "interest_over": line.rule.interest_over,
                "unit": line.rule.unit,
                "collateral": line.rule.collateral,
                "percent": line.percent,
            }
        )

    def _made(self) -> SetLoanClasses:
        line = self.line
        assert line is not None
        lines: tuple[ClassLine, ...] = ()
        if line.place is not None:
            rules, _percents = rules_named(self.session.reading(), self.name_of_set)
            made = [class_line(rule) for rule in rules]
            made[line.place] = replace(
                made[line.place],
                unit=self.unit.value() or "days",
                principal_over=self.principal.value(),
                interest_over=self.interest.value(),
                collateral=self.collateral.value() or 0,
            )
            lines = tuple(made)
        percent = ClassPercent(
            quality=LoanClass(line.rule.class_), percent=self.percent.value() or Decimal(0)
        )
        return SetLoanClasses(rules=self.name_of_set, lines=lines, percents=(percent,))

    def _effects(self) -> Sequence[str]:
        return [] if self.line is None else effects(self.session, self._made())


class ClassesView(QWidget):
    """The rules of a table, and the form of the one that is chosen."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        _ = session.translator
        self.shown = ""
        self.chips: dict[str, Chip] = {}
        for key, words in _SETS:
            chip = Chip(_(words))
            chip.clicked.connect(lambda _checked=False, key=key: self.choose(key))
            self.chips[key] = chip
        self.use_button = Button(_("Class loans by these rules"), icon="check", key="Alt+G", on=self.use)
        self.other_button = Button(_("The other table"), key="Alt+T", on=self.other)
        self.words = Label("", tone="muted", wrap=True)
        self.table = Table(
            _,
            (
                TableColumn(
                    "class", _("Class"), lambda item: _(CLASSES[item.rule.class_]), width=132, weight=500
                ),
                TableColumn("repaid", _("Applies to"), self._repaid, width=0),
                TableColumn(
                    "principal",
                    _("Principal behind"),
                    lambda item: self._over(item, item.rule.principal_over),
                    width=152,
                ),
                TableColumn(
                    "interest",
                    _("Interest behind"),
                    lambda item: self._over(item, item.rule.interest_over),
                    width=152,
                ),
                TableColumn(
                    "collateral",
                    _("Collateral %"),
                    lambda item: item.rule.collateral or None,
                    "integer",
                    104,
                    spare=1,
                ),
                TableColumn(
                    "percent", _("Allowance %"), lambda item: item.percent, "quantity", 106, weight=600
                ),
            ),
            row_height=theme.LIST_ROW_HEIGHT,
        )
        self.table.setAccessibleName(_("Rules of loan quality"))
        self.form = RuleForm(session)
        self.form.side.hide()
        self.effect = Label("", wrap=True)
        self.form.add_widget(self.effect)
        for field in self.form.fields.values():
            field.editor.changed.connect(self._tell)
        self.table.chosen.connect(self._take)
        self.table.opened.connect(lambda _line: self.form.focus_first())
        left = column(
            row(flow(*self.chips.values()), None, self.other_button, self.use_button),
            self.words,
            Card(column(self.table, gap=0, margin=1)),
            gap=12,
        )
        left.setStretch(2, 1)
        self.setLayout(column(Split(box(left), self.form, side_width=300)))

    def reload(self) -> None:
        """Read the rules."""
        self._show(self.shown or read_quality(self.session.reading()).name)

    def choose(self, key: str) -> None:
        """Look at the rules of a table."""
        self._show(key)
        self.table.go_to(0)

    def other(self) -> None:
        """Look at the table that is not shown."""
        self.choose(next(key for key, _words in _SETS if key != self.shown))

    def use(self) -> None:
        """Class the loans by the table that is shown."""
        _ = self.session.translator
        self.session.execute(SetLoanClasses(rules=self.shown), said=_("The loans are classed by these rules"))

    def _show(self, key: str) -> None:
        _, reader = self.session.translator, self.session.reading()
        self.shown = key
        chosen = read_quality(reader).name == key
        for name, chip in self.chips.items():
            chip.setChecked(name == key)
        rules, percents = rules_named(reader, key)
        lines = [_Line(place, rule, percents[rule.class_]) for place, rule in enumerate(rules)]
        current = ClassRule(LoanClass.CURRENT.value, "days", "any", None, None, 0)
        self.table.show_rows([*lines, _Line(None, current, percents[current.class_])])
        self.use_button.setVisible(not chosen)
        said = [_("The first rule that fits gives the class.")]
        if chosen:
            said.append(_("These rules count."))
        else:
            said += effects(self.session, SetLoanClasses(rules=key))
        self.words.setText(" ".join(said))
        if not self.table.currentIndex().isValid():
            self.table.go_to(0)
        self._take(self.table.current())

    def _take(self, line: _Line | None) -> None:
        if line is not None:
            self.form.take(self.shown, line)
            self._tell()

    def _tell(self) -> None:
        try:
            lines = self.form._effects()
        except ValueError:
            lines = []
        self.effect.setText("\n".join(lines))

    def _repaid(self, line: _Line) -> str:
        _ = self.session.translator
        return _("all others") if line.place is None else _(_REPAID[line.rule.repaid])

    def _over(self, line: _Line, over: int | None) -> str:
        _ = self.session.translator
        if over is None:
            return ""
        if line.rule.unit == "days":
            return _("over {n} days", n=over)
        return _("over {n} months", n=over)


def class_line(rule: ClassRule) -> ClassLine:
    """A rule as the command takes it."""
    return ClassLine(
        quality=LoanClass(rule.class_),
        unit=rule.unit,
        repaid=rule.repaid,
        principal_over=rule.principal_over,
        interest_over=rule.interest_over,
        collateral=rule.collateral,
    )


def effects(session: Session, command: SetLoanClasses) -> list[str]:
    """What changing the rules would do to the loans of today."""
    _, reader, today = session.translator, session.reading(), session.today
    quality = read_quality(reader)
    rules, percents = rules_named(reader, command.rules)
    if command.lines:
        rules = [
            ClassRule(
                line.quality.value,
                line.unit,
                line.repaid,
                line.principal_over,
                line.interest_over,
                line.collateral,
            )
            for line in command.lines
        ]
    percents = {**percents, **{item.quality.value: item.percent for item in command.percents}}
    before = quality_rows(reader, today)
    after = quality_rows(reader, today, quality.by(command.rules, rules, percents))
    said = [
        _(
            "{name}: {before} loans become {after}.",
            name=_(CLASSES[new.class_]),
            before=old.loans,
            after=new.loans,
        )
        for old, new in zip(before, after, strict=True)
        if old.loans != new.loans
    ]
    old_sum, new_sum = (sum(item.allowance for item in rows) for rows in (before, after))
    if not said:
        said.append(_("No loan changes its class today."))
    if old_sum == new_sum:
        said.append(_("The allowance asked for stays {amount:rp}.", amount=old_sum))
    else:
        said.append(
            _("The allowance asked for goes from {before:rp} to {after:rp}.", before=old_sum, after=new_sum)
        )
    if command.rules != quality.name and (command.lines or command.percents):
        said.append(_("The loans are classed by this table from then on."))
    return said
