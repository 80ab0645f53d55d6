"""Due rules: 7 working days after notified, on panel_meeting.held_on, the earlier of 20 days after received and ..."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from reviewflow.calendar import Span
from reviewflow.language.phrases.days import parse_day
from reviewflow.language.phrases.error import PhraseError
from reviewflow.language.phrases.spans import is_span, parse_span

NAME = r"[a-z][a-z0-9_]*"
"""The pattern of a name that may stand in a phrase."""
_ANCHOR = re.compile(rf"({NAME})(?:\.({NAME}))?")


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a due date counts from: a date, a step, a limit, a field of a step's form, or a fixed day."""

    name: str
    field: str | None = None
    day: date | None = None

    def __str__(self) -> str:
        if self.day is not None:
            return self.day.isoformat()
        return f"{self.name}.{self.field}" if self.field else self.name


def parse_anchor(text: str) -> Anchor:
    """'notified', 'panel_meeting.held_on' or '2026-12-18' -> Anchor; raises PhraseError PD015 or PD020."""
    stripped = text.strip()
    if re.match(r"\d", stripped):
        return Anchor("", day=parse_day(stripped))
    match = _ANCHOR.fullmatch(stripped)
    if not match:
        raise PhraseError(
            "PD020",
            f'"{text}" is not the name of a date, a step or a limit. Names look like: notified, agency_return.',
        )
    return Anchor(match[1], match[2])


@dataclass(frozen=True, slots=True)
class Due:
    """'7 working days before publication', or 'on panel_meeting.held_on' (no span)."""

    span: Span | None
    before: bool
    anchor: Anchor

    def __str__(self) -> str:
        if self.span is None:
            return f"on {self.anchor}"
        return f"{self.span} {'before' if self.before else 'after'} {self.anchor}"

    @property
    def parts(self) -> tuple[Due, ...]:
        """Itself: the one rule of which it is made."""
        return (self,)


@dataclass(frozen=True, slots=True)
class OneOf:
    """The earlier, or the later, of the days of two or more rules, none of which counts hours."""

    later: bool
    parts: tuple[Due, ...]

    def __str__(self) -> str:
        parts = [str(part) if part.span else str(part.anchor) for part in self.parts]
        return f"{self.which} {', '.join(parts[:-1])} and {parts[-1]}"

    @property
    def which(self) -> str:
        """'the later of'."""
        return "the later of" if self.later else "the earlier of"


DayRule = Due | OneOf
"""What gives a day."""


_DUE = re.compile(r"(?P<span>.+?)\s+(?P<way>after|before)\s+(?P<anchor>\S+)")


_ONE_OF = re.compile(r"the (?P<which>earlier|later) of (?P<parts>.+)", re.IGNORECASE)
_LOOSELY = re.compile(r"\b(?:earlier|earliest|later|latest|sooner|soonest|last|first)\b", re.IGNORECASE)
_AND = re.compile(r",\s*and\s+|,\s*|\s+and\s+", re.IGNORECASE)


def parse_rule(text: str) -> DayRule:
    """A due rule, or the earlier or later of several; raises PhraseError PD015 or PD020 with the shapes it may have."""
    words = " ".join(text.split())
    match = _ONE_OF.fullmatch(words)
    if match and re.search(r"\sor\s", words, re.IGNORECASE):
        raise PhraseError("PD020", f'"{text}" is not a due date. Write "and" between the days, not "or". {_EITHER}')
    if match:
        return _one_of(match["which"].lower() == "later", _AND.split(match["parts"]), words)
    if _LOOSELY.search(words) and re.search(r" (?:of|or|and|whichever) ", words):
        raise PhraseError("PD020", f'"{text}" is not a due date. {_EITHER}')
    return parse_due(words)


_EITHER = (
    "Of two days or more, write: the earlier of 20 working days after received and 5 working days after charged, "
    "or: the later of ... and ..."
)


def _one_of(later: bool, texts: list[str], words: str) -> OneOf:  # noqa: FBT001 - read from the phrase
    if any(text.lower().startswith(("the earlier", "the later")) for text in texts):
        raise PhraseError("PD020", f'"{words}": one comparison cannot stand inside another. Plan a date by one.')
    parts = tuple(
        Due(None, before=False, anchor=parse_anchor(part)) if _bare(part) else parse_due(part) for part in texts
    )
    if len(parts) < 2 or len(set(parts)) < len(parts):  # noqa: PLR2004
        raise PhraseError("PD020", f'"{words}" needs two different days. {_EITHER}')
    return OneOf(later, parts)


def _bare(part: str) -> bool:
    """Whether a part only names what gives the day: charge.charged_on, 2026-12-18."""
    return " " not in part


def parse_due(text: str) -> Due:
    """A due rule; raises PhraseError PD015 or PD020 with the shapes it may have."""
    words = " ".join(text.split())
    if words.lower().startswith("on "):
        return Due(None, before=False, anchor=parse_anchor(words[3:]))
    match = _DUE.fullmatch(words)
    if (match and _ANCHOR.fullmatch(match["anchor"])) or (match and not _ANCHOR.fullmatch(_as_name(match["anchor"]))):
        return Due(parse_span(match["span"]), match["way"] == "before", parse_anchor(match["anchor"]))
    raise PhraseError("PD020", f'"{text}" is not a due date. {_correction(words)}')


_LEADING = re.compile(r"(?:within|no later than|not later than|at most|by)\s+", re.IGNORECASE)
_LOOSE = re.compile(
    r"(?P<span>.+?)\s+(?P<way>after|before|from|of|since|following)\s+(?:the\s+)?(?P<anchor>\S.*)", re.IGNORECASE
)


def _correction(words: str) -> str:
    """What to write instead: the same in the language's words where that is clear, else the shapes there are."""
    plain = _LEADING.sub("", words, count=1)
    loose = _LOOSE.fullmatch(plain)
    span, anchor = (loose["span"], loose["anchor"]) if loose else (plain, "")
    name = _as_name(anchor)
    if not is_span(span) or (anchor and not _ANCHOR.fullmatch(name)):
        return (
            "Write it as: 7 working days after notified, 2 weeks before publication, "
            "on panel_meeting.held_on, or: on 2026-12-18."
        )
    if loose is None:
        return f"It does not say after or before what. Write: {span} after notified (a date, a limit or a step)."
    return f"Write: {span} {'before' if loose['way'].lower() == 'before' else 'after'} {name}."


def _as_name(anchor: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "_", anchor.lower()).strip("_.")
