"""A slip of savings as the command that would record it, from its movements."""

from typing import Any

from app.ledger.entries.rebuilding import head_of, lines_of, memo_given, money_of, number_given
from app.ledger.reader import Reader
from app.ledger.savings.commands import RecordSavings, SavingsLine, WithdrawSavings
from app.ledger.savings.service import slip_memo

# What a slip is made of: what is paid out after an exit is a withdrawal too.
_OF_A_SLIP = {"deposit", "withdrawal", "exit"}


def slip_again(reader: Reader, entry: int) -> RecordSavings | WithdrawSavings | None:
    """The slip, or the withdrawal where it is one alone; None for interest, transfers and balances taken over."""
    moved = reader.sql(
        "SELECT m.kind, m.amount, y.code, p.code, p.name, a.number,"
        " (SELECT count(*) FROM savings_account AS o WHERE o.party_id = a.party_id AND o.product_id = a.product_id)"
        " FROM savings_movement AS m JOIN savings_account AS a ON a.id = m.savings_account_id"
        " JOIN savings_product AS p ON p.id = a.product_id JOIN party AS y ON y.id = a.party_id"
        " WHERE m.entry_id = ? ORDER BY m.id",
        (entry,),
    )
    head, lines = head_of(reader, entry), lines_of(reader, entry)
    money = {line.account.code for line in money_of(lines)}
    cash = sum(line.amount for line in money_of(lines))
    if {row[0] for row in moved} - _OF_A_SLIP or len(money) != 1 or cash != sum(row[1] for row in moved):
        return None
    series = "SS" if any(row[1] > 0 for row in moved) else "TS"
    common: dict[str, Any] = {
        "on": head.on,
        "account": money.pop(),
        "number": number_given(reader, head, series),
        "memo": memo_given(head, slip_memo([(row[4], row[1]) for row in moved])),
    }
    # A number is needed only where there is more than one account to be meant.
    named = [(*row[:5], row[5] if row[6] > 1 else "") for row in moved]
    if [row[0] for row in named] == ["withdrawal"]:
        _, amount, member, product, _, number = named[0]
        return WithdrawSavings(
            member=member, product=product, amount=-amount, savings_number=number, **common
        )
    return RecordSavings(
        lines=tuple(
            SavingsLine(
                member=member,
                product=product,
                deposit=max(amount, 0),
                withdrawal=max(-amount, 0),
                savings_number=number,
            )
            for _, amount, member, product, _, number in named
        ),
        **common,
    )
