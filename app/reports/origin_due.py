"""What the figures of the reports on what comes are made of: bills and instalments due, stock running out; and how
sales were paid."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from app.base.dates import Period
from app.ledger.debts.queries import find_party, open_bills
from app.reports.document import Row
from app.reports.origin import Figure, Number, Origin, OriginLine, as_lines, titled
from app.reports.stock import PACE_DAYS

# From how many days after the due date to how many, by column.
_FAR = 99_999
_DAYS_LATE = {
    "late": (1, _FAR),
    "today": (0, 0),
    "week": (-6, -1),
    "later": (-_FAR, -7),
    "total": (-_FAR, _FAR),
}


def _ways(figure: Figure) -> Origin | None:
    """The sales of a day that were paid in one way, or all of them."""
    from app.ledger.sales.ways import paid_by_sale

    on = figure.cell("date")
    if not isinstance(on, date):
        return None
    lines: list[tuple[str, str, Number, int | None]] = [
        (item.number, item.memo, item.amount, item.entry)
        for item in paid_by_sale(figure.request.book, on)
        if figure.key in (item.way, "total")
    ]
    return _of(figure, as_lines(lines))


def _debts_due(figure: Figure) -> Origin | None:
    """The open bills of a customer or supplier that fall due in the days of a column."""
    request, span = figure.request, _DAYS_LATE.get(figure.key)
    card = _opens(figure.row).get("party")
    if span is None or not card:
        return None
    _ = request.translator
    party = find_party(request.book, card)
    on = figure.document.last_day
    lines: list[tuple[str, str, Number, int | None]] = []
    for bill in open_bills(request.book, party.side, on):
        if bill.party == party.id and span[0] <= (on - bill.due).days <= span[1]:
            detail = _("{on:medium}, due {due:medium}", on=bill.made, due=bill.due)
            lines.append((bill.number, detail, bill.open, bill.entry))
    return _of(figure, as_lines(lines))


def _stock_low(figure: Figure) -> Origin | None:
    """What brought the stock to its quantity, or what was sold of it."""
    from app.ledger.products.queries import find_product, stock_card
    from app.ledger.sales.queries import sales_of_product

    code = _opens(figure.row).get("product")
    if not code or figure.key not in ("quantity", "sold"):
        return None
    request, last = figure.request, figure.document.last_day
    fmt = request.translator.format
    if figure.key == "sold":
        period = Period.through(last - timedelta(days=PACE_DAYS - 1), last)
        sold = sales_of_product(request.book, code, period)
        return _of(
            figure,
            tuple(
                OriginLine(item.number, fmt.date_medium(item.date), item.quantity, item.entry)
                for item in sold
            ),
        )
    product = find_product(request.book, code)
    opening, moves = stock_card(request.book, product.id, figure.period)
    lines = [
        OriginLine(item.memo, f"{fmt.day_month(item.date)}, {item.number}", item.quantity, item.entry)
        for item in moves
    ]
    if opening:
        lines.insert(0, OriginLine(request.translator("Opening stock"), "", opening))
    return _of(figure, tuple(lines))


def _instalments_due(figure: Figure) -> Origin | None:
    """An instalment as the schedule has it, less what was paid on it or kept aside for it."""
    from app.ledger.loans.reading import find_loan

    number, place = figure.cell("loan"), figure.cell("number")
    if not isinstance(number, str) or figure.key not in ("principal", "interest", "amount"):
        return None
    request = figure.request
    _ = request.translator
    loan = find_loan(request.book, number, min(request.made_at.date(), figure.document.last_day))
    agreed = next(row for row in loan.standing.rows if row.number == place)
    asked = {
        "principal": agreed.principal,
        "interest": agreed.interest,
        "amount": agreed.principal + agreed.interest,
    }[figure.key]
    assert isinstance(figure.value, int)
    lines = [OriginLine(_("By the schedule"), "", asked)]
    if figure.value != asked:
        lines.append(OriginLine(_("Paid already, or kept aside for it"), "", figure.value - asked))
    return _of(figure, tuple(lines))


def _loan_quality(figure: Figure) -> Origin | None:
    """The loans of a class; of its allowance the percentage of what is left of them."""
    from app.ledger.loans.queries import loan_list

    class_ = figure.cell("class")
    if figure.key not in ("count", "outstanding", "allowance"):
        return None
    request, last = figure.request, figure.document.last_day
    _ = request.translator
    if figure.key == "allowance":
        percent, left = figure.cell("percent"), figure.cell("outstanding")
        assert isinstance(percent, Decimal)
        assert isinstance(left, int)
        detail = _("{percent} % of {amount:rp}", percent=_.format.quantity(percent), amount=left)
        return _of(figure, (OriginLine(_("Principal left"), detail, figure.value),))
    found = [item for item in loan_list(request.book, last) if item.class_ == class_ and item.outstanding]
    lines = tuple(
        OriginLine(
            item.name,
            item.loan,
            1 if figure.key == "count" else item.outstanding,
            opens={"report": "loan-schedule", "loan": item.loan},
        )
        for item in found
    )
    return _of(figure, lines)


def _loan_accrual(figure: Figure) -> Origin | None:
    """What a loan owes, instalment by instalment; what stands for it, entry by entry; the memo is the difference."""
    from app.ledger.loans.reading import find_loan
    from app.ledger.loans.recognition import accrual_lines, unpaid_lines

    number = figure.cell("loan")
    if figure.key not in ("unpaid", "stands", "memo") or not isinstance(number, str):
        return None
    request, last = figure.request, figure.document.last_day
    _ = request.translator
    if figure.key == "memo":
        owed, stands = figure.cell("unpaid"), figure.cell("stands")
        assert isinstance(owed, int)
        assert isinstance(stands, int)
        return _of(
            figure,
            (OriginLine(_("Interest owed"), "", owed), OriginLine(_("In the books"), "", -stands)),
        )
    if figure.key == "unpaid":
        loan = find_loan(request.book, number, last)
        found = unpaid_lines(loan.standing, loan.terms, last)
        lines = tuple(
            OriginLine(_("Instalment {number}", number=place), _.format.date_long(due), amount)
            for place, due, amount in found
        )
        return _of(figure, lines)
    return _of(
        figure,
        tuple(
            OriginLine(memo, f"{_.format.date_long(on)} {entry}", amount)
            for on, entry, memo, amount in accrual_lines(request.book, number, last)
        ),
    )


def _of(figure: Figure, lines: tuple[OriginLine, ...]) -> Origin:
    return Origin(titled(figure), figure.value, figure.column, lines, opens=figure.row.opens)


def _opens(row: Row) -> Mapping[str, str]:
    return row.opens or {}


BY_REPORT: Mapping[str, Callable[[Figure], Origin | None]] = {
    "sales-by-way": _ways,
    "debts-due": _debts_due,
    "stock-low": _stock_low,
    "instalments-due": _instalments_due,
    "loan-quality": _loan_quality,
    "loan-accrual": _loan_accrual,
}
