"""The language of whoever is written to: of a contact as an answer says, of an agency as the office does."""

from __future__ import annotations

from reviewflow.case.model.ids import Recipient, step_of
from reviewflow.case.model.state import Case
from reviewflow.case.plan.plan import Plan
from reviewflow.language.model import Partnership
from reviewflow.service.messages.mailboxes import OF_A_ROLE


def language_of_contact(plan: Plan, case: Case, item: str, message: str) -> str:
    """The language that was answered for the contact to whom a step sends this message; '' where none was.

    What a post hears about the same step, such as that its letter waits, is not for the contact: ''.
    """
    step, contacts = plan.steps.get(step_of(item)), plan.definition.process.contacts or {}
    contact = contacts.get(plan.contact(item, case)) if step is not None and step.send == message else None
    asked, _, question = (contact.language or "").partition(".") if contact is not None else ("", "", "")
    return str(case.items[asked].answers.get(question, "")) if asked in case.items else ""


def language_of_agency(partnership: Partnership, recipient: str) -> str:
    """The language of an agency; '' where none is given, of posts that the partnership fills, and of bodies outside."""
    kind, name, post = Recipient.parse(recipient)
    agency = partnership.agencies.get(name) if kind == "agency" and post not in OF_A_ROLE else None
    return (agency.language or "") if agency is not None else ""
