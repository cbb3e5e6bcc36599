"""The year of a sample cooperative: what it shows, and that the books hold after each day of it.

After each day only what the day brought is read and added to sums kept in dictionaries; they must equal what the book
keeps. At the end of each month the whole book is checked. A small cooperative does so in every run; one of 2,000
members among the slow tests, where hledger has the last word.
"""

import csv
import io
import subprocess
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from app.base.dates import Month
from app.base.progress import Watched
from app.ledger import checks
from app.ledger.demo.make import DemoSize, make_demo
from app.ledger.entries import queries
from app.ledger.exports import export_book
from app.ledger.loans.quality import quality_rows
from app.ledger.snapshot import Snapshot, open_snapshot

UNTIL = date(2026, 10, 31)
LOANS, HELD = "loans", "loan_held"


class Witness:
    """Adds up what each day brings, and compares."""

    def __init__(self, path: Path, size: DemoSize) -> None:
        self.path = path
        self.days = list(size.days())
        self.seen: dict[str, int] = {}
        self.ledger: defaultdict[int, int] = defaultdict(int)
        self.accounts: defaultdict[int, int] = defaultdict(int)
        self.kept_in: defaultdict[int, int] = defaultdict(int)
        self.outstanding: defaultdict[int, int] = defaultdict(int)
        self.ahead: defaultdict[int, int] = defaultdict(int)
        self.looked = 0
        self.checked = 0

    def step(self, done: int, total: int, label: str) -> None:
        """Called before each day, with the ones before it recorded, and after the last one."""
        if label != "demo" or done == 0:
            return
        with open_snapshot(self.path, UNTIL) as snapshot:
            self.look(snapshot)
            if done == total or self.days[done - 1] == Month.of(self.days[done - 1]).last_day:
                assert checks.broken_only(checks.run(snapshot)) == []
                self.products_equal_their_control_accounts(snapshot)
                self.checked += 1
        self.looked += 1

    def new(self, snapshot: Snapshot, table: str, columns: str) -> list[tuple[int, ...]]:
        """The rows of a table since the day before."""
        rows = snapshot.sql(
            f"SELECT id, {columns} FROM {table} WHERE id > ? ORDER BY id",
            (self.seen.get(table, 0),),
        )
        if rows:
            self.seen[table] = rows[-1][0]
        return [tuple(row[1:]) for row in rows]

    def look(self, snapshot: Snapshot) -> None:
        """Take the day in, and compare what it touched."""
        entries: defaultdict[int, int] = defaultdict(int)
        moved: defaultdict[tuple[int, int], int] = defaultdict(int)
        control = dict(snapshot.sql("SELECT id, control FROM account WHERE control = 'savings'"))
        touched: set[int] = set()
        for entry, account, amount in self.new(snapshot, "posting", "entry_id, account_id, amount"):
            entries[entry] += amount
            self.ledger[account] += amount
            touched.add(account)
            if account in control:
                moved[entry, account] += amount
        assert not any(entries.values()), "an entry does not come to zero"
        changed: set[int] = set()
        for key, entry, ledger, amount in self.new(
            snapshot, "savings_movement", "savings_account_id, entry_id, ledger_id, amount"
        ):
            self.accounts[key] += amount
            self.kept_in[ledger] += amount
            moved[entry, ledger] += amount
            changed.add(key)
        assert not any(moved.values()), "savings and their entry differ"
        for key in changed:
            kept = snapshot.sql("SELECT balance FROM savings_account WHERE id = ?", (key,))[0][0]
            assert kept == self.accounts[key] >= 0
        for loan, lent, principal, held in self.new(
            snapshot, "loan_transaction", "loan_id, disbursed, principal, held"
        ):
            self.outstanding[loan] += lent - principal
            self.ahead[loan] += held
            assert self.outstanding[loan] >= 0 <= self.ahead[loan]
        for account in touched:
            kept = snapshot.sql("SELECT sum(amount) FROM day_balance WHERE account_id = ?", (account,))[0][0]
            assert kept == self.ledger[account], "a kept balance is not the sum of its postings"
        role = dict(snapshot.sql("SELECT role, id FROM account WHERE role IS NOT NULL"))
        assert sum(self.outstanding.values()) == self.ledger[role[LOANS]]
        assert sum(self.ahead.values()) == -self.ledger[role[HELD]]
        for account in control:
            assert self.kept_in[account] == -self.ledger[account]
        certificates = snapshot.sql(
            "SELECT a.balance, (SELECT sum(m.amount) FROM term_deposit_movement AS m WHERE m.term_deposit_id = d.id)"
            " FROM term_deposit AS d JOIN savings_account AS a ON a.id = d.savings_account_id"
        )
        assert all(balance == total for balance, total in certificates)

    def products_equal_their_control_accounts(self, snapshot: Snapshot) -> None:
        """Every savings product, and every loan product: its accounts or loans come to its ledger account."""
        found = snapshot.sql(
            "SELECT p.code, c.code, sum(a.balance) FROM savings_account AS a"
            " JOIN savings_product AS p ON p.id = a.product_id JOIN account AS c ON c.id = a.held_in"
            " GROUP BY p.id, c.id"
        )
        ledgers = {item.account.code: -item.amount for item in queries.trial_balance(snapshot)}
        sums: Counter[str] = Counter()
        for _, ledger, amount in found:
            sums[ledger] += amount
        assert {code: amount for code, amount in sums.items() if amount} == {
            code: ledgers[code] for code in sums if ledgers.get(code)
        }
        lent = snapshot.sql(
            "SELECT coalesce(p.code, ''), sum(t.disbursed - t.principal) FROM loan_transaction AS t"
            " JOIN loan AS l ON l.id = t.loan_id LEFT JOIN loan_product AS p ON p.id = l.product_id GROUP BY 1"
        )
        posted = snapshot.sql(
            "SELECT coalesce(lp.code, ''), sum(p.amount) FROM posting AS p"
            " JOIN account AS c ON c.id = p.account_id AND c.role = 'loans'"
            " JOIN loan_transaction AS t ON t.entry_id = p.entry_id JOIN loan AS l ON l.id = t.loan_id"
            " LEFT JOIN loan_product AS lp ON lp.id = l.product_id GROUP BY 1"
        )
        assert sorted(map(tuple, lent)) == sorted(map(tuple, posted))


def a_year(path: Path, members: int) -> tuple[DemoSize, Witness]:
    size = DemoSize(months=12, members=members, until=UNTIL)
    witness = Witness(path, size)
    make_demo(path, "cooperative", size, Watched(witness.step))
    return size, witness


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Witness]:
    """A cooperative of 150 members through a year."""
    path = tmp_path_factory.mktemp("year") / "koperasi.lumbung"
    return path, a_year(path, 150)[1]


def test_the_books_hold_after_each_day(year: tuple[Path, Witness]) -> None:
    _, witness = year
    assert (witness.looked, witness.checked) == (365, 12)


def test_a_year_shows_what_can_happen(year: tuple[Path, Witness]) -> None:
    """Each thing that a cooperative's books know is there to be looked at."""
    with open_snapshot(year[0], UNTIL) as snapshot:

        def kinds(text: str) -> set[str]:
            return {str(row[0]) for row in snapshot.sql(text)}

        def count(text: str) -> int:
            return int(snapshot.sql(f"SELECT count(*) FROM {text}")[0][0])

        assert kinds("SELECT code FROM loan_product") == {"UMUM", "USAHA", "RUMAH", "MUSIM"}
        assert kinds(
            "SELECT DISTINCT p.code FROM loan AS l JOIN loan_product AS p ON p.id = l.product_id"
        ) == {
            *("UMUM", "USAHA", "RUMAH", "MUSIM"),
        }
        assert kinds("SELECT DISTINCT kind FROM loan_transaction") >= {
            *("opening", "disbursement", "instalment", "payoff", "writeoff", "recovery", "restructuring"),
        }
        assert kinds("SELECT DISTINCT kind FROM term_deposit_movement") == {
            "open",
            "interest",
            "roll",
            "close",
        }
        assert count("term_deposit_movement WHERE penalty > 0"), "one is closed early"
        assert kinds("SELECT DISTINCT leave_reason FROM member") == {"", "resignation", "death"}
        assert count("savings_interest AS i JOIN savings_account AS a ON a.id = i.savings_account_id"
                     " JOIN savings_product AS p ON p.id = a.product_id WHERE p.code = 'pendidikan'")  # fmt: skip
        for some in (
            *(
                "loan_waiver",
                "loan_write_off",
                "savings_tariff",
                "savings_hold",
                "member_heir",
                "member_spell",
            ),
            *("loan_guarantor", "loan_collateral", "member WHERE body = 1", "member WHERE category <> ''"),
            *("savings_hold WHERE released_on IS NOT NULL", "member WHERE admitted IS NOT NULL"),
            *(
                "loan_restructuring WHERE kind = 'rescheduling'",
                "loan_restructuring WHERE kind = 'restructuring'",
            ),
            *("office_term WHERE ended IS NOT NULL", "office_term WHERE ended IS NULL"),
            "savings_movement WHERE kind = 'tax'",
        ):
            assert count(some), some
        assert all(row.loans for row in quality_rows(snapshot, UNTIL)), "each class of quality has a loan"
        died = snapshot.sql("SELECT party_id FROM member WHERE leave_reason = 'death'")[0][0]
        assert count(f"loan_transaction AS t JOIN loan AS l ON l.id = t.loan_id WHERE l.party_id = {died}"
                     " AND t.kind = 'payoff'") == 1  # fmt: skip
        assert snapshot.sql("SELECT sum(balance) FROM savings_account WHERE party_id = ?", (died,))[0][0] == 0
        assert checks.run(snapshot) == [], "not even a notice: no cash box is ever overdrawn"


@pytest.mark.slow
def test_a_year_of_two_thousand_members_holds_after_each_day(tmp_path: Path) -> None:
    path = tmp_path / "koperasi.lumbung"
    _, witness = a_year(path, 2_000)
    assert (witness.looked, witness.checked) == (365, 12)
    journal = tmp_path / "buku.journal"
    with open_snapshot(path, UNTIL) as snapshot:
        assert snapshot.sql("SELECT count(*) FROM member")[0][0] == 2_000
        assert checks.run(snapshot) == []
        export_book(snapshot, "hledger", journal)
        ours = {item.account.code: item.amount for item in queries.trial_balance(snapshot)}
    subprocess.run(["hledger", "-f", str(journal), "check", "--strict"], check=True, capture_output=True)
    told = subprocess.run(
        ["hledger", "-f", str(journal), "balance", "--flat", "--no-total", "-O", "csv"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    theirs = {
        account.split(":")[1].split(" ")[0]: int("".join(x for x in amount if x.isdigit() or x == "-"))
        for account, amount in list(csv.reader(io.StringIO(told)))[1:]
    }
    assert theirs == ours
