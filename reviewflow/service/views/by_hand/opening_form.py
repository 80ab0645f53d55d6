"""The form with which a case of one process is opened: its days, its calendar where it asks, the agencies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from reviewflow.case.model.refusal import Refused
from reviewflow.language.folder.library import Library
from reviewflow.language.model import ANSWERED_BY
from reviewflow.language.phrases import AtLeast
from reviewflow.service.views.by_hand.questions import Questions, choice_question, who_question

CALENDAR, AGENCIES = "calendar", "agencies"
"""Questions beside the days; those have their own names, with this before them."""
DAY_OF = "day_"


@dataclass(frozen=True, slots=True)
class OpeningAnswers:
    """What was answered; titles are names by now."""

    moments: Mapping[str, date]
    agencies: tuple[str, ...]
    calendar: str
    by: str


def opening_form(library: Library, process: str) -> dict[str, Any]:
    """The form as JSON Schema; raises KeyError where there is no such process."""
    model = library.processes[process].model
    questions: Questions = {}
    for name, label in model.opening.dates.items():
        timed = name in model.opening.times
        questions[f"{DAY_OF}{name}"] = {"type": "string", "format": "date-time" if timed else "date", "title": label}
    required = list(questions)
    if model.opening.calendar:
        questions[CALENDAR] = choice_question("Whose days are counted?", _calendars(library, process).values())
        required.append(CALENDAR)
    if needed := model.opening.agencies:
        questions[AGENCIES] = _which_agencies(library, needed)
        required.append(AGENCIES)
    questions[ANSWERED_BY] = who_question("Who opens it")
    properties = {name: {**question, "position": at} for at, (name, question) in enumerate(questions.items())}
    return {"type": "object", "title": model.title, "properties": properties, "required": [*required, ANSWERED_BY]}


def _which_agencies(library: Library, needed: AtLeast) -> dict[str, Any]:
    titles = _agencies(library)
    which = {"type": "array", "uniqueItems": True, "items": {"type": "string", "enum": [*titles.values()]}}
    told = f"At least {needed.number}{needed.named(lambda name: titles.get(name, name))}"
    return {**which, "title": "Which agencies take part?", "description": told, "minItems": needed.number}


def read_opening(library: Library, process: str, answers: Mapping[str, object]) -> OpeningAnswers:
    """The answers of this form; raises Refused where a day cannot be read."""
    asked = library.processes[process].model.opening
    moments = {name: _moment(answers[f"{DAY_OF}{name}"]) for name in asked.dates if answers.get(f"{DAY_OF}{name}")}
    chosen = answers.get(AGENCIES)
    named = {title: name for name, title in _agencies(library).items()}
    calendars = {title: name for name, title in _calendars(library, process).items()}
    return OpeningAnswers(
        moments=moments,
        agencies=tuple(named.get(str(title), str(title)) for title in (chosen if isinstance(chosen, list) else ())),
        calendar=calendars.get(str(answers.get(CALENDAR) or ""), ""),
        by=str(answers.get(ANSWERED_BY) or "").strip(),
    )


def _moment(typed: object) -> date:
    """A day, or a moment where the form gave one."""
    text = str(typed)
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        raise Refused(["A day could not be read."], "Choose it from the calendar of the form.") from None


def _agencies(library: Library) -> dict[str, str]:
    agencies = library.partnership.model.agencies if library.partnership else {}
    return {name: agency.title for name, agency in agencies.items()}


def _calendars(library: Library, process: str) -> dict[str, str]:
    """Those that the process lets be chosen, by title."""
    own = library.partnership.model.calendars if library.partnership else {}
    names = library.processes[process].model.opening.calendar or ()
    return {name: own[name].title if name in own else name.replace("_", " ").title() for name in names}
