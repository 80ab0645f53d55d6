"""Days as people write them, and those that are somebody's: of birth, of death, a birthday.

A day alone is let through, for meetings and letters have one too, unless it is long past and the text speaks of
nothing that could be as old.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewflow.privacy.kinds import BIRTH, Identifier

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth"
    r"|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty[- ](?:first|second|third|fourth|fifth"
    r"|sixth|seventh|eighth|ninth)|thirtieth|thirty[- ]first)"
)
NUMBER = (
    r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen)"
)
"""An age, in figures or as a word."""
_DAY = rf"(?:(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?|{_ORDINAL})"
_YEAR = r"(?:'?\d\d|(?:19|20)\d\d)(?![\d:%])"
_ALONE = r"(?<![\d.,/-])"
_FIGURES = (
    rf"{_ALONE}(?:0?[1-9]|[12]\d|3[01]) ?[/.-] ?(?:0?[1-9]|1[0-2]|[ivx]{{1,4}}) ?[/.-] ?(?:(?:19|20)\d\d|\d\d)"
    r"(?![\d%]|[./-]\d)"
)
_YEAR_FIRST = rf"{_ALONE}(?:19|20)\d\d[/.-](?:0?[1-9]|1[0-2])[/.-](?:0?[1-9]|[12]\d|3[01])(?![\d%]|[./-]\d)"
_DAY_MONTH = rf"{_ALONE}{_DAY}(?: of|,)?[ -]?{_MONTH}"
_MONTH_DAY = rf"\b{_MONTH},? {_DAY}(?!\d)"
_RUN_TOGETHER = r"\b\d{1,2}(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\d{2,4}"
_FEAST = "christmas day|boxing day|new year's day"

FULL, NO_YEAR, MONTH_YEAR, FIGURES = "\ue000", "\ue001", "\ue002", "\ue003"
"""What stands in a marked text for a day with its year, a day without, a month with its year, six or eight figures."""
_MARKED = tuple(
    (re.compile(pattern, re.IGNORECASE), mark)
    for pattern, mark in (
        (rf"{_FIGURES}|{_YEAR_FIRST}|(?:{_DAY_MONTH}|{_MONTH_DAY}),?[ -]?{_YEAR}|{_RUN_TOGETHER}", FULL),
        (rf"{_DAY_MONTH}|{_MONTH_DAY}|(?<![\d/])\d{{1,2}}/\d{{1,2}}(?![\d/])|{_FEAST}", NO_YEAR),
        (rf"\b{_MONTH},? (?:19|20)\d\d\b", MONTH_YEAR),
        (r"(?<!\d)(?:\d{6}|\d{8}|\d\d \d\d (?:\d\d|\d{4}))(?!\d)", FIGURES),
    )
)
_NOT_THERE = r"(?:not|no|left|removed?|missing|withheld|deleted|redacted|column|field|without|taken)\b"
_GAP = rf"(?:(?!{_NOT_THERE})[^;?!]){{0,40}}?"
_DOB = r"(?<![\w-])(?:d\.? ?o\.? ?b\b\.?|dates? of birth|birth ?dates?|birthdays?)"
_BORN = r"(?<![\w-])born\b(?!-| (?:out )?of\b| from\b)"
_ONE_PERSON = "child|mother|father|mum|dad|brother|sister|sibling|baby|infant|twins?|girl|boy|son|daughter"
_SOMEBODY = rf"(?:^|[,;(:] ?|\b(?:he|she|who|{_ONE_PERSON})(?: [a-z0-9])?(?: (?:was|is|were))? )"
_CALLED = rf"\b(?:{_ONE_PERSON}|yp|young person|subject(?: child)?)(?: [a-z0-9])?(?: of)?[ ,:(-]{{1,4}}"
_EXPECTED = r"(?:edd|(?:expected|estimated) (?:date of delivery|due date)|(?:baby|unborn)[^;?!]{0,10} (?:due|is))"
_UNBORN_DUE = (
    r"\b(?:baby|unborn|twins)(?: baby| child)?(?: of [^,;]{1,20})?[ ,(]{1,3}(?:is |was )?(?:due|expected)"
    r" (?:(?:in|at|by|around|early|late|mid|the|end|beginning|middle|of|on)[ -])*"
)
_LIFE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_DOB}{_GAP}(?:[{FULL}-{FIGURES}]|\b(?:19|20)\d\d\b)",
        rf"{FULL}[^.;?!\d]{{0,25}}(?<![\w-])(?:d\.?o\.?b|date of birth|birth ?date|birthday)\b",
        rf"{_BORN}{_GAP}[{FULL}{NO_YEAR}]",
        rf"{_SOMEBODY}{_BORN}{_GAP}(?:{MONTH_YEAR}|\b(?:19|20)\d\d\b|'\d\d\b)",
        (
            rf"\b(?:aged|was|is|turn(?:s|ed)?|(?:will|to) (?:be|turn)|reach(?:es|ed)?|becomes?) {NUMBER}"
            rf"(?: years?(?: old)?)? on (?:the )?[{FULL}{NO_YEAR}]"
        ),
        rf"\b(?:died|passed away|deceased|date of death|d\.?o\.?d\.?)\b[^;?!]{{0,25}}?[{FULL}{NO_YEAR}]",
        rf"{FULL}[:,]? (?:the child |the baby |he |she )?(?:died|passed away)\b",
        rf"\b{_EXPECTED}\b[^;?!]{{0,20}}?[{FULL}{NO_YEAR}]",
        rf"{_UNBORN_DUE}(?:{MONTH_YEAR}|{_MONTH})",
        rf"{_CALLED}{FULL}",
        rf"(?-i:(?<![\w(])b)\.? ?(?:{FULL}|(?:19|20)\d\d\b)",
    )
)
_FULL = re.compile(f"{FULL}+")
_LONG_PAST = 2021
"""A day up to this year is a paper's or a person's. Five years before the program was first used."""
_AS_OLD = re.compile(
    r"\b(?:acts?|guidance|polic(?:y|ies)|reviews?|reports?|inspect\w*|dated|publish\w*|version|v|edition|regulations?"
    r"|order|protocols?|procedures?|ofsted|cqc|hmic\w*|force|agreements?|minutes|meeting|audits?|chapter|section"
    r"|paragraph|release|draft|contracts?|circular|standards?|since|until|strategy|terms|statutory|directive|judgment"
    r"|referr\w+|plan|conference|file|notified|notification|withdrawn|incident)\b",
    re.IGNORECASE,
)


def mark_days(text: str) -> str:
    """The text with every day that stands in it overwritten by its mark; as long as before."""
    for pattern, mark in _MARKED:
        text = pattern.sub(lambda day, mark=mark: mark * len(day[0]), text)  # type: ignore[misc]
    return text


def days_of_life(text: str) -> Iterator[tuple[int, Identifier]]:
    """Where a day stands that is somebody's."""
    marked = mark_days(text)
    for pattern in _LIFE:
        if day := pattern.search(marked):
            yield day.start(), BIRTH
    if not _AS_OLD.search(text):
        days = (day.span() for day in _FULL.finditer(marked))
        yield from ((start, BIRTH) for start, end in days if _year(text[start:end]) <= _LONG_PAST)


def _year(day: str) -> int:
    """The year of a day as it is written; of two figures the last one that there was, or will be by 2030."""
    if long := re.search(r"(?:19|20)\d\d", day):
        return int(long[0])
    short = int(day[-2:])
    return short + (2000 if short <= 30 else 1900)  # noqa: PLR2004
