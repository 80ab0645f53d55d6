"""What a post is called: an agency's contact, its deputy, a role of the partnership."""

from __future__ import annotations

from collections.abc import Callable

from reviewflow.case.model.ids import Recipient
from reviewflow.language.model.partnership import Partnership

Person = Callable[[str], str]
"""What people call a recipient: 'agency:police' gives 'Police', 'role:chair' gives 'Chair'."""
PARTS = {
    "deputy": " (deputy)",
    "senior": " (senior sign-off)",
    "partner": " (safeguarding partner)",
}

OF_OURS = frozenset({"designated", "partner"})
"""Of those who stand by an agency, who holds a post of the partnership."""


def recipient_title(partnership: Partnership, recipient: str) -> str:
    """'Police', 'Police (senior sign-off)', 'Partnership business manager'; '' for whom an agency need not have."""
    kind, name, post = Recipient.parse(recipient)
    if kind == "role":
        role = partnership.roles.get(name)
        if post == "senior":
            return recipient_title(partnership, f"role:{role.answers_to}") if role and role.answers_to else ""
        known = role or partnership.outside.get(name)  # a body outside may give more time, as a post may
        return (known.title if known else name.replace("_", " ")) + PARTS.get(post, "")
    if kind == "outside":
        body = partnership.outside.get(name)
        return body.title if body else name.replace("_", " ").capitalize()
    if kind == "contact":
        return f"contact “{name.replace('_', ' ')}”"
    agency = partnership.agencies.get(name)
    if post == "designated":
        return recipient_title(partnership, f"role:{agency.designated}") if agency and agency.designated else ""
    title = agency.title if agency else name.replace("_", " ").capitalize()
    return title + PARTS.get(post, "")


def in_sentence(partnership: Partnership, recipient: str) -> str:
    """The same within a sentence of a letter: 'the Partnership business manager', 'Police (deputy)'.

    Who answers for an agency's sector is called by the post, or a reader takes the agency for a safeguarding partner.
    """
    kind, name, post = Recipient.parse(recipient)
    agency = partnership.agencies.get(name) if kind == "agency" else None
    if agency is not None and post in OF_OURS:
        role = getattr(agency, post)
        return in_sentence(partnership, f"role:{role}") if role else ""
    title = recipient_title(partnership, recipient)
    return f"the {title}" if kind == "role" and title and not title.lower().startswith("the ") else title
