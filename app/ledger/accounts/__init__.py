"""The chart of accounts: what money is called."""
