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


def recipient_title(partnership: Partnership, recipient: str) -> str:
    """'Police', 'Police (senior sign-off)', 'Partnership business manager'; '' for whom an agency need not have."""
    kind, name, post = Recipient.parse(recipient)
    if kind == "role":
        role = partnership.roles.get(name)
        if post == "senior":
            return recipient_title(partnership, f"role:{role.answers_to}") if role and role.answers_to else ""
        return (role.title if role else name.replace("_", " ")) + PARTS.get(post, "")
    if kind == "contact":
        return f"contact “{name.replace('_', ' ')}”"
    agency = partnership.agencies.get(name)
    if post == "designated":
        return recipient_title(partnership, f"role:{agency.designated}") if agency and agency.designated else ""
    title = agency.title if agency else name.replace("_", " ").capitalize()
    return title + PARTS.get(post, "")
