"""Statements over notices, letters and the attempts to send them."""

from __future__ import annotations

from functools import cache

from sqlalchemy import ClauseElement, ColumnElement, Select, case, func, select, update
from sqlalchemy import insert as insert_into

from reviewflow.store.records import TO_RELEASE
from reviewflow.store.statements.sql import fixed, given, narrowed_by
from reviewflow.store.tables import ATTEMPTS, CASES, DISPATCHES, ENCLOSURES, LETTERS, NOTICES

cases = CASES.c
notices = NOTICES.c
letters = LETTERS.c
enclosures = ENCLOSURES.c
attempts = ATTEMPTS.c
dispatches = DISPATCHES.c

_NOTICE = (
    *(
        notices.id,
        notices.event,
        notices.place,
        notices.item,
        notices.recipient,
        notices.message,
        notices.subject,
        notices.text,
        notices.urgent,
    ),
    *(notices.status, notices.tries, notices.created_at, notices.next_try, notices.sent_at, notices.detail),
)
NOTICE_ROWS = (
    select(cases.reference, *_NOTICE, enclosures.letter)
    .join(CASES, cases.id == notices.case_id)
    .outerjoin(ENCLOSURES, enclosures.notice == notices.id)
    .order_by(notices.id)
)
MESSAGE_ROWS = (
    select(
        *(cases.reference, notices.event, notices.place, notices.item, notices.recipient, notices.message),
        *(notices.urgent, notices.status, notices.created_at, notices.next_try, notices.sent_at),
    )
    .join(CASES, cases.id == notices.case_id)
    .where(notices.created_at >= given("since"))
    .order_by(notices.id)
)
"""Notices without their words, which are long."""


@cache
def messages_of(number: int) -> ClauseElement:
    """Those of so many cases."""
    named = [given(f"reference_{place}") for place in range(number)]
    return MESSAGE_ROWS.where(cases.reference.in_(named))


WAITING = (
    select(
        notices.id,
        cases.reference,
        notices.event,
        notices.place,
        notices.recipient,
        notices.urgent,
        letters.number,
        letters.day,
    )
    .join(CASES, cases.id == notices.case_id)
    .outerjoin(ENCLOSURES, enclosures.notice == notices.id)
    .outerjoin(LETTERS, letters.number == enclosures.letter)
    .where(notices.next_try <= given("now"))
    .order_by(notices.next_try, notices.id)
)
"""Every notice that is due, without its words."""
WAITS_SINCE = (
    select(notices.id, cases.reference, notices.item)
    .join(CASES, cases.id == notices.case_id)
    .where(notices.next_try.is_not(None), notices.status == fixed("queued"))
    .where(notices.created_at <= given("before"), notices.item != fixed(""))
)
"""In no order, so that the index of the queue is used: all that was ever sent need not be looked through."""


@cache
def _these(number: int) -> ColumnElement[bool]:
    return notices.id.in_([given(f"notice_{place}") for place in range(number)]) & (notices.next_try <= given("now"))


def _locked(*conditions: ColumnElement[bool]) -> Select[tuple[int]]:
    """The notices of which this holds, locked in one order, so that no two wait for each other: the newest first.

    So `record_delivery` has them too: of the steps of one statement PostgreSQL runs the last first, then the others
    backwards.
    """
    return select(notices.id).where(*conditions).order_by(notices.id.desc()).with_for_update()


@cache
def claim_these(number: int) -> ClauseElement:
    """Claim those of these notices that are still due."""
    return (
        update(NOTICES)
        .where(notices.id.in_(_locked(_these(number))))
        .values(status=fixed("sending"), tries=notices.tries + 1, next_try=given("lease"))
        .returning(
            select(cases.reference).where(cases.id == notices.case_id).scalar_subquery(),
            *_NOTICE,
            select(enclosures.letter).where(enclosures.notice == notices.id).scalar_subquery(),
        )
    )


@cache
def postpone(number: int) -> ClauseElement:
    """Move their next try; their tries are not counted up."""
    return update(NOTICES).where(notices.id.in_(_locked(_these(number)))).values(next_try=given("later"))


NOTICES_IN_LETTER = NOTICE_ROWS.join(LETTERS, letters.number == enclosures.letter).where(
    letters.number == given("letter"), letters.address == given("to")
)
RECORD_BOUNCE = (
    update(NOTICES)
    .where(notices.id == given("notice"), notices.status == fixed("sent"))
    .values(status=given("outcome"), detail=given("why"))
)
SEND_AGAIN = (
    update(NOTICES)
    .where(notices.id == given("notice"), notices.status == fixed("sent"))
    .values(status=fixed("queued"), next_try=given("now"), sent_at=None, detail=given("why"))
)
LAST_DISPATCH = (
    select(
        *(letters.number, dispatches.version, dispatches.day, dispatches.urgent, dispatches.replaces),
        *(dispatches.holds, dispatches.salt, dispatches.envelope, dispatches.said),
    )
    .outerjoin(DISPATCHES, dispatches.letter == letters.number)
    .where(letters.number == given("letter"))
    .order_by(dispatches.version.desc())
    .limit(1)
)
"""The last text of a letter; without one where the letter is older than that texts were kept."""
DISPATCH_ROWS = select(
    *(dispatches.letter, dispatches.version, dispatches.day, dispatches.urgent, dispatches.replaces),
    *(dispatches.holds, dispatches.salt, dispatches.envelope, dispatches.said),
).order_by(dispatches.id)
LETTER_ROWS = select(letters.number, letters.address, letters.day, letters.urgent, letters.besides).order_by(
    letters.number
)
LETTER_OF = narrowed_by(select(dispatches.letter), dispatches.reference)
ORDINARY_LETTER = select(letters.number).where(
    letters.address == given("address"), letters.day == given("day"), letters.urgent == 0
)
ALSO_DUE_IN = select(letters.besides).where(letters.number == given("letter"), letters.day == given("day"))
STATUS_OF = narrowed_by(select(notices.status), notices.id)
_CLAIMED = (
    notices.id == given("notice"),
    notices.tries == given("claim"),
    notices.status.in_((fixed("sending"), fixed("withdrawn"))),
)
_AS_WRITTEN = (notices.subject == given("subject")) & (notices.text == given("text"))
LOG_ATTEMPT = insert_into(ATTEMPTS).from_select(
    ["notice", "number", "at", "outcome", "detail", "subject", "text"],
    select(
        *(notices.id, notices.tries, given("now"), given("outcome"), given("why")),
        *(case((_AS_WRITTEN, None), else_=given(words)) for words in ("subject", "text")),
    ).where(*_CLAIMED),
)
"""With the words that were tried, where they are not those of the notice."""
_STAYS_WITHDRAWN = (notices.status == fixed("withdrawn")) & (given("outcome") == fixed("queued"))
RECORD_DELIVERY = (
    update(NOTICES)
    .where(*_CLAIMED)
    .values(
        status=case((_STAYS_WITHDRAWN, fixed("withdrawn")), else_=given("outcome")),
        next_try=case((_STAYS_WITHDRAWN, None), else_=given("later")),
        sent_at=given("sent"),
        detail=given("why"),
    )
)


@cache
def withdraw(number: int) -> ClauseElement:
    """Withdraw the notices of so many items, also one that is being sent: `RECORD_DELIVERY` still says that it was."""
    named = [given(f"item_{place}") for place in range(number)]
    theirs = _locked(
        notices.case_id == given("case"),
        notices.item.in_(named),
        notices.status.in_((fixed("queued"), fixed("sending"), fixed(TO_RELEASE))),
    )
    return update(NOTICES).where(notices.id.in_(theirs)).values(status=fixed("withdrawn"), next_try=None)


FIRST_TRY = (
    select(func.min(attempts.at))
    .join(ENCLOSURES, enclosures.notice == attempts.notice)
    .where(enclosures.letter == given("letter"))
)
"""When a letter was first tried."""
ATTEMPT_ROWS = (
    select(*(ATTEMPTS.c[name] for name in ("number", "at", "outcome", "detail", "subject", "text")))
    .where(attempts.notice == given("notice"))
    .order_by(attempts.number)
)
