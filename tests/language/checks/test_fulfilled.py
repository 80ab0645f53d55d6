"""What is tried of the answers to several questions: only what no condition about one of them rules out."""

import itertools

import pytest

from reviewflow.language.checks.forms import fulfilled
from reviewflow.language.checks.forms.fulfilled import possible
from reviewflow.language.checks.needed import conditions_of
from reviewflow.language.checks.subject import Subject
from reviewflow.language.conditions import AllOf, Test, leaves
from tests.shipped import library


def conditions() -> list[tuple[Subject, tuple[Test, ...]]]:
    """Of each shipped process those of each step, of every two steps, and of two that contradict each other."""
    asked = list[tuple[Subject, tuple[Test, ...]]]()
    for loaded in library().processes.values():
        subject = Subject(library(), loaded.model, loaded.source)
        own = [step.when for step in subject.steps.values() if step.when is not None]
        asked += [(subject, conditions_of(subject, (name,))) for name in subject.steps]
        asked += [(subject, both) for both in itertools.combinations(own, 2)]
    return asked


def test_the_same_is_possible_as_when_every_combination_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [possible(subject, tests) for subject, tests in conditions()]
    monkeypatch.setattr(fulfilled, "_narrowed", lambda test, choices: (test, choices))
    assert found == [possible(subject, tests) for subject, tests in conditions()]
    assert {*found} == {True, False, None}


def test_what_asks_about_one_question_leaves_its_other_answers_out() -> None:
    [subject, tests] = next((s, t) for s, t in conditions() if len(t) == 1 and possible(s, t))
    question, chosen = next(iter(fulfilled._narrowed(AllOf(tests), _all(subject, tests))[1].items()))
    assert 0 < len(chosen) < len(_all(subject, tests)[question])


def _all(subject: Subject, tests: tuple[Test, ...]) -> dict[fulfilled.Question, fulfilled.Answers]:
    asked = {(leaf.step, leaf.field) for leaf in leaves(AllOf(tests))}
    return {place: fulfilled._answers(AllOf(tests), place, subject.form(place[0])[place[1]]) for place in asked}
