"""The vocabulary every floor speaks: money, dates, ids, clock, errors, progress, words. No ledger."""
