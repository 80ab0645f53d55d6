"""What became of a step that came again: the rounds that were done, and the one that was not."""

from __future__ import annotations

from datetime import date

from reviewflow.case.model.state import Case, Item
from reviewflow.case.rules.standing import is_unfinished
from reviewflow.text import counted, day_words


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
