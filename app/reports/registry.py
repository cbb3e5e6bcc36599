"""The modules that bring reports, in the order in which they are listed. Each is loaded when it is reached:
one report on the command line then loads little more than itself."""

from collections.abc import Iterator

from app.reports.catalog import ReportSpec


def specs() -> Iterator[ReportSpec]:
    """Every report."""
    from app.reports import books

    yield from books.REPORTS
    from app.reports import statements

    yield from statements.REPORTS
    from app.reports import cash_flow

    yield from cash_flow.REPORTS
    from app.reports import opening_check

    yield from opening_check.REPORTS
    from app.reports import opening_record

    yield from opening_record.REPORTS
    from app.reports import trade

    yield from trade.REPORTS
    from app.reports import stock

    yield from stock.REPORTS
    from app.reports import debts

    yield from debts.REPORTS
    from app.reports import members

    yield from members.REPORTS
    from app.reports import savings

    yield from savings.REPORTS
    from app.reports import deposits

    yield from deposits.REPORTS
    from app.reports import loans

    yield from loans.REPORTS
    from app.reports import applications

    yield from applications.REPORTS
    from app.reports import loan_addendum

    yield from loan_addendum.REPORTS
    from app.reports import reminders

    yield from reminders.REPORTS
    from app.reports import member_statements

    yield from member_statements.REPORTS
    from app.reports import member_papers

    yield from member_papers.REPORTS
