"""What the books say of loans: rows for lists, schedules and statements.

Light on purpose: reading needs neither the tables' classes nor the handlers.
"""

from app.ledger.reader import Reader


def outstanding_of(reader: Reader, party_id: int) -> int:
    """Principal a member owes on all loans together, rupiah, from the kept balance."""
    rows = reader.sql(
        "SELECT coalesce(sum(b.amount), 0) FROM account AS a JOIN party_balance AS b ON b.account_id = a.id"
        " WHERE a.role = 'loans' AND b.party_id = ?",
        (party_id,),
    )
    amount: int = rows[0][0]
    return amount
