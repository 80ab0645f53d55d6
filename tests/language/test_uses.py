"""The errors of a folder stop a process where they stand in something that it uses, and nowhere else."""

from collections.abc import Mapping

import pytest

from reviewflow.language.checks import check_library, errors
from reviewflow.language.definition import define
from reviewflow.language.folder.library import Library
from reviewflow.language.folder.uses import concerning
from reviewflow.language.problem import DefinitionError, Problem
from tests.language.definitions import BASE, ERR, case_files, cases, library

TOY = b"""language: 1
process: toy
version: 1
reference: TOY-{year}-{number}
title: Toy
opening:
  dates: {begun: The day it began}
steps:
  ask:
    title: Ask
    owner: business_support
    ladder: gentle
    form: shared
    due: 3 working days after begun
  look:
    title: Look
    after: ask
    make: paper
"""
LADDERS = b"""language: 1
ladders:
  gentle: {title: Gentle, rungs: [{when: on the day, to: owner, message: reminder}]}
  other: {title: Other, rungs: [{when: OTHER, to: owner, message: reminder}]}
"""
MESSAGE = b"language: 1\nmessage: NAME\nsubject: About {reference}\ntext: Please answer.\n"
FORM = b"language: 1\nform: NAME\ntitle: A form\nfields:\n  seen: {type: yes_no, label: Was it seen?}\n"
PAPER = b"language: 1\ndocument: NAME\ntitle: Paper\nformats: [word]\ntext: About {reference}.\n"
FILES: dict[str, bytes] = {
    "partnership.yaml": BASE["partnership.yaml"],
    "processes/toy.yaml": TOY,
    "ladders.yaml": LADDERS.replace(b"OTHER", b"on the day"),
    "messages/reminder.yaml": MESSAGE.replace(b"NAME", b"reminder"),
    "messages/spare.yaml": MESSAGE.replace(b"NAME", b"spare"),
    "forms/shared.yaml": FORM.replace(b"NAME", b"shared"),
    "forms/spare.yaml": FORM.replace(b"NAME", b"spare"),
    "documents/paper.yaml": PAPER.replace(b"NAME", b"paper"),
    "documents/spare.yaml": PAPER.replace(b"NAME", b"spare"),
}
TABLE = b"language: 1\ntable: spare\ntitle: Spare\nquestions: {}\n"
GROUP = b"language: 1\ngroup: spare\nsteps: {alone: {title: Alone, owner: nobody, afer: x}}\n"
GARBLED = b"language: 1\n: [\n"


def found(files: Mapping[str, bytes]) -> tuple[Library, tuple[Problem, ...]]:
    gone = {f"{name}.gone": b"" for name in BASE if name not in files}
    read = library({**files, **gone})
    wrong = errors(check_library(read))
    return read, tuple(problem for problem in wrong if problem not in read.left_out)


def test_the_files_are_sound() -> None:
    read, wrong = found(FILES)
    assert not wrong
    assert define(read, "toy").process.process == "toy"


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("messages/spare.yaml", GARBLED),
        ("messages/spare.yaml", FILES["messages/spare.yaml"] + b"txet: x\n"),
        ("forms/spare.yaml", FILES["forms/spare.yaml"] + b"fileds: x\n"),
        ("documents/spare.yaml", FILES["documents/spare.yaml"].replace(b"{reference}", b"{refrence}")),
        ("tables/spare.yaml", TABLE),
        ("groups/spare.yaml", GROUP),
        ("guidance/spare.yaml", b"language: 1\nguidance: spare\n"),
        ("processes/spare.yaml", b"language: 1\nprocess: spare\n"),
        ("notes.yaml", b"whatever: it says\n"),
        ("ladders.yaml", LADDERS.replace(b"OTHER", b"one of these days")),
    ],
)
def test_what_a_process_does_not_use_does_not_stop_it(place: str, text: bytes) -> None:
    read, wrong = found({**FILES, place: text})
    assert wrong
    assert concerning(read, wrong, "toy") == ()
    assert define(read, "toy") == define(found(FILES)[0], "toy")


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("processes/toy.yaml", TOY + b"stpes: x\n"),
        ("partnership.yaml", BASE["partnership.yaml"] + b"rolse: x\n"),
        ("messages/reminder.yaml", FILES["messages/reminder.yaml"] + b"txet: x\n"),
        ("messages/reminder.yaml", GARBLED),
        ("messages/answer_recorded.yaml", GARBLED),
        ("messages/other.yaml", FILES["messages/reminder.yaml"]),
        ("forms/shared.yaml", GARBLED),
        ("documents/paper.yaml", FILES["documents/paper.yaml"].replace(b"{reference}", b"{refrence}")),
        ("ladders.yaml", LADDERS.replace(b"on the day", b"one of these days", 1)),
        ("ladders.yaml", GARBLED),
    ],
)
def test_what_it_uses_stops_it(place: str, text: bytes) -> None:
    others = FILES if place != "messages/other.yaml" else {n: t for n, t in FILES.items() if "reminder" not in n}
    read, wrong = found({**others, place: text})
    assert {problem.file for problem in concerning(read, wrong, "toy")} == {place}


def test_what_is_used_and_stands_in_a_file_that_says_no_name_is_looked_for_in_all_that_have_errors() -> None:
    copies = {f"messages/{name}.yaml": FILES["messages/reminder.yaml"] for name in ("old", "older")}
    others = {name: text for name, text in FILES.items() if "reminder" not in name}
    read, wrong = found({**others, **copies})
    assert {problem.file for problem in concerning(read, wrong, "toy")} == set(copies)


@pytest.mark.parametrize("case", cases(ERR), ids=lambda case: case.stem)
def test_whatever_is_wrong_a_process_that_nothing_stops_is_whole(case: object) -> None:
    read = library(case_files(case))  # type: ignore[arg-type]
    wrong = tuple(problem for problem in errors(check_library(read)) if problem not in read.left_out)
    for name, loaded in read.processes.items():
        concerned = concerning(read, wrong, name)
        assert {problem for problem in wrong if problem.file == loaded.source.file} <= set(concerned)
        if not concerned:
            try:
                assert define(read, name).process.process == name
            except DefinitionError as error:
                pytest.fail(str(error))
