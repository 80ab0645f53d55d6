"""Statements over the seals, and over what they cover.

What stands in a row for ever is selected as its key, the moment that it says of itself, and its content.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ClauseElement, ColumnElement, Select, Text, cast, func, select

from reviewflow.store.statements.sql import fixed, given
from reviewflow.store.tables import (
    ATTEMPTS,
    CASES,
    CONTACTS,
    DEFINITIONS,
    DESTROYED,
    DIGEST_ATTEMPTS,
    DIGESTS,
    DISPATCHES,
    DONE_JOBS,
    EVENTS,
    ITEMS,
    JOBS,
    LETTERS,
    METADATA,
    NOTICES,
    OFFICE,
    PEOPLE,
    SEALED,
    SEALS,
    SWEEPS,
)

cases = CASES.c
notices = NOTICES.c
attempts = ATTEMPTS.c
dispatches = DISPATCHES.c
letters = LETTERS.c
digests = DIGESTS.c
digest_attempts = DIGEST_ATTEMPTS.c
office_log = OFFICE.c
jobs = JOBS.c
done_jobs = DONE_JOBS.c
sweeps = SWEEPS.c
definitions = DEFINITIONS.c
certificates = DESTROYED.c
people = PEOPLE.c
sealed = SEALED.c
seals = SEALS.c

_NONE = fixed("")


def _joined(*parts: Any) -> ColumnElement[Any]:
    first, *rest = [cast(part, Text) if not isinstance(part, str) else fixed(part) for part in parts]
    whole: ColumnElement[Any] = first
    for part in rest:
        whole = whole.op("||")(part)
    return whole


def _unsealed(rows: Select[Any], kind: str) -> Select[Any]:
    """Those that no seal covers yet, whenever they were committed: it is asked of each row, not of a highest number."""
    key = rows.selected_columns[0]
    covered = select(sealed.key).where(sealed.kind == fixed(kind), sealed.key == key).exists()
    return rows.where(~covered).limit(given("limit"))


_NUMBER = _joined(cases.reference, "/", notices.event, ".", notices.place)
SEALABLE_LETTERS = select(letters.number.label("key"), _NONE, letters.day, letters.urgent, letters.besides)
SEALABLE_DEFINITIONS = select(
    definitions.hash.label("key"), definitions.stored_at, definitions.process, definitions.version, definitions.body
)
SEALABLE_NOTICES = select(
    *(_NUMBER.label("key"), notices.created_at, notices.id, notices.case_id, notices.item, notices.recipient),
    *(notices.message, notices.subject, notices.text, notices.urgent),
).join(CASES, cases.id == notices.case_id)
SEALABLE_ATTEMPTS = (
    select(
        *(_joined(_NUMBER, "/try ", attempts.number).label("key"), attempts.at, attempts.notice),
        *(attempts.outcome, attempts.detail, attempts.subject, attempts.text),
    )
    .join(NOTICES, notices.id == attempts.notice)
    .join(CASES, cases.id == notices.case_id)
)
SEALABLE_DISPATCHES = select(
    *(dispatches.reference.label("key"), _NONE, dispatches.id, dispatches.letter, dispatches.version, dispatches.day),
    *(dispatches.urgent, dispatches.replaces, dispatches.holds, dispatches.envelope, dispatches.said),
)
SEALABLE_DIGESTS = select(digests.key, digests.created_at, digests.recipient, digests.subject, digests.text)
SEALABLE_DIGEST_ATTEMPTS = select(
    *(_joined(digest_attempts.digest, "/try ", digest_attempts.number).label("key"), digest_attempts.at),
    *(digest_attempts.outcome, digest_attempts.detail),
)
SEALABLE_OFFICE = select(
    *(cast(office_log.id, Text).label("key"), office_log.at, office_log.by, office_log.kind, office_log.body)
)
SEALABLE_DESTROYED = select(
    certificates.reference.label("key"), certificates.at, certificates.by, certificates.certificate
)
SEALABLE_PEOPLE = select(people.key, _NONE)
SEALABLE_JOBS = select(
    _joined(cases.reference, "/job ", jobs.id).label("key"), _NONE, jobs.case_id, jobs.item, jobs.kind, jobs.body
).join(CASES, cases.id == jobs.case_id)
SEALABLE_DONE_JOBS = select(
    cast(done_jobs.job, Text).label("key"), _NONE, done_jobs.case_id, done_jobs.item, done_jobs.kind
)
SEALABLE_SWEEPS = select(
    *(cast(sweeps.id, Text).label("key"), sweeps.started, sweeps.finished, sweeps.fired, sweeps.sent),
    *(sweeps.failed, sweeps.note),
)
UNSEALED_LETTERS = _unsealed(SEALABLE_LETTERS, "letters")
UNSEALED_DEFINITIONS = _unsealed(SEALABLE_DEFINITIONS, "definitions")
UNSEALED_NOTICES = _unsealed(SEALABLE_NOTICES, "notices")
UNSEALED_ATTEMPTS = _unsealed(SEALABLE_ATTEMPTS, "attempts")
UNSEALED_DISPATCHES = _unsealed(SEALABLE_DISPATCHES, "dispatches")
UNSEALED_DIGESTS = _unsealed(SEALABLE_DIGESTS, "digests")
UNSEALED_DIGEST_ATTEMPTS = _unsealed(SEALABLE_DIGEST_ATTEMPTS, "digest_attempts")
UNSEALED_OFFICE = _unsealed(SEALABLE_OFFICE, "office")
UNSEALED_DESTROYED = _unsealed(SEALABLE_DESTROYED, "destroyed")
UNSEALED_PEOPLE = _unsealed(SEALABLE_PEOPLE, "people")
UNSEALED_JOBS = _unsealed(SEALABLE_JOBS, "jobs")
UNSEALED_DONE_JOBS = _unsealed(SEALABLE_DONE_JOBS, "done_jobs")
UNSEALED_SWEEPS = _unsealed(SEALABLE_SWEEPS, "sweeps")

_OLDER = given("after")
NEWER_NOTICES = UNSEALED_NOTICES.where(notices.id > _OLDER)
NEWER_DISPATCHES = UNSEALED_DISPATCHES.where(dispatches.id > _OLDER)
NEWER_OFFICE = UNSEALED_OFFICE.where(office_log.id > _OLDER)
NEWER_SWEEPS = UNSEALED_SWEEPS.where(sweeps.id > _OLDER)
NEWER_DONE_JOBS = UNSEALED_DONE_JOBS.where(done_jobs.job > _OLDER)
NEWER_ATTEMPTS = UNSEALED_ATTEMPTS.where(attempts.at >= given("since"))
NEWER_LETTERS = UNSEALED_LETTERS.where(letters.day >= given("since"))
NEWER_DIGESTS = UNSEALED_DIGESTS.where(digests.created_at >= given("since"))
NEWER_DIGEST_ATTEMPTS = UNSEALED_DIGEST_ATTEMPTS.where(digest_attempts.at >= given("since"))
"""Those among the rows that are new by their number, or by the day that they say of themselves."""
HIGHEST = select(
    select(func.max(notices.id)).scalar_subquery(),
    select(func.max(dispatches.id)).scalar_subquery(),
    select(func.max(office_log.id)).scalar_subquery(),
    select(func.max(sweeps.id)).scalar_subquery(),
    func.coalesce(select(func.min(jobs.id) - 1).scalar_subquery(), select(func.max(done_jobs.job)).scalar_subquery()),
)
"""The highest number of each table with numbers; of finished jobs the last before the first that is not finished."""

_COVERED_CASE = (
    select(sealed.key)
    .where(sealed.kind == fixed("cases"), sealed.key == cases.reference, sealed.number == cases.number)
    .exists()
)
UNSEALED_CASES = (
    select(
        *(cases.reference, cases.id, cases.series, cases.serial, cases.process, cases.definition, cases.key),
        *(cases.status, cases.number, cases.head, cases.state),
    )
    .where(~_COVERED_CASE)
    .order_by(cases.id)
    .limit(given("limit"))
)
"""Cases that went on since they were sealed: their chains cover their events, so that each is one row here."""
CASE_TO_SEAL = select(
    *(cases.reference, cases.id, cases.series, cases.serial, cases.process, cases.definition, cases.key),
    *(cases.status, cases.number, cases.head, cases.state),
).where(cases.reference == given("reference"))
_STANDING = ("item", "kind", "status", "owner", "round", "due", "next_chase")
STANDING_ITEMS = (
    select(*(ITEMS.c[name] for name in _STANDING)).where(ITEMS.c.case_id == given("case")).order_by(ITEMS.c.item)
)
STANDING_CONTACTS = (
    select(CONTACTS.c.contact, CONTACTS.c.sealed)
    .where(CONTACTS.c.case_id == given("case"))
    .order_by(CONTACTS.c.contact)
)
STANDING_KEYS = (
    select(EVENTS.c.number, EVENTS.c.key)
    .where(EVENTS.c.case_id == given("case"), EVENTS.c.key.is_not(None))
    .order_by(EVENTS.c.number)
)
"""Keys of commands, which the chain of a case does not have."""
_THESE = select(cases.id).where(~_COVERED_CASE).order_by(cases.id).limit(given("limit"))
UNSEALED_ITEMS = (
    select(ITEMS.c.case_id, *(ITEMS.c[name] for name in _STANDING))
    .where(ITEMS.c.case_id.in_(_THESE))
    .order_by(ITEMS.c.case_id, ITEMS.c.item)
)
UNSEALED_CONTACTS = (
    select(CONTACTS.c.case_id, CONTACTS.c.contact, CONTACTS.c.sealed)
    .where(CONTACTS.c.case_id.in_(_THESE))
    .order_by(CONTACTS.c.case_id, CONTACTS.c.contact)
)
UNSEALED_KEYS = (
    select(EVENTS.c.case_id, EVENTS.c.number, EVENTS.c.key)
    .where(EVENTS.c.case_id.in_(_THESE), EVENTS.c.key.is_not(None))
    .order_by(EVENTS.c.case_id, EVENTS.c.number)
)
"""What stands in the cases of UNSEALED_CASES, read at the same moment."""
SEAL_ROWS = select(*(SEALS.c[name] for name in ("number", "at", "covers", "settings", "note", "hash"))).order_by(
    seals.number
)
LAST_SEAL = (
    select(*(SEALS.c[name] for name in ("number", "at", "covers", "settings", "note", "hash")))
    .order_by(seals.number.desc())
    .limit(1)
)
SEALED_ROWS = select(sealed.kind, sealed.key, sealed.seal, sealed.number, sealed.hash, sealed.stand).order_by(
    sealed.seal
)


def _count(rows: Select[Any], kind: str) -> ColumnElement[int]:
    key = rows.selected_columns[0]
    covered = select(sealed.key).where(sealed.kind == fixed(kind), sealed.key == key).exists()
    return rows.where(~covered).with_only_columns(func.count(key)).scalar_subquery()


_FEW = (
    _count(SEALABLE_DEFINITIONS, "definitions")
    + _count(SEALABLE_DESTROYED, "destroyed")
    + _count(SEALABLE_PEOPLE, "people")
    + _count(SEALABLE_JOBS, "jobs")
    + select(func.count(cases.id)).where(~_COVERED_CASE).scalar_subquery()
)
UNSEALED_COUNT = select(
    _FEW
    + _count(SEALABLE_LETTERS, "letters")
    + _count(SEALABLE_NOTICES, "notices")
    + _count(SEALABLE_ATTEMPTS, "attempts")
    + _count(SEALABLE_DISPATCHES, "dispatches")
    + _count(SEALABLE_DIGESTS, "digests")
    + _count(SEALABLE_DIGEST_ATTEMPTS, "digest_attempts")
    + _count(SEALABLE_OFFICE, "office")
    + _count(SEALABLE_DONE_JOBS, "done_jobs")
    + _count(SEALABLE_SWEEPS, "sweeps")
)
_SINCE = given("since")
NEWER_COUNT = select(
    _FEW
    + _count(SEALABLE_LETTERS.where(letters.day >= _SINCE), "letters")
    + _count(SEALABLE_NOTICES.where(notices.id > given("notices")), "notices")
    + _count(SEALABLE_ATTEMPTS.where(attempts.at >= _SINCE), "attempts")
    + _count(SEALABLE_DISPATCHES.where(dispatches.id > given("dispatches")), "dispatches")
    + _count(SEALABLE_DIGESTS.where(digests.created_at >= _SINCE), "digests")
    + _count(SEALABLE_DIGEST_ATTEMPTS.where(digest_attempts.at >= _SINCE), "digest_attempts")
    + _count(SEALABLE_OFFICE.where(office_log.id > given("office")), "office")
    + _count(SEALABLE_DONE_JOBS.where(done_jobs.job > given("done_jobs")), "done_jobs")
    + _count(SEALABLE_SWEEPS.where(sweeps.id > given("sweeps")), "sweeps")
)


def orphans() -> Iterator[tuple[str, str, str, ClauseElement]]:
    """For each column that refers to a row of another table, a count of those whose row is not there."""
    for table in METADATA.sorted_tables:
        for key in table.foreign_keys:
            other = key.column.table.alias("other")
            there = select(other.c[key.column.name]).where(other.c[key.column.name] == key.parent).exists()
            count = select(func.count()).select_from(table).where(key.parent.is_not(None), ~there)
            yield table.name, key.parent.name, key.column.table.name, count
