"""The phrases of the language, a module a kind. Each parses from and prints as plain English."""

from __future__ import annotations

from reviewflow.language.phrases.amounts import (
    MEANS_AT_MOST,
    SUM_PATTERN,
    THE_SUM_OF,
    AtLeast,
    AtMost,
    Keep,
    Percentage,
    SumOf,
    Within,
    parse_at_least,
    parse_at_most,
    parse_keep,
    parse_share,
    parse_within,
    sum_of,
)
from reviewflow.language.phrases.answered import AsMany
from reviewflow.language.phrases.clocks import Quiet, parse_clock, parse_quiet
from reviewflow.language.phrases.comparisons import APART_PATTERN, OF_DAYS, Apart, HowFar, how_far
from reviewflow.language.phrases.days import parse_day, parse_days
from reviewflow.language.phrases.due import (
    THE_ENDING,
    TODAY,
    Anchor,
    DayRule,
    Due,
    OneOf,
    by_words,
    counts_hours,
    parse_anchor,
    parse_due,
    parse_rule,
)
from reviewflow.language.phrases.error import PhraseError
from reviewflow.language.phrases.field import phrase
from reviewflow.language.phrases.kinds import OneOfKind
from reviewflow.language.phrases.ladders import Again, Offset, parse_again, parse_offset
from reviewflow.language.phrases.quorums import Quorum, parse_quorum
from reviewflow.language.phrases.rhythms import Interval, Rhythm, parse_rhythm
from reviewflow.language.phrases.spans import after_due, parse_after_due, parse_span

__all__ = [
    "APART_PATTERN",
    "MEANS_AT_MOST",
    "OF_DAYS",
    "SUM_PATTERN",
    "THE_ENDING",
    "THE_SUM_OF",
    "TODAY",
    "Again",
    "Anchor",
    "Apart",
    "AsMany",
    "AtLeast",
    "AtMost",
    "DayRule",
    "Due",
    "HowFar",
    "Interval",
    "Keep",
    "Offset",
    "OneOf",
    "OneOfKind",
    "Percentage",
    "PhraseError",
    "Quiet",
    "Quorum",
    "Rhythm",
    "SumOf",
    "Within",
    "after_due",
    "by_words",
    "counts_hours",
    "how_far",
    "parse_after_due",
    "parse_again",
    "parse_anchor",
    "parse_at_least",
    "parse_at_most",
    "parse_clock",
    "parse_day",
    "parse_days",
    "parse_due",
    "parse_keep",
    "parse_offset",
    "parse_quiet",
    "parse_quorum",
    "parse_rhythm",
    "parse_rule",
    "parse_share",
    "parse_span",
    "parse_within",
    "phrase",
    "sum_of",
]
