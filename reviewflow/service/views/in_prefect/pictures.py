"""From the store to what ought to be seen in Prefect: a run and a page per case, a form per piece of work."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import CaseStatus
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.standing import Standing
from reviewflow.service.delivery.mode import delivery_mode
from reviewflow.service.views.case_page.page import page_of
from reviewflow.service.views.case_page.shapes import OWED_NOW, CasePage
from reviewflow.service.views.in_prefect.bars import bars, case_view
from reviewflow.service.views.in_prefect.owed_forms import work_views
from reviewflow.service.views.in_prefect.shown import CaseView, WorkView, round_key
from reviewflow.service.views.in_prefect.summary import shown_papers, summary_page
from reviewflow.service.views.linked_cases import others_of
from reviewflow.service.views.redaction import redacted
from reviewflow.service.workspace.delivery_modes import SAYS
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow

Pictures = tuple[list[CaseView], list[WorkView], dict[str, Standing]]


def pictures(workspace: Workspace, rows: Sequence[CaseRow], *, now: datetime) -> Pictures:
    """What ought to be seen of these cases at this moment, and how work that is no longer open ended, by key."""
    cases: list[CaseView] = []
    work: list[WorkView] = []
    ended: dict[str, Standing] = {}
    mode = delivery_mode(workspace, os.environ).mode
    delivery = f"Messages: {mode}, {SAYS[mode]}"
    for row in rows:
        with workspace.aside(row.reference):
            context = workspace.context(row, now)
            others = others_of(workspace, context.case, now=now)
            page = replace(page_of(context, row, redacted(context)), others=others)
            drawing = bars(context.plan, page, today=context.today)
            summary = summary_page(page, shown_papers(workspace, context.plan, context.case), drawing, context.today)
            forms = work_views(context, page) if page.status == CaseStatus.OPEN else []
            view = replace(case_view(page, summary=summary, delivery=delivery), forms=len(forms))
            over = _ended(context.plan, page)
            cases.append(view)
            work += forms
            ended |= over
    return cases, work, ended


def _ended(plan: Plan, page: CasePage) -> dict[str, Standing]:
    """How each piece of work ended that is not open; of what comes again, the rounds before this one too."""
    ended = {
        round_key(page.reference, line.item, line.round): line.standing
        for line in page.steps
        if line.standing not in OWED_NOW
    }
    repeating = [line for line in page.steps if plan.steps[step_of(line.item)].repeats is not None]
    return ended | {
        round_key(page.reference, line.item, earlier): Standing.SKIPPED
        if earlier in line.passed_over
        else Standing.DONE
        for line in repeating
        for earlier in range(1, line.round)
    }
