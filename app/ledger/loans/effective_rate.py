"""The effective rate of a loan: what its instalments really cost a year, comparable across methods.

It is nominal: the internal rate of return of a period times the periods of a year (12 months,
52 weeks, 365 days), without fees. A flat loan of 17 % over 12 months costs 30.026 %.
"""

from collections.abc import Sequence
from decimal import ROUND_CEILING, Context, Decimal, localcontext

from app.base.errors import UserError
from app.ledger.loans.schedule import Every, Instalment, LoanTerms

_PERIODS_A_YEAR = {Every.MONTH: 12, Every.WEEK: 52, Every.DAY: 365}

_STEPS_A_UNIT = 100_000
"""The rate is sought in thousandths of a percent, 100,000 of which are the rate 1."""


def effective_rate(terms: LoanTerms, instalments: Sequence[Instalment]) -> Decimal:
    """The effective rate in percent a year, three decimals, half-up.

    Each instalment counts as paid one whole period after the one before, whatever its date. The
    present value falls as the rate rises, so halving an interval finds the one step of a thousandth
    in which it passes the principal; the answer is the same on every machine.
    """
    totals = [Decimal(row.total) for row in instalments]
    if sum(totals) < terms.principal:
        raise UserError(
            "The instalments pay back less than the principal of {principal:rp}.",
            advice="Give all instalments of the loan.",
            principal=terms.principal,
        )
    principal = Decimal(terms.principal)
    unit = 2 * _STEPS_A_UNIT * _PERIODS_A_YEAR[terms.every]

    def costs_at_least(step: int) -> bool:
        """Say whether the rate rounds to `step` or more: is at least half a step below it."""
        discount = Decimal(unit) / (unit + 2 * step - 1)
        value = Decimal(0)
        for total in reversed(totals):
            value = (value + total) * discount
        return value >= principal

    # Fifty digits leave no doubt about a step. Rounding upwards keeps a rate that lies exactly on
    # half a step from falling short of it, which makes it half-up.
    with localcontext(Context(prec=50, rounding=ROUND_CEILING)):
        low, high = 0, _STEPS_A_UNIT
        while costs_at_least(high):
            low, high = high, 2 * high
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if costs_at_least(middle) else (low, middle)
    return Decimal(low).scaleb(-3)
