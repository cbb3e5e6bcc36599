"""Members' savings: products, deposits, withdrawals and interest."""
