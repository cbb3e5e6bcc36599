"""Members who leave: their savings become a debt (2-1503) on the day the exit is accepted, then are paid."""

from datetime import date

from sqlalchemy import update

from app.base.errors import Refused
from app.ledger.accounts.service import chart_of
from app.ledger.changes import Done, Kind
from app.ledger.command import Command
from app.ledger.entries.commands import ReverseEntries, ReverseEntry
from app.ledger.entries.post import Posting, post
from app.ledger.loans.commands import Excess, PayOffLoan, ReceiveInstalment, Settlement
from app.ledger.loans.queries import outstanding_of
from app.ledger.loans.register import loans_of, the_loan
from app.ledger.members.commands import AcceptExit, ExitReason, PayExit, WithdrawExit
from app.ledger.members.register import Membership, find_member, members_of
from app.ledger.members.tables import member
from app.ledger.parties.register import PartyRow, register_of, rewrite_party
from app.ledger.reader import optional_day
from app.ledger.savings.register import Account, buffer_of, record, savings_of
from app.ledger.savings.service import CONTROLS, left_account, movements_of, withdraw_for, write
from app.ledger.transaction import Transaction

EXIT, PAYMENT = "exit", "exit-payment"


def accept_exit(tx: Transaction, command: AcceptExit) -> Done:
    """Dr each savings account of the member, Cr 2-1503; from that day they are no member any more.

    Refused when something of a later day is recorded already: the balance of the day would not be the
    whole. A loan that is still owed does not stand in the way; it does at the paying out, unless the savings
    settle it here.
    """
    party, membership = find_member(tx, command.member)
    _refuse_exit(tx, party, membership, command.on)
    _refuse_officer(tx, party)
    accounts = [item for item in savings_of(tx).of_party(party.id) if item.balance]
    running = next((item.number for item in accounts if item.bound), None)
    if running is not None:
        raise Refused(
            "{member} still has the term deposit {number}.",
            advice="Close it first (close-term-deposit), into savings or in cash.",
            field="member",
            member=party.name,
            number=running,
        )
    left = left_account(tx)
    if accounts:
        total = sum(item.balance for item in accounts)
        posted = post(
            tx,
            on=command.on,
            memo=f"Anggota keluar: {party.name}",
            postings=[
                *(Posting(item.held_in, item.balance, party.id) for item in accounts),
                Posting(left, -total, party.id),
            ],
            source=EXIT,
            series="KL",
            party=party.id,
            controls=CONTROLS,
        )
        for item in accounts:
            _move(tx, item, posted.id, command.on, left)
        done = Done(
            number=posted.number,
            value={"entry": posted.id, "owed": total},
            undo=ReverseEntry(entry=posted.id),
        )
    else:
        done = Done(number=party.code, value={"owed": 0}, undo=WithdrawExit(member=party.code))
    end_membership(tx, party, membership, command.on)
    tx.execute(
        update(member)
        .where(member.c.party_id == party.id)
        .values(
            leave_reason=command.reason.value,
            leave_note=command.note.strip(),
            exit_requested=None if command.requested is None else command.requested.isoformat(),
        )
    )
    if not command.settle or not accounts:
        return done
    settled = _settle_loans(tx, party, command.on)
    if not settled:
        return done
    total = sum(item.balance for item in accounts)
    undo = ReverseEntries(entries=(*reversed(settled), done.value["entry"]))
    return Done(number=done.number, value={**done.value, "settled": settled, "owed": total}, undo=undo)


def _settle_loans(tx: Transaction, party: PartyRow, on: date) -> list[int]:
    """Pay the loans off out of the savings, the oldest loan first, as far as they reach; the entries made.

    What can be taken out at any time goes first. A loan of which more was paid ahead than it takes is left:
    money would go back to the member, from a place that nobody has named.
    """
    register = savings_of(tx)
    accounts = sorted(
        register.of_party(party.id),
        key=lambda item: (not register.products[item.product].withdrawable, item.product, item.id),
    )
    loans = sorted(
        (item for item in loans_of(tx).all(tx) if item.party == party.id and item.outstanding > 0),
        key=lambda item: (item.disbursed_on, item.id),
    )
    entries: list[int] = []
    for number in [item.number for item in loans]:
        for account in accounts:
            to_pay = the_loan(tx, number).cost(on, Settlement.CURRENT).to_pay
            if to_pay <= 0 or not account.balance:
                continue
            source = account.number or register.products[account.product].code
            if account.balance >= to_pay:
                paid: Command = PayOffLoan(loan=number, on=on, from_savings=source)
            else:
                paid = ReceiveInstalment(
                    loan=number,
                    amount=account.balance,
                    on=on,
                    from_savings=source,
                    excess=Excess.HOLD,
                    apply_held=False,
                )
            entries.append(tx.run(paid).value["entry"])
            if the_loan(tx, number).outstanding == 0:
                break
    return entries


def withdraw_exit(tx: Transaction, command: WithdrawExit) -> Done:
    """Undo of an exit that moved nothing."""
    party, membership = find_member(tx, command.member)
    if membership.left_on is None:
        raise Refused("{member} has not left.", member=party.name)
    _refuse_owed(tx, party, {})
    reason, note, requested = tx.sql(
        "SELECT leave_reason, leave_note, exit_requested FROM member WHERE party_id = ?", (party.id,)
    )[0]
    undo = AcceptExit(
        member=party.code,
        on=membership.left_on,
        reason=ExitReason(reason),
        note=note,
        requested=optional_day(requested),
    )
    resume_membership(tx, party, membership)
    return Done(number=party.code, undo=undo)


def pay_exit(tx: Transaction, command: PayExit) -> Done:
    """Dr 2-1503, Cr cash: all that is owed to one who left, or part of one product."""
    party, membership = find_member(tx, command.member)
    left_on = membership.left_on
    if left_on is None:
        raise Refused(
            "{member} has not left the cooperative.",
            advice="Accept the exit first (accept-exit).",
            field="member",
            member=party.name,
        )
    refuse_paying_out(tx, party, left_on, command.on)
    products = savings_of(tx).products
    if command.product:
        product = savings_of(tx).product(command.product)
        accounts = [item for item in savings_of(tx).of_product(party.id, product.id) if item.balance]
        if command.savings_number:
            accounts = [item for item in accounts if item.number == command.savings_number]
    else:
        accounts = [item for item in savings_of(tx).of_party(party.id) if item.balance]
    if not accounts:
        raise Refused(
            "Nothing is owed to {member} any more.",
            advice="Check the member and the product.",
            field="member",
            member=party.name,
        )
    # An amount is of one account: with several, withdraw_for asks which one is meant.
    numbers = [command.savings_number] if command.amount is not None else [item.number for item in accounts]
    planned = [
        withdraw_for(
            tx,
            party,
            products[item.product],
            item.balance if command.amount is None else command.amount,
            command.on,
            savings_number=number,
            kind="exit",
        )
        for item, number in zip(accounts, numbers, strict=False)
    ]
    total = -sum(item.amount for item in planned)
    money = chart_of(tx).money_account(command.account)
    posted = post(
        tx,
        on=command.on,
        memo=command.memo or f"Bayar simpanan anggota keluar: {party.name}",
        postings=[*(item.posting for item in planned), Posting(money.id, -total)],
        source=PAYMENT,
        series="KL",
        number=command.number,
        party=party.id,
        controls=CONTROLS,
    )
    for item in planned:
        write(tx, item, posted.id, command.on)
    tx.changed(Kind.MEMBER, party.id)
    return Done(
        number=posted.number,
        value={"entry": posted.id, "paid": total},
        undo=ReverseEntry(entry=posted.id),
    )


def refuse_paying_out(tx: Transaction, party: PartyRow, left_on: date, on: date) -> None:
    """Raise Refused when nothing can be paid to one who left: before that day, or while a loan is owed."""
    if on < left_on:
        raise Refused(
            "{member} left on {left}; nothing is paid out before that.",
            advice="Correct the date.",
            field="on",
            member=party.name,
            left=left_on,
        )
    debt = outstanding_of(tx, party.id)
    if debt:
        raise Refused(
            "{member} still owes {debt:rp} on loans.",
            advice="Record the loan's payment first; the savings are paid out after that.",
            field="member",
            member=party.name,
            debt=debt,
        )


def take_back_exit(tx: Transaction, entry: int, reversing: int, on: date) -> None:
    """Take an accepted exit back: the savings return to their products' accounts and the member stays.

    The reversal of such a reversal lets the member leave again. Refused when savings moved since.
    """
    left = left_account(tx)
    rows = movements_of(tx, entry)
    moved: dict[int, int] = {}
    for key, ledger, _, amount in rows:
        if ledger == left:
            moved[key] = moved.get(key, 0) + amount
    register = savings_of(tx)
    party = register_of(tx).by_id[register.by_id[rows[0][0]].party]
    membership = members_of(tx).by_party[party.id]
    if all(amount > 0 for amount in moved.values()):
        _refuse_owed(tx, party, moved)
        for key in moved:
            account = register.by_id[key]
            _move(tx, account, reversing, on, register.products[account.product].ledger)
        resume_membership(tx, party, membership)
        return
    _refuse_exit(tx, party, membership, on)
    _refuse_owed(tx, party, {key: -amount for key, amount in moved.items()})
    for key in moved:
        _move(tx, register.by_id[key], reversing, on, left)
    end_membership(tx, party, membership, on)


def _move(tx: Transaction, account: Account, entry: int, on: date, ledger: int) -> None:
    """Keep an account's whole balance in another ledger account: a pair of movements."""
    balance = account.balance
    record(tx, account, entry, account.held_in, on, "exit", -balance)
    account.held_in = ledger
    record(tx, account, entry, ledger, on, "exit", balance)
    tx.changed(Kind.SAVINGS, account.id)


def _refuse_exit(tx: Transaction, party: PartyRow, membership: Membership, on: date) -> None:
    if membership.left_on is not None:
        raise Refused(
            "The exit of {member} on {left} is accepted already.",
            advice="Pay the savings out with pay-exit.",
            field="member",
            member=party.name,
            left=membership.left_on,
        )
    if membership.joined is not None and on < membership.joined:
        raise Refused(
            "{member} joined on {joined}; {on} is before that.",
            advice="Correct the date here, or the day of joining in the member's data.",
            field="on",
            member=party.name,
            joined=membership.joined,
            on=on,
        )
    latest = max(
        (item.latest for item in savings_of(tx).of_party(party.id) if item.latest is not None),
        default=on,
    )
    if latest > on:
        raise Refused(
            "{member} has savings movements up to {latest}, after {on}.",
            advice="Let the member leave on that day or later, or take the later movements back.",
            field="on",
            member=party.name,
            latest=latest,
            on=on,
        )


def _refuse_officer(tx: Transaction, party: PartyRow) -> None:
    rows = tx.sql("SELECT office FROM office_term WHERE party_id = ? AND ended IS NULL", (party.id,))
    if rows:
        raise Refused(
            "{member} still holds the office {office}.",
            advice="Record the end of the office first (end-office).",
            field="member",
            member=party.name,
            office=rows[0][0],
        )


def _refuse_owed(tx: Transaction, party: PartyRow, moved: dict[int, int]) -> None:
    """Raise Refused unless the member's balances are just those that the exit moved."""
    for item in savings_of(tx).of_party(party.id):
        if item.balance != moved.get(item.id, 0):
            raise Refused(
                "The savings of {member} have moved since the exit.",
                advice="Take the later payments back first.",
                member=party.name,
            )


def end_membership(tx: Transaction, party: PartyRow, membership: Membership, on: date) -> None:
    """Close a membership: whatever is saved from then on is owed (2-1503)."""
    left = left_account(tx)
    for item in savings_of(tx).of_party(party.id):
        if item.held_in != left:
            item.held_in = left
            buffer_of(tx).touch(item)
    _write_membership(tx, party, membership, on)


def resume_membership(tx: Transaction, party: PartyRow, membership: Membership) -> None:
    """Open a membership again: the savings are kept in their products' accounts."""
    products = savings_of(tx).products
    for item in savings_of(tx).of_party(party.id):
        if item.held_in != products[item.product].ledger:
            item.held_in = products[item.product].ledger
            buffer_of(tx).touch(item)
    _write_membership(tx, party, membership, None)


def _write_membership(tx: Transaction, party: PartyRow, membership: Membership, left_on: date | None) -> None:
    tx.execute(
        update(member)
        .where(member.c.party_id == party.id)
        .values(left_on=None if left_on is None else left_on.isoformat())
    )
    membership.left_on = left_on
    rewrite_party(tx, party._replace(active=left_on is None))
    tx.changed(Kind.MEMBER, party.id)
