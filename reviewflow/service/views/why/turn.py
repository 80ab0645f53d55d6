"""Whether it is its turn: done, owed, waiting or not needed, and what decided that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reviewflow.case.model.ids import key_of, step_of
from reviewflow.case.model.state import CUT_SHORT, Manner, Status, is_finished
from reviewflow.case.rules.endings_by_time import awaited, day_of_ending, time_ends
from reviewflow.case.rules.holds import stopped_by, why_stopped
from reviewflow.case.rules.linked_cases import all_started_by
from reviewflow.case.rules.links.in_linked import awaited_in_linked
from reviewflow.case.rules.owed import unfinished_before
from reviewflow.case.rules.rounds.repeats import ended_by_answer
from reviewflow.case.rules.routing import Cause, Routing, decide_limit, decide_step
from reviewflow.case.rules.standing import comes_no_more
from reviewflow.case.rules.timing.due_dates import anchored
from reviewflow.case.rules.timing.hours import as_joined
from reviewflow.case.rules.timing.standstills import stands_still
from reviewflow.language.phrases import OneOf
from reviewflow.language.structure.contacts import contacts_written_to
from reviewflow.language.structure.lists import names_who_is_out
from reviewflow.language.structure.outside import title_waited_for
from reviewflow.language.structure.silence import AGREED
from reviewflow.service.messages.naming import item_title, owner_title
from reviewflow.service.views.case_page.items import late_words
from reviewflow.service.views.case_page.taken_over import taken_over_of
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.wording.rounds import meeting_words, round_of_words, rounds_words
from reviewflow.service.wording.rules import Teller
from reviewflow.service.wording.together import with_other_words
from reviewflow.service.workspace.context import CaseContext
from reviewflow.text import day_words, listing


def turn_reasons(context: CaseContext, item: str) -> Iterator[str]:
    """Where it stands, and what decided that."""
    if context.case.status in CUT_SHORT:
        yield f"The case is {context.case.status}; nothing is owed in it any more."
    state = context.case.items.get(item)
    status = state.status if state is not None else Status.PENDING
    match status:
        case Status.DONE:
            yield from _done(context, item)
            yield from _cases_opened(context, item)
        case _ if state is not None and comes_no_more(context.case, state):
            yield f"It is {rounds_words(context.case, state)}."
            if ended_it := ended_by_answer(context.plan, context.case, item):
                yield f"The answer to “{item_title(context, ended_it)}” ended its rounds."
        case Status.SKIPPED:
            yield "Somebody decided to go on without it; the history says who, and why."
        case Status.WITHDRAWN:
            yield "It is owed no more: its agency or its entry of the list is gone, or the process knows it no more."
        case Status.OPEN:
            yield from _open(context, item)
            yield from _unsaid(context, item)
            yield from _cases_opened(context, item)
        case Status.PENDING | Status.NOT_NEEDED:
            yield from _limit(context, item) if context.plan.is_limit(item) else _step(context, item)
    if (late := context.case.items.get(item)) is not None and late.late is not None:
        yield f"It was {late_words(late)}. That undoes nothing."
    if still := stands_still(context.plan, context.case, item):
        rule = context.plan.stands_still[still.name]
        until = context.plan.definition.title(rule.until)
        then = "begins again" if rule.begins_again else "goes on"
        yield f"Its clock stands still since {day_words(still.first)}: {rule.title}. It {then} with: {until}."
    if together := with_other_words(context.plan, context.case, item):
        was, nobody = ("was", "") if is_finished(context.case, item) else ("is", " Nobody is asked for it here.")
        yield f"It {was} {together}.{nobody}"
    yield from _ends_the_case(context, item)
    if stopped_by(context.plan, context.case, item):
        yield f"It is held: {why_stopped(context.plan, context.case, item)}."


def _ends_the_case(context: CaseContext, item: str) -> Iterator[str]:
    """What follows if it does not come, where time alone then ends the case."""
    plan, case = context.plan, context.case
    for name in plan.endings_by_time:
        day, ending = day_of_ending(plan, case, name, context.calendars), plan.definition.process.endings[name]
        items = awaited(plan, case, name)
        if item not in items or day is None or is_finished(case, item):
            continue
        if came := [other for other in items if is_finished(case, other)]:
            settled = listing(f"“{plan.definition.title(step)}”" for step in dict.fromkeys(map(step_of, came)))
            yield f"“{ending.title}” does not end the case any more, because of what was settled: {settled}."
        elif time_ends(plan, case, name, context.calendars) is None:
            waits = waits_because(context, item, day)
            yield f"“{ending.title}” would end the case by itself, but that waits: {waits}."
        else:
            yield f"If nothing has come by the end of {day_words(day)}, the case ends: {ending.title}."


def waits_because(context: CaseContext, item: str, day: date) -> str:
    """Why time alone does not end the case on that day, though nothing has come."""
    state = context.case.items.get(item)
    if state is None or state.status is not Status.OPEN:
        return "this has not begun"
    if state.opened is not None and state.opened > day:
        return f"this began after {day_words(day)}, so somebody has to say so"
    if context.plan.requests[step_of(item)] and state.asked is None:
        return "the request for this has not left the building"
    return "this is held, or waits for the office to decide"


def _unsaid(context: CaseContext, item: str) -> Iterator[str]:
    """What a line that came from elsewhere leaves open, and this asks for."""
    plan, step = context.plan, step_of(item)
    unsaid = plan.unsaid(step, context.case, key_of(item)) if step in plan.steps else ()
    if unsaid:
        yield f"The plan does not say yet: {listing(f'“{plan.form(step)[name].label}”' for name in unsaid)}."


def _done(context: CaseContext, item: str) -> Iterator[str]:
    state = context.case.items[item]
    when = f" on {day_words(state.done)}" if state.done else ""
    how = {
        Manner.ANSWERED: "",
        Manner.DISSENT: ", and the answer is recorded as dissent",
        Manner.SILENCE: f": nothing had come by its day, which counts as {state.counted_as or AGREED}",
    }[state.manner]
    yield f"It {'was met' if context.plan.is_limit(item) else 'is done'}{when}{how}."


def _cases_opened(context: CaseContext, item: str) -> Iterator[str]:
    """The cases that it has opened, each with its round."""
    for reference in all_started_by(context.case, item):
        yield f"It opened {reference}{round_of_words(context.case.started_after.get(reference))}."


def _open(context: CaseContext, item: str) -> Iterator[str]:
    state, plan = context.case.items[item], context.plan
    since = f" (since {day_words(_began(context, item, state.opened))})" if state.opened else ""
    if plan.is_limit(item):
        steps = plan.limits[step_of(item)].steps
        met_by = meeting_words(plan.limits[step_of(item)], lambda step: f"“{plan.definition.title(step)}”")
        first = ", whichever comes first" if len(steps) > 1 else ""
        runs = "began" if stands_still(plan, context.case, item) else "runs"
        yield f"The clock {runs}{since}. It stops when {met_by} is done{first}."
    elif contact := plan.contact(item, context.case):
        teller, may = Teller(plan.definition, context.partnership), plan.steps[step_of(item)].released_by
        by = teller.holders(may, last="or") if may else "a named person"
        yield f"Its letter to {teller.contact(contact)} is written{since}, and waits until {by} releases it."
        yield from _contacts_in_order(context, step_of(item))
    elif plan.is_automatic(step_of(item)):
        waits = plan.steps[step_of(item)].wait is not None
        yield f"It happens by itself, {'and waits for its day' if waits else 'with the next sweep'}{since}."
    elif body := title_waited_for(plan.steps[step_of(item)], plan.definition.process, context.partnership):
        recorded = f"{owner_title(context, item)} records the answer"
        yield f"It is waited for from outside{since}: {body}. Nobody is late; {recorded}."
    else:
        yield f"It is owed by {owner_title(context, item)}{since}."
        if words := taken_over_of(context, item):
            yield f"{words}."
        yield from _in_order(context, item)
        if letter := plan.letters_in_order.get(step_of(item)):
            yield from _contacts_in_order(context, letter)
    if state.round > 1:
        yield f"This is round {state.round}: it was sent back, opened again, or comes again."


def _began(context: CaseContext, item: str, opened: date) -> date:
    """The day on which it was opened; of a clock the day that it counts from, where that was recorded later."""
    plan, name, key = context.plan, step_of(item), key_of(item)
    rule = plan.rule(name)
    if not plan.is_limit(item) or rule is None or isinstance(rule, OneOf):
        return opened
    return min(
        anchored(plan, as_joined(context.case, key), rule.anchor, name, key, context.calendars) or opened, opened
    )


def _in_order(context: CaseContext, item: str) -> Iterator[str]:
    """Of what several are asked one after the other: whose turn it is, and who comes next."""
    plan, case = context.plan, context.case
    order, now = plan.asked_in_order(step_of(item), case), plan.named_owner(item, case)
    if now in order:
        place = order.index(now)
        following = [recipient_title(context.partnership, owner) for owner in order[place + 1 : place + 2]]
        comes = f"then {following[0]} is asked" if following else "nobody is asked after that"
        yield f"They are number {place + 1} of {len(order)} that are asked in order; {comes}."


def left_out_reason(context: CaseContext, item: str) -> str:
    """Why nothing is asked of whoever takes no part in a step; '' of all that is asked, or may be."""
    plan, step = context.plan, step_of(item)
    if step not in plan.steps or item not in plan.take_no_part(step, context.case):
        return ""
    declared = plan.definition.title(names_who_is_out(plan.steps[step])[0])
    if plan.is_automatic(step):
        return f"It is for somebody who takes no part, as was said in “{declared}”: nothing goes to them."
    return f"Its owner takes no part, as was said in “{declared}”: they are not asked, and not counted."


def _nobody_there(context: CaseContext, step: str) -> str:
    """Why nobody is there to owe a step that several would."""
    plan = context.plan
    if plan.take_no_part(step, context.case):
        declared = plan.definition.title(names_who_is_out(plan.steps[step])[0])
        return f"as was said in “{declared}”, nobody is left who takes part in it"
    return "the list for whose entries it is done is empty"


def _contacts_in_order(context: CaseContext, letter: str) -> Iterator[str]:
    """Of a letter to one of several contacts: whose turn it is, and who comes next."""
    plan, order = context.plan, contacts_written_to(context.plan.steps[letter])
    now, following = plan.contact(letter, context.case), plan.next_contact(letter, context.case)
    if len(order) > 1 and now in order:
        teller = Teller(plan.definition, context.partnership)
        comes = f"then {teller.contact(following)} is written to" if following else "nobody is written to after that"
        place = f"number {order.index(now) + 1} of {len(order)} that are written to in order"
        yield f"{teller.contact(now)} is {place}; {comes}."


def _step(context: CaseContext, item: str) -> Iterator[str]:
    plan, case, step = context.plan, context.case, step_of(item)
    teller, rule = Teller(plan.definition, context.partnership), plan.steps[step]
    decision = decide_step(plan, case, step, key_of(item), calendars=context.calendars)
    match decision.cause:
        case Cause.SOMETHING_BEFORE:
            before = listing(
                (item_title(context, waited) for waited in unfinished_before(plan, case, item)), last="and"
            )
            yield f"It waits for {before}."
            if rule.when is not None:
                yield f"Then it is needed only if {teller.condition(rule.when, step)}."
        case Cause.ANOTHER_CASE:
            for name, other in awaited_in_linked(plan, case, step):
                yield f"It waits until {teller.title(name)} is done in {other}, which is linked with this case."
        case Cause.CONDITION if rule.when is not None and decision.routing is Routing.OPEN:
            yield f"It is needed, as {teller.condition(rule.when, step)}."
        case Cause.CONDITION if rule.when is not None:
            yield f"It would be needed only if {teller.condition(rule.when, step)}; that is not so."
        case Cause.ENDING:
            yield f"It is not needed any more: the case ends ({plan.definition.title(case.closing)})."
        case Cause.ENOUGH_AGREED:
            quorum = plan.definition.quorum(step_of(item))
            needed = teller.quorum(quorum) if quorum else ""
            yield f"It is not needed: enough have agreed ({needed})."
        case Cause.ROUNDS_OVER:
            ended_it = ended_by_answer(plan, case, item)
            settled = f"{teller.title(rule.repeats.until) if rule.repeats else 'its end'} is settled"
            by_answer = f"the answer to “{item_title(context, ended_it)}” ended its rounds" if ended_it else ""
            yield f"It comes no more: {by_answer or settled}."
        case Cause.EMPTY_LIST:
            yield f"It is not needed: {_nobody_there(context, step)}."
        case Cause.MORE_TO_COME:
            gathers = plan.definition.gathers_more(step)
            yield f"It stands for the lines that may still come: {teller.title(gathers)} is not finished."
            yield "Each line opens its own when it is added."
        case Cause.ALL_SAID:
            yield "It is not needed: the plan says all that would be asked."
        case Cause.NOBODY_ASKED:
            yield "It is optional, and nobody has opened it."
            yield f"Open it with: reviewflow start-step {case.reference} {item} --reason ..."
        case Cause.NOTHING_BEFORE:
            before = listing((item_title(context, earlier) for earlier in plan.waits_for(item, case)), last="and")
            yield f"It is not needed, because nothing that leads to it was: {before}."
        case Cause.ASKED_FOR | Cause.ITS_TURN | Cause.CONDITION:
            yield "Nothing stands before it any more."


def _limit(context: CaseContext, item: str) -> Iterator[str]:
    limit = context.plan.limits[step_of(item)]
    state = context.case.items.get(item)
    teller = Teller(context.plan.definition, context.partnership)
    if state is not None and state.status is Status.NOT_NEEDED:
        yield "The clock does not run: it is not needed."
    else:
        yield "The clock does not run yet."
    if limit.when is not None:
        routing = decide_limit(context.plan, context.case, item, calendars=context.calendars)
        yield f"It runs only if {teller.condition(limit.when)}; that is {_SO[routing]}."


_SO = {"wait": "not decided yet", "open": "so", "not_needed": "not so"}
