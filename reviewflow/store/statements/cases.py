"""Statements over cases, their events and what is owed in them; over the definitions that they are pinned to."""

from __future__ import annotations

from functools import cache

from sqlalchemy import ClauseElement, exists, func, or_, select, update

from reviewflow.store.statements.sql import fixed, given, name_of, narrowed_by
from reviewflow.store.tables import CASES, DEFINITIONS, EVENTS, ITEMS, PEOPLE

cases = CASES.c
events = EVENTS.c
items = ITEMS.c
people = PEOPLE.c

CASE = (
    cases.id,
    cases.reference,
    cases.process,
    cases.definition,
    cases.status,
    cases.number,
    cases.head,
    cases.state,
)
CASE_ROWS = select(*CASE).order_by(cases.id)
LOAD = narrowed_by(select(*CASE), cases.reference)


@cache
def load_these(number: int) -> ClauseElement:
    named = [given(f"reference_{place}") for place in range(number)]
    return select(*CASE).where(cases.reference.in_(named)).order_by(cases.id)


_IN_SHARE = cases.id - cases.id // given("of") * given("of") == given("share")
"""The remainder, written without the sign for it, which drivers take for the beginning of a value."""
MAY_LOOK_OTHERWISE = (
    select(*CASE)
    .where(
        cases.status == fixed("open"),
        or_(
            exists().where(
                items.case_id == cases.id,
                items.status == fixed("open"),
                or_(items.due.is_(None), items.due < given("today")),
            ),
            exists().where(
                events.case_id == cases.id, events.number == cases.number, events.recorded_at >= given("since")
            ),
        ),
    )
    .order_by(cases.id)
)
"""Open cases whose forecast may have turned: something is overdue or has no day, or something happened since."""
MAY_LOOK_OTHERWISE_OF_SHARE = MAY_LOOK_OTHERWISE.where(_IN_SHARE)
WITHOUT_A_DAY = (
    select(*CASE)
    .where(
        cases.status == fixed("open"),
        exists().where(items.case_id == cases.id, items.status == fixed("open"), items.due.is_(None)),
    )
    .order_by(cases.id)
)
OPEN_NUMBERS = select(cases.reference, cases.number).where(cases.status == fixed("open")).order_by(cases.id)
OPEN_OWNERS = (
    select(items.owner, func.min(cases.reference), func.count(cases.id.distinct()))
    .join(CASES, cases.id == items.case_id)
    .where(cases.status == fixed("open"), items.status == fixed("open"))
    .group_by(items.owner)
    .order_by(items.owner)
)
LATEST_CASES = select(*CASE).where(cases.process == given("process")).order_by(cases.id.desc()).limit(given("limit"))
PROCESSES = select(cases.process).distinct().order_by(cases.process)
CASES_AFTER = select(*CASE).where(cases.id > given("id")).order_by(cases.id).limit(given("limit"))
NEXT_CASE = select(
    narrowed_by(select(cases.reference), cases.key).scalar_subquery(),
    narrowed_by(select(func.max(cases.serial)), cases.series).scalar_subquery(),
    select(func.max(cases.id)).scalar_subquery(),
)
RECORDED = narrowed_by(select(events.number), events.case_id, events.key)


EVENT_ROWS = (
    select(
        events.number,
        events.kind,
        events.body,
        name_of(events.by),
        events.on,
        events.recorded_at,
        events.hash,
        func.coalesce(people.key, ""),
    )
    .join(CASES, cases.id == events.case_id)
    .outerjoin(PEOPLE, people.key == events.by)
    .where(cases.reference == given("reference"), events.number > given("after"), events.number <= given("upto"))
    .order_by(events.number)
)
RECENT_EVENTS = (
    select(cases.reference, cases.definition, events.number, events.kind, events.body, events.on, events.recorded_at)
    .join(CASES, cases.id == events.case_id)
    .where(events.recorded_at >= given("since"))
    .order_by(events.recorded_at, events.case_id, events.number)
)


@cache
def last_of_kinds(number: int) -> ClauseElement:
    """The last event of a case that is of one of so many kinds."""
    kinds = [given(f"kind_{place}") for place in range(number)]
    return (
        select(events.on)
        .join(CASES, cases.id == events.case_id)
        .where(cases.reference == given("reference"), events.kind.in_(kinds))
        .order_by(events.number.desc())
        .limit(given("limit"))
    )


DEFINITION = narrowed_by(select(DEFINITIONS.c.body), DEFINITIONS.c.hash)
EVERY_DEFINITION = select(
    DEFINITIONS.c.hash, DEFINITIONS.c.process, DEFINITIONS.c.version, DEFINITIONS.c.body
).order_by(DEFINITIONS.c.hash)
BODIES = narrowed_by(select(DEFINITIONS.c.body), DEFINITIONS.c.process, DEFINITIONS.c.version)

ITEM_ROWS = (
    select(cases.reference, items.item, items.kind, items.status, items.owner, items.round, items.due, items.next_chase)
    .join(CASES, cases.id == items.case_id)
    .order_by(items.case_id, items.item)
)


@cache
def open_items_of(number: int) -> ClauseElement:
    """What is open in so many cases, with its day."""
    named = [given(f"reference_{place}") for place in range(number)]
    return (
        select(cases.reference, items.item, items.due)
        .join(CASES, cases.id == items.case_id)
        .where(cases.reference.in_(named), items.status == fixed("open"))
    )


DUE_ITEMS = (
    select(cases.reference, items.item)
    .join(CASES, cases.id == items.case_id)
    .where(items.status == fixed("open"), items.next_chase <= given("now"))
    .order_by(items.next_chase, items.case_id, items.item)
    .limit(given("limit"))
)
DUE_ITEMS_OF_SHARE = DUE_ITEMS.where(_IN_SHARE)
NEXT_CHASE = select(func.min(items.next_chase)).where(items.status == fixed("open"), items.next_chase > given("after"))
ADVANCE = (
    update(CASES)
    .where(cases.id == given("case"), cases.number == given("loaded"))
    .values(number=given("last"), head=given("hash"), state=given("fold"))
)
TURN = ADVANCE.values(status=given("now_status"))
"""As `ADVANCE`, for a change of status, because SQLite rewrites an index when its column is named, changed or not."""
MOVE = TURN.values(definition=given("pinned"))
"""As `TURN`, for a case that goes on under another version of its process."""
OWE = update(CASES).where(cases.id == given("case"), cases.mirrored > 0).values(mirrored=0)
"""Prefect does not show what the case has become. By itself in SQLite, for the reason of `TURN`."""
ADVANCE_AND_OWE, TURN_AND_OWE, MOVE_AND_OWE = (each.values(mirrored=0) for each in (ADVANCE, TURN, MOVE))
"""PostgreSQL changes a row once in a statement; what was 0 already costs it no index."""
