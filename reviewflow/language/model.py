"""The language: what each file in `definitions/` may say. Field descriptions are the documentation, the editor
hints and the JSON Schema; nothing is described twice.
"""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum
from typing import Annotated, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from reviewflow.calendar import Span
from reviewflow.language.conditions import Condition
from reviewflow.language.phrases import (
    AtLeast,
    Due,
    Offset,
    PhraseError,
    clock_words,
    parse_at_least,
    parse_clock,
    parse_day,
    parse_due,
    parse_offset,
    parse_span,
    phrase,
)


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, use_attribute_docstrings=False)


def _number(value: object) -> object:
    if isinstance(value, str):
        if value.isascii() and value.isdigit() and len(value) <= 9:  # noqa: PLR2004
            return int(value)
        raise PydanticCustomError("PD014", '"{found}" is not a whole number. Write it in figures: 1.', {"found": value})
    return value


def _yes_no(value: object) -> object:
    if isinstance(value, str):
        known = {"yes": True, "true": True, "no": False, "false": False}
        if value.lower() in known:
            return known[value.lower()]
        raise PydanticCustomError("PD014", '"{found}" is neither yes nor no. Write: yes, or: no.', {"found": value})
    return value


def _one_or_more(value: object) -> object:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


def _not_blank(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("PD007", "This text is empty. Write it, or take the line out.")
    return value


def _one_line(value: str) -> str:
    if len(value.strip().splitlines()) > 1:
        raise PydanticCustomError("PD017", "This text goes over several lines; only one line fits here.")
    return value.strip()


def _written_day(value: str) -> str:
    try:
        return parse_day(value).isoformat()
    except PhraseError as error:
        raise PydanticCustomError(error.code, "{said}", {"said": str(error)}) from error


Number = Annotated[int, BeforeValidator(_number)]
# An editor's YAML may take yes for a text or for a truth.
_YES_NO_PATTERN = "^([Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$"
YesNo = Annotated[
    bool,
    BeforeValidator(_yes_no),
    WithJsonSchema({"type": ["string", "boolean"], "pattern": _YES_NO_PATTERN, "examples": ["yes", "no"]}),
]
_NAME = r"^[a-z][a-z0-9_]{0,59}$"
Name = Annotated[str, StringConstraints(pattern=_NAME)]
Line = Annotated[str, StringConstraints(max_length=300), AfterValidator(_not_blank), AfterValidator(_one_line)]
Prose = Annotated[str, StringConstraints(max_length=5000), AfterValidator(_not_blank)]
Names = Annotated[
    tuple[Name, ...],
    BeforeValidator(_one_or_more),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": _NAME},
                {"type": "array", "items": {"type": "string", "pattern": _NAME}},
            ]
        }
    ),
]
Roles = Annotated[tuple[Name, ...], Field(strict=False, min_length=1)]
T = TypeVar("T")
TextOr = Annotated[
    Annotated[T, Tag("(values)")] | Annotated[Name, Tag("(name)")],
    Discriminator(lambda value: "(name)" if isinstance(value, str) else "(values)"),
]
Day = Annotated[date, *phrase(date, parse_day, "2026-12-18")]
Clock = Annotated[time, *phrase(time, parse_clock, "09:30", write=clock_words)]
Length = Annotated[Span, *phrase(Span, parse_span, "15 working days")]
DueRule = Annotated[Due, *phrase(Due, parse_due, "7 working days after notified", "on panel_meeting.held_on")]
RungTime = Annotated[
    Offset, *phrase(Offset, parse_offset, "2 working days before", "on the day", "1 working day after")
]
Count = Annotated[AtLeast, *phrase(AtLeast, parse_at_least, "at least 1")]
Email = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$", max_length=200),
]


# --- forms -----------------------------------------------------------------------------------------------------


class FieldType(StrEnum):
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    CONFIRM = "confirm"
    YES_NO = "yes_no"
    NUMBER = "number"
    REFERENCE = "reference"
    NOTE = "note"


class FormField(Model):
    """One question of a form."""

    type: Annotated[FieldType, Field(strict=False)] = Field(
        description="What kind of answer: date, choice (one of the options), choices (any of them), confirm (must be "
        "ticked), yes_no, number, reference (where the paper is kept in the secure store), note (a short factual text "
        "that names nobody)"
    )
    label: Line = Field(description="The question, as the person answering reads it")
    help: Prose | None = Field(default=None, description="A sentence of help under the question")
    options: dict[Name, Line] = Field(default={}, description="For choice and choices: each option's name and its text")
    required: YesNo = Field(default=True, description="Whether an answer is needed; yes unless you say no")
    completes: YesNo = Field(default=False, description="For a date: the day on which the step counts as done")


FormFields = dict[Name, FormField]

ANSWERED_BY, DONE_ON = "answered_by", "done_on"
ASKED_ALWAYS = {ANSWERED_BY: "who answers", DONE_ON: "the day it was done"}
"""What every form asks by itself, besides its own questions."""


class Form(Model):
    """A form that several steps may use."""

    language: Annotated[Literal[1], BeforeValidator(_number)] = Field(description="The version of this language: 1")
    form: Name = Field(description="The form's name, the same as the file's")
    title: Line = Field(description="What the form is called")
    fields: FormFields = Field(description="The questions, in the order they are asked", min_length=1)


# --- messages and ladders ----------------------------------------------------------------------------------------


class Message(Model):
    """The wording of one message. Only the fields listed in the docs may stand in braces."""

    language: Annotated[Literal[1], BeforeValidator(_number)] = Field(description="The version of this language: 1")
    message: Name = Field(description="The message's name, the same as the file's")
    subject: Annotated[
        str, StringConstraints(max_length=150), AfterValidator(_not_blank), AfterValidator(_one_line)
    ] = Field(description="The subject line; it travels in plain text, so it carries the reference and nothing else")
    text: Prose = Field(description="The text; fields stand in braces: {reference}")


class Rung(Model):
    """One reminder or escalation."""

    when: RungTime = Field(description="When: 2 working days before, on the day, 1 working day after")
    at: Clock | None = Field(default=None, description="The time of day; the office's sending time unless given")
    to: Names = Field(
        description="Who is written to: owner, deputy, senior (the agency's sign-off), partner (the safeguarding "
        "partner of the agency's sector), or the name of a role",
        min_length=1,
    )
    message: Name = Field(description="Which message is sent")


class Ladder(Model):
    """The reminders and escalations for something owed, in the order in which they fall."""

    title: Line = Field(description="What the ladder is for")
    rungs: tuple[Rung, ...] = Field(description="The rungs, earliest first", min_length=1, strict=False)


class Ladders(Model):
    """All ladders of the partnership."""

    language: Annotated[Literal[1], BeforeValidator(_number)] = Field(description="The version of this language: 1")
    ladders: dict[Name, Ladder] = Field(description="Each ladder by name")


# --- guidance ----------------------------------------------------------------------------------------------------


class LimitKind(StrEnum):
    LATEST = "latest"
    EXPECTATION = "expectation"
    AT_LEAST = "at least"
    AS_SOON_AS_POSSIBLE = "as soon as possible"
    EVERY = "every"
    YEARLY = "yearly"
    SET_IN_REQUEST = "set in the request"


class Basis(StrEnum):
    STATUTE = "statute"
    REGULATION = "regulation"
    STATUTORY_GUIDANCE = "statutory guidance"
    PANEL_GUIDANCE = "panel guidance"
    GOOD_PRACTICE = "good practice"
    LOCAL_POLICY = "local policy"


class NationalLimit(Model):
    """One national time limit, as the edition states it."""

    title: Line = Field(description="What must be done")
    kind: Annotated[LimitKind, Field(strict=False)] = Field(
        default=LimitKind.LATEST,
        description="latest (the usual: by when), expectation (a hope, not a duty), at least (a shortest duration), "
        "as soon as possible (no number), every (a rhythm), yearly (a day in the year), set in the request",
    )
    within: Length | None = Field(default=None, description="How long: 15 working days")
    before: YesNo = Field(default=False, description="Yes when the limit counts backwards from its date")
    by: Annotated[str, StringConstraints(pattern=r"^\d\d-\d\d$")] | None = Field(
        default=None, description="For a yearly limit: month and day, 09-30"
    )
    counts_from: Line = Field(description="What day 0 is, in words")
    owner: Line = Field(description="Who must act")
    to: tuple[Name, ...] = Field(default=(), description="Who must receive it", strict=False)
    calendar: Name = Field(default="england", description="Whose bank holidays count")
    basis: Annotated[Basis, Field(strict=False)] = Field(description="What kind of authority it has")
    source: Line = Field(description="Where it is written")
    if_missed: Line | None = Field(default=None, description="What follows when it is missed")
    verified: YesNo = Field(description="Yes only when a person has read it in the source itself")
    note: Prose | None = Field(default=None, description="What a user should know about it")


class Guidance(Model):
    """An edition of the national limits, pinned by every case that is opened under it."""

    language: Annotated[Literal[1], BeforeValidator(_number)] = Field(description="The version of this language: 1")
    guidance: Name = Field(description="The edition's name, the same as the file's")
    title: Line = Field(description="The edition's title")
    in_force_from: Day = Field(description="From which day it applies")
    verified: YesNo = Field(description="Yes only when a person has read every limit in the source itself")
    supersedes: Name | None = Field(default=None, description="The edition before it")
    note: Prose | None = Field(default=None, description="What a user should know about this edition")
    limits: dict[Name, NationalLimit] = Field(description="Each limit by name", min_length=1)


# --- processes ---------------------------------------------------------------------------------------------------


class Opening(Model):
    """What is asked when a case is opened."""

    dates: dict[Name, Line] = Field(description="The dates a case starts with: a name and the question", min_length=1)
    agencies: Count | None = Field(default=None, description="How many agencies take part: at least 1")


class Limit(Model):
    """A clock over part of the case. It never blocks, but it is never silent."""

    title: Line | None = Field(default=None, description="What the clock is called; a national limit brings its own")
    national: Name | None = Field(default=None, description="The name of a national limit in the guidance")
    counts_from: Name | None = Field(
        default=None, alias="from", description="For a national limit: the date (or step) that is day 0"
    )
    within: Length | None = Field(
        default=None, description="A stricter local length for a national limit; never looser"
    )
    due: DueRule | None = Field(default=None, description="For a local limit: when it ends")
    calendar: Name | None = Field(default=None, description="For a local limit: whose bank holidays count")
    met_by: Name = Field(description="The step whose completion stops the clock")
    ladder: Name | None = Field(default=None, description="Who is warned, and when")


class Reopen(Model):
    """Work is sent back: the named step and what depends on it become open again."""

    when: Condition = Field(description="Which answers of this step's own form send the work back: {enough: no}")
    send: Name | None = Field(default=None, description="The message that tells the owner so")
    due: DueRule | None = Field(default=None, description="When the reopened work is due; its own rule unless given")


class Start(Model):
    """Opens a linked case of another process."""

    process: Name = Field(description="The process to start")
    dates: dict[Name, Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$")]] = Field(
        description="Each date the new case opens with, and where it comes from: {decision: agreed_outcome.decided_on}"
    )
    agencies: Literal["same"] | None = Field(default=None, description="same: the agencies of this case take part")


class Step(Model):
    """One thing to be done, by a person (`owner`) or automatically (`send`, `start`)."""

    title: Line = Field(description="What is to be done, as everybody reads it")
    help: Prose | None = Field(default=None, description="What the person doing it should know")
    after: Names = Field(default=(), description="The step or steps that must be settled first; none: at the opening")
    when: Condition | None = Field(default=None, description="Only when these answers were given; otherwise not needed")
    for_each: TextOr[Roles] | None = Field(
        default=None,
        description="agency: each agency of the case owes it; or a list of roles, each for itself",
    )
    owner: Name | None = Field(default=None, description="Who does it: a role, or agency / each with for_each")
    due: DueRule | None = Field(default=None, description="When it is due: 7 working days after notified")
    calendar: Name | None = Field(default=None, description="Whose days are counted; the office's unless given")
    not_before: DueRule | None = Field(default=None, description="The first day on which it may be done")
    form: TextOr[FormFields] | None = Field(
        default=None, description="What is asked: the name of a shared form, or the fields themselves"
    )
    ladder: Name | None = Field(default=None, description="Who is reminded and when; none: nobody")
    reopens: dict[Name, Reopen] = Field(default={}, description="Earlier steps that an answer may send back")
    send: Name | None = Field(default=None, description="Automatic: the message that is sent")
    to: Names = Field(default=(), description="For send: who receives it; the agency's contact unless given")
    about: Name | None = Field(
        default=None, description="For send: the step whose title and due day the message tells; this one unless given"
    )
    start: Start | None = Field(default=None, description="Automatic: a linked case that is opened")


class Process(Model):
    """One review methodology."""

    language: Annotated[Literal[1], BeforeValidator(_number)] = Field(description="The version of this language: 1")
    process: Name = Field(description="The process's name, the same as the file's")
    version: Annotated[Number, Field(ge=1)] = Field(description="Counted up with every change: 1, 2, 3")
    title: Line = Field(description="What the process is called")
    summary: Prose | None = Field(default=None, description="What it is for, in a few sentences")
    guidance: Name | None = Field(default=None, description="The edition of the national limits it works under")
    calendar: Name | None = Field(
        default=None,
        description="Whose days its steps are counted in; the office's own, with its closures, unless given",
    )
    reference: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,8}-\{year\}-\{number\}$")] = Field(
        description="How its cases are numbered: RR-{year}-{number}"
    )
    opening: Opening = Field(description="What is asked when a case is opened")
    limits: dict[Name, Limit] = Field(default={}, description="The clocks that run over the case")
    steps: dict[Name, Step] = Field(description="What is done, by name", min_length=1)


# --- the partnership ---------------------------------------------------------------------------------------------


class Role(Model):
    """A post in the partnership, reached by a mailbox of its own."""

    title: Line = Field(description="What the post is called")
    email: Email = Field(description="The post's mailbox")
    deputy: Email | None = Field(default=None, description="Who stands in")


class Agency(Model):
    """An agency that takes part in reviews."""

    title: Line = Field(description="What the agency is called")
    sector: Name = Field(description="police, health, education, local_authority, ...")
    contact: Email = Field(description="The single point of contact's mailbox: who is chased first")
    deputy: Email | None = Field(default=None, description="Who stands in for the contact")
    senior: Email | None = Field(default=None, description="The senior manager who quality assures its returns")
    partner: Name | None = Field(default=None, description="The role that answers for its sector")
    domains: Annotated[
        tuple[Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")], ...],
        Field(strict=False),
    ] = Field(description="The mail domains its people use; mail to any other is refused", min_length=1)


class Contact(Model):
    """Whom an agency may ring or write to."""

    name: Line = Field(description="The post, not a person's name")
    email: Email = Field(description="A monitored mailbox")
    phone: Line = Field(description="A telephone number")


class Partnership(Model):
    """Who is who: read anew at every run, so that a leaver is never chased."""

    language: Annotated[Literal[1], BeforeValidator(_number)] = Field(description="The version of this language: 1")
    partnership: Line = Field(description="The partnership's short name, as it stands in messages")
    contact: Contact = Field(description="Whom an agency may ring or write to")
    send_at: Clock = Field(default=time(9, 30), description="The time of day at which ordinary chases go out")
    link: Line | None = Field(
        default=None, description="Where people sign in to answer; a login page, never a document"
    )
    roles: dict[Name, Role] = Field(description="The posts, by name", min_length=1)
    agencies: dict[Name, Agency] = Field(description="The agencies, by name", min_length=1)
    closures: dict[Annotated[str, AfterValidator(_written_day)], Line] = Field(
        default={}, description="Days the office is closed: 2026-12-29: Council closed"
    )
