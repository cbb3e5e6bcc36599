"""What the books say of loans: lists, payments, statements; the sheets; and the checks on all of it."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.base.dates import Month, Period, add_months
from app.ledger import checks
from app.ledger.book import Book
from app.ledger.entries.commands import ReverseEntry
from app.ledger.loans import queries
from app.ledger.loans.commands import Excess, PayOffLoan
from app.ledger.loans.schedule import Method, RatePer
from tests.ledger.import_books import imported, places, refused, told, workbook
from tests.ledger.lending import (
    balances,
    late,
    lend,
    loan_of,
    member,
    pay,
    rows_of,
    run_over,
)

YEAR = Period.through(date(2026, 1, 1), date(2026, 12, 31))


def on(month: int, day: int = 10) -> date:
    """A day of the year, by itself a due date."""
    return date(2026, month, day)


@pytest.mark.parametrize(
    ("days", "name"),
    [
        (0, "current"),
        (1, "special_mention"),
        (90, "special_mention"),
        (91, "substandard"),
        (120, "substandard"),
        (121, "doubtful"),
        (180, "doubtful"),
        (181, "loss"),
    ],
)
def test_classes_by_days_overdue(cooperative: Book, days: int, name: str) -> None:
    member(cooperative)
    lend(cooperative)
    with cooperative.snapshot() as snapshot:
        (row,) = queries.loan_list(snapshot, on(2) + timedelta(days=days))
    assert (row.days_overdue, row.class_) == (days, name)


def test_the_list_is_as_of_any_day(cooperative: Book) -> None:
    member(cooperative)
    member(cooperative, "0009", "Wagiyem")
    lend(cooperative)
    lend(cooperative, member="9", number="PJ-9", principal=3_000_000, term=3, on=on(3, 5))
    pay(cooperative, 1_344_000, on(2))
    pay(cooperative, 3_135_000, on(6, 5), loan="PJ-9")

    def listed(day: date) -> list[tuple[str, int, int, int, int]]:
        with cooperative.snapshot() as snapshot:
            return [
                (row.loan, row.outstanding, row.arrears_principal, row.arrears_interest, row.days_overdue)
                for row in queries.loan_list(snapshot, day)
            ]

    assert listed(on(1, 9)) == []
    assert listed(on(2, 28)) == [("PJ-7", 8_400_000, 0, 0, 0)]
    assert listed(on(4, 5)) == [
        ("PJ-7", 8_400_000, 1_200_000, 144_000, 26),
        ("PJ-9", 3_000_000, 1_000_000, 45_000, 0),
    ]
    assert [row[0] for row in listed(on(6, 5))] == ["PJ-7"]


def test_payments_of_a_period(cooperative: Book) -> None:
    member(cooperative)
    lend(cooperative)
    pay(cooperative, 1_844_000, on(2))
    wrong = pay(cooperative, 77_000, on(2, 15)).value["entry"]
    cooperative.execute(ReverseEntry(entry=wrong))
    undone = pay(cooperative, 844_000, on(3)).value["entry"]
    cooperative.execute(ReverseEntry(entry=undone, on=on(4, 2)))

    def received(month: int) -> list[tuple[Any, ...]]:
        with cooperative.snapshot() as snapshot:
            return [
                (row.on, row.principal, row.interest, row.penalty, row.held, row.total)
                for row in queries.payments(snapshot, Month(2026, month).period)
            ]

    assert received(2) == [(on(2), 1_200_000, 144_000, 0, 500_000, 1_844_000)]
    # What was kept aside meets March; what was taken back only in April was received in March.
    assert received(3) == [
        (on(3), 356_000, 144_000, 0, -500_000, 0),
        (on(3), 844_000, 0, 0, 0, 844_000),
    ]
    assert received(4) == [(on(4, 2), -844_000, 0, 0, 0, -844_000)]


def test_a_loan_over_a_month(cooperative: Book) -> None:
    party = member(cooperative)
    lend(cooperative)
    pay(cooperative, 1_344_000, on(2))
    pay(cooperative, 1_000_000, on(3, 12), penalty=4_000)
    with cooperative.snapshot() as snapshot:
        months = {
            month: queries.loan_months(snapshot, Month(2026, month).period, party).get(party, [])
            for month in (1, 2, 3)
        }
        everyone = queries.loan_months(snapshot, Month(2026, 3).period)
    lent = months[1][0]
    assert (lent.opening, lent.outstanding) == (0, 9_600_000)
    assert [(item.kind, item.disbursed, item.outstanding) for item in lent.movements] == [
        ("disbursement", 9_600_000, 9_600_000)
    ]
    march = months[3][0]
    assert (march.opening, march.outstanding, march.principal_paid) == (8_400_000, 7_548_000, 2_052_000)
    assert [item[1:9] for item in march.movements] == [
        ("AS-2603-0001", "Angsuran ke-2, sebagian, denda", "instalment", 0, 852_000, 144_000, 4_000, 0)
    ]
    assert (march.arrears_principal, march.arrears_interest, march.since) == (348_000, 0, on(3))
    assert (march.instalments, march.instalments_paid, march.instalment_begun) == (8, 1, True)
    assert march.next is not None
    assert (march.next.number, march.next.due, march.next.total) == (3, on(4), 1_344_000)
    assert march.last_due == on(9)
    assert everyone[party][0][1:] == march[1:]


def test_a_loan_taken_over_in_a_month_belongs_to_its_beginning(cooperative: Book) -> None:
    party = member(cooperative)
    run_over(cooperative, held=40_000)
    with cooperative.snapshot() as snapshot:
        month = queries.loan_months(snapshot, Month(2026, 6).period)[party][0]
        totals = queries.ledger_totals(snapshot, Month(2026, 6).period)
    assert (month.opening, month.movements, month.outstanding) == (6_000_000, (), 6_000_000)
    assert (month.held, month.held_left, month.instalments_paid) == (40_000, 0, 3)
    assert [(item.code, item.opening, item.increase, item.decrease) for item in totals] == [
        ("1-1201", 6_000_000, 0, 0),
        ("2-1501", 40_000, 0, 0),
    ]


def test_the_sums_of_a_period_are_the_ledgers(cooperative: Book) -> None:
    member(cooperative)
    lend(cooperative)
    pay(cooperative, 1_444_000, on(2))
    cooperative.execute(PayOffLoan(loan="PJ-7", on=on(3, 20)))
    with cooperative.snapshot() as snapshot:
        before = queries.ledger_totals(snapshot, Month(2026, 2).period)
        march = queries.ledger_totals(snapshot, Month(2026, 3).period)
        none = queries.loan_months(snapshot, Month(2026, 5).period)
    assert [(item.increase, item.decrease) for item in before] == [(0, 1_200_000), (100_000, 0)]
    assert [(item.opening, item.closing) for item in march] == [(8_400_000, 0), (100_000, 0)]
    assert none == {}


def test_the_next_instalments(cooperative: Book) -> None:
    member(cooperative)
    lend(cooperative)
    lend(cooperative, number="PJ-8", on=on(1, 2))
    pay(cooperative, 1_744_000, on(2), apply_held=False)
    with cooperative.snapshot() as snapshot:
        found = queries.next_instalments(snapshot, on(2, 28))
    assert [(row.loan, row.number, row.due, row.amount) for row in found] == [
        ("PJ-8", 1, on(2, 2), 1_344_000),
        ("PJ-7", 2, on(3), 944_000),
    ]


# The field's vectors, through the books


@pytest.mark.parametrize(
    ("terms", "interests", "total"),
    [
        # 14.1: flat 17 % a year
        (
            {"principal": 12_000_000, "rate": 17, "term": 12, "method": Method.FLAT},
            [170_000] * 12,
            14_040_000,
        ),
        # 14.3: flat 9 % a year over 20 months
        ({"principal": 3_000_000, "rate": 9, "term": 20, "method": Method.FLAT}, [22_500] * 20, 3_450_000),
        # 14.4: declining 24 % a year
        (
            {"principal": 60_000_000, "rate": 24, "term": 6, "method": Method.DECLINING},
            [1_200_000, 1_000_000, 800_000, 600_000, 400_000, 200_000],
            64_200_000,
        ),
        # 14.8: annuity 18 % a year; the last row is 1,083,901 and 16,259
        ({"principal": 12_000_000, "rate": 18, "term": 12, "method": Method.ANNUITY}, None, 13_201_920),
    ],
)
def test_loans_paid_to_the_end(
    cooperative: Book, terms: dict[str, Any], interests: list[int] | None, total: int
) -> None:
    member(cooperative)
    lend(cooperative, **{**terms, "rate": Decimal(terms["rate"]), "per": RatePer.YEAR}, on=date(2025, 10, 10))
    rows = rows_of(cooperative)
    for row in rows:
        pay(cooperative, row.principal + row.interest, row.due)
    assert sum(row.principal + row.interest for row in rows) == total
    if interests is None:
        assert (rows[0].principal, rows[0].interest) == (920_160, 180_000)
        assert (rows[-1].principal, rows[-1].interest) == (1_083_901, 16_259)
    else:
        assert [row.interest for row in rows] == interests
    paid = rows_of(cooperative, date(2199, 1, 1))
    assert [row.paid_on for row in paid] == [row.due for row in rows]
    found = balances(cooperative, date(2199, 1, 1))
    assert found == {"1-1101": total - terms["principal"], "4-1001": terms["principal"] - total}


# The sheets


_MEMBERS: list[list[Any]] = [["No Anggota", "Nama", "Tanggal Masuk"], ["0007", "Sutrisno", date(2020, 3, 1)]]


def test_new_and_running_loans_from_a_workbook(cooperative: Book, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "koperasi.xlsx",
        Saldo_Awal=[
            ["Tanggal", "Kode Akun", "Debet", "Kredit"],
            [date(2026, 6, 30), "1-1101", 9_000_000, None],
        ],
        Anggota=_MEMBERS,
        Pinjaman=[
            [
                "No Pinjaman",
                "No Anggota",
                "Tanggal Cair",
                "Pokok",
                "Jasa % per Bulan",
                "Metode",
                "Tenor",
                "Provisi",
                "Administrasi",
                "Sisa Pokok",
                "Tunggakan Denda",
                "Titipan",
            ],
            ["PJ-7", "7", date(2026, 1, 10), 9_600_000, 1.5, "Flat", 8, None, None, 6_000_000, 12_500, None],
            ["PJ-8", "7", date(2026, 7, 4), 2_400_000, 2, "Menurun", 4, 24_000, 5_000, None, None, None],
            ["PJ-6", "7", date(2026, 1, 20), 4_000_000, 1, None, 8, None, None, 1_500_000, None, 90_000],
        ],
        Angsuran=[
            ["Tanggal", "No Pinjaman", "Jumlah", "No Bukti", "Pokok", "Jasa", "Denda"],
            [date(2026, 8, 4), "PJ-8", 648_000, "K-2", None, None, None],
            [date(2026, 7, 9), "PJ-7", 2_700_500, "K-1", None, None, None],
            [date(2026, 9, 4), "PJ-8", 700_000, "K-3", 640_000, 50_000, 10_000],
        ],
    )
    result = imported(cooperative, path)
    assert result.documents == 1 + 1 + 3 + 3
    found = balances(cooperative, date(2026, 7, 31))
    assert found["1-1101"] == 9_000_000 - 2_371_000 + 2_700_500
    assert found["1-1201"] == 3_600_000 + 2_400_000 + 1_450_000
    assert (found["4-1002"], found["4-1003"], found["4-1004"]) == (-24_000, -5_000, -12_500)
    # 90,000 kept aside met 20 July: 40,000 of interest and 50,000 of principal.
    assert loan_of(cooperative, number="PJ-6").standing.outstanding == 1_450_000
    assert loan_of(cooperative, number="PJ-8").standing.outstanding == 1_160_000
    assert imported(cooperative, path).documents == 0


def test_faults_in_the_sheets(cooperative: Book, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "salah.xlsx",
        Anggota=_MEMBERS,
        Pinjaman=[
            [
                "No Pinjaman",
                "No Anggota",
                "Tanggal Cair",
                "Pokok",
                "Jasa % per Bulan",
                "Jangka Waktu",
                "Sisa Pokok",
                "Tunggakan Pokok",
            ],
            ["PJ-1", "7", date(2026, 1, 10), 9_600_000, None, 8, None, None],
            ["PJ-2", "7", date(2026, 1, 10), 9_600_000, 1, 8, 6_000_000, None],
            ["PJ-3", "7", date(2026, 1, 10), 9_600_000, 1, 8, None, 100_000],
            ["PJ-4", "7", date(2026, 1, 10), 9_600_000, 1, 8, None, None],
            ["PJ-5", "8", date(2026, 1, 10), 9_600_000, 1, 8, None, None],
        ],
        Angsuran=[
            ["Tanggal", "No Pinjaman", "Jumlah", "Pokok", "Jasa"],
            [date(2026, 2, 10), "PJ-4", 1_000_000, 800_000, 150_000],
            [date(2026, 2, 10), "PJ-9", 1_000_000, None, None],
            [date(2026, 1, 9), "PJ-4", 1_000_000, None, None],
            [date(2026, 2, 11), "PJ-4", None, None, None],
            [date(2026, 2, 11), "PJ-1", 100_000, None, None],
        ],
    )
    error = refused(cooperative, path)
    assert sorted(places(error)) == [
        "Angsuran!B3",
        "Angsuran!B4",
        "Angsuran!C2",
        "Angsuran!C5",
        "Pinjaman!A1",
        "Pinjaman!B6",
        "Pinjaman!E2",
        "Pinjaman!H4",
    ], told(error)


def test_an_import_is_taken_back_as_a_whole(cooperative: Book, tmp_path: Path) -> None:
    member(cooperative)
    lend(cooperative)
    path = workbook(
        tmp_path / "angsuran.xlsx",
        Angsuran=[
            ["Tanggal", "No Pinjaman", "Jumlah"],
            *[[add_months(date(2026, 2, 5), month), "PJ-7", 1_400_000 + month] for month in range(5)],
        ],
    )
    imported(cooperative, path)
    assert late(cooperative, on(6)) == (0, 0, None)
    assert balances(cooperative, on(6)).get("2-1501", 0) == -280_010
    cooperative.undo()
    assert balances(cooperative) == {"1-1101": -9_600_000, "1-1201": 9_600_000}


def test_the_order_of_rows_does_not_matter_within_an_import(cooperative: Book, tmp_path: Path) -> None:
    """Too much in one row waits for its due date; the next row, before that date, does not use it up."""
    member(cooperative)
    lend(cooperative)
    path = workbook(
        tmp_path / "angsuran.xlsx",
        Angsuran=[
            ["Tanggal", "No Pinjaman", "Jumlah"],
            [date(2026, 2, 10), "PJ-7", 1_414_000],
            [date(2026, 2, 27), "PJ-7", 1_274_000],
        ],
    )
    imported(cooperative, path)
    assert balances(cooperative, date(2026, 2, 28))["2-1501"] == -1_344_000
    assert balances(cooperative, date(2026, 2, 28))["4-1001"] == -144_000
    assert rows_of(cooperative)[1].paid_on == on(3)


# The checks


@pytest.mark.parametrize(
    ("statement", "key"),
    [
        ("UPDATE loan_transaction SET principal = principal + 1 WHERE kind = 'instalment'", "loans-control"),
        ("UPDATE loan_transaction SET held = held + 1 WHERE kind = 'instalment'", "loans-control"),
        ("UPDATE loan_transaction SET interest = interest + 1 WHERE kind = 'instalment'", "loans-income"),
        ("UPDATE loan_transaction SET penalty = penalty + 1 WHERE kind = 'instalment'", "loans-income"),
        ("UPDATE loan_instalment SET principal = principal + 1 WHERE number = 8", "loans-schedule"),
        ("UPDATE loan_transaction SET held = -5 WHERE kind = 'instalment'", "loans-negative"),
        ("UPDATE loan SET number = 'PJ-7' WHERE number = 'PJ-8'", "loans-number"),
        ("DELETE FROM loan_schedule", "loans-incomplete"),
    ],
)
def test_the_checks_notice(cooperative: Book, statement: str, key: str) -> None:
    member(cooperative)
    lend(cooperative)
    lend(cooperative, number="PJ-8")
    pay(cooperative, 1_500_000, on(2), excess=Excess.NEXT)
    with cooperative._connection.begin():
        for table in ("loan_transaction", "loan_instalment", "loan_schedule"):
            for event in ("update", "delete"):
                cooperative._connection.execute(text(f"DROP TRIGGER {table}_{event}"))
        cooperative._connection.execute(text("SAVEPOINT whole"))
        cooperative._connection.execute(text(statement))
        keys = {finding.key for finding in checks.run(_Raw(cooperative))}
        cooperative._connection.execute(text("ROLLBACK"))
    assert key in keys


class _Raw:
    """The writer's own connection as a reader, to see what is not committed."""

    def __init__(self, book: Book) -> None:
        self.info = book.info
        self._connection = book._connection

    def rows(self, statement: Any) -> Any:
        return self._connection.execute(statement).fetchall()

    def row(self, statement: Any) -> Any:
        return self._connection.execute(statement).first()

    def value(self, statement: Any) -> Any:
        return self._connection.execute(statement).scalar()

    def sql(self, text_: str, parameters: tuple[Any, ...] = ()) -> Any:
        return self._connection.exec_driver_sql(text_, parameters).fetchall()
