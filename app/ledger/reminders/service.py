"""Noting which letters were sent, taking that back, and the rules by which they are due."""

from datetime import date
from typing import Any

from sqlalchemy import delete, update

from app.base.errors import Refused, UserError
from app.ledger.changes import Done, Kind
from app.ledger.reminders.commands import (
    Channel,
    RecordReminder,
    RecordReminders,
    RestoreReminders,
    SentReminder,
    SetReminderStep,
    WithdrawReminders,
)
from app.ledger.reminders.queries import Reminding, late_loan, late_loans, letters, rules
from app.ledger.reminders.tables import reminder, reminder_step
from app.ledger.transaction import Transaction

PREFIX = "ST"  # Surat Tagihan


def record(tx: Transaction, command: RecordReminder) -> Done:
    """Note one letter. Refused where the loan is not late, or the letter is not the one that comes next."""
    _refuse_later_than_today(tx, command.on)
    item = late_loan(tx, command.loan, command.on)
    _refuse_before(tx, item, command.on)
    step = _step(item, command)
    number = command.number.strip()
    if number and tx.sql("SELECT 1 FROM reminder WHERE number = ? COLLATE NOCASE", (number,)):
        raise Refused("There is a letter {number} already.", field="number", number=number)
    number = _write(tx, item, command.on, step, command.channel, number)
    value = {"loan": item.loan, "step": step, "amount": item.total, "pay_by": item.pay_by}
    return Done(number=number, value=value, undo=WithdrawReminders(numbers=(number,)))


def record_all(tx: Transaction, command: RecordReminders) -> Done:
    """Note every letter that is due, or those of the loans named; a second time on a day finds nothing due."""
    _refuse_later_than_today(tx, command.on)
    wanted = {name.strip().casefold() for name in command.loans}
    due = [item for item in late_loans(tx, command.on) if item.is_due(command.on)]
    missing = wanted - {item.loan.casefold() for item in due}
    if missing:
        raise Refused(
            "No letter is due for {loan} on {on}.",
            field="loans",
            loan=", ".join(sorted(missing)).upper(),
            on=command.on,
        )
    chosen = [item for item in due if not wanted or item.loan.casefold() in wanted]
    newest = _newest(tx)
    numbers = []
    for place, item in enumerate(chosen):
        tx.progress.step(place, len(chosen), item.name)
        if item.step is not None and newest.get(item.key, command.on) <= command.on:
            numbers.append(_write(tx, item, command.on, item.step, command.channel, ""))
    if not numbers:
        raise Refused("No letter is due on {on}.", field="on", on=command.on)
    value = {"letters": len(numbers), "first": numbers[0], "last": numbers[-1]}
    return Done(number=numbers[0], value=value, undo=WithdrawReminders(numbers=tuple(numbers)))


def withdraw(tx: Transaction, command: WithdrawReminders) -> Done:
    """Take letters back; a letter that another one followed only together with that one."""
    kept = []
    for number in command.numbers:
        rows = tx.sql(
            "SELECT r.id, l.number, r.number, r.date, r.step, r.channel, r.amount, r.pay_by, r.loan_id"
            " FROM reminder AS r JOIN loan AS l ON l.id = r.loan_id WHERE r.number = ? COLLATE NOCASE",
            (number.strip(),),
        )
        if not rows:
            raise UserError("There is no letter {number}.", field="numbers", number=number.strip() or "-")
        kept.append(rows[0])
    gone = {row[0] for row in kept}
    for row in kept:
        for key, later in tx.sql(
            "SELECT id, number FROM reminder WHERE loan_id = ? AND id > ? ORDER BY id", (row[8], row[0])
        ):
            if key not in gone:
                raise Refused(
                    "Letter {later} followed letter {number}.",
                    advice="Take the later one back first.",
                    field="numbers",
                    number=row[2],
                    later=later,
                )
    for key in gone:
        tx.execute(delete(reminder).where(reminder.c.id == key))
    tx.changed(Kind.LOAN)
    undo = RestoreReminders(
        letters=tuple(
            SentReminder(
                loan=row[1],
                number=row[2],
                on=date.fromisoformat(row[3]),
                step=row[4],
                channel=Channel(row[5]),
                amount=row[6],
                pay_by=date.fromisoformat(row[7]),
            )
            for row in sorted(kept)
        )
    )
    return Done(number=kept[0][2], value={"letters": len(kept)}, undo=undo)


def restore(tx: Transaction, command: RestoreReminders) -> Done:
    """Put letters back as they were."""
    for item in command.letters:
        rows = tx.sql(
            "SELECT l.id FROM loan AS l WHERE l.number = ? COLLATE NOCASE"
            " AND (SELECT sum(t.disbursed) FROM loan_transaction AS t WHERE t.loan_id = l.id) <> 0",
            (item.loan,),
        )
        newer = rows and tx.sql(
            "SELECT 1 FROM reminder WHERE number = ? COLLATE NOCASE OR (loan_id = ? AND date > ?)",
            (item.number, rows[0][0], item.on.isoformat()),
        )
        if not rows or newer:
            raise Refused("Letter {number} can't be put back.", number=item.number)
        _insert(tx, rows[0][0], item.number, item.on, item.step, item.channel, item.amount, item.pay_by)
    numbers = tuple(item.number for item in command.letters)
    return Done(number=numbers[0], value={"letters": len(numbers)}, undo=WithdrawReminders(numbers=numbers))


def set_step(tx: Transaction, command: SetReminderStep) -> Done:
    """Change the rule of one letter. Refused where a later letter would be due at fewer days than an earlier one."""
    before = rules(tx)
    names = ("overdue", "after", "pay_within")
    given: dict[str, Any] = {
        name: getattr(command, name) for name in names if getattr(command, name) is not None
    }
    if not given:
        raise UserError("Nothing to change on letter {step}.", field="step", step=command.step)
    after = {**before, command.step: before[command.step]._replace(**given)}
    days = [after[step].overdue for step in sorted(after)]
    if days != sorted(days):
        raise Refused(
            "Letter {step} can't be due before the one before it.",
            advice="The days overdue grow from letter to letter.",
            field="overdue",
            step=command.step,
        )
    tx.execute(update(reminder_step).where(reminder_step.c.step == command.step).values(**given))
    tx.changed(Kind.LOAN)
    undo = SetReminderStep(step=command.step, **{name: getattr(before[command.step], name) for name in given})
    return Done(number=str(command.step), value={"step": command.step, **given}, undo=undo)


def _step(item: Reminding, command: RecordReminder) -> int:
    """The letter to note: the one that comes next, early only where the person named it."""
    if item.step is None:
        raise Refused(
            "All three letters for loan {loan} were sent.",
            advice="What follows is a visit, a restructuring, or the collateral.",
            field="loan",
            loan=item.loan,
        )
    if command.step is not None and command.step != item.step:
        raise Refused(
            "For loan {loan} letter {next} comes next, not letter {step}.",
            field="step",
            loan=item.loan,
            next=item.step,
            step=command.step,
        )
    if command.step is None and not item.is_due(command.on):
        raise Refused(
            "Letter {next} for loan {loan} is due from {due} on.",
            advice="Name the step to send it earlier.",
            field="on",
            loan=item.loan,
            next=item.step,
            due=item.due_from,
        )
    return item.step


def _refuse_later_than_today(tx: Transaction, on: date) -> None:
    if on > tx.today:
        raise Refused("A letter can't have been sent on {on}, a day to come.", field="on", on=on)


def _refuse_before(tx: Transaction, item: Reminding, on: date) -> None:
    known = letters(tx, item.key).get(item.key, [])
    if known and known[-1].on > on:
        raise Refused(
            "Letter {number} for loan {loan} was sent on {sent}, after {on}.",
            field="on",
            number=known[-1].number,
            loan=item.loan,
            sent=known[-1].on,
            on=on,
        )


def _newest(tx: Transaction) -> dict[int, date]:
    """The day of the newest letter of each loan."""
    return {key: items[-1].on for key, items in letters(tx).items()}


def _write(tx: Transaction, item: Reminding, on: date, step: int, channel: Channel, number: str) -> str:
    if item.pay_by is None:
        raise Refused("All three letters for loan {loan} were sent.", field="loan", loan=item.loan)
    number = number or _free_number(tx, on)
    _insert(tx, item.key, number, on, step, channel, item.total, item.pay_by)
    return number


def _free_number(tx: Transaction, on: date) -> str:
    """The next number of the series that no letter has; a person may have typed one."""
    taken: set[str] = tx.attached("reminder numbers", _numbers)
    number = tx.yearly_number(PREFIX, on)
    while number.casefold() in taken:
        number = tx.yearly_number(PREFIX, on)
    taken.add(number.casefold())
    return number


def _numbers(tx: Transaction) -> set[str]:
    return {row[0].casefold() for row in tx.sql("SELECT number FROM reminder")}


def _insert(
    tx: Transaction,
    key: int,
    number: str,
    on: date,
    step: int,
    channel: Channel,
    amount: int,
    pay_by: date,
) -> None:
    tx.insert_tuple(
        reminder,
        (
            tx.next_id(reminder),
            key,
            number,
            on.isoformat(),
            step,
            channel.value,
            amount,
            pay_by.isoformat(),
        ),
    )
    tx.changed(Kind.LOAN, key)
