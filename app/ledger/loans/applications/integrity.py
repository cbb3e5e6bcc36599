"""What must hold of applications: each loan within what was approved, each application paid out once."""

from app.ledger.reader import Reader
from app.ledger.slice import Finding, broken

_MOST = 50
_STANDS = "(SELECT sum(t.disbursed) FROM loan_transaction AS t WHERE t.loan_id = l.id) <> 0"


def loans_keep_to_what_was_approved(reader: Reader) -> list[Finding]:
    """A loan that stands was lent to who asked, after the approval, and up to its amount and term."""
    rows = reader.sql(
        "SELECT a.number, l.number FROM loan_application_loan AS k"  # noqa: S608
        " JOIN loan AS l ON l.id = k.loan_id JOIN loan_application AS a ON a.id = k.application_id"
        f" WHERE {_STANDS} AND (a.state <> 'approved' OR a.party_id <> l.party_id OR l.disbursed_on < a.decided_on"
        "  OR l.principal > a.approved OR a.approved_term < ("
        "   SELECT count(*) FROM loan_instalment AS i WHERE i.loan_id = l.id AND i.version = 1))"
    )
    return [
        broken(
            "loans-application",
            "Loan {loan} does not keep to its application {application}.",
            loan=loan,
            application=number,
        )
        for number, loan in rows[:_MOST]
    ]


def applications_are_paid_out_once(reader: Reader) -> list[Finding]:
    """No two loans that stand were paid out on the same application."""
    rows = reader.sql(
        "SELECT a.number, count(*) FROM loan_application_loan AS k"  # noqa: S608
        " JOIN loan AS l ON l.id = k.loan_id JOIN loan_application AS a ON a.id = k.application_id"
        f" WHERE {_STANDS} GROUP BY a.id HAVING count(*) > 1"
    )
    return [
        broken(
            "loans-application",
            "Application {application} is paid out {count:n} times.",
            application=number,
            count=count,
        )
        for number, count in rows[:_MOST]
    ]


def days_follow(reader: Reader) -> list[Finding]:
    """Nothing is looked at or decided before it was asked for, and every decision says by whom."""
    rows = reader.sql(
        "SELECT a.number FROM loan_application AS a WHERE a.decided_on < a.date"
        " OR (a.decided_on IS NOT NULL AND a.decided_by = '') OR EXISTS ("
        "  SELECT 1 FROM loan_application_check AS c WHERE c.application_id = a.id AND c.date < a.date)"
    )
    return [
        broken(
            "loans-application",
            "Application {application} was looked at or decided before it was made, or by nobody.",
            application=number,
        )
        for (number,) in rows[:_MOST]
    ]


CHECKS = (loans_keep_to_what_was_approved, applications_are_paid_out_once, days_follow)
