"""The one writer: all or nothing, one audit row, one message, undo that stays in the trail."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.base.clock import FixedClock
from app.base.dates import Month
from app.base.errors import BookUnavailable, Refused, UserError
from app.ledger import checks
from app.ledger.accounts.commands import AddAccount, RenameAccount, SetAccountActive
from app.ledger.book import Book
from app.ledger.changes import Changes, Kind
from app.ledger.entries import queries
from app.ledger.entries.commands import (
    CorrectEntry,
    EntryLine,
    PostEntry,
    PostOpening,
    ReverseEntry,
)
from app.ledger.periods.commands import LockMonth, UnlockMonth
from app.ledger.profile.commands import OfficerLine, SetLogo, SetOfficers, SetProfile
from app.ledger.profile.queries import read_logo, read_officers, read_profile
from app.ledger.snapshot import open_snapshot
from tests.ledger.conftest import NOW

ON = date(2026, 11, 10)


def entry(debit: str, credit: str, amount: int, on: date = ON) -> PostEntry:
    return PostEntry(
        on=on,
        memo="uji",
        lines=(EntryLine(account=debit, debit=amount), EntryLine(account=credit, credit=amount)),
    )


def balances(book: Book) -> dict[str, int]:
    with book.snapshot() as snapshot:
        return {item.account.code: item.amount for item in queries.trial_balance(snapshot)}


def audit_rows(book: Book) -> int:
    with book.snapshot() as snapshot:
        return int(snapshot.sql("SELECT count(*) FROM audit")[0][0])


def test_a_command_moves_balances_and_leaves_one_audit_row(business: Book) -> None:
    outcome = business.execute(entry("1-1101", "3-1001", 5_000_000))
    assert outcome.number == "JU-2611-0001"
    assert balances(business) == {"1-1101": 5_000_000, "3-1001": -5_000_000}
    assert audit_rows(business) == 1


def test_a_refusal_changes_nothing_and_numbers_have_no_hole(business: Book) -> None:
    business.execute(entry("1-1101", "3-1001", 5_000_000))
    for bad in (
        entry("1-1201", "3-1001", 400),  # a control account
        entry("1-1000", "3-1001", 400),  # a heading
        entry("1-9999", "3-1001", 400),  # unknown
        entry("1-1101", "3-1001", 400, date(1890, 1, 1)),
        PostEntry(
            on=ON,
            memo="timpang",
            lines=(EntryLine(account="1-1101", debit=7), EntryLine(account="3-1001", credit=6)),
        ),
    ):
        with pytest.raises((Refused, UserError)):
            business.execute(bad)
    assert audit_rows(business) == 1
    assert business.execute(entry("6-1002", "1-1101", 750_000)).number == "JU-2611-0002"


def test_subscribers_hear_once_after_the_commit(business: Book) -> None:
    heard: list[Changes] = []
    stop = business.subscribe(heard.append)
    business.execute(entry("1-1101", "3-1001", 5_000_000))
    with pytest.raises(Refused):
        business.execute(entry("1-1201", "3-1001", 1))
    stop()
    business.execute(entry("6-1002", "1-1101", 3))
    assert [set(item.kinds) for item in heard] == [{Kind.ENTRY}]
    assert heard[0].ids == {(Kind.ENTRY, 1)}


def test_undo_goes_back_step_by_step_and_stays_in_the_trail(business: Book) -> None:
    business.execute(entry("1-1101", "3-1001", 5_000_000))
    business.execute(entry("6-1002", "1-1101", 750_000))
    business.execute(RenameAccount(code="1-1102", name="Laci"))
    business.undo()
    with business.snapshot() as snapshot:
        assert snapshot.sql("SELECT name FROM account WHERE code = '1-1102'")[0][0] == "Kas Kecil"
    business.undo()
    assert balances(business) == {"1-1101": 5_000_000, "3-1001": -5_000_000}
    business.undo()
    assert balances(business) == {}
    with pytest.raises(Refused, match="nothing to take back"):
        business.undo()
    assert audit_rows(business) == 6


def test_undo_survives_reopening(book_templates: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "lagi.lumbung"
    path.write_bytes(book_templates["business"].read_bytes())
    with Book.open(path, clock=FixedClock(NOW), actor="Ngatiyem") as book:
        book.execute(entry("1-1101", "3-1001", 5_000_000))
    with Book.open(path, clock=FixedClock(NOW), actor="Sari") as again:
        again.undo()
        assert balances(again) == {}
        assert audit_rows(again) == 2


def test_a_reversal_can_be_reversed_but_an_entry_only_once(business: Book) -> None:
    first = business.execute(entry("1-1101", "3-1001", 5_000_000))
    back = business.execute(ReverseEntry(number=first.number))
    with pytest.raises(Refused, match="already taken back"):
        business.execute(ReverseEntry(entry=first.value["entry"]))
    business.execute(ReverseEntry(number=back.number))
    assert balances(business) == {"1-1101": 5_000_000, "3-1001": -5_000_000}


def test_a_correction_is_a_reversal_and_a_new_entry_under_one_command(business: Book) -> None:
    wrong = business.execute(entry("6-1002", "1-1101", 750_000))
    right = business.execute(
        CorrectEntry(number=wrong.number, replacement=entry("6-1002", "1-1101", 570_000))
    )
    assert balances(business) == {"1-1101": -570_000, "6-1002": 570_000}
    assert right.value["reversed"] == "BT-2611-0001"
    business.undo()
    assert balances(business) == {"1-1101": -750_000, "6-1002": 750_000}
    with pytest.raises(Refused):
        business.execute(CorrectEntry(number="JU-X", replacement=entry("6-1002", "1-1101", 5)))


def test_the_same_number_twice_asks_which_one(business: Book) -> None:
    for on in (date(2026, 11, 3), date(2026, 11, 4)):
        business.execute(
            PostEntry(
                on=on,
                memo="nota",
                number="7",
                lines=(EntryLine(account="6-1001", debit=9), EntryLine(account="1-1101", credit=9)),
            )
        )
    with pytest.raises(Refused, match="several entries 7"):
        business.execute(ReverseEntry(number="7"))
    business.execute(ReverseEntry(entry=1))
    business.execute(ReverseEntry(number="7"))
    assert balances(business) == {}


def test_a_locked_month_takes_nothing_until_it_is_opened(business: Book) -> None:
    october = date(2026, 10, 31)
    posted = business.execute(entry("1-1101", "3-1001", 5_000_000, october))
    business.execute(LockMonth(month=Month(2026, 10)))
    with pytest.raises(Refused, match="closed"):
        business.execute(entry("6-1002", "1-1101", 750_000, october))
    with pytest.raises(Refused, match="closed"):
        business.execute(ReverseEntry(number=posted.number))
    business.execute(ReverseEntry(number=posted.number, on=ON))
    with pytest.raises(Refused):
        business.execute(LockMonth(month=Month(2026, 10)))
    business.execute(UnlockMonth(month=Month(2026, 10)))
    with pytest.raises(Refused):
        business.execute(UnlockMonth(month=Month(2026, 10)))
    business.execute(entry("6-1002", "1-1101", 750_000, october))


def test_opening_balances_stand_against_3_9999_and_move_no_cash(business: Book) -> None:
    business.execute(
        PostOpening(
            on=date(2026, 10, 31),
            lines=(
                EntryLine(account="1-1101", debit=2_500_000),
                EntryLine(account="2-2101", credit=900_000),
                EntryLine(account="3-9999", credit=1_600_000),
            ),
        )
    )
    assert balances(business) == {"1-1101": 2_500_000, "2-2101": -900_000, "3-9999": -1_600_000}
    with business.snapshot() as snapshot:
        findings = checks.run(snapshot)
        october = Month(2026, 10).period
        assert queries.opening_and_movement(snapshot, 2, october) == (2_500_000, 0)
    assert [item.key for item in findings] == ["opening-open"]
    business.execute(
        PostOpening(on=date(2026, 10, 31), lines=(EntryLine(account="3-1001", credit=1_600_000),))
    )
    assert "3-9999" not in balances(business)
    with pytest.raises(Refused, match="details"):
        business.execute(PostOpening(on=date(2026, 10, 31), lines=(EntryLine(account="1-1301", debit=4),)))


def test_profile_officers_and_logo_go_and_come_back(business: Book) -> None:
    business.execute(SetProfile(address="Jl. Pasar 17", fiscal_year_start=4, legal_date=date(2019, 5, 2)))
    business.execute(SetProfile(address="Jl. Pasar 18", fiscal_year_start=7))
    business.undo()
    assert business.info.first_month == 4
    business.execute(SetOfficers(officers=(OfficerLine(office="Ketua", name="H. Mulyono"),)))
    business.execute(SetLogo(image=b"\x89PNG\r\n\x1a\n...."))
    with business.snapshot() as snapshot:
        profile = read_profile(snapshot)
        assert (profile.name, profile.address, profile.legal_date) == (
            "Warung Sari",
            "Jl. Pasar 17",
            "2019-05-02",
        )
        assert read_officers(snapshot)[0].name == "H. Mulyono"
        assert read_logo(snapshot) == b"\x89PNG\r\n\x1a\n...."
    business.undo()
    business.undo()
    with business.snapshot() as snapshot:
        assert read_officers(snapshot) == []
        assert read_logo(snapshot) is None
    with pytest.raises(UserError):
        SetLogo(image=b"GIF89a")
    with pytest.raises(UserError):
        SetProfile(fiscal_year_start=13)


def test_accounts_are_added_where_they_belong(business: Book) -> None:
    business.execute(AddAccount(code="1-1112", name="Bank BRI"))
    business.execute(AddAccount(code="6-1013", name="Sumbangan"))
    with business.snapshot() as snapshot:
        rows = snapshot.sql("SELECT code, money, class FROM account WHERE code IN ('1-1112', '6-1013')")
    assert sorted(map(tuple, rows)) == [("1-1112", "bank", "asset"), ("6-1013", None, "expense")]
    for bad in (
        AddAccount(code="1-1112", name="Dua kali"),
        AddAccount(code="X1", name="Apa"),
        AddAccount(code="6-1014", name="Salah", type="asset"),  # type: ignore[arg-type]
        SetAccountActive(code="1-1101", active=False),
    ):
        with pytest.raises((Refused, UserError)):
            business.execute(bad)
    business.execute(entry("6-1013", "1-1112", 50_000))
    business.execute(SetAccountActive(code="6-1013", active=False))
    with pytest.raises(Refused):
        business.execute(entry("6-1013", "1-1112", 50_000))


def test_a_book_is_written_by_one_program_and_read_by_any(business: Book) -> None:
    with pytest.raises(BookUnavailable, match="already open"):
        Book.open(business.path, clock=FixedClock(NOW), actor="lain")
    business.execute(entry("1-1101", "3-1001", 5_000_000))
    with open_snapshot(business.path, ON) as snapshot:
        business.execute(entry("1-1101", "3-1001", 1_000))
        assert queries.balance_of(snapshot, 2, ON) == 5_000_000


@pytest.fixture
def no_book(tmp_path: Path) -> Callable[[bytes], Path]:
    def make(content: bytes) -> Path:
        path = tmp_path / "x.lumbung"
        path.write_bytes(content)
        return path

    return make


def test_files_that_are_no_books_are_named(
    no_book: Callable[[bytes], Path], business: Book, tmp_path: Path
) -> None:
    for content, words in (
        (b"", "empty"),
        (b"PK\x03\x04 something", "not a Lumbung book"),
        (b"SQLite format 3\x00", "damaged"),
        (b"SQLite format 3\x00" + bytes(200), "another program"),
    ):
        path = no_book(content)
        for opening in (
            lambda p=path: Book.open(p, clock=FixedClock(NOW), actor="x"),
            lambda p=path: open_snapshot(p, ON),
        ):
            with pytest.raises(BookUnavailable, match=words):
                opening()
        assert path.read_bytes() == content
        assert list(tmp_path.glob("x.lumbung?*")) == []
    with pytest.raises(BookUnavailable, match="no book"):
        open_snapshot(tmp_path / "tidak-ada.lumbung", ON)


def test_a_damaged_and_a_newer_book_are_refused(book_templates: dict[str, Path], tmp_path: Path) -> None:
    whole = book_templates["business"].read_bytes()
    cut = tmp_path / "potong.lumbung"
    cut.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BookUnavailable, match="damaged"):
        open_snapshot(cut, ON)
    scribbled = tmp_path / "rusak.lumbung"
    scribbled.write_bytes(whole[:4096] + b"\xff" * 8192 + whole[12288:])
    with pytest.raises(BookUnavailable, match="damaged"), open_snapshot(scribbled, ON) as snapshot:
        checks.run(snapshot)
    newer = tmp_path / "baru.lumbung"
    newer.write_bytes(whole[:60] + (999).to_bytes(4, "big") + whole[64:])
    with pytest.raises(BookUnavailable, match="newer"):
        open_snapshot(newer, ON)
    with pytest.raises(BookUnavailable, match="newer"):
        Book.open(newer, clock=FixedClock(NOW), actor="x")


def test_a_new_book_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "ada.lumbung"
    path.write_bytes(b"milik orang")
    with pytest.raises(Refused, match="never overwrites"):
        Book.create(path, kind="business", name="X", clock=FixedClock(NOW), actor="x")
    assert path.read_bytes() == b"milik orang"
    with pytest.raises(Refused, match="no folder"):
        Book.create(
            tmp_path / "tak" / "ada.lumbung", kind="business", name="X", clock=FixedClock(NOW), actor="x"
        )
