"""Who stands in for a post that is away gets its messages."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from reviewflow.language.model import Partnership
from reviewflow.service.messages.recipients import reach
from reviewflow.service.wording.people import in_sentence

PEOPLE: dict[str, Any] = {
    "language": 1,
    "partnership": "P",
    "contact": {"name": "Office", "email": "office@scp.example.org", "phone": "1"},
    "roles": {
        "business_support": {"title": "Office", "email": "office@scp.example.org"},
        "chair": {"title": "Chair", "email": "chair@scp.example.org", "away": {"until": "2026-08-20"}},
        "clerk": {"title": "Clerk", "email": "clerk@scp.example.org", "answers_to": "chair"},
        "nurse": {
            "title": "Nurse",
            "email": "nurse@icb.example.org",
            "deputy": "deputy@icb.example.org",
            "away": {"until": "2026-08-20"},
        },
    },
    "agencies": {
        "police": {
            "title": "Police",
            "sector": "police",
            "contact": "a@police.example.org",
            "senior": "s@police.example.org",
            "domains": ["police.example.org"],
        },
        "trust": {
            "title": "Trust",
            "sector": "health",
            "contact": "a@trust.example.org",
            "designated": "nurse",
            "partner": "nurse",
            "domains": ["trust.example.org"],
        },
    },
}


OFFICE = "role:business_support"


@pytest.mark.parametrize(
    ("to", "day", "reached"),
    [
        (["role:chair"], 20, {OFFICE: "role:chair"}),
        (["role:chair"], 21, {"role:chair": ""}),
        (["role:nurse"], 20, {"role:nurse:deputy": "role:nurse"}),
        (
            ["agency:trust:designated", "agency:trust:contact"],
            20,
            {"role:nurse:deputy": "agency:trust:designated", "agency:trust:contact": ""},
        ),
        (["agency:trust:partner"], 20, {"role:nurse:deputy": "agency:trust:partner"}),
        (["agency:trust:designated"], 21, {"agency:trust:designated": ""}),
        (["agency:police:designated", "agency:police:contact"], 20, {"agency:police:contact": ""}),
        (["agency:police:designated"], 20, {OFFICE: "agency:police:designated"}),
        (["role:clerk", "role:clerk:senior", "role:chair"], 21, {"role:clerk": "", "role:chair": ""}),
        (["role:clerk", "role:clerk:senior"], 20, {"role:clerk": "", OFFICE: "role:chair"}),
        (["role:chair", "role:chair:senior"], 21, {"role:chair": ""}),
        (["role:nobody"], 20, {"role:nobody": ""}),
        (["agency:gone:contact"], 1, {"agency:gone:contact": ""}),
        (["role:chair", OFFICE], 20, {OFFICE: ""}),
    ],
)
def test_whoever_stands_in_gets_it(to: Sequence[str], day: int, reached: dict[str, str]) -> None:
    assert reach(Partnership.model_validate(PEOPLE), to, date(2026, 8, day)) == reached


@pytest.mark.parametrize(
    ("recipient", "expected"),
    [
        ("role:chair", "the Chair"),
        ("role:clerk:senior", "the Chair"),
        ("agency:trust:contact", "Trust"),
        ("agency:police:senior", "Police (senior sign-off)"),
        ("agency:trust:partner", "the Nurse"),  # and not "Trust (safeguarding partner)", which it is not
        ("agency:police:partner", ""),
    ],
)
def test_a_sentence_calls_people_by_their_posts(recipient: str, expected: str) -> None:
    assert in_sentence(Partnership.model_validate(PEOPLE), recipient) == expected
