"""The modules that bring reports, in the order in which they are listed."""

from app.reports import (
    books,
    cash_flow,
    debts,
    loans,
    member_statements,
    members,
    opening_check,
    savings,
    statements,
    stock,
    trade,
)

MODULES = (
    books,
    statements,
    cash_flow,
    opening_check,
    trade,
    stock,
    debts,
    members,
    savings,
    member_statements,
    loans,
)
