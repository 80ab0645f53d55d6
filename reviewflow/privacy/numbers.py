"""Numbers that belong to one person: of health records, pupils, National Insurance, telephones, documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewflow.privacy.kinds import (
    INSURANCE_NUMBER,
    NHS_NUMBER,
    PUPIL_NUMBER,
    RECORD,
    TELEPHONE,
    VEHICLE,
    Identifier,
)

_APART = r"[ ./-]{0,3}"
_TEN = re.compile(
    rf"(?<![\d.-])(?<!\d/)(?:\d{{3}}{_APART}\d{{3}}{_APART}\d{{4}}|\d{{5}}{_APART}\d{{5}}|\d(?:{_APART}\d){{9}})(?!\d)"
)
_NHS_CALLED = re.compile(
    rf"\bn\.?h\.?s\.?[ -]?(?:numbers?|num|no)?\b[ .:=#-]{{0,4}}(?:is |was )?(?:\d{_APART}){{9}}\d(?!\d)", re.IGNORECASE
)
_PUPIL = re.compile(r"\b[A-Z] ?(?:\d ?){11}[\dA-Z]\b", re.IGNORECASE)
_PUPIL_CALLED = re.compile(r"\b(?:upn|pupil number)\b[^;]{0,15}?\b[a-z] ?(?:\d ?){11}[\da-z]\b", re.IGNORECASE)
# HMRC, National Insurance Manual NIM39110: which letters a number may have.
_INSURANCE = re.compile(
    r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:[ .-]?\d\d){3}[ .-]?[A-D]\b", re.IGNORECASE
)
_INSURANCE_CALLED = re.compile(
    r"\b(?:n\.?i\.?(?:no)?|nino|national insurance)\b[^;]{0,20}?\b[a-z]{2}(?:[ .-]?\d){6}(?:[ .-]?[a-d])?\b",
    re.IGNORECASE,
)
_RECORDS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            r"\b(?:mosaic|liquidlogic|lcs|carefirst|eclipse|systmone|emis|rio)\b(?: lcs)?[ .:#]{0,2}"
            r"(?:(?:id|no|number|ref)\b[ .:#]{0,3})?\d{5,10}\b"
        ),
        r"\b(?:hospital (?:number|no)|mrn)\b[ .:#]{0,3}(?:is )?[a-z]{0,4}\d{5,10}\b",
        r"\bpassport\b[^;]{0,15}?(?<!\d)\d{9}(?!\d)",
        r"\bpnc(?: ?id)?\b[ .:#]{0,3}(?:\d\d)?\d\d/\d{1,7}[a-z]\b",
        r"\b(?:19|20)\d\d/\d{7}[a-z]\b",  # the Police National Computer's YYYY/NNNNNNNX
    )
)
_VEHICLE = re.compile(
    r"\b(?:car|van|vehicle|registration|reg|plate|vrm)\b[^;]{0,20}?\b[a-z]{2}\d\d ?[a-z]{3}\b", re.IGNORECASE
)
_RINGS = re.compile(
    r"\b(?:tel\w*|(?:tele)?phone\w*|mob(?:ile)?s?|ring|rang|rung|call(?:ed)?|text(?:ed)?|whatsapp|sim)\b", re.IGNORECASE
)
_LONG = re.compile(r"(?:\d[ ()./-]{0,4}){10}")
_FEWEST, _DIALLED = 5, 10
"""How many figures the shortest number of a person has, and the shortest telephone number with its area."""


def numbers_of_people(text: str) -> Iterator[tuple[int, Identifier]]:
    """Where a number stands that is one person's."""
    figures = sum(character.isdigit() for character in text)
    if figures and (car := _VEHICLE.search(text)):
        yield car.start(), VEHICLE
    if figures < _FEWEST:
        return
    yield from _health_numbers(text)
    yield from _pupil_numbers(text)
    for pattern in (_INSURANCE, _INSURANCE_CALLED):
        if number := pattern.search(text):
            yield number.start(), INSURANCE_NUMBER
    for pattern in _RECORDS:
        if number := pattern.search(text):
            yield number.start(), RECORD
    yield from _telephones(text)


def _health_numbers(text: str) -> Iterator[tuple[int, Identifier]]:
    """The last digit of an NHS number checks the others (modulus 11, NHS Data Dictionary)."""
    if called := _NHS_CALLED.search(text):
        yield called.start(), NHS_NUMBER
    for number in _TEN.finditer(text):
        figures = re.sub(r"\D", "", number[0])
        if len(set(figures)) > 1 and _nhs_digit_is_right(figures):
            yield number.start(), NHS_NUMBER


def _pupil_numbers(text: str) -> Iterator[tuple[int, Identifier]]:
    """The first letter of a unique pupil number checks the others (Department for Education, UPN guide)."""
    if called := _PUPIL_CALLED.search(text):
        yield called.start(), PUPIL_NUMBER
    for number in _PUPIL.finditer(text):
        if _upn_letter_is_right(number[0]):
            yield number.start(), PUPIL_NUMBER


def _nhs_digit_is_right(number: str) -> bool:
    from stdnum.gb import nhs

    return nhs.is_valid(number)


def _upn_letter_is_right(number: str) -> bool:
    from stdnum.gb import upn

    return upn.is_valid(number)


def _telephones(text: str) -> Iterator[tuple[int, Identifier]]:
    """British and foreign numbers; not those of services that anybody may ring (0800, 0300 and the like)."""
    if not _LONG.search(text):
        return
    from phonenumbers import Leniency, PhoneNumberMatcher, PhoneNumberType, number_type

    services = {
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.UAN,
        PhoneNumberType.PREMIUM_RATE,
    }
    rings = _RINGS.search(text)
    for match in PhoneNumberMatcher(text, "GB", leniency=Leniency.POSSIBLE):
        dialled = rings or re.match(r"\+|\(?0 ?[127]|00[1-9]|44 ?[127]", match.raw_string)
        figures = sum(character.isdigit() for character in match.raw_string)
        if dialled and figures >= _DIALLED and number_type(match.number) not in services:
            yield match.start, TELEPHONE
