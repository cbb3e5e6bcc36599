"""Invariants of the bookkeeping core, recomputed from the postings."""

from collections.abc import Sequence
from typing import Any

from app.ledger.reader import Reader, day
from app.ledger.slice import Finding, broken, notice


def entries_hold(reader: Reader) -> list[Finding]:
    """Each entry has two or more postings of its date that add up to 0; no posting is without entry."""
    found: list[Finding] = []
    rows = reader.sql(
        "SELECT e.number, e.date, count(p.id), coalesce(sum(p.amount), 0), coalesce(sum(p.date <> e.date), 0)"
        " FROM entry AS e LEFT JOIN posting AS p ON p.entry_id = e.id GROUP BY e.id"
        " HAVING count(p.id) < 2 OR coalesce(sum(p.amount), 0) <> 0 OR coalesce(sum(p.date <> e.date), 0) > 0"
    )
    for number, on, count, total, astray in rows[:50]:
        if total:
            found.append(
                broken(
                    "entry-unbalanced",
                    "Entry {number} of {date} does not balance: its postings add up to {total:rp}.",
                    number=number,
                    date=on,
                    total=total,
                )
            )
        elif count < 2:
            found.append(
                broken(
                    "entry-incomplete",
                    "Entry {number} of {date} has fewer than two postings.",
                    number=number,
                    date=on,
                )
            )
        elif astray:
            found.append(
                broken(
                    "posting-date",
                    "Entry {number} of {date} has postings of another date.",
                    number=number,
                    date=on,
                )
            )
    orphans = reader.sql("SELECT count(*) FROM posting WHERE entry_id NOT IN (SELECT id FROM entry)")[0][0]
    if orphans:
        found.append(broken("posting-without-entry", "{count:n} postings belong to no entry.", count=orphans))
    broken_types = reader.sql(
        "SELECT count(*) FROM posting WHERE typeof(amount) <> 'integer' OR amount = 0"
        " OR account_id NOT IN (SELECT id FROM account)"
    )[0][0]
    if broken_types:
        found.append(
            broken(
                "posting-value",
                "{count:n} postings hold no whole rupiah or no account.",
                count=broken_types,
            )
        )
    return found


def day_balances_hold(reader: Reader) -> list[Finding]:
    """The kept balance of each account, day and kind equals the sum of its postings."""
    # All kinds of entry first, in the order of the covering index; then the few that are not ordinary apart.
    wrong = _differences(
        reader.sql("SELECT account_id, date, sum(amount) FROM day_balance GROUP BY account_id, date"),
        reader.sql("SELECT account_id, date, sum(amount) FROM posting GROUP BY account_id, date"),
    )
    wrong |= _differences(
        reader.sql(
            "SELECT account_id, date || kind, sum(amount) FROM day_balance WHERE kind <> 'ordinary'"
            " GROUP BY account_id, date, kind"
        ),
        reader.sql(
            "SELECT p.account_id, p.date || (SELECT kind FROM entry WHERE id = p.entry_id), sum(p.amount)"
            " FROM posting AS p WHERE p.entry_id IN (SELECT id FROM entry WHERE kind <> 'ordinary')"
            " GROUP BY 1, 2"
        ),
    )
    codes = dict(reader.sql("SELECT id, code FROM account")) if wrong else {}
    return [
        broken(
            "day-balance",
            "The balance kept for account {code} on {date} is {kept:rp}, its postings add up to {counted:rp}.",
            code=codes.get(account, "?"),
            date=str(on)[:10],
            kept=kept,
            counted=counted,
        )
        for (account, on), (kept, counted) in sorted(wrong.items())[:50]
    ]


def party_balances_hold(reader: Reader) -> list[Finding]:
    """The kept balance of each account and party equals the sum of its postings."""
    wrong = _differences(
        reader.sql("SELECT party_id, account_id, amount FROM party_balance"),
        reader.sql(
            "SELECT party_id, account_id, sum(amount) FROM posting WHERE party_id IS NOT NULL"
            " GROUP BY party_id, account_id"
        ),
    )
    codes = dict(reader.sql("SELECT id, code FROM account")) if wrong else {}
    parties = dict(reader.sql("SELECT id, code FROM party")) if wrong else {}
    return [
        broken(
            "party-balance",
            "The balance kept for {party} on account {code} is {kept:rp}, the postings add up to {counted:rp}.",
            party=parties.get(party, "?"),
            code=codes.get(account, "?"),
            kept=kept,
            counted=counted,
        )
        for (party, account), (kept, counted) in sorted(wrong.items())[:50]
    ]


def _differences(kept: Sequence[Any], counted: Sequence[Any]) -> dict[tuple[Any, Any], tuple[int, int]]:
    """Where two lists of (key, key, amount) disagree: both amounts by key, a missing one as 0."""
    if kept == counted:
        return {}
    ours = {(one, other): amount for one, other, amount in kept}
    theirs = {(one, other): amount for one, other, amount in counted}
    return {
        key: (ours.get(key, 0), theirs.get(key, 0))
        for key in ours.keys() | theirs.keys()
        if ours.get(key, 0) != theirs.get(key, 0)
    }


def reversals_hold(reader: Reader) -> list[Finding]:
    """A reversing entry is the exact opposite of the one it reverses."""
    rows = reader.sql(
        "SELECT e.number, o.number FROM entry AS e JOIN entry AS o ON o.id = e.reverses WHERE EXISTS ("
        "  SELECT 1 FROM ("
        "    SELECT account_id, party_id, amount FROM posting WHERE entry_id = e.id"
        "    UNION ALL SELECT account_id, party_id, amount FROM posting WHERE entry_id = o.id"
        "  ) GROUP BY account_id, party_id HAVING sum(amount) <> 0)"
    )
    return [
        broken(
            "reversal",
            "Entry {number} is not the opposite of {of} that it takes back.",
            number=number,
            of=of,
        )
        for number, of in rows[:50]
    ]


def replacements_hold(reader: Reader) -> list[Finding]:
    """What an entry puts right was taken back before: else both would count."""
    rows = reader.sql(
        "SELECT e.number, coalesce(o.number, '?') FROM entry AS e LEFT JOIN entry AS o ON o.id = e.replaces"
        " WHERE e.replaces IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM entry AS r WHERE r.reverses = e.replaces AND r.id < e.id)"
    )
    return [
        broken(
            "replacement",
            "Entry {number} stands in place of {of}, which was not taken back.",
            number=number,
            of=of,
        )
        for number, of in rows[:50]
    ]


def opening_is_settled(reader: Reader) -> list[Finding]:
    """3-9999 Saldo Awal should come to 0 once everything is taken over."""
    rows = reader.sql(
        "SELECT a.code, a.name, coalesce(sum(b.amount), 0) FROM account AS a"
        " JOIN day_balance AS b ON b.account_id = a.id WHERE a.role = 'opening' GROUP BY a.id"
    )
    return [
        notice(
            "opening-open",
            "Account {code} {name} still holds {amount:rp}: the opening balances are not complete.",
            code=code,
            name=name,
            amount=-amount,
        )
        for code, name, amount in rows
        if amount
    ]


def money_is_not_negative(reader: Reader) -> list[Finding]:
    """Cash and bank below 0 on some day: usually something was recorded late or twice."""
    rows = reader.sql(
        "SELECT code, name, date, balance FROM ("
        "  SELECT a.code, a.name, d.date, sum(d.amount) OVER (PARTITION BY a.id ORDER BY d.date) AS balance"
        "  FROM account AS a JOIN (SELECT account_id, date, sum(amount) AS amount FROM day_balance"
        "    GROUP BY account_id, date) AS d ON d.account_id = a.id"
        "  WHERE a.money IS NOT NULL) WHERE balance < 0 ORDER BY code, date"
    )
    seen: dict[str, Finding] = {}
    for code, name, on, balance in rows:
        if code not in seen:
            seen[code] = notice(
                "money-negative",
                "{code} {name} is below 0 on {date}: {balance:rp}.",
                code=code,
                name=name,
                date=day(on),
                balance=balance,
            )
    return list(seen.values())


CHECKS = (
    entries_hold,
    day_balances_hold,
    party_balances_hold,
    reversals_hold,
    replacements_hold,
    opening_is_settled,
    money_is_not_negative,
)
