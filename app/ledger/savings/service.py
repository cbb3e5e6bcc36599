"""Money into and out of savings accounts: checked, posted, and written as movements.

These functions know accounts and products, not who may do what: the rules of membership stand above, in
`members`. Another slice that pays from or into savings within its own entry does it in three steps:

    source = withdraw_for(tx, party, "voluntary", 930_000, on)      # checks, writes nothing
    posted = post(tx, ..., postings=[source.posting, ...], controls=frozenset({"loans", "savings"}))
    write(tx, source, posted.id, on)

and takes it back in its own reversal with `take_back(tx, entry_id, reversing_entry_id, on)`.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from app.base.dates import Month
from app.base.errors import Refused
from app.base.money import percent_of
from app.ledger.accounts.service import chart_of
from app.ledger.changes import Done, Kind
from app.ledger.entries.commands import ReverseEntry
from app.ledger.entries.post import Posted, Posting, post
from app.ledger.entries.service import opening_entry
from app.ledger.parties.register import PartyRow
from app.ledger.rates.table import rate_on
from app.ledger.savings.commands import (
    CreditSavingsInterest,
    DepositSavings,
    OpenSavings,
    SavingsKind,
    SetPaidThrough,
    TransferSavings,
    WithdrawSavings,
)
from app.ledger.savings.interest import withholding
from app.ledger.savings.register import (
    Account,
    Product,
    buffer_of,
    interest_of_month,
    lowest_from,
    record,
    savings_of,
    the_account,
)
from app.ledger.savings.tables import savings_account
from app.ledger.transaction import Transaction

SOURCE = "savings"
CONTROLS = frozenset({"savings"})


class Planned(NamedTuple):
    """A checked movement that waits for its entry. `amount` is signed, what adds to the account positive."""

    account: Account
    product: Product
    kind: str
    amount: int

    @property
    def posting(self) -> Posting:
        """The posting for the entry: a deposit credits the ledger account, a withdrawal debits it."""
        return Posting(self.account.held_in, -self.amount, self.account.party)


def deposit_for(
    tx: Transaction,
    party: PartyRow,
    product: str | Product,
    amount: int,
    *,
    savings_number: str = "",
    kind: str = "deposit",
    field: str = "product",
) -> Planned:
    """Check that `amount` rupiah can be put into a member's savings; nothing is written.

    A member who has no account in the product gets one when it is written.
    """
    item = savings_of(tx).product(product, field) if isinstance(product, str) else product
    if not item.active:
        raise Refused(
            "{product} is not offered any more.",
            advice="Choose another product, or offer it again.",
            field=field,
            product=item.name,
        )
    account = the_account(tx, party.id, item, savings_number, party.name)
    if account is None:
        account = Account(0, party.id, item.id, savings_number, _ledger(tx, party, item))
    if item.kind is SavingsKind.SHARE and item.amount and account.balance + amount > item.amount:
        raise Refused(
            "{product} is {tariff:rp} for every member; {member} has paid {paid:rp} of it.",
            advice="At most {left:rp} more can be paid.",
            field="amount",
            product=item.name,
            tariff=item.amount,
            member=party.name,
            paid=account.balance,
            left=max(item.amount - account.balance, 0),
        )
    return Planned(account, item, kind, amount)


def withdraw_for(
    tx: Transaction,
    party: PartyRow,
    product: str | Product,
    amount: int,
    on: date,
    *,
    savings_number: str = "",
    kind: str = "instalment",
    field: str = "product",
) -> Planned:
    """Check that `amount` rupiah can be taken from a member's savings on a day; nothing is written.

    `product` is a code, kind, name or word (Sukarela). Raises Refused for savings that stay while someone
    is a member, for an account that isn't there, and when the balance would be below 0 on that or any
    later day. Use `.posting` in the entry (with "savings" among its controls), then `write`.
    """
    item = savings_of(tx).product(product, field) if isinstance(product, str) else product
    account = the_account(tx, party.id, item, savings_number, party.name)
    if account is None:
        raise Refused(
            "{member} has no {product}.",
            advice="Check the member and the product.",
            field=field,
            member=party.name,
            product=item.name,
        )
    if not item.withdrawable and account.held_in == item.ledger:
        raise Refused(
            "{product} can't be taken out while {member} is a member.",
            advice="It is paid back when the member leaves: record the exit first.",
            field=field,
            product=item.name,
            member=party.name,
        )
    _refuse_below_zero(tx, account, item, party.name, amount, on)
    return Planned(account, item, kind, -amount)


def write(tx: Transaction, planned: Planned, entry: int, on: date) -> None:
    """Write a planned movement under the entry that holds its posting."""
    record(tx, planned.account, entry, planned.account.held_in, on, planned.kind, planned.amount)
    tx.changed(Kind.SAVINGS, planned.account.id)


def deposit(tx: Transaction, party: PartyRow, product: Product, command: DepositSavings) -> Done:
    """Dr cash, Cr the product's account."""
    planned = deposit_for(tx, party, product, command.amount, savings_number=command.savings_number)
    money = chart_of(tx).money_account(command.account)
    posted = post(
        tx,
        on=command.on,
        memo=command.memo or f"Setor {product.name}",
        postings=(Posting(money.id, command.amount), planned.posting),
        source=SOURCE,
        series="SS",
        number=command.number,
        party=party.id,
        controls=CONTROLS,
    )
    write(tx, planned, posted.id, command.on)
    return _done(posted, planned.account)


def withdraw(tx: Transaction, party: PartyRow, product: Product, command: WithdrawSavings) -> Done:
    """Dr the product's account, Cr cash."""
    planned = withdraw_for(
        tx,
        party,
        product,
        command.amount,
        command.on,
        savings_number=command.savings_number,
        kind="withdrawal",
    )
    money = chart_of(tx).money_account(command.account)
    posted = post(
        tx,
        on=command.on,
        memo=command.memo or f"Tarik {product.name}",
        postings=(planned.posting, Posting(money.id, -command.amount)),
        source=SOURCE,
        series="TS",
        number=command.number,
        party=party.id,
        controls=CONTROLS,
    )
    write(tx, planned, posted.id, command.on)
    return _done(posted, planned.account)


def credit_interest(
    tx: Transaction, party: PartyRow, product: Product, command: CreditSavingsInterest, *, body: bool
) -> Done:
    """Dr interest expense (gross), Cr savings (net) and 2-1301 (tax). `body`: the member is no person."""
    if not product.withdrawable:
        raise Refused(
            "{product} is equity and earns no interest.",
            advice="Its members get a share of the surplus (SHU) instead.",
            field="product",
            product=product.name,
        )
    gross, on = command.gross, command.on
    planned = deposit_for(
        tx, party, product, gross, savings_number=command.savings_number, kind="interest"
    )
    tax = tax_to_withhold(tx, party.id, gross, on, body=body)
    account = planned.account
    if tax > gross:
        _refuse_below_zero(tx, account, product, party.name, tax - gross, on)
    chart = chart_of(tx)
    expense = "savings_interest_term" if product.kind is SavingsKind.TERM else "savings_interest"
    net = Posting(account.held_in, tax - gross, party.id)
    postings = (
        Posting(chart.role(expense).id, gross),
        net,
        Posting(chart.role("savings_tax").id, -tax, party.id),
    )
    posted = post(
        tx,
        on=on,
        memo=command.memo or f"Jasa {product.name}",
        postings=postings,
        source=SOURCE,
        series="JS",
        number=command.number,
        party=party.id,
        controls=CONTROLS,
    )
    write(tx, planned, posted.id, on)
    if tax:
        write(tx, Planned(account, product, "tax", -tax), posted.id, on)
    done = _done(posted, account)
    return Done(
        number=done.number,
        value={**done.value, "gross": gross, "tax": tax, "net": gross - tax},
        undo=done.undo,
    )


def tax_to_withhold(tx: Transaction, party: int, gross: int, on: date, *, body: bool) -> int:
    """The tax on one payment of interest, in rupiah.

    Persons: PP 15/2009, judged on the interest of the whole month and of all accounts together: nothing
    up to the threshold, else the percentage of the whole, so that the payment that crosses it bears what
    earlier ones of the month did not. Bodies: UU PPh ps. 23, the percentage of each payment.
    """
    if body:
        return percent_of(gross, rate_on(tx, "savings_interest_tax_percent_body", on))
    before, withheld = interest_of_month(tx, party, on)
    threshold = int(rate_on(tx, "savings_interest_tax_threshold", on))
    percent: Decimal = rate_on(tx, "savings_interest_tax_percent", on)
    return max(withholding(before + gross, threshold, percent) - withheld, 0)


def transfer(
    tx: Transaction,
    party: PartyRow,
    product: Product,
    to_party: PartyRow,
    to_product: Product,
    command: TransferSavings,
) -> Done:
    """Dr the one savings account, Cr the other; no money moves."""
    amount, on = command.amount, command.on
    out = withdraw_for(
        tx, party, product, amount, on, savings_number=command.savings_number, kind="transfer"
    )
    into = deposit_for(
        tx,
        to_party,
        to_product,
        amount,
        savings_number=command.to_savings_number,
        kind="transfer",
        field="to_product",
    )
    if out.account is into.account:
        raise Refused(
            "{product} of {member} can't be moved to itself.",
            advice="Choose another product or another member.",
            field="to_product",
            product=product.name,
            member=party.name,
        )
    posted = post(
        tx,
        on=on,
        memo=command.memo or f"Pindah {product.name} ke {to_product.name} {to_party.name}",
        postings=(out.posting, into.posting),
        source=SOURCE,
        series="PB",
        number=command.number,
        party=party.id,
        controls=CONTROLS,
    )
    write(tx, out, posted.id, on)
    write(tx, into, posted.id, on)
    return _done(posted, out.account)


def open_balance(tx: Transaction, party: PartyRow, product: Product, command: OpenSavings) -> Done:
    """Cr the product's account (2-1503 of a member who had left) and 2-1121, Dr 3-9999 Saldo Awal."""
    account = the_account(tx, party.id, product, command.savings_number, party.name)
    if account is None:
        account = Account(0, party.id, product.id, command.savings_number, _ledger(tx, party, product))
    if account.opened and command.balance:
        raise Refused(
            "{product} of {member} was opened already with {opened:rp}.",
            advice="Take that opening balance back first, if it is wrong.",
            field="balance",
            product=product.name,
            member=party.name,
            opened=account.opened,
        )
    if command.paid_through and product.kind is not SavingsKind.MANDATORY:
        raise Refused(
            "Only mandatory savings are paid through a month, not {product}.",
            field="paid_through",
            product=product.name,
        )
    before = account.paid_through
    through = None if command.paid_through is None else str(command.paid_through)
    if not command.balance and not command.accrued_interest:
        # Nothing is owed to this member: only the month is worth keeping.
        if account.id and through:
            account.paid_through = through
            buffer_of(tx).touch(account)
        elif through:
            account.paid_through = through
            _keep(tx, account)
        undo = SetPaidThrough(
            member=party.code,
            product=product.code,
            savings_number=account.number,
            paid_through=None if before is None else Month.parse(before),
        )
        return Done(number=party.code, undo=undo)
    payable = chart_of(tx).role("savings_interest_payable").id
    posted = opening_entry(
        tx,
        on=command.on,
        memo=command.memo or f"Saldo awal {product.name}",
        postings=(
            Posting(account.held_in, -command.balance, party.id),
            Posting(payable, -command.accrued_interest, party.id),
        ),
        source=SOURCE,
        controls=CONTROLS,
        party=party.id,
    )
    if through:
        account.paid_through = through
    if command.balance:
        write(tx, Planned(account, product, "opening", command.balance), posted.id, command.on)
    elif through:
        _keep(tx, account)
    return _done(posted, account)


def set_paid_through(tx: Transaction, party: PartyRow, product: Product, command: SetPaidThrough) -> Done:
    """Write the month, or forget it."""
    account = the_account(tx, party.id, product, command.savings_number, party.name)
    if account is None:
        return Done(number=party.code)
    before = account.paid_through
    account.paid_through = None if command.paid_through is None else str(command.paid_through)
    buffer_of(tx).touch(account)
    tx.changed(Kind.SAVINGS, account.id)
    undo = SetPaidThrough(
        member=command.member,
        product=command.product,
        savings_number=command.savings_number,
        paid_through=None if before is None else Month.parse(before),
    )
    return Done(number=party.code, undo=undo)


def take_back(tx: Transaction, entry: int, reversing: int, on: date) -> None:
    """Mirror the movements of an entry under the entry that reverses it.

    Raises Refused before writing anything when an account would fall below 0 on that or a later day, or
    when the member's exit has moved the money elsewhere since.
    """
    register = savings_of(tx)
    rows = movements_of(tx, entry)
    sums: dict[int, int] = {}
    for key, ledger, _, amount in rows:
        account = register.by_id[key]
        if account.held_in != ledger:
            raise Refused(
                "The savings have been moved by the member's exit since.",
                advice="Take the exit back first.",
            )
        sums[key] = sums.get(key, 0) + amount
    for key, amount in sums.items():
        lowest = lowest_from(tx, register.by_id[key], on)
        if lowest < amount:
            raise Refused(
                "The savings were used since: taking this back would leave the account at {balance:rp}.",
                advice="Take the later withdrawals back first.",
                balance=lowest - amount,
            )
    for key, ledger, kind, amount in rows:
        account = register.by_id[key]
        record(tx, account, reversing, ledger, on, kind, -amount)
        if kind == "opening" and not account.opened:
            account.paid_through = None
        tx.changed(Kind.SAVINGS, key)


def movements_of(tx: Transaction, entry: int) -> Sequence[tuple[int, int, str, int]]:
    """Account, ledger account, kind and amount of each movement under an entry."""
    return tx.sql(
        "SELECT savings_account_id, ledger_id, kind, amount FROM savings_movement"
        " WHERE entry_id = ? ORDER BY id",
        (entry,),
    )


def left_account(tx: Transaction) -> int:
    """2-1503: what the cooperative owes members who left."""
    return chart_of(tx).role("savings_left").id


def _refuse_below_zero(
    tx: Transaction, account: Account, product: Product, member: str, amount: int, on: date
) -> None:
    lowest = lowest_from(tx, account, on)
    if amount <= lowest:
        return
    if lowest < account.balance:
        raise Refused(
            "On {on} {member} can take at most {lowest:rp} from {product}: later withdrawals need the rest.",
            advice="Check the date and the amount.",
            field="amount",
            on=on,
            member=member,
            lowest=max(lowest, 0),
            product=product.name,
        )
    raise Refused(
        "{product} of {member} holds {balance:rp}; {amount:rp} can't be taken from it.",
        advice="At most the balance can be taken out.",
        field="amount",
        product=product.name,
        member=member,
        balance=account.balance,
        amount=amount,
    )


def _ledger(tx: Transaction, party: PartyRow, product: Product) -> int:
    """Where a new account of a party is kept: a party that is closed has left the cooperative."""
    return product.ledger if party.active else left_account(tx)


def _keep(tx: Transaction, account: Account) -> None:
    """Give an account without movements its key, so that what is known of it is written."""
    account.id = tx.next_id(savings_account)
    savings_of(tx).adopt(account)
    buffer_of(tx).touch(account)


def _done(posted: Posted, account: Account) -> Done:
    return Done(
        number=posted.number,
        value={"entry": posted.id, "balance": account.balance},
        undo=ReverseEntry(entry=posted.id),
    )
