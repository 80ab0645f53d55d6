"""The id of a work item as it may be shown where many look."""

from __future__ import annotations

import hashlib

from reviewflow.case.model.ids import item_id, key_of, step_of
from reviewflow.case.plan.plan import Plan
from reviewflow.language.model.forms import FieldType


def shown_item(plan: Plan, item: str) -> str:
    """The item as others may know it: instead of a label, what always follows from it and does not tell it."""
    step, key = step_of(item), key_of(item)
    listed = plan.listed(step) if step in plan.steps else None
    return item_id(step, opaque_key(key)) if key and listed and listed.type is FieldType.LIST else item


def opaque_key(text: str) -> str:
    """Ten hexadecimal digits that always follow from a text and do not tell it."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]
