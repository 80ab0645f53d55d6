"""What a post owes in a case that needs only its day, and may be recorded as done together: its titles, for a form."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.case.model.ids import Recipient
from reviewflow.case.model.state import is_open
from reviewflow.service.commands.ticking import ticked_with_its_day
from reviewflow.service.views.redaction import redacted_title
from reviewflow.service.workspace.context import CaseContext
from reviewflow.text import listing

FEWEST = 2
"""One alone has a form of its own."""


def done_together(context: CaseContext) -> Iterator[tuple[str, str]]:
    """Each post that owes several such steps now, and their titles with the post's: 'Send it and File it (Office)'."""
    plan, case = context.plan, context.case
    owners = {plan.owner(item, case) for item in case.items if is_open(case, item) and not plan.is_limit(item)}
    posts = sorted(owner.name for owner in map(Recipient.parse, filter(None, owners)) if owner.kind == "role")
    for post in posts:
        items = ticked_with_its_day(context, post)
        if len(items) >= FEWEST:
            titles = listing(redacted_title(context, item) for item in items)
            yield post, f"{titles} ({context.partnership.roles[post].title})"
