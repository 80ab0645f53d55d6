"""How the pages in Prefect lead to each other: those of the board, and each case's own."""

from __future__ import annotations

from reviewflow.markdown import plain

TITLES = {
    "today": "Today",
    "cases": "Cases",
    "agencies": "Agencies",
    "actions": "Actions",
    "year": "The year",
    "health": "Health",
}
"""What each page of the board is called, by its key among the artifacts."""


def link_to(key: str, words: str) -> str:
    """A link to a page by its key, in Markdown: an address of our server, which leads to the page as it is then."""
    return f"[{words}](/page/{key})"


def case_link(reference: str) -> str:
    """The case, with a link to its own page."""
    return link_to(reference.lower(), plain(reference))


def other_pages(key: str = "") -> str:
    """Links to all pages of the board but the one that is read."""
    return " · ".join(title if name == key else link_to(name, title) for name, title in TITLES.items())
