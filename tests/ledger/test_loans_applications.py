"""Applications for loans: asked for, looked at, decided, paid out, and taken back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.base.errors import Refused, UserError
from app.ledger import checks
from app.ledger.book import Book
from app.ledger.changes import Outcome
from app.ledger.command import Command
from app.ledger.entries.commands import ReverseEntry
from app.ledger.loans.applications.commands import (
    ApplyForLoan,
    ApproveApplication,
    ChangeApplication,
    CheckApplication,
    RefuseApplication,
    ReopenApplication,
    SetLoanChecklist,
    WithdrawApplication,
)
from app.ledger.loans.applications.queries import (
    Application,
    ability,
    ability_of,
    applications,
    checklist,
    checks_of,
    collateral_of,
    decision_warnings,
    find_application,
    guarantors_of,
)
from app.ledger.loans.commands import Collateral, DisburseLoan
from app.ledger.loans.product_commands import AddLoanProduct, RemoveLoanProduct
from app.ledger.loans.reading import find_loan, loan_details
from app.ledger.loans.schedule import LoanTerms, Method, schedule
from app.ledger.members.commands import AddMember, Admission
from app.ledger.rates.slice import AddRate
from tests.ledger.lending import END, lend, member, refusal, sound

ASKED = date(2026, 3, 2)
DECIDED = date(2026, 3, 9)
PAID = date(2026, 3, 16)


def ask(book: Book, **changes: Any) -> Outcome:
    """9,600,000 over 8 months at flat 1.5 %: 1,344,000 a month out of 7,000,000 - 2,900,000 - 600,000."""
    fields: dict[str, Any] = {
        "member": "7",
        "number": "PP-7",
        "on": ASKED,
        "principal": 9_600_000,
        "rate": Decimal("1.5"),
        "term": 8,
        "purpose": "Mesin jahit",
        "income": 7_000_000,
        "living_costs": 2_900_000,
        "other_instalments": 600_000,
        "spouse": "Wartini",
        "collateral": (Collateral(kind="BPKB motor", owner="Sutrisno", value=11_500_000, document="K-0912"),),
        "guarantors": ("Slamet", "Paijo"),
    }
    return book.execute(ApplyForLoan(**{**fields, **changes}))


def approve(book: Book, **changes: Any) -> Outcome:
    fields: dict[str, Any] = {"application": "PP-7", "on": DECIDED, "by": "Harjono"}
    return book.execute(ApproveApplication(**{**fields, **changes}))


def paying(**changes: Any) -> DisburseLoan:
    fields: dict[str, Any] = {
        "member": "7",
        "on": PAID,
        "principal": 9_600_000,
        "term": 8,
        "number": "PJ-7",
        "application": "PP-7",
    }
    return DisburseLoan(**{**fields, **changes})


def found(book: Book, number: str = "PP-7") -> Application:
    with book.snapshot() as snapshot:
        return find_application(snapshot, number)


def warned(book: Book, on: date = DECIDED) -> list[str]:
    with book.snapshot() as snapshot:
        return [
            template.format_map(_Plain(params))
            for template, params in decision_warnings(snapshot, find_application(snapshot, "PP-7"), on)
        ]


class _Plain(dict[str, Any]):
    """Parameters whose formats are of no interest here."""

    def __getitem__(self, key: str) -> Any:
        value = super().__getitem__(key)
        return _Amount(value) if isinstance(value, int) else value


class _Amount(int):
    def __format__(self, spec: str) -> str:
        return str(int(self))


@pytest.fixture
def asked(cooperative: Book) -> Book:
    """A member who asked."""
    member(cooperative)
    ask(cooperative)
    return cooperative


@pytest.fixture
def approved(asked: Book) -> Book:
    approve(asked)
    return asked


def test_what_was_asked_is_kept(asked: Book) -> None:
    item = found(asked)
    assert (item.member, item.name, item.on, item.state) == ("0007", "Sutrisno", ASKED, "open")
    assert (item.principal, item.term, item.rate, item.purpose) == (
        9_600_000,
        8,
        Decimal("1.5"),
        "Mesin jahit",
    )
    assert (item.income, item.living_costs, item.other_instalments) == (7_000_000, 2_900_000, 600_000)
    with asked.snapshot() as snapshot:
        assert guarantors_of(snapshot, item.id) == ("Slamet", "Paijo")
        assert collateral_of(snapshot, item.id)[0].value == 11_500_000


def test_numbers_run_through_the_year(asked: Book) -> None:
    assert ask(asked, number="").number == "PP-2026-0001"
    assert ask(asked, number="PP-2026-0002").number == "PP-2026-0002"
    assert ask(asked, number="").number == "PP-2026-0003"
    assert refusal(asked, lambda: replace(_command(), number="pp-7")).field == "number"


def _command() -> ApplyForLoan:
    return ApplyForLoan(member="7", on=ASKED, principal=1, term=1, rate=Decimal(1))


def test_the_ability_to_pay(asked: Book) -> None:
    with asked.snapshot() as snapshot:
        able = ability(snapshot, find_application(snapshot, "PP-7"), ASKED)
    # 1,344,000 / 3,500,000 = 38.4 %, below the 40 % the book begins with.
    assert (able.free, able.instalment, able.ratio, able.limit) == (
        3_500_000,
        1_344_000,
        Decimal("38.4"),
        Decimal(40),
    )
    assert not able.beyond


def test_the_limit_of_the_day_counts_and_only_warns(asked: Book) -> None:
    asked.execute(
        AddRate(
            key="loan_ability_percent", valid_from=date(2026, 3, 5), value=Decimal(35), basis="Rapat pengurus"
        )
    )
    assert not [text for text in warned(asked, ASKED) if "38.4 %" in text]
    said = [text for text in warned(asked) if "38.4 %" in text]
    assert said
    assert "35" in said[0]
    assert approve(asked).value["warnings"]
    assert found(asked).state == "approved"


def test_without_income_nothing_is_free(cooperative: Book) -> None:
    member(cooperative)
    value = ask(cooperative, income=0, living_costs=0, other_instalments=0).value
    assert (value["ratio"], value["beyond"], value["instalment"]) == (None, True, 1_344_000)
    assert any("Nothing of the member's income" in text for text in warned(cooperative))


def test_a_loan_paid_at_the_end_is_measured_by_its_interest() -> None:
    terms = LoanTerms(
        principal=6_000_000, rate=Decimal(24), term=5, method=Method.BULLET, start=date(2026, 1, 15)
    )
    assert ability_of(1_000_000, terms, Decimal(40)).instalment == 120_000


@pytest.mark.parametrize("name", ["principal", "term", "rate"])
def test_nonsense_is_refused(cooperative: Book, name: str) -> None:
    member(cooperative)
    with pytest.raises(UserError):
        ask(cooperative, **{name: -1 if name != "rate" else Decimal(-1)})
    with cooperative.snapshot() as snapshot:
        assert applications(snapshot) == []


def test_a_rate_or_a_product_is_needed(cooperative: Book) -> None:
    member(cooperative)
    with pytest.raises(UserError) as caught:
        ask(cooperative, rate=None)
    assert caught.value.field == "rate"


def test_the_product_fills_the_terms(cooperative: Book) -> None:
    member(cooperative)
    cooperative.execute(AddLoanProduct(code="USAHA", name="Usaha", rate=Decimal("1.3"), round_to=500))
    assert ask(cooperative, rate=None, product="usaha").value["instalment"] == 1_325_000
    # 1,200,000 + 124,800 to the nearest 500.
    error = refusal(cooperative, lambda: RemoveLoanProduct(code="USAHA"))
    assert "applications" in error.template
    approve(cooperative)
    cooperative.execute(paying())
    with cooperative.snapshot() as snapshot:
        loan = find_loan(snapshot, "PJ-7", END)
    assert (loan.product, loan.terms.rate, loan.terms.round_to) == ("USAHA", Decimal("1.3"), 500)


def test_what_is_said_is_put_anew_until_it_is_decided(asked: Book) -> None:
    before = found(asked)
    outcome = asked.execute(
        ChangeApplication(
            application="PP-7", member="7", on=ASKED, principal=5_000_000, term=5, rate=Decimal(2)
        )
    )
    item = found(asked)
    assert (item.principal, item.income, item.purpose) == (5_000_000, 0, "")
    assert outcome.undo is not None
    asked.execute(outcome.undo)
    assert found(asked) == before
    with asked.snapshot() as snapshot:
        assert guarantors_of(snapshot, before.id) == ("Slamet", "Paijo")
    approve(asked)
    error = refusal(
        asked,
        lambda: ChangeApplication(
            application="PP-7", member="7", on=ASKED, principal=1, term=1, rate=Decimal(1)
        ),
    )
    assert "was approved" in error.template


def test_the_checklist(asked: Book) -> None:
    with asked.snapshot() as snapshot:
        assert checklist(snapshot)[:2] == ("KTP", "KK")
    outcome = asked.execute(CheckApplication(application="PP-7", item="ktp", on=DECIDED, by="Sari"))
    asked.execute(CheckApplication(application="PP-7", item="Survei", on=PAID, note="Warung ramai"))
    with asked.snapshot() as snapshot:
        lines = {line.name: line for line in checks_of(snapshot, found(asked).id)}
    assert (lines["KTP"].on, lines["KTP"].by) == (DECIDED, "Sari")
    # Without a name it was whoever works at the book.
    assert (lines["Survei"].by, lines["Survei"].note) == ("Ngatiyem", "Warung ramai")
    assert lines["KK"].on is None
    assert any("KK" in text and "KTP" not in text for text in warned(asked))
    assert outcome.undo is not None
    asked.execute(outcome.undo)
    with asked.snapshot() as snapshot:
        assert checks_of(snapshot, found(asked).id)[0].on is None


def test_a_tick_taken_away_comes_back(asked: Book) -> None:
    asked.execute(CheckApplication(application="PP-7", item="KK", on=ASKED, by="Sari", note="salinan"))
    gone = asked.execute(CheckApplication(application="PP-7", item="KK", on=PAID, done=False))
    assert gone.undo is not None
    asked.execute(gone.undo)
    with asked.snapshot() as snapshot:
        line = checks_of(snapshot, found(asked).id)[1]
    assert (line.on, line.by, line.note) == (ASKED, "Sari", "salinan")
    refusal(asked, lambda: CheckApplication(application="PP-7", item="KTP", on=PAID, done=False))
    refusal(asked, lambda: CheckApplication(application="PP-7", item="Ijazah", on=PAID))
    refusal(asked, lambda: CheckApplication(application="PP-7", item="KTP", on=date(2026, 3, 1)))


def test_the_checklist_is_data(asked: Book) -> None:
    asked.execute(CheckApplication(application="PP-7", item="KK", on=ASKED))
    outcome = asked.execute(SetLoanChecklist(items=("Survei", "NPWP")))
    with asked.snapshot() as snapshot:
        assert checklist(snapshot) == ("Survei", "NPWP")
        # What was ticked stays known.
        assert [line.name for line in checks_of(snapshot, found(asked).id)] == ["Survei", "NPWP", "KK"]
    assert outcome.undo is not None
    asked.execute(outcome.undo)
    with asked.snapshot() as snapshot:
        assert checklist(snapshot)[:2] == ("KTP", "KK")
    with pytest.raises(UserError):
        SetLoanChecklist(items=("KTP", "ktp "))


def test_an_approval_says_up_to_what(asked: Book) -> None:
    approve(asked, principal=7_200_000, term=6, note="Agunan cukup")
    item = found(asked)
    assert (item.state, item.approved, item.approved_term) == ("approved", 7_200_000, 6)
    assert (item.decided_on, item.decided_by, item.note) == (DECIDED, "Harjono", "Agunan cukup")


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (ApproveApplication(application="PP-7", on=DECIDED, principal=9_600_001), "principal"),
        (ApproveApplication(application="PP-7", on=DECIDED, term=-3), "term"),
        (ApproveApplication(application="PP-7", on=date(2026, 3, 1)), "on"),
        (ApproveApplication(application="PP-8", on=DECIDED), "application"),
    ],
)
def test_an_approval_that_cannot_be(asked: Book, command: Command, field: str) -> None:
    assert refusal(asked, lambda: command).field == field
    assert found(asked).state == "open"


@pytest.mark.parametrize(
    "decide",
    [
        ApproveApplication(application="PP-7", on=DECIDED, by="Harjono", principal=7_200_000, term=6),
        RefuseApplication(application="PP-7", on=DECIDED, by="Harjono", note="Penghasilan kurang"),
        WithdrawApplication(application="PP-7", on=DECIDED, by="Sari", note="Batal"),
    ],
)
def test_a_decision_is_taken_back_and_made_again(asked: Book, decide: Command) -> None:
    before = found(asked)
    outcome = asked.execute(decide)
    decided = found(asked)
    assert decided.state != "open"
    refusal(asked, lambda: decide)
    assert outcome.undo is not None
    back = asked.execute(outcome.undo)
    assert found(asked) == before
    assert back.undo == decide
    asked.execute(back.undo)
    assert found(asked) == decided


def test_a_refusal_says_why() -> None:
    with pytest.raises(UserError):
        RefuseApplication(application="PP-7", on=DECIDED, note=" ")


def test_an_application_is_undone_while_nothing_was_done(cooperative: Book) -> None:
    member(cooperative)
    outcome = ask(cooperative)
    before = found(cooperative)
    assert outcome.undo is not None
    undone = cooperative.execute(outcome.undo)
    with cooperative.snapshot() as snapshot:
        assert applications(snapshot) == []
    assert undone.undo is not None
    cooperative.execute(undone.undo)
    assert found(cooperative)._replace(id=before.id) == before
    cooperative.execute(CheckApplication(application="PP-7", item="KTP", on=ASKED))
    again = outcome.undo
    assert again is not None
    assert "looked at" in refusal(cooperative, lambda: again).template


def test_paying_out_takes_what_the_application_says(approved: Book) -> None:
    value = approved.execute(paying()).value
    assert value["instalment"] == 1_344_000
    item = found(approved)
    assert (item.state, item.loan, item.paid_on) == ("paid", "PJ-7", PAID)
    assert (item.state_on(ASKED), item.state_on(DECIDED), item.state_on(PAID)) == ("open", "approved", "paid")
    with approved.snapshot() as snapshot:
        loan = find_loan(snapshot, "PJ-7", END)
        details = loan_details(snapshot, loan.id)
    assert (loan.purpose, loan.terms.rate) == ("Mesin jahit", Decimal("1.5"))
    assert details.guarantors == ("Slamet", "Paijo")
    assert details.collateral[0].document == "K-0912"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"principal": 7_200_001}, "approved up to {approved:rp}"),
        ({"term": 7}, "approved up to {approved} instalments"),
        ({"on": date(2026, 3, 8)}, "was approved on {decided}"),
        ({"member": "8"}, "is that of {other}"),
        ({"application": "PP-9"}, "There is no application"),
    ],
)
def test_paying_out_more_than_approved_is_refused(asked: Book, changes: dict[str, Any], says: str) -> None:
    member(asked, "0008", "Wagiyem")
    approve(asked, principal=7_200_000, term=6)
    assert says in refusal(asked, lambda: paying(**{"principal": 7_200_000, "term": 6, **changes})).template
    asked.execute(paying(principal=7_000_000, term=5))
    sound(asked)


@pytest.mark.parametrize(
    ("decide", "says"),
    [
        (None, "is not decided yet"),
        (RefuseApplication(application="PP-7", on=DECIDED, note="Kurang"), "was refused"),
        (WithdrawApplication(application="PP-7", on=DECIDED), "was withdrawn"),
    ],
)
def test_only_what_is_approved_is_paid_out(asked: Book, decide: Command | None, says: str) -> None:
    if decide is not None:
        asked.execute(decide)
    assert says in refusal(asked, paying).template


def test_it_is_paid_out_once_and_again_after_a_reversal(approved: Book) -> None:
    first = approved.execute(paying())
    assert "paid out" in refusal(approved, lambda: paying(number="PJ-8")).template
    assert "paid out" in refusal(approved, lambda: ReopenApplication(application="PP-7")).template
    assert first.undo is not None
    approved.execute(first.undo)
    assert found(approved).state == "approved"
    approved.execute(paying(number="PJ-8"))
    assert found(approved).loan == "PJ-8"
    sound(approved)


def test_a_loan_does_not_come_back_against_its_application(approved: Book) -> None:
    first = approved.execute(paying())
    assert first.undo is not None
    back = approved.execute(first.undo)
    again = back.undo
    assert isinstance(again, ReverseEntry)
    approved.execute(ReopenApplication(application="PP-7"))
    assert "not decided" in refusal(approved, lambda: again).template
    approve(approved, principal=5_000_000)
    assert "decided anew" in refusal(approved, lambda: again).template
    approved.execute(ReopenApplication(application="PP-7"))
    approve(approved)
    approved.execute(again)
    assert found(approved).loan == "PJ-7"
    sound(approved)


def test_other_loans_arrears_and_the_limit_are_told(asked: Book) -> None:
    lend(asked)
    texts = warned(asked)
    assert any("other loans: 1" in text for text in texts)
    # The instalment of 10 February was not paid.
    assert any("PJ-7" in text and "1344000" in text for text in texts)


def test_a_candidate_is_told(cooperative: Book) -> None:
    cooperative.execute(
        AddMember(number="0007", name="Sutrisno", joined=date(2026, 2, 1), status=Admission.PROSPECTIVE)
    )
    ask(cooperative)
    assert any("not a full member" in text for text in warned(cooperative))


def test_what_is_broken_is_found(approved: Book) -> None:
    approved.execute(paying())
    with approved._connection.begin():
        approved._connection.exec_driver_sql("UPDATE loan_application SET approved = 9000000")
        approved._connection.exec_driver_sql("UPDATE loan_application SET decided_by = ''")
    with approved.snapshot() as snapshot:
        keys = [item.template for item in checks.broken_only(checks.run(snapshot))]
    assert len(keys) == 2
    with approved._connection.begin():
        approved._connection.exec_driver_sql(
            "UPDATE loan_application SET approved = 9600000, decided_by = 'Harjono'"
        )


def test_which_loan_was_paid_out_is_final(approved: Book) -> None:
    approved.execute(paying())
    for text in (
        "UPDATE loan_application_loan SET application_id = 2",
        "DELETE FROM loan_application_loan",
        "INSERT OR REPLACE INTO loan_application_loan VALUES (1, 1)",
    ):
        with (
            pytest.raises(Exception, match="posted"),
            approved._connection.begin(),
        ):
            approved._connection.exec_driver_sql(text)


@settings(max_examples=60, deadline=None)
@given(
    free=st.integers(-2_000_000, 20_000_000),
    principal=st.integers(100_000, 50_000_000),
    term=st.integers(1, 40),
    rate=st.decimals(0, 4, places=2),
    method=st.sampled_from(list(Method)),
)
def test_the_ratio_is_that_of_the_heaviest_month(
    free: int, principal: int, term: int, rate: Decimal, method: Method
) -> None:
    terms = LoanTerms(principal=principal, rate=rate * 12, term=term, method=method, start=date(2026, 1, 31))
    able = ability_of(free, terms, Decimal(40))
    rows = schedule(terms)
    counted = rows[:-1] if method is Method.BULLET and term > 1 else rows
    assert able.instalment == max(row.total for row in counted)
    if free <= 0:
        assert able.ratio is None
        assert able.beyond
    else:
        assert able.ratio is not None
        assert abs(able.ratio * free - able.instalment * 100) * 20 <= free
        assert able.beyond == (able.ratio > 40)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.tuples(st.integers(0, 6), st.integers(1, 12)), max_size=14))
def test_whatever_is_tried_a_loan_keeps_to_its_application(
    open_book: Callable[[str], Book], steps: list[tuple[int, int]]
) -> None:
    book = open_book("cooperative")
    member(book)
    ask(book)
    undo: list[Command] = []
    for kind, size in steps:
        commands: list[Command] = [
            ApproveApplication(application="PP-7", on=DECIDED, principal=size * 800_000, term=size),
            RefuseApplication(application="PP-7", on=DECIDED, note="Kurang"),
            ReopenApplication(application="PP-7"),
            paying(principal=size * 790_000, term=min(size, 8), number=""),
            paying(principal=size * 810_000, term=size, number=""),
            CheckApplication(application="PP-7", item="KTP", on=DECIDED, done=size % 2 == 0),
        ]
        try:
            made = book.execute(undo.pop() if kind == 6 and undo else commands[kind % 6])
        except (Refused, UserError):
            continue
        if made.undo is not None:
            undo.append(made.undo)
        sound(book)
