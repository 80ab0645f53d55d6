"""Who gets a message on the day on which it is written: whoever stands in for a post that is away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from reviewflow.case.model.ids import Recipient, role_recipient
from reviewflow.language.model import Partnership, Role
from reviewflow.service.messages.mailboxes import OFFICE_CHAIN, next_in_chain


def reach(partnership: Partnership, to: Sequence[str], today: date) -> dict[str, str]:
    """Everybody who gets a message that was meant for these, each with whom they stand in for; never nobody.

    Whom nobody reaches is found when it is sent, and then the next in the chain gets it.
    """
    found = dict(_each(partnership, to, today))
    own = {each: "" for each, meant in found.items() if not meant}
    return found | own if found or not to else {OFFICE_CHAIN[0]: to[0]}


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
    """The role that a recipient is; None for people of an agency, '' for a post that an agency need not have."""
    kind, name, post = Recipient.parse(recipient)
    if kind == "role":
        return None if post else name
    agency = partnership.agencies.get(name)
    if agency is None:
        return None
    match post:
        case "designated":
            return agency.designated or ""
        case "partner":
            return agency.partner
        case _:
            return None
