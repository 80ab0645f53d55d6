"""Text that YAML cuts off: after a space and # it reads nothing more of the line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewflow.language.folder.library import Library
from reviewflow.language.problem import Problem, Severity
from reviewflow.language.reading.source import Source
from reviewflow.language.reading.syntax import quoted
from reviewflow.language.reading.tree import Text, entries_below, texts_of

_CUT = re.compile(r"\s+#(?=[^\s#])")  # a remark has a space after its #


def check_library(library: Library) -> Iterator[Problem]:
    shelves = (library.processes, library.forms, library.messages, library.groups, library.tables, library.documents)
    sources = [loaded.source for shelf in shelves for loaded in shelf.values()]
    sources += [loaded.source for loaded in (library.ladders, library.partnership) if loaded]
    for source in sources:
        if any(_CUT.search(line) for line in source.lines if "#" in line):
            yield from _cuts(source)


def _cuts(source: Source) -> Iterator[Problem]:
    for _, value in entries_below(source.root):
        for text in texts_of(value):
            if not text.block and not text.mark.file:
                yield from _cut(source, text)


def _cut(source: Source, text: Text) -> Iterator[Problem]:
    mark = text.mark
    rest = source.lines[mark.line - 1][mark.column - 1 :]
    after = rest[mark.length :]
    if rest[:1] in {'"', "'"} or not _CUT.match(after):
        return
    message = (
        f"What stands after the # is left out: YAML takes it for a remark. If it belongs to the text, write: "
        f"{quoted(rest.strip())}\nA remark has a space after its #."
    )
    yield source.problem(mark, "PD340", message, Severity.WARNING)
