"""The window, the only package that knows Qt: it shows what ledger and reports say, and asks the book to do things."""
