"""What a book is used for."""

import pytest

from app.base.errors import UserError
from app.ledger.book import Book
from app.ledger.profile.commands import SetFeatures, SetProfile
from app.ledger.profile.queries import read_features


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
