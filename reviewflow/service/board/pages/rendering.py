"""The model's values as pages: words, shapes and colours here, nothing counted."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewflow.calendar import OFFICE
from reviewflow.service.board.actions import Actions
from reviewflow.service.board.agencies import Agencies
from reviewflow.service.board.case_file import CaseFile
from reviewflow.service.board.cases import CasesPage
from reviewflow.service.board.facts.changes import Changes
from reviewflow.service.board.facts.mail import MailRow
from reviewflow.service.board.facts.shapes import OwedRow
from reviewflow.service.board.facts.together import grouped
from reviewflow.service.board.health import Health
from reviewflow.service.board.pages.drawing import PlanDrawing, clock_drawing, plan_drawing, time_line
from reviewflow.service.board.today import Today
from reviewflow.service.board.year import YearPage, counted_words
from reviewflow.service.views.forecasts import WORST_FIRST
from reviewflow.text import counted, day_words, listing, moment_words

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"
FEW = 8
"""Of what stands in a list beside them, or falls due on one day, as many are seen; the others are folded."""
FIRST = 20
"""Rows of one list that are seen at once; more are folded away."""
MOST = 60
"""Rows of one list on today's page; more is no page any more, but a register."""
NAV = (
    ("index.html", "Today"),
    ("cases.html", "Cases"),
    ("agencies.html", "Agencies"),
    ("actions.html", "Actions"),
    ("year.html", "The year"),
    ("health.html", "Health"),
)
Page = Today | CasesPage | Agencies | Actions | YearPage | Health
TEMPLATE_OF: Mapping[type, tuple[str, str]] = {
    Today: ("today.html", "index.html"),
    CasesPage: ("cases.html", "cases.html"),
    Agencies: ("agencies.html", "agencies.html"),
    Actions: ("actions.html", "actions.html"),
    YearPage: ("year.html", "year.html"),
    Health: ("health.html", "health.html"),
}


def file_of(page: Page) -> str:
    """The name of the file in which a page is kept."""
    return TEMPLATE_OF[type(page)][1]


def as_html(page: Page) -> str:
    """A page that is about all cases."""
    template, file = TEMPLATE_OF[type(page)]
    return _rendered(template, page, current=file, up="")


def as_case_html(case: CaseFile) -> str:
    """The page of one case, a folder below the others."""
    return _rendered("case.html", case, current="", up="../")


def _rendered(template: str, page: object, *, current: str, up: str) -> str:
    style = _style()
    return (
        _environment()
        .get_template(template)
        .render(
            page=page,
            current=current,
            up=up,
            nav=NAV,
            first=FIRST,
            few=FEW,
            most=MOST,
            style=style.text,
            style_hash=style.hash,
            verdicts=WORST_FIRST,
        )
    )


@dataclass(frozen=True, slots=True)
class _Style:
    text: Any
    hash: str
    """By which a page allows this style and no other."""


@cache
def _style() -> _Style:
    from markupsafe import Markup

    text = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    return _Style(Markup(text), b64encode(hashlib.sha256(text.encode()).digest()).decode())  # noqa: S704 - our own file


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(FILTERS)
    return made


def read_templates() -> None:
    """Read all of them now: a process that others are forked from does so once, and none of those has to."""
    for name in _environment().list_templates(extensions=["html"]):
        _environment().get_template(name)


def short_day(day: date) -> str:
    """'Mon 30 Nov': a day of which the year goes without saying."""
    return f"{day:%a} {day.day} {day:%b}"


def slug(word: str) -> str:
    """'on-course', 'held': a word as the style knows it."""
    return str(word).partition(":")[0].replace(" ", "-")


def beyond_word(words: str, verdict: str) -> str:
    """What a forecast says beside its word, which stands before it with a shape."""
    rest = words.removeprefix(str(verdict).capitalize()).lstrip(",: ")
    return f"{rest[:1].upper()}{rest[1:]}"


def few(names: Sequence[str], most: int = 2) -> str:
    """The first of these names in words, and how many more there are."""
    return listing(names if len(names) <= most + 1 else [*names[:most], f"{len(names) - most} more"])


def letters(rows: Iterable[MailRow]) -> list[MailRow]:
    """What happened alike to several messages of one kind is one line, with all their readers."""
    alike: dict[tuple[str, str, str], list[MailRow]] = {}
    for row in rows:
        alike.setdefault((row.reference, row.what, row.state), []).append(row)
    return [replace(group[0], to=listing(dict.fromkeys(row.to for row in group), none="")) for group in alike.values()]


def paper_lines(papers: Iterable[str]) -> list[str]:
    """A line a paper, with every form in which it was made: 'timetable.docx, .md'."""
    forms: dict[str, list[str]] = {}
    for paper in papers:
        stem, _, ending = paper.rpartition("/")[2].rpartition(".")
        forms.setdefault(stem, []).append(ending)
    return [f"{stem}.{', .'.join(endings)}" for stem, endings in forms.items()]


def change_words(changed: Changes) -> str:
    """How much of each kind happened: '12 done, 2 foreseen late, 19 reminders written'."""
    parts = [f"{number} {word[0].lower()}{word[1:]}" for word, number in changed.counts]
    parts += [f"{counted(changed.chased, 'reminder')} written"] if changed.chased else []
    return f"{', '.join(parts)}." if parts else "nothing."


def calendar_name(name: str) -> str:
    """'office days', 'working days of England': whose working days are counted, in a few words."""
    return "office days" if name == OFFICE else f"working days of {name.replace('_', ' ').title()}"


def plan_of(case: CaseFile) -> PlanDrawing:
    """The drawing of plan against fact."""
    return plan_drawing(case.bars, case.glance.clocks, case.today)


def by_days(rows: Iterable[OwedRow]) -> list[OwedRow]:
    """The longest late first."""
    return sorted(rows, key=lambda row: -row.days)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "day": day_words,
    "short": short_day,
    "moment": moment_words,
    "counted_once": counted_words,
    "slug": slug,
    "drawing": clock_drawing,
    "time_line": time_line,
    "plan": plan_of,
    "grouped": grouped,
    "beyond": beyond_word,
    "letters": letters,
    "listing": listing,
    "few": few,
    "papers": paper_lines,
    "changes": change_words,
    "calendar": calendar_name,
    "by_days": by_days,
    "days": lambda number: counted(number, "working day"),
    "without": lambda text, end: str(text).removesuffix(end).rstrip(),
}
