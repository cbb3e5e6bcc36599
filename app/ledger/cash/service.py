"""The rules of money in and out. Cash may fall below 0: people record late, and the check says so."""

from app.base.errors import Refused
from app.ledger.accounts.chart import AccountRow
from app.ledger.accounts.service import chart_of
from app.ledger.cash.categories import counter_account
from app.ledger.cash.commands import RecordMoneyIn, RecordMoneyOut, TransferMoney
from app.ledger.changes import Done
from app.ledger.entries.commands import ReverseEntry
from app.ledger.entries.post import Posting, post
from app.ledger.parties.register import PartyKind, register_of
from app.ledger.transaction import Transaction


def record_money_in(tx: Transaction, command: RecordMoneyIn) -> Done:
    """Money in: debit cash or bank, credit what it is for."""
    return _record(tx, command, "in")


def record_money_out(tx: Transaction, command: RecordMoneyOut) -> Done:
    """Money out: credit cash or bank, debit what it is for."""
    return _record(tx, command, "out")


def transfer_money(tx: Transaction, command: TransferMoney) -> Done:
    """Money from one cash or bank account to another."""
    chart = chart_of(tx)
    source = chart.money_account(command.source, field="source")
    target = chart.money_account(command.target, field="target")
    if source.id == target.id:
        raise Refused("The money is in {name} already.", field="target", name=target.name)
    posted = post(
        tx,
        on=command.on,
        memo=command.memo.strip() or transfer_memo(source, target),
        postings=[Posting(target.id, command.amount), Posting(source.id, -command.amount)],
        source="cash",
        series="PK",
        number=command.number.strip(),
    )
    return Done(number=posted.number, value={"entry": posted.id}, undo=ReverseEntry(entry=posted.id))


def transfer_memo(source: AccountRow, target: AccountRow) -> str:
    """What a move between these is called where the person says nothing."""
    return f"Pindah kas: {source.name} ke {target.name}"


def _record(tx: Transaction, command: RecordMoneyIn | RecordMoneyOut, direction: str) -> Done:
    chart = chart_of(tx)
    money = chart.money_account(command.account)
    counter, word = counter_account(chart, tx.info.kind, command.category, direction)
    sign = 1 if direction == "in" else -1
    whom = " ".join(command.party.split())
    party = _known_party(tx, whom) if whom else None
    memo = command.memo.strip() or word
    # Who is in no register still has to be readable in the books.
    if whom and party is None:
        memo = f"{memo} ({whom})"
    posted = post(
        tx,
        on=command.on,
        memo=memo,
        postings=[Posting(money.id, sign * command.amount), Posting(counter.id, -sign * command.amount)],
        source="cash",
        series="KM" if direction == "in" else "KK",
        number=command.number.strip(),
        party=party,
    )
    return Done(
        number=posted.number,
        value={"entry": posted.id, "account": counter.code},
        undo=ReverseEntry(entry=posted.id),
    )


def _known_party(tx: Transaction, name: str) -> int | None:
    """The one customer, supplier or member of this name; None when there is none or more than one."""
    register = register_of(tx)
    alike = [row.id for kind in PartyKind for row in register.named(kind, name)]
    return alike[0] if len(alike) == 1 else None
