"""What a value may be: names, lines, numbers, days and phrases, as they are written in a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Annotated, ClassVar, Literal, TypeVar

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
from pydantic_core import PydanticCustomError, PydanticKnownError

from reviewflow.addresses import LONGEST, PATTERN, is_address
from reviewflow.calendar import Landing, Span
from reviewflow.language.phrases import (
    APART_PATTERN,
    SUM_PATTERN,
    Again,
    AtLeast,
    DayRule,
    Keep,
    Offset,
    Percentage,
    PhraseError,
    Quiet,
    Quorum,
    Rhythm,
    Within,
    after_due,
    parse_after_due,
    parse_again,
    parse_at_least,
    parse_clock,
    parse_day,
    parse_days,
    parse_keep,
    parse_offset,
    parse_quiet,
    parse_quorum,
    parse_rhythm,
    parse_rule,
    parse_share,
    parse_span,
    parse_within,
    phrase,
)
from reviewflow.text import clock_words

EXAMPLE = "{example}"
"""Stands in a sentence for what was written, made into a name."""


@dataclass(frozen=True, slots=True)
class Says:
    """What a text must be, as it stands in "... is not SENTENCE." when it does not match its pattern."""

    sentence: str


def matching(pattern: str, sentence: str, *, max_length: int | None = None) -> tuple[object, ...]:
    """What stands in `Annotated[str, *matching(...)]`: a pattern with the words for a text that does not match it."""
    return StringConstraints(pattern=pattern, max_length=max_length), Says(sentence)


class Model(BaseModel):
    """What stands under a name in a file; `noun` is what messages call it, with its article."""

    noun: ClassVar[str]
    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, use_attribute_docstrings=False, defer_build=True
    )


def _address(text: str) -> str:
    if not is_address(text):
        raise PydanticKnownError("string_pattern_mismatch", {"pattern": PATTERN})
    return text


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


def one_or_more(value: object) -> object:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


def one_or_several(pattern: str) -> tuple[object, ...]:
    """What stands in `Annotated[tuple[..., ...], *one_or_several(...)]`: one text, or a list of such."""
    text = {"type": "string", "pattern": pattern}
    return BeforeValidator(one_or_more), WithJsonSchema({"anyOf": [text, {"type": "array", "items": text}]})


def _not_blank(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("PD007", "This text is empty. Write it, or take the line out.")
    return value


def _one_line(value: str) -> str:
    if len(value.strip().splitlines()) > 1:
        raise PydanticCustomError("PD017", "This text goes over several lines; only one line fits here.")
    return value.strip()


LONGEST_CLOSURE = 366
"""How many days a closure may last."""


def _closed_days(value: str) -> str:
    first, _, last = _written_days(value).partition(" to ")
    if (parse_day(last) - parse_day(first)).days > LONGEST_CLOSURE:
        said = f'"{value}" is longer than a year. Check the years.'
        raise PydanticCustomError("PD015", "{said}", {"said": said})
    return first if first == last else f"{first} to {last}"


def _written_days(value: str) -> str:
    try:
        first, last = parse_days(value)
    except PhraseError as error:
        raise PydanticCustomError(error.code, "{said}", {"said": str(error)}) from error
    return f"{first} to {last}"


Number = Annotated[int, BeforeValidator(_number)]
_NUMBER_OF_AN_ANSWER = re.compile(rf"(?:[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?|{SUM_PATTERN}|{APART_PATTERN})")
NumberBound = Annotated[
    Annotated[Number, Tag("(number)")]
    | Annotated[
        str,
        *matching(
            rf"^{_NUMBER_OF_AN_ANSWER.pattern}$",
            "a number, or a question that asks for one. Write: 12, ask.amount, the sum of ask.costs.amount, or the "
            "difference of ask.low and ask.high",
        ),
        Tag("(name)"),
    ],
    Discriminator(
        lambda value: (
            "(name)" if isinstance(value, str) and _NUMBER_OF_AN_ANSWER.fullmatch(value.strip()) else "(number)"
        )
    ),
]
"""A bound of a number: written out, or the question that says it."""
# An editor's YAML may take yes for a text or for a truth.
_YES_NO_PATTERN = "^([Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$"
YesNo = Annotated[
    bool,
    BeforeValidator(_yes_no),
    WithJsonSchema({"type": ["string", "boolean"], "pattern": _YES_NO_PATTERN, "examples": ["yes", "no"]}),
]
_NAME = r"^[a-z][a-z0-9_]{0,59}$"
NAME_SENTENCE = f"a name. Names have small letters, digits and _, a letter first. Write: {EXAMPLE}"
Name = Annotated[str, *matching(_NAME, NAME_SENTENCE)]
Question = Annotated[
    str, *matching(r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$", "a question of a step. Write: ask.writes_in", max_length=200)
]
"""A question by its step: `ask.writes_in`."""
Line = Annotated[str, StringConstraints(max_length=300), AfterValidator(_not_blank), AfterValidator(_one_line)]
Prose = Annotated[str, StringConstraints(max_length=5000), AfterValidator(_not_blank)]
Pages = Annotated[str, StringConstraints(max_length=30_000), AfterValidator(_not_blank)]
_TO = (
    r"^(((contact|agency|whoever accepted) )?[a-z][a-z0-9_]{0,59}"
    r"|the (agency|role) in [a-z][a-z0-9_]{0,59}\.[a-z][a-z0-9_]{0,59})$"
)
_TO_SENTENCE = (
    "a recipient. Write owner, a role, an agency: agency police, a contact of the case: contact family, whom an answer "
    "names: the agency in referral.referrer, or who accepted a step that several are asked for: whoever accepted find"
)
To = Annotated[
    tuple[
        Annotated[
            str,
            *matching(_TO, _TO_SENTENCE),
        ],
        ...,
    ],
    *one_or_several(_TO),
]
"""Whom a message goes to: posts, a contact of the case, or whom an answer names."""
_SENT_TO = _TO.replace("whoever accepted", "whoever accepted|everybody asked in")
SentTo = Annotated[
    tuple[
        Annotated[
            str,
            *matching(_SENT_TO, f"{_TO_SENTENCE}; or to whom a step has written: everybody asked in serve"),
        ],
        ...,
    ],
    *one_or_several(_SENT_TO),
]
"""Whom a step sends a message to: also everybody whom an earlier one wrote to or asked."""
Names = Annotated[
    tuple[Name, ...],
    BeforeValidator(one_or_more),
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
Night = Annotated[Quiet, *phrase(Quiet, parse_quiet, "18:00 to 08:00")]
Length = Annotated[Span, *phrase(Span, parse_span, "15 working days")]
AfterDue = Annotated[Span, *phrase(Span, parse_after_due, "5 working days after due", write=after_due)]
DueRule = Annotated[
    DayRule,
    *phrase(
        DayRule,
        parse_rule,
        "7 working days after notified",
        "on panel_meeting.held_on",
        "1 working day after notified by 17:00",
        "the earlier of 20 working days after received and 5 working days after charged",
        "the first Wednesday after decision",
        "the last working day of the month of decision",
        "as many months after decision as plan.months says",
        "1 working day after the ending",
        "48 hours of working days after notified",
    ),
]
RungTime = Annotated[
    Offset, *phrase(Offset, parse_offset, "2 working days before", "on the day", "the first Monday after")
]
Count = Annotated[AtLeast, *phrase(AtLeast, parse_at_least, "at least 1", "at least 2, police among them")]
KeptFor = Annotated[Keep, *phrase(Keep, parse_keep, "25 years", "permanently")]
ReopenedWithin = Annotated[
    Within,
    *phrase(Within, parse_within, "20 working days of the ending", "5 working days of the day on which it was done"),
]
PartOfAll = Annotated[Percentage, *phrase(Percentage, parse_share, "80%")]
HowMany = Annotated[
    Quorum,
    *phrase(
        Quorum,
        parse_quorum,
        "all",
        "2 of 3",
        "two thirds, police among them",
        "at least 5, one of governors among them",
    ),
]
HowOften = Annotated[Rhythm, *phrase(Rhythm, parse_rhythm, "every 1 month until publish")]
ComesAgain = Annotated[Again, *phrase(Again, parse_again, "every 2 working days, 5 times")]
OnAWorkingDay = Annotated[
    Landing,
    Field(
        strict=False,
        description="When the day that is counted is no working day: previous or next working day, or as it falls",
    ),
]
Email = Annotated[
    str,
    *matching(
        PATTERN,
        "an e-mail address. Write it as: reviews@police.example.org",
        max_length=LONGEST,
    ),
    AfterValidator(_address),
]
Heading = Annotated[str, StringConstraints(max_length=150), AfterValidator(_not_blank), AfterValidator(_one_line)]
Language = Annotated[Literal[1], BeforeValidator(_number)]
WrittenDays = Annotated[str, AfterValidator(_written_days)]
ClosedDays = Annotated[str, AfterValidator(_closed_days)]
"""A day on which there is no work, or the first and the last of several."""
