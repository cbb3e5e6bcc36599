"""The sheet Simpanan Berjangka: running certificates taken over, new ones opened."""

from datetime import date
from pathlib import Path
from typing import Any

from app.ledger.book import Book
from app.ledger.deposits.terms import InterestPaid, RollOver
from tests.ledger.depositing import state
from tests.ledger.import_books import balance, imported, refused, told, workbook
from tests.ledger.saving_books import add

HEAD: list[Any] = [
    *("No Bilyet", "No Anggota", "Kode Produk", "Tanggal Mulai", "Jangka (Bulan)", "Jatuh Tempo", "Nominal"),
    *("Jasa % per Tahun", "Bayar Jasa", "Jasa Ke", "Perpanjangan", "Jasa Dibayar s.d.", "Saldo Per Tanggal"),
    "Kas/Bank",
]
CUT = date(2026, 6, 30)


def row(number: str | None = "000171", **changes: Any) -> list[Any]:
    values: dict[str, Any] = {
        "number": number,
        "member": "1",
        "product": None,
        "start": date(2026, 3, 15),
        "term": 6,
        "maturity": None,
        "amount": 25_000_000,
        "rate": 7.5,
        "paid": "Bulanan",
        "into": "Sukarela",
        "roll": None,
        "through": None,
        "as_of": CUT,
        "account": None,
    }
    values.update(changes)
    return list(values.values())


def test_certificates_come_with_the_books(cooperative: Book, tmp_path: Path) -> None:
    add(cooperative)
    path = workbook(
        tmp_path / "a.xlsx",
        Simpanan_Berjangka=[
            HEAD,
            row(through=date(2026, 5, 15)),
            row(
                "000172",
                term=None,
                maturity=date(2026, 9, 15),
                paid="Jatuh tempo",
                into="Tunai",
                roll="Pokok dan jasa",
                amount="12.500.000",
            ),
            row(None, start=date(2026, 7, 3), as_of=None, into=None, account="1-1111", amount=3_000_000),
        ],
    )
    result = imported(cooperative, path)
    assert result.sheets == {"Simpanan Berjangka": 3}
    assert balance(cooperative, "3-9999") == 37_500_000
    assert balance(cooperative, "1-1111") == 3_000_000
    assert balance(cooperative, "2-1111") == -40_500_000
    first, second = state(cooperative, "000171"), state(cooperative, "000172")
    assert (first.paid, first.maturity, first.interest) == (
        date(2026, 5, 15),
        date(2026, 9, 15),
        InterestPaid.MONTHLY,
    )
    assert (second.months, second.roll_over, second.into) == (6, RollOver.ALL, None)
    assert state(cooperative, "SB-2026-0001").paid == date(2026, 7, 3)
    # The same file again adds nothing.
    assert imported(cooperative, path).sheets == {}
    assert balance(cooperative, "2-1111") == -40_500_000


def test_faults_name_their_cells(cooperative: Book, tmp_path: Path) -> None:
    add(cooperative)
    path = workbook(
        tmp_path / "a.xlsx",
        Simpanan_Berjangka=[
            HEAD,
            row(maturity=date(2026, 9, 16)),
            row("2", term=None),
            row("3", member="77"),
            row("4", start=date(2026, 7, 2), as_of=None, through=date(2026, 7, 2)),
            row("5", roll="pokok dan jasa"),
            row("6", amount=0),
        ],
    )
    error = refused(cooperative, path)
    assert [fault.split(":")[0] for fault in told(error)] == [
        "Simpanan Berjangka!F2",
        "Simpanan Berjangka!E3",
        "Simpanan Berjangka!B4",
        "Simpanan Berjangka!K6",
        "Simpanan Berjangka!G7",
        "Simpanan Berjangka!L5",
    ]
