"""What a single line of a process may look like, and what is said where it does not."""

from __future__ import annotations

from typing import Annotated

from pydantic import Discriminator, Field, Tag, WithJsonSchema

from reviewflow.language.model.reserved import FIRST_ROUND
from reviewflow.language.model.values import NAME_SENTENCE, Line, Roles, YesNo, matching, one_or_several
from reviewflow.language.phrases import MEANS_AT_MOST, AtMost, parse_at_most, phrase

_STOPS = rf"^({FIRST_ROUND})?[a-z][a-z0-9_]{{0,59}}$"
MeetsIt = Annotated[
    str,
    *matching(
        _STOPS, "a step, or the first round of one that comes again. Write: publish, or: the first round of visit"
    ),
]
"""What stops a clock: a step, or the first round of one that comes again."""


MetBy = Annotated[
    Annotated[tuple[MeetsIt, ...], Field(strict=False, min_length=1), Tag("(values)")]
    | Annotated[MeetsIt, Tag("(name)")],
    Discriminator(lambda value: "(name)" if isinstance(value, str) else "(values)"),
]


Optional = Annotated[
    Annotated[YesNo, Tag("(yes)")]
    | Annotated[
        AtMost,
        *phrase(AtMost, parse_at_most, "at most once", "at most 2 times"),
        WithJsonSchema(
            {
                "type": "string",
                "pattern": "^at most (once|[1-9][0-9]? times?)$",
                "examples": ["at most once", "at most 2 times"],
            }
        ),
        Tag("(times)"),
    ],
    Discriminator(
        lambda value: (
            "(times)"
            if isinstance(value, AtMost) or (isinstance(value, str) and MEANS_AT_MOST.search(value.lower()))
            else "(yes)"
        )
    ),
]
"""Whether somebody may begin it, or how often at most."""


Deployment = Annotated[
    str,
    *matching(
        r"^[a-z0-9_-]{1,60}/[a-z0-9_-]{1,60}$",
        "a deployment's name. Write the flow and the deployment: publish/website",
    ),
]


_A_NAME = "[a-z][a-z0-9_]*"


Listed = Annotated[str, *matching(rf"^{_A_NAME}(?:\.{_A_NAME})?$", NAME_SENTENCE)]
"""agency, or a list that a form gathered."""


Owner = Annotated[
    str,
    *matching(
        rf"^({_A_NAME}(\.{_A_NAME})?|agency {_A_NAME}|the (agency|role) in {_A_NAME}\.{_A_NAME}"
        rf"|the agency's (senior|deputy|designated|partner)|next in order"
        rf"|whoever accepted {_A_NAME}|contact {_A_NAME})$",
        NAME_SENTENCE,
    ),
]
"""A role, a column of a list, a named agency, whom an answer names, whoever accepted, or a post of each agency."""


DayOf = Annotated[
    str,
    *matching(
        r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$",
        "a date or a step's field. Write: notified, or agreed_outcome.decided_on",
    ),
]


ReferencePattern = Annotated[
    str,
    *matching(
        r"^[A-Z]{1,8}-\{year\}-\{number\}$",
        "a reference. Write capitals, then year and number: RR-{year}-{number}",
    ),
]


Called = Annotated[
    str,
    *matching(r"^[a-z][a-z -]{1,38}$", "what a case is called, in a word or two of small letters. Write: request"),
]


Meant = Annotated[
    dict[Annotated[str, *matching(r"^PD[0-9]{3}$", "the code of a warning. Write: PD047")], Line],
    Field(min_length=1),
]
"""Why a warning is no mistake, by its code."""


TextOrRoles = Annotated[
    Annotated[Roles, Tag("(values)")] | Annotated[Listed, Tag("(name)")],
    Discriminator(lambda value: "(name)" if isinstance(value, str) else "(values)"),
]


_TOLD_OF = r"^(everybody asked in )?[a-z][a-z0-9_]{0,59}$"
ToldOf = Annotated[
    tuple[
        Annotated[
            str,
            *matching(_TOLD_OF, "who is told. Write owner, a role, or: everybody asked in serve (a step)"),
        ],
        ...,
    ],
    *one_or_several(_TOLD_OF),
]
"""Who is told of a new day."""


CountsAs = Annotated[
    str,
    *matching(
        r"^counts as [a-z][a-z ,'-]{0,79}$",
        "what silence means. Write: counts as agreed, or: counts as declined",
    ),
]
