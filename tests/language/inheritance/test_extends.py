"""What is written once: the process that runs is the one that would stand there if it had been written out."""

import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewflow.language.definition import define
from reviewflow.language.folder.library import Library, read_files
from reviewflow.language.inheritance.overlay import REMOVED, overlay
from reviewflow.language.problem import START
from reviewflow.language.reading.parser import read_source
from reviewflow.language.reading.tree import Entries, plain
from reviewflow.language.reading.writing import resolved
from tests.language.definitions import BASE, OK, case_files, library, problems
from tests.shipped import library as shipped_library

SHIPPED = Path(__file__).parents[3] / "definitions"
ONCE = case_files(OK / "written_once")


def over(base: str, text: str, name: str = "mine") -> Library:
    head = f"language: 1\nprocess: {name}\nversion: 1\ntitle: Mine\nextends: {base}\n"
    return library({**ONCE, f"processes/{name}.yaml": (head + text).encode()})


def steps(found: Library, name: str = "mine") -> dict[str, object]:
    return dict(found.processes[name].model.steps)


def written_out(found: Library, name: str) -> str:
    root = found.processes[name].source.root
    assert isinstance(root, Entries)
    return resolved(root)


ALL = [(library(ONCE), name) for name in ("first", "second", "third", "learning")]
ALL += [(shipped_library(), name) for name in shipped_library().processes]


@pytest.mark.parametrize(("found", "name"), ALL, ids=lambda each: each if isinstance(each, str) else "")
def test_written_out_it_is_the_same(found: Library, name: str) -> None:
    again = read_files({f"processes/{name}.yaml": written_out(found, name).encode()})
    assert again.problems == ()
    taken = found.processes[name].model.model_copy(update={"extends": None, "groups": {}})
    assert again.processes[name].model == taken
    assert list(again.processes[name].model.steps) == list(taken.steps)


def test_what_is_pinned_does_not_say_where_it_comes_from() -> None:
    found = library(ONCE)
    again = library({f"processes/{name}.yaml": written_out(found, name).encode() for name in ("first", "second")})
    assert define(found, "second").body == define(again, "second").body


def test_a_change_of_the_base_changes_what_is_pinned() -> None:
    before = define(library(ONCE), "third").hash
    changed = {**ONCE, "processes/first.yaml": ONCE["processes/first.yaml"].replace(b"3 working", b"4 working")}
    assert define(library(changed), "third").hash == before  # second has a due of its own
    changed = {**ONCE, "groups/closing.yaml": ONCE["groups/closing.yaml"].replace(b"2 weeks", b"3 weeks")}
    assert define(library(changed), "third").hash != before


def test_the_base_itself_is_left_as_it_is() -> None:
    alone = {name: data for name, data in ONCE.items() if name.endswith(("first.yaml", "closing.yaml"))}
    assert define(library(alone), "first").hash == define(library(ONCE), "first").hash


def test_names_merge_and_the_rest_is_replaced() -> None:
    found = over("first", "steps:\n  meet: {after: [give], title: Come together}\n")
    assert found.problems == ()
    mine, base = steps(found)["meet"], steps(found, "first")["meet"]
    assert mine == base.model_copy(update={"title": "Come together"})  # type: ignore[attr-defined]


def test_a_condition_is_replaced_and_not_mixed() -> None:
    found = over("first", "steps:\n  meet: {when: {every give.kind: [nil, full]}}\n")
    assert found.processes["mine"].model.model_dump(mode="json")["steps"]["meet"]["when"] == {
        "every give.kind": ["nil", "full"]
    }


def test_a_group_is_waited_for_at_both_ends() -> None:
    found = library(ONCE)
    first = found.processes["first"].model.steps
    assert (first["tell_all"].after, first["thank"].after, first["seal"].after) == (
        ("meet",),
        ("meet",),
        ("file_away",),
    )
    third = found.processes["third"].model.steps
    assert third["more"].after == ("seal", "file_away")
    assert list(first) == ["give", "meet", "seal", "tell_all", "thank", "file_away"]


def test_several_last_steps_are_all_waited_for() -> None:
    group = ONCE["groups/closing.yaml"].replace(b", after: [tell_all, thank]", b"")
    found = library({**ONCE, "groups/closing.yaml": group})
    assert found.processes["first"].model.steps["seal"].after == ("tell_all", "thank", "file_away")


def test_a_whole_group_is_taken_out() -> None:
    found = over("first", "groups: {closing: removed}\nsteps: {seal: {after: meet}}\n")
    assert found.problems == ()
    assert list(steps(found)) == ["give", "meet", "seal"]
    assert found.processes["mine"].model.limits == {}


def test_what_must_be_its_own_is_not_taken_over() -> None:
    found = library({**ONCE, "processes/mine.yaml": b"process: mine\nextends: first\n"})
    said = [each.message.partition(" ")[0] for each in found.problems]
    assert said == ['"language"', '"version"', '"title"']
    sure = {**BASE, "processes/learning.yaml": BASE["processes/learning.yaml"] + b"verified: yes\n"}
    mine = b"language: 1\nprocess: mine\nversion: 1\ntitle: Mine\nextends: learning\n"
    assert not library({**sure, "processes/mine.yaml": mine}).processes["mine"].model.verified


def test_trouble_in_what_is_taken_over_is_told_at_the_officers_own_line() -> None:
    text = b"language: 1\nprocess: mine\nversion: 1\ntitle: Mine\nextends: first\nopening: {agencies: removed}\n"
    found = [each for each in problems({**ONCE, "processes/mine.yaml": text}) if each.code == "PD034"]
    assert {(each.file, each.mark.line, each.mark.column) for each in found} == {("processes/mine.yaml", 5, 10)}
    assert found[0].message.endswith("This is taken over from processes/first.yaml, line 15.")


values = st.recursive(
    st.sampled_from(["one", "two", "three words here", "7", "yes"])
    | st.lists(st.sampled_from("abc"), min_size=1, max_size=2),
    lambda inside: st.dictionaries(st.sampled_from("abcd"), inside, min_size=1, max_size=3),
    max_leaves=12,
)
trees = st.dictionaries(st.sampled_from("abcd"), values, min_size=1, max_size=4)


def change(below: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """What an officer would write to make of the one tree the other."""
    told: dict[str, Any] = {name: REMOVED for name in below if name not in wanted}
    for name, value in wanted.items():
        old = below.get(name)
        if isinstance(old, dict) and isinstance(value, dict):
            told |= {name: change(old, value)} if old != value else {}
        elif old != value:
            told[name] = value
    return told


def tree(value: Any) -> Entries:
    root = read_source("x", yaml.safe_dump(value, sort_keys=False).replace("{}", "").encode()).root
    return root if isinstance(root, Entries) else Entries((), START)


@given(trees, trees)
def test_any_process_can_be_written_as_changes_of_any_other(below: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert plain(overlay(tree(change(below, wanted)), tree(below))) == wanted


@given(trees)
def test_overlay_itself_or_with_nothing_written_it_is_the_same(below: dict[str, Any]) -> None:
    assert plain(overlay(tree(below), tree(below))) == below
    assert plain(overlay(Entries((), START), tree(below))) == below


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(sorted(ONCE)), st.integers(0, 2**32))
def test_whatever_is_wrong_in_one_of_the_files_is_told_in_words(name: str, seed: int) -> None:
    lines, chance = ONCE[name].decode().splitlines(), random.Random(seed)
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(lines))
        key, _, value = lines[at].partition(": ")
        lines[at] = chance.choice(
            ["", f"{key}:", f"{key}: removed", f"{key}: [a]", f"{key}: {{a: b}}", f"  {lines[at]}", value]
        )
    for each in problems({**ONCE, name: "\n".join(lines).encode()}):
        assert each.mark.line >= 1
        assert each.message.strip()
        assert not each.mark.file
