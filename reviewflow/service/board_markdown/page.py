"""What all pages of the board have: a headline, links to the others, tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from reviewflow.markdown import plain, table
from reviewflow.service.views.in_prefect.links import TITLES, other_pages
from reviewflow.text import moment_words


class BoardPage(NamedTuple):
    """One page."""

    key: str
    about: str
    """What it is and how it stands, in a line, for the list of all pages."""
    text: str


def board_page(key: str, headline: str, parts: Iterable[Sequence[str]], now: datetime) -> BoardPage:
    """A page with its headline first; a part without lines is left out."""
    head = [f"## {TITLES[key]}: {plain(headline)}", "", other_pages(key)]
    foot = [f"As it stood on {moment_words(now)}."]
    text = "\n\n".join("\n".join(part) for part in (head, *parts, foot) if part)
    return BoardPage(key, f"**{TITLES[key]}.** {plain(headline)}", f"{text}\n")


def part(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, none: str = "") -> list[str]:
    """A heading and its table; `none` is said where there are no rows, and without it nothing."""
    if not rows:
        return [f"### {title}", "", none] if none else []
    return [f"### {title}", "", *table(columns, rows)]
