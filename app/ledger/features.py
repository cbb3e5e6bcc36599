"""What a book is used for, by what stands in it: so that nothing recorded is out of sight after an import."""

from app.ledger.profile.queries import FEATURES, read_features
from app.ledger.reader import Reader

# Where the work of a feature leaves its mark. What is in no table of its own is told by an account that moved.
_MARKS = {
    "sell": "SELECT 1 FROM sale",
    "buy": "SELECT 1 FROM purchase",
    "stock": "SELECT 1 FROM stock_movement",
    "debts": "SELECT 1 FROM bill",
    "members": "SELECT 1 FROM member",
    "savings": "SELECT 1 FROM savings_account",
    "loans": "SELECT 1 FROM loan",
    "cash": "SELECT 1 FROM day_balance AS b JOIN account AS a ON a.id = b.account_id WHERE a.money IS NOT NULL",
}


def used_features(reader: Reader) -> tuple[str, ...]:
    """The features that this book has records of, in the order of the day's work."""
    return tuple(
        key for key in FEATURES[reader.info.kind] if key in _MARKS and reader.sql(f"{_MARKS[key]} LIMIT 1")
    )


def missing_features(reader: Reader) -> tuple[str, ...]:
    """The features that are used and switched off."""
    on = read_features(reader)
    return tuple(key for key in used_features(reader) if key not in on)
