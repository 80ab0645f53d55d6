"""How often our programs look for garbage."""

from __future__ import annotations

import gc

SELDOM = (20_000, 20, 20)
"""How much is made before Python looks for what only itself holds; by itself it looks thirty times as often."""


def look_seldom() -> None:
    """Have garbage looked for seldom: while a program imports what it needs, all that is made is kept.

    Looking through it again and again was a seventh of what a command or the run of a flow needs to start.
    """
    gc.set_threshold(*SELDOM)
