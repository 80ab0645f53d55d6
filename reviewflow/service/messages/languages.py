"""The language of whoever is written to: of a contact as an answer says, of an agency as the office does."""

from __future__ import annotations

from reviewflow.case.model.ids import Recipient, step_of
from reviewflow.case.model.state import Case
from reviewflow.case.plan.plan import Plan
from reviewflow.language.model import Partnership
from reviewflow.language.structure.contacts import contact_written_to


def language_of_contact(plan: Plan, case: Case, item: str) -> str:
    """The language that was answered for the contact to whom a step writes; '' where none was, and of other steps."""
    step = plan.steps.get(step_of(item))
    contact = (plan.definition.process.contacts or {}).get(contact_written_to(step)) if step is not None else None
    asked, _, question = (contact.language or "").partition(".") if contact is not None else ("", "", "")
    return str(case.items[asked].answers.get(question, "")) if asked in case.items else ""


def language_of_agency(partnership: Partnership, recipient: str) -> str:
    """The language of an agency; '' where none is given, and of posts and bodies outside."""
    kind, name, _ = Recipient.parse(recipient)
    agency = partnership.agencies.get(name) if kind == "agency" else None
    return (agency.language or "") if agency is not None else ""
