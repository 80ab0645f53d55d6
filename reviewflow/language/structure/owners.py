"""Owners and recipients that are written as a phrase: a named agency, whom an answer names, a post of an agency."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from reviewflow.language.model import AGENCY, EACH, Step

POSTS = {
    "senior": "senior manager",
    "deputy": "deputy contact",
    "designated": "designated professional",
    "partner": "safeguarding partner",
}
"""The posts of an agency that may own a step (`the agency's senior`), in words."""
NEXT = "next in order"
"""As an owner: whoever is asked now, of several that are asked one after the other."""
_NAMED = re.compile(r"agency ([a-z][a-z0-9_]*)")
_ANSWERED = re.compile(r"the (agency|role) in ([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)")
_ROLE = re.compile(r"[a-z][a-z0-9_]*")
_ACCEPTED = re.compile(r"whoever accepted ([a-z][a-z0-9_]*)")
_POST = re.compile(r"the agency's ([a-z]+)")
ACCEPTED = "accepted"
"""The kind of owner who is whoever accepted, of those that a step asked in order."""


class OwnerFromAnswer(NamedTuple):
    """The question whose answer is the owner, or the recipient; or the step that somebody accepted."""

    kind: str
    """'agency', 'role' or 'accepted'."""
    step: str
    field: str = ""
    """The question; '' of whoever accepted."""


def named_agency(step: Step) -> str:
    """'police' of `owner: agency police`; '' of any other owner."""
    return agency_in(step.owner or "")


@lru_cache(maxsize=1024)
def agency_in(words: str) -> str:
    """'police' of `agency police`, of an owner or a recipient; '' of any other."""
    match = _NAMED.fullmatch(words)
    return match[1] if match else ""


def owning_role(step: Step) -> str:
    """'review_group_chair' of `owner: review_group_chair`; '' of any other owner."""
    return step.owner if step.owner and _ROLE.fullmatch(step.owner) and step.owner not in {AGENCY, EACH} else ""


def owner_in_answer(step: Step) -> OwnerFromAnswer | None:
    """The question in `owner: the agency in referral.referrer`; None of any other owner."""
    return answered_in(step.owner or "")


@lru_cache(maxsize=1024)
def answered_in(words: str) -> OwnerFromAnswer | None:
    """The question in `the agency in referral.referrer`, of an owner or a recipient; None of any other.

    Of `whoever accepted find` it is that step.
    """
    if accepted := _ACCEPTED.fullmatch(words):
        return OwnerFromAnswer(ACCEPTED, accepted[1])
    match = _ANSWERED.fullmatch(words)
    return OwnerFromAnswer(match[1], match[2], match[3]) if match else None


def written_to_by_answer(step: Step) -> tuple[OwnerFromAnswer, ...]:
    """Whose answers say who gets what a step sends."""
    return tuple(filter(None, map(answered_in, step.to))) if step.send else ()


def post_of_agency(step: Step) -> str:
    """'senior' of `owner: the agency's senior`; '' of any other owner."""
    return _post_in(step.owner or "")


@lru_cache(maxsize=1024)
def _post_in(words: str) -> str:
    match = _POST.fullmatch(words)
    return match[1] if match else ""


def is_owned_by_agencies(step: Step) -> bool:
    """Whether agencies owe it, each for itself or one that is named."""
    answered = owner_in_answer(step)
    by_answer = answered is not None and answered.kind == AGENCY
    return step.owner == AGENCY or by_answer or bool(named_agency(step) or post_of_agency(step))
