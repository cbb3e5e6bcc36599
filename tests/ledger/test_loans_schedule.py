"""Loan schedules and effective rates: published figures and the contract's rules one by one."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.base.errors import UserError
from app.base.money import RoundMode
from app.ledger.loans.effective_rate import effective_rate
from app.ledger.loans.schedule import (
    Basis,
    Every,
    Instalment,
    Keep,
    LoanTerms,
    Method,
    RatePer,
    RoundingTarget,
    due_dates,
    reschedule,
    schedule,
)

START = date(2026, 1, 15)


def terms(principal: int, rate: str, term: int, method: str, **more: Any) -> LoanTerms:
    more.setdefault("start", START)
    return LoanTerms(principal=principal, rate=Decimal(rate), term=term, method=Method(method), **more)


def interests(rows: tuple[Instalment, ...]) -> list[int]:
    return [row.interest for row in rows]


def principals(rows: tuple[Instalment, ...]) -> list[int]:
    return [row.principal for row in rows]


def totals(rows: tuple[Instalment, ...]) -> list[int]:
    return [row.total for row in rows]


# --- Published and computed figures -------------------------------------------------------------


@pytest.mark.parametrize(
    ("principal", "rate", "per", "term", "instalment", "interest"),
    [
        pytest.param(12_000_000, "17", "year", 12, 1_170_000, 2_040_000, id="OJK book p.140"),
        pytest.param(9_000_000, "1", "month", 12, 840_000, 1_080_000, id="kudo.tips"),
        pytest.param(3_000_000, "9", "year", 20, 172_500, 450_000, id="brain.universityku"),
        pytest.param(20_000_000, "10", "year", 24, 1_000_000, 4_000_000, id="kumpulanpanduan"),
        pytest.param(48_000_000, "24", "year", 12, 4_960_000, 11_520_000, id="primabagi 48"),
        pytest.param(36_000_000, "24", "year", 12, 3_720_000, 8_640_000, id="primabagi 36"),
        pytest.param(12_000_000, "17", "term", 12, 1_170_000, 2_040_000, id="17 % a whole year"),
    ],
)
def test_flat_instalments_as_published(
    principal: int, rate: str, per: str, term: int, instalment: int, interest: int
) -> None:
    rows = schedule(terms(principal, rate, term, "flat", per=RatePer(per)))
    assert set(totals(rows)) == {instalment}
    assert sum(interests(rows)) == interest


def test_declining_interest_as_published_in_scribd_634173092() -> None:
    rows = schedule(terms(60_000_000, "24", 6, "declining"))
    assert interests(rows) == [1_200_000, 1_000_000, 800_000, 600_000, 400_000, 200_000]
    assert sum(totals(rows)) == 64_200_000


def test_declining_instalments_as_published_by_primabagi() -> None:
    rows = schedule(terms(48_000_000, "24", 12, "declining"))
    assert (rows[0].total, rows[-1].total) == (4_960_000, 4_080_000)
    assert sum(interests(rows)) == 6_240_000
    assert schedule(terms(36_000_000, "24", 12, "declining"))[1].total == 3_660_000


def test_annuity_as_published_in_scribd_343771564() -> None:
    rows = schedule(terms(100_000_000, "15", 120, "annuity"))
    assert rows[0].total == 1_613_350  # 1.613.349,57
    assert (rows[0].interest, rows[0].principal) == (1_250_000, 363_350)
    assert (rows[1].interest, rows[1].principal) == (1_245_458, 367_892)
    # 0,43 rupiah more on each of 119 instalments, which the last one gives back with interest.
    assert sum(totals(rows)) == pytest.approx(193_601_948, abs=120)


def test_annuity_in_whole_rupiah_as_in_the_contract() -> None:
    rows = schedule(terms(12_000_000, "18", 12, "annuity"))
    assert rows[0] == Instalment(1, date(2026, 2, 15), 920_160, 180_000, 11_079_840)
    assert set(totals(rows[:-1])) == {1_100_160}
    assert sum(interests(rows)) == 1_201_920
    assert rows[-1] == Instalment(12, date(2027, 1, 15), 1_083_901, 16_259, 0)


def test_annuity_of_24_months_computed_apart() -> None:
    rows = schedule(terms(24_000_000, "10", 24, "annuity"))
    assert set(totals(rows[:-1])) == {1_107_478}
    assert rows[-1].total == 1_107_483
    assert sum(interests(rows)) == 2_579_477


@pytest.mark.parametrize("method", ["flat", "declining"])
@pytest.mark.parametrize(
    ("multiple", "each", "last"),
    [(100, 833_400, 832_600), (500, 833_500, 831_500), (1000, 834_000, 826_000)],
)
def test_principal_rounded_up_leaves_the_rest_to_the_last(
    method: str, multiple: int, each: int, last: int
) -> None:
    rows = schedule(
        terms(
            10_000_000,
            "18",
            12,
            method,
            round_to=multiple,
            rounding=RoundingTarget.PRINCIPAL,
            mode=RoundMode.UP,
        )
    )
    assert principals(rows) == [each] * 11 + [last]


@pytest.mark.parametrize(
    ("loan", "percent"),
    [
        pytest.param(terms(12_000_000, "17", 12, "flat"), "30.026", id="OJK book p.140"),
        pytest.param(terms(12_000_000, "18", 12, "annuity"), "18.000", id="annuity"),
        pytest.param(terms(12_000_000, "18", 12, "declining"), "18.000", id="declining"),
        pytest.param(terms(12_000_000, "18", 12, "bullet"), "18.000", id="bullet"),
        pytest.param(terms(12_000_000, "18", 12, "declining", grace=5), "18.000", id="grace"),
        pytest.param(terms(7_000_001, "0", 13, "annuity"), "0.000", id="free"),
        pytest.param(terms(1_000_000, "3.6", 1, "flat", every=Every.WEEK), "3.640", id="52 weeks"),
        pytest.param(terms(3_600_000, "3.6", 1, "flat", every=Every.DAY), "3.650", id="365 days"),
    ],
)
def test_effective_rate(loan: LoanTerms, percent: str) -> None:
    assert str(effective_rate(loan, schedule(loan))) == percent


def test_effective_rate_rounds_an_exact_half_up() -> None:
    loan = terms(24_000_000, "0", 1, "flat")
    row = Instalment(1, date(2026, 2, 15), 24_000_000, 10, 0)
    assert 12 * Decimal(10) / 24_000_000 * 100 == Decimal("0.0005")
    assert effective_rate(loan, [row]) == Decimal("0.001")
    assert effective_rate(loan, [Instalment(1, row.due, 24_000_000, 9, 0)]) == 0


def test_effective_rate_needs_all_instalments() -> None:
    loan = terms(12_000_000, "18", 12, "flat")
    with pytest.raises(UserError):
        effective_rate(loan, schedule(loan)[3:])


# --- The contract's rules one by one ------------------------------------------------------------


def test_flat_interest_is_rounded_once_and_the_last_takes_the_difference() -> None:
    rows = schedule(terms(10_000_000, "10", 12, "flat"))
    assert interests(rows) == [83_333] * 11 + [83_337]
    assert set(totals(rows[:-1])) == {916_667}  # 11.000.000 / 12 = 916.666,67
    assert sum(totals(rows)) == 11_000_000


def test_a_level_instalment_that_is_a_multiple_already_stays() -> None:
    # 833.333,33 + 141.666,67 = 975.000 exactly; rounding the parts before would give 976.000.
    rows = schedule(terms(10_000_000, "17", 12, "flat", round_to=1000, mode=RoundMode.UP))
    assert set(totals(rows)) == {975_000}
    # 21.000.000 x 1,1^2 / 2,1 = 12.100.000 exactly.
    loan = terms(21_000_000, "120", 2, "annuity", round_to=1000, mode=RoundMode.UP)
    assert totals(schedule(loan)) == [12_100_000, 12_100_000]


def test_a_declining_loan_without_rounding_keeps_its_principal_part() -> None:
    rows = schedule(terms(10_000_000, "17.3", 12, "declining", basis=Basis.ACTUAL_365))
    assert principals(rows) == [833_333] * 11 + [833_337]


def test_flat_ignores_the_basis_but_not_the_period() -> None:
    for basis in Basis:
        rows = schedule(terms(3_600_000, "20", 10, "flat", every=Every.WEEK, basis=basis))
        assert set(interests(rows)) == {14_000}  # 720.000 a year x 7/360
        rows = schedule(terms(3_600_000, "20", 10, "flat", every=Every.DAY, basis=basis))
        assert set(interests(rows)) == {2_000}


def test_a_monthly_rate_is_a_twelfth_of_the_yearly_in_weeks_too() -> None:
    monthly = terms(3_600_000, "1.5", 9, "declining", every=Every.WEEK, per=RatePer.MONTH)
    assert schedule(monthly) == schedule(terms(3_600_000, "18", 9, "declining", every=Every.WEEK))


def test_each_rounds_interest_and_principal_to_the_multiple() -> None:
    rows = schedule(
        terms(
            10_000_000,
            "10",
            12,
            "flat",
            round_to=500,
            rounding=RoundingTarget.EACH,
            mode=RoundMode.UP,
        )
    )
    assert interests(rows) == [83_500] * 12
    assert principals(rows) == [833_500] * 11 + [831_500]


def test_each_without_a_multiple_still_wins_over_the_difference() -> None:
    rows = schedule(terms(10_000_000, "10", 12, "flat", rounding=RoundingTarget.EACH))
    assert interests(rows) == [83_333] * 12


@pytest.mark.parametrize("method", ["flat", "declining", "annuity"])
def test_grace_is_the_bare_interest_and_the_rest_carries_the_principal(method: str) -> None:
    rows = schedule(terms(9_000_000, "17", 12, method, grace=3, round_to=1000, mode=RoundMode.UP))
    assert totals(rows[:3]) == [127_500] * 3
    assert principals(rows[:3]) == [0] * 3
    assert all(total % 1000 == 0 for total in totals(rows[3:-1]))
    assert sum(principals(rows[3:])) == 9_000_000


def test_grace_of_an_annuity_is_followed_by_a_shorter_annuity() -> None:
    rows = schedule(terms(12_000_000, "18", 15, "annuity", grace=3))
    assert totals(rows[:3]) == [180_000] * 3
    assert set(totals(rows[3:-1])) == {1_100_160}


@pytest.mark.parametrize("rounding", list(RoundingTarget))
def test_bullet_pays_interest_on_the_whole_and_the_principal_at_the_end(
    rounding: RoundingTarget,
) -> None:
    rows = schedule(terms(7_000_000, "19", 5, "bullet", round_to=100, rounding=rounding, mode=RoundMode.UP))
    interest = 110_900 if rounding is RoundingTarget.EACH else 110_833
    assert interests(rows) == [interest] * 5
    assert principals(rows) == [0, 0, 0, 0, 7_000_000]


def test_rows_after_the_balance_is_0_carry_no_principal() -> None:
    more = {"round_to": 50_000, "rounding": RoundingTarget.PRINCIPAL, "mode": RoundMode.UP}
    flat = schedule(terms(100_000, "12", 5, "flat", **more))
    assert principals(flat) == [50_000, 50_000, 0, 0, 0]
    assert interests(flat) == [1_000] * 5
    declining = schedule(terms(100_000, "12", 5, "declining", **more))
    assert principals(declining) == [50_000, 50_000, 0, 0, 0]
    assert interests(declining) == [1_000, 500, 0, 0, 0]


def test_rounding_down_to_nothing_leaves_the_principal_to_the_last() -> None:
    more = {"round_to": 1_000_000, "mode": RoundMode.DOWN}
    for method in ("flat", "declining", "annuity"):
        rows = schedule(terms(1_200_000, "24", 4, method, **more))
        assert principals(rows) == [0, 0, 0, 1_200_000]
        assert interests(rows) == [24_000] * 4


def test_tiny_flat_interest_never_turns_negative() -> None:
    rows = schedule(terms(12, "50", 12, "flat"))  # half a rupiah a month, six in all
    assert interests(rows) == [1] * 6 + [0] * 6
    assert sum(interests(rows)) == 6


def test_interest_counts_the_days_from_the_start() -> None:
    loan = terms(36_500_000, "10", 3, "bullet", basis=Basis.ACTUAL_365, first_due=date(2026, 3, 31))
    # 75 days, 30 and 31, at 10.000 a day.
    assert interests(schedule(loan)) == [750_000, 300_000, 310_000]
    loan = terms(36_000_000, "10", 3, "bullet", basis=Basis.ACTUAL_360, first_due=date(2026, 1, 16))
    assert interests(schedule(loan)) == [10_000, 310_000, 280_000]


def test_an_odd_first_period_counts_as_whole_on_30_360() -> None:
    near = schedule(terms(9_000_000, "18", 7, "annuity", first_due=date(2026, 1, 16)))
    far = schedule(terms(9_000_000, "18", 7, "annuity", first_due=date(2026, 12, 15)))
    assert [(row.principal, row.interest) for row in near] == [(row.principal, row.interest) for row in far]


@pytest.mark.parametrize("basis", [Basis.ACTUAL_365, Basis.ACTUAL_360])
@pytest.mark.parametrize("first_due", [date(2026, 1, 16), date(2026, 3, 29), None])
def test_an_annuity_by_days_is_level_to_its_end(basis: Basis, first_due: date | None) -> None:
    rows = schedule(terms(24_000_000, "18", 24, "annuity", basis=basis, first_due=first_due))
    assert len(set(totals(rows[:-1]))) == 1
    assert rows[-1].total == pytest.approx(rows[0].total, abs=24)


def test_a_first_period_dearer_than_the_instalment_keeps_the_principal() -> None:
    loan = terms(12_000_000, "24", 12, "annuity", basis=Basis.ACTUAL_365, first_due=date(2027, 6, 1))
    rows = schedule(loan)
    assert (rows[0].principal, rows[0].balance) == (0, 12_000_000)
    assert rows[0].interest == rows[0].total == 3_960_986  # 502 days
    assert rows[-1].balance == 0


@pytest.mark.parametrize(
    ("start", "first_due", "expected"),
    [
        (date(2026, 1, 31), None, ["2026-02-28", "2026-03-31", "2026-04-30"]),
        (date(2025, 12, 31), None, ["2026-01-31", "2026-02-28", "2026-03-31"]),
        (date(2026, 1, 5), date(2026, 1, 31), ["2026-01-31", "2026-02-28", "2026-03-31"]),
        (date(2027, 12, 29), date(2028, 1, 30), ["2028-01-30", "2028-02-29", "2028-03-30"]),
        (date(2026, 1, 31), date(2026, 2, 28), ["2026-02-28", "2026-03-28", "2026-04-28"]),
        (date(2026, 1, 15), date(2026, 1, 15), ["2026-01-15", "2026-02-15", "2026-03-15"]),
    ],
)
def test_due_dates_keep_the_day_of_the_first(
    start: date, first_due: date | None, expected: list[str]
) -> None:
    loan = terms(1_000_000, "12", 3, "flat", start=start, first_due=first_due)
    assert [day.isoformat() for day in due_dates(loan)] == expected


def test_due_dates_of_weeks_and_days() -> None:
    weekly = terms(1_000_000, "12", 3, "flat", every=Every.WEEK)
    assert due_dates(weekly) == [date(2026, 1, 22), date(2026, 1, 29), date(2026, 2, 5)]
    daily = terms(1_000_000, "12", 3, "flat", every=Every.DAY, first_due=date(2026, 2, 27))
    assert due_dates(daily) == [date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"principal": 0},
        {"principal": -5_000},
        {"principal": 10**14 + 1},
        {"rate": Decimal("-0.01")},
        {"rate": Decimal("NaN")},
        {"rate": Decimal("Infinity")},
        {"rate": Decimal("1000.01")},
        {"rate": Decimal("1E-400")},
        {"per": RatePer.TERM},
        {"term": 0},
        {"term": 1201},
        {"grace": -1},
        {"grace": 10},
        {"round_to": 0},
        {"round_to": -100},
        {"first_due": date(2026, 1, 14)},
        {"start": date(2899, 1, 1)},
        {"start": date(1899, 12, 31)},
        {"first_due": date(9999, 12, 31)},
    ],
)
def test_nonsense_is_refused(wrong: dict[str, Any]) -> None:
    good: dict[str, Any] = {
        "principal": 5_000_000,
        "rate": Decimal(18),
        "term": 10,
        "method": Method.DECLINING,
        "start": START,
    }
    assert schedule(LoanTerms(**good))
    with pytest.raises(UserError):
        LoanTerms(**(good | wrong))


def test_the_longest_loan_of_the_last_year_still_has_dates() -> None:
    loan = terms(100_000_000, "9", 1200, "annuity", start=date(2898, 12, 31))
    assert schedule(loan)[-1].due == date(2998, 12, 31)


# --- Lowering the principal ---------------------------------------------------------------------


def test_an_excess_payment_shortens_an_annuity_or_lowers_its_instalments() -> None:
    loan = terms(12_000_000, "18", 12, "annuity")
    outstanding = schedule(loan)[2].balance - 3_000_000
    shorter = reschedule(loan, 3, outstanding, Keep.INSTALMENT)
    assert set(totals(shorter[:-1])) == {1_100_160}
    assert len(shorter) == 6
    assert 0 < shorter[-1].total < 1_100_160
    lower = reschedule(loan, 3, outstanding, Keep.TERM)
    assert len(lower) == 9
    # An annuity of what is left over nine months.
    fresh = schedule(terms(outstanding, "18", 9, "annuity"))
    assert totals(lower) == totals(fresh)
    assert [row.number for row in lower] == list(range(4, 13))
    assert lower[0].due == date(2026, 5, 15)
    assert sum(interests(shorter)) < sum(interests(lower))


def test_an_excess_payment_on_a_declining_loan() -> None:
    loan = terms(12_000_000, "18", 12, "declining")
    shorter = reschedule(loan, 4, 5_500_000, Keep.INSTALMENT)
    assert principals(shorter) == [1_000_000] * 5 + [500_000]
    assert shorter[0].interest == 82_500
    assert principals(reschedule(loan, 4, 5_600_000, Keep.TERM)) == [700_000] * 8


def test_an_excess_payment_leaves_the_agreed_interest_of_a_flat_loan() -> None:
    loan = terms(12_000_000, "18", 12, "flat")
    shorter = reschedule(loan, 4, 5_500_000, Keep.INSTALMENT)
    assert totals(shorter) == [1_180_000] * 5 + [680_000]
    lower = reschedule(loan, 4, 5_600_000, Keep.TERM)
    assert totals(lower) == [880_000] * 8


def test_an_excess_payment_on_a_bullet_loan_lowers_its_interest_either_way() -> None:
    loan = terms(12_000_000, "18", 6, "bullet")
    for keep in Keep:
        rows = reschedule(loan, 2, 9_000_000, keep)
        assert interests(rows) == [135_000] * 4
        assert principals(rows) == [0, 0, 0, 9_000_000]


def test_lowering_within_the_grace_keeps_the_grace() -> None:
    loan = terms(12_000_000, "18", 10, "declining", grace=4)
    rows = reschedule(loan, 2, 9_000_000, Keep.TERM)
    assert principals(rows) == [0, 0] + [1_500_000] * 6
    assert interests(rows)[:2] == [135_000, 135_000]


def test_a_loan_paid_off_has_no_instalments_left() -> None:
    for keep in Keep:
        assert reschedule(terms(12_000_000, "18", 12, "flat"), 4, 0, keep) == ()


@pytest.mark.parametrize(("paid", "outstanding"), [(-1, 5), (12, 5), (3, -1), (3, 12_000_001)])
def test_lowering_what_is_not_there_is_refused(paid: int, outstanding: int) -> None:
    with pytest.raises(UserError):
        reschedule(terms(12_000_000, "18", 12, "flat"), paid, outstanding, Keep.TERM)
