"""Loans to members: the list, one loan's schedule, what was received, who is behind."""

from datetime import date

from app.base.i18n import N_, Translator
from app.ledger.loans import queries
from app.ledger.loans.commands import Allocation, Collateral, PenaltyPer, Recognition
from app.ledger.loans.effective_rate import effective_rate
from app.ledger.loans.penalties import PenaltyTerms
from app.ledger.loans.quality import at_risk, quality_rows, read_quality, share, stands_at
from app.ledger.loans.reading import Loan, find_loan, loan_details
from app.ledger.loans.recognition import accrual_on
from app.ledger.loans.repayment import schedule_rows
from app.ledger.loans.schedule import schedule
from app.ledger.loans.standing import CLASSES
from app.ledger.members.queries import member
from app.reports.account_statement import LoanSchedule, ScheduleLine
from app.reports.catalog import COOPERATIVE, ReportSpec
from app.reports.charts import growth_chart, overdue_chart
from app.reports.document import CellType, Column, Document, Row, RowKind, Term
from app.reports.frame import Request
from app.reports.loan_terms import duration_text, restructuring_texts, terms_text

LOANS = N_("Loans")
SCHEDULE = N_("Instalment Schedule")
PAYMENTS = N_("Instalments Received")
ARREARS = N_("List of Arrears")
DUE = N_("Instalments Due")
QUALITY = N_("Loan Quality")
ACCRUAL = N_("Interest Earned")

_CLASS_WORDS = {
    "current": N_("Current"),
    "special_mention": N_("Special mention"),
    "substandard": N_("Substandard"),
    "doubtful": N_("Doubtful"),
    "loss": N_("Loss"),
}
_RULES = {
    "days": N_("Classed by days overdue."),
    "cooperative": N_(
        "Classed by months in arrears and collateral, as the ministry had it for cooperatives."
    ),
}
# Whom the statement of a settled loan still concerns: any day after which nobody joins any more.
_ANY_DAY = date(2199, 12, 31)


def loans(request: Request) -> Document:
    """Loans on which anything is owed at the close of the day, with arrears and class, and those written off.

    The class is a stable key with a word for people; the sums by class stand under the list.
    """
    _ = request.translator
    found = queries.loan_list(request.book, request.last_day)
    gone = any(item.written_off for item in found)
    rows = [
        Row(
            RowKind.ITEM,
            {
                "loan": item.loan,
                "member": item.member,
                "name": item.name,
                "disbursed": item.disbursed,
                "principal": item.principal,
                "outstanding": item.outstanding,
                "arrears_principal": item.arrears_principal,
                "arrears_interest": item.arrears_interest,
                "days_overdue": item.days_overdue,
                "class": item.class_,
                **({"written_off": item.written_off, "recovered": item.recovered} if gone else {}),
            },
            opens={"report": "loan-schedule", "loan": item.loan},
        )
        for item in found
    ]
    by_class = {key: sum(item.outstanding for item in found if item.class_ == key) for key in CLASSES}
    sums = {
        key: sum(getattr(item, key) for item in found)
        for key in (
            *("principal", "outstanding", "arrears_principal", "arrears_interest"),
            *(("written_off", "recovered") if gone else ()),
        )
    }
    rows.append(
        Row(
            RowKind.TOTAL,
            {"name": _("Total"), **sums},
            adds=_all_of(rows),
            adds_columns=tuple(sums),
        )
    )
    totals = {
        "outstanding": sums["outstanding"],
        "arrears": sums["arrears_principal"] + sums["arrears_interest"],
        "by_class": by_class,
    }
    notes = [
        f"{_(word)}: {_.format.rupiah(by_class[key])}" for key, word in _CLASS_WORDS.items() if by_class[key]
    ]
    anew = [
        _("{loan} ({on:medium})", loan=item.loan, on=item.restructured) for item in found if item.restructured
    ]
    if anew:
        notes.append(_("Restructured: {loans}.", loans=", ".join(anew)))
    return request.document(
        "loans",
        _(LOANS),
        (
            Column("loan", _("Loan")),
            Column("member", _("Member")),
            Column("name", _("Name"), weight=3),
            Column("disbursed", _("Paid out on"), CellType.DATE),
            Column("principal", _("Amount lent"), CellType.AMOUNT),
            Column("outstanding", _("Principal left"), CellType.AMOUNT),
            Column("arrears_principal", _("Principal overdue"), CellType.AMOUNT),
            Column("arrears_interest", _("Interest overdue"), CellType.AMOUNT),
            Column("days_overdue", _("Days overdue"), CellType.INTEGER),
            Column("class", _("Class"), words={key: _(word) for key, word in _CLASS_WORDS.items()}),
            *(
                (
                    Column("written_off", _("Written off"), CellType.AMOUNT),
                    Column("recovered", _("Recovered"), CellType.AMOUNT),
                )
                if gone
                else ()
            ),
        ),
        rows,
        totals,
        landscape=True,
        notes=notes,
        charts=(growth_chart(request),),
    )


def loan_schedule(request: Request) -> Document:
    """One loan's schedule with what was paid on each instalment, and when."""
    _ = request.translator
    loan = find_loan(request.book, request.needed("loan"), request.last_day)
    found = schedule_rows(request.book, loan, max(request.last_day, loan.terms.start))
    rows = [
        Row(
            RowKind.ITEM,
            {
                "number": item.number,
                "due": item.due,
                "principal": item.principal,
                "interest": item.interest,
                "total": item.principal + item.interest,
                "balance": item.balance,
                "paid": item.paid,
                "paid_on": item.paid_on,
            },
        )
        for item in found
    ]
    totals = {
        "principal": sum(item.principal for item in found),
        "interest": sum(item.interest for item in found),
        "total": sum(item.principal + item.interest for item in found),
    }
    rows.append(
        Row(
            RowKind.TOTAL,
            {"due": _("Total"), **totals, "paid": sum(item.paid for item in found)},
            adds=_all_of(rows),
            adds_columns=(*totals, "paid"),
        )
    )
    return request.document(
        "loan-schedule",
        _(SCHEDULE),
        (
            Column("number", _("No."), CellType.INTEGER),
            Column("due", _("Due date"), CellType.DATE),
            Column("principal", _("Principal"), CellType.AMOUNT),
            Column("interest", _("Interest"), CellType.AMOUNT),
            Column("total", _("Instalment"), CellType.AMOUNT),
            Column("balance", _("Principal left"), CellType.AMOUNT),
            Column("paid", _("Paid"), CellType.AMOUNT),
            Column("paid_on", _("Paid on"), CellType.DATE),
        ),
        rows,
        totals,
        context=_about(_, loan),
        notes=_beyond(_, loan, totals["principal"]),
    )


def loan_payments(request: Request) -> Document:
    """What members paid on loans over a period, and money kept aside that met its instalment.

    `held` is what was kept aside or used again; with principal, interest and penalty it makes the money
    received, which is the total.
    """
    _ = request.translator
    found = queries.payments(request.book, request.period)
    came = any(item.recovered for item in found)
    keys = ("principal", "interest", "penalty", "held", *(("recovered",) if came else ()), "total")
    rows = [
        Row(
            RowKind.ITEM,
            {
                "date": item.on,
                "number": item.number,
                "loan": item.loan,
                "member": item.member,
                "name": item.name,
                **{key: getattr(item, key) for key in keys},
            },
            opens={"report": "loan-schedule", "loan": item.loan},
        )
        for item in found
    ]
    totals = {key: sum(getattr(item, key) for item in found) for key in keys}
    rows.append(Row(RowKind.TOTAL, {"name": _("Total"), **totals}, adds=_all_of(rows), adds_columns=keys))
    return request.document(
        "loan-payments",
        _(PAYMENTS),
        (
            Column("date", _("Date"), CellType.DATE),
            Column("number", _("Number")),
            Column("loan", _("Loan")),
            Column("member", _("Member")),
            Column("name", _("Name"), weight=3),
            Column("principal", _("Principal"), CellType.AMOUNT),
            Column("interest", _("Interest"), CellType.AMOUNT),
            Column("penalty", _("Penalty"), CellType.AMOUNT),
            Column("held", _("Kept aside"), CellType.AMOUNT),
            *((Column("recovered", _("Recovered"), CellType.AMOUNT),) if came else ()),
            Column("total", _("Received"), CellType.AMOUNT),
        ),
        rows,
        totals,
        period=request.period,
        landscape=True,
    )


def loan_quality(request: Request) -> Document:
    """Each class of loans with what should stand for it in the allowance at the close of the day.

    `percent` is what the allowance asks of the class. `par30` and `par90` are the principal left of loans overdue
    for more than 30 and 90 days, in rupiah; their shares stand below.
    """
    _ = request.translator
    on = request.last_day
    found = quality_rows(request.book, on)
    keys = ("count", "outstanding", "allowance")
    rows = [
        Row(
            RowKind.ITEM,
            {
                "class": item.class_,
                "count": item.loans,
                "outstanding": item.outstanding,
                "percent": item.percent,
                "allowance": item.allowance,
            },
            opens={"report": "loans"},
        )
        for item in found
    ]
    sums = {
        "count": sum(item.loans for item in found),
        "outstanding": sum(item.outstanding for item in found),
        "allowance": sum(item.allowance for item in found),
    }
    rows.append(Row(RowKind.TOTAL, {"class": _("Total"), **sums}, adds=_all_of(rows), adds_columns=keys))
    risks = {f"par{days}": at_risk(request.book, on, days) for days in (30, 90)}
    stands = stands_at(request.book, on)
    notes = [
        _(_RULES[read_quality(request.book).name]),
        *(
            _(
                "Overdue for more than {days} days: {amount:rp}, {share} % of all.",
                days=days,
                amount=risks[f"par{days}"],
                share=_.format.quantity(share(risks[f"par{days}"], sums["outstanding"])),
            )
            for days in (30, 90)
        ),
        _("In the books stands an allowance of {amount:rp}.", amount=stands),
    ]
    return request.document(
        "loan-quality",
        _(QUALITY),
        (
            Column(
                "class",
                _("Class"),
                weight=3,
                words={key: _(word) for key, word in _CLASS_WORDS.items()},
            ),
            Column("count", _("Loan"), CellType.INTEGER),
            Column("outstanding", _("Principal left"), CellType.AMOUNT),
            Column("percent", _("Allowance %"), CellType.RATE),
            Column("allowance", _("Allowance"), CellType.AMOUNT),
        ),
        rows,
        {"outstanding": sums["outstanding"], "allowance": sums["allowance"], **risks},
        notes=notes,
    )


def loan_accrual(request: Request) -> Document:
    """The interest that each loan owes at the close of the day by its schedule, and what the books say of it.

    `stands` is what was accrued up to that day (1-1211), `memo` what is owed beyond it.
    """
    _ = request.translator
    on = request.last_day
    plan = accrual_on(request.book, on)
    keys = ("unpaid", "stands", "memo")
    rows = [
        Row(
            RowKind.ITEM,
            {
                "loan": item.number,
                "member": item.member,
                "name": item.name,
                "class": item.class_,
                "unpaid": item.unpaid,
                "stands": item.stands,
                "memo": item.unpaid - item.stands,
            },
            opens={"report": "loan-schedule", "loan": item.number},
        )
        for item in plan.rows
    ]
    totals = {key: sum(int(str(row.cells[key])) for row in rows) for key in keys}
    rows.append(Row(RowKind.TOTAL, {"name": _("Total"), **totals}, adds=_all_of(rows), adds_columns=keys))
    if plan.rule.method is Recognition.ACCRUAL:
        notes = [
            _(
                "Interest is income when it is earned. A loan of the class {name} or worse earns no more.",
                name=_(_CLASS_WORDS[plan.rule.stops_at]),
            )
        ]
    else:
        notes = [_("Interest is income when it is received.")]
    return request.document(
        "loan-accrual",
        _(ACCRUAL),
        (
            Column("loan", _("Loan")),
            Column("member", _("Member")),
            Column("name", _("Name"), weight=3),
            Column("class", _("Class"), words={key: _(word) for key, word in _CLASS_WORDS.items()}),
            Column("unpaid", _("Interest owed"), CellType.AMOUNT),
            Column("stands", _("In the books"), CellType.AMOUNT),
            Column("memo", _("Not in the books"), CellType.AMOUNT),
        ),
        rows,
        totals,
        notes=notes,
    )


def arrears(request: Request) -> Document:
    """Who is behind at the close of the day, the longest overdue first."""
    _ = request.translator
    found = queries.arrears_list(request.book, request.last_day)
    keys = ("principal", "interest", "penalty", "total")
    rows = [
        Row(
            RowKind.ITEM,
            {
                "loan": item.loan,
                "member": item.member,
                "name": item.name,
                "since": item.since,
                **{key: getattr(item, key) for key in keys},
            },
            opens={"report": "loan-schedule", "loan": item.loan},
        )
        for item in found
    ]
    totals = {key: sum(getattr(item, key) for item in found) for key in keys}
    rows.append(Row(RowKind.TOTAL, {"name": _("Total"), **totals}, adds=_all_of(rows), adds_columns=keys))
    return request.document(
        "arrears",
        _(ARREARS),
        (
            Column("loan", _("Loan")),
            Column("member", _("Member")),
            Column("name", _("Name"), weight=3),
            Column("since", _("Overdue since"), CellType.DATE),
            Column("principal", _("Principal"), CellType.AMOUNT),
            Column("interest", _("Interest"), CellType.AMOUNT),
            Column("penalty", _("Penalty"), CellType.AMOUNT),
            Column("total", _("Total"), CellType.AMOUNT),
        ),
        rows,
        totals,
        charts=(overdue_chart(request, ((item.since, item.total) for item in found)),),
    )


def instalments_due(request: Request) -> Document:
    """The instalments that fall due in a period and are still open, on the day it is asked or at its end.

    Money kept aside is taken off; an instalment that it covers wholly is left out.
    """
    _ = request.translator
    period = request.period
    on = min(request.made_at.date(), period.last_day)
    found = queries.instalments_due(request.book, period, on)
    keys = ("principal", "interest", "amount")
    rows = [
        Row(
            RowKind.ITEM,
            {
                "due": item.due,
                "loan": item.loan,
                "member": item.member,
                "name": item.name,
                "number": item.number,
                **{key: getattr(item, key) for key in keys},
            },
            opens={"report": "loan-schedule", "loan": item.loan},
        )
        for item in found
    ]
    totals = {key: sum(getattr(item, key) for item in found) for key in keys}
    rows.append(Row(RowKind.TOTAL, {"name": _("Total"), **totals}, adds=_all_of(rows), adds_columns=keys))
    return request.document(
        "instalments-due",
        _(DUE),
        (
            Column("due", _("Due date"), CellType.DATE),
            Column("loan", _("Loan")),
            Column("member", _("Member")),
            Column("name", _("Name"), weight=3),
            Column("number", _("No."), CellType.INTEGER),
            Column("principal", _("Principal"), CellType.AMOUNT),
            Column("interest", _("Interest"), CellType.AMOUNT),
            Column("amount", _("To be paid"), CellType.AMOUNT),
        ),
        rows,
        totals,
        period=period,
        landscape=True,
    )


# Words that other papers use too

ORDERS = {
    Allocation.INTEREST: N_(
        "Payments go to the oldest instalment first, in each to the interest, then to the principal, last"
        " to a penalty."
    ),
    Allocation.PRINCIPAL: N_(
        "Payments go to the oldest instalment first, in each to the principal, then to the interest, last"
        " to a penalty."
    ),
    Allocation.PENALTY: N_(
        "Payments go to a penalty first, then to the oldest instalment, in each to the interest, then to the"
        " principal."
    ),
}


def collateral_text(_: Translator, item: Collateral) -> str:
    """What secures a loan in one line: "BPKB motor, Sutrisno, K-0912, Rp11.500.000"."""
    value = _.format.rupiah(item.value) if item.value else ""
    return ", ".join(filter(None, (item.kind, item.owner, item.document, value)))


def penalty_text(_: Translator, terms: PenaltyTerms) -> str:
    """What being late costs in words; empty where it costs nothing."""
    if not terms.any:
        return ""
    if terms.percent:
        rate = _.format.quantity(terms.percent.normalize())
        said = (
            _("{rate} % of what is late for each day", rate=rate)
            if terms.per is PenaltyPer.DAY
            else _("{rate} % of what is late for each month begun", rate=rate)
        )
        return _("{amount:rp} and {said}", amount=terms.amount, said=said) if terms.amount else said
    if terms.per is PenaltyPer.DAY:
        return _("{amount:rp} an instalment for each day late", amount=terms.amount)
    return _("{amount:rp} an instalment for each month begun", amount=terms.amount)


# The paper Jadwal Angsuran


def loan_schedule_paper_data(request: Request) -> LoanSchedule:
    """What the paper of a loan's schedule says."""
    _ = request.translator
    loan = find_loan(request.book, request.needed("loan"), request.last_day)
    person = member(request.book, loan.member, _ANY_DAY)
    details = loan_details(request.book, loan.id)
    terms = loan.terms
    rate = effective_rate(loan.agreed.terms, schedule(loan.agreed.terms))
    lines = tuple(
        ScheduleLine(
            item.number, item.due, item.principal, item.interest, item.balance, item.paid, item.paid_on
        )
        for item in schedule_rows(request.book, loan, max(request.last_day, terms.start))
    )
    return LoanSchedule(
        number=loan.number,
        member_number=loan.member,
        member_name=loan.name,
        group=person.team,
        nik=person.nik,
        purpose=loan.purpose,
        collateral=", ".join(collateral_text(_, item) for item in details.collateral),
        guarantor=", ".join(details.guarantors),
        principal=terms.principal,
        term=duration_text(_, loan.agreed.terms),
        interest=terms_text(_, loan.agreed.terms),
        # Amounts made by hand follow no formula, and of a loan taken over not all of them are known.
        effective="-" if loan.agreed.by_hand else _("{rate} % a year", rate=_.format.quantity(rate)),
        fees=loan.fees,
        net=terms.principal - loan.fees,
        disbursed_on=terms.start,
        conditions=_(ORDERS[loan.allocation]),
        lines=lines,
    )


def schedule_paper(request: Request, paper: str) -> bytes:
    """The paper of a loan's schedule as a PDF."""
    from app.reports.forms import PaperHead
    from app.reports.forms.loan_schedule import loan_schedule_pdf

    head = request.letterhead()
    return loan_schedule_pdf(
        loan_schedule_paper_data(request),
        PaperHead(
            letterhead=head,
            made_by=request.made_by,
            made_at=request.made_at,
            signed_on=request.made_at.date(),
            place=head.place,
            training=request.book.info.training,
            paper=paper,
        ),
        request.translator,
    )


def _all_of(rows: list[Row]) -> tuple[Term, ...]:
    return (Term(0, len(rows) - 1),) if rows else ()


def _about(_: Translator, loan: Loan) -> tuple[tuple[str, str], ...]:
    return (
        (_("Loan"), loan.number),
        (_("Member"), f"{loan.member} {loan.name}"),
        (_("Amount lent"), _.format.rupiah(loan.terms.principal)),
        (_("Paid out on"), _.format.date_long(loan.terms.start)),
        (_("Terms"), f"{terms_text(_, loan.terms)}, {duration_text(_, loan.terms)}"),
        *((_("Restructured"), text) for text in restructuring_texts(_, loan)),
    )


def _beyond(_: Translator, loan: Loan, scheduled: int) -> tuple[str, ...]:
    """Principal paid beside the schedule, which it has lowered."""
    beyond = loan.terms.principal + loan.capitalised - scheduled
    return (_("Principal paid beyond the schedule: {amount:rp}", amount=beyond),) if beyond else ()


REPORTS = (
    ReportSpec("loans", LOANS, loans, kinds=COOPERATIVE, as_of=True),
    ReportSpec(
        "loan-schedule",
        SCHEDULE,
        loan_schedule,
        kinds=COOPERATIVE,
        parameters=("loan",),
        needs=("loan",),
        as_of=True,
        paper=schedule_paper,
    ),
    ReportSpec("loan-payments", PAYMENTS, loan_payments, kinds=COOPERATIVE),
    ReportSpec("instalments-due", DUE, instalments_due, kinds=COOPERATIVE),
    ReportSpec("loan-accrual", ACCRUAL, loan_accrual, kinds=COOPERATIVE, as_of=True),
    ReportSpec("loan-quality", QUALITY, loan_quality, kinds=COOPERATIVE, as_of=True),
    ReportSpec("arrears", ARREARS, arrears, kinds=COOPERATIVE, as_of=True),
)
