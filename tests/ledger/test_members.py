"""The register of members, and how members leave."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.base.dates import Month
from app.base.errors import LumbungError, Refused, UserError
from app.ledger.book import Book
from app.ledger.command import Command
from app.ledger.entries.commands import ReverseEntry
from app.ledger.loans.commands import DisburseLoan, PayOffLoan
from app.ledger.members.commands import (
    AcceptExit,
    AddMember,
    Admission,
    ChangeMember,
    ExitReason,
    PayExit,
    Sex,
)
from app.ledger.members.nik import doubts, read_nik
from app.ledger.members.queries import MemberRow, member, member_details, members
from app.ledger.savings import queries as savings
from app.ledger.savings.commands import (
    CreditSavingsInterest,
    DepositSavings,
    OpenSavings,
    TransferSavings,
    WithdrawSavings,
)
from tests.ledger.import_books import balance, imported, refused, told, workbook

JOINED = date(2020, 1, 15)
LEFT = date(2026, 10, 20)


def add(book: Book, number: str = "0001", name: str = "Siti Aminah", **data: Any) -> int:
    outcome = book.execute(AddMember(number=number, name=name, **{"joined": JOINED, **data}))
    return int(outcome.value["party"])


def deposit(book: Book, product: str, amount: int, on: date, member: str = "1") -> None:
    book.execute(DepositSavings(member=member, product=product, amount=amount, on=on))


def register(book: Book, on: date = date(2026, 11, 24)) -> dict[str, MemberRow]:
    with book.snapshot() as snapshot:
        return {item.number: item for item in members(snapshot, on)}


def statuses(book: Book, on: date = date(2026, 11, 24)) -> dict[str, str]:
    return {number: item.status for number, item in register(book, on).items()}


def refusal(book: Book, command: Command) -> LumbungError:
    with pytest.raises((Refused, UserError)) as caught:
        book.execute(command)
    error = caught.value
    assert isinstance(error, LumbungError)
    return error


# The register


def test_numbers_run_on_and_leave_out_those_in_use(cooperative: Book) -> None:
    add(cooperative, "2", "Budi")
    numbers = [cooperative.execute(AddMember(name=name)).number for name in ("Siti", "Wati", "Joko")]
    assert numbers == ["0001", "0003", "0004"]


def test_a_number_is_given_once(cooperative: Book) -> None:
    add(cooperative, "A-7")
    assert refusal(cooperative, AddMember(name="Budi", number="a-7")).field == "number"
    add(cooperative, "8", "Wati")
    renumbered = ChangeMember(member="8", number="A-7")
    assert refusal(cooperative, renumbered).field == "number"


def test_a_member_needs_a_name() -> None:
    with pytest.raises(UserError):
        AddMember(name="  ")
    with pytest.raises(UserError):
        ChangeMember(member="1", name="")


def test_changes_leave_the_rest_and_are_undone(cooperative: Book) -> None:
    add(cooperative, phone="+6281234567890", sex=Sex.FEMALE, team="Krajan", mandatory=25_000)
    cooperative.execute(
        ChangeMember(
            member="1", name="Siti Aminah, S.Pd.", number="0042", team="Ngadirejo", joined=date(2019, 2, 3)
        )
    )
    changed = register(cooperative)["0042"]
    assert (changed.name, changed.team, changed.phone, changed.sex, changed.joined) == (
        "Siti Aminah, S.Pd.",
        "Ngadirejo",
        "+6281234567890",
        "female",
        date(2019, 2, 3),
    )
    cooperative.undo()
    restored = register(cooperative)["0001"]
    assert (restored.name, restored.team, restored.joined) == ("Siti Aminah", "Krajan", JOINED)
    nothing = ChangeMember(member="1")
    assert "Nothing to change" in str(refusal(cooperative, nothing))


def test_a_nickname_is_kept_changed_and_taken_back(cooperative: Book) -> None:
    party = add(cooperative, nickname=" Bu  Minah ", team="Krajan")
    cooperative.execute(ChangeMember(member="1", team="Ngadirejo"))
    assert register(cooperative)["0001"].nickname == "Bu Minah"
    cooperative.execute(ChangeMember(member="1", nickname="Mak Nah"))
    with cooperative.snapshot() as snapshot:
        details = member_details(snapshot, party)
    assert (details.name, details.nickname, details.team) == ("Siti Aminah", "Mak Nah", "Ngadirejo")
    cooperative.execute(ChangeMember(member="1", nickname=""))
    assert register(cooperative)["0001"].nickname == ""
    cooperative.undo()
    assert register(cooperative)["0001"].nickname == "Mak Nah"
    cooperative.execute(AddMember(name="Sutrisno", nickname="Pak No"))
    again = cooperative.undo().undo
    assert isinstance(again, AddMember)
    assert (again.name, again.nickname) == ("Sutrisno", "Pak No")


def test_a_joining_day_that_was_not_known_is_forgotten_again(cooperative: Book) -> None:
    add(cooperative, joined=None)
    cooperative.execute(ChangeMember(member="1", joined=JOINED))
    cooperative.undo()
    assert register(cooperative)["0001"].joined is None


def test_joining_can_not_move_behind_what_is_recorded(cooperative: Book) -> None:
    add(cooperative)
    deposit(cooperative, "Pokok", 100_000, date(2020, 2, 1))
    error = refusal(cooperative, ChangeMember(member="1", joined=date(2020, 2, 2)))
    assert error.params["earliest"] == date(2020, 2, 1)
    cooperative.execute(ChangeMember(member="1", joined=date(2020, 2, 1)))


def test_adding_is_undone_while_nothing_is_recorded(cooperative: Book) -> None:
    add(cooperative)
    cooperative.undo()
    assert register(cooperative) == {}
    add(cooperative, "0001", "Budi")
    deposit(cooperative, "Pokok", 100_000, JOINED)
    cooperative.undo()
    with pytest.raises(Refused, match="recorded for"):
        cooperative.undo()
    assert list(register(cooperative)) == ["0001"]


def test_a_member_is_found_with_or_without_zeros(cooperative: Book) -> None:
    add(cooperative, "0137")
    with cooperative.snapshot() as snapshot:
        assert {member(snapshot, text, LEFT).number for text in ("0137", "137", " 0137 ")} == {"0137"}
        with pytest.raises(UserError):
            member(snapshot, "13", LEFT)


def test_the_register_is_as_of_a_day(cooperative: Book) -> None:
    add(cooperative, "10", "Wati", joined=date(2026, 5, 2))
    add(cooperative, "9", "Budi", status=Admission.PROSPECTIVE, joined=None)
    add(cooperative, "1")
    assert list(register(cooperative)) == ["1", "9", "10"]
    assert list(register(cooperative, date(2026, 5, 1))) == ["1", "9"]
    assert statuses(cooperative) == {"1": "active", "9": "prospective", "10": "active"}


# NIK


def test_a_nik_tells_sex_birth_and_region() -> None:
    identity = read_nik("3515144508680002")
    assert identity is not None
    assert (identity.region, identity.female) == ("351514", True)
    assert identity.born(date(2026, 11, 24)) == date(1968, 8, 5)
    young = read_nik("3515140508200002")
    assert young is not None
    assert young.born(date(2026, 11, 24)) == date(2020, 8, 5)


@pytest.mark.parametrize(
    ("nik", "female", "born", "count"),
    [
        ("3515144508680002", True, date(1968, 8, 5), 0),
        ("3515144508680002", None, None, 0),
        ("", True, date(1968, 8, 5), 0),
        ("3515144508680002", False, date(1968, 8, 5), 1),
        ("3515144508680002", True, date(1968, 8, 6), 1),
        ("3515144508680002", False, date(1969, 8, 5), 2),
        ("351514450868000", True, None, 1),
        ("35151445O8680002", True, None, 1),
        ("3515143202680002", False, None, 1),
        ("3515140513680002", False, None, 1),
        ("3515140508680000", False, None, 1),
        ("0515140508680001", False, None, 1),
    ],
)
def test_doubts_about_a_nik(nik: str, female: bool | None, born: date | None, count: int) -> None:
    assert len(doubts(nik, female=female, birth_date=born, today=date(2026, 11, 24))) == count


def test_a_doubtful_nik_warns_and_never_refuses(cooperative: Book) -> None:
    good = cooperative.execute(AddMember(name="Siti", nik="3515 1445 0868 0002", sex=Sex.FEMALE))
    assert good.value["warnings"] == []
    assert register(cooperative)["0001"].nik == "3515144508680002"
    twice = cooperative.execute(AddMember(name="Budi", nik="3515144508680002", sex=Sex.MALE))
    assert twice.value["warnings"] == ["The NIK says the other sex.", "Another member has the same NIK."]
    changed = cooperative.execute(ChangeMember(member="2", nik="123"))
    assert changed.value["warnings"] == ["The NIK does not have 16 digits."]
    unchanged = cooperative.execute(ChangeMember(member="1", address="Jl. Melati 3"))
    assert unchanged.value["warnings"] == []


# Leaving


def leave(book: Book, **more: Any) -> str:
    return book.execute(AcceptExit(member="1", on=LEFT, **more)).number


def with_savings(book: Book) -> int:
    party = add(book)
    deposit(book, "Pokok", 100_000, date(2026, 9, 1))
    deposit(book, "Wajib", 275_000, date(2026, 9, 1))
    deposit(book, "Sukarela", 60_000, date(2026, 10, 2))
    return party


def test_an_accepted_exit_makes_all_savings_a_debt(cooperative: Book) -> None:
    with_savings(cooperative)
    assert leave(cooperative) == "KL-2610-0001"
    assert [balance(cooperative, code) for code in ("3-1001", "3-1002", "2-1101", "2-1503")] == [
        0,
        0,
        0,
        -435_000,
    ]
    assert statuses(cooperative) == {"0001": "leaving"}
    assert statuses(cooperative, date(2026, 10, 19)) == {"0001": "active"}
    assert register(cooperative)["0001"].left == LEFT
    assert register(cooperative, date(2026, 10, 19))["0001"].left is None
    with cooperative.snapshot() as snapshot:
        (line,) = savings.balances(snapshot)
    assert line.amounts == {"share": 100_000, "mandatory": 275_000, "voluntary": 60_000}


def test_what_is_owed_is_paid_out(cooperative: Book) -> None:
    with_savings(cooperative)
    leave(cooperative)
    done = cooperative.execute(PayExit(member="1", on=date(2026, 11, 3), account="Bank"))
    assert done.value["paid"] == 435_000
    assert balance(cooperative, "2-1503") == 0
    assert balance(cooperative, "1-1111") == -435_000
    assert statuses(cooperative) == {"0001": "left"}
    assert statuses(cooperative, date(2026, 11, 2)) == {"0001": "leaving"}
    again = PayExit(member="1", on=date(2026, 11, 4))
    assert "Nothing is owed" in str(refusal(cooperative, again))
    cooperative.undo()
    assert statuses(cooperative) == {"0001": "leaving"}
    cooperative.undo()
    assert statuses(cooperative) == {"0001": "active"}
    assert balance(cooperative, "3-1002") == -275_000
    deposit(cooperative, "Wajib", 25_000, date(2026, 11, 5))


def test_part_of_it_can_be_paid(cooperative: Book) -> None:
    with_savings(cooperative)
    leave(cooperative)
    cooperative.execute(PayExit(member="1", on=date(2026, 11, 3), product="Wajib", amount=200_000))
    cooperative.execute(PayExit(member="1", on=date(2026, 11, 4), product="Pokok"))
    too_much = PayExit(member="1", on=date(2026, 11, 5), product="Wajib", amount=75_001)
    assert refusal(cooperative, too_much).field == "amount"
    early = PayExit(member="1", on=date(2026, 10, 19), product="Wajib", amount=1)
    assert refusal(cooperative, early).field == "on"
    assert balance(cooperative, "2-1503") == -135_000


def test_who_died_stays_deceased(cooperative: Book) -> None:
    with_savings(cooperative)
    leave(cooperative, reason=ExitReason.DEATH, note="Surat kelurahan 12/2026")
    assert statuses(cooperative) == {"0001": "deceased"}
    cooperative.execute(PayExit(member="1", on=LEFT))
    assert statuses(cooperative) == {"0001": "deceased"}


def test_without_savings_the_exit_posts_nothing(cooperative: Book) -> None:
    add(cooperative)
    leave(cooperative)
    assert statuses(cooperative) == {"0001": "left"}
    cooperative.undo()
    assert statuses(cooperative) == {"0001": "active"}


@pytest.mark.parametrize(
    "command",
    [
        DepositSavings(member="1", product="Wajib", amount=1_000, on=date(2026, 10, 21)),
        DepositSavings(member="1", product="Wajib", amount=1_000, on=date(2026, 10, 19)),
        WithdrawSavings(member="1", product="Sukarela", amount=1_000, on=LEFT),
        CreditSavingsInterest(member="1", product="Sukarela", gross=1_000, on=date(2026, 10, 31)),
        OpenSavings(member="1", product="Berjangka", balance=1_000, on=date(2025, 12, 31)),
        TransferSavings(member="1", product="Sukarela", to_product="Wajib", amount=1_000, on=LEFT),
        TransferSavings(
            member="2", product="Sukarela", to_member="1", to_product="Wajib", amount=1, on=date(2026, 10, 30)
        ),
        AcceptExit(member="1", on=date(2026, 11, 1)),
    ],
)
def test_nothing_more_is_saved_by_one_who_left(cooperative: Book, command: Command) -> None:
    with_savings(cooperative)
    add(cooperative, "0002", "Budi")
    deposit(cooperative, "Sukarela", 50_000, date(2026, 10, 1), member="2")
    leave(cooperative)
    refusal(cooperative, command)
    assert balance(cooperative, "2-1503") == -435_000


def test_a_deposit_of_the_day_of_leaving_is_owed_too(cooperative: Book) -> None:
    with_savings(cooperative)
    leave(cooperative)
    deposit(cooperative, "Wajib", 25_000, LEFT)
    deposit(cooperative, "Berjangka", 5_000, LEFT)
    assert balance(cooperative, "2-1503") == -465_000
    with pytest.raises(Refused, match="moved since"):
        cooperative.execute(ReverseEntry(number="KL-2610-0001"))


def test_an_exit_is_not_accepted_before_what_is_recorded(cooperative: Book) -> None:
    with_savings(cooperative)
    early = AcceptExit(member="1", on=date(2026, 10, 1))
    assert refusal(cooperative, early).params["latest"] == date(2026, 10, 2)
    assert refusal(cooperative, AcceptExit(member="1", on=date(2019, 1, 1))).field == "on"


def test_a_deposit_can_not_be_taken_back_once_the_exit_moved_it(cooperative: Book) -> None:
    with_savings(cooperative)
    leave(cooperative)
    with pytest.raises(Refused, match="moved by the member's exit"):
        cooperative.execute(ReverseEntry(number="SS-2609-0002"))
    cooperative.execute(ReverseEntry(number="KL-2610-0001"))
    cooperative.execute(ReverseEntry(number="SS-2609-0002"))
    assert balance(cooperative, "3-1002") == 0


def test_a_reversed_exit_can_be_made_again(cooperative: Book) -> None:
    with_savings(cooperative)
    leave(cooperative)
    back = cooperative.execute(ReverseEntry(number="KL-2610-0001"))
    assert statuses(cooperative) == {"0001": "active"}
    cooperative.execute(ReverseEntry(entry=back.value["entry"]))
    assert statuses(cooperative) == {"0001": "leaving"}
    assert balance(cooperative, "2-1503") == -435_000


def test_an_exit_is_not_a_movement_on_the_statement(cooperative: Book) -> None:
    party = with_savings(cooperative)
    leave(cooperative)
    cooperative.execute(PayExit(member="1", on=date(2026, 10, 25)))
    with cooperative.snapshot() as snapshot:
        share, mandatory, voluntary = savings.sections(snapshot, Month(2026, 10).period, party)[party]
    assert [(move.kind, move.amount, move.balance) for move in share.movements] == [("exit", -100_000, 0)]
    assert (mandatory.opening, mandatory.closing) == (275_000, 0)
    assert [move.kind for move in voluntary.movements] == ["deposit", "exit"]


def test_savings_of_who_still_owes_a_loan_are_not_paid_out(cooperative: Book) -> None:
    with_savings(cooperative)
    loan = cooperative.execute(
        DisburseLoan(member="1", on=date(2026, 9, 5), principal=400_000, rate=Decimal(1), term=4)
    ).number
    leave(cooperative)
    pay = PayExit(member="1", on=date(2026, 11, 3))
    assert refusal(cooperative, pay).params["debt"] == 400_000
    cooperative.execute(PayOffLoan(loan=loan, on=date(2026, 11, 2)))
    assert cooperative.execute(pay).value["paid"] == 435_000


# Import


MEMBERS = (
    ("No Anggota", "Nama", "Jenis Kelamin", "Tanggal Masuk", "Tanggal Keluar", "Status", "Sebab Keluar"),
    ("0137", "Siti Aminah", "P", "14/02/2021", None, "Aktif", None),
    ("0138", "Budi Santoso", "L", "14/02/2021", "05/03/2026", None, "Pindah rumah"),
    ("0139", "Wati", "P", "01/04/2019", "30/06/2025", "Meninggal", None),
    ("0140", "Joko", "L", "01/04/2020", "31/10/2026", None, None),
)
OPENING = (
    ("Per Tanggal", "No Anggota", "Jenis", "Saldo", "Lunas s.d. Bulan", "Jasa Belum Dibayar"),
    ("31/12/2025", "137", "Pokok", 100_000, None, None),
    ("31/12/2025", "137", "Wajib", "1.250.000", "Des 2025", None),
    ("31/12/2025", "138", "Wajib", 600_000, None, None),
    ("31/12/2025", "139", "Pokok", 100_000, None, None),
    ("31/12/2025", "140", "Sukarela", 70_000, None, 350),
)
MOVES = (
    ("Tanggal", "No Anggota", "Jenis", "Setor", "Tarik", "No Bukti"),
    ("05/03/2026", "138", "Wajib", 25_000, None, None),
    ("05/03/2026", "138", "Wajib", None, 625_000, "TS-77"),
    ("06/03/2026", "137", "Wajib", 75_000, None, "SS-1"),
    ("06/03/2026", "137", "Sukarela", 40_000, None, "SS-1"),
    ("06/03/2026", "140", "Wajib", 0, None, "SS-1"),
)


def test_a_register_is_imported_with_those_who_left(cooperative: Book, tmp_path: Path) -> None:
    path = workbook(tmp_path / "anggota.xlsx", Anggota=MEMBERS, Saldo_Simpanan=OPENING, Simpanan=MOVES)
    imported(cooperative, path)
    assert statuses(cooperative) == {
        "0137": "active",
        "0138": "left",
        "0139": "deceased",
        "0140": "leaving",
    }
    with cooperative.snapshot() as snapshot:
        found = {item.number: item.amounts for item in savings.balances(snapshot)}
        slip = snapshot.sql("SELECT count(*) FROM entry WHERE number = 'SS-1'")[0][0]
    assert found == {
        "0137": {"share": 100_000, "mandatory": 1_325_000, "voluntary": 40_000},
        "0138": {"mandatory": 0},
        "0139": {"share": 100_000},
        "0140": {"voluntary": 70_000},
    }
    assert slip == 1
    assert balance(cooperative, "2-1503") == -170_000
    assert balance(cooperative, "2-1121") == -350
    assert imported(cooperative, path).documents == 0


def test_a_register_is_imported_with_nicknames(cooperative: Book, tmp_path: Path) -> None:
    before = ("No Anggota", "Nama"), ("0001", "Siti Aminah"), ("0002", "Sutrisno")
    imported(cooperative, workbook(tmp_path / "lama.xlsx", Anggota=before))
    named = (
        ("No Anggota", "Nama", "Panggilan"),
        ("0001", "Siti Aminah", "Bu Minah"),
        ("0002", "Sutrisno", None),
    )
    imported(cooperative, workbook(tmp_path / "baru.xlsx", Anggota=named))
    other = ("Nama Panggilan", "Nama"), ("Pak No", "Sutrisno Hadi")
    imported(cooperative, workbook(tmp_path / "lain.xlsx", Anggota=other))
    assert [item.nickname for item in register(cooperative).values()] == ["Bu Minah", "", "Pak No"]
    # A file without the column says nothing about it.
    imported(cooperative, workbook(tmp_path / "lama2.xlsx", Anggota=(*before, ("0009", "Joko"))))
    assert register(cooperative)["0001"].nickname == "Bu Minah"


def test_an_imported_register_is_taken_back_and_imported_again(cooperative: Book, tmp_path: Path) -> None:
    path = workbook(tmp_path / "anggota.xlsx", Anggota=MEMBERS, Saldo_Simpanan=OPENING, Simpanan=MOVES)
    imported(cooperative, path)
    cooperative.undo()
    assert {code: balance(cooperative, code) for code in ("2-1503", "3-1002", "1-1101", "3-9999")} == {
        "2-1503": 0,
        "3-1002": 0,
        "1-1101": 0,
        "3-9999": 0,
    }
    imported(cooperative, path)
    assert list(statuses(cooperative).values()) == ["active", "left", "deceased", "leaving"]
    assert balance(cooperative, "2-1503") == -170_000


def test_a_changed_row_of_a_member_changes_the_member(cooperative: Book, tmp_path: Path) -> None:
    imported(cooperative, workbook(tmp_path / "a.xlsx", Anggota=MEMBERS))
    rows = (("No Anggota", "Nama", "Kelompok"), ("137", "Siti  aminah", "Krajan"))
    imported(cooperative, workbook(tmp_path / "b.xlsx", Anggota=rows))
    assert register(cooperative)["0137"].team == "Krajan"


def test_faults_of_members_and_savings_name_their_cells(cooperative: Book, tmp_path: Path) -> None:
    add(cooperative, "0001", "Siti Aminah")
    add(cooperative, "0005", "Joko")
    error = refused(
        cooperative,
        workbook(
            tmp_path / "salah.xlsx",
            Anggota=(
                ("No Anggota", "Nama", "Tanggal Masuk", "Tanggal Keluar", "Status"),
                ("1", "Orang Lain", None, None, None),
                ("2", "Budi", "01/02/2026", "31/01/2026", None),
                ("3", "Wati", "01/02/2026", None, "Keluar"),
            ),
            Saldo_Simpanan=(("No Anggota", "Jenis", "Saldo"), ("5", "Pokok", 5_000)),
            Simpanan=(
                ("Tanggal", "No Anggota", "Jenis", "Setor", "Tarik", "No Bukti"),
                ("05/03/2026", "5", "Sukarela", 9_000, None, "SS-9"),
                ("05/03/2026", "5", "Sukarela", None, 9_001, "SS-9"),
                ("05/03/2019", "5", "Wajib", 9_000, None, None),
                ("05/03/2026", "5", "Wajib", 9_000, 8_000, None),
                ("05/03/2026", "5", "Wajib", None, None, None),
                ("05/03/2026", "5", "Emas", 7_000, None, None),
                ("05/03/2026", "77", "Wajib", 7_000, None, None),
            ),
        ),
    )
    lines = {line.partition(":")[0]: line for line in told(error)}
    assert set(lines) == {
        "Anggota!B2",
        "Anggota!D3",
        "Anggota!D4",
        "Saldo Simpanan!A1",
        "Simpanan!E3",
        "Simpanan!A4",
        "Simpanan!E5",
        "Simpanan!D6",
        "Simpanan!C7",
        "Simpanan!B8",
    }, told(error)
    assert "Siti Aminah" in lines["Anggota!B2"]
    assert "15" in lines["Simpanan!A4"]
    assert any("Per Tanggal" in line for line in told(error))
