"""The people of one case: whom a recipient or an owner names by `contact family`."""

from __future__ import annotations

from reviewflow.language.model import Step

_PREFIX = "contact "


def contact_of(name: str) -> str:
    """'family' of `contact family`; '' of any other recipient or owner."""
    return name.removeprefix(_PREFIX) if name.startswith(_PREFIX) else ""


def as_written(contact: str) -> str:
    """How a process names a contact: `contact family`."""
    return f"{_PREFIX}{contact}"


def replied_to(step: Step) -> str:
    """The step that a contact may answer on the page of this letter; '' where the letter leads to none."""
    return (step.reply or "") if contact_written_to(step) else ""


def contact_written_to(step: Step) -> str:
    """The contact to whom a step sends its letter, the first of several in order; '' of any other step."""
    return next(iter(contacts_written_to(step)), "")


def contacts_written_to(step: Step) -> tuple[str, ...]:
    """The contacts to whom a step sends its letter, of several in the order of asking; none of any other step."""
    return tuple(filter(None, map(contact_of, step.to))) if step.send else ()
