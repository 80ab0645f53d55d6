"""The past of cases from YAML: a list of cases, each with what has happened in it, every value with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from reviewflow.language.reading.parser import read_file, read_source
from reviewflow.language.reading.tree import Entries, Items, Node, plain
from reviewflow.language.suggestions import suggestion
from reviewflow.service.bringing_in.columns import (
    ADDRESSED,
    AGENCIES,
    CASE,
    CHANGES,
    CONTACT,
    DONE,
    KINDS,
    MAILBOX,
    NAME,
    STEP,
    WHAT,
)
from reviewflow.service.bringing_in.shapes import Problems, SourceRow, ToldCase
from reviewflow.text import listing

CASES, HAPPENED, DATES, PEOPLE = "cases", "happened", "dates", "contacts"
_OF_CASE = frozenset({*CASE, DATES, HAPPENED, PEOPLE})
_OF_LINE = frozenset({*DONE, *CHANGES, *KINDS, "agency", "line"}) - {"was", WHAT, NAME, "whom"}
_WHOM = ("agency", "line")


def read_yaml(path: Path, problems: Problems) -> Iterator[ToldCase]:
    """The cases of a file; what is no case is told among the problems."""
    source = read_source(path.name, read_file(path))
    for problem in source.problems:
        problems.add(f"{path.name}, line {problem.mark.line}", problem.message)
    if source.root is None:
        return
    cases = source.root.get(CASES) if isinstance(source.root, Entries) else None
    if not isinstance(cases, Items):
        problems.add(path.name, f'a list of cases is expected under "{CASES}:", each with "was" and "process".')
        return
    for node in cases.nodes:
        if isinstance(node, Entries):
            yield _case(path.name, node, problems)
        else:
            problems.add(_place(path.name, node), "a case is expected here, with its names and values.")


def _case(file: str, node: Entries, problems: Problems) -> ToldCase:
    place = _place(file, node)
    _unknown(file, node, _OF_CASE, problems)
    dates = node.get(DATES)
    cells = {name: plain(value) for key, value in node.pairs if (name := key.value) not in {DATES, HAPPENED, PEOPLE}}
    days = {f"{DATES}.{key.value}": plain(value) for key, value in dates.pairs} if isinstance(dates, Entries) else {}
    if isinstance(cells.get(AGENCIES), Mapping):
        problems.add(place, "agencies: a list of agencies is expected.")
        cells[AGENCIES] = []
    happened = node.get(HAPPENED)
    if happened is not None and not isinstance(happened, Items):
        problems.add(_place(file, happened), 'a list is expected under "happened:".')
    lines = happened.nodes if isinstance(happened, Items) else ()
    told = tuple(told for line in lines if (told := _line(file, line, problems)) is not None)
    return ToldCase(SourceRow(place, cells | days), told, tuple(_people(file, node.get(PEOPLE), problems)))


def _people(file: str, node: Node | None, problems: Problems) -> Iterator[SourceRow]:
    """Each contact with its mailbox and how they wish to be addressed."""
    if node is None:
        return
    if not isinstance(node, Entries):
        problems.add(_place(file, node), "contacts: each is expected by its name, such as family.")
        return
    for key, value in node.pairs:
        place = f"{file}, line {key.mark.line}"
        who = {entry.value: plain(cell) for entry, cell in value.pairs} if isinstance(value, Entries) else {}
        if set(who) != {MAILBOX, ADDRESSED}:
            problems.add(place, f"a contact is given as {{{MAILBOX}: ..., {ADDRESSED}: ...}}.")
        else:
            yield SourceRow(place, {CONTACT: key.value, **who})


def _line(file: str, node: Node, problems: Problems) -> SourceRow | None:
    place = _place(file, node)
    if not isinstance(node, Entries):
        problems.add(place, "what happened is expected here, such as {step: plan, on: 2026-05-05}.")
        return None
    _unknown(file, node, _OF_LINE, problems)
    said = {key.value: plain(value) for key, value in node.pairs}
    kinds = [name for name in (STEP, *KINDS) if name in said]
    if len(kinds) != 1:
        problems.add(place, f"one of these is expected in each entry: {listing((STEP, *KINDS), last='or')}.")
        return None
    whom = next((said[name] for name in _WHOM if name in said), None)
    others = {name: value for name, value in said.items() if name not in {*kinds, *_WHOM}}
    named = {STEP: said[STEP]} if kinds == [STEP] else {WHAT: kinds[0], NAME: said[kinds[0]]}
    return SourceRow(place, {**others, **named, "whom": whom})


def _unknown(file: str, node: Entries, known: frozenset[str], problems: Problems) -> None:
    for key, _ in node.pairs:
        if key.value not in known:
            near = suggestion(key.value, known)
            words = f'"{key.value}" is not known here.{near} Expected: {listing(sorted(known))}.'
            problems.add(f"{file}, line {key.mark.line}", words)


def _place(file: str, node: Node) -> str:
    return f"{file}, line {node.mark.line}"
