"""What will happen next in a case that is brought in: the next letter, the next time limit, and what is late now."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.case.model.state import CaseStatus, Status
from reviewflow.london import london_day
from reviewflow.service.messages.coming import ComingMessage, coming_message
from reviewflow.service.messages.foreseen import foreseen_limit
from reviewflow.service.messages.naming import item_title, owner_title
from reviewflow.service.views.lateness import dated_items
from reviewflow.service.wording.forecast_words import short_words
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.workspace.context import CaseContext
from reviewflow.text import day_words, listing

_WHAT_IS_OVER = {
    CaseStatus.CLOSED: "everything is settled; it is closed",
    CaseStatus.ENDED: "it has ended by a way out of its process",
    CaseStatus.WITHDRAWN: "it was withdrawn",
}


def next_words(context: CaseContext) -> str:
    """One line: when the next letter goes, to whom and about what; the next limit with its forecast; what is late."""
    if context.case.status is not CaseStatus.OPEN:
        return f"{_WHAT_IS_OVER[context.case.status]}."
    late = sum(dated.is_late for dated in dated_items(context))
    parts = [_letter_words(context), _limit_words(context), f"late now: {late}" if late else ""]
    return f"{'; '.join(part for part in parts if part)}."


def late_words(context: CaseContext) -> Iterator[str]:
    """A line for each thing that is late now, the longest first."""
    late = [dated for dated in dated_items(context) if dated.is_late]
    for dated in sorted(late, key=lambda dated: (dated.state.due or context.today, dated.item)):
        owner = owner_title(context, dated.item) if context.plan.owner(dated.item, context.case) else ""
        day = day_words(dated.state.due) if dated.state.due else ""
        yield f"{item_title(context, dated.item)}{f' ({owner})' if owner else ''}, due {day}"


def _letter_words(context: CaseContext) -> str:
    coming = [message for item in context.case.items if (message := coming_message(context, item)) is not None]
    first = min(coming, key=lambda message: (message.leaves, message.item), default=None)
    if first is None:
        return "no letter goes by itself as things stand"
    return f"next letter {_when(first)} to {_whom(context, first)} ({item_title(context, first.item)})"


def _when(message: ComingMessage) -> str:
    return day_words(london_day(message.leaves))


def _whom(context: CaseContext, message: ComingMessage) -> str:
    titles = filter(None, (recipient_title(context.partnership, to) for to in message.to))
    return listing(dict.fromkeys(titles), none="nobody")


def _limit_words(context: CaseContext) -> str:
    running = {
        item: state.due
        for item, state in context.case.items.items()
        if context.plan.is_limit(item) and state.status is Status.OPEN and state.due is not None
    }
    if not running:
        return "no time limit runs"
    limit = min(running, key=lambda item: (running[item], item))
    foreseen = foreseen_limit(context, limit)
    words = short_words(context.case, foreseen, context.office_days)
    return f"next limit {day_words(running[limit])}: {item_title(context, limit)}{f' ({words})' if words else ''}"
