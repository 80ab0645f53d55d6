"""Due rules: 7 working days after notified, on panel_meeting.held_on by 17:00, the earlier of ... and ..."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, time
from typing import TypeGuard

from reviewflow.calendar import Month, NamedDay, Span
from reviewflow.language.phrases.answered import AsMany, is_asked, parse_asked
from reviewflow.language.phrases.clocks import parse_clock
from reviewflow.language.phrases.days import parse_day
from reviewflow.language.phrases.error import PhraseError
from reviewflow.language.phrases.named_days import names_a_day, names_a_meeting, parse_meeting, parse_named_day
from reviewflow.language.phrases.spans import HOURS_OF_WORKING_DAYS, MEANS_WHICH_HOURS, is_span, parse_length
from reviewflow.text import clock_words

NAME = r"[a-z][a-z0-9_]*"
"""The pattern of a name that may stand in a phrase."""
THE_ENDING = "the ending"
"""What a day counts from that comes after an ending was taken: no name of a process is written so."""
TODAY = "today"
"""What a bound of a day counts from that is the day of the answer, where nothing else has that name."""
_ENDING = "the-ending"
_THE_ENDING = re.compile(r"\b(after|before|of|on) the (?:case's )?ending\b(?!\.)", re.IGNORECASE)
_ANCHOR = re.compile(rf"({NAME})(?:\.({NAME}))?|{_ENDING}")


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
    if stripped == _ENDING:
        return Anchor(THE_ENDING)
    if not match:
        raise PhraseError(
            "PD020",
            f'"{text}" is not the name of a date, a step or a limit. Names look like: notified, agency_return.',
        )
    return Anchor(match[1], match[2])


@dataclass(frozen=True, slots=True)
class Due:
    """'7 working days before publication', 'the first Wednesday after decision', or 'on plan.held_on' (no span)."""

    span: Span | NamedDay | AsMany | None
    before: bool
    anchor: Anchor
    by: time | None = None
    """The time of day, in London, by which it is due on that day; the end of the day where none is said."""

    def __str__(self) -> str:
        return f"{self.counted_from(str(self.anchor), str(self.span))}{by_words(self)}"

    def counted_from(self, anchor: str, answer: str = "") -> str:
        """'7 working days before ANCHOR', 'the last working day of the month of ANCHOR', 'on ANCHOR'; without a time.

        `answer` is what the answer is called that says how long.
        """
        way = "before" if self.before else "after"
        match self.span:
            case None:
                return f"on {anchor}"
            case AsMany(unit=unit):
                return f"as many {unit} {way} {anchor} as {answer} says"
            case NamedDay(month=Month.SAME):
                return f"{self.span} of {anchor}"
            case _:
                return f"{self.span} {way} {anchor}"

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """All that must be known before it gives a day: what it counts from, and the answer that says how long."""
        asked = (Anchor(self.span.step, self.span.field),) if isinstance(self.span, AsMany) else ()
        return (self.anchor, *asked)

    @property
    def parts(self) -> tuple[Due, ...]:
        """Itself: the one rule of which it is made."""
        return (self,)


@dataclass(frozen=True, slots=True)
class OneOf:
    """The earlier, or the later, of the days of two or more rules, none of which counts hours."""

    later: bool
    parts: tuple[Due, ...]
    by: time | None = None
    """The time of day by which it is due on the day that counts."""

    def __str__(self) -> str:
        parts = [str(part) if part.span else str(part.anchor) for part in self.parts]
        return f"{self.which} {', '.join(parts[:-1])} and {parts[-1]}{by_words(self)}"

    @property
    def which(self) -> str:
        """'the later of'."""
        return "the later of" if self.later else "the earlier of"


DayRule = Due | OneOf
"""What gives a day."""


def counts_hours(rule: DayRule | None) -> TypeGuard[Due]:
    """Whether it leads to a time of day: '4 hours after referral'. The earlier or later of several never does."""
    return isinstance(rule, Due) and isinstance(rule.span, Span) and rule.span.unit.by_the_clock


def by_words(rule: DayRule) -> str:
    """' by 17:00'; after several days ', by 17:00', for it holds of whichever counts. '' where no time is said."""
    if rule.by is None:
        return ""
    return f"{',' if isinstance(rule, OneOf) else ''} by {clock_words(rule.by)}"


_DUE = re.compile(r"(?P<span>.+?)\s+(?P<way>after|before)\s+(?P<anchor>\S+)")


_ONE_OF = re.compile(r"the (?P<which>earlier|later) of (?P<parts>.+)", re.IGNORECASE)
_LOOSELY = re.compile(r"\b(?:earlier|earliest|later|latest|sooner|soonest|last|first)\b", re.IGNORECASE)
_OF_HOURS = re.compile(r"\bhours? of working days\b", re.IGNORECASE)
_AND = re.compile(r",\s*and\s+|,\s*|\s+and\s+", re.IGNORECASE)


_SPOKEN = r"noon|midday|midnight|close|end|half|quarter|lunch|lunchtime|morning|afternoon|evening|\w+ o'?clock"
_BY = re.compile(rf"(?P<rule>.*?\S),?\s+by\s+(?P<clock>(?:\S*\d|(?:the )?(?:{_SPOKEN})\b).*)", re.IGNORECASE)


def parse_rule(text: str) -> DayRule:
    """A due rule, or the earlier or later of several; raises PhraseError PD015 or PD020 with the shapes it may have."""
    words = _THE_ENDING.sub(rf"\1 {_ENDING}", " ".join(text.split()))
    timed = _BY.fullmatch(words)
    if timed is None:
        return _parse_day(text, words)
    by = _parse_by(timed["clock"], words)
    rule = _parse_day(timed["rule"], timed["rule"])
    if counts_hours(rule):
        raise PhraseError(
            "PD020", f'"{_said(text)}": hours lead to a time of day already. Take "by {timed["clock"]}" out.'
        )
    return replace(rule, by=by)


def _parse_by(clock: str, words: str) -> time:
    if re.search(r",|\sand\s", clock, re.IGNORECASE):
        raise PhraseError("PD020", f'"{_said(words)}": the time of day stands once, and last, as in: {_TIMED}')
    return parse_clock(clock)


_TIMED = "1 working day after notified by 17:00"


def _said(words: str) -> str:
    """As it was written, where the ending stands as one word."""
    return words.replace(_ENDING, THE_ENDING)


def _parse_day(text: str, words: str) -> DayRule:
    match = _ONE_OF.fullmatch(words)
    if match and re.search(r"\sor\s", words, re.IGNORECASE):
        raise PhraseError(
            "PD020", f'"{_said(text)}" is not a due date. Write "and" between the days, not "or". {_EITHER}'
        )
    if match:
        return _one_of(match["which"].lower() == "later", _AND.split(match["parts"]), words)
    if (
        _LOOSELY.search(words)
        and not names_a_day(words)
        and not names_a_meeting(words)
        and re.search(r" (?:of|or|and|whichever) ", _OF_HOURS.sub("", words))
    ):
        raise PhraseError("PD020", f'"{_said(text)}" is not a due date. {_EITHER}')
    return parse_due(words)


_EITHER = (
    "Of two days or more, write: the earlier of 20 working days after received and 5 working days after charged, "
    "or: the later of ... and ..."
)


def _one_of(later: bool, texts: list[str], words: str) -> OneOf:  # noqa: FBT001 - read from the phrase
    if any(text.lower().startswith(("the earlier", "the later")) for text in texts):
        raise PhraseError("PD020", f'"{_said(words)}": one comparison cannot stand inside another. Plan a date by one.')
    parts = tuple(
        Due(None, before=False, anchor=parse_anchor(part)) if _bare(part) else parse_due(part) for part in texts
    )
    if len(parts) < 2 or len(set(parts)) < len(parts):  # noqa: PLR2004
        raise PhraseError("PD020", f'"{_said(words)}" needs two different days. {_EITHER}')
    return OneOf(later, parts)


def _bare(part: str) -> bool:
    """Whether a part only names what gives the day: charge.charged_on, 2026-12-18."""
    return " " not in part


def parse_due(text: str) -> Due:
    """A due rule; raises PhraseError PD015 or PD020 with the shapes it may have."""
    words = _THE_ENDING.sub(rf"\1 {_ENDING}", " ".join(text.split()))
    if MEANS_WHICH_HOURS.search(words):
        raise PhraseError("PD417", f'"{_said(text)}" could mean the hours of the office. {HOURS_OF_WORKING_DAYS}')
    if is_asked(words):
        asked = parse_asked(words)
        return Due(asked.length, asked.before, parse_anchor(asked.anchor))
    if names_a_meeting(words) or names_a_day(words):
        named = parse_meeting(words) if names_a_meeting(words) else parse_named_day(words)
        return Due(named.day, named.before, parse_anchor(named.anchor))
    if words.lower().startswith("on "):
        return Due(None, before=False, anchor=parse_anchor(words[3:]))
    match = _DUE.fullmatch(words)
    if (match and _ANCHOR.fullmatch(match["anchor"])) or (match and not _ANCHOR.fullmatch(_as_name(match["anchor"]))):
        return Due(parse_length(match["span"]), match["way"] == "before", parse_anchor(match["anchor"]))
    raise PhraseError("PD020", f'"{_said(text)}" is not a due date. {_correction(words)}')


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
