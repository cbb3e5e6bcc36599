"""Schedules made by hand: taken over with their loans, and everything goes by them."""

from datetime import date
from pathlib import Path

import pytest

from app.base.errors import UserError
from app.ledger.book import Book
from app.ledger.loans import queries
from app.ledger.loans.commands import DisburseLoan, Excess
from app.ledger.loans.hand_schedule import HandInstalment
from tests.ledger.import_books import imported, refused, told, workbook
from tests.ledger.lending import lend, loan_of, member, parts, pay, rows_of, run_over, sound

# 9,600,000 in unequal parts over a harvest: (due, principal, interest).
AGREED = (
    (date(2026, 3, 15), 600_000, 144_000),
    (date(2026, 5, 2), 3_400_000, 250_000),
    (date(2026, 8, 20), 1_100_000, 96_000),
    (date(2026, 12, 1), 4_500_000, 60_500),
)
_HEAD = ("No Pinjaman", "Ke", "Jatuh Tempo", "Pokok", "Jasa", "Pokok Dibayar", "Jasa Dibayar")
_LOAN = (
    *("No Pinjaman", "No Anggota", "Tanggal Cair", "Pokok", "Jasa % per Bulan", "Jangka Waktu"),
    *("Sisa Pokok", "Saldo Per Tanggal"),
)


def by_hand(paid: tuple[tuple[int, int], ...] = ()) -> tuple[HandInstalment, ...]:
    """The schedule, with principal and interest paid on its first instalments."""
    there = [*paid, *[(0, 0)] * (len(AGREED) - len(paid))]
    return tuple(
        HandInstalment(
            number=number,
            due=due,
            principal=principal,
            interest=interest,
            principal_paid=paid_principal,
            interest_paid=paid_interest,
        )
        for number, ((due, principal, interest), (paid_principal, paid_interest)) in enumerate(
            zip(AGREED, there, strict=True), 1
        )
    )


def sheets(schedule: list[tuple[object, ...]], left: int = 7_700_000) -> dict[str, list[tuple[object, ...]]]:
    running = ("PJ-7", "0007", date(2026, 1, 10), 9_600_000, 1.5, 4, left, date(2026, 6, 30))
    return {
        "Anggota": [("No Anggota", "Nama", "Tanggal Masuk"), ("0007", "Sutrisno", date(2020, 3, 1))],
        "Pinjaman": [_LOAN, running],
        "Jadwal_Pinjaman": [_HEAD, *schedule],
    }


def written() -> list[tuple[object, ...]]:
    """The first instalment paid, the second with 1,300,000 and 250,000: 7,700,000 left."""
    paid = [(600_000, 144_000), (1_300_000, 250_000), (None, None), (None, None)]
    return [("PJ-7", number, *row, *paid[number - 1]) for number, row in enumerate(AGREED, 1)]


def test_a_new_loan_is_paid_by_its_own_schedule(cooperative: Book) -> None:
    member(cooperative)
    lend(cooperative, term=4, schedule=by_hand())
    assert [(row.due, row.principal, row.interest) for row in rows_of(cooperative)] == list(AGREED)
    assert parts(pay(cooperative, 744_000, date(2026, 3, 15))) == (600_000, 144_000, 0, 0)
    with cooperative.snapshot() as snapshot:
        assert queries.arrears_list(snapshot, date(2026, 5, 2))[0][4:6] == (3_400_000, 250_000)
    sound(cooperative)


@pytest.mark.parametrize(
    ("excess", "left"),
    [
        # 1,000,000 beyond the first instalment: the last falls to 3,500,000, or each by a ninth.
        (Excess.TERM, [3_400_000, 1_100_000, 3_500_000]),
        (Excess.INSTALMENT, [3_022_222, 977_777, 4_000_001]),
    ],
)
def test_principal_paid_beyond_lowers_what_was_agreed(
    cooperative: Book, excess: Excess, left: list[int]
) -> None:
    member(cooperative)
    lend(cooperative, term=4, schedule=by_hand())
    pay(cooperative, 1_744_000, date(2026, 3, 15), excess=excess)
    assert [row.principal for row in rows_of(cooperative)[1:]] == left
    assert [row.interest for row in rows_of(cooperative)[1:]] == [250_000, 96_000, 60_500]
    sound(cooperative)


def test_a_running_one_is_behind_by_its_schedule(cooperative: Book) -> None:
    member(cooperative)
    value = run_over(
        cooperative,
        term=4,
        outstanding=7_700_000,
        schedule=by_hand(((600_000, 144_000), (1_300_000, 250_000))),
    ).value
    assert (value["arrears_principal"], value["arrears_interest"]) == (2_100_000, 0)
    assert [row.principal for row in rows_of(cooperative)] == [600_000, 2_100_000, 1_100_000, 4_500_000]
    assert loan_of(cooperative).by_hand
    sound(cooperative)


def test_what_does_not_fit_is_refused(cooperative: Book) -> None:
    member(cooperative)
    for field, changes in (
        ("term", {"term": 5}),
        ("principal", {"principal": 9_700_000}),
        ("outstanding", {"outstanding": 7_600_000}),
        ("arrears_principal", {"arrears_principal": 5}),
        ("arrears_since", {"arrears_since": date(2026, 3, 15)}),
        ("paid_through", {"paid_through": 2}),
    ):
        fields = {
            "term": 4,
            "outstanding": 7_700_000,
            "schedule": by_hand(((600_000, 144_000), (1_300_000, 250_000))),
        }
        with pytest.raises(UserError) as caught:
            run_over(cooperative, **{**fields, **changes})
        assert caught.value.field == field
    with pytest.raises(UserError):
        DisburseLoan(
            member="7",
            on=date(2026, 1, 1),
            principal=9_600_000,
            term=4,
            rate=None,
            schedule=by_hand(((1, 0),)),
        )


def test_the_sheet_comes_with_its_loan(cooperative: Book, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", **sheets(written()))
    imported(cooperative, path)
    assert [row.principal for row in rows_of(cooperative)] == [600_000, 2_100_000, 1_100_000, 4_500_000]
    imported(cooperative, path)  # known again: nothing is added
    with cooperative.snapshot() as snapshot:
        assert len(queries.loan_list(snapshot, date(2026, 6, 30))) == 1
    sound(cooperative)


def test_the_sheet_names_row_and_rule(cooperative: Book, tmp_path: Path) -> None:
    rows = written()
    rows[2] = ("PJ-7", 3, date(2026, 5, 2), 1_100_000, 96_000, None, None)
    faults = told(refused(cooperative, workbook(tmp_path / "b.xlsx", **sheets(rows))))
    (fault,) = faults
    assert "C4" in fault
    assert "Instalment 3 is due on" in fault
    faults = told(refused(cooperative, workbook(tmp_path / "c.xlsx", **sheets(written(), 7_000_000))))
    (fault,) = faults
    assert "By its schedule Rp7.700.000 of principal is left" in fault.replace(",", ".")
    other = [("PJ-8", *row[1:]) for row in written()]
    faults = told(refused(cooperative, workbook(tmp_path / "d.xlsx", **sheets([*written(), *other]))))
    assert any("not on the sheet Pinjaman" in fault for fault in faults)
