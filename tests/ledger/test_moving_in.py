"""The move of a whole cooperative at the end of June: the old balance sheet comes over to the rupiah, and July goes on
from there.
"""

from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest

from app.base.dates import Month
from app.base.i18n import Translator
from app.ledger import checks
from app.ledger.book import Book
from app.ledger.deposits.state import read_deposits
from app.ledger.entries import queries as entries
from app.ledger.imports.compare import Comparison, compare_list, read_list, subjects
from app.ledger.loans.commands import ReceiveInstalment, ReceiveRecovery
from app.ledger.loans.queries import arrears_list, loan_list
from app.ledger.loans.reading import find_loan
from app.ledger.opening import opening_rows
from app.ledger.savings.commands import DepositSavings, RunSavingsInterest
from app.ledger.savings.queries import balances
from app.reports.catalog import reports
from app.reports.frame import Parameters, Request
from tests.ledger.conftest import NOW
from tests.ledger.import_books import imported, refused, told
from tests.ledger.lending import refusal
from tests.ledger.moving_in import (
    CERTIFICATES,
    CUT,
    LATE,
    LOANS,
    MEMBERS,
    PAYER,
    WRITTEN_OFF,
    OldBooks,
    listed,
    number_of,
    old_books,
)

JULY = Month(2026, 7)


@pytest.fixture(scope="module")
def old() -> OldBooks:
    return old_books()


@pytest.fixture
def moved(cooperative: Book, old: OldBooks, tmp_path: Path) -> Book:
    result = imported(cooperative, old.write(tmp_path / "pindahan.xlsx"))
    assert result.sheets["Anggota"] == MEMBERS
    assert result.sheets["Pinjaman"] == LOANS
    assert result.sheets["Simpanan Berjangka"] == CERTIFICATES
    return cooperative


def trial_balance(book: Book, on: date) -> dict[str, int]:
    with book.snapshot() as snapshot:
        return {item.account.code: item.amount for item in entries.trial_balance(snapshot, on)}


def test_the_old_balance_sheet_comes_over_to_the_rupiah(moved: Book, old: OldBooks) -> None:
    assert trial_balance(moved, CUT) == old.balances
    with moved.snapshot() as snapshot:
        assert checks.run(snapshot) == []
        rows = opening_rows(snapshot)
        assert [row.code for row in rows if row.difference] == []
        assert (rows[-1].code, rows[-1].ledger) == ("3-9999", 0)
        held = {item.number: item.amounts for item in balances(snapshot, CUT)}
        for product, amounts in old.savings.items():
            assert {who: has[product] for who, has in held.items() if has.get(product)} == amounts
        assert {item.number: item.principal for item in read_deposits(snapshot)} == {
            f"B-{place:03}": old.savings["term"][number_of(place * 11)]
            for place in range(1, CERTIFICATES + 1)
        }
        lent = {item.loan: item.outstanding for item in loan_list(snapshot, CUT) if item.outstanding}
        assert lent == old.loans
        late = {item.loan: (item.principal, item.interest) for item in arrears_list(snapshot, CUT)}
        assert late == old.late
        assert len(late) == LATE
        # Opening entries are no turnover and move no cash.
        assert snapshot.sql("SELECT DISTINCT kind FROM entry WHERE date <= ?", (CUT.isoformat(),)) == [
            ("opening",)
        ]


def test_every_list_of_the_old_books_compares_without_a_difference(
    moved: Book, old: OldBooks, tmp_path: Path
) -> None:
    def compared(key: str, path: Path) -> Comparison:
        with moved.snapshot() as snapshot:
            subject = next(item for item in subjects(snapshot) if item.key == key)
            found = read_list(path, subject)
            assert found.faults == ()
            return compare_list(snapshot, subject, found.rows, CUT)

    lists = {f"savings:{product}": ("No Anggota", amounts) for product, amounts in old.savings.items()}
    lists["loans"] = ("No Pinjaman", old.loans)
    lists["accounts"] = ("Kode Akun", {code: abs(amount) for code, amount in old.balances.items()})
    signed = {"1-1209", "1-2205"}
    for key, (heading, amounts) in lists.items():
        rows = [(code, -amount if code in signed else amount) for code, amount in amounts.items()]
        path = listed(tmp_path / f"{heading}.xlsx", heading, rows)
        result = compared(key, path)
        assert result.difference == 0, key
        assert {state: count for state, count in result.counts.items() if count} == {"equal": len(amounts)}, (
            key
        )
    # One slip of a pen is found, and where it stands.
    slip = {**old.loans, "PJ-0077": old.loans["PJ-0077"] + 9_000}
    first = compared("loans", listed(tmp_path / "slip.xlsx", "No Pinjaman", slip.items())).rows[0]
    assert (first.state, first.code, first.difference, first.row) == ("different", "PJ-0077", -9_000, 73)


def test_july_of_one_who_pays_late(moved: Book) -> None:
    """PJ-0001 of member 0043, product USAHA: 12.000.000 flat 1 % a month on 15 January over 12 months, so 1.000.000 and
    120.000 on each 15th from February. By the end of June five are due and two are paid: 10.000.000 are left, behind
    are April, May, June: 3.000.000 and 360.000, and 85.000 of penalty. Late instalments cost 1.000 a day each.

    20 July, 2.500.000 come in. April 120.000 + 1.000.000, May the same, are 2.240.000; of the 260.000 left June takes
    120.000 of interest and 140.000 of principal. In all 360.000 interest, 2.140.000 principal; 7.860.000 are left.
    31 July: June's 860.000 and July's 1.000.000 + 120.000 are behind. Penalty of July: three instalments from 1 to
    20 July 60.000, July's from 16 to 20 July 5.000, June's and July's from 21 to 31 July 22.000: with 85.000 it is
    172.000.
    Sukarela: 1.234.567, on 5 July 150.000; the lowest balance earns 1.234.567 x 4 % x 31 / 365 = 4.194,15: 4.194.
    Wajib: 1.025.000 and the 25.000 of July.
    """
    who = number_of(PAYER)
    paid = moved.execute(ReceiveInstalment(loan="PJ-0001", amount=2_500_000, on=date(2026, 7, 20)))
    assert (paid.value["principal"], paid.value["interest"], paid.value["penalty"]) == (2_140_000, 360_000, 0)
    moved.execute(DepositSavings(member=who, product="Sukarela", amount=150_000, on=date(2026, 7, 5)))
    moved.execute(DepositSavings(member=who, product="Wajib", amount=25_000, on=date(2026, 7, 10)))
    moved.execute(RunSavingsInterest(month=JULY))
    with moved.snapshot() as snapshot:
        request = Request(
            snapshot, Parameters(period=JULY.period, member=who), Translator("id"), "Ngatiyem", NOW
        )
        document = reports()["member-statement"].build(request)
    totals = document.totals
    assert totals["loan:PJ-0001"] == {"opening": 10_000_000, "closing": 7_860_000}
    assert totals["voluntary"] == {"opening": 1_234_567, "closing": 1_234_567 + 150_000 + 4_194}
    assert totals["mandatory"] == {"opening": 1_025_000, "closing": 1_050_000}
    assert totals["share"] == {"opening": 100_000, "closing": 100_000}
    assert totals["arrears"] == 860_000 + 1_000_000 + 120_000 + 172_000
    assert totals["tax"] == 0
    with moved.snapshot() as snapshot:
        assert checks.broken_only(checks.run(snapshot)) == []


def test_a_loan_that_the_old_books_wrote_off_is_a_memo(moved: Book, old: OldBooks) -> None:
    assert len(old.lost) == WRITTEN_OFF
    with moved.snapshot() as snapshot:
        for number, amount in old.lost.items():
            standing = find_loan(snapshot, number, CUT).standing
            assert (standing.outstanding, standing.written_off, standing.penalty_due) == (0, amount, 0)
            assert standing.arrears(date(2026, 12, 31)).since is None
        classes = {item.loan: item.class_ for item in loan_list(snapshot, CUT)}
    number, amount = next(iter(old.lost.items()))
    assert classes.get(number, "loss") == "loss"
    # PJ-0031: 3.000 x 31 of interest and 17.000 of penalty can be claimed besides the principal.
    claim = amount + 93_000 + 17_000
    before = trial_balance(moved, JULY.last_day)
    came = moved.execute(ReceiveRecovery(loan=number, amount=50_000, on=date(2026, 7, 8)))
    assert came.value["claim"] == claim - 50_000
    july = trial_balance(moved, JULY.last_day)
    assert july["7-1002"] == -50_000
    assert july["1-1201"] == before["1-1201"]
    over = ReceiveRecovery(loan=number, amount=claim - 49_999, on=date(2026, 7, 9))
    assert refusal(moved, lambda: over).field == "amount"
    moved.undo()
    moved.undo()  # the whole import
    with moved.snapshot() as snapshot:
        assert checks.broken_only(checks.run(snapshot)) == []
        assert loan_list(snapshot, CUT) == []
    assert trial_balance(moved, date(2026, 12, 31)) == {}


def test_differences_are_told_where_they_are(cooperative: Book, old: OldBooks, tmp_path: Path) -> None:
    wrong = deepcopy(old.sheets)
    savings, lent = wrong["Saldo Simpanan"], wrong["Pinjaman"]
    place = next(row for row, cells in enumerate(savings) if cells[1] == "0010" and cells[2] == "Sukarela")
    savings[place][3] += 10_000
    lent[90][lent[0].index("Sisa Pokok")] -= 7_000
    error = refused(cooperative, OldBooks(wrong, {}).write(tmp_path / "salah.xlsx"))
    codes = [cells[1] for cells in wrong["Saldo Awal"]]
    lines = dict(line.split(": ", 1) for line in told(error))
    members = f"Saldo Awal!D{codes.index('2-1101') + 1}"
    loans = f"Saldo Awal!C{codes.index('1-1201') + 1}"
    assert set(lines) == {members, loans}
    has, lends = -old.balances["2-1101"], old.balances["1-1201"]
    assert f"says Rp{has:,}".replace(",", ".") in lines[members].replace(",", ".")
    assert f"Rp{has + 10_000:,}".replace(",", ".") in lines[members].replace(",", ".")
    assert f"Rp{lends - 7_000:,}".replace(",", ".") in lines[loans].replace(",", ".")
    # A row that can't be is told by its own cell.
    worse = deepcopy(old.sheets)
    worse["Pinjaman"][12][worse["Pinjaman"][0].index("Sisa Pokok")] = 999_000_000
    worse["Simpanan Berjangka"][7][1] = "0777"
    places = [
        line.split(":")[0]
        for line in told(refused(cooperative, OldBooks(worse, {}).write(tmp_path / "b.xlsx")))
    ]
    assert {"Simpanan Berjangka!B8", "Pinjaman!I13"} <= set(places)


def test_the_same_workbook_again_adds_nothing(moved: Book, old: OldBooks, tmp_path: Path) -> None:
    assert imported(moved, old.write(tmp_path / "lagi.xlsx")).sheets == {}
    assert trial_balance(moved, CUT) == old.balances
