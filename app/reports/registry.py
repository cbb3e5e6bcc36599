"""The modules that bring reports, in the order in which they are listed."""

from app.reports import books

MODULES = (books,)
