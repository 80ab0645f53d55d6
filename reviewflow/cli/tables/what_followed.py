"""What stands first after a command: what was recorded, what follows, who will be told and when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from reviewflow.cli.tables.plain import page

if TYPE_CHECKING:
    from reviewflow.service.views.what_followed import WhatFollowed

MOST = 12
"""How many lines each part has at the most; the others stand in the history and in `why`."""
NOBODY = "Nobody is written to by this."


def what_followed_page(reference: str, led_to: WhatFollowed) -> None:
    """Recorded, what follows, and who is told: a part that is empty is left out, except the last."""
    console, told = page(), [message.words for message in led_to.told]
    for heading, lines in (
        (f"Recorded in {reference}", led_to.recorded),
        ("What follows", _weightiest(led_to)),
        ("Who is told, and when", told or [NOBODY]),
    ):
        if lines:
            console.print(Text(f"{heading}:"))
        for words in _shown(lines):
            console.print(Padding(Text(words), (0, 0, 0, 2), expand=False))


def _weightiest(led_to: WhatFollowed) -> Sequence[str]:
    """What follows; where that is too much to show, what is owed stands before what nobody owes."""
    if len(led_to.follows) <= MOST:
        return led_to.follows
    return sorted(led_to.follows, key=led_to.asks_nothing.__contains__)


def _shown(lines: Sequence[str]) -> Sequence[str]:
    return lines if len(lines) <= MOST else (*lines[:MOST], f"and {len(lines) - MOST} more")
