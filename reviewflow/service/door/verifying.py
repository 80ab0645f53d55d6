"""Actions that a mailbox verifies, over all plans in which it may, in one form."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.language.structure.registers import VERIFYING
from reviewflow.service.door.opening import OpenedItem
from reviewflow.service.door.who import answering_post
from reviewflow.service.verifying.verdicts import ActionVerdict, Recorded, record
from reviewflow.service.verifying.waiting import Waiting, waiting
from reviewflow.service.views.redaction import without_typed
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace


def verifies(opened: OpenedItem) -> bool:
    """Whether the page is of a verification, so that it leads to those of all plans."""
    step = opened.context.plan.steps.get(step_of(opened.item))
    return step is not None and step.records in VERIFYING


def to_verify(workspace: Workspace, opened: OpenedItem, *, now: datetime) -> list[Waiting]:
    """What this mailbox itself verifies, the plan of its address first."""
    address = opened.link.address
    found = waiting(
        workspace, may=lambda context, item: bool(answering_post(context, item, address, own=True)), now=now
    )
    return sorted(found, key=lambda action: action.reference != opened.link.reference)


def verify_all(
    workspace: Workspace,
    opened: OpenedItem,
    lines: Sequence[ActionVerdict],
    *,
    wrong: Sequence[str] = (),
    now: datetime,
) -> tuple[Recorded | None, tuple[str, ...]]:
    """Record what was said of every action, once however often it is sent; else the reasons why nothing was."""
    said = hashlib.sha256(json.dumps([asdict(line) for line in lines]).encode()).hexdigest()[:16]
    key = f"door/{opened.hash[:32]}/verify/{said}"
    found = to_verify(workspace, opened, now=now)
    try:
        return record(workspace, found, lines, wrong=wrong, by=opened.by, now=now, key=key), ()
    except (Refused, UserError) as refused:
        typed = [words for line in lines for words in (line.why, line.needed)]
        reasons = refused.reasons if isinstance(refused, Refused) else (str(refused),)
        return None, tuple(without_typed(reason, typed) for reason in reasons)
