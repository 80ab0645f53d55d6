"""Who does in a case what another post owes there, in words."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.case.model.arranged import Delegation
from reviewflow.case.model.ids import role_recipient, step_of
from reviewflow.service.wording.people import in_sentence
from reviewflow.service.workspace.context import CaseContext
from reviewflow.text import day_words


def taken_over(context: CaseContext) -> Iterator[str]:
    """A sentence for each post, or step, whose work another does now, or from a later day on."""
    for name, given in {**context.case.delegated, **context.case.to_delegate}.items():
        yield _sentence(context, name, given)


def taken_over_of(context: CaseContext, item: str) -> str:
    """The sentence about whoever does an item for the post that owes it; '' where that does it itself."""
    plan, case = context.plan, context.case
    for name in (step_of(item), plan.named_owner(item, case)):
        if name in case.delegated and plan.owner(item, case) != plan.named_owner(item, case):
            return _sentence(context, name, case.delegated[name])
    return ""


def _sentence(context: CaseContext, name: str, given: Delegation) -> str:
    does = "does" if given.since <= context.today else "will do"
    is_post = name.startswith("role:")
    what = in_sentence(context.partnership, name) if is_post else f"“{context.plan.definition.title(name)}”"
    until = f" until {day_words(given.until)}" if given.until else ""
    who = in_sentence(context.partnership, role_recipient(given.to))
    owes = f"what {what} owes in this case" if is_post else f"{what} in its owner's place"
    return f"{who[:1].upper()}{who[1:]} {does} {owes}, from {day_words(given.since)}{until or ' on'}"
