"""The pages of a case that is handed over. They need nothing from anywhere else, and can be printed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from reviewflow.london import read_stamp
from reviewflow.service.records.disclosure.gathering import Disclosure
from reviewflow.text import clock_words, day_words, due_words

if TYPE_CHECKING:
    from jinja2 import Environment

WHAT = {
    "history.html": "Every fact, in words: what, the day it is about, who recorded it, and when",
    "messages.html": "Every message, word for word, to whom it went, and what became of it",
    "definition.html": "The process by which the case was run, in words, as it was",
    "history.csv": "The facts, for a spreadsheet",
    "messages.csv": "The messages, for a spreadsheet",
    "people.csv": "Who recorded facts, with what proves it",
    "events.json": "The facts as they are kept, with the chain of hashes",
}


def index_page(disclosure: Disclosure, sums: Mapping[str, str]) -> str:
    """The first page, in HTML: what the case is and what lies beside it; `sums` are the hashes of the files by name."""
    papers = [(path.name, path.stat().st_size, sums[f"papers/{path.name}"]) for path in disclosure.papers]
    reached = [line for line in disclosure.page.steps if line.opened or line.done]
    more = {"reached": reached, "unreached": len(disclosure.page.steps) - len(reached)}
    return _page("index.html", disclosure, what=WHAT, papers=papers, others=_others(disclosure), **more)


def history_page(disclosure: Disclosure) -> str:
    """The history in HTML, a part for each day in London."""
    days = [
        (day_words(day), list(entries))
        for day, entries in groupby(disclosure.entries, lambda entry: read_stamp(entry.recorded_at).date())
    ]
    return _page("history.html", disclosure, days=days)


def messages_page(disclosure: Disclosure) -> str:
    """Every message in HTML, with what became of it."""
    return _page("messages.html", disclosure)


def definition_page(disclosure: Disclosure) -> str:
    """Each version of the process that the case ran under, in sentences, in HTML."""
    return _page("definition.html", disclosure)


def _others(disclosure: Disclosure) -> list[str]:
    """Cases that this one belongs with: each has a file of its own."""
    case = disclosure.case
    origin = (case.origin,) if case.origin else ()
    return sorted({*case.links.values(), *case.joined, *case.related, *case.linked_from, *origin})


def _page(template: str, disclosure: Disclosure, **more: object) -> str:
    return _environment().get_template(template).render(disclosure=disclosure, page=disclosure.page, **more)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # slow to import, and seldom needed

    environment = Environment(
        loader=PackageLoader("reviewflow.service.records.disclosure", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"day": _day, "moment": _moment, "clock": _clock}
    return environment


def _day(value: object) -> str:
    """A day, or the text of one, in words; '' for none."""
    if not value:
        return ""
    return day_words(datetime.fromisoformat(str(value)).date())


def _moment(text: str | None) -> str:
    if not text:
        return ""
    local = read_stamp(text)
    return due_words(local.date(), local.time())


def _clock(text: str) -> str:
    return clock_words(read_stamp(text).time())
