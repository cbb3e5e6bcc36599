"""Lending: a loan is paid out less its fees, gets its number and its schedule."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from app.base.errors import Refused
from app.base.i18n import N_
from app.base.money import percent_of
from app.ledger.accounts.service import chart_of
from app.ledger.changes import Done, Kind
from app.ledger.entries.commands import ReverseEntry
from app.ledger.entries.post import Posting, post
from app.ledger.loans.commands import DisburseLoan, TakeOverLoan
from app.ledger.loans.movements import Movement
from app.ledger.loans.register import (
    CONTROLS,
    SOURCE,
    Holds,
    LoanState,
    loans_of,
    write_holds,
    write_movement,
    write_rows,
)
from app.ledger.loans.schedule import Every, LoanTerms, RatePer, schedule
from app.ledger.loans.standing import Row
from app.ledger.loans.tables import loan, loan_schedule, loan_transaction
from app.ledger.parties.register import PartyKind, register_of
from app.ledger.rates.table import rate_on
from app.ledger.transaction import Transaction

_PERIODS_A_YEAR = {Every.MONTH: Decimal(12), Every.WEEK: Decimal(360) / 7, Every.DAY: Decimal(360)}
_ABOVE_CEILING = N_("The rate is {rate} % a year, above the {ceiling} % that the law sets.")


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
    provision = command.provision
    if command.provision_percent is not None:
        provision = percent_of(command.principal, command.provision_percent)
    fees = provision + command.administration
    if fees > command.principal:
        raise Refused(
            "The fees of {fees:rp} are more than the loan of {principal:rp}.",
            advice="Lower the provision or the administration fee.",
            field="provision",
            fees=fees,
            principal=command.principal,
        )
    chart = chart_of(tx)
    money = chart.money_account(command.account)
    terms = command.terms()
    rows = agreed_rows(terms)
    number = free_number(tx, command.number, command.on)
    posted = post(
        tx,
        on=command.on,
        memo=command.memo or f"Pencairan pinjaman {number}",
        postings=[
            Posting(chart.role("loans").id, command.principal, party.id),
            Posting(money.id, fees - command.principal),
            Posting(chart.role("loan_provision").id, -provision),
            Posting(chart.role("loan_administration").id, -command.administration),
        ],
        source=SOURCE,
        number=number,
        party=party.id,
        controls=CONTROLS,
    )
    state = write_loan(tx, command, number, party.id, posted.id, rows, provision=provision)
    lent = Movement(tx.next_id(loan_transaction), posted.id, command.on, "disbursement", command.principal)
    write_movement(tx, state, lent)
    loans_of(tx).add(state)
    value = {
        "entry": posted.id,
        "loan": number,
        "principal": command.principal,
        "fees": fees,
        "net": command.principal - fees,
        "first_due": rows[0].due.isoformat(),
        "instalment": rows[0].principal + rows[0].interest,
        "warnings": warnings(tx, terms),
    }
    return Done(number=number, value=value, undo=ReverseEntry(entry=posted.id))


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
    rate = terms.rate
    if terms.per is RatePer.MONTH:
        rate *= 12
    elif terms.per is RatePer.TERM:
        rate = rate * _PERIODS_A_YEAR[terms.every] / terms.term
    if rate <= ceiling:
        return []
    return [(_ABOVE_CEILING, {"rate": rate.quantize(Decimal("0.01")), "ceiling": ceiling})]


def write_loan(
    tx: Transaction,
    command: DisburseLoan | TakeOverLoan,
    number: str,
    party: int,
    entry: int,
    rows: Sequence[Row],
    *,
    provision: int,
    first: int = 1,
    running_since: date | None = None,
    penalty: int = 0,
) -> LoanState:
    """Write a loan with its first schedule; instalments before `first` were settled in older books."""
    terms = command.terms()
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
            command.excess.value,
            provision,
            command.administration,
            command.purpose,
            None if running_since is None else running_since.isoformat(),
        ),
    )
    holds = Holds(tx.next_id(loan_schedule), entry, running_since or terms.start, 1, first, 0, 0)
    write_rows(tx, key, 1, rows)
    write_holds(tx, key, holds)
    tx.changed(Kind.LOAN, key)
    return LoanState(key, number, party, entry, terms, command.excess, running_since, penalty, rows, 1, holds)
