"""For the accountant: journal, ledger, manual entries, the chart of accounts, closed months, the audit trail."""

from app.ui.pages.accountant.accounts import AccountsPage
from app.ui.pages.accountant.books import JournalPage, LedgerPage
from app.ui.pages.accountant.entry import EntryPage
from app.ui.pages.accountant.periods import PeriodsPage
from app.ui.pages.accountant.trail import AuditPage

__all__ = ["AccountsPage", "AuditPage", "EntryPage", "JournalPage", "LedgerPage", "PeriodsPage"]
