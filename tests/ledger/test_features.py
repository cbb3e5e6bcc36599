"""What a book is used for."""

from datetime import date
from pathlib import Path

import pytest

from app.base.errors import UserError
from app.ledger.book import Book
from app.ledger.debts.commands import SetOpeningBill
from app.ledger.features import missing_features, used_features
from app.ledger.parties.commands import AddCustomer
from app.ledger.profile.commands import SetFeatures, SetProfile
from app.ledger.profile.queries import read_features
from tests.ledger.business_days import rice
from tests.ledger.import_books import csv_file, imported
from tests.ledger.saving_books import add, deposit


def features(book: Book) -> tuple[str, ...]:
    with book.snapshot() as snapshot:
        return read_features(snapshot)


def test_a_book_without_a_type_has_everything_but_the_accountants_view(business: Book) -> None:
    assert features(business) == ("sell", "buy", "cash", "stock", "debts")


def test_the_type_says_what_is_on_at_first(business: Book, cooperative: Book) -> None:
    business.execute(SetProfile(business_type="service"))
    assert features(business) == ("sell", "cash", "debts")
    cooperative.execute(SetProfile(business_type="shop"))
    assert features(cooperative) == ("members", "savings", "cash")


def test_what_was_switched_stands_over_the_type_and_is_taken_back(business: Book) -> None:
    business.execute(SetProfile(business_type="service"))
    business.execute(SetFeatures(features=("accountant", "sell")))
    assert features(business) == ("sell", "accountant")
    business.undo()
    assert features(business) == ("sell", "cash", "debts")


def test_unknown_words_are_refused(business: Book, cooperative: Book) -> None:
    with pytest.raises(UserError) as refused:
        business.execute(SetFeatures(features=("loans",)))
    assert refused.value.field == "features"
    with pytest.raises(UserError) as refused:
        cooperative.execute(SetProfile(business_type="trade"))
    assert refused.value.field == "business_type"
    assert features(business) == ("sell", "buy", "cash", "stock", "debts")


def test_what_is_used_and_switched_off_is_told(business: Book) -> None:
    business.execute(SetFeatures(features=("sell", "cash")))
    with business.snapshot() as snapshot:
        assert used_features(snapshot) == missing_features(snapshot) == ()
    rice(business)
    business.execute(AddCustomer(name="Bu Ani"))
    business.execute(SetOpeningBill(on=date(2026, 9, 30), amount=320_000, customer="Bu Ani"))
    with business.snapshot() as snapshot:
        assert used_features(snapshot) == ("stock", "debts")
        assert missing_features(snapshot) == ("stock", "debts")
    business.execute(SetFeatures(features=("sell", "cash", "stock", "debts")))
    with business.snapshot() as snapshot:
        assert missing_features(snapshot) == ()


def test_what_a_file_brings_in_is_not_out_of_sight(business: Book, tmp_path: Path) -> None:
    business.execute(SetProfile(business_type="service"))
    rows = ("Tanggal;No Nota;Nama Barang;Jumlah;Harga;Pemasok", "05/11/2026;F-1;Beras;3;60000;")
    imported(business, csv_file(tmp_path / "beli.csv", rows), "Pembelian")
    assert features(business) == ("sell", "buy", "cash", "stock", "debts")
    # The file is the last thing that was done, and its taking back leaves the page.
    business.undo()
    assert features(business) == ("sell", "buy", "cash", "stock", "debts")
    with business.snapshot() as snapshot:
        assert snapshot.sql("SELECT count(*) FROM entry WHERE reverses IS NOT NULL")[0][0] == 1


def test_a_cooperative_uses_what_its_members_do(cooperative: Book) -> None:
    add(cooperative, "0007", "Sutrisno")
    deposit(cooperative, "voluntary", 100_000, date(2026, 10, 5), member="0007")
    with cooperative.snapshot() as snapshot:
        assert used_features(snapshot) == ("members", "savings", "cash")
