"""Whatever stands in a file, reading and checking it ends soon, in words that have a place."""

import random
import time
import unicodedata

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewflow.language.reading.parser import read_source
from reviewflow.language.reading.recovery import STAND_IN
from reviewflow.language.reading.tree import plain
from tests.language.definitions import BASE, ERR, OK, PLACE, case_files, cases, problems

SOON = 3.0
EXAMPLES = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
GOOD = [*BASE.items(), *((name, data) for case in cases(OK) for name, data in case_files(case).items())]
BAD = [(name, data) for case in cases(ERR) if case.is_file() for name, data in case_files(case).items()]


def is_told(name: str, data: bytes) -> None:
    began = time.process_time()
    found = problems({name: data})
    assert time.process_time() - began < SOON
    lines = data.decode("utf-8", "replace").count("\n") + data.count(b"\r") + 2
    for each in found:
        assert each.message.strip()
        assert STAND_IN not in each.message
        assert each.mark.line >= 1
        assert each.mark.column >= 1
        if each.file == name:
            assert each.mark.line <= lines
        assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in str(each) if c not in "\n\t")


@EXAMPLES
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    is_told(PLACE, data)


@EXAMPLES
@given(st.text(st.sampled_from("abc:-[]{}#&*!|>'\"%@` \n\t,?0~\\\u00a0\u201c"), max_size=120))
def test_any_text_of_the_characters_of_yaml(text: str) -> None:
    is_told(PLACE, text.encode())


@EXAMPLES
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    is_told(PLACE, text.encode("utf-8", "surrogatepass"))


@EXAMPLES
@given(st.sampled_from(GOOD + BAD), st.integers(0, 2**32), st.integers(1, 4))
def test_any_line_gone_doubled_moved_or_replaced(file: tuple[str, bytes], seed: int, times: int) -> None:
    name, data = file
    change = random.Random(seed)
    lines = data.split(b"\n")
    for _ in range(times):
        at, other = change.randrange(len(lines)), change.randrange(len(lines))
        match change.randrange(5):
            case 0:
                lines[at : at + 1] = []
            case 1:
                lines.insert(at, lines[other])
            case 2:
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                lines[at] = b"  " + lines[at] if change.random() < 0.5 else lines[at][1:]
            case _:
                lines[at] = lines[at].replace(b": ", change.choice([b":", b": [", b": {", b": '", b": !", b": 7 "]), 1)
        lines = lines or [b""]
    is_told(name, b"\n".join(lines))


@EXAMPLES
@given(st.sampled_from(GOOD), st.integers(0, 2**32), st.integers(1, 12))
def test_any_characters_gone(file: tuple[str, bytes], seed: int, times: int) -> None:
    name, data = file
    change = random.Random(seed)
    text = bytearray(data)
    for _ in range(min(times, len(text))):
        del text[change.randrange(len(text))]
    is_told(name, bytes(text))


@pytest.mark.parametrize("new", ["", "[a, [b]]", "{a: b}", '"\\0"'])
def test_one_mistake_is_told_at_its_place_and_nowhere_else(new: str) -> None:
    """What cannot be read is put aside so well that nothing else looks wrong for it."""
    data = plain(read_source(PLACE, case_files(OK / "every_key.yaml")[PLACE]).root)  # type: ignore[arg-type]
    lines = yaml.dump(data, sort_keys=False, width=1000).splitlines()
    for at, line in enumerate(lines):
        key, colon, value = line.partition(": ")
        if colon and value:
            changed = "\n".join([*lines[:at], f"{key}: {new}", *lines[at + 1 :]])
            assert {each.mark.line for each in problems({PLACE: changed.encode()})} == {at + 1}, changed


@EXAMPLES
@given(st.sampled_from(GOOD), st.integers(0, 2**32))
def test_any_value_of_another_shape(file: tuple[str, bytes], seed: int) -> None:
    """Structure stays, meaning goes: what the second reading after mistakes must stand."""
    name, data = file
    change = random.Random(seed)
    lines = data.decode("utf-8-sig").splitlines()
    for _ in range(change.randrange(1, 5)):
        at = change.randrange(len(lines))
        key, colon, value = lines[at].partition(": ")
        if colon and value:
            new = change.choice(
                ["", "[]", "{}", "[a, b]", "{a: b}", "7", "Some Name", "no", "[[a]]", "{a: {b: c}}", "''"]
            )
            lines[at] = f"{key}: {new}"
    is_told(name, "\n".join(lines).encode())
