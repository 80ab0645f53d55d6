"""Files made to exhaust: refused at once, and in words."""

import time

import pytest

from reviewflow.language.reading.parser import MAX_BYTES, read_source
from tests.language.definitions import PLACE, problems

CODES_SHOWN = {"PD001", "PD008"}
SOON = 3.0  # a generous second
HEAD = """language: 1
process: toy
version: 1
title: Toy
reference: T-{year}-{number}
opening: {dates: {notified: When}}
steps:
"""


def steps(number: int, rest: str = "") -> str:
    lines = (f"  s{each}: {{title: T, owner: chair, after: s{each - 1}{rest}}}" for each in range(1, number))
    return HEAD + "\n".join(["  s0: {title: T, owner: chair}", *lines])


EXHAUSTING = {
    "brackets": ("[" * 400_000, "PD008"),
    "braces": ("{a: " * 100_000, "PD008"),
    "dashes": ("- " * 200_000, "PD008"),
    "question marks": ("? " * 200_000, "PD008"),
    "ever deeper": ("\n".join(" " * depth + "a:" for depth in range(400)), "PD008"),
    "aliases": ("a: &a [x]\nb: [" + "*a, " * 100_000, "PD005"),
    "exclamation marks": ("!" * 400_000, "PD005"),
    "too many bytes": ("x" * (MAX_BYTES + 1), "PD001"),
    "a long list": ("- a\n" * 100_000, "PD008"),
    "many keys": ("".join(f"k{each}: 1\n" for each in range(50_000)), "PD008"),
    "one key again and again": ("a: 1\n" * 25_000, "PD006"),
    "a long text": ("process: toy\ntitle: " + "x" * 400_000, "PD017"),
    "quotes": ("'" * 400_000, "PD012"),
    "backslashes": ('"' + "\\" * 400_000, "PD004"),
    "a long block": ("a: |\n" + "  x\n" * 100_000, "PD010"),
    "line breaks": ("\n" * 400_000, "PD001"),
    "a long comment": ("#" * 400_000, "PD001"),
    "a long indentation": (" " * 400_000 + "a", "PD012"),
    "colons": (": " * 50_000, "PD004"),
    "nothings": ("a:\n" * 25_000, "PD007"),
    "hidden characters": ("\u200b\n" * 100_000, "PD003"),
    "tabs": ("\t x\n" * 100_000, "PD002"),
}


@pytest.mark.parametrize(("text", "code"), EXHAUSTING.values(), ids=EXHAUSTING.keys())
def test_a_file_made_to_exhaust_is_refused_at_once(text: str, code: str) -> None:
    began = time.process_time()
    found = problems({PLACE: text.encode()})
    assert time.process_time() - began < SOON
    assert code in {each.code for each in found}
    assert sum(len(str(each)) for each in found) < 200_000


@pytest.mark.parametrize("rest", ["", ", due: 3 weeks after notified, ladder: tasks"])
def test_a_thousand_steps_are_checked_soon(rest: str) -> None:
    began = time.process_time()
    assert problems({PLACE: steps(1000, rest).encode()}) == ()
    assert time.process_time() - began < SOON


@pytest.mark.parametrize(
    "rest",
    [", own: x", ", due: 3 weeks after notifed{}", ", ladder: taskz{}", ", titel: x", ", when: {{s{}.x: yes}}"],
)
def test_a_thousand_mistakes_are_told_soon(rest: str) -> None:
    lines = (f"  s{each}: {{title: T, owner: chair{rest.format(each)}}}" for each in range(1000))
    began = time.process_time()
    found = problems({PLACE: (HEAD + "\n".join(lines)).encode()})
    assert time.process_time() - began < SOON
    assert 100 <= len(found) <= 300


def test_a_circle_of_a_thousand_steps_is_told_in_one_sentence() -> None:
    text = steps(1000).replace("s0: {title: T", "s0: {title: T, after: s999")
    (found,) = problems({PLACE: text.encode()})
    assert found.code == "PD023"
    assert len(found.message) < 2000


@pytest.mark.parametrize("data", [b"a: 1\nb: *c\n", b"a: 1\n\xff", b"", b"a: \xe2\x80\x8b1\n", b"\xff\xfea"])
def test_what_is_wrong_in_two_files_that_say_the_same_is_told_of_each(data: bytes) -> None:
    one, other = read_source("one.yaml", data), read_source("other.yaml", data)
    assert (one.file, {problem.file for problem in one.problems}) == ("one.yaml", {"one.yaml"})
    assert (other.file, {problem.file for problem in other.problems}) == ("other.yaml", {"other.yaml"})
    assert (one.root, one.lines) == (other.root, other.lines)
