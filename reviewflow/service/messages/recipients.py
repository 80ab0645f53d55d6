"""Who gets a message on the day on which it is written: the post, or whoever stands in while it is away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from reviewflow.case.model.ids import Recipient, role_recipient
from reviewflow.language.model import Partnership, Role
from reviewflow.service.messages.mailboxes import OFFICE_CHAIN, next_in_chain


def reach(partnership: Partnership, to: Sequence[str], today: date) -> dict[str, str]:
    """By recipient, whom they stand in for, '' for nobody: all who get a message to these, business support at least.

    Whether each can be reached is checked when it is sent: then the next in the chain gets it.
    """
    reached = dict(_each(partnership, with_posts_above(partnership, to), today))
    own = {recipient: "" for recipient, replaced in reached.items() if not replaced}
    return reached | own if reached or not to else {OFFICE_CHAIN[0]: to[0]}


def with_posts_above(partnership: Partnership, to: Sequence[str]) -> tuple[str, ...]:
    """The same, each once, in which whom a post answers to has its own name; nobody for one that answers to nobody."""
    return tuple(dict.fromkeys(_above(partnership, to)))


def _above(partnership: Partnership, to: Sequence[str]) -> Iterator[str]:
    for recipient in to:
        kind, name, post = Recipient.parse(recipient)
        if kind != "role" or post != "senior":
            yield recipient
        elif (role := partnership.roles.get(name)) is not None and role.answers_to:
            yield role_recipient(role.answers_to)


def _each(partnership: Partnership, to: Sequence[str], today: date) -> Iterator[tuple[str, str]]:
    for recipient in to:
        name = _role_of(partnership, recipient)
        if name == "":
            continue
        role = partnership.roles.get(name) if name else None
        if role is not None and _is_away(role, today):
            instead = next_in_chain(partnership, role_recipient(name or "")) or recipient
            if instead not in to:
                yield instead, recipient
        else:
            yield recipient, ""


def _is_away(role: Role, today: date) -> bool:
    return role.away is not None and today <= role.away.until


def _role_of(partnership: Partnership, recipient: str) -> str | None:
    """The role that fills a post; None for people of an agency, '' for a post that the agency does not have."""
    kind, name, post = Recipient.parse(recipient)
    if kind == "role":
        return None if post else name
    agency = partnership.agencies.get(name) if kind == "agency" else None
    if agency is None:
        return None
    match post:
        case "designated":
            return agency.designated or ""
        case "partner":
            return agency.partner
        case _:
            return None
