"""Journal entries: the one way money moves, kept balances, and reading them."""
