"""The lines behind one figure, report by report: an account's records, a member's movements, a product's sales."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from app.base.dates import Month, Period
from app.base.i18n import N_
from app.ledger.accounts.chart import AccountRow, read_chart
from app.ledger.debts.queries import PAYABLE, RECEIVABLE, find_party, open_bills
from app.ledger.entries import origins, queries
from app.ledger.entries.origins import EVERY_KIND, ORDINARY, Source
from app.ledger.reader import day_before
from app.reports.document import CellType, RowKind
from app.reports.origin import (
    MOST_LINES,
    Figure,
    Number,
    Origin,
    OriginLine,
    account_of,
    account_reason,
    as_lines,
    compared,
    line_detail,
    titled,
)
from app.reports.origin_due import BY_REPORT
from app.reports.origin_members import BY_MEMBER

_FROM_AGREEMENT = N_("This figure comes from the agreement, not from a record.")
_CARRIED = N_("Carried over from before this period.")
_REGISTERS = ("ledger", "cash-book", "party-card", "stock-card")
_BUCKET_DAYS = {
    "not_due": (-99_999, 0),
    "days_1_30": (1, 30),
    "days_31_60": (31, 60),
    "days_61_90": (61, 90),
    "days_over_90": (91, 99_999),
    "total": (-99_999, 99_999),
}


def lines_of(figure: Figure) -> Origin:
    """What a figure that is no sum is made of."""
    if isinstance(figure.cell("date"), date) and isinstance(figure.cell("number"), str):
        return _record(figure)
    ends = (0, len(figure.document.rows) - 1)
    if figure.document.report in _REGISTERS and figure.key == "balance" and figure.index in ends:
        return _end_of_register(figure)
    found = _BY_REPORT.get(figure.document.report, _nothing)(figure)
    return found or _nothing(figure)


def _nothing(figure: Figure) -> Origin:
    """No lines: where the row leads is all there is to show."""
    return Origin(titled(figure), figure.value, figure.column, (), opens=_opened(figure))


def _opened(figure: Figure) -> Mapping[str, str] | None:
    """The report a row leads to, with the days of this figure where the row names none."""
    opens = figure.row.opens
    if not opens or "from" in opens:
        return opens
    return {**opens, **_days(figure.period)}


def _days(period: Period) -> dict[str, str]:
    return {"from": period.first.isoformat(), "to": period.last_day.isoformat()}


# Registers


def _record(figure: Figure) -> Origin:
    """A figure of one record: the record itself, and what it posted."""
    request = figure.request
    on, number = figure.cell("date"), figure.cell("number")
    assert isinstance(on, date)
    assert isinstance(number, str)
    value = figure.value
    amount = value if figure.column.type is CellType.AMOUNT and isinstance(value, int) else None
    shown = next(
        (
            cell
            for key in ("amount", "in", "out", "debit", "credit", "total")
            if isinstance(cell := figure.cell(key), int) and cell
        ),
        amount,
    )
    entry = origins.entry_named(request.book, number, on, shown)
    journal = tuple(origins.posted_lines(request.book, entry)) if entry is not None else ()
    lines: list[OriginLine] = []
    if figure.key == "balance" and figure.index:
        previous = figure.cell("balance", figure.index - 1)
        if isinstance(previous, int | Decimal):
            words = request.translator("Balance before")
            lines.append(OriginLine(words, "", previous, row=figure.index - 1))
            value = value - previous
    lines.append(OriginLine(figure.name or number, line_detail(figure), value, entry))
    return Origin(
        titled(figure), figure.value, figure.column, tuple(lines), journal=journal, opens=_opened(figure)
    )


def _end_of_register(figure: Figure) -> Origin:
    """The balance a register begins with, or ends with."""
    request, rows = figure.request, figure.document.rows
    _ = request.translator
    if figure.index == 0:
        first = figure.document.first_day or request.period.first
        opens: dict[str, str] = {"report": figure.document.report}
        parameters = request.parameters
        for name in ("member", "loan", "account", "party", "product"):
            if getattr(parameters, name):
                opens[name] = getattr(parameters, name)
        opens |= _days(Month.of(day_before(first)).period)
        line = OriginLine(
            _("Balance at the close of {on:medium}", on=day_before(first)), "", figure.value, opens=opens
        )
        return Origin(titled(figure), figure.value, figure.column, (line,), opens=opens, note=_(_CARRIED))
    opening = rows[0].cells.get("balance")
    start = opening if isinstance(opening, int | Decimal) else 0
    lines = [OriginLine(_("Opening balance"), "", start, row=0)]
    for key, sign in (("in", 1), ("out", -1), ("debit", 1), ("credit", -1)):
        value = figure.cell(key)
        if isinstance(value, int | Decimal) and value:
            label = next(column.label for column in figure.document.columns if column.key == key)
            account = read_chart(request.book).find(request.parameters.account or "-")
            turned = account.normal if account and key in ("debit", "credit") else 1
            lines.append(OriginLine(label, "", sign * turned * value, row=figure.index))
    return Origin(titled(figure), figure.value, figure.column, tuple(lines))


# Accounts


def _result(figure: Figure) -> Origin | None:
    """Income or expense of a period: the records of its account, without closing entries."""
    account = account_of(figure)
    if account is None:
        return None
    request, period = figure.request, figure.period
    lines, total = _account_lines(figure, account, period, ORDINARY)
    if total not in (figure.value, -figure.value):
        year = request.book.info.fiscal_year(period.last_day)
        taken = origins.movements(request.book, account.id, period, ("opening",))
        if period.first <= year.first and taken:
            # Year-to-date amounts taken over count in the year and in no month.
            lines = [*_sources(figure, taken), *lines]
            total += sum(item.amount for item in taken)
    sign = 1 if total == figure.value else -1
    return Origin(
        titled(figure),
        figure.value,
        figure.column,
        _signed(lines, sign),
        reason=account_reason(request, account, sign, period, against=compared(figure)),
        opens=_opened(figure),
    )


def _balance(figure: Figure) -> Origin | None:
    """A balance: what there was before the period, and what moved it since."""
    account = account_of(figure)
    request, period = figure.request, figure.period
    if account is None:
        return _running_result(figure) if (figure.row.opens or {}).get("report") else None
    kinds: Sequence[str] = EVERY_KIND
    year_end = request.book.info.fiscal_year(period.last_day).last_day
    if request.parameters.before_closing and period.last_day == year_end:
        kinds = tuple(kind for kind in EVERY_KIND if kind != "closing")
    opening = queries.balance_of(request.book, account.id, day_before(period.first))
    lines, total = _account_lines(figure, account, period, kinds)
    sign = 1 if opening + total == figure.value else -1
    reason = account_reason(request, account, sign, period) if figure.key != "comparative" else None
    return Origin(
        titled(figure),
        figure.value,
        figure.column,
        _signed([*_before(figure, account, opening, period), *lines], sign),
        reason=reason,
        opens=_opened(figure),
    )


def _before(figure: Figure, account: AccountRow, opening: int, period: Period) -> list[OriginLine]:
    if not opening:
        return []
    _ = figure.request.translator
    last = day_before(period.first)
    opens = {"report": "ledger", "account": account.code, **_days(Month.of(last).period)}
    return [OriginLine(_("Balance at the close of {on:medium}", on=last), "", opening, opens=opens)]


def _running_result(figure: Figure) -> Origin:
    """The current result within equity: this fiscal year's, and what of earlier years is not closed."""
    request = figure.request
    _ = request.translator
    last = figure.period.last_day
    year = request.book.info.fiscal_year(last)
    chart = read_chart(request.book)
    period = Period.through(year.first, last)
    of_year = -sum(
        amount for key, amount in queries.results(request.book, period).items() if chart.by_id[key].is_result
    )
    opens = {**(figure.row.opens or {}), **_days(period)}
    words = _("Result from {first:medium} to {last:medium}", first=year.first, last=last)
    lines = [OriginLine(words, "", of_year, opens=opens)]
    rest = figure.value - of_year
    if rest:
        lines.append(OriginLine(_("Result of earlier years, not closed yet"), "", rest))
    return Origin(titled(figure), figure.value, figure.column, tuple(lines), opens=opens)


def _account_lines(
    figure: Figure, account: AccountRow, period: Period, kinds: Sequence[str]
) -> tuple[list[OriginLine], int]:
    """An account's records in a period; where they are many, its days or its months. And their sum."""
    request = figure.request
    if origins.movement_count(request.book, account.id, period) <= MOST_LINES:
        found = origins.movements(request.book, account.id, period, kinds)
        return _sources(figure, found), sum(item.amount for item in found)
    days = origins.movements_by_day(request.book, account.id, period, kinds)
    fmt = request.translator.format
    total = sum(amount for _, amount in days)
    ledger = {"report": "ledger", "account": account.code}
    if len(days) <= 62:
        return [
            OriginLine(fmt.date_long(on), "", amount, opens={**ledger, **_days(Period.through(on, on))})
            for on, amount in days
        ], total
    months = []
    for month, each in groupby(days, key=lambda item: Month.of(item[0])):
        amount = sum(part for _, part in each)
        months.append(OriginLine(fmt.month(month), "", amount, opens={**ledger, **_days(month.period)}))
    return months, total


def _sources(figure: Figure, found: Iterable[Source]) -> list[OriginLine]:
    fmt = figure.request.translator.format
    year = figure.period.last_day.year
    lines = []
    for item in found:
        on = fmt.day_month(item.date) if item.date.year == year else fmt.date_medium(item.date)
        parts = [on, item.number] if item.number else [on]
        if item.party and item.party.casefold() not in item.memo.casefold():
            parts.append(item.party)
        lines.append(OriginLine(item.memo or item.number, ", ".join(parts), item.amount, item.entry))
    return lines


def _signed(lines: Iterable[OriginLine], sign: int) -> tuple[OriginLine, ...]:
    if sign > 0:
        return tuple(lines)
    return tuple(replace(line, amount=None if line.amount is None else -line.amount) for line in lines)


def _cash_flow(figure: Figure) -> Origin | None:
    """A line of the cash flow: the records whose money its account explains; or the money at the beginning."""
    request, period = figure.request, figure.period
    chart = read_chart(request.book)
    account = account_of(figure)
    if account is None:
        return _money_before(figure, period)
    if not figure.value:
        return None
    found = origins.cash_sources(request.book, period, chart, account.id, incoming=figure.value > 0)
    if len(found) > MOST_LINES:
        fmt = request.translator.format
        lines = []
        for on, each in groupby(found, key=lambda item: item.date):
            opens = {"report": "journal", **_days(Period.through(on, on))}
            lines.append(OriginLine(fmt.date_long(on), "", sum(item.amount for item in each), opens=opens))
    else:
        lines = _sources(figure, found)
    return Origin(titled(figure), figure.value, figure.column, tuple(lines), opens=_opened(figure))


def _money_before(figure: Figure, period: Period) -> Origin:
    request = figure.request
    lines = []
    for account in read_chart(request.book).accounts:
        if not account.money:
            continue
        amount = queries.opening_and_movement(request.book, account.id, period)[0]
        if amount:
            opens = {"report": "ledger", "account": account.code, **_days(period)}
            lines.append(OriginLine(account.name, account.code, amount, opens=opens))
    return Origin(titled(figure), figure.value, figure.column, tuple(lines))


def _opening_check(figure: Figure) -> Origin | None:
    """What an account was opened with in the ledger; the difference of both."""
    account = account_of(figure)
    _ = figure.request.translator
    if figure.key == "difference":
        ledger, detail = figure.cell("ledger"), figure.cell("detail")
        if not isinstance(ledger, int) or not isinstance(detail, int):
            return None
        lines = [OriginLine(_("Ledger"), "", ledger), OriginLine(_("Details"), "", -detail)]
        return Origin(titled(figure), figure.value, figure.column, tuple(lines), opens=_opened(figure))
    if account is None or figure.key != "ledger":
        return None
    # The record is of all that was taken over, also later than the day it is printed for; and of 3-9999 it tells
    # what is left, whatever has lessened it.
    whole = figure.document.report == "opening-record"
    everything = Period.through(date(1900, 1, 1), date(2199, 12, 31) if whole else figure.document.last_day)
    kinds = ("opening", "ordinary") if whole and account.role == "opening" else ("opening",)
    found = origins.movements(figure.request.book, account.id, everything, kinds)
    lines = _sources(figure, found)
    sign = 1 if sum(item.amount for item in found) == figure.value else -1
    return Origin(titled(figure), figure.value, figure.column, _signed(lines, sign), opens=_opened(figure))


# Trade


def _receivables(figure: Figure) -> Origin | None:
    return _bills(figure, RECEIVABLE)


def _payables(figure: Figure) -> Origin | None:
    return _bills(figure, PAYABLE)


def _bills(figure: Figure, side: str) -> Origin | None:
    """The open bills of a customer or supplier in one bucket of age."""
    request, span = figure.request, _BUCKET_DAYS.get(figure.key)
    card = (figure.row.opens or {}).get("party")
    if span is None or not card:
        return None
    _ = request.translator
    party = find_party(request.book, card)
    on = figure.document.last_day
    lines = []
    for bill in open_bills(request.book, side, on):
        late = (on - bill.due).days
        if bill.party != party.id or not (span[0] <= late <= span[1]):
            continue
        entry = origins.entry_named(request.book, bill.number, bill.made)
        detail = _("{on:medium}, due {due:medium}", on=bill.made, due=bill.due)
        lines.append((bill.number, detail, bill.open, entry))
    return Origin(titled(figure), figure.value, figure.column, as_lines(lines), opens=_opened(figure))


def _stock(figure: Figure) -> Origin | None:
    """What brought a product's stock to its quantity or value."""
    from app.ledger.products.queries import find_product, stock_card, stock_values

    code = (figure.row.opens or {}).get("product")
    if not code:
        return None
    request = figure.request
    _ = request.translator
    product = find_product(request.book, code)
    period = figure.period
    lines: list[OriginLine] = []
    fmt = _.format
    if figure.key == "quantity":
        opening, moves = stock_card(request.book, product.id, period)
        start: Number = opening
        parts = [(item.memo, item.date, item.number, item.quantity, item.entry) for item in moves]
    else:
        start, values = stock_values(request.book, product.id, period)
        parts = [(item.memo, item.date, item.number, item.value, item.entry) for item in values]  # type: ignore[misc]
    if start:
        lines.append(
            OriginLine(_("Balance at the close of {on:medium}", on=day_before(period.first)), "", start)
        )
    for memo, on, number, amount, entry in parts:
        lines.append(OriginLine(memo, f"{fmt.day_month(on)}, {number}", amount, entry))
    note = _("The value divided by the quantity.") if figure.key == "unit_cost" else ""
    return Origin(titled(figure), figure.value, figure.column, tuple(lines), opens=_opened(figure), note=note)


def _sales(figure: Figure) -> Origin | None:
    """A day's sales by product."""
    from app.ledger.sales.queries import sales_by_product

    on = figure.cell("date")
    if not isinstance(on, date):
        return None
    lines = []
    for item in sales_by_product(figure.request.book, Period.through(on, on)):
        amount = _sold(figure.key, item.quantity, item.sales, item.cost)
        opens = {"report": "sales-by-product", **_days(Period.through(on, on))}
        lines.append(OriginLine(item.name, item.code, amount, opens=opens))
    return Origin(titled(figure), figure.value, figure.column, tuple(lines), opens=_opened(figure))


def _sales_by_product(figure: Figure) -> Origin | None:
    """The sales of one product."""
    from app.ledger.sales.queries import sales_of_product

    code = figure.cell("code")
    if not isinstance(code, str):
        return None
    fmt = figure.request.translator.format
    lines = [
        OriginLine(
            item.number,
            fmt.date_medium(item.date),
            _sold(figure.key, item.quantity, item.sales, item.cost),
            item.entry,
        )
        for item in sales_of_product(figure.request.book, code, figure.period)
    ]
    return Origin(titled(figure), figure.value, figure.column, tuple(lines), opens=_opened(figure))


def _sold(key: str, quantity: Decimal, sales: int, cost: int | None) -> Number | None:
    if key == "quantity":
        return quantity
    if key == "sales":
        return sales
    return cost if key == "cost" or cost is None else sales - cost


# Members


def _savings(figure: Figure) -> Origin | None:
    """A member's savings in one product by its movements; all together by product."""
    from app.ledger.members.queries import member
    from app.ledger.savings.queries import sections

    number = (figure.row.opens or {}).get("member")
    if not number:
        return None
    request, period = figure.request, figure.period
    _ = request.translator
    whom = member(request.book, number, period.last_day)
    lines: list[OriginLine] = []
    for section in sections(request.book, period, whom.party).get(whom.party, []):
        if figure.key == "total":
            lines.append(OriginLine(section.name, section.number, section.closing))
        elif section.key == figure.key:
            if section.opening:
                words = _("Balance at the close of {on:medium}", on=day_before(period.first))
                lines.append(OriginLine(words, section.number, section.opening))
            lines += as_lines(
                [
                    (move.memo, f"{_.format.day_month(move.on)}, {move.number}", move.amount, move.entry)
                    for move in section.movements
                ]
            )
    lines = [line for line in lines if line.amount]
    return Origin(titled(figure), figure.value, figure.column, tuple(lines), opens=_opened(figure))


def _loan(figure: Figure) -> Origin | None:
    """What makes a loan's principal left, or what is behind on it."""
    from app.ledger.loans.queries import loan_months
    from app.ledger.loans.reading import find_loan

    number = (figure.row.opens or {}).get("loan")
    if not number:
        return None
    request, last = figure.request, figure.document.last_day
    _ = request.translator
    loan = find_loan(request.book, number, last)
    late = figure.document.report in ("arrears", "reminders", "reminder-letters")
    if figure.key in ("arrears_principal", "arrears_interest") or (late and figure.key != "penalty"):
        return _behind(figure, loan.standing.open(), last)
    if figure.key not in ("outstanding", "principal", "written_off", "recovered"):
        return None
    since = min(loan.terms.start, loan.running_since or loan.terms.start)
    period = Period.through(min(since, last), last)
    months = loan_months(request.book, period, loan.party).get(loan.party, [])
    month = next((item for item in months if item.loan.id == loan.id), None)
    if month is None:
        return None
    if figure.key == "principal" and not any(move.disbursed for move in month.movements):
        return replace(_nothing(figure), note=_(_FROM_AGREEMENT))
    lines: list[OriginLine] = []
    if figure.key == "outstanding" and month.opening:
        lines.append(OriginLine(_("Taken over from the old books"), "", month.opening))
    for move in month.movements:
        amount = {
            "outstanding": move.disbursed - move.principal,
            "principal": move.disbursed,
            "written_off": move.principal + move.held if move.kind == "writeoff" else 0,
            "recovered": move.recovered,
        }[figure.key]
        if amount:
            detail = f"{_.format.date_medium(move.on)}, {move.number}"
            lines.append(OriginLine(move.memo, detail, amount, move.entry))
    return Origin(titled(figure), figure.value, figure.column, tuple(lines), opens=_opened(figure))


def _behind(figure: Figure, opened: Iterable[object], last: date) -> Origin:
    """The instalments that are due and open, less what was kept aside for them."""
    from app.ledger.loans.standing import Open

    _ = figure.request.translator
    kind = figure.key.removeprefix("arrears_")
    lines: list[OriginLine] = []
    for item in opened:
        if not isinstance(item, Open) or item.due > last:
            continue
        amount = {"principal": item.principal, "interest": item.interest}.get(kind, item.total)
        if amount:
            words = _("Instalment {number}", number=item.number)
            lines.append(OriginLine(words, _("due {due:medium}", due=item.due), amount))
    penalty = figure.cell("penalty")
    if kind == "total" and isinstance(penalty, int) and penalty:
        lines.append(OriginLine(_("Penalty"), "", penalty))
    rest = figure.value - sum((line.amount or 0 for line in lines), 0)
    if rest:
        lines.append(OriginLine(_("Paid ahead, kept aside"), "", rest))
    return Origin(titled(figure), figure.value, figure.column, tuple(lines), opens=_opened(figure))


def _schedule(figure: Figure) -> Origin:
    """A planned instalment: no record yet, but what was agreed."""
    _ = figure.request.translator
    lines: list[OriginLine] = []
    if figure.key == "total":
        for key in ("principal", "interest"):
            value = figure.cell(key)
            if isinstance(value, int) and value:
                label = next(column.label for column in figure.document.columns if column.key == key)
                lines.append(OriginLine(label, "", value))
    opens = None
    if figure.key == "paid" and figure.request.parameters.loan:
        last = figure.document.last_day
        opens = {"report": "loan-payments", **_days(figure.request.book.info.fiscal_year(last).period)}
    note = _(_FROM_AGREEMENT) if figure.key != "paid" else ""
    return replace(_nothing(figure), lines=tuple(lines), note=note, opens=opens)


def _statement(figure: Figure) -> Origin | None:
    """A balance on a member's statement: what it began with, and what moved it."""
    rows, request = figure.document.rows, figure.request
    _ = request.translator
    if figure.key != "balance":
        return None
    first = figure.index
    while first and rows[first - 1].kind is RowKind.ITEM:
        first -= 1
    start = first - 1
    if start < 0 or rows[start].kind is not RowKind.SUBTOTAL or rows[figure.index].kind is RowKind.NOTE:
        opens = {"report": "member-statement", "member": request.parameters.member}
        opens |= _days(Month.of(day_before(request.period.first)).period)
        return replace(_nothing(figure), note=_(_CARRIED), opens=opens)
    balance = rows[start].cells.get("balance")
    assert isinstance(balance, int)
    lines = [OriginLine(_("Opening balance"), "", balance, row=start)]
    for index in range(first, figure.index):
        after = rows[index].cells.get("balance")
        assert isinstance(after, int)
        part = Figure(request, figure.document, index, "balance")
        lines.append(OriginLine(part.name, line_detail(part), after - balance, row=index))
        balance = after
    return Origin(titled(figure), figure.value, figure.column, tuple(lines))


_BY_REPORT: Mapping[str, Callable[[Figure], Origin | None]] = {
    "income-statement": _result,
    "surplus-statement": _result,
    "expenses": _result,
    "balance-sheet": _balance,
    "trial-balance": _balance,
    "cash-flow": _cash_flow,
    "opening-check": _opening_check,
    "opening-record": _opening_check,
    "receivables": _receivables,
    "payables": _payables,
    "stock": _stock,
    "sales": _sales,
    "sales-by-product": _sales_by_product,
    "savings": _savings,
    "loans": _loan,
    "arrears": _loan,
    "reminders": _loan,
    "reminder-letters": _loan,
    "loan-schedule": _schedule,
    "member-statement": _statement,
    **BY_REPORT,
    **BY_MEMBER,
}
