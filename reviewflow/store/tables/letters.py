"""Tables of what is sent: notices, letters, digests, the tries to send them, addresses at which they are answered."""

from __future__ import annotations

from sqlalchemy import Index, Table, Text, UniqueConstraint
from sqlmodel import Field

from reviewflow.store.tables.columns import KEYED, METADATA, NUMBERED, Base, Maybe, String, partial


class NoticeTable(Base, table=True):
    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("case_id", "event", "place", name="notices_number"),
        partial("notices_queue", "next_try", where="next_try IS NOT NULL"),
        NUMBERED,
    )
    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id")
    event: int = Field(description="Number of the first event of the command that wrote it")
    place: int = Field(description="1 for the first notice of that command")
    item: String
    recipient: String
    message: String
    subject: String
    text: String
    urgent: int
    status: String
    tries: int = Field(description="Counts the claims, so that it also tells one claim from the next")
    created_at: String
    next_try: str | None = Field(
        sa_type=Text, description="Set while it waits or is being sent; then it may be claimed"
    )
    sent_at: Maybe
    detail: String


class AttemptTable(Base, table=True):
    __tablename__ = "attempts"
    __table_args__ = (KEYED,)
    notice: int = Field(primary_key=True, foreign_key="notices.id")
    number: int = Field(primary_key=True)
    at: String
    outcome: String
    detail: String
    subject: str | None = Field(sa_type=Text, description="As it was tried, where that is not what was first written")
    text: str | None = Field(sa_type=Text, description="As the subject")


class LetterTable(Base, table=True):
    __tablename__ = "letters"
    __table_args__ = (partial("letters_ordinary", "address", "day", where="urgent = 0", unique=True), KEYED)
    number: str = Field(sa_type=Text, primary_key=True, description="Of the first notice that it brought together")
    address: String
    day: str = Field(sa_type=Text, description="The day on which it goes; of ordinary ones a mailbox gets one a day")
    urgent: int
    besides: str | None = Field(sa_type=Text, description="What else its mailbox owes, a line each; kept for a repeat")


class EnclosureTable(Base, table=True):
    __tablename__ = "enclosures"
    __table_args__ = (Index("enclosures_letter", "letter"), KEYED)
    notice: int = Field(primary_key=True, foreign_key="notices.id")
    letter: str = Field(sa_type=Text, foreign_key="letters.number")


class LinkTable(Base, table=True):
    __tablename__ = "links"
    __table_args__ = (Index("links_letter", "letter"), KEYED)
    hash: str = Field(
        sa_type=Text, primary_key=True, description="Of the address, with the office's key: opens nothing"
    )
    case_id: int = Field(foreign_key="cases.id")
    item: String
    round: int
    recipient: String
    letter: str = Field(sa_type=Text, description="The letter that it stands in; without that it opens nothing")
    until: str = Field(sa_type=Text, description="The last day on which it opens")
    withdrawn: Maybe


class DigestTable(Base, table=True):
    __tablename__ = "digests"
    __table_args__ = (KEYED,)
    key: str = Field(sa_type=Text, primary_key=True, description="Its name, the role and the period: once each")
    recipient: String
    subject: String
    text: String
    status: String
    tries: int
    created_at: String
    next_try: Maybe
    detail: String
    letter: str | None = Field(sa_type=Text, description="The letter that it was last put into")


class DispatchTable(Base, table=True):
    __tablename__ = "dispatches"
    __table_args__ = (
        UniqueConstraint("reference", name="dispatches_reference"),
        Index("dispatches_letter", "letter"),
        NUMBERED,
    )
    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(sa_type=Text, description="What stands on it; no other text ever has it")
    letter: String
    version: int = Field(description="1 for the first text of the letter")
    day: String
    urgent: int
    replaces: str = Field(sa_type=Text, description="References that its readers may have had before, a line each")
    holds: str = Field(sa_type=Text, description="Numbers of its notices and keys of its digests, a line each")
    salt: str | None = Field(sa_type=Text, description="Emptied when the address is erased")
    envelope: str = Field(sa_type=Text, description="Of address and what else is owed, with the salt")
    said: str = Field(sa_type=Text, description="Of subject and text, with the salt")


class DigestAttemptTable(Base, table=True):
    __tablename__ = "digest_attempts"
    __table_args__ = (KEYED,)
    digest: str = Field(sa_type=Text, primary_key=True, foreign_key="digests.key")
    number: int = Field(primary_key=True)
    at: String
    outcome: String
    detail: String


NOTICES: Table = METADATA.tables["notices"]


ATTEMPTS: Table = METADATA.tables["attempts"]


LETTERS: Table = METADATA.tables["letters"]


ENCLOSURES: Table = METADATA.tables["enclosures"]


DIGESTS: Table = METADATA.tables["digests"]


DISPATCHES: Table = METADATA.tables["dispatches"]


DIGEST_ATTEMPTS: Table = METADATA.tables["digest_attempts"]


LINKS: Table = METADATA.tables["links"]
