"""The calculators, without a book: loan, surplus, savings."""

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from app.base.i18n import N_
from app.cli.books import parsed
from app.cli.console import console, usage

JsonOption = Annotated[bool, typer.Option("--json", help="Write the result as JSON.")]


def loan(
    principal: Annotated[str, typer.Option("--principal", help="Rupiah.")],
    rate: Annotated[str, typer.Option("--rate", help="Percent.")],
    term: Annotated[int, typer.Option("--term", help="How many instalments.")],
    method: Annotated[str, typer.Option("--method", help="flat, declining, annuity or bullet.")] = "flat",
    start: Annotated[str, typer.Option("--start", help="Day of disbursement.")] = "",
    per: Annotated[str, typer.Option("--per", help="The rate is per year, month or term.")] = "year",
    every: Annotated[str, typer.Option("--every", help="month, week or day.")] = "month",
    first_due: Annotated[str, typer.Option("--first-due", help="First due date.")] = "",
    grace: Annotated[int, typer.Option("--grace", help="Instalments of interest only.")] = 0,
    basis: Annotated[str, typer.Option("--basis", help="30/360, actual/365 or actual/360.")] = "30/360",
    round_to: Annotated[int, typer.Option("--round-to", help="Round to a multiple of rupiah.")] = 1,
    rounding: Annotated[str, typer.Option("--round", help="What: total, principal or each.")] = "total",
    mode: Annotated[str, typer.Option("--mode", help="nearest, up or down.")] = "nearest",
    as_json: JsonOption = False,
) -> None:
    """Work out a loan's schedule."""
    from app.base.money import RoundMode
    from app.base.parse import parse_import_date, parse_rate, parse_rupiah
    from app.ledger.loans.effective_rate import effective_rate
    from app.ledger.loans.schedule import Basis, Every, LoanTerms, Method, RatePer, RoundingTarget, schedule

    speak = console()
    if per == "term" and method != "flat":
        usage("--per term goes with --method flat only.")
    begin = parsed(parse_import_date, start) if start else speak.services.clock.today()
    terms = LoanTerms(
        principal=parsed(parse_rupiah, principal),
        rate=parsed(parse_rate, rate),
        term=term,
        method=_choice(Method, method, "--method"),
        start=begin,
        per=_choice(RatePer, per, "--per"),
        every=_choice(Every, every, "--every"),
        first_due=parsed(parse_import_date, first_due) if first_due else None,
        grace=grace,
        basis=_choice(Basis, basis, "--basis"),
        round_to=round_to,
        rounding=_choice(RoundingTarget, rounding, "--round"),
        mode=_choice(RoundMode, mode, "--mode"),
    )
    rows = schedule(terms)
    totals = {
        "principal": sum(row.principal for row in rows),
        "interest": sum(row.interest for row in rows),
        "total": sum(row.total for row in rows),
    }
    effective = str(effective_rate(terms, rows))
    if as_json:
        speak.json(
            {
                "instalments": [
                    {
                        "number": row.number,
                        "due": row.due.isoformat(),
                        "principal": row.principal,
                        "interest": row.interest,
                        "total": row.total,
                        "balance": row.balance,
                    }
                    for row in rows
                ],
                "totals": totals,
                "effective_rate_percent_per_year": effective,
            }
        )
        return
    fmt = speak.translator.format
    head = [speak.translator(word) for word in _LOAN_HEAD]
    speak.say(f"{head[0]:>4} {head[1]:<12} {head[2]:>15} {head[3]:>13} {head[4]:>15} {head[5]:>15}")
    for row in rows:
        figures = (
            f"{fmt.amount(row.principal):>15} {fmt.amount(row.interest):>13}"
            f" {fmt.amount(row.total):>15} {fmt.amount(row.balance):>15}"
        )
        speak.say(f"{row.number:>4} {fmt.date_medium(row.due):<12} {figures}")
    speak.say(
        f"{'':>4} {speak.translator('Total'):<12} {fmt.amount(totals['principal']):>15}"
        f" {fmt.amount(totals['interest']):>13} {fmt.amount(totals['total']):>15}"
    )
    speak.say(speak.translator("Nominal effective rate: {rate:pct} a year", rate=Decimal(effective)))


def surplus(
    surplus_amount: Annotated[str, typer.Option("--surplus", help="The year's surplus, rupiah.")],
    capital_percent: Annotated[str, typer.Option("--capital-percent", help="For members' capital.")],
    activity_percent: Annotated[str, typer.Option("--activity-percent", help="For members' business.")],
    total_capital: Annotated[str, typer.Option("--total-capital", help="Savings of all members.")],
    member_capital: Annotated[str, typer.Option("--member-capital", help="Savings of the member.")],
    total_activity: Annotated[str, typer.Option("--total-activity", help="Business of all members.")],
    member_activity: Annotated[str, typer.Option("--member-activity", help="Business of the member.")],
    as_json: JsonOption = False,
) -> None:
    """Work out one member's share of the surplus."""
    from app.base.parse import parse_rate, parse_rupiah
    from app.ledger.surplus.shares import surplus_shares

    speak = console()
    shares = surplus_shares(
        parsed(parse_rupiah, surplus_amount),
        capital_percent=parsed(parse_rate, capital_percent),
        activity_percent=parsed(parse_rate, activity_percent),
        total_capital=parsed(parse_rupiah, total_capital),
        member_capital=parsed(parse_rupiah, member_capital),
        total_activity=parsed(parse_rupiah, total_activity),
        member_activity=parsed(parse_rupiah, member_activity),
    )
    if as_json:
        speak.json(
            {
                "capital_share": shares.capital.amount,
                "activity_share": shares.activity.amount,
                "total": shares.total,
                "exact": {
                    "capital_share": shares.capital.exact_text,
                    "activity_share": shares.activity.exact_text,
                    "total": shares.exact_total_text,
                },
            }
        )
        return
    fmt = speak.translator.format
    for label, amount in (
        ("Return on capital", shares.capital.amount),
        ("Return on business", shares.activity.amount),
        ("Total", shares.total),
    ):
        speak.say(f"{speak.translator(_SURPLUS_LABELS[label]):<16} {fmt.rupiah(amount):>18}")


def savings(
    file: Annotated[Path, typer.Option("--file", help="CSV: date,amount; the first row is the opening.")],
    month: Annotated[str, typer.Option("--month", help="The month, 2026-06.")],
    rate: Annotated[str, typer.Option("--rate", help="Percent a year.")],
    method: Annotated[str, typer.Option("--method", help="lowest, average or daily.")] = "lowest",
    basis: Annotated[str, typer.Option("--basis", help="365, 360 or 12.")] = "365",
    tiers: Annotated[str, typer.Option("--tiers", help="By balance: 0:3,5000000:5.")] = "",
    skip_last_day: Annotated[
        bool, typer.Option("--skip-last-day", help="The last day of the month earns nothing.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Work out a month's interest on savings, and the tax on it."""
    from app.base.dates import Month
    from app.base.parse import parse_rate
    from app.ledger.rates.table import shipped_value
    from app.ledger.savings.interest import BASES, BASIS_MONTHS, InterestMethod, month_interest
    from app.ledger.savings.terms import parse_tiers

    speak = console()
    if basis not in {str(item) for item in BASES}:
        usage("--basis is one of: {known}.", known=", ".join(str(item) for item in BASES))
    chosen = _choice(InterestMethod, method, "--method")
    if int(basis) == BASIS_MONTHS and chosen is InterestMethod.DAILY:
        usage("--basis 12 goes with --method lowest or average only.")
    when = parsed(Month.parse, month)
    result = month_interest(
        _mutations(file),
        when,
        parsed(parse_rate, rate),
        chosen,
        basis=int(basis),
        tiers=parsed(parse_tiers, tiers) if tiers else None,
        skip_last_day=skip_last_day,
        threshold=int(shipped_value("savings_interest_tax_threshold", when.last_day)),
        tax_percent=shipped_value("savings_interest_tax_percent", when.last_day),
    )
    if as_json:
        speak.json(
            {
                "interest": str(result.interest),
                "interest_rupiah": result.interest_rupiah,
                "tax": result.tax,
                "net": result.net,
            }
        )
        return
    fmt = speak.translator.format
    for label, amount in (
        ("Interest", result.interest_rupiah),
        ("Tax", result.tax),
        ("Net", result.net),
    ):
        speak.say(f"{speak.translator(_SAVINGS_LABELS[label]):<16} {fmt.rupiah(amount):>18}")


def _mutations(file: Path) -> list[tuple[date, int]]:
    """The rows of the CSV: date and signed amount; a heading row is allowed."""
    from app.base.errors import LumbungError, UserError
    from app.base.parse import parse_import_amount, parse_import_date

    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        text = file.read_text(encoding="cp1252")
    except OSError as error:
        raise UserError("The file {file} can't be read.", file=str(file)) from error
    delimiter = ";" if text.splitlines() and ";" in text.splitlines()[0] else ","
    rows: list[tuple[date, int]] = []
    for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1):
        if not any(cell.strip() for cell in cells):
            continue
        try:
            rows.append((parse_import_date(cells[0].strip()), parse_import_amount(cells[1].strip())))
        except (LumbungError, IndexError) as error:
            if number == 1:
                continue
            raise UserError(
                "Row {row} of {file} is not a date and an amount.", row=number, file=file.name
            ) from error
    if not rows:
        raise UserError("The file {file} holds no rows of date and amount.", file=file.name)
    return rows


def _choice(enum: Any, text: str, option: str) -> Any:
    try:
        return enum(text)
    except ValueError:
        usage("{option} is one of: {known}.", option=option, known=", ".join(str(item) for item in enum))


_LOAN_HEAD = (N_("No."), N_("Due"), N_("Principal"), N_("Interest"), N_("Instalment"), N_("Principal left"))
_SURPLUS_LABELS = {
    "Return on capital": N_("Return on capital"),
    "Return on business": N_("Return on business"),
    "Total": N_("Total"),
}
_SAVINGS_LABELS = {"Interest": N_("Interest"), "Tax": N_("Tax"), "Net": N_("Net")}


def build() -> typer.Typer:
    """The group of calculators."""
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
    for name, function in (("loan", loan), ("surplus", surplus), ("savings", savings)):
        group.command(name)(function)
    return group
