"""What is seen in a text, where, and what a refusal says of it."""

from calendar import month_name
from time import process_time

import pytest

from reviewflow.privacy import screen, why_not_kept
from reviewflow.privacy.days import days_of_life
from reviewflow.privacy.glance import may_hold
from reviewflow.privacy.kinds import BIRTH, NAME
from reviewflow.privacy.numbers import numbers_of_people
from reviewflow.privacy.people import people
from reviewflow.privacy.places import places
from tests.privacy.corpus import identifying

FINDERS = (numbers_of_people, places, days_of_life, people)
PIECES = (
    *(
        "born",
        "died",
        "DOB",
        "D.O.B",
        "birthday",
        "EDD",
        "b.",
        "b 1999",
        "aged",
        "was two on",
        "is 7 years old",
        "five",
    ),
    *("Child A March 7, 2019", *(f"died first of {month}" for month in month_name[1:])),
    *("March", "7th", "3 May", "first of June", "Sept. 09", "12mar09", "01/02/2019", "1/2", "1.ii.09", "2019-03-04"),
    *("Christmas Day", "Boxing Day 2", "New Year's Day", "010203", "01 02 03", "2009", "'09"),
    *(
        "Baby",
        "unborn",
        "Tom",
        "Child A",
        "AB",
        "A.B.",
        "mother J.S.",
        "father JS",
        "initials JS",
        "Mrs K",
        "Baby is due in May",
        "5 year olds",
        "Sam, 7 years old",
        "Sam, seven years old",
        "aged six",
        "age six",
    ),
    *(
        "NI",
        "nino",
        "AB123456C",
        "AB 12 34 56 C",
        "QQ 12 34 56",
        "passport",
        "123456789",
        "PNC 12/345a",
        "2012/1234567a",
        "car AB12 CDE",
    ),
    *("emis 12345", "ring", "0113 496 0123", "+44 7700 900123", "943 476 5919", "upn", "A123456789012"),
    *("12a", "High Road", "the Close", "LS1 4AP", "post-code", "postcode LS1", "a.b@c.uk", "agency", "2026/17"),
)


@pytest.mark.parametrize(
    ("text", "seen", "word"),
    [
        ("NHS 943 476 5919", "an NHS number", 1),
        ("file of 9434765919", "an NHS number", 3),
        ("full-width \uff19\uff14\uff13\uff14\uff17\uff16\uff15\uff19\uff11\uff19", "an NHS number", 2),
        ("zero\u200bwidth 943\u200b4765919", "an NHS number", 2),
        ("943\u00a0476\u00a05919", "an NHS number", 1),
        ("943\u2013476\u20135919", "an NHS number", 1),
        ("He was born 12/03/2019", "a date of birth, or another day in somebody's life", 3),
        ("dob 2019", "a date of birth, or another day in somebody's life", 1),
        ("seen on 3.4.19", "a date of birth, or another day in somebody's life", 3),
        ("lives at M60 2LA", "a postcode", 3),
        ("rang on 01632 960100", "a telephone number", 3),
        ("Baby Smith", "a person's name or initials", 1),
    ],
)
def test_what_is_seen_and_where(text: str, seen: str, word: int) -> None:
    sighting = screen(text)
    assert sighting is not None
    assert (sighting.kind.words, sighting.word) == (seen, word)


@pytest.mark.parametrize("text", ["SECURE-9434765918", "RR-2026-001", "two agencies were late", "box 14/2", ""])
def test_what_is_let_through(text: str) -> None:
    assert why_not_kept(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("Baby of A.B.", "mother J.S.", "Mother J.S. has moved", "the child A.B.", "A.B.'s mother"),
        *("J. S. (father)", "the mother, JS, rang", "father (DT) was seen", "mother JS rang", "half-brother T.W."),
        *("Child of AB", "baby of AB", "AB's baby", "K.M., sibling", "sibling of K.M.", "unborn of L.T."),
        *("initials AB", "Initials: J.S.", "Child of Mr S", "son of Mrs K. was seen", "Ms P's daughter"),
        *("Mr S attended", "grandmother R.B.", "the child K.M. and her brother"),
    ],
)
def test_initials_beside_one_of_a_family_are_seen(text: str) -> None:
    sighting = screen(text)
    assert sighting is not None
    assert sighting.kind is NAME


@pytest.mark.parametrize(
    "text",
    [
        *("Child A", "the child K", "Child AB", "mother of Child A", "Child B's father", "mother and baby unit"),
        *("the GP's child protection training", "LA's children's services", "children's HV", "child CP plan"),
        *("The child's SW rang", "family GP", "A. Manager asked the family", "Section 47. A child was seen"),
        *("plan B. Children wait", "Parent and carer IT training", "young person LD service", "carer DV support"),
        *("Key stage 2. The child", "Patient MH records", "panel with U.K. children's charities", "Family EH offer"),
        *("Mr Smith chairs", "people working with children, WT ch. 4", "Mr and Mrs Justice sat"),
    ],
)
def test_what_a_review_calls_somebody_and_what_offices_shorten_are_let_through(text: str) -> None:
    assert screen(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Baby of A.B., due in August",
        "Unborn due in August",
        "baby is due at the end of March",
        "Unborn baby expected in early May 2027",
    ],
)
def test_the_month_in_which_a_child_is_expected_is_seen(text: str) -> None:
    sighting = screen(text)
    assert sighting is not None
    assert sighting.kind is BIRTH


@pytest.mark.parametrize("text", ["Baby clinic leaflet is due in May", "The unborn baby protocol is due in June"])
def test_the_month_in_which_a_paper_is_expected_is_let_through(text: str) -> None:
    assert screen(text) is None


def test_a_refusal_says_what_was_seen_where_and_how_to_write_it_instead() -> None:
    assert why_not_kept("The carer lives at M60 2LA") == (
        "this text seems to hold a postcode, at word 5. Nothing that could identify a child is kept here. "
        "Leave it out, or write the name of the district."
    )


def test_a_refusal_repeats_no_figure_of_the_text() -> None:
    for sample in identifying():
        refusal = (why_not_kept(sample.text) or "").partition("Nothing that")[0]
        words = {word for word in sample.text.split() if any(mark.isdigit() for mark in word) and len(word) > 2}
        assert not [word for word in words if word in refusal], sample.text


@pytest.mark.parametrize(
    "piece",
    [
        "born ",
        "1 ",
        "12 may ",
        "aged 4 ",
        "1.1.1",
        "07700 ",
        "nhs 1 1 1 ",
        "A.B.",
        "a@",
        "child of ",
        "baby is due in ",
    ],
)
def test_a_long_text_that_only_begins_to_match_is_read_at_once(piece: str) -> None:
    began = process_time()
    screen((piece * 500)[:500])
    assert process_time() - began < 1


def test_no_glance_passes_over_what_a_pattern_sees() -> None:
    pieces = [*PIECES, *(sample.text for sample in identifying())]
    texts = [*pieces, *(f"{one}{between}{other}" for one in PIECES for between in " .-" for other in PIECES)]
    unread = [text for text in texts if not may_hold(text) and text.isascii()]
    assert len(unread) > len(PIECES)
    assert [text for text in unread if any(place for find in FINDERS for place in find(text))] == []
