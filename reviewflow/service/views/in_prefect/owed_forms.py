"""A form for each thing that a person owes now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reviewflow.case.model.ids import Recipient, step_of
from reviewflow.case.rules.answers.bounds import Bounds
from reviewflow.case.rules.standing import Standing
from reviewflow.service.views.by_hand.look_again import has_form, look_form, look_of, look_owners
from reviewflow.service.views.case_page.shapes import OWED_NOW, CasePage, Line
from reviewflow.service.views.in_prefect.form_schema import form_schema
from reviewflow.service.views.in_prefect.shown import OVERDUE, OWED, WorkView, round_key
from reviewflow.service.views.in_prefect.words import due_of, line_words
from reviewflow.service.views.redaction import item_of
from reviewflow.service.workspace.context import CaseContext


def work_views(context: CaseContext, page: CasePage) -> list[WorkView]:
    """The forms of a case, of its work and of what is to be looked at again, from a page of it as many may see it."""
    owed = [line for line in page.steps if line.standing in OWED_NOW and not line.automatic]
    looks = [line for line in page.reviews if has_form(line.item)]
    return [*(_work_view(context, page, line) for line in owed), *(_look_view(context, page, line) for line in looks)]


def ended_by_itself(key: str) -> Standing:
    """How work ended of which the page no longer tells: what was looked at again was decided."""
    return Standing.DONE if look_of(key.partition("/")[2]) else Standing.NOT_NEEDED


def _work_view(context: CaseContext, page: CasePage, line: Line) -> WorkView:
    plan, step = context.plan, step_of(line.item)
    due = f"{line.owner}, due {due_of(line)}." if line.due else f"{line.owner}."
    intro = " ".join(filter(None, (due, plan.steps[step].help)))
    item = item_of(plan, context.case, line.item)
    owner = plan.owner(item, context.case)
    asked = Bounds(plan, context.case, item, context.calendars, context.today).known(plan.form_of(item, context.case))
    form = form_schema(line.title, asked, agencies=page.agencies)
    return _view(page, line, _tags(page, line, Recipient.parse(owner).name), form, intro)


def _look_view(context: CaseContext, page: CasePage, line: Line) -> WorkView:
    intro = f"{line.owner}, due {due_of(line)}."
    form = look_form(context, line.item, line.title)
    return _view(page, line, _tags(page, line, *look_owners(context, line.item)), form, intro)


def _view(page: CasePage, line: Line, tags: tuple[str, ...], form: Mapping[str, Any], intro: str) -> WorkView:
    return WorkView(
        key=round_key(page.reference, line.item, line.round),
        case=page.reference,
        item=line.item,
        title=f"{page.reference} · {line.title}",
        due=line.due,
        standing=line.standing,
        message=line_words(line),
        tags=tags,
        form=form,
        help=intro,
    )


def _tags(page: CasePage, line: Line, *owners: str) -> tuple[str, ...]:
    """What the lists of both of Prefect's pages can be filtered by; names of states they cannot."""
    late = (OVERDUE,) if line.standing is Standing.OVERDUE else ()
    return (OWED, f"process:{page.process}", *(f"owner:{owner}" for owner in owners), *late)
