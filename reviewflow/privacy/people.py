"""The few shapes in which somebody's name can be told from other words. Most names cannot."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewflow.privacy.days import FULL, NUMBER, mark_days
from reviewflow.privacy.kinds import NAME, Identifier

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
# Two capitals beside one of a family that are no initials either: services, matters and years of school.
_NO_FAMILY = _NO_INITIALS | frozenset(
    str.split(
        "DV DA MH EY KS YP YJ PP FT CN CS CT ER FE HE IP OH PE PD PI SE SS TA TL UC VS FC FG BP CC DH HB TV UN AP WT NA"
    )
)
_INITIALS = re.compile(rf"\b((?:[A-Z]\. ?){{2,3}}|[A-Z]{{2}})[ ,(:-]{{1,3}}{FULL}")
_OF_A_FAMILY = (
    r"(?:[Ss]tep-?|[Hh]alf-?|[Ff]oster[- ]|[Gg]rand)?(?:[Cc]hild(?:ren)?|[Bb]ab(?:y|ies)|[Ii]nfant|[Uu]nborn|[Tt]wins?"
    r"|[Ss]on|[Dd]aughter|[Bb]oy|[Gg]irl|[Mm]other|[Ff]ather|[Mm]um|[Dd]ad|[Bb]rother|[Ss]ister|[Ss]ibling|[Uu]ncle"
    r"|[Aa]unt|[Cc]ousin|[Cc]arer|[Pp]arents?|[Pp]artner|[Yy]oung person|[Pp]upil|[Pp]atient|[Ff]amily)"
)
_DOTTED = r"(?!U\.K|E\.U|N\.B|P\.S)[A-Z]\. ?(?:[A-Z]\. ?)?[A-Z]\b\.?"
_LETTERS = r"([A-Z]{2})\b(?![-/&])"
_SAID = r"(?: of| is| was| called| named| initials?)?[ ,:(]{1,3}"
_WHOSE = rf"(?:'s)?[ ,(]{{1,3}}(?:the )?{_OF_A_FAMILY}\b"
# "Child AB" is what a review calls somebody; "the child AB" and "Child of AB" are not.
_INITIALLED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_OF_A_FAMILY}{_SAID}{_DOTTED}",
        rf"\b{_DOTTED}{_WHOSE}",
        rf"\b[Ii]nitials?[ :]{{1,2}}(?:are |is )?(?:{_DOTTED}|{_LETTERS})",
        rf"\b{_OF_A_FAMILY} of {_LETTERS}",
        rf"\b(?=[a-z]|Mother|Father|Mum|Dad){_OF_A_FAMILY}[ ,(]{{1,3}}{_LETTERS}",
        rf"\b(?<!-){_LETTERS}'s {_OF_A_FAMILY}\b",
        r"\b(?:Mr|Mrs|Ms|Miss|Mx)\.? [A-Z]\b(?!')",
        r"\b(?:Mr|Mrs|Ms|Miss|Mx)\.? [A-Z]'s\b",
    )
)


def people(text: str) -> Iterator[tuple[int, Identifier]]:
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
    yield from _initialled(text)


def _initialled(text: str) -> Iterator[tuple[int, Identifier]]:
    """Initials of somebody of a family, with dots or without; a Mr or Ms with one letter."""
    for pattern in _INITIALLED:
        for found in pattern.finditer(text):
            if not _NO_FAMILY.intersection(found.groups()):
                yield found.start(), NAME
