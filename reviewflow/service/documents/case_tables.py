"""What a paper shows of what its case knows: days, answers, decisions, dissent. No free text is in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reviewflow.case.apply.lines import lines_in, with_line_in
from reviewflow.case.handlers.links import KINDS, linked_from_words, other_named
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Answer, Answers, Manner, Row, is_open
from reviewflow.case.rules.linked_cases import started_in_turn
from reviewflow.language.model import DONE_ON, EACH, FieldType, FormField
from reviewflow.language.model.reserved import AGENCY
from reviewflow.markdown import plain, table
from reviewflow.service.messages.naming import owner_title
from reviewflow.service.views.case_page.items import item_line
from reviewflow.service.wording.answers import answers_words
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.wording.rounds import round_of_words
from reviewflow.service.workspace.context import CaseContext
from reviewflow.store.store import Store
from reviewflow.text import counted, day_words

SHOWN = frozenset(
    {
        *(FieldType.DATE, FieldType.CHOICE, FieldType.CHOICES, FieldType.YES_NO, FieldType.NUMBER),
        *(FieldType.AGENCY, FieldType.AGENCIES),
    }
)
"""Answers that hold no words of anybody, and say more than that a line was ticked."""
DISSENT = "dissent"
"""The name of the question, on any form, whether somebody differs."""
DISSENTED = "dissented"
"""The name of the question, on the form of a meeting, which of its members do."""
FAMILY_LINK = "family_link"
"""The post that hears what a family wishes: that decides what is done for it, and is no decision of the partners."""


@dataclass(frozen=True, slots=True)
class Given:
    """What was answered last to one item, and the day it is about."""

    done: date
    answers: Answers


def given_answers(store: Store, reference: str) -> Mapping[str, Given]:
    """The last answers to each item, by its id, in the order in which they came."""
    given: dict[str, Given] = {}
    for stored in store.events(reference):
        event = e.decode(stored.kind, stored.body)
        if isinstance(event, e.Completed | e.AnsweredLate):
            given.pop(event.item, None)
            given[event.item] = Given(event.done, {**event.answers, **event.said})
        elif isinstance(event, e.LineAdded | e.LineChanged | e.LineWithdrawn):
            before = given.pop(event.item, None)
            answers = with_line_in(before.answers if before else {}, event)
            given[event.item] = Given(date.fromisoformat(stored.on), answers)
    return given


def dates_table(context: CaseContext) -> str:
    """The days that the case was opened with, and those that were set since."""
    process = context.plan.definition.process
    labels = {**{name: date.title for name, date in process.dates.items()}, **process.opening.dates}
    known = [(name, label) for name, label in labels.items() if name in context.case.dates]
    return _table(("What", "Day"), ((plain(label), day_words(context.case.dates[name])) for name, label in known))


def returns_table(context: CaseContext) -> str:
    """What each agency was asked for so far, and how it stands."""
    plan = context.plan
    steps = [name for name, step in plan.steps.items() if step.for_each == step.owner == AGENCY]
    lines = [item_line(context, item) for name in steps for item in plan.items(name, context.case)]
    rows = (
        (
            plain(line.owner),
            plain(line.step),
            _standing(line.standing, line.done),
            day_words(line.due) if line.due else "no day yet",
        )
        for line in lines
        if line.owner and line.opened
    )
    return _table(("Agency", "Asked for", "How it stands", "Due"), rows, none="No agency has been asked yet.")


def _standing(standing: str, done: date | None) -> str:
    return f"{standing}, {day_words(done)}" if done else str(standing)


def answers_table(context: CaseContext, given: Mapping[str, Given]) -> str:
    """What was answered so far, step by step, without what agencies were asked and who comes to a meeting."""
    return _given_table(context, {item: answer for item, answer in given.items() if _is_of_office(context, item)})


def decisions_table(context: CaseContext, given: Mapping[str, Given]) -> str:
    """Those answers that decide."""
    return _given_table(context, {item: answer for item, answer in given.items() if _decides(context, item)})


def other_answers_table(context: CaseContext, given: Mapping[str, Given]) -> str:
    """What was answered so far but for what decides, which the same paper shows in a place of its own."""
    return answers_table(context, {item: answer for item, answer in given.items() if not _decides(context, item)})


def _is_of_office(context: CaseContext, item: str) -> bool:
    step = context.plan.steps.get(step_of(item))
    return step is not None and step.for_each != AGENCY and not step.invites_to


def _decides(context: CaseContext, item: str) -> bool:
    """Each owner answers for itself, a table recommends, somebody may dissent, or the course follows the choice.

    Who says whether they come to a meeting decides nothing, nor does what a family wishes.
    """
    if not _is_of_office(context, item) or context.plan.steps[step_of(item)].owner == FAMILY_LINK:
        return False
    step, fields = context.plan.steps[step_of(item)], context.plan.definition.recorded(step_of(item))
    state = context.case.items.get(item)
    followed = {fields[name].type for name in (state.answers if state else ()) if name in fields}
    each = step.for_each is not None and step.owner == EACH
    return each or step.choose is not None or DISSENT in fields or FieldType.CHOICE in followed


def _given_table(context: CaseContext, given: Mapping[str, Given]) -> str:
    rows = [
        (_what(context, item), "<br>".join(words), day_words(answer.done))
        for item, answer in given.items()
        if (words := _answered(context, item, answer.answers))
    ]
    return _table(("What, and who answered", "What was answered", "Day"), iter(rows))


def _what(context: CaseContext, item: str) -> str:
    return _about(context, item, owner_title(context, item))


def _about(context: CaseContext, item: str, who: str) -> str:
    return f"{plain(context.plan.definition.title(step_of(item)))}<br>*{plain(who)}*"


def _answered(context: CaseContext, item: str, answers: Answers) -> list[str]:
    """The answers that may be shown, in the order of the form; those about a meeting's members have their own table."""
    fields = context.plan.definition.recorded(step_of(item))
    told = [name for name, field in fields.items() if field.type in SHOWN and field.members_of is None]
    shown = {name: answers[name] for name in fields if name in answers and (name in told or fields[name].grows)}
    return [
        _told(context, item, name, _without_texts(fields[name], answer))
        for name, answer in shown.items()
        if name != DONE_ON and answer not in ("", [])
    ]


def _told(context: CaseContext, item: str, name: str, answer: Answer) -> str:
    fields = context.plan.definition.recorded(step_of(item))
    words = answers_words({name: answer}, fields, lambda who: recipient_title(context.partnership, who))
    return plain(f"{words}; more lines may come" if fields[name].grows and is_open(context.case, item) else words)


def _without_texts(field: FormField, answer: Answer) -> Answer:
    """Of a table to which lines are added, the cells that may be shown; where none may, how many lines it has."""
    if not field.grows:
        return answer
    lines, shown = lines_in(answer), {name for name, column in field.columns.items() if column.type in SHOWN}
    told: list[Row] = [{name: cell for name, cell in line.items() if name in shown} for line in lines]
    return told if any(told) or not any(lines) else counted(sum(map(bool, lines)), "line")


def dissent_table(context: CaseContext, given: Mapping[str, Given]) -> str:
    """Who differed: by the manner of their answer, or by what they answered to the question of that name."""
    rows = [
        (_about(context, item, _who_differs(context, item, answer)), day_words(answer.done))
        for item, answer in given.items()
        if _differs(context, item, answer)
    ]
    return _table(("Who differed, and about what", "Day"), iter(rows), none="No dissent is on record.")


def _who_differs(context: CaseContext, item: str, answer: Given) -> str:
    """Of a meeting the members who did, and not the post that wrote it down; else whoever answered."""
    fields = context.plan.definition.recorded(step_of(item))
    members = answer.answers.get(DISSENTED)
    if DISSENTED not in fields or not members:
        return owner_title(context, item)
    words = answers_words({DISSENTED: members}, fields, lambda who: recipient_title(context.partnership, who))
    return words.partition(": ")[2]


def _differs(context: CaseContext, item: str, answer: Given) -> bool:
    state = context.case.items.get(item)
    by_manner = state is not None and (state.manner is Manner.DISSENT or state.late_dissent)
    return by_manner or answer.answers.get(DISSENT) == "yes"


def beside_table(context: CaseContext) -> str:
    """What is on hold, and which cases are linked."""
    plan, case = context.plan, context.case
    rows = [
        (plain(plan.holds[name].title), f"on hold since {day_words(hold.since)}") for name, hold in case.holds.items()
    ]
    rows += [
        (
            plain(other_named(reference, outside=reference in case.outside)),
            f"{KINDS[link.kind].lower()}, since {day_words(link.since)}",
        )
        for reference, link in case.related.items()
    ]
    rows += [
        (plain(other_named(reference, outside=reference in case.outside)), "its clocks are met here too")
        for reference in case.joined
    ]
    rows += [(plain(other), plain(linked_from_words(other, kind))) for other, kind in case.linked_from.items()]
    rows += [(plain(case.origin), "led to it")] if case.origin else []
    rows += [
        (plain(reference), f"followed from it{round_of_words(case.started_after.get(reference))}")
        for reference in started_in_turn(case)
    ]
    return _table(("What", "How"), iter(rows), none="Nothing is on hold, and no other case is linked.")


def _table(head: Sequence[str], rows: Iterator[tuple[str, ...]], *, none: str = "Nothing is on record yet.") -> str:
    lines = [*table(head, rows)]
    return "\n".join(lines) if len(lines) > 2 else none  # noqa: PLR2004 - the head alone
