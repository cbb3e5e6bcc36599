"""Backups that nobody has to think of: one a day and one on closing, and what the navigation says of the last."""

from typing import TYPE_CHECKING

from app.ui.bridge import Session

if TYPE_CHECKING:
    from datetime import datetime


def last_copy_text(session: Session) -> str:
    """When the last backup of this book was made, in a few words."""
    _ = session.translator
    made = last_copy_at(session)
    if made is None:
        return _("No backup yet")
    days = (session.today - made.date()).days
    clock = _.format.time(made.replace(tzinfo=None))
    if days == 0:
        return _("Backup today {time}", time=clock)
    if days == 1:
        return _("Backup yesterday {time}", time=clock)
    return _("Backup {on}", on=_.format.day_month(made.date()))


def last_copy_at(session: Session) -> "datetime | None":
    """When the last backup of this book was made, in the device's zone."""
    from app.ledger.backups import last_backup

    return last_backup(session.info.uid)


def keep_daily(session: Session) -> None:
    """Make the day's backup in the background, if there is none of today yet."""
    from app.ledger.backups import keep_automatic

    made = last_copy_at(session)
    if made is not None and made.date() == session.today:
        return
    session.jobs.run(
        session.translator("Daily backup"),
        lambda progress: keep_automatic(session.book.path, session.services.clock, progress),
        then=lambda _path: session.shell.navigation.refresh() if session.shell else None,
        failed=session.show_error,
    )


def keep_on_closing(session: Session) -> None:
    """Make a backup of what has changed since the last one; the window closes after it."""
    from app.ledger.backups import keep_automatic

    try:
        keep_automatic(session.book.path, session.services.clock)
    except Exception as error:  # noqa: BLE001 - the window closes all the same; the person is told why there is no copy
        session.show_error(error)
