"""What the parser of YAML complains about, in the words of an office and at the line that is at fault."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reviewflow.language.problem import Mark
from reviewflow.text import listing


@dataclass(frozen=True, slots=True)
class Complaint:
    """The parser's own words, where it noticed, and where what it was reading began."""

    words: str
    mark: Mark
    began: Mark


def in_office_words(lines: Sequence[str], complaint: Complaint) -> tuple[Mark, str]:
    """Where the mistake is, and what to do about it."""
    words, mark = complaint.words, complaint.mark
    line = _line(lines, mark.line)
    if "mapping values are not allowed" in words:
        return _colon(lines, mark)
    if "cannot start any token" in words or "did not find expected alphabetic" in words or "a directive" in words:
        return _needs_quotes(line, mark)
    if "escape" in words:
        message = "Between double quotes a backslash begins a code. Use single quotes for this text: '...'"
        return mark, message
    if "quoted scalar" in words:
        return complaint.began, "This quotation mark is never closed. Close it, or take it out."
    if "could not find expected ':'" in words:
        return _missing_colon(lines, _at_fault(lines, mark.line))
    if "a flow" in words:
        return mark if mark.line == complaint.began.line else complaint.began, _bracket(lines, complaint)
    if after := _after_closing(line, mark.column):
        return mark, after
    if "'-' indicator" in words and _indent(line) == complaint.began.column - 1:
        return (
            mark,
            "The lines above begin with a dash, this one does not. A list has a dash on each line; names have none.",
        )
    if "block" in words:
        return mark, _indentation(lines, mark)
    return mark, "This line cannot be read. Look at the quotes, colons, brackets and indentation here and just above."


_COLON_MISSING = "A colon is missing on this line: after a name comes a colon and a space, then its value."


def _at_fault(lines: Sequence[str], number: int) -> int:
    """The line without a colon: the one where the parser gave up, or the one above when that one is in order."""
    above = _above(lines, number)
    here_is_well, above_is_well = (bool(_KEY.search(_line(lines, n))) for n in (number, above))
    return above if here_is_well and not above_is_well else number


def _missing_colon(lines: Sequence[str], number: int) -> tuple[Mark, str]:
    """A name without a colon after it, or without a space after its colon."""
    close = re.fullmatch(r"\s*(?:- )?(\w+):(\S.*)", _line(lines, number))
    said = f"A space is missing after the colon. Write: {close[1]}: {close[2]}" if close else _COLON_MISSING
    return _first_word(lines, Mark(number, 1)), said


_KEY = re.compile(r":(\s|$)")


def needs_quotes(line: str, column: int) -> str:
    """For text that begins with a character to which YAML gives a meaning of its own."""
    text = re.split(r"[,}\]]" if re.search(r"[{\[]", line[: column - 1]) else r"\s#", line[column - 1 :])[0].strip()
    return f"Text that begins with {line[column - 1 : column]} needs quotes: {quoted(text)}"


def quoted(text: str) -> str:
    """The text as it can be written in YAML, whatever stands in it."""
    return f'"{text}"' if not re.search(r'["\\]', text) else "'" + text.replace("'", "''") + "'"


def _needs_quotes(line: str, mark: Mark) -> tuple[Mark, str]:
    """The text that YAML gave up on, from its first character: what it noticed may be in the middle of it."""
    begun = [match.end() for match in re.finditer(r"(?:^\s*|[:,\[{]\s+|- +)(?=[*&!%@`])", line[: mark.column])]
    column = begun[-1] + 1 if begun else mark.column
    return Mark(mark.line, column), needs_quotes(line, column)


def _colon(lines: Sequence[str], mark: Mark) -> tuple[Mark, str]:
    """A colon where none can be: a second one on the line, or one missing or a wrong indentation just before."""
    line, above = _line(lines, mark.line), _above(lines, mark.line)
    before = _line(lines, above)
    if re.search(r":\s", line[: mark.column - 1]):
        key, _, rest = line.strip().partition(": ")
        message = f"There is a second colon on this line. Put quotes round the text: {key}: {quoted(rest.strip())}"
        return mark, message
    if not _KEY.search(before):
        return _missing_colon(lines, above)
    message = (
        f"This line is indented by {_spaces(_indent(line))}, but line {above} has its value already. "
        f"Indent it by {_spaces(_indent(before))}, like line {above}."
    )
    return _first_word(lines, mark), message


def _bracket(lines: Sequence[str], complaint: Complaint) -> str:
    opened = _line(lines, complaint.began.line)[complaint.began.column - 1 : complaint.began.column]
    closed = {"[": "]", "{": "}"}.get(opened, opened)
    return (
        f"The {opened} on line {complaint.began.line} is not closed with {closed}, or a comma is missing between two "
        "values.\nText that has a colon, a comma or a bracket in it needs quotes here."
    )


def _after_closing(line: str, column: int) -> str:
    before, after = line[: column - 1].rstrip(), line[column - 1 :].strip()
    if not before or not after or before[-1] not in "\"']}":
        return ""
    key, colon, value = line.strip().partition(": ")
    if not colon or not value or value[0] not in "\"'[{":
        return ""
    whole = value.strip()
    if value[0] in "\"'":
        whole = whole[1:-1] if whole[-1] == value[0] else whole.replace(value[0], "")
    opened = "quotation mark" if value[0] in "\"'" else "bracket"
    return f"The text goes on after the closing {opened}. Put quotes round all of it: {key}: {quoted(whole)}"


def _indentation(lines: Sequence[str], mark: Mark) -> str:
    here = _indent(_line(lines, mark.line))
    fitting = _open_indents(lines, mark.line)
    if here in fitting:
        return "This line does not fit what stands above it. Look for a missing colon, quote or dash there."
    places = listing([str(indent) for indent in fitting], last="or") if fitting else "0"
    return f"This line is indented by {_spaces(here)}; to fit the lines above it must be indented by {places}."


def _open_indents(lines: Sequence[str], number: int) -> list[int]:
    """The indentations at which the lines above could be continued, deepest first."""
    indents: list[int] = []
    for line in reversed(lines[: number - 1]):
        indent = _indent(line)
        if line.strip() and not line.lstrip().startswith("#") and (not indents or indent < indents[-1]):
            indents.append(indent)
    return indents


def _above(lines: Sequence[str], number: int) -> int:
    """The number of the nearest line above that says something."""
    numbers = (n for n in range(number - 1, 0, -1) if _line(lines, n).strip() and _line(lines, n).lstrip()[0] != "#")
    return next(numbers, 1)


def _first_word(lines: Sequence[str], mark: Mark) -> Mark:
    line = _line(lines, mark.line)
    return Mark(mark.line, _indent(line) + 1, max(1, len(line.strip())))


def _line(lines: Sequence[str], number: int) -> str:
    return lines[number - 1] if 1 <= number <= len(lines) else ""


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _spaces(number: int) -> str:
    return f"{number} space{'' if number == 1 else 's'}"
