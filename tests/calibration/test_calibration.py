"""What the forecast says at half time comes out often enough, in made-up years whose rates it does not know.

The aims are 60 % called on course or unlikely; of those on course 90 % met, of those unlikely at most 20 %, and 70 % of
those missed called unlikely or tight. The shares at which a word is said were chosen on 4,106 clocks (seeds 100 to 107,
700 to 705, 900 to 905 and 1000 to 1011, ten offices of sixteen cases): 60, 90, 19 and 79. Asked once of 1,557 others
(seeds 1100 to 1111), which nothing was chosen by: 65, 90, 14 and 75.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import sqrt

from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.forecast import Verdict, forecast
from reviewflow.case.rules.forecast.punctuality import Record
from tests.calibration.histories import NOON, Asked, calendars, clocks, plans

SEED, OFFICES, CASES = 6, 20, 16
"""A sample that is soon lived; `python -m tests.calibration` lives larger ones of other seeds."""
Outcomes = Counter[tuple[Verdict, bool]]


def told_by_past_cases(plan: Plan, clock: Asked) -> Plan:
    def usual() -> Mapping[str, float]:
        return clock.usual

    def punctuality() -> Mapping[str, Record]:
        return clock.past

    return replace(plan, past=usual, past_punctuality=punctuality)


def outcomes(asked: Iterable[Asked]) -> Outcomes:
    """How often each word was said, and the clock met or not."""
    said: Outcomes = Counter()
    for clock in asked:
        plan = told_by_past_cases(plans()[clock.process], clock)
        foreseen = forecast(plan, clock.case, clock.limit, clock.today, calendars(), clock=NOON)
        if foreseen is not None:
            said[foreseen.verdict, clock.met] += 1
    return said


def shares(said: Outcomes) -> dict[str, float]:
    """The four figures, each as a part of one; 1.0 or 0.0 where there is nothing of which it could be a part."""
    decided = sum(said[word, met] for word in (Verdict.ON_COURSE, Verdict.UNLIKELY) for met in (True, False))
    on_course, unlikely = (said[word, True] + said[word, False] for word in (Verdict.ON_COURSE, Verdict.UNLIKELY))
    missed = sum(number for (_, met), number in said.items() if not met)
    warned = said[Verdict.TIGHT, False] + said[Verdict.UNLIKELY, False]
    return {
        "called on course or unlikely": decided / said.total(),
        "of those on course, met": said[Verdict.ON_COURSE, True] / on_course if on_course else 1.0,
        "of those unlikely, met": said[Verdict.UNLIKELY, True] / unlikely if unlikely else 0.0,
        "of those missed, called unlikely or tight": warned / missed if missed else 1.0,
    }


def told(said: Outcomes) -> str:
    """The figures, a line each."""
    words = "; ".join(f"{word}: {said[word, True]} met, {said[word, False]} missed" for word in Verdict)
    return "\n".join(
        [f"{said.total()} clocks. {words}.", *(f"{what}: {part:.0%}" for what, part in shares(said).items())]
    )


def by_chance(share: float, number: int) -> float:
    """By how much a share may be another in a sample of so many than in all, by chance alone: two standard errors."""
    return 2 * sqrt(share * (1 - share) / number) if number else 1.0


def test_what_is_said_at_half_time_comes_out() -> None:
    """The aims, but for what chance makes of so few; `python -m tests.calibration` lives more."""
    said = outcomes(clocks(SEED, OFFICES, CASES))
    print(told(said))
    figures = shares(said)
    on_course, unlikely = (said[word, True] + said[word, False] for word in (Verdict.ON_COURSE, Verdict.UNLIKELY))
    missed = sum(number for (_, met), number in said.items() if not met)
    assert said.total() > 100
    assert figures["called on course or unlikely"] >= 0.6 - by_chance(0.6, said.total())
    assert figures["of those on course, met"] >= 0.9 - by_chance(0.9, on_course)
    assert figures["of those unlikely, met"] <= 0.2 + by_chance(0.2, unlikely)
    assert figures["of those missed, called unlikely or tight"] >= 0.7 - by_chance(0.7, missed)
