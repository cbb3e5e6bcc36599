"""The most that one member may owe (BMPP), as a share of the cooperative's own capital: a warning, never a refusal.

Permenkop UKM 8/2023 ps. 44 and 45. Own capital (ps. 1 no. 23) is share and mandatory savings, reserves and grants;
results not yet distributed are no part of it.
"""

from datetime import date
from typing import Any

from app.base.i18n import N_
from app.base.money import percent_of
from app.ledger.rates.table import ceiling_on
from app.ledger.reader import Reader

_RELATED = N_(
    "The loans of this officer come to {owed:rp}, above the limit of {limit:rp}: {percent} % of the"
    " cooperative's own capital of {capital:rp}."
)
_OTHER = N_(
    "The loans of this member come to {owed:rp}, above the limit of {limit:rp}: {percent} % of the"
    " cooperative's own capital of {capital:rp}."
)


def own_capital(reader: Reader, on: date) -> int:
    """The cooperative's own capital at the close of a day, rupiah."""
    rows = reader.sql(
        "SELECT coalesce(-sum(b.amount), 0) FROM account AS a JOIN day_balance AS b ON b.account_id = a.id"
        " WHERE a.class = 'equity' AND b.date <= ?"
        " AND coalesce(a.role, '') NOT IN ('opening', 'past_results', 'current_result')",
        (on.isoformat(),),
    )
    amount: int = rows[0][0]
    return amount


def is_officer(reader: Reader, party: int, on: date) -> bool:
    """True for a member of the board or the supervisors on a day."""
    return bool(
        reader.sql(
            "SELECT 1 FROM office_term WHERE party_id = ? AND started <= ? AND (ended IS NULL OR ended >= ?)",
            (party, on.isoformat(), on.isoformat()),
        )
    )


def limit_warnings(reader: Reader, party: int, on: date, owed: int) -> list[tuple[str, dict[str, Any]]]:
    """The warning where a member owes more than the limit; none while there is no own capital to measure by."""
    related = is_officer(reader, party, on)
    key = "loan_limit_related_percent" if related else "loan_limit_other_percent"
    percent = ceiling_on(reader, key, on)
    if percent is None:
        return []
    capital = own_capital(reader, on)
    limit = percent_of(capital, percent)
    if capital <= 0 or owed <= limit:
        return []
    said = {"owed": owed, "limit": limit, "percent": percent, "capital": capital}
    return [(_RELATED if related else _OTHER, said)]
