"""Reading the profile."""

from typing import NamedTuple

from app.ledger.reader import BookInfo, Reader

KEYS = (
    "name",
    "owner",
    "address",
    "phone",
    "legal_number",
    "legal_date",
    "cooperative_number",
    "tax_number",
    "business_number",
    "place",
    "fiscal_year_start",
    "accounting_standard",
    "business_type",
)
# What a book of a kind can be used for, in the order of the day's work. Each is a switch: what is off is not shown.
FEATURES = {
    "business": ("sell", "buy", "cash", "stock", "debts", "accountant"),
    "cooperative": ("members", "savings", "loans", "collection", "cash", "accountant"),
}
# The types of book a person can choose from, and what each has switched on at first.
BUSINESS_TYPES = {
    "business": {
        "trade": ("sell", "buy", "cash", "stock", "debts"),
        "service": ("sell", "cash", "debts"),
        "production": ("sell", "buy", "cash", "stock", "debts"),
        "farming": ("sell", "buy", "cash", "stock"),
    },
    "cooperative": {
        "savings_loan": ("members", "savings", "loans", "collection", "cash"),
        "shop": ("members", "savings", "cash"),
        "mixed": ("members", "savings", "loans", "collection", "cash"),
    },
}


class OfficerRow(NamedTuple):
    """Someone who signs."""

    office: str
    name: str
    phone: str
    signs: bool


class ProfileRow(NamedTuple):
    """Whom the book belongs to. Missing facts are empty."""

    name: str = ""
    owner: str = ""
    address: str = ""
    phone: str = ""
    legal_number: str = ""
    legal_date: str = ""
    cooperative_number: str = ""
    tax_number: str = ""
    business_number: str = ""
    place: str = ""
    fiscal_year_start: str = ""
    accounting_standard: str = ""
    business_type: str = ""


def read_profile(reader: Reader) -> ProfileRow:
    """The facts of the profile."""
    facts = {row[0]: row[1] for row in reader.sql("SELECT key, value FROM profile") if row[0] in KEYS}
    return ProfileRow(**facts)


def read_features(reader: Reader) -> tuple[str, ...]:
    """The features that are switched on: as set, else what the type of the book begins with, else all but the
    accountant's view (a book made by an import or on the command line has no type)."""
    kind = reader.info.kind
    facts = dict(reader.sql("SELECT key, value FROM profile WHERE key IN ('features', 'business_type')"))
    if "features" in facts:
        chosen = facts["features"].split(",")
        return tuple(key for key in FEATURES[kind] if key in chosen)
    began = BUSINESS_TYPES[kind].get(facts.get("business_type", ""))
    return began or tuple(key for key in FEATURES[kind] if key != "accountant")


def read_officers(reader: Reader) -> list[OfficerRow]:
    """The officers in their order."""
    rows = reader.sql("SELECT office, name, phone, signs FROM officer ORDER BY id")
    return [OfficerRow(row[0], row[1], row[2], bool(row[3])) for row in rows]


def read_logo(reader: Reader) -> bytes | None:
    """The logo's picture, or None."""
    rows = reader.sql("SELECT image FROM logo")
    return bytes(rows[0][0]) if rows else None


def read_info(reader: Reader) -> BookInfo:
    """What kind of book it is."""
    uid, kind, training = reader.sql("SELECT uid, kind, training FROM book")[0]
    facts = read_profile(reader)
    return BookInfo(uid, kind, bool(training), facts.name, int(facts.fiscal_year_start or 1))
