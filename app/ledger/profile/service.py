"""The rules of the profile."""

from sqlalchemy import delete

from app.base.errors import Refused, UserError
from app.ledger.changes import Done, Kind
from app.ledger.profile.commands import OfficerLine, SetFeatures, SetLogo, SetOfficers, SetProfile
from app.ledger.profile.queries import (
    BUSINESS_TYPES,
    FEATURES,
    KEYS,
    read_features,
    read_logo,
    read_officers,
    read_profile,
)
from app.ledger.profile.tables import book, logo, officer, profile
from app.ledger.transaction import Transaction


def write_book(tx: Transaction) -> None:
    """Write what a new book is, and its name."""
    tx.insert(
        book,
        id=1,
        uid=tx.info.uid,
        kind=tx.info.kind,
        training=int(tx.info.training),
        created_at=tx.context.clock.now().isoformat(timespec="seconds"),
    )
    tx.insert(profile, key="name", value=tx.info.name.strip())


def set_profile(tx: Transaction, command: SetProfile) -> Done:
    """Set the facts given, leave the others. The fiscal year stays once a year was closed."""
    before = read_profile(tx)
    _refuse_unknown(command.business_type or "", tuple(BUSINESS_TYPES[tx.info.kind]), "business_type")
    given = {key: getattr(command, key) for key in KEYS if getattr(command, key) is not None}
    if "fiscal_year_start" in given and tx.sql("SELECT 1 FROM year_close LIMIT 1"):
        raise Refused("A year of this book is closed already, so its fiscal year can't change any more.")
    tx.flush()
    tx.many(
        "INSERT INTO profile (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [(key, str(value).strip()) for key, value in given.items()],
    )
    tx.changed(Kind.PROFILE)
    old = before._asdict()
    # A fact that was empty goes back to empty; the numbers and dates among them are only set when they were.
    undo = {
        key: old[key] for key in given if old[key] or key not in ("legal_date", "fiscal_year_start", "name")
    }
    if undo.get("fiscal_year_start"):
        undo["fiscal_year_start"] = int(undo["fiscal_year_start"])
    if undo.get("legal_date"):
        from datetime import date

        undo["legal_date"] = date.fromisoformat(undo["legal_date"])
    return Done(undo=SetProfile(**undo))


def set_features(tx: Transaction, command: SetFeatures) -> Done:
    """Switch features on and off."""
    known = FEATURES[tx.info.kind]
    for key in command.features:
        _refuse_unknown(key, known, "features")
    before = read_features(tx)
    tx.many(
        "INSERT INTO profile (key, value) VALUES ('features', ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [(",".join(key for key in known if key in command.features),)],
    )
    tx.changed(Kind.PROFILE)
    return Done(undo=SetFeatures(features=before))


def _refuse_unknown(value: str, known: tuple[str, ...], field: str) -> None:
    if value and value not in known:
        raise UserError("{field} is one of: {choices}.", field=field, choices=", ".join(known))


def set_officers(tx: Transaction, command: SetOfficers) -> Done:
    """Replace the list of officers."""
    before = tuple(
        OfficerLine(office=row.office, name=row.name, phone=row.phone, signs=row.signs)
        for row in read_officers(tx)
    )
    tx.execute(delete(officer))
    for number, line in enumerate(command.officers, start=1):
        tx.insert(
            officer,
            id=number,
            office=line.office,
            name=line.name,
            phone=line.phone,
            signs=int(line.signs),
        )
    tx.changed(Kind.PROFILE)
    return Done(undo=SetOfficers(officers=before))


def set_logo(tx: Transaction, command: SetLogo) -> Done:
    """Replace the logo."""
    before = read_logo(tx)
    tx.execute(delete(logo))
    if command.image:
        tx.insert(logo, id=1, image=command.image)
    tx.changed(Kind.PROFILE)
    return Done(undo=SetLogo(image=before or b""))
