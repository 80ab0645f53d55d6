"""What could identify a child: in the questions of a form, and in text that people type. Neither is let in.

Text is refused before it enters a history that is never changed. Numbers, addresses, postcodes and days of birth are
known by their shape. A name is not: that is said wherever text is typed.

Not here: who may say that a text is no such thing, and what is recorded of it (`reviewflow.case`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reviewflow.privacy.screening import Sighting


NAME_NOBODY = "Name nobody: a number, a day of birth or a postcode is refused, but a name cannot be recognised."
"""What stands beside every question that is answered in words of one's own."""


def screen(text: str) -> Sighting | None:
    """The first thing in the text that could identify a child; None when nothing is seen."""
    from reviewflow.privacy.screening import first_sighting  # its patterns are made when the first text comes

    return first_sighting(text)


def why_not_kept(text: str) -> str | None:
    """Why the text cannot be kept and how to write it instead, without a word of it; None when it can."""
    seen = screen(text)
    return seen and (
        f"this text seems to hold {seen.kind.words}, at word {seen.word}. Nothing that could identify a child is kept "
        f"here. {seen.kind.instead}"
    )
