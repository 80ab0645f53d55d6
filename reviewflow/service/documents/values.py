"""What a document is filled with: the fields of messages, and tables in Markdown. None of them can name a child."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from reviewflow.case.model.ids import key_of, step_of
from reviewflow.case.model.state import Status
from reviewflow.language.model import AGENCY, Document
from reviewflow.language.templates import DOCUMENT_FIELDS, named
from reviewflow.markdown import plain, table
from reviewflow.service.documents.action_table import actions_table, seen_table
from reviewflow.service.documents.case_tables import (
    answers_table,
    beside_table,
    dates_table,
    decisions_table,
    dissent_table,
    given_answers,
    other_answers_table,
    returns_table,
)
from reviewflow.service.documents.meetings.tables import attendance_table, invited_table
from reviewflow.service.documents.office_values import office_values, table_values
from reviewflow.service.messages.answer_places import without_pages
from reviewflow.service.messages.text import fields
from reviewflow.service.views.case_page.items import item_line
from reviewflow.service.views.case_page.shapes import Line
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import day_words

OWED = frozenset({Status.OPEN})


def values(workspace: Workspace, context: CaseContext, item: str, document: Document) -> Mapping[str, str]:
    """Every field and table that this document names, about this item; all of them where it has a Word template."""
    wanted = named(f"{document.title} {document.text}") if document.template is None else DOCUMENT_FIELDS
    known = fields(context, item)
    words = {name: without_pages(context.partnership, known[name]) for name in known if name in wanted}
    tables = {name: make() for name, make in _tables(workspace, context, item, document).items() if name in wanted}
    shown = _shown_table(workspace, context, document)
    return {**words, **office_values(context.partnership, context.today), **tables, **shown}


def _tables(
    workspace: Workspace, context: CaseContext, item: str, document: Document
) -> Mapping[str, Callable[[], str]]:
    """How each table is made: only those are that are wanted. What a page shows as decided it shows once."""
    reference = context.case.reference
    answered = other_answers_table if "decisions" in named(document.text or "") else answers_table
    return {
        "timetable": lambda: _table(("What", "Who", "Day"), _timetable(context, key_of(item))),
        "agencies": lambda: _agencies(context),
        "open_steps": lambda: _table(("What", "Who", "Day"), _open_steps(context)),
        "dates": lambda: dates_table(context),
        "returns": lambda: returns_table(context),
        "answers": lambda: answered(context, given_answers(workspace.store, reference)),
        "decisions": lambda: decisions_table(context, given_answers(workspace.store, reference)),
        "dissent": lambda: dissent_table(context, given_answers(workspace.store, reference)),
        "invited": lambda: invited_table(context),
        "attendance": lambda: attendance_table(context, given_answers(workspace.store, reference)),
        "beside": lambda: beside_table(context),
        "seen": lambda: seen_table(workspace, reference, now=context.now),
        "actions": lambda: actions_table(workspace, reference, now=context.now),
    }


def _shown_table(workspace: Workspace, context: CaseContext, document: Document) -> Mapping[str, str]:
    """The decision table that it names, as the case was opened with it or else as it is now."""
    if document.shows is None:
        return {}
    own = context.plan.definition.tables.get(document.shows)
    return table_values(own or workspace.library.tables[document.shows].model)


def _timetable(context: CaseContext, key: str) -> Iterator[tuple[str, ...]]:
    """Limits first, then what people do, each by its day; for one agency's paper, its own part of it."""
    limits = [(line.due, line) for name in context.plan.limits if (line := item_line(context, name)).due is not None]
    for _, line in sorted(limits, key=lambda pair: pair[0]):
        if line.due is not None:
            yield f"**{plain(line.title)}** (time limit)", "", day_words(line.due)
    steps = [step for step in context.plan.order if not context.plan.is_automatic(step)]
    lines = [item_line(context, item) for step in steps for item in _shown(context, step, key)]
    dated = [(line.due, line) for line in lines if line.due is not None]
    yield from _rows(context, [line for _, line in sorted(dated, key=lambda pair: pair[0])])


def _shown(context: CaseContext, step: str, key: str) -> list[str]:
    items = [item for item in context.plan.items(step, context.case) if _is_needed(context, item)]
    mine = [item for item in items if key and key_of(item) == key]
    return mine or items


def _is_needed(context: CaseContext, item: str) -> bool:
    state = context.case.items.get(item)
    return state is None or state.status not in {Status.NOT_NEEDED, Status.WITHDRAWN}


def _open_steps(context: CaseContext) -> Iterator[tuple[str, ...]]:
    owed = [
        item
        for step in context.plan.order
        if not context.plan.is_automatic(step)
        for item in context.plan.items(step, context.case)
        if item in context.case.items and context.case.items[item].status in OWED
    ]
    yield from _rows(context, [item_line(context, item) for item in owed])


def _rows(context: CaseContext, lines: Sequence[Line]) -> Iterator[tuple[str, ...]]:
    """One row a step where its owners have the same day, else one an owner."""
    for _, alike in groupby(lines, lambda line: (step_of(line.item), line.due)):
        same = list(alike)
        line, owners = same[0], {each.owner for each in same}
        agencies = context.plan.steps[step_of(line.item)].for_each == AGENCY
        many = f"{len(owners)} {'agencies' if agencies else 'people'}"
        who = line.owner if len(owners) == 1 else many
        yield plain(line.step), plain(who), day_words(line.due) if line.due else "no day yet"


def _agencies(context: CaseContext) -> str:
    known = context.partnership.agencies
    titles = [known[name].title if name in known else name for name in context.case.agencies]
    return "\n".join(f"- {plain(title)}" for title in titles) or "No agencies take part."


def _table(head: Sequence[str], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [*table(head, rows)]
    return "\n".join(lines) if len(lines) > 2 else "Nothing."  # noqa: PLR2004 - the head alone
