"""The modules that bring reports, in the order in which they are listed."""

from app.reports import books, cash_flow, debts, members, opening_check, savings, statements, statements  MODULES = (books, stock, trade
