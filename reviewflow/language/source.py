"""YAML text to a tree whose every value knows where it was written.

The only module that imports yaml. Events are screened before anything is built: no tags, anchors, aliases,
merge keys or second documents; limits on size, depth and number of values. Scalars stay text: a field gives
them their type (`NO`, `on`, `9:00` and `3.10` are what the officer typed).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from reviewflow.language.problem import START, Mark, Problem, Severity, excerpt

MAX_BYTES = 512_000
MAX_DEPTH = 20
MAX_VALUES = 60_000

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Text:
    value: str
    mark: Mark
    block: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    nodes: tuple[Node, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Entries:
    pairs: tuple[tuple[Text, Node], ...]
    mark: Mark


Node = Text | Items | Entries


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read: its tree (None when it cannot be read as YAML) and what was wrong with its text."""

    file: str
    lines: tuple[str, ...]
    root: Node | None
    problems: tuple[Problem, ...]

    def problem(self, mark: Mark, code: str, message: str, severity: Severity = Severity.ERROR) -> Problem:
        return Problem(self.file, mark, code, message, severity, excerpt(self.lines, mark))

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
                    found = [(k.mark, value) for k, value in pairs if k.value == part]
                case Items(nodes) if isinstance(part, int) and part < len(nodes):
                    found = [(nodes[part].mark, nodes[part])]
                case _:
                    found = []
            if found:
                key, node = found[-1]
        return key, START if node is None else (key if isinstance(node, Entries) and path else node.mark)


def plain(node: Node) -> object:
    """The tree as text, lists and mappings."""
    match node:
        case Text(value):
            return value
        case Items(nodes):
            return [plain(each) for each in nodes]
        case Entries(pairs):
            return {key.value: plain(value) for key, value in pairs}


def read_source(file: str, data: bytes) -> Source:
    """Read one YAML file; never raises for what is in it."""
    if len(data) > MAX_BYTES:
        return _unreadable(file, (), "PD001", f"This file has {len(data):,} bytes; at most {MAX_BYTES:,} are read.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return _unreadable(
            file,
            (),
            "PD001",
            f"Line {line} is not UTF-8 text. Save the file as UTF-8 and try again.",
            Mark(line, 1),
        )
    lines = tuple(text.splitlines())
    draft = Source(file, lines, None, ())
    found = list(_hidden_characters(draft))
    if any(problem.severity is Severity.ERROR for problem in found):
        return Source(file, lines, None, tuple(found))
    return _build(draft, text)


def _unreadable(file: str, lines: tuple[str, ...], code: str, message: str, mark: Mark = START) -> Source:
    return Source(file, lines, None, (Problem(file, mark, code, message, excerpt=excerpt(lines, mark)),))


_INVISIBLE = {
    "\u00a0": "a non-breaking space",
    "\u200b": "an invisible (zero-width) space",
    "\u200c": "an invisible character",
    "\u200d": "an invisible character",
    "\u2060": "an invisible character",
    "\ufeff": "an invisible character",
    "\u2028": "an invisible line break",
    "\u2029": "an invisible line break",
    **{
        chr(code): "a character that changes the direction of text"
        for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
    },
}
_CURLY_QUOTING = re.compile(r"(?:^|:\s+|-\s+|\[\s*|,\s*)([\u201c\u201d\u2018\u2019\u201e])")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def _hidden_characters(source: Source) -> Iterator[Problem]:
    for number, line in enumerate(source.lines, start=1):
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if "\t" in indent and line.strip():
            mark = Mark(number, indent.index("\t") + 1)
            yield source.problem(mark, "PD002", f"Line {number} starts with a Tab. Use spaces (two per level).")
        for column, character in enumerate(line, start=1):
            if character in _INVISIBLE:
                yield source.problem(
                    Mark(number, column),
                    "PD003",
                    f"This line contains {_INVISIBLE[character]} at column {column} (often from Word). Retype it.",
                )
        if control := _CONTROL.search(line):
            yield source.problem(
                Mark(number, control.start() + 1),
                "PD003",
                "This line contains a character that is not text. Retype it.",
            )
        if (curly := _CURLY_QUOTING.search(line)) and not line.lstrip().startswith("#"):
            yield source.problem(
                Mark(number, curly.start(1) + 1),
                "PD003",
                'Text is quoted with curly quotes here (often from Word). Retype them as straight quotes: "..."',
            )


@dataclass(slots=True)
class _Open:
    """A list or mapping that is still being read."""

    mark: Mark
    mapping: bool
    nodes: list[Node] = field(default_factory=list)
    pairs: list[tuple[Text, Node]] = field(default_factory=list)
    key: Text | None = None

    def add(self, node: Node) -> None:
        if not self.mapping:
            self.nodes.append(node)
        elif self.key is None:
            self.key = node if isinstance(node, Text) else Text("", node.mark)
        else:
            self.pairs.append((self.key, node))
            self.key = None

    def close(self) -> Node:
        if self.mapping:
            return Entries(tuple(self.pairs), self.mark)
        return Items(tuple(self.nodes), self.mark)


class _Refused(Exception):
    def __init__(self, mark: Mark, code: str, message: str) -> None:
        self.mark, self.code, self.message = mark, code, message
        super().__init__(message)


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _build(source: Source, text: str) -> Source:
    problems: list[Problem] = []
    try:
        root = _tree(source, text, problems)
    except _Refused as refused:
        problems.append(source.problem(refused.mark, refused.code, refused.message))
        root = None
    except yaml.MarkedYAMLError as error:
        problems.append(_syntax_problem(source, error))
        root = None
    except yaml.YAMLError:
        problems.append(source.problem(START, "PD004", "This file is not YAML that can be read."))
        root = None
    else:
        if root is None:
            problems.append(source.problem(START, "PD001", "This file is empty."))
    return Source(source.file, source.lines, root, tuple(problems))


def _tree(source: Source, text: str, problems: list[Problem]) -> Node | None:
    root: Node | None = None
    stack: list[_Open] = []
    for count, event in enumerate(yaml.parse(text, Loader=_LOADER)):
        mark = _mark(event)
        _screen(event, mark, count, len(stack), seen_document=root is not None)
        done: Node | None = None
        match event:
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                stack.append(_Open(mark, mapping=isinstance(event, yaml.MappingStartEvent)))
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                done = stack.pop().close()
                if isinstance(done, Entries):
                    problems += _pair_problems(source, done)
            case yaml.ScalarEvent():
                done = Text(event.value, mark, block=event.style in {"|", ">"})
                if not event.value and event.style is None:
                    problems += _empty(source, stack, mark)
        if done is not None and stack:
            stack[-1].add(done)
        elif done is not None:
            root = done
    return root


def _mark(event: yaml.Event) -> Mark:
    start, end = event.start_mark, event.end_mark
    if start is None or end is None:
        return START
    length = end.column - start.column if end.line == start.line else 1
    return Mark(start.line + 1, start.column + 1, max(1, length))


def _screen(event: yaml.Event, mark: Mark, count: int, depth: int, *, seen_document: bool) -> None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise _Refused(
            mark,
            "PD005",
            "Text beginning with & or * is a YAML anchor, which is not used here. Put quotes round the text, "
            "or write the value out.",
        )
    if getattr(event, "tag", None):
        raise _Refused(mark, "PD005", "Tags (words beginning with !) are not allowed. Put quotes round the text.")
    if isinstance(event, yaml.DocumentStartEvent) and seen_document:
        raise _Refused(mark, "PD005", "A second document begins here (---). Keep one definition in a file.")
    if depth > MAX_DEPTH:
        raise _Refused(mark, "PD008", f"Values are nested more than {MAX_DEPTH} deep here.")
    if count > MAX_VALUES:
        raise _Refused(mark, "PD008", f"This file has more than {MAX_VALUES:,} values. Split it.")


def _empty(source: Source, stack: list[_Open], mark: Mark) -> list[Problem]:
    if stack and stack[-1].mapping and stack[-1].key is not None:
        key = stack[-1].key
        return [
            source.problem(
                key.mark,
                "PD007",
                f'"{key.value}" has nothing after the colon. Write a value, or take the line out.',
            )
        ]
    return [source.problem(mark, "PD007", "There is nothing here. Write a value, or take the line out.")]


def _pair_problems(source: Source, entries: Entries) -> list[Problem]:
    first: dict[str, Mark] = {}
    problems = []
    for key, _ in entries.pairs:
        if key.value == "<<":
            message = "Merge keys (<<) are not allowed. Write the values out."
            problems.append(source.problem(key.mark, "PD005", message))
        elif key.value in first:
            lines = f"lines {first[key.value].line} and {key.mark.line}"
            problems.append(source.problem(key.mark, "PD006", f'"{key.value}" is given twice, on {lines}. Keep one.'))
        first.setdefault(key.value, key.mark)
    return problems


def _syntax_problem(source: Source, error: yaml.MarkedYAMLError) -> Problem:
    place = error.problem_mark or error.context_mark
    mark = START if place is None else Mark(min(place.line + 1, max(1, len(source.lines))), place.column + 1)
    line = source.lines[mark.line - 1] if source.lines else ""
    return source.problem(mark, "PD004", _in_office_words(error, line, mark))


def _in_office_words(error: yaml.MarkedYAMLError, line: str, mark: Mark) -> str:
    said = f"{error.context or ''} {error.problem or ''}"
    if "mapping values are not allowed" in said:
        key, _, rest = line.strip().partition(": ")
        return f'There is a second colon on this line. Put quotes round the text: {key}: "{rest}".'
    if (
        "cannot start any token" in said
        or "did not find expected alphabetic" in said
        or "while scanning a directive" in said
    ):
        return "Text beginning with this character needs quotes."
    if "did not find expected '-' indicator" in said or "did not find expected key" in said:
        return _indentation(line, error)
    if "could not find expected ':'" in said:
        return "A colon is missing: after a name comes a colon and a space, then its value."
    if "quoted scalar" in said:
        opened = error.context_mark.line + 1 if error.context_mark else mark.line
        return f"The quotation mark opened on line {opened} is never closed."
    if "flow" in said:
        return "A bracket that was opened here is not closed, or a comma is missing between two values."
    if "block" in said and "indicator" in said:
        return "Lists and names are mixed here: indent this line to where it belongs."
    return f"This line cannot be read as YAML ({error.problem}). Look at the quotes, colons and indentation."


def _indentation(line: str, error: yaml.MarkedYAMLError) -> str:
    here = len(line) - len(line.lstrip(" "))
    above = error.context_mark.column if error.context_mark else 0
    if here == above:
        return "This line does not fit what stands above it. Look for a missing colon, quote or dash."
    return f"This line is indented by {here} spaces; what it belongs to is at {above}."
