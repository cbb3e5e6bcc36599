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
from typing import NamedTuple

from app.base.errors import Refused
from app.ledger.accounts.service import chart_of
from app.ledger.changes import Done, Kind
from app.ledger.entries.commands import ReverseEntry
from app.ledger.entries.post import Posted, Posting, post
from app.ledger.parties.register import PartyRow, register_of
from app.ledger.savings.commands import (
    DepositSavings,
    RecordSavings,
    SavingsKind,
    TransferSavings,
    WithdrawSavings,
)
from app.ledger.savings.register import (
    Account,
    Product,
    lowest_from,
    record,
    savings_of,
    the_account,
)
from app.ledger.savings.tables import savings_interest
from app.ledger.transaction import Transaction

SOURCE = "savings"
CONTROLS = frozenset({"savings"})


class Slip:
    """What the earlier lines of one document plan: new accounts, and sums that are not written yet."""

    def __init__(self) -> None:
        self.lines: list[Planned] = []
        self._new: dict[tuple[int, int, str], Account] = {}
        self._sums: dict[Account, int] = {}

    def add(self, planned: "Planned") -> None:
        """Take a checked line in."""
        account = planned.account
        self.lines.append(planned)
        self._sums[account] = self._sums.get(account, 0) + planned.amount
        if not account.id:
            self._new[account.party, account.product, account.number] = account

    def new_account(self, party: int, product: int, number: str) -> Account | None:
        """The account that an earlier line opens."""
        return self._new.get((party, product, number))

    def planned(self, account: Account) -> int:
        """What earlier lines add to an account (less what they take), in rupiah."""
        return self._sums.get(account, 0)


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
    slip: Slip | None = None,
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
    account = _account(tx, party, item, savings_number, slip)
    if account is None:
        account = Account(0, party.id, item.id, savings_number, ledger_for(tx, party, item))
    paid = account.balance + (slip.planned(account) if slip else 0)
    if item.kind is SavingsKind.SHARE and item.amount and paid + amount > item.amount:
        raise Refused(
            "{product} is {tariff:rp} for every member; {member} has paid {paid:rp} of it.",
            advice="At most {left:rp} more can be paid.",
            field="amount",
            product=item.name,
            tariff=item.amount,
            member=party.name,
            paid=paid,
            left=max(item.amount - paid, 0),
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
    slip: Slip | None = None,
) -> Planned:
    """Check that `amount` rupiah can be taken from a member's savings on a day; nothing is written.

    `product` is a code, kind, name or word (Sukarela). Raises Refused for savings that stay while someone
    is a member, for an account that isn't there, and when the balance would be below 0 on that or any
    later day. Use `.posting` in the entry (with "savings" among its controls), then `write`.
    """
    item = savings_of(tx).product(product, field) if isinstance(product, str) else product
    account = _account(tx, party, item, savings_number, slip)
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
    before = slip.planned(account) if slip else 0
    taken = amount - before
    refuse_below_zero(tx, account, item, party.name, taken, on)
    # A loan may be paid from what secures it, and whoever has left takes all that is theirs.
    refuse_held(tx, account, item, party.name, taken, on, paying_loan=kind == "instalment")
    if item.keep and account.held_in == item.ledger:
        _refuse_below_kept(tx, account, item, party.name, taken, on)
    return Planned(account, item, kind, -amount)


def write(tx: Transaction, planned: Planned, entry: int, on: date) -> None:
    """Write a planned movement under the entry that holds its posting."""
    record(tx, planned.account, entry, planned.account.held_in, on, planned.kind, planned.amount)
    tx.changed(Kind.SAVINGS, planned.account.id)


def write_earned(tx: Transaction, account: int, entry: int, month: str, gross: int) -> None:
    """Note for which account (by key) and month an entry credits interest: no run credits it again."""
    tx.insert_tuple(savings_interest, (tx.next_id(savings_interest), account, entry, month, gross))


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
    return done_with(posted, planned.account)


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
    return done_with(posted, planned.account)


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
    out = withdraw_for(tx, party, product, amount, on, savings_number=command.savings_number, kind="transfer")
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
    return done_with(posted, out.account)


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
        account = register.by_id[key]
        if account.holds and amount > 0:
            owner = register_of(tx).by_id[account.party].name
            refuse_held(tx, account, register.products[account.product], owner, amount, on)
    if any(kind == "interest" for _, _, kind, _ in rows):
        for key, month, gross in tx.sql(
            "SELECT savings_account_id, month, gross FROM savings_interest WHERE entry_id = ? ORDER BY id",
            (entry,),
        ):
            write_earned(tx, key, reversing, month, -gross)
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


def record_slip(tx: Transaction, slip: Slip, command: RecordSavings, *, party: PartyRow | None) -> Done:
    """One entry for all lines of a document: Dr cash for what comes in, Cr cash for what goes out."""
    money = chart_of(tx).money_account(command.account)
    deposits = sum(item.amount for item in slip.lines if item.amount > 0)
    withdrawals = sum(item.amount for item in slip.lines if item.amount < 0)
    posted = post(
        tx,
        on=command.on,
        memo=command.memo or slip_memo([(item.product.name, item.amount) for item in slip.lines]),
        postings=[
            Posting(money.id, deposits),
            Posting(money.id, withdrawals),
            *(item.posting for item in slip.lines),
        ],
        source=SOURCE,
        series="SS" if deposits else "TS",
        number=command.number,
        party=None if party is None else party.id,
        controls=CONTROLS,
    )
    for item in slip.lines:
        write(tx, item, posted.id, command.on)
    return Done(
        number=posted.number,
        value={"entry": posted.id, "deposits": deposits, "withdrawals": -withdrawals},
        undo=ReverseEntry(entry=posted.id),
    )


def slip_memo(lines: Sequence[tuple[str, int]]) -> str:
    """What a slip is called where the person says nothing, by the product and the signed amount of each line."""
    amounts = [amount for _, amount in lines]
    what = "Tarik" if max(amounts) < 0 else "Setor" if min(amounts) > 0 else "Setor/tarik"
    return f"{what} {', '.join(dict.fromkeys(name for name, _ in lines))}"


def left_account(tx: Transaction) -> int:
    """2-1503: what the cooperative owes members who left."""
    return chart_of(tx).role("savings_left").id


def _account(
    tx: Transaction, party: PartyRow, product: Product, number: str, slip: Slip | None
) -> Account | None:
    found = the_account(tx, party.id, product, number, party.name)
    if found is None and slip is not None:
        return slip.new_account(party.id, product.id, number)
    return found


def refuse_below_zero(
    tx: Transaction, account: Account, product: Product, member: str, amount: int, on: date
) -> None:
    """Raise Refused when taking `amount` rupiah on a day would leave less than 0 then or later."""
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


def refuse_held(
    tx: Transaction,
    account: Account,
    product: Product,
    member: str,
    amount: int,
    on: date,
    *,
    paying_loan: bool = False,
) -> None:
    """Raise Refused when taking `amount` rupiah would touch what is held in the account, naming the hold."""
    holds = [item for item in account.holds if not (paying_loan and item.loan)]
    held = sum(item.amount for item in holds)
    free = lowest_from(tx, account, on) - held
    if not holds or amount <= free:
        return
    named = "; ".join(f"{item.reason} ({item.loan})" if item.loan else item.reason for item in holds)
    raise Refused(
        "{held:rp} of {product} of {member} is held: {reason}. At most {free:rp} can be taken out.",
        advice="Release the hold first, if what it was for is settled.",
        field="amount",
        held=held,
        product=product.name,
        member=member,
        reason=named,
        free=max(free, 0),
    )


def _refuse_below_kept(
    tx: Transaction, account: Account, product: Product, member: str, amount: int, on: date
) -> None:
    free = lowest_from(tx, account, on) - product.keep
    if amount <= free:
        return
    raise Refused(
        "{keep:rp} has to stay in {product}; {member} can take out at most {free:rp}.",
        advice="The rest is paid back when the member leaves.",
        field="amount",
        keep=product.keep,
        product=product.name,
        member=member,
        free=max(free, 0),
    )


def loan_savings(tx: Transaction) -> Product:
    """The product into which a loan's required savings go; raises Refused where none is offered."""
    for item in savings_of(tx).products.values():
        if item.kind is SavingsKind.LOAN_REQUIRED and item.active:
            return item
    raise Refused(
        "No savings product is offered for what a loan asks to be saved.",
        advice="Offer Simpanan Wajib Pinjam again, or add a product of that kind.",
        field="product",
    )


def saved_on(tx: Transaction, party: int, on: date) -> int:
    """What a member has on all savings accounts at the close of a day, rupiah."""
    rows = tx.sql(
        "SELECT coalesce(sum(m.amount), 0) FROM savings_movement AS m"
        " JOIN savings_account AS a ON a.id = m.savings_account_id WHERE a.party_id = ? AND m.date <= ?",
        (party, on.isoformat()),
    )
    amount: int = rows[0][0]
    return amount


def ledger_for(tx: Transaction, party: PartyRow, product: Product) -> int:
    """Where a new account of a party is kept: a party that is closed has left the cooperative."""
    return product.ledger if party.active else left_account(tx)


def done_with(posted: Posted, account: Account) -> Done:
    """What a command on one account returns: the entry, the new balance, and its reversal."""
    return Done(
        number=posted.number,
        value={"entry": posted.id, "balance": account.balance},
        undo=ReverseEntry(entry=posted.id),
    )
