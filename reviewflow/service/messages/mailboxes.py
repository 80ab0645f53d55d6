"""Which mailbox a post has, whether mail may go there, and who comes next when it cannot."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.case.model.ids import Recipient, agency_recipient, role_recipient
from reviewflow.language.model import Partnership
from reviewflow.service.messages.allowed_addresses import outside_domains
from reviewflow.service.wording.people import recipient_title

OFFICE_CHAIN = (
    "role:business_support",
    "role:business_support:deputy",
    "role:business_manager",
    "role:business_manager:deputy",
)
"""Who gets a message last, and is told when one was not delivered: the first of them that can be reached."""
OF_A_ROLE = ("partner", "designated")
"""Posts that an agency names, and the partnership fills."""
IN_AN_AGENCY = ("contact", "deputy", "senior")


def mailbox(partnership: Partnership, recipient: str) -> str | None:
    """The address of 'role:chair', 'agency:police:contact', 'outside:panel' and so on; None when none is named."""
    kind, name, post = Recipient.parse(recipient)
    if kind == "outside":
        body = partnership.outside.get(name)
        return body.email if body else None
    if kind == "role":
        role = partnership.roles.get(name)
        if post == "senior":
            return mailbox(partnership, role_recipient(role.answers_to)) if role and role.answers_to else None
        return (role.deputy if post else role.email) if role else None
    agency = partnership.agencies.get(name) if kind == "agency" else None
    if agency is None:
        return None
    match post:
        case "deputy":
            return agency.deputy
        case "senior":
            return agency.senior
        case "partner":
            return mailbox(partnership, f"role:{agency.partner}") if agency.partner else None
        case "designated":
            return mailbox(partnership, f"role:{agency.designated}") if agency.designated else None
        case _:
            return agency.contact


def is_contact(partnership: Partnership, address: str | None) -> bool:
    """Whether this is the mailbox to which letters send whoever has a question."""
    return address is not None and address.casefold() == partnership.contact.email.casefold()


def place_of_mailbox(partnership: Partnership, recipient: str) -> tuple[str, ...]:
    """The keys that lead to a mailbox in partnership.yaml: ('roles', 'chair', 'email'); a contact has none."""
    kind, name, post = Recipient.parse(recipient)
    if kind == "outside":
        return "outside", name, "email"
    role = partnership.roles.get(name)
    if kind == "role" and post == "senior" and role and role.answers_to:
        return "roles", role.answers_to, "email"
    if kind == "role":
        return "roles", name, post or "email"
    agency = partnership.agencies.get(name)
    filled_by = getattr(agency, post, "") if post in OF_A_ROLE else ""
    return ("roles", filled_by, "email") if filled_by else ("agencies", name, post or "contact")


def _nobody(partnership: Partnership, recipient: str) -> str:
    to = Recipient.parse(recipient)
    if to.is_agency and to.name not in partnership.agencies:
        return f'partnership.yaml has no agency "{to.name}" any more.'
    return f"partnership.yaml names nobody for {recipient_title(partnership, recipient) or recipient}."


def unreachable(partnership: Partnership, recipient: str) -> str | None:
    """Why nothing can be sent to this post, as a sentence; None when something can."""
    address = mailbox(partnership, recipient)
    if address is None:
        return _nobody(partnership, recipient)
    to = Recipient.parse(recipient)
    if to.is_outside:
        return outside_domains(partnership.outside[to.name], address) or None
    if not to.is_agency or to.post in OF_A_ROLE:
        return None
    return outside_domains(partnership.agencies[to.name], address) or None


def next_in_chain(partnership: Partnership, recipient: str) -> str:
    """The recipient that gets what this one cannot: deputy, senior, then business support; '' when none is left.

    What is for a body outside is for nobody else: business support is told of it, and does not get its letter.
    """
    if Recipient.parse(recipient).is_reached_alone:
        return ""
    failed = (mailbox(partnership, recipient) or "").lower()
    following = (post for post in _following(partnership, recipient) if not unreachable(partnership, post))
    return next((post for post in following if (mailbox(partnership, post) or "").lower() != failed), "")


def _following(partnership: Partnership, recipient: str) -> Iterator[str]:
    if recipient in OFFICE_CHAIN:
        yield from OFFICE_CHAIN[OFFICE_CHAIN.index(recipient) + 1 :]
        return
    kind, name, post = Recipient.parse(recipient)
    agency = partnership.agencies.get(name) if kind == "agency" else None
    if kind == "role" and not post:
        yield role_recipient(name, "deputy")
    elif agency is not None and post in OF_A_ROLE:
        yield role_recipient((agency.partner if post == "partner" else agency.designated) or "", "deputy")
    elif agency is not None:
        place = IN_AN_AGENCY.index(post) if post in IN_AN_AGENCY else 0
        yield from (agency_recipient(name, other_post) for other_post in IN_AN_AGENCY[place + 1 :])
    yield from OFFICE_CHAIN


def failure_contact(partnership: Partnership, recipient: str) -> str:
    """The recipient that is told that this one could not be reached; '' when there is no other."""
    failed = (mailbox(partnership, recipient) or "").lower()
    following = (post for post in OFFICE_CHAIN if not unreachable(partnership, post))
    return next((post for post in following if (mailbox(partnership, post) or "").lower() != failed), "")
