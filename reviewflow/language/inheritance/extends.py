"""What is written once: a process is laid over the one it extends and over its groups, before anything is validated.

It is done on the tree, whose every value knows its line, so that what is wrong is told at the officer's own line; a
problem of text that was taken over stands at the line that takes it over, and names the place in the other file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from reviewflow.language.inheritance.overlay import (
    SECTIONS,
    laid_over,
    misspelt_entries,
    needless_removals,
    still_waited_for,
)
from reviewflow.language.problem import Mark, Problem
from reviewflow.language.reading.source import Source
from reviewflow.language.reading.tree import Entries, Items, Node, Text, entries_of, texts_of
from reviewflow.language.suggestions import unknown
from reviewflow.text import listing

DEEPEST = 3
NEVER_TAKEN_OVER = {"language", "process", "version", "title", "verified", "extends"}
OF_GROUPS = ("limits", "holds", "steps")


@dataclass(frozen=True, slots=True)
class Shelf:
    """The files that a process may take over, by the name that each gives itself."""

    processes: Mapping[str, Source] = field(default_factory=dict)
    groups: Mapping[str, Source] = field(default_factory=dict)


def takes_over(source: Source) -> bool:
    """Whether a process stands on another file."""
    return source.node(("extends",)) is not None or source.node(("groups",)) is not None


def assembled(source: Source, shelf: Shelf) -> Source:
    """The process with all that it takes over; without a tree when that cannot be found. Never raises."""
    if not isinstance(source.root, Entries) or not takes_over(source):
        return source
    assembly = _Assembly(source, shelf)
    root = assembly.whole()
    return Source(source.file, source.lines, root, (*source.problems, *assembly.problems), assembly.inherited)


@dataclass(slots=True)
class _Assembly:
    source: Source
    shelf: Shelf
    problems: list[Problem] = field(default_factory=list)
    inherited: dict[str, Mark] = field(default_factory=dict)

    def whole(self) -> Entries | None:
        own, bases = self.source.root, self._bases()
        if bases is None or not isinstance(own, Entries):
            return None
        groups = self._groups([own, *bases])
        if groups is None:
            return None
        below = _foundation(groups.values(), own.mark)
        for base in reversed(bases):
            below = laid_over(base, below)
        self.problems += [*misspelt_entries(self.source, own, below), *needless_removals(self.source, own, below)]
        first = [name for layer in (*reversed(bases), own) for name in entries_of(layer.get("steps")).names]
        whole = _joined(_in_order(laid_over(own, below), first), groups)
        self.problems += still_waited_for(self.source, own, below, whole)
        return whole

    def _bases(self) -> list[Entries] | None:
        """What each process brings that this one extends, the nearest first; None when one is not to be had."""
        found: list[Entries] = []
        names = [_name(self.source, "process")]
        here = self.source
        while isinstance(extends := here.node(("extends",)), Text):
            if not extends.value.strip():  # said by read_source, PD007
                return None
            problem = self._trouble(extends.value, names, here)
            if problem is not None:
                self.problems.append(problem)
                return None
            names.append(extends.value)
            here = self.shelf.processes[extends.value]
            self.inherited[here.file] = self._extends
            if isinstance(here.root, Entries):
                kept = [(key, value) for key, value in here.root.pairs if key.value not in NEVER_TAKEN_OVER]
                found.append(_from(Entries(tuple(kept), here.root.mark), here.file))
        return found

    @property
    def _extends(self) -> Mark:
        return self.source.value_mark(("extends",))

    def _trouble(self, name: str, names: list[str], here: Source) -> Problem | None:
        """Why the process of this name cannot be taken over."""
        if name in names:
            round_ = listing([f'"{one}"' for one in (*names[names.index(name) :], name)], last="and then")
            message = f"These processes extend each other in a circle: {round_}. One of them must stand on its own."
            return self._said(self._extends, "PD100", message)
        if len(names) > DEEPEST:
            message = (
                f"More than {DEEPEST} processes would lie under this one: {listing([*names[1:], name])}. "
                "Extend one that has fewer under it."
            )
            return self._said(self._extends, "PD100", message)
        base = self.shelf.processes.get(name)
        if base is None and here is self.source:
            message = unknown("a process in definitions/processes", name, self.shelf.processes, "Processes")
            return self._said(self._extends, "PD030", message)
        broken = here if base is None else base
        if base is None or not isinstance(base.root, Entries):
            return self._said(self._extends, "PD101", has_errors(broken.file))
        return None

    def _groups(self, layers: list[Entries]) -> Mapping[str, _Group] | None:
        """Each group that is taken in, by name; None when one is not to be had."""
        used = Entries((), self.source.root.mark if self.source.root else Mark(1, 1))
        for layer in reversed(layers):
            used = laid_over(entries_of(layer.get("groups")), used)
        found: dict[str, _Group] = {}
        for key, use in used.pairs:
            mark = self.inherited.get(key.mark.file, key.mark)
            group = self.shelf.groups.get(key.value)
            if group is None or not isinstance(group.root, Entries):
                missing = unknown("a group in definitions/groups", key.value, self.shelf.groups, "Groups")
                code, message = ("PD030", missing) if group is None else ("PD101", has_errors(group.file))
                self.problems.append(self._said(mark, code, message))
                return None
            self.inherited.setdefault(group.file, mark)
            found[key.value] = _Group(_from(group.root, group.file), entries_of(use).get("after"))
        self.problems += self._twice(found)
        return found

    def _twice(self, groups: Mapping[str, _Group]) -> Iterator[Problem]:
        known: dict[tuple[str, str], str] = {}
        for name, group in groups.items():
            for section in OF_GROUPS:
                for key in entries_of(group.root.get(section)).names:
                    if (section, key) in known:
                        message = (
                            f'The groups "{known[section, key]}" and "{name}" both have a {SECTIONS[section]} "{key}".'
                        )
                        yield self._said(self.source.key_mark(("groups", name)), "PD024", message)
                    known.setdefault((section, key), name)

    def _said(self, mark: Mark, code: str, message: str) -> Problem:
        return self.source.problem(mark, code, message)


def has_errors(file: str) -> str:
    return f"What stands here is taken from {file}, which has errors of its own. Put them right there first."


@dataclass(frozen=True, slots=True)
class _Group:
    root: Entries
    after: Node | None

    @property
    def steps(self) -> tuple[str, ...]:
        return entries_of(self.root.get("steps")).names


def _foundation(groups: Iterable[_Group], mark: Mark) -> Entries:
    """What the groups bring, section by section."""
    brought: list[tuple[Text, Node]] = []
    for section in OF_GROUPS:
        pairs = [pair for group in groups for pair in entries_of(group.root.get(section)).pairs]
        if pairs:
            brought.append((Text(section, mark), Entries(tuple(pairs), pairs[0][0].mark)))
    return Entries(tuple(brought), mark)


def _in_order(whole: Entries, first: list[str]) -> Entries:
    """The process's own steps before those of its groups."""
    steps = whole.get("steps")
    if not isinstance(steps, Entries):
        return whole
    place = {name: number for number, name in enumerate(dict.fromkeys(first))}
    pairs = sorted(steps.pairs, key=lambda pair: place.get(pair[0].value, len(place)))
    return whole.with_value("steps", Entries(tuple(pairs), steps.mark))


def _joined(whole: Entries, groups: Mapping[str, _Group]) -> Entries:
    """A group's first steps wait for what its `after` says; who waits for the group waits for its last steps."""
    steps = whole.get("steps")
    if not groups or not isinstance(steps, Entries):
        return whole
    ends = {name: _last(steps, group) for name, group in groups.items() if name not in steps.names}
    follows = {step: group.after for group in groups.values() for step in group.steps if group.after is not None}
    pairs = tuple((key, _waiting(step, follows.get(key.value), ends)) for key, step in steps.pairs)
    return whole.with_value("steps", Entries(pairs, steps.mark))


def _last(steps: Entries, group: _Group) -> list[str]:
    """The steps of a group that no other step of it waits for."""
    mine = {name: entries_of(steps.get(name)) for name in group.steps if name in steps.names}
    waited = {text.value for step in mine.values() if (after := step.get("after")) for text in texts_of(after)}
    return [name for name in mine if name not in waited]


def _waiting(step: Node, follows: Node | None, ends: Mapping[str, list[str]]) -> Node:
    if not isinstance(step, Entries):
        return step
    after = step.get("after") or follows
    if after is None:
        return step
    names = [(text, ends.get(text.value, [text.value])) for text in texts_of(after)]
    texts = [replace(text, value=name) for text, meant in names for name in meant]
    changed = isinstance(after, Items) or len(texts) != 1
    return step.with_value("after", Items(tuple(texts), after.mark) if changed else texts[0])


def _from(node: Entries, file: str) -> Entries:
    """The same tree, whose every value knows that it stands in another file."""
    pairs = tuple((replace(key, mark=replace(key.mark, file=file)), _marked(value, file)) for key, value in node.pairs)
    return Entries(pairs, replace(node.mark, file=file))


def _marked(node: Node, file: str) -> Node:
    match node:
        case Entries():
            return _from(node, file)
        case Items(nodes):
            return Items(tuple(_marked(each, file) for each in nodes), replace(node.mark, file=file))
        case Text():
            return replace(node, mark=replace(node.mark, file=file))


def _name(source: Source, kind: str) -> str:
    said = source.node((kind,))
    return said.value if isinstance(said, Text) else "-"
