"""How much of what could identify a child the screening sees, and how much of what could not it refuses."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.options import Options
from tests.benchmarks.report import Report, at_least, at_most
from tests.privacy.corpus import MUST_BE_SEEN, Sample, Score, by_kind, identifying, innocent, score

SEEN, REFUSED = 95, 2
"""Per cent."""


def measure(options: Options) -> Iterator[Report]:
    """One table for the texts that the rules were mended by, one for those that were put aside."""
    del options  # the texts are the same for a look and for a measurement
    yield _report("Screening, on texts that its rules were mended by", held_out=False)
    yield _report("Screening, on texts that were put aside when they were written", held_out=True)


def _report(title: str, *, held_out: bool) -> Report:
    people = [sample for sample in identifying() if sample.held_out is held_out]
    offices = score(sample for sample in innocent() if sample.held_out is held_out)
    must = score(sample for sample in people if sample.kind in MUST_BE_SEEN)
    precision = _precision(people, offices)
    rows = [*(_row(kind, kind_score) for kind, kind_score in by_kind(people)), _row("innocent", offices)]
    return Report(
        f"{title}: precision {precision:.1%}",
        ("kind", "texts", "refused", "share"),
        rows,
        [
            at_least("numbers, days of birth and postcodes seen", SEEN, must.share * 100, "%"),
            at_most("innocent texts refused", REFUSED, offices.share * 100, "%"),
        ],
    )


def _row(kind: str, found: Score) -> tuple[str, ...]:
    return kind, str(found.texts), str(found.seen), f"{found.share:.1%}"


def _precision(people: list[Sample], offices: Score) -> float:
    """Of all texts that were refused, how many are identifying."""
    seen = score(people).seen
    return seen / (seen + offices.seen)
