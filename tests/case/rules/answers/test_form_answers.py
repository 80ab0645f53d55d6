"""Forms: each type of question, what is kept of an answer, and what is said about a wrong one."""

import math
from datetime import date, datetime

import pytest

from reviewflow.case.rules.answers.form_answers import completing_day, read_answers
from reviewflow.case.rules.answers.typed import NOTE_LENGTH, REFERENCE_LENGTH
from reviewflow.language.model import FieldType, FormField

OPTIONS = {"summary": "A summary", "nothing": "Nothing known"}


def question(kind: str, **more: object) -> FormField:
    options = OPTIONS if kind in {"choice", "choices"} else {}
    columns = {"what": {"type": "note", "label": "What"}} if kind == "rows" else {}
    return FormField.model_validate(
        {"type": kind, "label": "The question", "options": options, "columns": columns} | more
    )


KEPT: list[tuple[str, object, object]] = [
    ("date", "2026-05-06", "2026-05-06"),
    ("date", "2026-5-6", "2026-05-06"),
    ("date", date(2026, 5, 6), "2026-05-06"),
    ("date", datetime(2026, 5, 6, 23, 59), "2026-05-06"),
    ("date", "2026-05-06T00:00:00Z", "2026-05-06"),
    ("choice", "nothing", "nothing"),
    ("choice", "Nothing known", "nothing"),
    ("choice", " NOTHING KNOWN ", "nothing"),
    ("choices", ["nothing", "summary", "nothing"], ["nothing", "summary"]),
    ("choices", ("A summary",), ["summary"]),
    ("choices", "summary, nothing", ["summary", "nothing"]),
    ("confirm", True, "yes"),
    ("confirm", "on", "yes"),
    ("yes_no", False, "no"),
    ("yes_no", "Y", "yes"),
    ("yes_no", 0, "no"),
    ("number", "12", 12),
    ("number", -3, -3),
    ("number", 0, 0),
    ("number", "2.5", 2.5),
    ("reference", " SharePoint/4711 ", "SharePoint/4711"),
    ("note", "two\nlines", "two lines"),
    ("note", "turned \u202eround", "turned  round"),
    ("note", "half \ud800 a letter", "half   a letter"),
    ("time", "9:30", "09:30"),
    ("time", "14:05", "14:05"),
    ("list", "Session 1, Session  2,", ["Session 1", "Session 2"]),
    ("list", ["Tŷ Glas", "Session-2"], ["Tŷ Glas", "Session-2"]),
    ("rows", '[{"what": "a"}, {"what": " "}, {"what": "b"}]', [{"what": "a"}, {"what": "b"}]),
    ("rows", [{"what": 1}], [{"what": "1"}]),
    ("rows", {"what": "a"}, [{"what": "a"}]),
]


@pytest.mark.parametrize(("kind", "given", "kept"), KEPT, ids=repr)
def test_what_is_kept(kind: str, given: object, kept: object) -> None:
    assert read_answers({"q": question(kind)}, {"q": given}) == ({"q": kept}, [])


A_TABLE = 'q: this is a table. Write it as [{"column": "answer"}], with a part in braces for each line.'
WRONG: list[tuple[str, object, str]] = [
    ("time", "24:00", 'q: "24:00" is not a time of day. Write it as 09:30.'),
    ("time", "9.30", 'q: "9.30" is not a time of day. Write it as 09:30.'),
    (
        "list",
        "Session 1, session_1",
        'q: "session_1" is not a label. Labels have letters, figures, spaces and hyphens: Session 1.',
    ),
    ("list", "--", 'q: "--" is not a label. Labels have letters, figures, spaces and hyphens: Session 1.'),
    ("list", "a" * 41, f'q: "{"a" * 40}..." has 41 characters; a label has at most 40.'),
    ("list", ["Session 1", "session 1"], 'q: "Session 1" stands here twice. Give each entry a label of its own.'),
    ("list", " , ,", "q: an answer is needed. The question"),
    ("list", [f"S {number}" for number in range(101)], "q: 101 entries; at most 100 fit."),
    (
        "list",
        "943 476 5919",
        (
            "q: this text seems to hold an NHS number, at word 1. Nothing that could identify a child is kept here. "
            "Leave it out; say in which agency's record the matter stands."
        ),
    ),
    ("rows", "what: a", A_TABLE),
    ("rows", "[" * 9999, A_TABLE),
    ("rows", [{"what": "a"}, "b"], A_TABLE),
    ("rows", [{}, {}], "q: an answer is needed. The question"),
    (
        "rows",
        [{"what": "a", "wat": "b"}],
        'q: line 1: "wat" is not asked here. Did you mean "what"? The form asks: what.',
    ),
    ("rows", [{"what": "a"}] * 101, "q: 101 lines; at most 100 fit."),
    ("agency", "police", 'q: "police" does not take part in this case. Taking part: none.'),
    ("date", "6 May 2026", 'q: "6" is not a date. Write the year first: 2026-12-18.'),
    ("date", "2026-05-061", 'q: "2026-05-061" is not a date. Write the year first: 2026-12-18.'),
    ("date", "2026-02-29", "q: 29 February 2026 is not a date."),
    ("date", "2026-13-01", "q: There is no month 13. Write the year first, then the month: 2026-12-18."),
    ("date", 20260506, 'q: "20260506" is not a date. Write the year first: 2026-12-18.'),
    (
        "choice",
        "sumary",
        (
            'q: "sumary" is not one of the answers. Did you mean "summary"? '
            "Choose: summary (A summary), nothing (Nothing known)."
        ),
    ),
    (
        "choice",
        ["summary"],
        (
            'q: "[\'summary\']" is not one of the answers. Did you mean "summary"? '
            "Choose: summary (A summary), nothing (Nothing known)."
        ),
    ),
    (
        "choices",
        ["summary", {}],
        'q: "{}" is not one of the answers. Choose: summary (A summary), nothing (Nothing known).',
    ),
    ("confirm", "no", "q: this must be confirmed before the step counts as done. The question"),
    ("confirm", "perhaps", 'q: "perhaps" is neither yes nor no.'),
    ("yes_no", 2, 'q: "2" is neither yes nor no.'),
    ("number", "twelve", 'q: "twelve" is not a number. Write it in figures.'),
    ("number", True, 'q: "True" is not a number. Write it in figures.'),
    ("number", math.nan, 'q: "nan" is not a number. Write it in figures.'),
    ("number", "1" * 10, 'q: "1111111111" is not a number. Write it in figures.'),
    ("note", "x" * 501, "q: 501 characters; at most 500 fit. Point to the paper instead."),
    ("reference", "x" * 121, "q: 121 characters; at most 120 fit. Point to the paper instead."),
]


@pytest.mark.parametrize(("kind", "given", "message"), WRONG, ids=lambda value: repr(value)[:40])
def test_what_is_said(kind: str, given: object, message: str) -> None:
    assert read_answers({"q": question(kind)}, {"q": given}) == ({}, [message])


ASKED = [kind for kind in FieldType if kind is not FieldType.QUORUM]
"""Of somebody; a quorum is counted."""


@pytest.mark.parametrize("kind", ASKED)
@pytest.mark.parametrize("nothing", [None, "", "  ", "\x07", [], ()], ids=repr)
def test_nothing_is_no_answer(kind: FieldType, nothing: object) -> None:
    answers, [problem] = read_answers({"q": question(kind)}, {"q": nothing})
    assert answers == {}
    assert problem.startswith("q: an answer is needed. The question")
    assert ("Choose: summary (" in problem) == (kind in {FieldType.CHOICE, FieldType.CHOICES})
    assert read_answers({"q": question(kind, required="no")}, {"q": nothing}) == ({}, [])


def test_all_mistakes_at_once() -> None:
    fields = {"kind": question("choice"), "pages": question("number"), "checked": question("confirm")}
    kept, wrong = read_answers(fields, {"knid": "summary", "pages": "many", "checked": "no"})
    assert kept == {}
    assert wrong == [
        '"knid" is not asked here. Did you mean "kind"? The form asks: kind, pages and checked.',
        "kind: an answer is needed. The question Choose: summary (A summary), nothing (Nothing known).",
        'pages: "many" is not a number. Write it in figures.',
        "checked: this must be confirmed before the step counts as done. The question",
    ]


def test_a_step_without_a_form_asks_nothing() -> None:
    assert read_answers({}, {}) == ({}, [])
    assert read_answers({}, {"q": 1}) == ({}, ['"q" is not asked here. The form asks: nothing.'])


def test_the_longest_texts_fit() -> None:
    fields = {"note": question("note"), "paper": question("reference")}
    _, wrong = read_answers(fields, {"note": "x" * NOTE_LENGTH, "paper": "x" * REFERENCE_LENGTH})
    assert wrong == []


def test_the_day_a_form_says_it_was_done() -> None:
    fields = {"planned": question("date"), "held_on": question("date", completes="yes")}
    assert completing_day(fields, {"planned": "2026-06-01", "held_on": "2026-05-06"}) == date(2026, 5, 6)
    assert completing_day(fields, {"planned": "2026-06-01"}) is None
