"""What must hold of the letters that were sent."""

from app.ledger.reader import Reader
from app.ledger.reminders.queries import STEPS
from app.ledger.slice import Finding, broken

_MOST = 50


def steps_are_known(reader: Reader) -> list[Finding]:
    """Each of the three letters has its rule."""
    known = [row[0] for row in reader.sql("SELECT step FROM reminder_step ORDER BY step")]
    if known == list(STEPS):
        return []
    return [broken("reminder-steps", "The rules of the three letters are not complete.")]


def letters_follow(reader: Reader) -> list[Finding]:
    """No letter skips a step, and none is older than its loan."""
    rows = reader.sql(
        "SELECT s.number, l.number FROM (SELECT number, loan_id, date, step,"
        "  lag(step, 1, 0) OVER (PARTITION BY loan_id ORDER BY date, id) AS before FROM reminder) AS s"
        " JOIN loan AS l ON l.id = s.loan_id WHERE s.step > s.before + 1 OR s.date < l.disbursed_on"
    )
    return [
        broken(
            "reminder-order",
            "Letter {number} for loan {loan} skips a step, or is older than the loan.",
            number=number,
            loan=loan,
        )
        for number, loan in rows[:_MOST]
    ]


CHECKS = (steps_are_known, letters_follow)
