"""The calculators against published figures and against an independent computation by fractions."""

import calendar
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.acceptance.outside import Lumbung


def half_up(amount: Fraction) -> int:
    """Round half-up to a whole number."""
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def loan(lumbung: Lumbung, *arguments: object) -> dict[str, Any]:
    """What `calc loan` says."""
    said: dict[str, Any] = lumbung.good("calc", "loan", *arguments, "--json").json
    return said


def ask(principal: int, rate: str, term: int, method: str, *more: object) -> tuple[object, ...]:
    """The arguments of a loan paid out on 15/01/2026."""
    return (
        "--principal", principal, "--rate", rate, "--term", term, "--method", method,
        "--start", "2026-01-15", *more,
    )  # fmt: skip


def test_flat_of_the_ojk_book(lumbung: Lumbung) -> None:
    # 12,000,000 at 17 % flat: interest 2,040,000, 1,170,000 a month, nominal effective 30.03 %.
    said = loan(lumbung, *ask(12_000_000, "17", 12, "flat"))
    assert said["totals"] == {"principal": 12_000_000, "interest": 2_040_000, "total": 14_040_000}
    assert {row["total"] for row in said["instalments"]} == {1_170_000}
    assert said["instalments"][0] == {
        "number": 1, "due": "2026-02-15", "principal": 1_000_000, "interest": 170_000, "total": 1_170_000,
        "balance": 11_000_000,
    }  # fmt: skip
    assert said["effective_rate_percent_per_year"].startswith("30.02")


@pytest.mark.parametrize(
    ("arguments", "first", "last", "interest"),
    [
        (ask(3_000_000, "9", 20, "flat"), 172_500, 172_500, 450_000),
        (ask(20_000_000, "10", 24, "flat"), 1_000_000, 1_000_000, 4_000_000),
        (ask(9_000_000, "1", 12, "flat", "--per", "month"), 840_000, 840_000, 1_080_000),
        (ask(48_000_000, "24", 12, "declining"), 4_960_000, 4_080_000, 6_240_000),
        (ask(60_000_000, "24", 6, "declining"), 11_200_000, 10_200_000, 4_200_000),
        (ask(12_000_000, "18", 12, "annuity"), 1_100_160, 1_100_160, 1_201_920),
        (ask(24_000_000, "10", 24, "annuity"), 1_107_478, 1_107_483, 2_579_477),
        (ask(5_000_000, "18", 6, "bullet"), 75_000, 5_075_000, 450_000),
        (ask(6_000_000, "12", 6, "flat", "--per", "term"), 1_120_000, 1_120_000, 720_000),
    ],
)
def test_published_loans(
    lumbung: Lumbung, arguments: tuple[object, ...], first: int, last: int, interest: int
) -> None:
    said = loan(lumbung, *arguments)
    assert (said["instalments"][0]["total"], said["instalments"][-1]["total"]) == (first, last)
    assert said["totals"]["interest"] == interest
    assert said["instalments"][-1]["balance"] == 0


@pytest.mark.parametrize(
    ("multiple", "each", "last"),
    [(100, 833_400, 832_600), (500, 833_500, 831_500), (1_000, 834_000, 826_000)],
)
def test_principal_rounded_up(lumbung: Lumbung, multiple: int, each: int, last: int) -> None:
    said = loan(
        lumbung,
        *ask(10_000_000, "12", 12, "flat", "--round", "principal", "--mode", "up", "--round-to", multiple),
    )
    assert [row["principal"] for row in said["instalments"]] == [each] * 11 + [last]


def schedule(
    *, principal: int, rate: str, per: str, term: int, every: str, method: str, start: date, first: date | None,
    grace: int, basis: str, multiple: int, rounding: str, mode: str,
) -> list[tuple[int, str, int, int, int, int]]:  # fmt: skip
    """The rules of the calculator written down a second time, with fractions."""

    def rounded(amount: Fraction) -> int:
        quotient = amount / multiple
        if mode == "up":
            return -(-quotient.numerator // quotient.denominator) * multiple
        if mode == "down":
            return quotient.numerator // quotient.denominator * multiple
        return half_up(quotient) * multiple

    def due(place: int) -> date:
        if every != "month":
            step = timedelta(7 if every == "week" else 1)
            return (first or start + step) + step * place
        base, shift = (first, place) if first else (start, place + 1)
        year, month = divmod(base.year * 12 + base.month - 1 + shift, 12)
        return date(year, month + 1, min(base.day, calendar.monthrange(year, month + 1)[1]))

    of_year = {"month": Fraction(1, 12), "week": Fraction(7, 360), "day": Fraction(1, 360)}[every]
    yearly = Fraction(rate) / 100 * (12 if per == "month" else 1)
    whole = half_up(principal * (Fraction(rate) / 100 if per == "term" else yearly * of_year * term))
    exact = principal * (Fraction(rate) / 100 if per == "term" else yearly * of_year * term)
    kind = rounded if rounding == "each" else half_up
    left, before, rows = principal, start, []
    for place in range(term):
        day = due(place)
        if method == "flat":
            interest = kind(exact / term)
            if place == term - 1 and rounding != "each":
                interest = whole - interest * (term - 1)
        else:
            part = of_year if basis == "30/360" else Fraction((day - before).days, int(basis.split("/")[1]))
            interest = kind((principal if method == "bullet" else left) * yearly * part)
        growth = yearly * of_year
        spread = Fraction(principal, term - grace)
        if method == "annuity" and growth:
            annuity = principal * growth / (1 - (1 + growth) ** (grace - term))
        else:
            annuity = spread + (exact / term if method == "flat" else interest)
        if place == term - 1:
            paid = left
        elif place < grace or method == "bullet":
            paid = 0
        else:
            paid = rounded(annuity) - interest if rounding == "total" else rounded(spread)
        paid = max(0, min(paid, left))
        left -= paid
        before = day
        rows.append((place + 1, day.isoformat(), paid, interest, paid + interest, left))
    return rows


@pytest.mark.parametrize("seed", range(40))
def test_loans_against_fractions(lumbung: Lumbung, seed: int) -> None:
    random = Random(seed)
    method = random.choice(["flat", "declining", "annuity", "bullet"])
    start = date(2026, 1, 1) + timedelta(random.randrange(800))
    term = random.choice([2, 3, 10, 12, 24, 36])
    options: dict[str, Any] = {
        "principal": random.choice([12_000_000, 10_000_000, 7_654_321, 250_001]),
        "rate": random.choice(["18", "12", "1.5", "10", "2", "24", "0.75"]),
        "per": random.choice(["year", "month", *(["term"] if method == "flat" else [])]),
        "term": term,
        "every": random.choice(["month", "week", "day"]),
        "method": method,
        "start": start,
        "first": start + timedelta(random.randrange(1, 50)) if random.random() < 0.3 else None,
        "grace": random.choice([0, 0, 1]),
        "basis": "30/360" if method == "annuity" else random.choice(["30/360", "actual/365", "actual/360"]),
        "multiple": random.choice([1, 100, 500, 1_000]),
        # An annuity's bare principal has no exact value apart from the rounded interest.
        "rounding": "total" if method == "annuity" else random.choice(["total", "principal", "each"]),
        "mode": random.choice(["nearest", "up", "down"]),
    }
    names = {"first": "first-due", "multiple": "round-to", "rounding": "round"}
    arguments = [
        part
        for key, value in options.items()
        if value is not None
        for part in (f"--{names.get(key, key)}", value)
    ]
    said = loan(lumbung, *arguments)
    found = [tuple(row.values()) for row in said["instalments"]]
    assert found == schedule(**options)
    assert said["totals"]["principal"] == options["principal"]
    assert said["totals"]["total"] == sum(row[4] for row in found)


@pytest.mark.parametrize(
    ("more", "status"),
    [
        (("--method", "annuity", "--per", "term"), 2),
        (("--method", "daftar"), 2),
        (("--basis", "30/365"), 2),
        (("--start", "2026-02-30"), 2),
        (("--grace", "12"), 1),
        (("--first-due", "2025-01-01"), 1),
    ],
)
def test_loans_that_can_not_be_worked_out(lumbung: Lumbung, more: tuple[str, ...], status: int) -> None:
    options = {"--principal": "12000000", "--rate": "18", "--term": "12", "--start": "2026-01-15"}
    options |= dict(zip(more[::2], more[1::2], strict=True))
    said = lumbung("calc", "loan", *(part for pair in options.items() for part in pair), "--json")
    assert (said.status, said.out) == (status, "")
    assert said.err.strip()


# Savings

EDI = "date,amount\n2026-04-30,150000\n2026-05-03,500000\n2026-05-10,1000000\n2026-05-23,-750000\n"


@pytest.mark.parametrize(
    ("options", "interest", "rupiah"),
    [
        # Kepmen 96/2004: lowest 150,000 x 1 %; by day 98.63 + 1,495.89 + 7,052.05 + 2,663.01 (9 days).
        (("--method", "lowest", "--basis", "12"), "1500.00", 1_500),
        (("--method", "daily"), "11309.59", 11_310),
        (("--method", "daily", "--skip-last-day"), "11013.70", 11_014),
        # 34,400,000 rupiah-days: 2 x 150,000 + 7 x 650,000 + 13 x 1,650,000 + 9 x 900,000.
        (("--method", "average"), "11309.59", 11_310),
        (("--method", "lowest"), "1528.77", 1_529),
        (("--method", "daily", "--basis", "360"), "11466.67", 11_467),
        # The day's balance chooses: 2 days at 6 %, the other 29 at 12 %; 12 / 365 % of 34,100,000 and half of 300,000.
        (("--method", "daily", "--tiers", "0:6,500000:12"), "11260.27", 11_260),
    ],
)
def test_savings_interest(
    lumbung: Lumbung, tmp_path: Path, options: tuple[str, ...], interest: str, rupiah: int
) -> None:
    file = tmp_path / "edi.csv"
    file.write_text(EDI, encoding="utf-8")
    said = lumbung.good(
        "calc", "savings", "--file", file, "--month", "2026-05", "--rate", "12", *options, "--json"
    ).json
    assert said == {"interest": interest, "interest_rupiah": rupiah, "tax": 0, "net": rupiah}


@pytest.mark.parametrize(
    ("balance", "gross", "tax"),
    [
        (24_000_000, 240_000, 0),
        (24_000_100, 240_001, 24_000),
        (35_000_000, 350_000, 35_000),
        (25_000_000, 250_000, 25_000),
    ],
)
def test_the_tax_on_savings_interest(
    lumbung: Lumbung, tmp_path: Path, balance: int, gross: int, tax: int
) -> None:
    file = tmp_path / "saldo.csv"
    file.write_text(f"date;amount\n2026-05-31;{balance}\n", encoding="utf-8")
    said = lumbung.good(
        "calc", "savings", "--file", file, "--month", "2026-06", "--rate", "12", "--method", "lowest", "--basis", "12",
        "--json",
    ).json  # fmt: skip
    assert (said["interest_rupiah"], said["tax"], said["net"]) == (gross, tax, gross - tax)


def test_savings_that_can_not_be(lumbung: Lumbung, tmp_path: Path) -> None:
    file = tmp_path / "minus.csv"
    file.write_text("date,amount\n2026-05-31,150000\n2026-06-03,-200000\n", encoding="utf-8")
    ask_for = ("calc", "savings", "--file", file, "--month", "2026-06", "--rate", "5", "--json")
    assert lumbung(*ask_for).status == 1
    assert lumbung(*ask_for, "--method", "daily", "--basis", "12").status == 2


# Surplus


@pytest.mark.parametrize(
    ("numbers", "capital", "activity"),
    [
        # Roni: 5,000,000 x 30 % x 500,000 / 20,000,000 and x 20 % x 600,000 / 12,500,000.
        ((5_000_000, 30, 20, 20_000_000, 500_000, 12_500_000, 600_000), 37_500, 48_000),
        ((60_000_000, 20, 25, 100_000_000, 2_000_000, 50_000_000, 700_000), 240_000, 210_000),
        ((6_400_000, 25, 0, 16, 8, 0, 0), 800_000, 0),
        # 10,000 x 20 % x 1 / 3 = 666.67, rounded down.
        ((10_000, 20, 25, 3, 1, 7, 2), 666, 714),
    ],
)
def test_surplus(lumbung: Lumbung, numbers: tuple[int, ...], capital: int, activity: int) -> None:
    names = (
        "surplus", "capital-percent", "activity-percent", "total-capital", "member-capital", "total-activity",
        "member-activity",
    )  # fmt: skip
    pairs = zip(names, numbers, strict=True)
    said = lumbung.good(
        "calc", "surplus", *(part for name, number in pairs for part in (f"--{name}", number)), "--json"
    )
    found = said.json
    assert (found["capital_share"], found["activity_share"], found["total"]) == (
        capital,
        activity,
        capital + activity,
    )
    share = Fraction(numbers[0] * numbers[1] * numbers[4], 100 * numbers[3])
    assert found["exact"]["capital_share"] == f"{half_up(share * 100) / 100:.2f}"
