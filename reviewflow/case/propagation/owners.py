"""Owners that an answer names: kept as the work opens, and moved when another answer names somebody else."""

from __future__ import annotations

from dataclasses import replace

from reviewflow.case.draft import Draft
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import step_of
from reviewflow.case.rules.recipients import as_recipient
from reviewflow.language.built_in_messages import PASSED_ON
from reviewflow.language.structure.owners import owner_in_answer


def open_for_owners(draft: Draft, event: e.ItemsOpened) -> None:
    """Open the items of one step. Where they are owed by somebody else than before, the one before is told."""
    plan, before = draft.plan, draft.case.items
    named = [item for item in event.items if owner_in_answer(plan.steps[step_of(item)])]
    owners = {item: owner for item in named if (owner := plan.owner(item, draft.case))}
    was = {item: before[item].given_to for item in owners if item in before}
    kept = {item: was.get(item) or owner for item, owner in owners.items()}
    draft.emit(replace(event, owners=kept))
    for item, owner in owners.items():
        if kept[item] != owner:
            draft.emit(e.OwnerMoved(item, kept[item], owner))
            draft.emit(e.NoticeSent(item, PASSED_ON, (as_recipient(kept[item]),)))
