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
    category: str
    admitted: str | None
    exit_requested: str | None


class MemberHeir(SQLModel, table=True):
    """One heir; `share` is in percent."""

    __tablename__ = "member_heir"

    party_id: int = Field(primary_key=True)
    line: int = Field(primary_key=True)
    name: str
    relation: str
    share: str | None


class MemberPhoto(SQLModel, table=True):
    """A member's picture, PNG or JPEG."""

    __tablename__ = "member_photo"

    party_id: int | None = Field(default=None, primary_key=True)
    image: bytes


class MemberSpell(SQLModel, table=True):
    """An earlier membership of someone who came back."""

    __tablename__ = "member_spell"

    id: int | None = Field(default=None, primary_key=True)
    party_id: int
    status: str
    joined: str | None
    admitted: str | None
    exit_requested: str | None
    left_on: str
    leave_reason: str
    leave_note: str


class OfficeTerm(SQLModel, table=True):
    """Someone in an office of the board or the supervisors: a member, or a name."""

    __tablename__ = "office_term"

    id: int | None = Field(default=None, primary_key=True)
    body: str
    office: str
    party_id: int | None
    name: str
    started: str
    until: str | None
    ended: str | None
    reason: str


member = table_of(Member)
member_heir = table_of(MemberHeir)
member_photo = table_of(MemberPhoto)
member_spell = table_of(MemberSpell)
office_term = table_of(OfficeTerm)
