"""What somebody is to look at again, as a form of its own, and as the command of what was decided there.

A report that came down has none, because it is put up again elsewhere; nor has an ending that time brings by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from reviewflow.case.handlers.correspondence.responses import ASKED_MORE
from reviewflow.case.model import commands
from reviewflow.case.model.beside import Linked
from reviewflow.case.model.ids import LookAgain, Recipient
from reviewflow.case.model.refusal import Refused
from reviewflow.case.rules.recipients import office_post, posts_now, who_explains
from reviewflow.language.structure.outside import bodies
from reviewflow.service.views.by_hand.questions import (
    DAY,
    POST,
    REASON,
    Questions,
    as_schema,
    choice_question,
    day_question,
    needed_day,
    read_day,
    role_named,
    written_questions,
)
from reviewflow.service.views.redaction import item_of
from reviewflow.service.wording.redacted_items import opaque_key
from reviewflow.service.workspace.context import CaseContext

DECISION = "decision"


class LookAgainDecision(StrEnum):
    """What may be decided, as the form says it."""

    KEEP = "It stays held"
    RELEASE = "It is released"
    GRANT = "More time is given"
    STANDS = "No more time: the day stands"
    PUT_RIGHT = "It is put right: remind as before"
    GO_ON = "Go on without"
    LASTS = "It goes on"
    OVER = "It is over"


NEXT_LOOK = "When it is looked at again, if it goes on. Of a hold: empty for the usual time."
_DAYS: Mapping[LookAgain, str] = {LookAgain.HOLD: NEXT_LOOK, LookAgain.LINK: NEXT_LOOK}
NO_MORE = "This was decided already, or the case has moved on since the form was made."


def look_of(item: str) -> tuple[LookAgain, str] | None:
    """Its kind and its name: of 'hold:court_case' HOLD and 'court_case'; None for an item of the process."""
    return next(((kind, name) for kind in LookAgain if (name := kind.name_in(item))), None)


def has_form(item: str) -> bool:
    """Whether what is looked at again under this id is answered on a form."""
    kind = look_of(item)
    return kind is not None and kind[0] not in {LookAgain.PUBLISHED, LookAgain.ENDING}


def look_form(context: CaseContext, item: str, title: str) -> dict[str, Any]:
    """The form as JSON Schema."""
    possible, days = list(_possible(context, item)), _days(context, item)
    posts = _posts(context)
    questions: Questions = {}
    if possible:
        questions[DECISION] = choice_question("What is decided?", possible)
    if days:
        questions[DAY] = day_question("On which day?", days)
    if post := _who_decides(context, item):
        questions[POST] = {**choice_question("Which post decides it?", posts.values()), "description": post}
    questions |= written_questions("Why?", "Who answers this")
    return as_schema(title, questions, [DECISION] if possible else [])


def _posts(context: CaseContext) -> dict[str, str]:
    """The posts of the partnership, and the bodies outside that may give more time here: name and title."""
    roles = {name: role.title for name, role in context.partnership.roles.items()}
    return {**roles, **bodies(context.plan.definition.process, context.partnership)}


def look_owners(context: CaseContext, item: str) -> tuple[str, ...]:
    """The posts that are to look, by name; none where no post is named."""
    looked = look_of(item)
    return tuple(Recipient.parse(post).name for post in _who_looks(context, *looked)) if looked else ()


def _who_looks(context: CaseContext, kind: LookAgain, name: str) -> tuple[str, ...]:
    plan, case = context.plan, context.case
    match kind:
        case LookAgain.HOLD:
            return posts_now(plan.holds[name].to, plan, case) if name in plan.holds else ()
        case LookAgain.BREACH:
            return who_explains(plan, case, name) if plan.is_limit(name) else ()
        case LookAgain.DECIDE | LookAgain.LINK:
            return office_post(plan, case)
        case _:
            return ()


def look_command(context: CaseContext, item: str, answers: Mapping[str, object]) -> commands.Command:
    """What was decided, as a command; raises Refused when there is nothing to decide any more, or a day is wanting."""
    kind, name = look_of(item) or (LookAgain.LINK, "")
    reason, chosen = str(answers.get(REASON) or ""), str(answers.get(DECISION) or "")
    if kind is LookAgain.BREACH:
        return commands.RecordBreach(name, reason)
    if chosen not in list(_possible(context, item)):
        raise Refused([NO_MORE], "Nothing was changed.")
    role = role_named(answers.get(POST), _posts(context))
    owed = item_of(context.plan, context.case, name)
    match LookAgainDecision(chosen):
        case LookAgainDecision.KEEP:
            return commands.Hold(name, reason, review=read_day(answers), by_role=role)
        case LookAgainDecision.RELEASE:
            return commands.Release(name, reason, role)
        case LookAgainDecision.GRANT:
            return commands.Extend(owed, needed_day(answers, chosen), role, reason)
        case LookAgainDecision.STANDS | LookAgainDecision.PUT_RIGHT:
            return commands.Resume(owed, reason)
        case LookAgainDecision.GO_ON:
            return commands.Skip(owed, reason)
        case LookAgainDecision.LASTS:
            return _again(context, name, needed_day(answers, chosen), reason)
        case LookAgainDecision.OVER:
            return commands.Unlink(_linked(context, name)[0], reason)


def _again(context: CaseContext, name: str, review: Any, reason: str) -> commands.Link:
    reference, link = _linked(context, name)
    outside = reference in context.case.outside
    return commands.Link(link.kind, reference, reason, link.effect, review, outside)


def _linked(context: CaseContext, name: str) -> tuple[str, Linked]:
    """The link that is shown under this name; raises KeyError."""
    shown = {key: entry for entry in context.case.related.items() for key in (entry[0], opaque_key(entry[0]))}
    return shown[name]


def _possible(context: CaseContext, item: str) -> Iterator[LookAgainDecision]:
    """What may be decided now; nothing where only a reason is asked, or nothing is to be decided any more."""
    kind, name = look_of(item) or (LookAgain.BREACH, "")
    case = context.case
    if kind is LookAgain.HOLD and name in case.holds:
        yield from (LookAgainDecision.KEEP, LookAgainDecision.RELEASE)
    elif kind is LookAgain.LINK and name in {*case.related, *map(opaque_key, case.related)}:
        yield from (LookAgainDecision.LASTS, LookAgainDecision.OVER)
    elif kind is LookAgain.DECIDE:
        asked = _asked(context, name)
        if asked:
            yield from (
                (LookAgainDecision.GRANT, LookAgainDecision.STANDS)
                if asked == ASKED_MORE
                else (LookAgainDecision.PUT_RIGHT, LookAgainDecision.GO_ON)
            )


def _asked(context: CaseContext, shown: str) -> str:
    state = context.case.items.get(item_of(context.plan, context.case, shown))
    return state.to_decide if state is not None else ""


def _days(context: CaseContext, item: str) -> str:
    """What the day on the form is for; '' where none is asked."""
    kind, name = look_of(item) or (LookAgain.BREACH, "")
    if kind is LookAgain.DECIDE:
        return "Until when, if more time is given." if _asked(context, name) == ASKED_MORE else ""
    return _DAYS.get(kind, "")


def _who_decides(context: CaseContext, item: str) -> str:
    """Why a post is asked for; '' where none is."""
    kind, name = look_of(item) or (LookAgain.BREACH, "")
    hold = context.plan.holds.get(name) if kind is LookAgain.HOLD else None
    if hold is not None and hold.by:
        return "Needed to release it."
    return "Needed to give more time." if _days(context, item) and kind is LookAgain.DECIDE else ""
