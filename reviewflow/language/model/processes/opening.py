"""How a case begins: what is asked, who may open one, and the people and dates that it knows."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from reviewflow.calendar import Landing
from reviewflow.language.model.values import Count, DueRule, Line, Model, Name, Names, OnAWorkingDay, Question


class FromAgencies(Model):
    """How an agency opens a case by itself: the step whose form it fills in, and what is known already."""

    noun: ClassVar[str] = "an opening by agencies"

    step: Name = Field(description="The step that begins at the opening, whose form the agency fills in: take_in")
    agency: Name | None = Field(
        default=None, description="The question of that form, of type agency, that the agency itself answers: referrer"
    )
    answers: dict[Name, Name] = Field(
        default={}, description="Questions that need not be asked then, with their answers: {referred_by: agency}"
    )


class Opening(Model):
    """What is asked when a case is opened."""

    noun: ClassVar[str] = "the opening"

    dates: dict[Name, Line] = Field(description="The dates a case starts with: a name and the question", min_length=1)
    trigger: Name | None = Field(
        default=None,
        description="The date that decides which edition of the guidance holds; the first one unless given",
    )
    in_order: Names | None = Field(
        default=None, description="Of these dates none lies before the one that is named before it: [aware, notified]"
    )
    times: Names = Field(default=(), description="Of these dates the time of day is asked too: hours count from it")
    calendar: Names | None = Field(
        default=None,
        description="The calendars of which one is chosen when a case opens; what says `calendar: chosen` counts in it",
    )
    agencies: Count | None = Field(
        default=None,
        description="How many agencies take part, and which must be among them: at least 1; at least 2, police among "
        "them; at least 3, police and one of health or education among them",
    )
    from_agencies: FromAgencies | None = Field(
        default=None, description="Agencies open cases themselves, on the page of a standing link, by a step's form"
    )


class CaseContact(Model):
    """Somebody of one case whom letters may go to; who that is, is given for each case and kept apart."""

    noun: ClassVar[str] = "a contact of the case"

    title: Line = Field(description="Who that is, as everybody reads it: The family")
    language: Question | None = Field(
        default=None,
        description="The question whose answer is the language of letters to them; its options are named as in also_in "
        "of the messages: ask.writes_in. English unless given, and where a message has no words in it",
    )


class CaseDate(Model):
    """A named date that is planned, and set or moved later: due rules may count from it."""

    noun: ClassVar[str] = "a date of the case"

    title: Line = Field(description="What happens on this day")
    planned: DueRule | None = Field(
        default=None, description="The plan until somebody sets it: 6 months after decision"
    )
    on_a_working_day: OnAWorkingDay = Landing.AS_IT_FALLS
