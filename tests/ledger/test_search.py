"""Search as you type: what it finds, how it follows the book, and that it is never believed when it is wrong."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.base.clock import FixedClock
from app.base.errors import Cancelled
from app.base.progress import Watched
from app.ledger.book import Book
from app.ledger.cash.commands import RecordMoneyIn, RecordMoneyOut
from app.ledger.entries.commands import CorrectEntry, RecordTogether, ReverseEntry
from app.ledger.entries.records import Choice, find_records, newest_records
from app.ledger.entries.search import RecordSearch
from app.ledger.parties.commands import AddCustomer, ChangeCustomer
from app.ledger.products.commands import AddProduct
from app.ledger.sales.commands import RecordSale, SaleLine, SaleMethod
from app.ledger.savings.commands import RecordSavings, SavingsLine
from app.ledger.storage import search as storage_search
from app.ledger.storage.backup import copy_book
from tests.ledger.conftest import NOW
from tests.ledger.saving_books import add


def money_out(day: int, amount: int, memo: str, month: int = 11) -> RecordMoneyOut:
    return RecordMoneyOut(on=date(2026, month, day), amount=amount, category="Listrik & air", memo=memo)


@pytest.fixture
def filled(business: Book) -> Book:
    run = business.execute
    run(money_out(3, 65_000, "Token listrik warung"))
    run(money_out(24, 1_250_000, "Sewa kios Pasar Baru", month=10))
    run(RecordMoneyIn(on=date(2026, 11, 5), amount=25_000, category="Modal masuk", memo="Tambahan modal"))
    run(AddCustomer(name="Bu Ngatinah"))
    run(AddProduct(name="Kopi", code="K1"))
    line = SaleLine(product="Kopi", quantity=Decimal(2), price=12_500)
    run(RecordSale(on=date(2026, 11, 6), lines=(line,), customer="Bu Ngatinah", method=SaleMethod.CREDIT))
    run(money_out(7, 25_500, "Pulsa listrik rumah"))
    return business


class Finder:
    """The search of a book, and what it finds, as memos or numbers."""

    def __init__(self, book: Book, folder: Path) -> None:
        self.book = book
        self.search = RecordSearch(book.path, book.info.uid, folder)

    def __call__(self, text: str, choice: Choice | None = None, limit: int = 50) -> list[str]:
        with self.book.snapshot() as snapshot:
            found = self.search.find(snapshot, text, limit, choice or Choice())
        return [row.memo for row in found]


@pytest.fixture
def find(filled: Book, tmp_path: Path) -> Iterator[Finder]:
    finder = Finder(filled, tmp_path / "cache")
    finder.search.catch_up()
    yield finder
    finder.search.close()


def test_every_word_begins_a_word_newest_first(find: Finder) -> None:
    assert find("list") == ["Pulsa listrik rumah", "Token listrik warung"]
    assert find("warung LIST") == ["Token listrik warung"]
    assert find("istrik") == []
    assert find("listrik pasar") == []
    assert find("") == find("  -  ") == []


def test_a_long_word_is_compared_whole(find: Finder) -> None:
    find.book.execute(money_out(8, 1_000, "Tambahkan garam"))
    assert find("tambahan") == ["Tambahan modal"]
    assert find("tambah") == ["Tambahkan garam", "Tambahan modal"]


def test_number_amount_party_and_day_are_found(find: Finder) -> None:
    with find.book.snapshot() as snapshot:
        row = next(row for row in newest_records(snapshot, 10) if row.memo == "Token listrik warung")
    assert find(row.number) == ["Token listrik warung"]
    for text in (
        "1.250.000",
        "1250000",
        "1,25jt",
        "24/10",
        "24/10/2026",
        "24 okt",
        "okt 2026",
        "24 oktober 2026",
    ):
        assert find(text) == ["Sewa kios Pasar Baru"], text
    assert find("ngatinah") == find("bu ngat") != []
    assert len(find("25.000")) == 2
    assert find("25rb modal") == ["Tambahan modal"]
    assert len(find("nov 2026")) == 4


def test_quotes_and_signs_are_only_text(find: Finder) -> None:
    for text in (
        '"',
        "list*",
        "(list",
        "list)",
        "NOT",
        "OR",
        "AND list",
        "a:b",
        "^list",
        "'; --",
        "l\x00ist",
    ):
        find(text)
    assert find('"listrik"') == ["Pulsa listrik rumah", "Token listrik warung"]


def test_a_choice_narrows_it(find: Finder) -> None:
    assert find("listrik", Choice(first=date(2026, 11, 1), last=date(2026, 11, 3))) == [
        "Token listrik warung"
    ]
    assert find("listrik", Choice(kinds=("sales",))) == []
    assert len(find("nov 2026", Choice(kinds=("cash", "sales")))) == 4
    with find.book.snapshot() as snapshot:
        newest = newest_records(snapshot, 1)[0]
    find.book.execute(ReverseEntry(entry=newest.entry))
    assert len(find("pulsa")) == 2
    assert find("pulsa", Choice(standing=True)) == []


def test_it_goes_on_below_what_was_shown(find: Finder) -> None:
    with find.book.snapshot() as snapshot:
        first = find.search.find(snapshot, "nov 2026", 2)
        second = find.search.find(snapshot, "nov 2026", 2, before=first[-1].entry)
        assert [*first, *second] == find.search.find(snapshot, "nov 2026", 10)


def test_what_is_saved_is_found_at_once_and_in_no_time(find: Finder) -> None:
    find.book.execute(money_out(9, 5_000, "Sabun"))
    assert find("sabun") == ["Sabun"]
    with find.book.snapshot() as snapshot:
        assert find.search.behind(snapshot) == 0


def test_a_new_name_finds_the_old_records(find: Finder) -> None:
    old = find("ngatinah")
    find.book.execute(ChangeCustomer(customer="Bu Ngatinah", name="Bu Sulastri"))
    assert find("sulastri") == old
    assert find("ngatinah") == []
    find.book.undo()
    assert find("ngatinah") == old


def test_until_it_is_ready_the_book_is_read(
    filled: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ledger.entries.search._AT_ONCE", 2)
    find = Finder(filled, tmp_path / "cache")
    with filled.snapshot() as snapshot:
        assert find.search.behind(snapshot) == 5
    assert find("listrik") == ["Pulsa listrik rumah", "Token listrik warung"]
    with filled.snapshot() as snapshot:
        assert find.search.behind(snapshot) == 5
    find.search.close()


def test_it_can_be_stopped_and_goes_on_where_it_was(
    filled: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage_search, "CHUNK", 2)
    find = Finder(filled, tmp_path / "cache")
    steps: list[tuple[int, int]] = []

    def show(done: int, total: int, _label: str) -> None:
        steps.append((done, total))
        if done == 2:
            watched.cancel()

    watched = Watched(show)
    with pytest.raises(Cancelled):
        find.search.catch_up(watched)
    with filled.snapshot() as snapshot:
        assert find.search.behind(snapshot) == 1
    find.search.catch_up()
    assert find("listrik") == ["Pulsa listrik rumah", "Token listrik warung"]
    assert steps == [(0, 5), (2, 5)]
    find.search.close()


def test_it_is_found_again_when_the_book_is_opened_again(filled: Book, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    find = Finder(filled, folder)
    find.search.catch_up()
    find.search.close()
    again = Finder(filled, folder)
    with filled.snapshot() as snapshot:
        assert again.search.behind(snapshot) == 0
    assert again("token") == ["Token listrik warung"]
    again.search.close()


def test_a_restored_book_is_not_searched_by_the_words_of_the_later_one(filled: Book, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    earlier = tmp_path / "earlier.lumbung"
    copy_book(filled.path, earlier)
    filled.execute(money_out(9, 5_000, "Sabun"))
    find = Finder(filled, folder)
    find.search.catch_up()
    assert find("sabun") == ["Sabun"]
    find.search.close()
    # The restored book goes on differently: as many records, other words.
    with Book.open(earlier, clock=FixedClock(NOW), actor="Ngatiyem") as restored:
        restored.execute(money_out(9, 5_000, "Garam"))
        find = Finder(restored, folder)
        assert find("sabun") == []
        assert find("garam") == ["Garam"]
        find.search.close()


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 500])
def test_a_damaged_file_is_made_anew(filled: Book, tmp_path: Path, damage: bytes) -> None:
    folder = tmp_path / "cache"
    find = Finder(filled, folder)
    find.search.catch_up()
    find.search.close()
    (path,) = folder.glob("*.db")
    path.write_bytes(damage)
    again = Finder(filled, folder)
    again.search.catch_up()
    assert again("token") == ["Token listrik warung"]
    again.search.close()


def test_pages_damaged_in_use_are_noticed(filled: Book, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    find = Finder(filled, folder)
    find.search.catch_up()
    find.search.close()
    (path,) = folder.glob("*.db")
    whole = bytearray(path.read_bytes())
    whole[4096:] = bytes(len(whole) - 4096)
    path.write_bytes(whole)
    again = Finder(filled, folder)
    assert again("token") == ["Token listrik warung"]
    again.search.close()


def test_a_folder_that_takes_no_file_only_makes_it_slower(filled: Book, tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("in the way", encoding="utf-8")
    find = Finder(filled, blocked)
    find.search.catch_up()
    assert find("token") == ["Token listrik warung"]
    find.search.close()


def test_it_counts_the_days(find: Finder) -> None:
    with find.book.snapshot() as snapshot:
        counts = find.search.day_counts(snapshot)
        assert counts == [
            ("2026-11-07", 1),
            ("2026-11-06", 1),
            ("2026-11-05", 1),
            ("2026-11-03", 1),
            ("2026-10-24", 1),
        ]
        some = find.search.day_counts(snapshot, Choice(kinds=("cash",), first=date(2026, 11, 1)))
        assert some == [("2026-11-07", 1), ("2026-11-05", 1), ("2026-11-03", 1)]


def test_what_was_put_right_is_one_record_among_those_that_stand(filled: Book) -> None:
    with filled.snapshot() as snapshot:
        old = find_records(snapshot, "Pulsa")[0]
    filled.execute(CorrectEntry(entry=old.entry, replacement=money_out(7, 26_000, "Pulsa listrik rumah")))
    with filled.snapshot() as snapshot:
        new, reversal, was = find_records(snapshot, "Pulsa")
        standing = find_records(snapshot, "Pulsa", choice=Choice(standing=True))
    assert [row.state for row in (new, reversal, was)] == ["correction", "reversal", "reversed"]
    assert (new.replaces, was.replaced_by, was.reversed_by) == (old.entry, new.entry, reversal.entry)
    assert standing == [new]
    # Taken back as a whole, the old one stands again.
    filled.undo()
    with filled.snapshot() as snapshot:
        standing = find_records(snapshot, "Pulsa", choice=Choice(standing=True))
    assert [(row.entry, row.state) for row in standing] == [(old.entry, "ordinary")]


def test_several_at_once_are_followed(find: Finder) -> None:
    commands = (money_out(10, 1_000, "Satu benang"), money_out(10, 2_000, "Dua benang"))
    find.book.execute(RecordTogether(commands=commands))
    assert find("benang") == ["Dua benang", "Satu benang"]


def test_a_slip_for_several_members_is_found_by_each_name(cooperative: Book, tmp_path: Path) -> None:
    for number, name in (("0007", "Sutrisnowati"), ("0008", "Wayan Sudarsana")):
        add(cooperative, number, name)
    lines = tuple(
        SavingsLine(member=number, product="mandatory", deposit=20_000) for number in ("0007", "0008")
    )
    cooperative.execute(RecordSavings(on=date(2026, 11, 7), lines=lines))
    find = Finder(cooperative, tmp_path / "cache")
    find.search.catch_up()
    assert len(find("sutrisno")) == len(find("sudarsana 40.000")) == len(find("wayan sutrisnow")) == 1
    assert find("sutrisnowo") == []
    find.search.close()


def test_many_that_only_begin_alike_do_not_stop_it(find: Finder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.ledger.entries.search._COMPARED_AT_MOST", 3)
    commands = tuple(money_out(10, 1_000 + number, f"Tambahkan {number}") for number in range(20))
    find.book.execute(RecordTogether(commands=commands))
    assert find("tambahan", limit=2) == ["Tambahan modal"]
