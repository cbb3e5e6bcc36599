"""What stands in a book when it is made: schema, chart of accounts, rates, and each slice's own beginning."""

from sqlalchemy import Engine

from app.base.clock import Clock
from app.base.errors import Bug
from app.base.ids import new_id
from app.ledger.accounts.service import write_standard_chart
from app.ledger.changes import Done
from app.ledger.command import Command, command_name
from app.ledger.profile.service import write_book
from app.ledger.rates.table import write_shipped_rates
from app.ledger.reader import BookInfo
from app.ledger.slices import SLICES
from app.ledger.storage.migrate import create_schema
from app.ledger.transaction import BookState, Context, Transaction


def fill_new_book(engine: Engine, kind: str, name: str, clock: Clock, actor: str, *, training: bool) -> None:
    """Write schema, chart and rates of a new book in one transaction."""
    info = BookInfo(new_id(), kind, training, name)

    def nothing_runs(_: Transaction, command: Command) -> Done:
        raise Bug(f"{command_name(command)} while a book is being made")

    with engine.connect() as connection:
        connection.begin()
        create_schema(connection)
        context = Context(info, clock, actor, nothing_runs, {}, {})
        tx = Transaction(connection, context, BookState())
        write_book(tx)
        write_standard_chart(tx)
        write_shipped_rates(tx)
        for item in SLICES:
            if item.start is not None:
                item.start(tx)
        tx.flush()
        tx.write_series()
        connection.commit()
