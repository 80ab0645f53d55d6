"""Times of day: 09:30, and the quiet hours 18:00 to 08:00."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from reviewflow.language.phrases.error import PhraseError
from reviewflow.text import clock_words


def parse_clock(text: str) -> time:
    """'09:30' -> time, without seconds or zone; raises PhraseError PD020."""
    match = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", text.strip())
    if not match:
        raise PhraseError("PD020", f'"{text}" is not a time of day. Write it as 09:30.')
    return time(int(match[1]), int(match[2]))


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours in which only what is urgent goes out: from `begins` over midnight to `ends`."""

    begins: time
    ends: time

    def __str__(self) -> str:
        return f"{clock_words(self.begins)} to {clock_words(self.ends)}"


def parse_quiet(text: str) -> Quiet:
    """'18:00 to 08:00' -> Quiet; raises PhraseError PD020."""
    begins, to, ends = " ".join(text.split()).partition(" to ")
    quiet = Quiet(parse_clock(begins), parse_clock(ends)) if to else None
    if quiet is None or quiet.ends >= quiet.begins:
        raise PhraseError("PD020", f'"{text}" is not a night. Write when it begins and ends: 18:00 to 08:00.')
    return quiet
