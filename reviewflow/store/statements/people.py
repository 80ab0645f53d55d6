"""Statements about who did something."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import ClauseElement, ColumnElement, func, literal_column, select, update
from sqlalchemy import insert as insert_into

from reviewflow.store.statements.sql import given
from reviewflow.store.tables import CASES, DESTROYED, DISPATCHES, EVENTS, LETTERS, NOTICES, OFFICE, PEOPLE

cases = CASES.c
events = EVENTS.c
people = PEOPLE.c
office_log = OFFICE.c
certificates = DESTROYED.c
letters = LETTERS.c
notices = NOTICES.c

_WHO, _BEARER = given("who"), given("bearer")

KEY_OF = select(people.key, people.salt).where(people.name == _WHO, people.salt.is_not(None))
BEAR = insert_into(PEOPLE).from_select(
    ["key", "name", "salt"],
    select(_BEARER, _WHO, given("grain")).where(
        ~select(people.key).where(people.key == _BEARER, people.name == _WHO).exists()
    ),
)
"""Gives a name its key; nothing when it has it, refused when it has another by now or was erased from this one."""
NAMES = select(people.name).distinct().where(people.name.is_not(None)).order_by(people.name)
EVERYBODY = select(people.key, people.name, people.salt).order_by(people.key)
WITHOUT_PERSON = (
    select(events.by, func.min(cases.reference))
    .join(CASES, cases.id == events.case_id)
    .where(~select(people.key).where(people.key == events.by).exists())
    .group_by(events.by)
    .order_by(events.by)
)
"""What events hold without a row in `people`: names in older ones, and keys whose row was taken away."""
ERASE_ADDRESS = (
    update(LETTERS).where(letters.address == _WHO).values(address=literal_column("'erased/'") + letters.number)
)
"""Each address by a mark of its own, because a mailbox has one ordinary letter a day."""
ERASE_ENVELOPES = (
    update(DISPATCHES)
    .where(DISPATCHES.c.letter.in_(select(letters.number).where(letters.address == _WHO)))
    .values(salt=None)
)
"""Nobody can try addresses on what is kept of these letters."""
_THEIRS = select(people.key).where(people.name == _WHO)
_LOGGED = ["at", "by", "kind", "body"]
_ENTRY = [given(name) for name in ("at", "noter", "kind", "body")]
NOTE_ADDRESS = insert_into(OFFICE).from_select(
    _LOGGED, select(*_ENTRY).where(select(letters.number).where(letters.address == _WHO).exists())
)
CASES_WITH = (
    select(cases.reference)
    .distinct()
    .join(EVENTS, events.case_id == cases.id)
    .where(events.by.in_(_THEIRS))
    .order_by(cases.reference)
)


def _these_keys(number: int) -> ColumnElement[bool]:
    return people.key.in_([given(f"key_{place}") for place in range(number)]) & (people.name == _WHO)


@cache
def erase(number: int) -> ClauseElement:
    """Erase a name from so many keys, not from one that it has since."""
    return update(PEOPLE).where(_these_keys(number)).values(name=None, salt=None)


@cache
def note_erasing(number: int) -> ClauseElement:
    """The entry in the log for `erase`, when there is anything to erase."""
    still_named = select(people.key).where(_these_keys(number)).exists()
    return insert_into(OFFICE).from_select(_LOGGED, select(*_ENTRY).where(still_named))


def _count(column: ColumnElement[Any], where: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count(column)).where(where).scalar_subquery()


_LIKE = given("like")
TRACES = select(
    _count(events.number, events.by.in_(_THEIRS)),
    _count(events.number, events.by == _WHO),
    _count(office_log.id, office_log.by.in_(_THEIRS)) + _count(certificates.reference, certificates.by.in_(_THEIRS)),
    _count(letters.number, letters.address == _WHO),
    _count(events.number, events.body.like(_LIKE, escape="!"))
    + _count(notices.id, notices.text.like(_LIKE, escape="!")),
)
