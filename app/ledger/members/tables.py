"""The member table: what is known of a member besides what every party has."""

from sqlmodel import Field, SQLModel

from app.ledger.storage.tables import table_of


class Member(SQLModel, table=True):
    """A member; the number, the name, phone, address and tax number are those of the party."""

    __tablename__ = "member"

    party_id: int | None = Field(default=None, primary_key=True)
    status: str
    joined: str | None
    left_on: str | None
    leave_reason: str
    leave_note: str
    body: int
    nik: str
    sex: str
    birth_place: str
    birth_date: str | None
    occupation: str
    village: str
    team: str
    institution: str
    mandatory: int
    heir: str
    heir_relation: str


member = table_of(Member)
