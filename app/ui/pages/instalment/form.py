"""Bayar angsuran: what is due is filled in, and what an amount does is said in words while it is typed."""

from collections.abc import Sequence
from datetime import date

from app.base.errors import LumbungError, UserError
from app.base.i18n import N_
from app.ledger.changes import Outcome
from app.ledger.loans.commands import Excess, ReceiveInstalment
from app.ledger.loans.preview import Payment, latest_movement, payment
from app.ledger.loans.queries import loan_list
from app.ledger.loans.reading import Loan, read_loans
from app.ledger.members.queries import MemberRow
from app.ledger.rebuilding import original_command
from app.ui.bridge import Session
from app.ui.cooperative import MoneyPlace, accounts_of, picked_member
from app.ui.pickers import member_picker
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.editor import ChoiceEditor, TextEditor, needed
from app.ui.widgets.form import Form
from app.ui.widgets.number_edit import MoneyEdit

_FROM_SAVINGS = "savings:"
_EXCESS = {
    Excess.HOLD: N_("Keep it aside for the next due date"),
    Excess.NEXT: N_("Count it as the next instalment already"),
    Excess.TERM: N_("Lower the principal, the loan ends earlier"),
    Excess.INSTALMENT: N_("Lower the principal, instalments get smaller"),
}


class InstalmentForm(Form):
    """A payment of one member on one loan."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        super().__init__(session, "instalment", self._made, effect=self._effects, said=self._saved_words)
        self._member: MemberRow | None = None
        self._loans: dict[str, Loan] = {}
        self._filled: tuple[str, int, int] = ("", 0, 0)  # loan, amount and penalty as they were filled in
        # Of a payment that is put right: its loan, which may be paid off, and the savings it came from, empty since.
        self._paid = self._source = ""
        self.picker = member_picker(session)
        self.add("member", _("Which member"), self.picker)
        self.loan = ChoiceEditor(_, [])
        self.add("loan", _("Loan"), self.loan)
        self.amount = MoneyEdit(_)
        self.penalty = MoneyEdit(_, empty=_("Part of the amount that is a penalty"))
        self.add_beside(
            ("amount", _("Amount received"), self.amount), ("penalty", _("Of it penalty"), self.penalty)
        )
        self.excess = ChoiceEditor(_, [(key.value, _(words)) for key, words in _EXCESS.items()])
        self.add("excess", _("What becomes of the rest"), self.excess)
        self.on = DateEdit(session)
        self.place = MoneyPlace(session)
        self.add_beside(("on", _("Date"), self.on), ("account", _("Paid with"), self.place))
        self.memo = TextEditor(_, hint=_("Only if something needs to be said"))
        self.add("memo", _("Note"), self.memo)
        self.picker.changed.connect(self._member_changed)
        self.loan.changed.connect(lambda: self._loan_changed())
        self.on.changed.connect(self._read_loans)
        self.amount.changed.connect(self._show_excess)
        self.penalty.changed.connect(self._show_excess)
        self._member_changed()

    def pick(self, number: str, loan: str = "") -> None:
        """Fill in for this member, and this loan."""
        self.start_over()
        self.picker.set_value(number)
        self._member_changed()
        if loan:
            self.loan.set_value(loan)
            self._loan_changed(fill=True)
        self.focus_first()

    def put_right(self, entry: int) -> None:
        """Fill in a payment that is to be put right."""
        reading = self.session.reading()
        found = original_command(reading, entry)
        if not isinstance(found, ReceiveInstalment):
            return
        loan = next(
            (item for item in loan_list(reading, self.session.today) if item.loan == found.loan), None
        )
        if loan is None:
            return
        self.start_over()
        self._paid, self._source = found.loan, found.from_savings
        self.picker.set_value(loan.member)
        self._member_changed()
        self.fill(
            {
                "loan": found.loan,
                "amount": found.amount,
                "penalty": found.penalty or None,
                "excess": (found.excess or Excess.HOLD).value,
                "on": found.on,
                "account": _FROM_SAVINGS + found.from_savings
                if found.from_savings
                else found.account or None,
                "memo": found.memo,
            },
            correcting=entry,
            keeping={"number": found.number},
        )
        self.loan.note("")
        self.amount.select()

    def renew(self) -> None:
        """Loans and balances may be others now."""
        self._member_changed()

    def start_over(self) -> None:
        """Empty all, and offer no loan."""
        self._filled = ("", 0, 0)
        self._paid = self._source = ""
        super().start_over()
        self._member_changed()

    def focus_first(self) -> None:
        """The member first; then the loan where there are several; then the amount."""
        if picked_member(self.session, self.picker) is None:
            self.picker.setFocus()
        elif len(self._loans) > 1:
            self.loan.setFocus()
        else:
            self.amount.select()

    @property
    def chosen(self) -> Loan | None:
        """The loan that is paid."""
        return self._loans.get(self.loan.value() or "")

    # Making the command

    def _made(self) -> ReceiveInstalment:
        _ = self.session.translator
        needed(self.picker, _("Choose a member first."), "member")
        loan = self.chosen
        if loan is None:
            raise UserError("This member has no loan that is still owed.", field="member")
        amount = needed(self.amount, _("An amount is needed."), "amount")
        said = self._payment()
        place = self.place.value() or ""
        from_savings = place.removeprefix(_FROM_SAVINGS) if place.startswith(_FROM_SAVINGS) else ""
        return ReceiveInstalment(
            loan=loan.number,
            amount=amount,
            on=needed(self.on, _("A date is needed."), "on"),
            penalty=self.penalty.value() or 0,
            excess=Excess(self.excess.value() or Excess.HOLD) if said is not None and said.excess else None,
            account="" if from_savings else place,
            from_savings=from_savings,
            memo=self.memo.value() or "",
        )

    def _saved_words(self, outcome: Outcome) -> str:
        _ = self.session.translator
        return _(
            "{number}: {name} paid, principal left {outstanding:rp}",
            number=outcome.number,
            name=self._member.name if self._member else "",
            outstanding=outcome.value.get("outstanding", 0),
        )

    # Following what is chosen

    def _member_changed(self) -> None:
        self._member = picked_member(self.session, self.picker)
        self._read_loans()
        _ = self.session.translator
        savings = (
            [
                (
                    _FROM_SAVINGS + (item.number or item.product),
                    _("{product}, balance {amount:rp}", product=item.name, amount=item.balance),
                )
                for item in accounts_of(self.session, self._member)
                if item.withdrawable and (item.balance or self._source in {item.number, item.product} - {""})
            ]
            if self._member is not None
            else []
        )
        self.place.renew(savings)
        self._loan_changed(fill=True)

    def _read_loans(self) -> None:
        row = self._member
        found = read_loans(self.session.reading(), self._day(), party=row.party) if row else []
        self._loans = {
            item.number: item
            for item in found
            if item.standing.open() or item.standing.penalty_due or item.number == self._paid
        }
        _ = self.session.translator
        self.loan.set_choices(
            [
                (
                    item.number,
                    _(
                        "{number}, principal left {left:rp}",
                        number=item.number,
                        left=item.standing.outstanding,
                    ),
                )
                for item in self._loans.values()
            ]
        )
        self.loan.setEnabled(bool(self._loans))
        if row is not None and not self._loans:
            self.loan.note(_("No loan of this member is still owed."), "amber")
        self._show_excess()

    def _loan_changed(self, *, fill: bool = False) -> None:
        loan = self.chosen
        if loan is None:
            self._show_excess()
            return
        _ = self.session.translator
        self.loan.note(self._about(loan))
        amount, penalty = self._asked(loan)
        untouched = self._filled != ("", 0, 0) and (self._value(self.amount), self._value(self.penalty)) == (
            self._filled[1],
            self._filled[2],
        )
        if (fill or untouched) and self._filled[0] != loan.number and (untouched or not self.amount.touched):
            self._filled = (loan.number, amount, penalty)
            self.amount.set_value(amount or None)
            self.penalty.set_value(penalty or None)
            self.excess.set_value(Excess.HOLD.value)
        self._show_excess()
        self._say_effect()

    def _asked(self, loan: Loan) -> tuple[int, int]:
        """What is due: arrears, or the next instalment where nothing is behind; and the penalty known."""
        standing, day = loan.standing, self._day()
        late = standing.arrears(day)
        held = late.held_left
        behind = late.principal + late.interest
        upcoming = next((item for item in standing.open() if item.due > day), None)
        this_month = upcoming is not None and (upcoming.due.year, upcoming.due.month) == (day.year, day.month)
        amount = behind
        if upcoming is not None and (this_month or not behind):
            amount += max(upcoming.total - held, 0)
        return amount + standing.penalty_due, standing.penalty_due

    def _about(self, loan: Loan) -> str:
        _ = self.session.translator
        standing, day = loan.standing, self._day()
        late = standing.arrears(day)
        opened = standing.open()
        parts = []
        if late.since is not None:
            parts.append(
                _(
                    "behind {amount:rp} for {days} days",
                    amount=late.principal + late.interest,
                    days=late.days(day),
                )
            )
        upcoming = next((item for item in opened if item.due > day), None)
        if upcoming is not None:
            parts.append(
                _(
                    "instalment {number} of {amount:rp} on {on:medium}",
                    number=upcoming.number,
                    amount=upcoming.total,
                    on=upcoming.due,
                )
            )
        if standing.held:
            parts.append(_("{amount:rp} is kept aside", amount=standing.held))
        if standing.penalty_due:
            parts.append(_("penalty {amount:rp}", amount=standing.penalty_due))
        said = ", ".join(parts)
        return said[:1].upper() + said[1:]

    # What the amount does

    def _payment(self, excess: Excess | None = None) -> Payment | None:
        loan, amount = self.chosen, self._value(self.amount)
        if loan is None or amount <= 0 or self._value(self.penalty) > amount:
            return None
        chosen = excess or Excess(self.excess.value() or Excess.HOLD)
        latest = latest_movement(self.session.reading(), loan.id)
        return payment(loan, amount, self._day(), chosen, self._value(self.penalty), latest)

    def _show_excess(self) -> None:
        field = self.fields.get("excess")
        if field is None:
            return
        said = self._payment(Excess.HOLD)
        field.setVisible(said is not None and said.excess > 0)
        if said is not None and said.excess:
            _ = self.session.translator
            self.excess.note(_("{amount:rp} is more than what is due.", amount=said.excess))

    def _effects(self) -> Sequence[str]:
        _ = self.session.translator
        loan, said = self.chosen, self._payment()
        amount = self._value(self.amount)
        if self.correcting and loan is not None and amount:
            # How the loan stands now already counts the payment that goes.
            return [
                _("The old payment is taken back, then this one counts in its place."),
                _("{place} goes up by {amount:rp}.", place=self.place.words, amount=amount)
                if not (self.place.value() or "").startswith(_FROM_SAVINGS)
                else _("Savings go down by {amount:rp}.", amount=amount),
            ]
        if loan is None or said is None:
            return []
        if said.over:
            return [
                _("This is {over:rp} more than all that is left of the loan.", over=said.over),
                _("To settle it, open the loan's card and choose early settlement."),
            ]
        source = (
            _("Savings go down by {amount:rp}.", amount=amount)
            if (self.place.value() or "").startswith(_FROM_SAVINGS)
            else _("{place} goes up by {amount:rp}.", place=self.place.words, amount=amount)
        )
        lines = [source]
        lines += [
            text
            for part, text in (
                (said.interest, _("Interest: {amount:rp}", amount=said.interest)),
                (said.principal, _("Principal: {amount:rp}", amount=said.principal)),
                (said.penalty, _("Penalty: {amount:rp}", amount=said.penalty)),
                (said.held, _("Kept aside: {amount:rp}", amount=said.held)),
            )
            if part
        ]
        if said.last is not None:
            lines.append(self._which(said))
        lines.append(
            _("Principal left: {amount:rp}.", amount=said.outstanding)
            if said.outstanding
            else _("The loan is then paid off.")
        )
        following = said.next
        if following is not None and said.outstanding:
            lines.append(
                _(
                    "Next: instalment {number}, {amount:rp} on {on:medium}.",
                    number=following.number,
                    amount=max(following.principal + following.interest - said.held, 0),
                    on=following.due,
                )
            )
            if said.excess and said.rows[-1].due != loan.standing.rows[-1].due:
                lines.append(_("The last instalment is then on {on:medium}.", on=said.rows[-1].due))
        return lines

    def _which(self, said: Payment) -> str:
        _ = self.session.translator
        if said.first == said.last:
            return (
                _("Instalment {number} is then paid.", number=said.last)
                if said.whole
                else _("Instalment {number} is paid in part.", number=said.last)
            )
        if said.whole:
            return _("Instalments {first} to {last} are then paid.", first=said.first, last=said.last)
        return _(
            "Instalments {first} to {last} are paid, the last in part.", first=said.first, last=said.last
        )

    def _day(self) -> date:
        try:
            return self.on.value() or self.session.today
        except LumbungError:
            return self.session.today

    @staticmethod
    def _value(edit: MoneyEdit) -> int:
        try:
            return edit.value() or 0
        except LumbungError:
            return 0
