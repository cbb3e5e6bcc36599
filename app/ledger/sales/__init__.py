"""Sales: revenue, cost, stock and what stays on the bon, in one entry."""
