"""A step that comes again: how often, the rounds that were done, and the one that was not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from reviewflow.case.model.state import Case, Item
from reviewflow.case.rules.standing import is_unfinished
from reviewflow.language.model import FIRST_ROUND, Limit
from reviewflow.language.phrases import Interval, Rhythm
from reviewflow.text import counted, day_words, listing, times_words


def rounds_words(case: Case, state: Item) -> str:
    """'not needed any more since 9 May: done 3 times, last on 5 May; the round of 31 May was not needed any more'."""
    stopped = case.ended if is_unfinished(state) else state.stopped
    since = f" since {day_words(stopped)}" if stopped else ""
    return f"not needed any more{since}: {round_words(state.times, state.done, state.due)}"


def round_of_words(day: date | None) -> str:
    """', for the round of Tue 5 May 2026', of what belongs to one round; '' of what belongs to none."""
    return f", for the round of {day_words(day)}" if day else ""


def round_words(times: int | None, done: date | None, due: date | None) -> str:
    """'done 3 times, last on Tue 5 May 2026; the round of Sun 31 May 2026 was not needed any more'."""
    dropped = f"the round of {day_words(due)}" if due else "the next round"
    if done is None:
        often = "done once; " if times == 1 else f"done {counted(times, 'time')}; " if times else ""
        return f"{often}{dropped} was not needed any more"
    often = f"done {counted(times, 'time')}, last on" if times and times > 1 else "done on" if times else "last done on"
    return f"{often} {day_words(done)}; {dropped} was not needed any more"


def again_words(rhythm: Rhythm) -> str:
    """'every 1 month', '6 weeks after it was done', 'once after 3 months, then every 6 months'."""
    *_, last = rhythm.often.split(", then ")
    return ", then ".join([*(_at_first(part, after_done=rhythm.after_done) for part in rhythm.before), last])


def _at_first(part: Interval, *, after_done: bool) -> str:
    if after_done:
        return f"{times_words(part.times)} {part.length} after it was done"
    return f"once after {part.length}" if part.times == 1 else f"{times_words(part.times)} every {part.length}"


def often_words(rhythm: Rhythm) -> str:
    """', twice at least and 4 times at most'; '' where it is not said how often."""
    bounds = ((rhythm.at_least, "at least"), (rhythm.at_most, "at most"))
    often = listing((f"{times_words(number)} {how}" for number, how in bounds if number), none="")
    return f", {often}" if often else ""


def meeting_words(limit: Limit, title: Callable[[str], str]) -> str:
    """'“Ring the school” or the first round of “Visit”': what stops a clock."""
    first = limit.by_first_round
    return listing((f"{FIRST_ROUND if step in first else ''}{title(step)}" for step in limit.steps), last="or")
