"""Judging single loans, and changing the rules by which all are classed."""

from datetime import date
from decimal import Decimal

from sqlalchemy import delete, update

from app.base.errors import Refused, UserError
from app.ledger.changes import Done, Kind
from app.ledger.command import Command
from app.ledger.entries.commands import RecordTogether
from app.ledger.loans.commands import ClassLine, ClassPercent, LoanClass, SetLoanClass, SetLoanClasses
from app.ledger.loans.quality import ClassRule, read_quality, rules_named
from app.ledger.loans.reading import find_loan
from app.ledger.loans.register import the_loan
from app.ledger.loans.tables import loan_class, loan_class_rule, loan_judgement, loan_ruleset
from app.ledger.transaction import Transaction

TAKEN_OVER = "Kolektibilitas menurut buku lama"


def set_class(tx: Transaction, command: SetLoanClass) -> Done:
    """Judge a loan from a day on."""
    state = the_loan(tx, command.loan)
    if command.on < state.disbursed_on:
        raise Refused(
            "Loan {loan} was paid out on {since}, after {on}.",
            field="on",
            loan=state.number,
            since=state.disbursed_on,
            on=command.on,
        )
    quality = read_quality(tx)
    before = quality.judgement(state.id, command.on)
    ruled = quality.ruled(find_loan(tx, state.number, command.on), command.on)
    if command.quality is None and (before is None or before.class_ is None):
        raise Refused(
            "Loan {loan} is classed by the rules.",
            advice="Give the class it should be in, and why.",
            field="quality",
            loan=state.number,
        )
    _write(tx, state.id, command.on, command.quality, ruled, command.reason.strip())
    held = before is not None and before.class_ is not None
    undo = SetLoanClass(
        loan=state.number,
        on=command.on,
        quality=LoanClass(before.class_) if before is not None and before.class_ is not None else None,
        reason=before.reason if held and before is not None else "",
    )
    value = {
        "loan": state.number,
        "class": ruled if command.quality is None else command.quality.value,
        "by_rule": ruled,
    }
    return Done(number=state.number, value=value, undo=undo)


def judge_as_taken_over(tx: Transaction, number: str, given: LoanClass, on: date) -> None:
    """Keep the class that older books gave a loan, where the rules say another one."""
    state = the_loan(tx, number)
    ruled = read_quality(tx).ruled(find_loan(tx, number, on), on)
    if ruled != given:
        _write(tx, state.id, on, given, ruled, TAKEN_OVER)


def set_classes(tx: Transaction, command: SetLoanClasses) -> Done:
    """Choose a table of rules, and change its rules or percentages."""
    name = command.rules.strip().casefold()
    names = [row[0] for row in tx.sql("SELECT name FROM loan_ruleset ORDER BY name")]
    if name not in names:
        raise UserError(
            "There are no rules {rules}.",
            advice="Known: {known}.",
            field="rules",
            rules=command.rules,
            known=", ".join(names),
        )
    chosen = read_quality(tx).name
    rules, percents = rules_named(tx, name)
    for other in names:
        tx.execute(update(loan_ruleset).where(loan_ruleset.c.name == other).values(chosen=int(other == name)))
    if command.lines:
        tx.execute(delete(loan_class_rule).where(loan_class_rule.c.ruleset == name))
        for place, line in enumerate(command.lines, 1):
            tx.insert_tuple(
                loan_class_rule,
                (
                    name,
                    place,
                    line.quality.value,
                    line.unit,
                    line.repaid,
                    line.principal_over,
                    line.interest_over,
                    line.collateral,
                ),
            )
    for item in command.percents:
        tx.execute(
            update(loan_class)
            .where(loan_class.c.ruleset == name, loan_class.c["class"] == item.quality.value)
            .values(percent=str(item.percent))
        )
    tx.changed(Kind.LOAN)
    undo = _set_back(command, name, chosen, rules, percents)
    return Done(number=name, value={"rules": name}, undo=undo)


def _set_back(
    command: SetLoanClasses, name: str, chosen: str, rules: list[ClassRule], percents: dict[str, Decimal]
) -> Command:
    """What brings the rules back as they were: those of the table first, then the one that was chosen."""
    lines = tuple(
        ClassLine(
            quality=LoanClass(item.class_),
            unit=item.unit,
            repaid=item.repaid,
            principal_over=item.principal_over,
            interest_over=item.interest_over,
            collateral=item.collateral,
        )
        for item in (rules if command.lines else ())
    )
    before = tuple(
        ClassPercent(quality=item.quality, percent=percents[item.quality]) for item in command.percents
    )
    back = SetLoanClasses(rules=name, lines=lines, percents=before)
    return back if chosen == name else RecordTogether(commands=(back, SetLoanClasses(rules=chosen)))


def _write(tx: Transaction, loan: int, on: date, given: LoanClass | None, ruled: str, reason: str) -> None:
    tx.insert_tuple(
        loan_judgement,
        (
            tx.next_id(loan_judgement),
            loan,
            on.isoformat(),
            None if given is None else given.value,
            ruled,
            reason,
        ),
    )
    tx.changed(Kind.LOAN, loan)
