"""Who is to be reminded of a late loan, and the letters themselves."""

from app.base.errors import UserError
from app.base.i18n import N_, Translator
from app.base.progress import Progress
from app.ledger.reminders.queries import Letter, Reminding, late_loan, late_loans
from app.reports.catalog import COOPERATIVE, ReportSpec
from app.reports.document import CellType, Column, Document, Row, RowKind, Term
from app.reports.forms import PaperHead
from app.reports.frame import Request
from app.reports.reminder_words import SHORT, contact

REMINDERS = N_("Reminders of Late Loans")
LETTERS = N_("Reminder Letters")
_PARTS = ("principal", "interest", "penalty", "total")


def step_text(_: Translator, step: int | None) -> str:
    """Which letter, in a word or two."""
    return _(SHORT[step]) if step else _("all sent")


def sent_text(_: Translator, letter: Letter) -> str:
    """A letter that was sent, in one line: which, its number and its day."""
    return _(
        "{letter}, {number}, {on:medium}",
        letter=step_text(_, letter.step),
        number=letter.number,
        on=letter.on,
    )


def reminders(request: Request) -> Document:
    """Every late loan at the close of the day: the letter that comes next, from when, and the last one sent."""
    _ = request.translator
    found = late_loans(request.book, request.last_day)
    rows = [
        Row(
            RowKind.ITEM,
            {
                "loan": item.loan,
                "name": item.name,
                "since": item.since,
                "days": item.days,
                "letter": step_text(_, item.step),
                "due": item.due_from,
                "sent": sent_text(_, item.sent[-1]) if item.sent else "",
                **{key: getattr(item, key) for key in _PARTS},
            },
            opens={"report": "loan-schedule", "loan": item.loan},
        )
        for item in found
    ]
    totals = _totals(found)
    rows.append(_total_row(request, totals, len(rows)))
    return request.document(
        "reminders",
        _(REMINDERS),
        (
            Column("loan", _("Loan")),
            Column("name", _("Name"), weight=3),
            Column("since", _("Overdue since"), CellType.DATE),
            Column("days", _("Days"), CellType.INTEGER),
            Column("letter", _("Next letter")),
            Column("due", _("Due from"), CellType.DATE),
            Column("sent", _("Last sent"), weight=2),
            *_amounts(_),
        ),
        rows,
        {**totals, "count": len(found), "due": sum(item.is_due(request.last_day) for item in found)},
        landscape=True,
    )


def letters(request: Request) -> Document:
    """The letters of a day: those due and those noted as sent that day, or the one of the loan named."""
    _ = request.translator
    found = letters_of(request)
    rows = [
        Row(
            RowKind.ITEM,
            {
                "letter": step_text(_, step),
                "number": number,
                "loan": item.loan,
                "name": item.name,
                "since": item.since,
                "pay_by": item.sent[-1].pay_by if number else item.pay_by,
                **{key: getattr(item, key) for key in _PARTS},
            },
            opens={"report": "loan-schedule", "loan": item.loan},
        )
        for item, step, number in found
    ]
    totals = _totals([item for item, _step, _number in found])
    rows.append(_total_row(request, totals, len(rows)))
    return request.document(
        "reminder-letters",
        _(LETTERS),
        (
            Column("letter", _("Letter")),
            Column("number", _("Number")),
            Column("loan", _("Loan")),
            Column("name", _("Name"), weight=3),
            Column("since", _("Overdue since"), CellType.DATE),
            Column("pay_by", _("Pay by"), CellType.DATE),
            *_amounts(_),
        ),
        rows,
        {**totals, "count": len(found)},
        landscape=True,
    )


def letters_of(request: Request) -> list[tuple[Reminding, int, str]]:
    """Which letters are printed: the late loan, the step, and the number where it was noted as sent."""
    on = request.last_day
    if request.parameters.loan:
        item = late_loan(request.book, request.parameters.loan, on)
        noted = bool(item.sent) and (item.sent[-1].on == on or item.step is None)
        return [_letter(item, noted=noted)]
    found = late_loans(request.book, on)
    chosen = [
        _letter(item, noted=noted)
        for item in found
        if (noted := bool(item.sent) and item.sent[-1].on == on) or item.is_due(on)
    ]
    return sorted(chosen, key=lambda one: (one[1], one[0].member, one[0].loan))


def letters_paper(request: Request, paper: str, progress: Progress | None = None) -> bytes:
    """The letters as one PDF, a sheet each. Raises UserError where none is due."""
    from app.reports.forms.reminder_letter import ReminderLetter, reminder_letters_pdf

    found = letters_of(request)
    if not found:
        raise UserError(
            "No letter is due on {on}.",
            advice="Choose a loan to write to before its time.",
            field="loan",
            on=request.last_day,
        )
    made = []
    for item, step, number in found:
        before = item.sent[:-1] if number else item.sent
        pay_by = item.sent[-1].pay_by if number else item.pay_by
        made.append(
            ReminderLetter(
                step=step,
                number=number,
                on=item.sent[-1].on if number else request.last_day,
                loan=item.loan,
                member=item.member,
                name=item.name,
                address=item.address,
                since=item.since,
                days=item.days,
                principal=item.principal,
                interest=item.interest,
                penalty=item.penalty,
                pay_by=pay_by or request.last_day,
                before=before[-1].on if before else None,
            )
        )
    return reminder_letters_pdf(
        made, _head(request, paper), contact(request.book), request.translator, progress
    )


def _letter(item: Reminding, *, noted: bool) -> tuple[Reminding, int, str]:
    if noted:
        return item, item.sent[-1].step, item.sent[-1].number
    return item, item.step or 1, ""


def _amounts(_: Translator) -> tuple[Column, ...]:
    return (
        Column("principal", _("Principal"), CellType.AMOUNT),
        Column("interest", _("Interest"), CellType.AMOUNT),
        Column("penalty", _("Penalty"), CellType.AMOUNT),
        Column("total", _("Total"), CellType.AMOUNT),
    )


def _totals(found: list[Reminding]) -> dict[str, int]:
    return {key: sum(getattr(item, key) for item in found) for key in _PARTS}


def _total_row(request: Request, totals: dict[str, int], items: int) -> Row:
    adds = (Term(0, items - 1),) if items else ()
    return Row(RowKind.TOTAL, {"name": request.translator("Total"), **totals}, adds=adds, adds_columns=_PARTS)


def _head(request: Request, paper: str) -> PaperHead:
    letterhead = request.letterhead()
    return PaperHead(
        letterhead=letterhead,
        made_by=request.made_by,
        made_at=request.made_at,
        signed_on=request.last_day,
        place=letterhead.place,
        training=request.book.info.training,
        paper=paper,
    )


REPORTS = (
    ReportSpec("reminders", REMINDERS, reminders, kinds=COOPERATIVE, as_of=True),
    ReportSpec(
        "reminder-letters",
        LETTERS,
        letters,
        kinds=COOPERATIVE,
        parameters=("loan",),
        as_of=True,
        paper=letters_paper,
    ),
)
