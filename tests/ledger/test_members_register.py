"""The register in depth: admission, coming back, heirs, pictures, offices, and how all of it is counted."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.base.dates import Month, Period
from app.base.errors import Refused, UserError
from app.ledger.book import Book
from app.ledger.command import Command
from app.ledger.entries.commands import ReverseEntry
from app.ledger.members import history, queries
from app.ledger.members.commands import (
    AcceptExit,
    AddMember,
    Admission,
    AdmitMember,
    AppointOfficer,
    ChangeMember,
    EndOffice,
    ExitReason,
    GoverningBody,
    HeirLine,
    PayExit,
    ReinstateMember,
    SetHeirs,
    SetPhoto,
    Sex,
)
from tests.ledger.saving_books import add, amounts, deposit, refusal

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(200))
JPEG = b"\xff\xd8\xff\xe0" + bytes(range(150))


def undo(book: Book, command: Command) -> None:
    """Run a command and take it back; the register is what it was."""
    before = register(book)
    outcome = book.execute(command)
    assert register(book) != before
    assert outcome.undo is not None
    again = book.execute(outcome.undo)
    assert register(book) == before
    assert again.undo is not None
    book.execute(again.undo)


def register(book: Book) -> list[tuple[object, ...]]:
    with book.snapshot() as snapshot:
        return [
            tuple(row)
            for text in (
                "SELECT * FROM member ORDER BY party_id",
                "SELECT party_id, joined, left_on, leave_reason FROM member_spell",
                "SELECT * FROM member_heir ORDER BY party_id, line",
                "SELECT * FROM member_photo",
                "SELECT body, office, party_id, name, started, until, ended, reason FROM office_term ORDER BY started",
                "SELECT id, active FROM party ORDER BY id",
                "SELECT id, balance, held_in FROM savings_account",
            )
            for row in snapshot.sql(text)
        ]


def status(book: Book, number: str, on: date) -> str:
    with book.snapshot() as snapshot:
        return next(item.status for item in queries.members(snapshot, on) if item.number == number)


def test_a_prospective_member_is_admitted_on_a_day(cooperative: Book) -> None:
    book = cooperative
    book.execute(
        AddMember(
            number="7", name="Wati", joined=date(2026, 3, 2), status=Admission.PROSPECTIVE, mandatory=27_000
        )
    )
    assert refusal(book, AdmitMember(member="7", on=date(2026, 2, 27))).field == "on"
    undo(book, AdmitMember(member="7", on=date(2026, 5, 11)))
    assert status(book, "7", date(2026, 5, 10)) == "prospective"
    assert status(book, "7", date(2026, 5, 11)) == "active"
    assert "full member already" in refusal(book, AdmitMember(member="7", on=date(2026, 6, 1))).template
    with book.snapshot() as snapshot:
        standing = queries.mandatory_standings(snapshot, date(2026, 7, 31))
    # Mandatory savings come with membership: May, June and July are owed, not March and April.
    (found,) = standing.values()
    assert found.arrears_months == 3


def test_an_admission_with_mandatory_savings_is_not_taken_back(cooperative: Book) -> None:
    book = cooperative
    book.execute(AddMember(number="7", name="Wati", joined=date(2026, 3, 2), status=Admission.PROSPECTIVE))
    outcome = book.execute(AdmitMember(member="7", on=date(2026, 5, 11)))
    deposit(book, "Wajib", 27_000, date(2026, 5, 12), "7")
    assert outcome.undo is not None
    with pytest.raises(Refused, match="stands in the way"):
        book.execute(outcome.undo)


def left(book: Book) -> None:
    """Siti joined in 2020, saved 130,000, left in June 2026 and was paid."""
    add(book, mandatory=15_000)
    deposit(book, "Pokok", 100_000, date(2026, 1, 5))
    deposit(book, "Wajib", 30_000, date(2026, 1, 5))
    book.execute(AcceptExit(member="1", on=date(2026, 6, 12), requested=date(2026, 6, 1), note="Pindah"))


def test_only_who_is_owed_nothing_comes_back_and_the_history_stays(cooperative: Book) -> None:
    book = cooperative
    left(book)
    error = refusal(book, ReinstateMember(member="1", on=date(2026, 9, 1)))
    assert error.params["owed"] == 130_000
    book.execute(PayExit(member="1", on=date(2026, 6, 20)))
    assert refusal(book, ReinstateMember(member="1", on=date(2026, 6, 20))).field == "on"
    undo(book, ReinstateMember(member="1", on=date(2026, 9, 1)))
    assert [status(book, "0001", on) for on in (date(2026, 6, 11), date(2026, 6, 30), date(2026, 9, 1))] == [
        "active",
        "left",
        "active",
    ]
    with book.snapshot() as snapshot:
        entries = history.memberships(snapshot, date(2026, 10, 31))
        assert [(item.joined, item.requested, item.left, item.note) for item in entries] == [
            (date(2020, 1, 15), date(2026, 6, 1), date(2026, 6, 12), "Pindah"),
            (date(2026, 9, 1), None, None, ""),
        ]
        # What was saved before counts no more: September to November are open again.
        (standing,) = queries.mandatory_standings(snapshot, date(2026, 11, 24)).values()
        assert (standing.arrears_months, standing.part_paid) == (3, 0)
    deposit(book, "Pokok", 41_000, date(2026, 9, 2))
    assert amounts(book)["0001"]["share"] == 41_000
    with book.snapshot() as snapshot:
        held = snapshot.sql(
            "SELECT DISTINCT c.role FROM savings_account AS a JOIN account AS c ON c.id = a.held_in"
        )
    assert "savings_left" not in [row[0] for row in held]
    # The pay-out of the first membership is history: nothing of it can be taken back any more.
    with book.snapshot() as snapshot:
        paid = snapshot.sql("SELECT id FROM entry WHERE source = 'exit-payment'")[0][0]
    assert refusal(book, ReverseEntry(entry=paid)).template.startswith("The savings have been moved")
    # And leaves a second time.
    book.execute(AcceptExit(member="1", on=date(2026, 10, 5)))
    assert status(book, "0001", date(2026, 10, 31)) == "leaving"


def test_a_reinstatement_with_savings_is_not_taken_back_and_the_dead_stay(cooperative: Book) -> None:
    book = cooperative
    left(book)
    book.execute(PayExit(member="1", on=date(2026, 6, 20)))
    outcome = book.execute(ReinstateMember(member="1", on=date(2026, 9, 1)))
    deposit(book, "Sukarela", 17_000, date(2026, 9, 2))
    assert outcome.undo is not None
    with pytest.raises(Refused, match="since coming back"):
        book.execute(outcome.undo)
    add(book, "2", "Pak Karto")
    book.execute(AcceptExit(member="2", on=date(2026, 7, 1), reason=ExitReason.DEATH))
    assert "died" in refusal(book, ReinstateMember(member="2", on=date(2026, 9, 1))).template


def test_heirs_have_shares_of_one_hundred_or_none(cooperative: Book) -> None:
    book = cooperative
    party = add(book, heir="Budi", heir_relation="suami")
    two = (
        HeirLine(name="Budi", relation="suami", share=Decimal("62.5")),
        HeirLine(name="Rina", relation="anak", share=Decimal("37.5")),
    )
    undo(book, SetHeirs(member="1", heirs=two))
    with book.snapshot() as snapshot:
        assert history.heirs(snapshot)[party] == [
            ("Budi", "suami", Decimal("62.5")),
            ("Rina", "anak", Decimal("37.5")),
        ]
        assert queries.member_details(snapshot, party).heir == "Budi"
    undo(book, ChangeMember(member="1", heir="Bambang"))
    with book.snapshot() as snapshot:
        assert [item.name for item in history.heirs(snapshot, [party])[party]] == ["Bambang", "Rina"]
    assert refusal(book, ChangeMember(member="1", heir="", heir_relation="")).field == "heir"
    book.execute(SetHeirs(member="1", heirs=()))
    with pytest.raises(UserError, match="add up to 99"):
        SetHeirs(member="1", heirs=(two[0], HeirLine(name="Rina", share=Decimal("36.5"))))
    with pytest.raises(UserError, match="add up to"):
        SetHeirs(member="1", heirs=(two[0], HeirLine(name="Rina")))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 9_999), min_size=1, max_size=5))
def test_any_shares_pass_just_when_they_are_the_whole(parts: list[int]) -> None:
    heirs = tuple(HeirLine(name=f"W{n}", share=Decimal(part) / 100) for n, part in enumerate(parts))
    if sum(parts) == 10_000:
        SetHeirs(member="1", heirs=heirs)
    else:
        with pytest.raises(UserError):
            SetHeirs(member="1", heirs=heirs)
    rest = 10_000 - sum(parts)
    if rest > 0:
        SetHeirs(member="1", heirs=(*heirs, HeirLine(name="Sisa", share=Decimal(rest) / 100)))


def test_a_photo_is_small_and_a_picture(cooperative: Book) -> None:
    book = cooperative
    party = add(book)
    book.execute(SetPhoto(member="1", image=PNG))
    undo(book, SetPhoto(member="1", image=JPEG))
    with book.snapshot() as snapshot:
        assert history.photo(snapshot, party) == JPEG
        assert history.photos(snapshot) == {party: JPEG}
    book.execute(SetPhoto(member="1"))
    with book.snapshot() as snapshot:
        assert history.photo(snapshot, party) is None
    with pytest.raises(UserError, match="PNG or JPEG"):
        SetPhoto(member="1", image=b"GIF89a")
    with pytest.raises(UserError, match="larger"):
        SetPhoto(member="1", image=PNG + bytes(150_000))


def test_offices_of_board_and_supervisors(cooperative: Book) -> None:
    book = cooperative
    add(book)
    add(book, "2", "Budi Santoso")
    chair = AppointOfficer(
        body=GoverningBody.BOARD, office="Ketua", member="1", on=date(2024, 3, 9), until=date(2029, 3, 8)
    )
    undo(book, chair)
    assert refusal(book, chair).field == "office"
    outcome = book.execute(
        AppointOfficer(body=GoverningBody.SUPERVISORS, office="Anggota", member="1", on=date(2024, 5, 1))
    )
    assert outcome.value["warnings"]
    book.execute(
        AppointOfficer(body=GoverningBody.SUPERVISORS, office="Ketua", name="dr. Hadi", on=date(2025, 1, 4))
    )
    end = EndOffice(
        body=GoverningBody.BOARD, member="1", on=date(2026, 2, 7), reason="Keputusan rapat anggota"
    )
    assert refusal(book, EndOffice(body=GoverningBody.BOARD, member="1", on=date(2023, 2, 7))).field == "on"
    undo(book, end)
    assert "no such office" in refusal(book, end).template
    # While the other office runs the member can't leave.
    assert refusal(book, AcceptExit(member="1", on=date(2026, 8, 1))).params["office"] == "Anggota"
    with book.snapshot() as snapshot:
        (before,) = history.terms(snapshot, "board", date(2026, 2, 6))
        (after,) = history.terms(snapshot, "board", date(2026, 2, 7))
        assert (before.ended, after.ended) == (None, date(2026, 2, 7))
        assert (after.member, after.name, after.office) == ("0001", "Siti Aminah", "Ketua")
        assert after.reason == "Keputusan rapat anggota"
        found = history.terms(snapshot, "supervisors", date(2026, 11, 1))
        assert [(item.member, item.name) for item in found] == [("0001", "Siti Aminah"), ("", "dr. Hadi")]


def test_only_a_member_of_the_day_takes_office(cooperative: Book) -> None:
    book = cooperative
    book.execute(AddMember(number="7", name="Wati", joined=date(2026, 3, 2), status=Admission.PROSPECTIVE))
    appoint = AppointOfficer(body=GoverningBody.BOARD, office="Ketua", member="7", on=date(2026, 4, 1))
    assert refusal(book, appoint).field == "member"
    book.execute(AdmitMember(member="7", on=date(2026, 4, 2)))
    assert refusal(book, appoint).field == "member"
    book.execute(AcceptExit(member="7", on=date(2026, 5, 1)))
    assert (
        "takes no office"
        in refusal(
            book, AppointOfficer(body=GoverningBody.BOARD, office="Ketua", member="7", on=date(2026, 4, 9))
        ).template
    )
    with pytest.raises(UserError):
        AppointOfficer(body=GoverningBody.BOARD, office="Ketua", on=date(2026, 4, 9))


def test_changes_count_each_membership(cooperative: Book) -> None:
    book = cooperative
    people = (
        ("1", Sex.FEMALE, date(2020, 1, 3)),
        ("2", Sex.MALE, date(2026, 2, 4)),
        ("3", Sex.MALE, date(2025, 12, 31)),
        ("4", None, date(2026, 6, 30)),
    )
    for number, sex, joined in people:
        book.execute(AddMember(number=number, name=f"N{number}", sex=sex, joined=joined))
    book.execute(AddMember(number="5", name="N5", sex=Sex.MALE))
    book.execute(
        AddMember(
            number="6", name="N6", joined=date(2025, 1, 1), status=Admission.PROSPECTIVE, sex=Sex.FEMALE
        )
    )
    book.execute(AdmitMember(member="6", on=date(2026, 1, 1)))
    book.execute(AcceptExit(member="3", on=date(2026, 4, 1)))
    book.execute(ReinstateMember(member="3", on=date(2026, 5, 1)))
    with book.snapshot() as snapshot:
        year = Period.through(date(2026, 1, 1), date(2026, 12, 31))
        assert history.member_changes(snapshot, year) == {
            "male": (2, 2, 1),
            "female": (1, 1, 0),
            "other": (0, 1, 0),
        }
        april = history.member_changes(snapshot, Month(2026, 4).period)
        assert (april["male"].opening, april["male"].closing) == (3, 2)
        for month in range(1, 12):
            now = history.member_changes(snapshot, Month(2026, month).period)
            following = history.member_changes(snapshot, Month(2026, month + 1).period)
            for kind, change in now.items():
                assert change.closing == following[kind].opening
        active = [item for item in queries.members(snapshot, date(2026, 4, 30)) if item.status == "active"]
        assert len(active) == sum(item.closing for item in april.values())


def test_a_category_is_the_cooperatives_own_word(cooperative: Book) -> None:
    party = add(cooperative, category="Anggota luar biasa")
    undo(cooperative, ChangeMember(member="1", category="Anggota biasa"))
    with cooperative.snapshot() as snapshot:
        assert queries.member_details(snapshot, party).category == "Anggota biasa"
        assert queries.members(snapshot, date(2026, 1, 1))[0].category == "Anggota biasa"
