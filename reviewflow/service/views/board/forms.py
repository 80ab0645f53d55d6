"""A form for each thing that a person owes now."""

from __future__ import annotations

from reviewflow.case.model.ids import Recipient, step_of
from reviewflow.case.rules.standing import Standing
from reviewflow.service.commands.forms import form_schema
from reviewflow.service.views.board.shown import OVERDUE, OWED, WorkView, round_key
from reviewflow.service.views.board.words import due_of, line_words
from reviewflow.service.views.case_page.shapes import OWED_NOW, CasePage, Line
from reviewflow.service.views.redaction import item_of
from reviewflow.service.workspace.context import CaseContext


def work_views(context: CaseContext, page: CasePage) -> list[WorkView]:
    """The forms of a case, from a page of it as many may see it."""
    return [_work_view(context, page, line) for line in page.steps if line.standing in OWED_NOW and not line.automatic]


def _work_view(context: CaseContext, page: CasePage, line: Line) -> WorkView:
    plan, step = context.plan, step_of(line.item)
    due = f"{line.owner}, due {due_of(line)}." if line.due else f"{line.owner}."
    intro = " ".join(filter(None, (due, plan.steps[step].help)))
    owner = plan.owner(item_of(plan, context.case, line.item), context.case)
    return WorkView(
        key=round_key(page.reference, line.item, line.round),
        case=page.reference,
        item=line.item,
        title=f"{page.reference} · {line.title}",
        due=line.due,
        standing=line.standing,
        message=line_words(line),
        tags=_tags(page, line, owner),
        form=form_schema(line.title, plan.form(step), intro=intro, agencies=page.agencies),
        help=intro,
    )


def _tags(page: CasePage, line: Line, owner: str) -> tuple[str, ...]:
    """What the lists of both of Prefect's pages can be filtered by; names of states they cannot."""
    late = (OVERDUE,) if line.standing is Standing.OVERDUE else ()
    return (OWED, f"process:{page.process}", f"owner:{Recipient.parse(owner).name}", *late)
