"""What items and other cases are called on a page: in full, or as they may be shown where many look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reviewflow.service.messages.naming import item_title
from reviewflow.service.workspace.context import CaseContext


@dataclass(frozen=True, slots=True)
class Naming:
    """How a page names things; made by `in_full`, or by `redaction.redacted`."""

    item: Callable[[str], str]
    """The id under which an item is shown."""
    title: Callable[[str], str]
    """An item's title: the step, with its owner or its entry of a list."""
    reference: Callable[[str], str]
    """The id under which a linked case is shown."""
    other_case: Callable[[str], str]
    """A linked case, in a sentence."""


def in_full(context: CaseContext) -> Naming:
    """Everything as the store has it."""
    return Naming(item=str, title=lambda item: item_title(context, item), reference=str, other_case=str)
