"""The examples of docs/problems.md, each put where it belongs in a small process, as it is wrong and as it is right."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from reviewflow.language.model import Process, Step
from tests.language.definitions import BASE, HERE, PLACE, problems

PAGE = (Path(__file__).parents[2] / "docs" / "problems.md").read_text("utf-8")
_SECTION = re.compile(r"^## (?=PD\d{3})", re.MULTILINE)
_BLOCK = re.compile(r"(?:^    .*\n)+", re.MULTILINE)
_REMARK = re.compile(r"(?<=\S)\s{4,}\S.*$")
SETTINGS: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "example_settings.yaml").read_text("utf-8"))
"""By code, where an example stands that does not say it by itself."""
_WORK = {"owner", "send", "after", "for_each", "start", "make", "set", "wait", "run"}
_AROUND = """
language: 1
process: toy
version: 1
title: Toy
guidance: working_together
reference: TOY-{year}-{number}
opening: {dates: {notified: When it was notified, decision: When it was decided}, agencies: at least 1}
steps:
  read: {title: Read, owner: chair}
  meet:
    title: Meet
    owner: chair
    after: read
    form: {outcome: {type: choice, label: Outcome, options: {review: A review, none: No review, event: An event}}}
  send_it: {title: Send it, owner: chair, after: meet}
  submit: {title: Submit, owner: chair, after: meet}
  panel_meeting:
    title: Panel
    owner: chair
    after: read
    form: {quorate: {type: yes_no, label: Were all there}}
"""


class Example(NamedTuple):
    """What a section shows: the mistake, and the same put right where it shows that too."""

    code: str
    wrong: str
    right: str


def examples() -> Iterator[Example]:
    for section in _SECTION.split(PAGE)[1:]:
        block = _BLOCK.search(section)
        assert block is not None, section[:5]
        entries = _entries(block[0])
        wrong: dict[str, str] = {}
        for key, entry in entries:
            wrong.setdefault(key, entry)
        right = dict(entries)
        yield Example(section[:5], "".join(wrong.values()), "".join(right.values()) if right != wrong else "")


def _entries(block: str) -> list[tuple[str, str]]:
    """The keys of an example with what stands under each: one that comes again is shown wrong first, then right."""
    entries: list[tuple[str, str]] = []
    for line in block.splitlines():
        told = _REMARK.sub("", line[4:]).replace("the_chair", "chair") + "\n"
        if told[0] in " -→" and entries:
            entries[-1] = (entries[-1][0], entries[-1][1] + told)
        else:
            entries.append((told.partition(":")[0], told))
    return entries


def said_of(code: str, told: str) -> set[str] | None:
    """What check says of an example, in its setting where it has one; None where nobody can tell where it belongs."""
    setting = SETTINGS.get(code)
    return codes(told) if setting is None else {problem.code for problem in problems(_in_setting(setting, told))}


def _in_setting(setting: Mapping[str, Any], told: str) -> dict[str, bytes]:
    """The files with the example in its place, over the base."""
    place = setting.get("file", PLACE)
    files = {place: _inserted(setting.get("around", "@@"), told), **setting.get("beside", {})}
    return {
        **{f"{name}.gone": b"" for name in setting.get("gone", ())},
        **{name: _filled_in(name, text).encode() for name, text in files.items()},
    }


def _inserted(around: str, told: str) -> str:
    """The example at the place of the mark, as far to the right."""
    lines, told = [], told.replace("→   ", "\t")  # a Tab cannot be seen on a page
    for line in around.splitlines():
        indent = line[: len(line) - len(line.lstrip())]
        lines += [indent + part for part in told.splitlines()] if line.strip() == "@@" else [line]
    return "\n".join(lines) + "\n"


_HEAD = {
    "language": "1",
    "process": "toy",
    "version": "1",
    "title": "Toy",
    "guidance": "working_together",
    "reference": "TOY-{year}-{number}",
    "opening": "{dates: {notified: When it was notified, decision: When it was decided}, agencies: at least 1}",
}


def _filled_in(name: str, text: str) -> str:
    """A process with what every process needs, a partnership with the base's; any other file as it is."""
    if name == "partnership.yaml" and not re.search(r"^language:", text, re.MULTILINE):
        return BASE[name].decode() + text
    if name != PLACE:
        return text
    missing = (f"{key}: {value}\n" for key, value in _HEAD.items() if not re.search(rf"^{key}:", text, re.MULTILINE))
    return "".join(missing) + text


def codes(told: str) -> set[str] | None:
    """What check says of an example where its keys belong in a process; None where nobody can tell where that is."""
    try:
        example = yaml.load(told, Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        return None
    if not isinstance(example, dict):
        return None
    whole = yaml.load(_AROUND, Loader=yaml.BaseLoader)
    for key, value in example.items():
        if not _placed(whole, key, value):
            return None
    return {problem.code for problem in problems({PLACE: yaml.safe_dump(whole, sort_keys=False).encode()})}


def _placed(whole: dict[str, Any], key: str, value: object) -> bool:
    """Whether it is clear where a key belongs, and it was put there."""
    steps = whole["steps"]
    if not isinstance(steps, dict):
        return False
    if isinstance(value, Mapping) and {"national", "met_by"} & value.keys():
        whole.setdefault("limits", {})[key] = value
    elif isinstance(value, Mapping) and _WORK & value.keys():
        steps[key] = {"title": key, **value}
    elif key in Process.model_fields and key not in {"title", "calendar"}:
        old = whole.get(key)
        whole[key] = {**old, **value} if isinstance(old, dict) and isinstance(value, Mapping) else value
    elif key in Step.model_fields:
        steps["plan"] = {"title": "Plan", "owner": "chair", **steps.get("plan", {}), key: value}
    else:
        return False
    return True
