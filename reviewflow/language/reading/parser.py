"""YAML text to a tree whose every value knows where it was written.

The only module that reads YAML. Events are screened before anything is built: no tags, anchors, aliases,
merge keys or second documents; limits on size, depth and number of values. Scalars stay text: a field gives
them their type (`NO`, `on`, `9:00` and `3.10` are what the officer typed).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path

import yaml

from reviewflow.files import NotRead, TooLarge, bytes_of
from reviewflow.language.encoding import CURLY, CURLY_QUOTES, LINE_BREAK, cleaned, hidden_characters, not_text
from reviewflow.language.problem import MOST_PROBLEMS, START, Mark, Problem, excerpt
from reviewflow.language.reading.source import Source
from reviewflow.language.reading.syntax import Complaint, in_office_words, needs_quotes
from reviewflow.language.reading.tree import Entries, Items, Node, Text

MAX_BYTES = 512_000
MAX_DEPTH = 20
MAX_VALUES = 60_000
MOST_KEPT = 512
"""Files whose content is known, so that it need not be read again: twice as many as are shipped."""
_TOO_DEEP = f"Values are nested more than {MAX_DEPTH} deep here."


def read_file(path: Path, *, within: Path | None = None) -> bytes | NotRead:
    """The bytes of one YAML file, or why they are not read (see `bytes_of`)."""
    try:
        return bytes_of(path, MAX_BYTES, within=within)
    except NotRead as error:
        return error


def read_source(file: str, data: bytes | NotRead) -> Source:
    """Read one YAML file; never raises for what is in it."""
    if isinstance(data, NotRead):
        return _unreadable(file, (), "PD001" if isinstance(data, TooLarge) else "PD420", str(data))
    if len(data) > MAX_BYTES:
        return read_source(file, TooLarge(len(data), MAX_BYTES))
    read = _read(data)
    return Source(file, read.lines, read.root, tuple(replace(problem, file=file) for problem in read.problems))


@lru_cache(maxsize=MOST_KEPT)
def _read(data: bytes) -> Source:
    """What stands in a file that has no name. A folder is read anew as a whole when one of its files has changed."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_utf8(data, error.start)
    draft = Source("", tuple(LINE_BREAK.split(text)), None, ())
    hidden = tuple(
        draft.problem(Mark(line, column), code, message)
        for line, column, code, message in islice(hidden_characters(draft.lines), MOST_PROBLEMS)
    )
    if any(problem.code == "PD002" for problem in hidden) or not_text(text):
        return Source("", draft.lines, None, hidden)
    built = _build(draft, cleaned(text))
    if hidden and built.root is None:
        return Source("", draft.lines, None, hidden)
    return Source("", draft.lines, built.root, (*hidden, *built.problems))


def _not_utf8(data: bytes, start: int) -> Source:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        message = "This file is saved as UTF-16 (Windows calls that Unicode). Save it as UTF-8 and try again."
        return _unreadable("", (), "PD001", message)
    lines = tuple(LINE_BREAK.split(data.decode("utf-8", "replace")))
    before = LINE_BREAK.split(data[:start].decode("utf-8"))
    message = f"Line {len(before)} has a character that is not UTF-8. Save the file as UTF-8 and try again."
    return _unreadable("", lines, "PD001", message, Mark(len(before), len(before[-1]) + 1))


def _unreadable(file: str, lines: tuple[str, ...], code: str, message: str, mark: Mark = START) -> Source:
    return Source(file, lines, None, (Problem(file, mark, code, message, excerpt=excerpt(lines, mark)),))


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
            if not isinstance(node, Text):
                raise _Refused(node.mark, "PD004", "A name is expected here, before the colon; a list cannot be one.")
            self.key = node
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
        problem = _syntax_problem(source, error)
        same = [earlier for earlier in problems if earlier.mark.line == problem.mark.line]
        problems = [earlier for earlier in problems if earlier not in same]
        problems += [earlier for earlier in same if earlier.code == problem.code][:1] or [problem]
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
        line = source.lines[mark.line - 1] if mark.line <= len(source.lines) else ""
        _screen(event, mark, line, count, len(stack), seen_document=root is not None)
        done: Node | None = None
        match event:
            case yaml.ScalarEvent():
                done = Text(event.value, mark, block=event.style in {"|", ">"})
                if len(problems) < MOST_PROBLEMS:
                    problems += _value_problems(source, stack, done, plain=event.style in {None, ""})
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                stack.append(_Open(mark, mapping=isinstance(event, yaml.MappingStartEvent)))
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                done = stack.pop().close()
                problems += islice(_pair_problems(source, done), MOST_PROBLEMS)
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


def _screen(event: yaml.Event, mark: Mark, line: str, count: int, depth: int, *, seen_document: bool) -> None:
    special = isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None)
    if special:
        message = "YAML's anchors (&), aliases (*) and tags (!) are not used here."
        raise _Refused(mark, "PD005", f"{needs_quotes(line, mark.column)}\n{message}")
    if isinstance(event, yaml.DocumentStartEvent) and seen_document:
        raise _Refused(mark, "PD005", "A second document begins here (---). Keep one definition in a file.")
    if depth > MAX_DEPTH:
        raise _Refused(mark, "PD008", _TOO_DEEP)
    if count > MAX_VALUES:
        raise _Refused(mark, "PD008", f"This file has more than {MAX_VALUES:,} values. Split it.")


def _value_problems(source: Source, stack: list[_Open], text: Text, *, plain: bool) -> list[Problem]:
    key = stack[-1].key if stack and stack[-1].mapping else None
    if not text.value and plain and key is not None and _cut_at_a_comma(source, key):
        message = f'"{key.value}" stands alone, because in braces a comma ends what stands before it.'
        return [source.problem(key.mark, "PD007", f"{message}\nPut quotes around a text that has a comma.")]
    if not text.value and plain and key is not None:
        message = f'"{key.value}" has nothing after the colon. Write a value, or take the line out.'
        return [source.problem(key.mark, "PD007", message)]
    if not text.value.strip():
        return [source.problem(text.mark, "PD007", "There is nothing here. Write a value, or take the line out.")]
    if plain and text.value[0] in CURLY:
        return [source.problem(text.mark, "PD003", CURLY_QUOTES)]
    if not_text(text.value):
        return [source.problem(text.mark, "PD003", "This text contains a character that is not text. Retype it.")]
    return []


def _cut_at_a_comma(source: Source, key: Text) -> bool:
    """Whether a key is the rest of a text in braces, which has several words and stands behind a comma."""
    before = source.lines[key.mark.line - 1][: key.mark.column - 1]
    return " " in key.value and "{" in before and before.rstrip().endswith(",")


def _pair_problems(source: Source, node: Node) -> Iterator[Problem]:
    first: dict[str, Mark] = {}
    for key, _ in node.pairs if isinstance(node, Entries) else ():
        if key.value == "<<":
            raise _Refused(key.mark, "PD005", "Values cannot be merged in with << here. Write them out.")
        if key.value in first:
            lines = f"lines {first[key.value].line} and {key.mark.line}"
            yield source.problem(key.mark, "PD006", f'"{key.value}" is given twice, on {lines}. Keep one.')
        first.setdefault(key.value, key.mark)


def _syntax_problem(source: Source, error: yaml.MarkedYAMLError) -> Problem:
    mark = _place(source, error.problem_mark or error.context_mark)
    if "nesting depth" in (error.problem or ""):  # the parser's own limit (PyYAML 6.0.4), met as it reads ahead of us
        return source.problem(mark, "PD008", _TOO_DEEP)
    began = _place(source, error.context_mark) if error.context_mark else mark
    place, message = in_office_words(
        source.lines, Complaint(f"{error.context or ''} {error.problem or ''}", mark, began)
    )
    line = source.lines[place.line - 1] if source.lines else ""
    if any(character in line for character in CURLY):
        return source.problem(place, "PD003", CURLY_QUOTES)
    return source.problem(place, "PD004", message)


def _place(source: Source, mark: yaml.Mark | None) -> Mark:
    """Where an error is; at the end of the file the last line is shown."""
    if mark is None or not source.lines:
        return START
    number = min(mark.line + 1, len(source.lines))
    if number > 1 and not source.lines[number - 1]:
        return Mark(number - 1, len(source.lines[number - 2]) + 1)
    return Mark(number, min(mark.column, len(source.lines[number - 1])) + 1)
