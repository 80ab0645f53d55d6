"""Characters that nobody can see, or that only look like those of YAML, as in text pasted from Word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

# The line breaks of other alphabets are refused as characters, so that everybody counts the same lines.
LINE_BREAK = re.compile(r"\r\n|\r|\n")
CURLY = "\u201c\u201d\u201e\u2018\u2019"
CURLY_QUOTES = (
    'Text is quoted with curly quotes here (often from Word). Retype them as straight quotes, or take them out: "..."'
)
_DIRECTION = dict.fromkeys(
    map(chr, (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))),
    "a character that changes the direction of text",
)
INVISIBLE = {
    "\u00a0": "a non-breaking space",
    "\u00ad": "an invisible hyphen",
    "\u200b": "an invisible (zero-width) space",
    "\u200c": "an invisible character",
    "\u200d": "an invisible character",
    "\u2060": "an invisible character",
    "\ufeff": "an invisible character",
    "\u0085": "an invisible line break",
    "\u2028": "an invisible line break",
    "\u2029": "an invisible line break",
    **_DIRECTION,
}
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_INVISIBLE_ONE = re.compile("[" + "".join(INVISIBLE) + "]")


def hidden_characters(lines: Sequence[str]) -> Iterator[tuple[int, int, str, str]]:
    """Line, column, code and message of each character that must be retyped."""
    for number, line in enumerate(lines, start=1):
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if "\t" in indent and line.strip():
            yield (
                number,
                indent.index("\t") + 1,
                "PD002",
                f"Line {number} starts with a Tab. Use spaces (two per level).",
            )
        if (match := _INVISIBLE_ONE.search(line)) and (match[0] in _DIRECTION or not line.lstrip().startswith("#")):
            what, column = INVISIBLE[match[0]], match.start() + 1
            yield number, column, "PD003", f"This line contains {what} at column {column} (often from Word). Retype it."
        if match := _NOT_TEXT.search(line):
            yield number, match.start() + 1, "PD003", "This line contains a character that is not text. Retype it."


def cleaned(text: str) -> str:
    """The text without hidden characters, so that what else is wrong with it can be reported too."""
    return _INVISIBLE_ONE.sub(lambda match: " " if match[0] in _SPACES else "", text)


_SPACES = {"\u00a0", "\u0085", "\u2028", "\u2029"}


def not_text(value: str) -> bool:
    """Whether a value holds, written as a code, what could not stand in the file itself."""
    return bool(_NOT_TEXT.search(value))


def visible(line: str) -> str:
    """The line with a mark in place of each hidden character, so that a caret stands right and no terminal obeys."""
    return _NOT_TEXT.sub("\ufffd", _INVISIBLE_ONE.sub("\u2423", line))
