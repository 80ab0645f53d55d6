"""What a manager changes in a case by hand: as the choices that it leaves now, and as the command of the one taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from reviewflow.case.handlers.correspondence.responses import KINDS
from reviewflow.case.handlers.days.breaches import is_late
from reviewflow.case.handlers.optional_steps import can_be_opened
from reviewflow.case.handlers.reopening import can_be_reopened
from reviewflow.case.handlers.verifying.delegation import delegable
from reviewflow.case.model import commands
from reviewflow.case.model.ids import role_recipient, step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import CaseStatus
from reviewflow.language.structure.extensions import may_be_extended
from reviewflow.language.structure.outside import bodies
from reviewflow.service.commands.ticking import TickOff
from reviewflow.service.messages.naming import item_title
from reviewflow.service.views.by_hand.done_together import done_together
from reviewflow.service.views.by_hand.kinds import ChangeKind, Choices
from reviewflow.service.views.by_hand.lists import lines, members
from reviewflow.service.views.by_hand.questions import (
    DAY,
    POST,
    REASON,
    SINCE,
    Questions,
    as_schema,
    choice_question,
    day_question,
    needed_day,
    read_day,
    role_named,
    written_questions,
)
from reviewflow.service.views.case_page.items import item_line
from reviewflow.service.views.case_page.shapes import OWED_NOW
from reviewflow.service.views.redaction import redacted_title
from reviewflow.service.wording.calendars import calendar_words
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow
from reviewflow.text import listing

CHANGE, ANSWER, INSTEAD, DONE_BEFORE = "change", "answer", "instead", "done_before"
"""What is to be changed, what was answered to a reminder, who goes on for another, and whether it had been done."""
OF_A_POST = "role:"
"""With what the name of a post begins, where a step could be meant too."""
MOST = 20
"""So many other cases are offered, the newest."""


def choices(workspace: Workspace, row: CaseRow, *, now: datetime) -> Choices:
    """What can be changed in the case as it is; raises Refused when it is over."""
    if row.status != CaseStatus.OPEN:
        over = f"{row.reference} cannot be changed any more: it is {row.status}."
        raise Refused([over], "Its history stays, and can be read.")
    possible: dict[str, tuple[ChangeKind, str]] = {}
    context = workspace.context(row, now)
    for kind, name, title in (*_possible(context), *_others(workspace, context)):
        words = f"{kind}: {title}"
        possible[words if words not in possible else f"{words} ({name})"] = (kind, name)
    return possible


def _possible(context: CaseContext) -> Iterator[tuple[ChangeKind, str, str]]:
    """Kind, name and title; entries of lists go by their number, because a form in Prefect is seen by many."""
    plan, case = context.plan, context.case
    yield from ((ChangeKind.TOGETHER, post, titles) for post, titles in done_together(context))
    begun = (step for step in plan.order if can_be_opened(plan, case, step, calendars=context.calendars))
    yield from ((ChangeKind.START, step, plan.definition.title(step)) for step in begun)
    for name, hold in plan.holds.items():
        if name in case.holds:
            yield from ((kind, name, hold.title) for kind in (ChangeKind.KEEP, ChangeKind.RELEASE))
        elif hold.times is None or case.placed.get(name, 0) < hold.times:
            yield ChangeKind.HOLD, name, hold.title
    yield from ((ChangeKind.SET, name, planned.title) for name, planned in plan.dates.items())
    questions = plan.definition.process.opening.dates
    items = [item_line(context, item) for step in plan.order for item in plan.items(step, case)]
    yield from ((ChangeKind.CORRECT, name, questions[name]) for name in case.dates if name in questions)
    was_done = [line for line in items if line.done and not line.automatic]
    yield from ((ChangeKind.CORRECT, line.item, f"{redacted_title(context, line.item)}: done") for line in was_done)
    others = plan.definition.process.opening.calendar or ()
    yield from ((ChangeKind.CALENDAR, name, calendar_words(name)) for name in others if name != case.calendar)
    owed = [line for line in items if line.standing in OWED_NOW and not line.automatic]
    yield from (
        (ChangeKind.EXTEND, line.item, redacted_title(context, line.item))
        for line in owed
        if line.due and _may_be_extended(context, line.item)
    )
    yield from ((ChangeKind.SKIP, line.item, redacted_title(context, line.item)) for line in owed)
    yield from ((ChangeKind.RESPOND, line.item, redacted_title(context, line.item)) for line in owed)
    for step in plan.order:
        done = (
            item
            for item in plan.items(step, case)
            if can_be_reopened(plan, case, item, context.today, context.calendars)
        )
        yield from ((ChangeKind.REOPEN, item, redacted_title(context, item)) for item in done)
    posts_here = map(role_recipient, plan.posts(case))
    yield from ((ChangeKind.DELEGATE, name, _delegated(context, name)) for name in (*delegable(plan), *posts_here))
    given = {**case.delegated, **case.to_delegate}
    yield from ((ChangeKind.TAKE_BACK, name, _delegated(context, name)) for name in given)
    late = [limit for limit in plan.limit_items(case) if is_late(case, limit, context.now)]
    yield from ((ChangeKind.EXPLAIN, limit, item_title(context, limit)) for limit in late)
    yield from members(context)
    yield from lines(context)
    yield from ((ChangeKind.END, name, ending.title) for name, ending in plan.definition.process.endings.items())


def _delegated(context: CaseContext, name: str) -> str:
    """What is delegated under a name: a step, or all that a post owes."""
    if not name.startswith(OF_A_POST):
        return context.plan.definition.title(name)
    return f"What the {recipient_title(context.partnership, name)} owes in this case"


def _may_be_extended(context: CaseContext, item: str) -> bool:
    process = context.plan.definition.process
    return may_be_extended(process, step_of(item), context.case.items[item].extended)


def _others(workspace: Workspace, context: CaseContext) -> Iterator[tuple[ChangeKind, str, str]]:
    """Agencies that do not take part yet, and cases whose limits could be met here too."""
    case, agencies = context.case, context.partnership.agencies
    yield from ((ChangeKind.ADD, name, agency.title) for name, agency in agencies.items() if name not in case.agencies)
    if context.plan.counted_by_limits & {*context.plan.definition.process.opening.dates}:
        rows = workspace.store.cases()
        beside = [row.reference for row in rows if row.reference not in {case.reference, *case.joined}]
        yield from ((ChangeKind.JOIN, reference, reference) for reference in beside[-MOST:])


def form(reference: str, possible: Choices, posts: Mapping[str, str]) -> dict[str, Any]:
    """The form as JSON Schema; `posts` are the roles of the partnership by name."""
    day = (
        "Needed to set a date, to correct one, to give more time and to delegate a step. For a step: by when, if not "
        "by its rule. For a hold: when it is looked at again. For an answer that asks for more time: until when. For "
        "what is recorded together: on which day it was done, if not today. To delegate all that a post owes: until "
        "when, if it is to end by itself."
    )
    since = "Only to delegate: its first day, if not today. Until then letters go to the post that they go to now."
    post = "Needed to give more time, to delegate, and where the process says who may hold and release."
    others, written = _who_could_join(possible), written_questions("Why?", "Who changes it")
    why = {**written[REASON], "description": f"{written[REASON]['description']} {_WITHOUT_WHY}"}
    questions: Questions = {
        CHANGE: choice_question("What is to be changed?", possible),
        DAY: day_question("To which day?", day),
        **({SINCE: day_question("From which day?", since)} if _among(possible, ChangeKind.DELEGATE) else {}),
        **({DONE_BEFORE: _was_it_done()} if _among(possible, ChangeKind.REOPEN) else {}),
        **({INSTEAD: {**choice_question("Who goes on for them?", others), "description": _INSTEAD}} if others else {}),
        POST: {**choice_question("Which post grants it, or asks for it?", posts.values()), "description": post},
        ANSWER: {**choice_question("What was answered?", KINDS.values()), "description": "Needed for an answer."},
        **written,
        REASON: why,
    }
    return as_schema(f"Change {reference}", questions, [CHANGE])


def command(
    reference: str, answers: Mapping[str, object], possible: Choices, posts: Mapping[str, str]
) -> commands.Command | TickOff:
    """What was chosen, as a command; raises Refused when it cannot be read, or is possible no more."""
    chosen = str(answers.get(CHANGE) or "")
    if chosen not in possible:
        moved_on = f"This can no longer be changed in {reference}: the case has moved on since the form was made."
        raise Refused([moved_on], "Nothing was changed. Ask for a new form.")
    kind, name = possible[chosen]
    reason, day, post = str(answers.get(REASON) or ""), read_day(answers), str(answers.get(POST) or "")
    match kind:
        case ChangeKind.TOGETHER:
            return TickOff(name, day)
        case ChangeKind.START:
            return commands.OpenStep(name, reason, day)
        case ChangeKind.HOLD | ChangeKind.KEEP:
            return commands.Hold(name, reason, post, day, role_named(post, posts))
        case ChangeKind.RELEASE:
            return commands.Release(name, reason, role_named(post, posts))
        case ChangeKind.SET:
            return commands.SetDate(name, needed_day(answers, chosen), reason)
        case ChangeKind.CORRECT:
            return commands.CorrectDate(name, needed_day(answers, chosen), reason)
        case ChangeKind.RESPOND:
            return commands.Respond(name, _answer(answers), reason, day)
        case ChangeKind.ADD:
            return commands.AddAgency(name)
        case ChangeKind.PUT_ON:
            listed, member = name.split(" ")
            return commands.ChangeMembers(listed, member, "", reason)
        case ChangeKind.TAKE_OFF:
            listed, member = name.split(" ")
            return commands.ChangeMembers(listed, "", member, reason)
        case ChangeKind.REPLACE:
            listed, member = name.split(" ")
            return commands.ChangeMembers(listed, _instead(answers, possible, listed), member, reason)
        case ChangeKind.TAKE_OUT:
            table, _, number = name.rpartition(" ")
            return commands.WithdrawLine(table, int(number), reason)
        case ChangeKind.JOIN:
            return commands.Join(name, {})
        case ChangeKind.CALENDAR:
            return commands.CorrectCalendar(name, reason)
        case ChangeKind.REOPEN:
            return commands.Reopen(name, reason, day, answers.get(DONE_BEFORE) == NEVER_DONE)
        case ChangeKind.EXTEND:
            return commands.Extend(name, needed_day(answers, chosen), _post(post, posts), reason)
        case ChangeKind.SKIP:
            return commands.Skip(name, reason)
        case ChangeKind.DELEGATE:
            since = read_day(answers, SINCE, "From which day")
            until = read_day(answers) if name.startswith(OF_A_POST) else needed_day(answers, chosen)
            return commands.Delegate(name, _post(post, posts), until, reason, since)
        case ChangeKind.TAKE_BACK:
            return commands.TakeBack(name, reason)
        case ChangeKind.EXPLAIN:
            return commands.RecordBreach(name, reason)
        case ChangeKind.END:
            return commands.End(name, reason)


NEVER_DONE = "No: it had been recorded as done and never was"


def _was_it_done() -> dict[str, str | list[str]]:
    told = (
        "Only to owe something again; yes unless you say otherwise. Where it never was, the time limits that it "
        "seemed to meet run again."
    )
    return {
        **choice_question("Had it been done?", ["Yes: it is to be done once more", NEVER_DONE]),
        "description": told,
    }


def _among(possible: Choices, wanted: ChangeKind) -> bool:
    return any(kind is wanted for kind, _ in possible.values())


_WITHOUT_WHY = "Where an agency is added, or steps are recorded together, the history says that and not why."
_INSTEAD = "Only to replace somebody on a list: by whom. They owe what the other still owed, by the same days."


def _who_could_join(possible: Choices) -> dict[str, tuple[str, str]]:
    """By their words, who could be on a list: its name, and theirs; nobody where nobody is on it to be replaced."""
    put_on = f"{ChangeKind.PUT_ON}: "
    lists = {name.split(" ")[0] for kind, name in possible.values() if kind is ChangeKind.REPLACE}
    named = {
        words.removeprefix(put_on): name.split(" ")
        for words, (kind, name) in possible.items()
        if kind is ChangeKind.PUT_ON
    }
    return {words: (listed, member) for words, (listed, member) in named.items() if listed in lists}


def _instead(answers: Mapping[str, object], possible: Choices, listed: str) -> str:
    """Who goes on for another on a list; raises Refused when nobody of that list is chosen."""
    others = _who_could_join(possible)
    chosen, member = others.get(str(answers.get(INSTEAD) or ""), ("", ""))
    if chosen != listed:
        theirs = [words for words, (other, _) in others.items() if other == listed]
        raise Refused(["Who goes on for them is needed."], f"Choose one of: {listing(theirs)}.")
    return member


def _answer(answers: Mapping[str, object]) -> str:
    kind = next((kind for kind, words in KINDS.items() if words == answers.get(ANSWER)), "")
    if not kind:
        raise Refused(["What was answered is needed."], f"Choose one: {listing(KINDS.values(), last='or')}.")
    return kind


def _post(title: str, posts: Mapping[str, str]) -> str:
    post = role_named(title, posts)
    if not post:
        known = listing(posts.values())
        raise Refused(
            ["To give more time, the post that grants it is needed; to delegate, the one that does it."],
            f"Posts: {known}.",
        )
    return post


def posts(workspace: Workspace, row: CaseRow) -> dict[str, str]:
    """Every post of the partnership, the bodies outside that may give more time here, and deputies: name and title."""
    roles = {name: role.title for name, role in workspace.partnership.roles.items()}
    deputies = (f"{name}:deputy" for name, role in workspace.partnership.roles.items() if role.deputy)
    doing = {name: recipient_title(workspace.partnership, f"{OF_A_POST}{name}") for name in deputies}
    return {**roles, **bodies(workspace.plan_and_case(row)[0].definition.process, workspace.partnership), **doing}
