"""Lending: a loan is paid out less its fees, gets its number and its schedule."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from app.base.errors import Refused
from app.base.money import percent_of
from app.ledger.accounts.service import chart_of
from app.ledger.changes import Done, Kind
from app.ledger.entries.commands import ReverseEntry
from app.ledger.entries.post import Posting, post
from app.ledger.loans.applications.service import note_loan, on_application
from app.ledger.loans.byhand import rows_left, write_by_hand
from app.ledger.loans.commands import Allocation, DisburseLoan, Excess, RequiredFrom, TakeOverLoan
from app.ledger.loans.details import write_details
from app.ledger.loans.limits import limit_warnings
from app.ledger.loans.movements import Movement
from app.ledger.loans.offered import LoanProduct
from app.ledger.loans.penalties import NO_PENALTY
from app.ledger.loans.products import ABOVE_CEILING, with_product, yearly
from app.ledger.loans.register import (
    CONTROLS,
    SOURCE,
    WITH_SAVINGS,
    Holds,
    LoanState,
    loans_of,
    write_holds,
    write_movement,
    write_rows,
)
from app.ledger.loans.schedule import LoanTerms, schedule
from app.ledger.loans.standing import Row
from app.ledger.loans.tables import loan, loan_schedule, loan_transaction
from app.ledger.parties.register import PartyKind, PartyRow, register_of
from app.ledger.rates.table import rate_on
from app.ledger.savings.service import Planned, deposit_for, loan_savings, saved_on, write
from app.ledger.transaction import Transaction


def disburse(tx: Transaction, command: DisburseLoan) -> Done:
    """Pay a loan out, less its fees, and lay out its schedule."""
    party = register_of(tx).find(PartyKind.MEMBER, command.member)
    if not party.active:
        raise Refused(
            "{member} is not a member any more.",
            advice="Loans are for members.",
            field="member",
            member=party.name,
        )
    command, product = with_product(tx, on_application(tx, command, party))
    provision, administration = command.provision or 0, command.administration or 0
    if command.provision_percent is not None:
        provision = percent_of(command.principal, command.provision_percent)
    fees = provision + administration
    if fees > command.principal:
        raise Refused(
            "The fees of {fees:rp} are more than the loan of {principal:rp}.",
            advice="Lower the provision or the administration fee.",
            field="provision",
            fees=fees,
            principal=command.principal,
        )
    savings = _required_savings(tx, party, product, command)
    saved = sum(item.amount for item in savings)
    if fees + saved > command.principal:
        raise Refused(
            "Fees of {fees:rp} and savings of {saved:rp} are more than the loan of {principal:rp}.",
            advice="Lower the fees, or the savings that the product asks for.",
            field="principal",
            fees=fees,
            saved=saved,
            principal=command.principal,
        )
    chart = chart_of(tx)
    money = chart.money_account(command.account)
    terms = command.terms()
    rows = rows_left(command.schedule)[0] if command.schedule else agreed_rows(terms)
    number = free_number(tx, command.number, command.on)
    posted = post(
        tx,
        on=command.on,
        memo=command.memo or f"Pencairan pinjaman {number}",
        postings=[
            Posting(ledger_of(tx, product), command.principal, party.id),
            Posting(money.id, fees + saved - command.principal),
            Posting(chart.role("loan_provision").id, -provision),
            Posting(chart.role("loan_administration").id, -administration),
            *(item.posting for item in savings),
        ],
        source=SOURCE,
        number=number,
        party=party.id,
        controls=WITH_SAVINGS if savings else CONTROLS,
    )
    for item in savings:
        write(tx, item, posted.id, command.on)
    state = write_loan(tx, command, number, party.id, posted.id, rows, product, provision=provision)
    note_loan(tx, command, state.id)
    write_by_hand(tx, state, command)
    lent = Movement(tx.next_id(loan_transaction), posted.id, command.on, "disbursement", command.principal)
    write_movement(tx, state, lent)
    loans_of(tx).add(state)
    value = {
        "entry": posted.id,
        "loan": number,
        "principal": command.principal,
        "fees": fees,
        "net": command.principal - fees - saved,
        **({"savings": saved} if saved else {}),
        "first_due": rows[0].due.isoformat(),
        "instalment": rows[0].principal + rows[0].interest,
        "warnings": warnings(tx, terms)
        + limit_warnings(tx, party.id, command.on, loans_of(tx).owed_by(tx, party.id)),
    }
    return Done(number=number, value=value, undo=ReverseEntry(entry=posted.id))


def _required_savings(
    tx: Transaction, party: PartyRow, product: LoanProduct | None, command: DisburseLoan
) -> list[Planned]:
    """What is put into Simpanan Wajib Pinjam with the disbursement; raises Refused where savings are to be owned
    before and the member has less on that day."""
    if product is None or not (required := product.required_savings(command.principal)):
        return []
    if product.required_from is RequiredFrom.DEDUCTED:
        return [deposit_for(tx, party, loan_savings(tx), required)]
    owned = saved_on(tx, party.id, command.on)
    if owned < required:
        raise Refused(
            "{product} asks for savings of {required:rp} for this loan; {member} has {owned:rp}.",
            advice="Let the member save {lacking:rp} first, or lend less.",
            field="principal",
            product=product.name,
            required=required,
            member=party.name,
            owned=owned,
            lacking=required - owned,
        )
    return []


def ledger_of(tx: Transaction, product: LoanProduct | None) -> int:
    """The account that keeps the principal of what is lent by a product."""
    own = None if product is None else product.ledger
    return chart_of(tx).role("loans").id if own is None else own


def agreed_rows(terms: LoanTerms) -> list[Row]:
    """The schedule of the agreement."""
    return [Row(item.number, item.due, item.principal, item.interest) for item in schedule(terms)]


def free_number(tx: Transaction, number: str, on: date) -> str:
    """The loan's number: the one given, if no loan that stands has it, else the next of the year."""
    register = loans_of(tx)
    given = number.strip()
    if given and register.numbered(tx, given) is not None:
        raise Refused(
            "There is already a loan {loan}.",
            advice="Give another number, or take the other loan back first.",
            field="number",
            loan=given,
        )
    while not given:
        proposal = tx.yearly_number("PJ", on)
        given = "" if register.numbered(tx, proposal) else proposal
    return given


def warnings(tx: Transaction, terms: LoanTerms) -> list[tuple[str, dict[str, Any]]]:
    """What should be looked at and is no fault: a stated rate above the ceiling of its day.

    Each is a sentence's template with its parameters. Permenkop UKM 8/2023 ps. 27 does not say whether
    flat or effective is meant, so the stated rate is measured.
    """
    try:
        ceiling = rate_on(tx, "loan_rate_ceiling_percent", terms.start)
    except Refused:
        return []  # no ceiling was set yet on that day
    rate = yearly(terms.rate, terms.per, terms.every, terms.term)
    if rate is None or rate <= ceiling:
        return []
    return [(ABOVE_CEILING, {"rate": rate.quantize(Decimal("0.01")), "ceiling": ceiling})]


def write_loan(
    tx: Transaction,
    command: DisburseLoan | TakeOverLoan,
    number: str,
    party: int,
    entry: int,
    rows: Sequence[Row],
    product: LoanProduct | None,
    *,
    provision: int,
    first: int = 1,
    running_since: date | None = None,
    penalty: int = 0,
) -> LoanState:
    """Write a loan with its first schedule; instalments before `first` were settled in older books."""
    terms = command.terms()
    excess = command.excess or Excess.HOLD
    late = NO_PENALTY if product is None else product.penalty_terms
    allocation = Allocation.INTEREST if product is None else product.allocation
    key = tx.next_id(loan)
    tx.insert_tuple(
        loan,
        (
            key,
            number,
            party,
            entry,
            terms.start.isoformat(),
            terms.principal,
            str(terms.rate),
            terms.per.value,
            terms.method.value,
            terms.term,
            terms.every.value,
            None if terms.first_due is None else terms.first_due.isoformat(),
            terms.grace,
            terms.basis.value,
            terms.round_to,
            terms.rounding.value,
            terms.mode.value,
            excess.value,
            provision,
            command.administration or 0,
            command.purpose,
            None if running_since is None else running_since.isoformat(),
            None if product is None else product.id,
            late.amount,
            str(late.percent),
            late.per.value,
            allocation.value,
            None if product is None else product.ledger,
            None if product is None else product.income,
            late.cap,
            str(late.cap_percent),
            late.cap_per.value,
        ),
    )
    write_details(tx, key, command.collateral, command.guarantors)
    holds = Holds(tx.next_id(loan_schedule), entry, running_since or terms.start, 1, first, 0, 0)
    write_rows(tx, key, 1, rows)
    write_holds(tx, key, holds)
    tx.changed(Kind.LOAN, key)
    return LoanState(
        key,
        number,
        party,
        entry,
        terms,
        excess,
        running_since,
        penalty,
        rows,
        1,
        holds,
        late,
        allocation,
        None if product is None else product.ledger,
        None if product is None else product.income,
    )
