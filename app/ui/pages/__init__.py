"""The pages of the window, one folder a feature. The order here is the order of the navigation."""

from app.base.i18n import N_
from app.ui.pages.page import BUSINESS, COOPERATIVE, PageSpec

DAILY, LISTS, RESULTS, TOOLS = N_("Every day"), N_("Lists"), N_("Results"), N_("For the accountant")

PAGES: tuple[PageSpec, ...] = (
    PageSpec("home", N_("Home"), "house", "home:HomePage", group=DAILY),
    PageSpec("sell", N_("Sell"), "shopping-cart", "sell:SellPage", BUSINESS, DAILY, "F2", "sell"),
    PageSpec("buy", N_("Buy goods"), "truck", "buy:BuyPage", BUSINESS, DAILY, "F3", "buy"),
    PageSpec("members", N_("Members"), "users", "members:MembersPage", COOPERATIVE, DAILY, "", "members"),
    PageSpec(
        "savings", N_("Savings"), "piggy-bank", "savings:SavingsPage", COOPERATIVE, DAILY, "F2", "savings"
    ),
    PageSpec(
        "withdraw",
        N_("Withdraw savings"),
        "banknote",
        "savings:WithdrawPage",
        COOPERATIVE,
        "",
        "F4",
        "savings",
    ),
    PageSpec(
        "interest",
        N_("Interest on savings"),
        "percent",
        "savings:InterestPage",
        COOPERATIVE,
        feature="savings",
    ),
    PageSpec(
        "deposits",
        N_("Term deposits"),
        "calendar-clock",
        "deposits:DepositsPage",
        COOPERATIVE,
        DAILY,
        "",
        "savings",
    ),
    PageSpec("loans", N_("Lending"), "hand-coins", "loans:LoansPage", COOPERATIVE, DAILY, "", "loans"),
    PageSpec(
        "instalment",
        N_("Receive instalment"),
        "receipt",
        "instalment:InstalmentPage",
        COOPERATIVE,
        DAILY,
        "F3",
        "loans",
    ),
    PageSpec(
        "collection",
        N_("Collection sheet"),
        "clipboard-list",
        "collection:CollectionPage",
        COOPERATIVE,
        DAILY,
        "",
        "collection",
    ),
    PageSpec("cash", N_("Cash"), "wallet", "cash:CashPage", BUSINESS, DAILY, "F4", "cash"),
    PageSpec("cash", N_("Cash"), "wallet", "cash:CashPage", COOPERATIVE, DAILY, "", "cash"),
    PageSpec("products", N_("Goods"), "package", "products:ProductsPage", BUSINESS, LISTS, "", "stock"),
    PageSpec(
        "parties", N_("Customers & suppliers"), "users", "parties:PartiesPage", BUSINESS, LISTS, "", "debts"
    ),
    PageSpec("records", N_("All records"), "scroll-text", "records:RecordsPage", group=LISTS),
    PageSpec("reports", N_("Reports"), "file-text", "reports:ReportsPage", group=RESULTS),
    PageSpec(
        "statements", N_("Member statements"), "printer", "statements:StatementsPage", COOPERATIVE, RESULTS
    ),
    PageSpec("officers", N_("Officers"), "landmark", "officers:OfficersPage", COOPERATIVE, RESULTS),
    PageSpec("member", N_("Member's card"), "user", "members:MemberPage", COOPERATIVE, help="member"),
    PageSpec(
        "deposit",
        N_("Term deposit"),
        "calendar-clock",
        "deposits:DepositPage",
        COOPERATIVE,
        help="deposits",
    ),
    PageSpec("loan", N_("Loan"), "hand-coins", "loans:LoanPage", COOPERATIVE),
    PageSpec("importing", N_("Import from Excel"), "upload", "importing:ImportPage"),
    PageSpec("compare", N_("Compare with the old books"), "git-compare-arrows", "compare:ComparePage"),
    PageSpec("offers", N_("Savings and loan products"), "tags", "offers:OffersPage", COOPERATIVE),
    PageSpec("opening", N_("Check the opening balances"), "scale", "opening:OpeningPage"),
    PageSpec("profile", N_("Whose book it is"), "building-2", "profile:ProfilePage"),
    PageSpec("settings", N_("Settings"), "settings", "settings:SettingsPage"),
    PageSpec("backups", N_("Restore from a backup"), "history", "backups:BackupsPage"),
    PageSpec("periods", N_("Lock months"), "lock", "accountant:PeriodsPage"),
    PageSpec(
        "journal", N_("Journal"), "book-open", "accountant:JournalPage", group=TOOLS, feature="accountant"
    ),
    PageSpec(
        "ledger", N_("General ledger"), "book", "accountant:LedgerPage", group=TOOLS, feature="accountant"
    ),
    PageSpec(
        "entry", N_("Manual entry"), "pencil", "accountant:EntryPage", group=TOOLS, feature="accountant"
    ),
    PageSpec(
        "accounts",
        N_("Chart of accounts"),
        "list",
        "accountant:AccountsPage",
        group=TOOLS,
        feature="accountant",
    ),
    PageSpec(
        "audit", N_("Audit trail"), "history", "accountant:AuditPage", group=TOOLS, feature="accountant"
    ),
    PageSpec("help", N_("Help"), "circle-question-mark", "help:HelpPage"),
)
