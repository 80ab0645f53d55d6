"""A file as it was read: what stands at each path, and the line and column of every key and value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reviewflow.language.problem import START, Mark, Problem, Severity, excerpt, shortened
from reviewflow.language.reading.tree import KEY, Entries, Items, Node, Path


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read: its tree (None when it cannot be read as YAML) and what was wrong with its text."""

    file: str
    lines: tuple[str, ...]
    root: Node | None
    problems: tuple[Problem, ...]
    inherited: Mapping[str, Mark] = field(default_factory=dict)
    """Where this file takes over what stands in another, by that file."""

    def problem(
        self, mark: Mark, code: str, message: str, severity: Severity = Severity.ERROR, about: Path = ()
    ) -> Problem:
        """What is wrong at a mark; of what another file brings, at the line that takes it over."""
        if mark.file:
            place = self.inherited[mark.file]
            taken_over = f"\nThis is taken over from {mark.file}, line {mark.line}."
            message = shortened(message if taken_over in message else f"{message}{taken_over}")
            return Problem(self.file, place, code, message, severity, excerpt(self.lines, place), mark, about)
        return Problem(self.file, mark, code, shortened(message), severity, excerpt(self.lines, mark), None, about)

    def value_problem(self, path: Path, code: str, message: str, severity: Severity = Severity.ERROR) -> Problem:
        """What is wrong with the value at a path."""
        return self.problem(self.value_mark(path), code, message, severity, path)

    def key_problem(self, path: Path, code: str, message: str, severity: Severity = Severity.ERROR) -> Problem:
        """What is wrong with the key at a path: that it stands here at all, or what is missing below it."""
        return self.problem(self.key_mark(path), code, message, severity, (*path, KEY))

    def node(self, path: Path) -> Node | None:
        """What stands at `path`; None when nothing does."""
        node = self.root
        for part in path:
            match node:
                case Entries():
                    node = node.get(str(part))
                case Items(nodes) if isinstance(part, int) and part < len(nodes):
                    node = nodes[part]
                case _:
                    return None
        return node

    def value_mark(self, path: Path) -> Mark:
        """Where the value at `path` stands; the nearest parent's place when there is no such value."""
        return self._walk(path)[1]

    def key_mark(self, path: Path) -> Mark:
        """Where the key at `path` stands: what an unknown or misplaced key is shown by."""
        return self._walk(path)[0]

    def _walk(self, path: Path) -> tuple[Mark, Mark]:
        node = self.root
        key = START if node is None else node.mark
        for part in path:
            match node:
                case Entries(pairs):
                    entries = [(k.mark, value) for k, value in pairs if k.value == part]
                case Items(nodes) if isinstance(part, int) and part < len(nodes):
                    entries = [(nodes[part].mark, nodes[part])]
                case _:
                    entries = []
            if entries:
                key, node = entries[-1]
        return key, START if node is None else (key if isinstance(node, Entries) and path else node.mark)
