"""Statements over digests."""

from __future__ import annotations

from functools import cache

from sqlalchemy import ClauseElement, ColumnElement, Select, select, update
from sqlalchemy import insert as insert_into

from reviewflow.store.statements.sql import fixed, given
from reviewflow.store.tables import DIGEST_ATTEMPTS, DIGESTS, LETTERS

letters = LETTERS.c
digests = DIGESTS.c

WAITING_DIGESTS = (
    select(digests.key, digests.recipient, letters.number, letters.day)
    .outerjoin(LETTERS, letters.number == digests.letter)
    .where(digests.next_try <= given("now"))
    .order_by(digests.next_try, digests.key)
)


@cache
def _these_digests(number: int) -> ColumnElement[bool]:
    return digests.key.in_([given(f"digest_{place}") for place in range(number)]) & (digests.next_try <= given("now"))


def _locked(number: int) -> Select[tuple[str]]:
    """As those of notices, for digests."""
    return select(digests.key).where(_these_digests(number)).order_by(digests.key.desc()).with_for_update()


@cache
def claim_digests(number: int) -> ClauseElement:
    """As `claim_these`, for digests."""
    return (
        update(DIGESTS)
        .where(digests.key.in_(_locked(number)))
        .values(status=fixed("sending"), tries=digests.tries + 1, next_try=given("lease"))
        .returning(*digests)
    )


@cache
def postpone_digests(number: int) -> ClauseElement:
    return update(DIGESTS).where(digests.key.in_(_locked(number))).values(next_try=given("later"))


ENCLOSE_DIGEST = (
    update(DIGESTS).where(digests.key == given("digest"), digests.tries == given("claim")).values(letter=given("into"))
)
_CLAIMED = (digests.key == given("digest"), digests.tries == given("claim"), digests.status == fixed("sending"))
LOG_DIGEST_ATTEMPT = insert_into(DIGEST_ATTEMPTS).from_select(
    ["digest", "number", "at", "outcome", "detail"],
    select(digests.key, digests.tries, given("now"), given("outcome"), given("why")).where(*_CLAIMED),
)
RECORD_DIGEST_DELIVERY = (
    update(DIGESTS).where(*_CLAIMED).values(status=given("outcome"), next_try=given("later"), detail=given("why"))
)
RECORD_DIGEST_BOUNCE = (
    update(DIGESTS)
    .where(digests.key == given("digest"), digests.status == fixed("sent"))
    .values(status=given("outcome"), detail=given("why"))
)
DIGEST_ATTEMPT_ROWS = (
    select(*(DIGEST_ATTEMPTS.c[name] for name in ("number", "at", "outcome", "detail")))
    .where(DIGEST_ATTEMPTS.c.digest == given("digest"))
    .order_by(DIGEST_ATTEMPTS.c.number)
)
DIGEST_ROWS = select(*digests).order_by(digests.created_at, digests.key)
DIGEST_KEYS = select(digests.key)
"""Of all that were ever written, without their words, which are long."""
