"""Single cells of what was handed in, as days, times, words and answers. What cannot be read is said in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from itertools import zip_longest

from reviewflow.errors import ReviewflowError
from reviewflow.language.phrases import PhraseError, parse_clock, parse_day
from reviewflow.service.handed_in.spreadsheet_file import Formula

SHOWN = 20
"""Letters of a cell that are shown where it is wrong; the rest may name somebody."""


class NotUnderstood(ReviewflowError):
    """What is wrong with a cell, as a sentence."""


def words_in(value: object) -> str:
    """A cell as text; raises NotUnderstood for a formula or a list."""
    match value:
        case None:
            return ""
        case Formula():
            raise NotUnderstood("a formula stands here. Paste its value in its place.")
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return value.isoformat(" ", "minutes") if value.time() != time() else value.date().isoformat()
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case bool():
            return "yes" if value else "no"
        case list() | dict():
            raise NotUnderstood("one value is expected here, not several.")
        case _:
            return str(value).strip()


def day_in(value: object) -> date | None:
    """A day, without the time that may stand behind it; None for an empty cell. Raises NotUnderstood."""
    return moment_in(value)[0]


def moment_in(value: object) -> tuple[date | None, time | None]:
    """A day, and the time of day where one is given; raises NotUnderstood."""
    if isinstance(value, datetime):
        clock = value.time().replace(second=0, microsecond=0)
        return value.date(), clock if clock != time() else None
    text = words_in(value)
    if not text:
        return None, None
    day, _, clock_text = text.replace("T", " ").partition(" ")
    try:
        return parse_day(day), parse_clock(clock_text.strip()) if clock_text.strip() else None
    except PhraseError as error:
        raise NotUnderstood(f"{error} A day is written 2026-05-05, with a time 2026-05-05 14:30.") from None


def clock_in(value: object) -> time | None:
    """A time of day; raises NotUnderstood."""
    if isinstance(value, time):
        return value
    text = words_in(value)
    try:
        return parse_clock(text) if text else None
    except PhraseError as error:
        raise NotUnderstood(f"{error} A time is written 14:30.") from None


def several_in(value: object) -> list[str]:
    """Names with commas or semicolons between them, or a list of them; raises NotUnderstood."""
    if isinstance(value, list):
        return [words_in(entry) for entry in value]
    return [part.strip() for part in re.split(r"[,;\n]", words_in(value)) if part.strip()]


def answers_in(value: object, questions: Iterable[str]) -> Mapping[str, object]:
    """Answers by question: as they are, or taken from 'kind=summary; approved=yes', a question a line where wished.

    Raises NotUnderstood for words before the first question, and for a question that is answered twice.
    """
    if isinstance(value, Mapping):
        return dict(value)
    text = words_in(value)
    known = "|".join(sorted(map(re.escape, questions), key=len, reverse=True)) or r"\w+"
    starts = list(re.finditer(rf"(?:^|[;\n])\s*({known}|\w+)\s*=", text))
    if text and (not starts or text[: starts[0].start()].strip()):
        raise NotUnderstood(f"answers are written question=answer, with ; between them. Found: {_short(text)}")
    answers: dict[str, object] = {}
    for start, following in zip_longest(starts, starts[1:]):
        name = start.group(1)
        if name in answers:
            raise NotUnderstood(f'"{name}" is answered twice.')
        answers[name] = text[start.end() : following.start() if following else None].strip()
    return answers


def _short(text: str) -> str:
    first = text.splitlines()[0]
    return f'"{first[:SHOWN]}..."' if len(first) > SHOWN or "\n" in text else f'"{first}"'
