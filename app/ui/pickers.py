"""The pickers of this program's things, each with what it searches and what it makes on the fly."""

from app.base.errors import LumbungError
from app.ledger.changes import Outcome
from app.ledger.command import Command
from app.ledger.members.queries import MemberRow, member, search_members
from app.ledger.parties.commands import AddCustomer, AddSupplier
from app.ledger.parties.queries import PartyFacts, party_facts, search_parties
from app.ledger.products.commands import AddProduct
from app.ledger.products.queries import ProductFacts, product_facts, scanned_product, search_products
from app.ui.bridge import Session
from app.ui.widgets.picker import Found, Picker


def member_picker(session: Session) -> Picker:
    """Finds a member by number, name or nickname."""
    _ = session.translator

    def known(text: str) -> Found | None:
        try:
            return _member(session, member(session.reading(), text, session.today))
        except LumbungError:
            return None

    return Picker(
        _,
        lambda text: [
            _member(session, row) for row in search_members(session.reading(), text, session.today, 8)
        ],
        known,
        hint=_("Number or name"),
    )


def party_picker(session: Session, kind: str) -> Picker:
    """Finds a customer or a supplier by name, nickname, code or phone; a new one is made on the fly."""
    _ = session.translator

    def known(text: str) -> Found | None:
        found = party_facts(session.reading(), kind, text)
        return _party(session, found) if found else None

    def create(name: str) -> Found | None:
        made = _made(session, AddCustomer(name=name) if kind == "customer" else AddSupplier(name=name))
        return known(made.number) if made else None

    hint = _("Name of the customer") if kind == "customer" else _("Name of the supplier")
    return Picker(
        _,
        lambda text: [_party(session, row) for row in search_parties(session.reading(), kind, text, 8)],
        known,
        create=create,
        hint=hint,
    )


def product_picker(session: Session, *, create: bool = True) -> Picker:
    """Finds a product by name, code or barcode; a new one is made on the fly."""
    _ = session.translator

    def known(text: str) -> Found | None:
        found = scanned_product(session.reading(), text) or product_facts(session.reading(), text)
        return product_found(session, found) if found else None

    def make(name: str) -> Found | None:
        made = _made(session, AddProduct(name=name))
        return known(made.number) if made else None

    return Picker(
        _,
        lambda text: [product_found(session, row) for row in search_products(session.reading(), text, 8)],
        known,
        create=make if create else None,
        hint=_("Name, code or barcode"),
    )


def product_found(session: Session, row: ProductFacts) -> Found:
    """A product with its price and what is left of it."""
    _ = session.translator
    price = _.format.rupiah(row.sell_price) if row.sell_price else _("no price yet")
    if row.stock is None:
        return Found(row.code, row.name, price)
    facts = _("{price}, {stock:qty} {unit} left", price=price, stock=row.stock, unit=row.unit)
    return Found(row.code, row.name, facts)


def _member(session: Session, row: MemberRow) -> Found:
    _ = session.translator
    words = {
        "prospective": _("prospective member"),
        "leaving": _("is leaving"),
        "left": _("has left"),
        "deceased": _("deceased"),
    }
    facts = " · ".join(filter(None, (row.number, row.team, words.get(row.status, ""))))
    return Found(row.number, row.name, facts, row.nickname)


def _party(session: Session, row: PartyFacts) -> Found:
    _ = session.translator
    if row.owed:
        owes = _("owes {amount:rp}", amount=row.owed)
        facts = owes if row.kind == "customer" else _("is owed {amount:rp}", amount=row.owed)
    else:
        facts = row.phone
    return Found(row.code, row.name, facts, row.nickname)


def _made(session: Session, command: Command) -> Outcome | None:
    """Make something on the fly: done at once, or not at all while an import runs."""
    done: list[Outcome] = []
    session.execute(command, done.append)
    return done[0] if done else None
