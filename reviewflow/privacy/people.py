"""The few shapes in which somebody's name can be told from other words. Most names cannot."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewflow.privacy.days import FULL, NUMBER, mark_days
from reviewflow.privacy.kinds import NAME, Kind

_BABY = re.compile(
    r"\b(?:[Bb]aby|BABY|[Uu]nborn(?: [Bb]aby)?|UNBORN)(?: (?:[Bb]oy|[Gg]irl|of))? ([A-Z][A-Za-z][A-Za-z'-]+)"
)
_NO_BABY = frozenset(
    str.split(
        "unit clinic box boxes friendly loss steps bank group groups week room sitter protocol protocols"
        " massage sensory cafe changing child children babies baby procedures procedure pathway policy"
        " policies safe sleep shaking team panel plan plans assessment assessments conference network project"
        " service services review reviews care"
    )
)
_AGED = re.compile(
    rf"\b([A-Z][a-z]{{2,}})(?:,| -)? \(?(?:aged? {NUMBER}\b|{NUMBER}[ -]?(?:years?|yrs?|months?)[ -]old)"
    rf"|\b{NUMBER}[ -](?:year|yr|month|week)s?[ -]olds?,? ([A-Z][a-z]{{2,}})"
)
_NO_NAME = frozenset(
    str.split(
        "child children boy boys girl girls young people person pupil pupils infant infants baby babies those"
        " anyone adult adults cohort care year sibling siblings twin twins student students teenager teenagers"
        " youth men women parents leavers residents patients everyone all some many most the for and with from"
        " when was were are mainly mostly both one two three four five six seven eight nine ten service"
        " subject victim victims clients"
    )
)
# Two capitals before a day that are no initials: what offices call people, bodies and meetings.
_NO_INITIALS = frozenset(
    str.split(
        "GP CP SW QA HV LA SG IO PM AM IT RR OK MP DC PC DS DI TM HR LD EH PA SM AO CE HT SC AD NI RE CC PO"
        " NB PS UK EU FY PR TC VC OT ED EP SA RA CV ID II IV VI IX NO TO ON BY AT OF IN"
    )
)
_INITIALS = re.compile(rf"\b((?:[A-Z]\. ?){{2,3}}|[A-Z]{{2}})[ ,(:-]{{1,3}}{FULL}")


def people(text: str) -> Iterator[tuple[int, Kind]]:
    """Where a name or initials stand, in the shapes that can be known."""
    for baby in _BABY.finditer(text):
        if baby[1].lower() not in _NO_BABY:
            yield baby.start(), NAME
    for aged in _AGED.finditer(text):
        if (aged[1] or aged[2]).lower() not in _NO_NAME:
            yield aged.start(), NAME
    for initials in _INITIALS.finditer(mark_days(text)):
        if initials[1] not in _NO_INITIALS:
            yield initials.start(), NAME
