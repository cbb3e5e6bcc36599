"""The modules that bring reports, in the order in which they are listed."""

from app.reports import books, cash_flow, members, opening_check, savings, statements

MODULES = (books, statements, cash_flow, opening_check, members, savings)
