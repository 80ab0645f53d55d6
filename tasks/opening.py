"""Opening a case from Prefect's form: its questions, and its answers carried out."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from prefect import task
from pydantic import BaseModel, Field, create_model

from reviewflow.language.library import Library, load_library
from reviewflow.service.answers.opening import open_by_form
from reviewflow.service.answers.result import AnswerResult
from reviewflow.service.workspace.workspace import DEFINITIONS
from tasks.office import the_workspace, this_moment
from tasks.prefect_api import connected

CALENDAR = "calendar"
"""The field of the form in which a calendar is chosen."""
RECORDED = "it stands in the history of the case"


@dataclass(frozen=True, slots=True)
class Questions:
    """The types of the form's parameters, made from the definitions as they are when the flow is loaded."""

    process: type[Enum]
    agency: type[Enum]
    dates: type[BaseModel]


def questions(library: Library | None = None) -> Questions:
    """The processes and agencies by title, and every date that some process asks for when it opens."""
    definitions = library or load_library(Path(os.environ.get(DEFINITIONS, "definitions")))
    agencies = definitions.partnership.model.agencies if definitions.partnership else {}
    return Questions(
        process=_choice("Process", {name: process.model.title for name, process in definitions.processes.items()}),
        agency=_choice("Agency", {name: agency.title for name, agency in agencies.items()}),
        dates=_dates(definitions),
    )


def _choice(name: str, titles: Mapping[str, str]) -> type[Enum]:
    return Enum(name, dict(titles) or {"none": "none"})  # type: ignore[return-value]


def _dates(library: Library) -> type[BaseModel]:
    asked: dict[str, list[str]] = {}
    for process in library.processes.values():
        for name, label in process.model.opening.dates.items():
            asked.setdefault(name, []).append(f"{process.model.title}: {label}")
    timed = {name for process in library.processes.values() for name in process.model.opening.times}
    fields: dict[str, Any] = {
        name: (
            datetime | None if name in timed else date | None,
            Field(default=None, title=name.replace("_", " ").capitalize(), description=" / ".join(labels)),
        )
        for name, labels in asked.items()
    }
    if (calendars := _calendars(library)) and CALENDAR not in fields:
        fields[CALENDAR] = (
            _choice("Calendar", calendars) | None,
            Field(default=None, title="Whose days are counted", description="Where the kind of review asks for it"),
        )
    return create_model("OpeningDates", **fields)


def _calendars(library: Library) -> dict[str, str]:
    """Those that some process lets be chosen, by title."""
    own = library.partnership.model.calendars if library.partnership else {}
    names = {name for process in library.processes.values() for name in process.model.opening.calendar or ()}
    return {name: own[name].title if name in own else name.replace("_", " ").title() for name in sorted(names)}


def forget_opener(run_id: str) -> None:
    """Replace the name of who opened the case among the run's parameters, which Prefect keeps: the history has it."""
    with connected() as prefect:
        prefect.replace_parameter(run_id, "opened_by", RECORDED)


@task
def open_it(
    process: str, dates: Mapping[str, date], agencies: tuple[str, ...], opened_by: str, key: str, calendar: str = ""
) -> AnswerResult:
    """Open the case once for this key: 'Opened' with its reference, or 'Refused' with what to put right."""
    with the_workspace() as workspace:
        return open_by_form(
            workspace, process, dates, agencies, calendar=calendar, by=opened_by, key=key, now=this_moment()
        )
