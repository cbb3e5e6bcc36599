"""The tables of the reminders slice; only this slice writes them."""

from sqlmodel import Field, SQLModel

from app.ledger.storage.tables import table_of


class ReminderStep(SQLModel, table=True):
    """When a letter is due, and how many days it gives the member to pay."""

    __tablename__ = "reminder_step"

    step: int | None = Field(default=None, primary_key=True)
    overdue: int
    after: int
    pay_within: int


class Reminder(SQLModel, table=True):
    """A letter that was sent, with what it asked for (rupiah) and until when."""

    __tablename__ = "reminder"

    id: int | None = Field(default=None, primary_key=True)
    loan_id: int
    number: str
    date: str
    step: int
    channel: str
    amount: int
    pay_by: str


reminder_step = table_of(ReminderStep)
reminder = table_of(Reminder)
