"""Every statement, declared once over the tables and compiled once a dialect to what its driver runs.

A `Step` is ready to run. Steps that are committed together neither lean on each other's effect nor lock a row that
another of them changes: SQLite runs them one after another, PostgreSQL as one statement that sees the database as it
was before, the last of them first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ClauseElement,
    ColumnElement,
    Dialect,
    Select,
    Table,
    bindparam,
    case,
    delete,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy import insert as insert_into
from sqlalchemy.dialects import postgresql, sqlite

from reviewflow.store.records import ERASED
from reviewflow.store.tables import (
    ATTEMPTS,
    CASES,
    DEFINITIONS,
    DESTROYED,
    DIGESTS,
    ENCLOSURES,
    EVENTS,
    ITEMS,
    JOBS,
    LETTERS,
    NOTICES,
    OFFICE,
    PEOPLE,
    SWEEPS,
)

Value = str | int | None
Step = tuple[str, tuple[Value, ...]]

SQLITE: Dialect = sqlite.dialect()
POSTGRESQL: Dialect = postgresql.dialect(paramstyle="format")  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class Sql:
    text: str
    names: tuple[str, ...]
    fixed: Mapping[str, Value]

    def step(self, **values: Value) -> Step:
        known = {**self.fixed, **values}
        return self.text, tuple([known[name] for name in self.names])


@cache
def compiled(dialect: Dialect, statement: ClauseElement) -> Sql:
    done: Any = statement.compile(dialect=dialect)
    fixed = {name: value for name, value in done.params.items() if not done.binds[name].required}
    return Sql(str(done), tuple(done.positiontup), fixed)


@cache
def stored_columns(table: Table) -> tuple[str, ...]:
    """The columns that we write; a number that the database gives out is not among them."""
    return tuple(column.name for column in table.c if column is not table.autoincrement_column)


@cache
def _insert(dialect: Dialect, table: Table, rows: int) -> str:
    module: Any = sqlite if dialect is SQLITE else postgresql
    row = dict.fromkeys(stored_columns(table))
    statement = module.insert(table).values([row] * rows)
    if table is ITEMS:
        fresh = {name: statement.excluded[name] for name in row if not table.c[name].primary_key}
        statement = statement.on_conflict_do_update(index_elements=["case_id", "item"], set_=fresh)
    if table in (LETTERS, ENCLOSURES):
        keys = [column.name for column in table.primary_key]
        fresh = {name: statement.excluded[name] for name in row if name not in keys}
        statement = statement.on_conflict_do_update(index_elements=keys, set_=fresh)
    if table in (DEFINITIONS, DIGESTS):
        statement = statement.on_conflict_do_nothing()
    return compiled(dialect, statement).text


def insert(dialect: Dialect, table: Table, rows: list[tuple[Value, ...]]) -> Step:
    """These rows in one statement, each in the order of `stored_columns`. An item or a letter replaces what it was."""
    return _insert(dialect, table, len(rows)), tuple([value for row in rows for value in row])


@cache
def matching(statement: Select[Any], *columns: ColumnElement[Any]) -> Select[Any]:
    """The statement, for those whose columns have the values given by the columns' names."""
    return statement.where(*(column == bindparam(column.key) for column in columns))


def _given(name: str) -> ColumnElement[Any]:
    return bindparam(name)


def _fixed(word: str) -> ColumnElement[str]:
    """A word in the statement's own text, so that the planner can match a partial index."""
    return literal_column(f"'{word}'")


C, E, I, N, J = CASES.c, EVENTS.c, ITEMS.c, NOTICES.c, JOBS.c  # noqa: E741
L, X, A, O, P = LETTERS.c, ENCLOSURES.c, ATTEMPTS.c, OFFICE.c, PEOPLE.c  # noqa: E741

# cases
_CASE = (C.id, C.reference, C.process, C.definition, C.status, C.number, C.head, C.state)
CASE_ROWS = select(*_CASE).order_by(C.id)
LOAD = matching(select(*_CASE), C.reference)


@cache
def load_these(number: int) -> ClauseElement:
    named = [_given(f"reference_{place}") for place in range(number)]
    return select(*_CASE).where(C.reference.in_(named)).order_by(C.id)


CASES_AFTER = select(*_CASE).where(C.id > _given("id")).order_by(C.id).limit(_given("limit"))
NEXT_CASE = select(
    matching(select(C.reference), C.key).scalar_subquery(),
    matching(select(func.max(C.serial)), C.series).scalar_subquery(),
    select(func.max(C.id)).scalar_subquery(),
)
ADVANCE = (
    update(CASES)
    .where(C.id == _given("case"), C.number == _given("loaded"))
    .values(number=_given("last"), head=_given("hash"), state=_given("fold"))
)
TURN = ADVANCE.values(status=_given("now_status"))
"""As `ADVANCE`, for a change of status: SQLite writes an index anew when its column is named, changed or not."""
MOVE = TURN.values(definition=_given("pinned"))
"""As `TURN`, for a case that goes on under another version of its process."""
RECORDED = matching(select(E.number), E.case_id, E.key)


def _name(by: ColumnElement[str]) -> ColumnElement[str]:
    """Of a key the name that bears it; an older event holds the name itself."""
    return case((P.key.is_(None), by), else_=func.coalesce(P.name, ERASED))


EVENT_ROWS = (
    select(E.number, E.kind, E.body, _name(E.by), E.on, E.recorded_at, E.hash, func.coalesce(P.key, ""))
    .join(CASES, C.id == E.case_id)
    .outerjoin(PEOPLE, P.key == E.by)
    .where(C.reference == _given("reference"), E.number > _given("after"), E.number <= _given("upto"))
    .order_by(E.number)
)
DEFINITION = matching(select(DEFINITIONS.c.body), DEFINITIONS.c.hash)
BODIES = matching(select(DEFINITIONS.c.body), DEFINITIONS.c.process, DEFINITIONS.c.version)

# items
ITEM_ROWS = (
    select(C.reference, I.item, I.kind, I.status, I.owner, I.round, I.due, I.next_chase)
    .join(CASES, C.id == I.case_id)
    .order_by(I.case_id, I.item)
)
DUE_ITEMS = (
    select(C.reference, I.item)
    .join(CASES, C.id == I.case_id)
    .where(I.status == _fixed("open"), I.next_chase <= _given("now"))
    .order_by(I.next_chase, I.case_id, I.item)
    .limit(_given("limit"))
)

# jobs
DUE_JOBS = (
    select(J.id, C.reference, J.item, J.kind, J.body, J.tries, J.next_try, J.error)
    .join(CASES, C.id == J.case_id)
    .where(J.next_try <= _given("now"))
    .order_by(J.next_try, J.id)
    .limit(_given("limit"))
)
RETRY_JOB = (
    update(JOBS)
    .where(J.id == _given("job"))
    .values(tries=J.tries + 1, next_try=_given("later"), error=_given("reason"))
)
FINISH_JOB = delete(JOBS).where(J.id == _given("job"))

# notices
_NOTICE = (
    *(N.id, N.event, N.place, N.item, N.recipient, N.message, N.subject, N.text, N.urgent),
    *(N.status, N.tries, N.created_at, N.next_try, N.sent_at, N.detail),
)
NOTICE_ROWS = (
    select(C.reference, *_NOTICE, X.letter)
    .join(CASES, C.id == N.case_id)
    .outerjoin(ENCLOSURES, X.notice == N.id)
    .order_by(N.id)
)
WAITING = (
    select(N.id, C.reference, N.event, N.place, N.recipient, N.urgent, L.number, L.day)
    .join(CASES, C.id == N.case_id)
    .outerjoin(ENCLOSURES, X.notice == N.id)
    .outerjoin(LETTERS, L.number == X.letter)
    .where(N.next_try <= _given("now"))
    .order_by(N.next_try, N.id)
)
"""Everything that is due, without its words: what goes to one mailbox goes together."""


@cache
def _these(number: int) -> ColumnElement[bool]:
    return N.id.in_([_given(f"notice_{place}") for place in range(number)]) & (N.next_try <= _given("now"))


@cache
def claim_these(number: int) -> ClauseElement:
    """Of these notices those that are still due; in the order of their numbers, so that two claimants never wait."""
    locked = select(N.id).where(_these(number)).order_by(N.id).with_for_update()
    return (
        update(NOTICES)
        .where(N.id.in_(locked))
        .values(status=_fixed("sending"), tries=N.tries + 1, next_try=_given("lease"))
        .returning(
            select(C.reference).where(C.id == N.case_id).scalar_subquery(),
            *_NOTICE,
            select(X.letter).where(X.notice == N.id).scalar_subquery(),
        )
    )


@cache
def put_off(number: int) -> ClauseElement:
    """Not a failure: its time has not come."""
    return update(NOTICES).where(_these(number)).values(next_try=_given("later"))


OF_LETTER = NOTICE_ROWS.join(LETTERS, L.number == X.letter).where(
    L.number == _given("letter"), L.address == _given("to")
)
COME_BACK = (
    update(NOTICES)
    .where(N.id == _given("notice"), N.status == _fixed("sent"))
    .values(status=_given("outcome"), detail=_given("why"))
)
SEND_AGAIN = (
    update(NOTICES)
    .where(N.id == _given("notice"), N.status == _fixed("sent"))
    .values(status=_fixed("queued"), next_try=_given("now"), sent_at=None, detail=_given("why"))
)
LETTER_OF = select(L.number).where(L.address == _given("address"), L.day == _given("day"), L.urgent == 0)
BESIDES = select(L.besides).where(L.number == _given("letter"), L.day == _given("day"))
STATUS_OF = matching(select(N.status), N.id)
_HELD = (
    N.id == _given("notice"),
    N.tries == _given("claim"),
    N.status.in_((_fixed("sending"), _fixed("withdrawn"))),
)
# On PostgreSQL an attempt is also kept when its claim passes on at this very moment: it was made, after all.
LOG_ATTEMPT = insert_into(ATTEMPTS).from_select(
    ["notice", "number", "at", "outcome", "detail"],
    select(N.id, N.tries, _given("now"), _given("outcome"), _given("why")).where(*_HELD),
)
_STAYS_WITHDRAWN = (N.status == _fixed("withdrawn")) & (_given("outcome") == _fixed("queued"))
SETTLE = (
    update(NOTICES)
    .where(*_HELD)
    .values(
        status=case((_STAYS_WITHDRAWN, _fixed("withdrawn")), else_=_given("outcome")),
        next_try=case((_STAYS_WITHDRAWN, None), else_=_given("later")),
        sent_at=_given("sent"),
        detail=_given("why"),
    )
)


@cache
def withdraw(items: int) -> ClauseElement:
    """One that is being sent is withdrawn too; if it turns out to have been sent, `SETTLE` says so."""
    named = [_given(f"item_{place}") for place in range(items)]
    return (
        update(NOTICES)
        .where(N.case_id == _given("case"), N.item.in_(named), N.status.in_((_fixed("queued"), _fixed("sending"))))
        .values(status=_fixed("withdrawn"), next_try=None)
    )


FIRST_TRY = select(func.min(A.at)).join(ENCLOSURES, X.notice == A.notice).where(X.letter == _given("letter"))
"""When a letter was first tried."""
ATTEMPT_ROWS = select(A.number, A.at, A.outcome, A.detail).where(A.notice == _given("notice")).order_by(A.number)

# digests
D = DIGESTS.c
WAITING_DIGESTS = (
    select(D.key, D.recipient, L.number, L.day)
    .outerjoin(LETTERS, L.number == D.letter)
    .where(D.next_try <= _given("now"))
    .order_by(D.next_try, D.key)
)


@cache
def _these_digests(number: int) -> ColumnElement[bool]:
    return D.key.in_([_given(f"digest_{place}") for place in range(number)]) & (D.next_try <= _given("now"))


@cache
def claim_digests(number: int) -> ClauseElement:
    """As `claim_these`, for digests."""
    locked = select(D.key).where(_these_digests(number)).order_by(D.key).with_for_update()
    return (
        update(DIGESTS)
        .where(D.key.in_(locked))
        .values(status=_fixed("sending"), tries=D.tries + 1, next_try=_given("lease"))
        .returning(*D)
    )


@cache
def put_off_digests(number: int) -> ClauseElement:
    return update(DIGESTS).where(_these_digests(number)).values(next_try=_given("later"))


ENCLOSE_DIGEST = (
    update(DIGESTS).where(D.key == _given("digest"), D.tries == _given("claim")).values(letter=_given("into"))
)
SETTLE_DIGEST = (
    update(DIGESTS)
    .where(D.key == _given("digest"), D.tries == _given("claim"), D.status == _fixed("sending"))
    .values(status=_given("outcome"), next_try=_given("later"), detail=_given("why"))
)
DIGEST_COMES_BACK = (
    update(DIGESTS)
    .where(D.key == _given("digest"), D.status == _fixed("sent"))
    .values(status=_given("outcome"), detail=_given("why"))
)
DIGEST_ROWS = select(*D).order_by(D.created_at, D.key)

# the office
OFFICE_ROWS = select(O.at, _name(O.by), O.kind, O.body).outerjoin(PEOPLE, P.key == O.by).order_by(O.id)

# Prefect's view, and the sweep's log
UNMIRRORED = select(C.reference, C.number).where(C.number > C.mirrored).order_by(C.id).limit(_given("limit"))
MIRRORED = (
    update(CASES)
    .where(C.reference == _given("shown_case"), C.mirrored < _given("shown"))
    .values(mirrored=_given("shown"))
)
FORGET_MIRROR = update(CASES).where(C.mirrored > 0).values(mirrored=0)
LAST_SWEEP = select(*(SWEEPS.c[name] for name in stored_columns(SWEEPS))).order_by(SWEEPS.c.id.desc()).limit(1)

# a case that is destroyed: what hangs on it, and then itself
_OF_CASE = select(N.id).where(N.case_id == _given("case"))
DESTROY = (
    delete(ATTEMPTS).where(A.notice.in_(_OF_CASE)),
    delete(ENCLOSURES).where(X.notice.in_(_OF_CASE)),
    delete(NOTICES).where(N.case_id == _given("case")),
    delete(JOBS).where(J.case_id == _given("case")),
    delete(ITEMS).where(I.case_id == _given("case")),
    delete(EVENTS).where(E.case_id == _given("case")),
)
FORGET_CASE = delete(CASES).where(C.id == _given("case"))
FORGET_LETTERS = delete(LETTERS).where(~select(X.notice).where(X.letter == L.number).exists())
"""Those of which nothing is left, with the mailboxes that they went to."""
Z = DESTROYED.c
MARK = insert_into(DESTROYED).from_select(
    ["reference", "at", "by", "certificate"],
    select(C.reference, _given("at"), _given("key"), _given("certificate")).where(
        C.reference == _given("of"), C.number == _given("loaded")
    ),
)
CERTIFICATES = (
    select(Z.reference, Z.at, _name(Z.by), Z.certificate, func.coalesce(P.key, ""))
    .outerjoin(PEOPLE, P.key == Z.by)
    .order_by(Z.reference)
)
