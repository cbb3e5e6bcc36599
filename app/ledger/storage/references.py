"""Whether anything in the book points at a row: what was used is taken out of use, never removed."""

from app.ledger.reader import Reader


def is_referenced(reader: Reader, table: str, key: int) -> bool:
    """Say whether a row of any table refers to row `key` of `table`, by the foreign keys of the schema."""
    columns = reader.sql(
        'SELECT m.name, f."from" FROM sqlite_master AS m JOIN pragma_foreign_key_list(m.name) AS f'
        " WHERE m.type = 'table' AND f.\"table\" = ?",
        (table,),
    )
    return any(
        reader.sql(f'SELECT 1 FROM "{name}" WHERE "{column}" = ? LIMIT 1', (key,))  # noqa: S608 - the schema's own names
        for name, column in columns
    )
