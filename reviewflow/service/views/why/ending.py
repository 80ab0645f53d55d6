"""Why a case ended, is ending, or has not ended in one of the ways that its process has."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import CUT_SHORT, Status, is_finished
from reviewflow.case.rules.endings_by_time import awaited, day_of_ending, time_ends
from reviewflow.case.rules.linked_cases import all_started_by, cases_it_came_from
from reviewflow.language.model import ORIGIN, Ending
from reviewflow.service.messages.naming import item_title
from reviewflow.service.rehearsal.explain.account import ending_words
from reviewflow.service.rehearsal.explain.owners import starting
from reviewflow.service.views.why.turn import waits_because
from reviewflow.service.wording.rules import Teller
from reviewflow.service.workspace.context import CaseContext
from reviewflow.text import day_words, listing


def ending_standing(context: CaseContext, name: str) -> str:
    """How an ending stands, in two or three words."""
    case = context.case
    if case.ending == name:
        return "the case ended so"
    if case.closing == name:
        return "the case is ending so"
    return "cannot happen any more" if case.status in CUT_SHORT else "has not happened"


def ending_reasons(context: CaseContext, name: str) -> Iterator[str]:
    """What decides whether the case ends so, and what would follow."""
    case, definition = context.case, context.plan.definition
    ending, teller = definition.process.endings[name], Teller(definition, context.partnership)
    if case.ending == name and case.ended:
        yield f"The case ended so on {day_words(case.ended)}."
    elif case.closing == name:
        yield "The case is ending so; it is over when what it keeps is done."
    elif case.status in CUT_SHORT:
        yield f"The case is {case.status}; it ends in no other way any more."
    elif case.closing:
        yield f"The case is ending in another way: {definition.title(case.closing)}."
    yield f"It ends so {ending_words(teller, ending)}."
    if _is_open_to_it(context):
        yield from _by_time(context, name)
        yield from _with_another(context, ending)
        if ending.when is None and ending.after is None:
            yield f"Nobody has said so. To say so: reviewflow end {case.reference} {name} --reason ..."
        elif ending.when is not None:
            yield "As the answers stand now, that is not so, or is not settled yet."
    if ending.keeps:
        yield f"It keeps: {listing(map(teller.title, ending.keeps))}; {_kept_words(context, ending)}."
    if ending.start:
        begun = case.links.get(name)
        yield f"It became {begun}." if begun else f"Then {starting(teller, ending.start)}."


def _with_another(context: CaseContext, ending: Ending) -> Iterator[str]:
    """With which case this one ends, as far as it is known."""
    case, which = context.case, ending.with_the_end_of
    if not which:
        return
    others = cases_it_came_from(case) if which == ORIGIN else all_started_by(case, which)
    none = "This case came from no other one." if which == ORIGIN else "That case is not opened yet."
    yield f"That is {listing(others)}, which is not over so." if others else none


def _kept_words(context: CaseContext, ending: Ending) -> str:
    """What of that is not done, and what nobody owes unless it ends so."""
    kept = [item for step in ending.keeps for item in context.plan.items(step, context.case)]
    begun_by_it = [item for item in kept if _is_open_to_it(context) and _waits_for_the_ending(context, item)]
    owed = [item for item in kept if item not in begun_by_it and not is_finished(context.case, item)]
    titles = {item: item_title(context, item) for item in kept}
    undone = f"not done of that: {listing(map(titles.__getitem__, owed), none='nothing')}"
    if not begun_by_it:
        return undone
    begins = f"owed only when it ends so: {listing(map(titles.__getitem__, begun_by_it))}"
    return f"{undone}; {begins}" if owed else begins


def _waits_for_the_ending(context: CaseContext, item: str) -> bool:
    """Whether it is optional, and nobody has begun it."""
    state = context.case.items.get(item)
    return context.plan.steps[step_of(item)].optional and (state is None or state.status is Status.NOT_NEEDED)


def _is_open_to_it(context: CaseContext) -> bool:
    return not context.case.closing and context.case.status not in CUT_SHORT


def _by_time(context: CaseContext, name: str) -> Iterator[str]:
    """The day on which time alone would end it, or why it does not."""
    plan, case = context.plan, context.case
    items, day = awaited(plan, case, name), day_of_ending(plan, case, name, context.calendars)
    if plan.definition.process.endings[name].after is None:
        return
    if day is None:
        yield "Its day is not known yet."
    elif time_ends(plan, case, name, context.calendars) is not None:
        yield f"If nothing has come by the end of {day_words(day)}, the case ends so."
    else:
        for item in items:
            if is_finished(case, item):
                yield f"It cannot come by time any more: {item_title(context, item)} is settled."
            else:
                yield f"The day is {day_words(day)}, but that waits: {waits_because(context, item, day)}."
