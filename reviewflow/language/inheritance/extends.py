"""A process with all that it inherits: from the process that it extends, and from the groups that it uses.

It is done on the tree, before anything is validated. Every value keeps its line, so that a problem is reported at the
officer's own line; one of inherited text stands at the line that inherits it, and names the place in the other file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from reviewflow.language.inheritance.overlay import (
    SECTIONS,
    misspelt_entries,
    needless_removals,
    overlay,
    removed_predecessors,
)
from reviewflow.language.problem import START, Mark, Problem
from reviewflow.language.reading.source import Source
from reviewflow.language.reading.tree import Entries, Items, Node, Text, entries_of, texts_of
from reviewflow.language.suggestions import unknown
from reviewflow.text import listing

DEEPEST = 3
"""How many processes may lie under one."""
NOT_INHERITED = {"language", "process", "version", "title", "verified", "extends"}
OF_GROUPS = ("limits", "holds", "steps")


@dataclass(frozen=True, slots=True)
class BaseFiles:
    """The files that a process may inherit from, by the name that each gives itself."""

    processes: Mapping[str, Source] = field(default_factory=dict)
    groups: Mapping[str, Source] = field(default_factory=dict)
    _inherited: dict[int, Entries] = field(default_factory=dict, repr=False, compare=False)

    def inherited(self, root: Entries, file: str) -> Entries:
        """The tree of one of these files as others inherit it: the same for all of them, so it is made once."""
        if id(root) not in self._inherited:
            self._inherited[id(root)] = _from(root, file)
        return self._inherited[id(root)]


def inherits(source: Source) -> bool:
    """Whether a process takes anything from another file."""
    return source.node(("extends",)) is not None or source.node(("groups",)) is not None


def resolve(source: Source, files: BaseFiles) -> Source:
    """The process with all that it inherits; without a tree when that cannot be found. Never raises."""
    if not isinstance(source.root, Entries) or not inherits(source):
        return source
    resolution = _Resolution(source, files)
    root = resolution.merged(source.root)
    return Source(source.file, source.lines, root, (*source.problems, *resolution.problems), resolution.inherited)


@dataclass(slots=True)
class _Resolution:
    """One process while it is resolved: the problems so far, and at which of its lines each file is inherited."""

    source: Source
    files: BaseFiles
    problems: list[Problem] = field(default_factory=list)
    inherited: dict[str, Mark] = field(default_factory=dict)

    def merged(self, own: Entries) -> Entries | None:
        bases = self._bases()
        groups = self._groups([own, *bases]) if bases is not None else None
        if bases is None or groups is None:
            return None
        base = _sections_of(groups.values(), own.mark)
        for layer in reversed(bases):
            base = overlay(layer, base)
        self.problems += [*misspelt_entries(self.source, own, base), *needless_removals(self.source, own, base)]
        first = [name for layer in (*reversed(bases), own) for name in _placed(entries_of(layer.get("steps")))]
        merged = _joined(_in_order(overlay(own, base), first), groups)
        self.problems += removed_predecessors(self.source, own, base, merged)
        return merged

    def _bases(self) -> list[Entries] | None:
        """What each process under this one brings, the nearest first; None when one of them cannot be had."""
        bases: list[Entries] = []
        names = [_name(self.source, "process")]
        here = self.source
        while isinstance(extends := here.node(("extends",)), Text):
            if not extends.value.strip():  # the parser's problem, PD007
                return None
            problem = self._base_problem(extends.value, names, here)
            if problem is not None:
                self.problems.append(problem)
                return None
            names.append(extends.value)
            here = self.files.processes[extends.value]
            self.inherited[here.file] = self._extends
            if isinstance(here.root, Entries):
                base = self.files.inherited(here.root, here.file)
                pairs = tuple((key, value) for key, value in base.pairs if key.value not in NOT_INHERITED)
                bases.append(Entries(pairs, base.mark))
        return bases

    @property
    def _extends(self) -> Mark:
        return self.source.value_mark(("extends",))

    def _base_problem(self, name: str, names: list[str], here: Source) -> Problem | None:
        """Why the process of this name cannot be inherited from."""
        if name in names:
            circle = listing([f'"{one}"' for one in (*names[names.index(name) :], name)], last="and then")
            message = f"These processes extend each other in a circle: {circle}. One of them must stand on its own."
            return self._problem(self._extends, "PD100", message)
        if len(names) > DEEPEST:
            message = (
                f"More than {DEEPEST} processes would lie under this one: {listing([*names[1:], name])}. "
                "Extend one that has fewer under it."
            )
            return self._problem(self._extends, "PD100", message)
        base = self.files.processes.get(name)
        if base is None and here is self.source:
            message = unknown("a process in definitions/processes", name, self.files.processes, "Processes")
            return self._problem(self._extends, "PD030", message)
        broken = here if base is None else base
        if base is None or not isinstance(base.root, Entries):
            return self._problem(self._extends, "PD101", has_errors(broken.file))
        return None

    def _groups(self, layers: list[Entries]) -> Mapping[str, _Group] | None:
        """Each group that is used, by name; None when one of them cannot be had."""
        used = Entries((), START)
        for layer in reversed(layers):
            used = overlay(entries_of(layer.get("groups")), used)
        groups: dict[str, _Group] = {}
        for key, use in used.pairs:
            mark = self.inherited.get(key.mark.file, key.mark)
            group = self.files.groups.get(key.value)
            if group is None or not isinstance(group.root, Entries):
                missing = unknown("a group in definitions/groups", key.value, self.files.groups, "Groups")
                code, message = ("PD030", missing) if group is None else ("PD101", has_errors(group.file))
                self.problems.append(self._problem(mark, code, message))
                return None
            self.inherited.setdefault(group.file, mark)
            used_as = entries_of(use)
            groups[key.value] = _Group(
                self.files.inherited(group.root, group.file), used_as.get("after"), used_as.get("stage")
            )
        self.problems += self._name_clashes(groups)
        return groups

    def _name_clashes(self, groups: Mapping[str, _Group]) -> Iterator[Problem]:
        known: dict[tuple[str, str], str] = {}
        for name, group in groups.items():
            for section in OF_GROUPS:
                for key in entries_of(group.root.get(section)).names:
                    if (section, key) in known:
                        message = (
                            f'The groups "{known[section, key]}" and "{name}" both have a {SECTIONS[section]} "{key}".'
                        )
                        yield self._problem(self.source.key_mark(("groups", name)), "PD024", message)
                    known.setdefault((section, key), name)

    def _problem(self, mark: Mark, code: str, message: str) -> Problem:
        return self.source.problem(mark, code, message)


def has_errors(file: str) -> str:
    return f"What stands here is taken from {file}, which has errors of its own. Put them right there first."


@dataclass(frozen=True, slots=True)
class _Group:
    root: Entries
    after: Node | None
    stage: Node | None = None

    @property
    def steps(self) -> tuple[str, ...]:
        return entries_of(self.root.get("steps")).names


def _sections_of(groups: Iterable[_Group], mark: Mark) -> Entries:
    """What the groups bring, section by section."""
    sections: list[tuple[Text, Node]] = []
    for section in OF_GROUPS:
        pairs = [pair for group in groups for pair in entries_of(group.root.get(section)).pairs]
        if pairs:
            sections.append((Text(section, mark), Entries(tuple(pairs), pairs[0][0].mark)))
    return Entries(tuple(sections), mark)


def _in_order(process: Entries, first: list[str]) -> Entries:
    """The process with its own steps before those of its groups."""
    steps = process.get("steps")
    if not isinstance(steps, Entries):
        return process
    place = {name: number for number, name in enumerate(dict.fromkeys(first))}
    pairs = sorted(steps.pairs, key=lambda pair: place.get(pair[0].value, len(place)))
    return process.with_value("steps", Entries(tuple(pairs), steps.mark))


def _placed(steps: Entries) -> list[str]:
    """The steps that a file gives a place; one that it only puts into a stage keeps the place that it has."""
    return [key.value for key, step in steps.pairs if not isinstance(step, Entries) or step.names != ("stage",)]


def _joined(process: Entries, groups: Mapping[str, _Group]) -> Entries:
    """A group's first steps wait for what its `after` names; what waits for the group waits for its last steps."""
    steps = process.get("steps")
    if not groups or not isinstance(steps, Entries):
        return process
    ends = {name: _last(steps, group) for name, group in groups.items() if name not in steps.names}
    follows = {step: group.after for group in groups.values() for step in group.steps if group.after is not None}
    stages = {step: group.stage for group in groups.values() for step in group.steps if group.stage is not None}
    pairs = tuple(
        (key, _in_stage(_waiting(step, follows.get(key.value), ends), stages.get(key.value)))
        for key, step in steps.pairs
    )
    return process.with_value("steps", Entries(pairs, steps.mark))


def _in_stage(step: Node, stage: Node | None) -> Node:
    """A step of a group, in the stage that the process has the group in unless it names its own."""
    if stage is None or not isinstance(step, Entries) or "stage" in step.names:
        return step
    return step.with_value("stage", stage)


def _last(steps: Entries, group: _Group) -> list[str]:
    """The steps of a group that no other step of it waits for."""
    own = {name: entries_of(steps.get(name)) for name in group.steps if name in steps.names}
    waited_for = {text.value for step in own.values() if (after := step.get("after")) for text in texts_of(after)}
    return [name for name in own if name not in waited_for]


def _waiting(step: Node, follows: Node | None, ends: Mapping[str, list[str]]) -> Node:
    if not isinstance(step, Entries):
        return step
    after = step.get("after") or follows
    if after is None:
        return step
    names = [(text, ends.get(text.value, [text.value])) for text in texts_of(after)]
    texts = [replace(text, value=step_name) for text, step_names in names for step_name in step_names]
    changed = isinstance(after, Items) or len(texts) != 1
    return step.with_value("after", Items(tuple(texts), after.mark) if changed else texts[0])


def _from(node: Entries, file: str) -> Entries:
    """The same tree, whose every value knows that it stands in another file."""
    return Entries(
        tuple((_text(key, file), _marked(value, file)) for key, value in node.pairs), _mark_in(node.mark, file)
    )


def _marked(node: Node, file: str) -> Node:
    match node:
        case Entries():
            return _from(node, file)
        case Items(nodes):
            return Items(tuple(_marked(item, file) for item in nodes), _mark_in(node.mark, file))
        case Text():
            return _text(node, file)


def _text(text: Text, file: str) -> Text:
    return Text(text.value, _mark_in(text.mark, file), text.block)


def _mark_in(mark: Mark, file: str) -> Mark:
    return Mark(mark.line, mark.column, mark.length, file)


def _name(source: Source, kind: str) -> str:
    node = source.node((kind,))
    return node.value if isinstance(node, Text) else "-"
