"""Forms: the questions that a step asks."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Discriminator, Field, Tag

from reviewflow.language.conditions import Condition
from reviewflow.language.model.values import (
    DueRule,
    HowMany,
    Language,
    Line,
    Model,
    Name,
    Names,
    NumberBound,
    Prose,
    YesNo,
)


class FieldType(StrEnum):
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    CONFIRM = "confirm"
    YES_NO = "yes_no"
    NUMBER = "number"
    REFERENCE = "reference"
    NOTE = "note"
    TIME = "time"
    AGENCY = "agency"
    AGENCIES = "agencies"
    LIST = "list"
    ROWS = "rows"
    QUORUM = "quorum"


COUNTED = frozenset({FieldType.CHOICES, FieldType.AGENCIES, FieldType.LIST, FieldType.ROWS})
"""Questions with several answers, of which so many at least or at most may be asked for."""
ASKING = frozenset({FieldType.AGENCY, FieldType.AGENCIES})
"""Questions that agencies answer: those that take part in the case."""


class RequiredWhen(Model):
    """A question that needs an answer only after another answer in the same form."""

    noun: ClassVar[str] = "a reason to need an answer"

    when: Condition = Field(description="Which answers of the same form make this one needed: {met: yes}")


class CannotBe(Model):
    """An answer that other answers of the same form forbid."""

    noun: ClassVar[str] = "an answer that cannot be"

    when: Condition = Field(description="Which answers of questions above it forbid this one: {met: yes}")


Required = Annotated[
    Annotated[YesNo, Tag("(name)")] | Annotated[RequiredWhen, Tag("(values)")],
    Discriminator(lambda value: "(values)" if isinstance(value, (dict, RequiredWhen)) else "(name)"),
]


class FormField(Model):
    """One question of a form."""

    noun: ClassVar[str] = "a form's field"

    type: Annotated[FieldType, Field(strict=False)] = Field(
        description="What kind of answer: date, choice (one of the options), choices (any of them), confirm (must be "
        "ticked), yes_no, number, reference (where the paper is kept in the secure store), note (a short factual text "
        "that names nobody), time (of day), agency (one that takes part), agencies (any that take part), list (short "
        "labels that name nobody, such as Session 1, Session 2), rows (a table with a line for each thing, such as "
        "actions), quorum (asked of nobody: yes or no, counted from who came to a meeting)"
    )
    label: Line = Field(description="The question, as the person answering reads it")
    help: Prose | None = Field(default=None, description="A sentence of help under the question")
    options: dict[Name, Line] = Field(default={}, description="For choice and choices: each option's name and its text")
    alone: Names | None = Field(
        default=None, description="For choices: the option that stands for none, and goes with no other: none_of_these"
    )
    required: Required = Field(
        default=True,
        description="Whether an answer is needed: yes unless you say no, or only after another answer of this form: "
        "{when: {met: yes}}",
    )
    cannot_be: dict[Name, CannotBe] | None = Field(
        default=None,
        description="For choice, choices and yes_no: answers that others of this form forbid: {nothing: {when: {met: "
        "yes}}}",
    )
    at_least: NumberBound | None = Field(
        default=None,
        description="For choices, agencies, list and rows: how many at least: 2. For a number: the smallest that is "
        "taken: 1, or the number that another question of this form, the line (each.asked) or an earlier step "
        "(ask.amount) says, or numbers added up: the sum of log.costs.amount, or how far two answers lie apart: the "
        "difference of ask.low and ask.high",
    )
    at_most: NumberBound | None = Field(
        default=None,
        description="For choices, agencies, list and rows: how many at most: 3. For a number: the largest that is "
        "taken, said as at_least is: 12, or ask.amount",
    )
    not_before: DueRule | None = Field(
        default=None,
        description="For a date: the first day that is taken: on notified, 2 weeks before publication, on "
        "meeting.held_on, or on began for the day that another question of this form asks for",
    )
    not_after: DueRule | None = Field(
        default=None,
        description="For a date: the last day that is taken, said as not_before is: 40 working days after received",
    )
    completes: YesNo = Field(default=False, description="For a date: the day on which the step counts as done")
    sets: Name | None = Field(default=None, description="For a date: the date of the case that this answer sets")
    gives_reason: YesNo | None = Field(
        default=None, description="For a note: yes: it is the reason that {reason} prints in a letter about this step"
    )
    columns: dict[Name, FormField] = Field(default={}, description="For rows: the questions of each line")
    may_come_later: YesNo | None = Field(
        default=None,
        description="For a column: yes: a spreadsheet of others that does not say it is taken in all the same, and the "
        "step that says records: action_said asks whoever owns the line for it",
    )
    grows: YesNo | None = Field(
        default=None,
        description="For rows: yes: lines are added one by one while the step is open, and each opens what is done for "
        "it; the form asks whether more are to come, and its last answer closes the table",
    )
    members_of: Name | None = Field(
        default=None,
        description="For choice and choices, in place of options: the members of a group of partnership.yaml as it is "
        "on the day; for quorum: the group whose quorum is counted: review_group",
    )
    came: Names | None = Field(
        default=None,
        description="For quorum: the questions of this form that say which members were there, or sent somebody: "
        "[came, sent_somebody]",
    )
    quorum: HowMany | None = Field(
        default=None, description="For quorum: how many of the members must be there; as their group says unless given"
    )

    @property
    def forbids(self) -> Mapping[str, Condition]:
        """By each answer that others of the form may forbid, when they do."""
        return {answer: rule.when for answer, rule in (self.cannot_be or {}).items()}

    @property
    def always_required(self) -> bool:
        """Whether it needs an answer whatever else is answered; what is counted needs none."""
        return self.required is True and self.type is not FieldType.QUORUM


FormFields = dict[Name, FormField]

ANSWERED_BY, DONE_ON, NOT_IDENTIFYING = "answered_by", "done_on", "not_identifying"
ASKED_ALWAYS = {
    ANSWERED_BY: "who answers",
    DONE_ON: "the day it was done",
    NOT_IDENTIFYING: "why a text that was refused could identify nobody",
}
"""What every form asks by itself, besides its own questions."""
MORE_TO_COME = "more_to_come"
"""What the form of a table that grows asks besides: no closes the table, and with it the step."""


class Form(Model):
    """A form that several steps may use."""

    noun: ClassVar[str] = "a form"

    language: Language = Field(description="The version of this language: 1")
    form: Name = Field(description="The form's name, the same as the file's")
    title: Line = Field(description="What the form is called")
    fields: FormFields = Field(description="The questions, in the order they are asked", min_length=1)
