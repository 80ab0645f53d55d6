"""Tables of who was invited to a meeting and who came, by post and agency. No person and no free text is in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Answers
from reviewflow.case.rules.meetings.invitations import coming_words, invitations_to
from reviewflow.case.rules.timing.meeting_days import day_of_meeting
from reviewflow.language.model import FieldType, FormFields, RequiredWhen
from reviewflow.markdown import plain, table
from reviewflow.service.documents.case_tables import Given
from reviewflow.service.messages.naming import owner_title
from reviewflow.service.workspace.context import CaseContext
from reviewflow.text import day_words

NOTHING_YET = "nothing yet"
NOBODY = "nobody"


def invited_table(context: CaseContext) -> str:
    """Each meeting with its day, and who was invited to it, with what they said."""
    plan = context.plan
    meetings = dict.fromkeys(step.invites_to for step in plan.steps.values() if step.invites_to)
    rows = [line for meeting in meetings for line in _invited(context, meeting)]
    return "\n".join(table(("Who was invited", "What they said"), rows)) if rows else "No invitation is on record."


def _invited(context: CaseContext, meeting: str) -> Iterator[tuple[str, str]]:
    plan, case = context.plan, context.case
    invited = list(invitations_to(plan, case, meeting))
    if invited:
        day = day_of_meeting(plan, case, invited[0], context.calendars)
        yield f"**{plain(plan.definition.title(meeting))}**", f"**{day_words(day)}**" if day else "no day yet"
    for item in invited:
        yield plain(owner_title(context, item)), plain(coming_words(plan, case, item) or NOTHING_YET)


def attendance_table(context: CaseContext, given: Mapping[str, Given]) -> str:
    """Of every meeting whose quorum is counted: each question about its members, with whom it names."""
    rows = [
        (f"**{plain(context.plan.definition.title(step_of(item)))}**", day_words(answer.done)) if line is None else line
        for item, answer in given.items()
        if (lines := list(_lines(context.plan.form(step_of(item)), answer.answers)))
        for line in (None, *lines)
    ]
    none = "Nobody's attendance is on record yet."
    return "\n".join(table(("Attendance", "Who, by post and agency"), rows)) if rows else none


def _lines(fields: FormFields, answers: Answers) -> Iterator[tuple[str, str]]:
    """The questions of a meeting about its members, in their order, and whether they made a quorum."""
    if not any(field.type is FieldType.QUORUM for field in fields.values()):
        return
    for name, field in fields.items():
        answer = answers.get(name)
        if isinstance(field.required, RequiredWhen) and not answer:
            continue
        if field.type is FieldType.CHOICES and field.members_of is not None:
            named = answer if isinstance(answer, list) else []
            titles = "<br>".join(plain(field.options.get(str(member), str(member))) for member in named)
            yield plain(field.label), titles or NOBODY
        elif field.type is FieldType.QUORUM and answer:
            yield plain(field.label), str(answer)
