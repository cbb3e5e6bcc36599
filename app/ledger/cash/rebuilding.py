"""Money in, out or moved as the command that would record it, from the postings alone."""

from app.ledger.cash.categories import categories
from app.ledger.cash.commands import RecordMoneyIn, RecordMoneyOut, TransferMoney
from app.ledger.cash.service import transfer_memo
from app.ledger.entries.rebuilding import (
    Head,
    Line,
    head_of,
    lines_of,
    memo_given,
    money_of,
    number_given,
    party_named,
)
from app.ledger.parties.register import folded
from app.ledger.reader import Reader


def money_again(reader: Reader, entry: int) -> RecordMoneyIn | RecordMoneyOut | TransferMoney | None:
    """The move; None where whom it is with has a name by now that others have as well."""
    head, lines = head_of(reader, entry), lines_of(reader, entry)
    if len(lines) != 2:
        return None
    money = money_of(lines)
    if len(money) == 2:
        target, source = money
        return TransferMoney(
            on=head.on,
            amount=target.amount,
            source=source.account.code,
            target=target.account.code,
            number=number_given(reader, head, "PK"),
            memo=memo_given(head, transfer_memo(source.account, target.account)),
        )
    whom = party_named(reader, head.party)[1]
    if len(money) != 1 or (whom and not _alone(reader, whom)):
        return None
    direction = "in" if money[0].amount > 0 else "out"
    counter = next(line for line in lines if line is not money[0])
    category, memo = _category(reader, head, counter, direction)
    make = RecordMoneyIn if direction == "in" else RecordMoneyOut
    return make(
        on=head.on,
        amount=abs(money[0].amount),
        category=category,
        account=money[0].account.code,
        party=whom,
        number=number_given(reader, head, "KM" if direction == "in" else "KK"),
        memo=memo,
    )


def _category(reader: Reader, head: Head, counter: Line, direction: str) -> tuple[str, str]:
    """What it was for, and the words given beside: a category, or the account's code where several categories
    share it and the words don't tell which."""
    fitting = [
        item
        for item in categories(reader.info.kind)
        if (item.direction, item.account) == (direction, counter.account.code)
    ]
    for item in fitting:
        if item.name == head.memo:
            return item.key, ""
    if len(fitting) == 1:
        return fitting[0].key, head.memo
    return counter.account.code, memo_given(head, counter.account.name)


def _alone(reader: Reader, name: str) -> bool:
    """Whether nobody else is called so."""
    wanted = folded(name)
    return sum(folded(row[0]) == wanted for row in reader.sql("SELECT name FROM party")) == 1
