"""The figures of a case that was destroyed: days, posts and agencies, and no word that anybody wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from reviewflow.case.model.ids import step_of
from reviewflow.case.plan.plan import Plan
from reviewflow.service.reports.owed import CaseFacts
from reviewflow.service.wording.redacted_items import shown_item
from reviewflow.service.workspace.workspace import Workspace

_FACTS = TypeAdapter(CaseFacts)


def as_remains(plan: Plan, facts: CaseFacts) -> dict[str, Any]:
    """What stays of a case's figures; an entry of a list, whose name somebody wrote, is told by its step alone."""
    owed = tuple(replace(work, item=_unnamed(plan, work.item), reason="", reason_asked=False) for work in facts.owed)
    granted = tuple(replace(extension, item=_unnamed(plan, extension.item)) for extension in facts.granted)
    figures: dict[str, Any] = _FACTS.dump_python(replace(facts, owed=owed, granted=granted), mode="json")
    return figures


def _unnamed(plan: Plan, item: str) -> str:
    return item if shown_item(plan, item) == item else step_of(item)


def remains(workspace: Workspace) -> Iterator[CaseFacts]:
    """Of every case that was destroyed, as far as its certificate has figures."""
    for destroyed in workspace.store.destroyed():
        figures = json.loads(destroyed.certificate).get("figures")
        if figures is not None:
            yield _FACTS.validate_python(figures)
