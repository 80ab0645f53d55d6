"""The one place at which a failure is caught: of a case, an item, a letter, a job or a mail, while all others go on.

Only what all share ends the work itself: the database, who is who, and the calendars.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from typing import TypeVar

from reviewflow.case.model.ids import key_of, step_of
from reviewflow.language.model import Partnership
from reviewflow.london import stamp
from reviewflow.service.wording.redacted_items import opaque_key
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.errors import SharedDamage, StoreUnavailable
from reviewflow.store.records import Trouble

Done = TypeVar("Done")
FIRST, LONGEST = timedelta(minutes=15), timedelta(days=1)
"""The pause after the first failure; each next is twice as long, until it is a day."""
PASSES = (StoreUnavailable, SharedDamage)
"""What no case, letter or job is to blame for."""
OURS = ("reviewflow.", "notifications.", "tasks.", "flows.")
_PLAIN = re.compile(r"[\w:./~@-]{1,80}")


class Boundary:
    """Around each piece of one part of the work, as 'chase' or 'letters': what fails is noted, what works is cleared.

    Raises NotUsable or DefinitionError at once when who is who or the calendars cannot be read: all share them.
    """

    def __init__(self, workspace: Workspace, part: str, now: datetime) -> None:
        self._store, self._part, self._now = workspace.store, part, now
        self.partnership = workspace.partnership
        _ = workspace.calendars
        self._known = {
            (row.kind, row.key): row for row in workspace.store.troubles() if row.part == part and is_whole(row)
        }
        self._begun = dict(self._known)
        self._failed = set[tuple[str, str]]()

    def may_try(self, kind: str, key: str) -> bool:
        """False while what failed there before is not to be tried again yet."""
        trouble = self._known.get((kind, key))
        return trouble is None or trouble.next_try <= stamp(self._now)

    def again(self, kind: str, key: str) -> str:
        """When it is tried again if it fails now."""
        before = self._known.get((kind, key))
        return stamp(self._now + min(FIRST * 2 ** min(before.tries if before else 0, 10), LONGEST))

    def waiting(self, kind: str) -> list[str]:
        """The keys of what failed before and is to be tried again now."""
        return [key for of, key in self._known if of == kind and self.may_try(of, key)]

    @property
    def set_aside(self) -> int:
        """At how many places something has failed and did not work since."""
        return len(self._known)

    @contextmanager
    def around(self, kind: str, key: str) -> Iterator[None]:
        """Do what stands in the block; when it fails the trouble is noted, and the work goes on after the block."""
        with self.inside(kind, key):
            yield
            self.clear(kind, key)

    @contextmanager
    def inside(self, kind: str, *keys: str) -> Iterator[None]:
        """As `around`, for a part of what is to be done: that it went well clears nothing yet."""
        try:
            yield
        except PASSES:
            raise
        except Exception as error:  # noqa: BLE001 - the one broad except of the work: what one piece does, others survive
            for key in keys:
                self.note(kind, key, error)

    def case(self, reference: str) -> AbstractContextManager[None]:
        """Around what is read of one case among many."""
        return self.inside("case", plain(reference))

    def attempt(self, what: Callable[[], Done], otherwise: Done) -> Done:
        """What it gives, or `otherwise` when it fails: for what is then done in another way, or done without."""
        try:
            return what()
        except PASSES:
            raise
        except Exception:  # noqa: BLE001 - as above
            return otherwise

    def note(self, kind: str, key: str, error: Exception) -> None:
        """Keep that it failed there, and when it is tried again."""
        self._failed.add((kind, key))
        before = self._known.get((kind, key))
        if before is not None and not self.may_try(kind, key):
            return
        tries = before.tries + 1 if before else 1
        now, again = stamp(self._now), self.again(kind, key)
        trouble = Trouble(self._part, kind, key, what_failed(error), before.since if before else now, now, tries, again)
        self._known[kind, key] = trouble
        self._store.note_trouble(trouble)

    def clear(self, kind: str, key: str) -> None:
        """It works, or there is nothing left to do there."""
        trouble = self._known.pop((kind, key), None)
        if trouble is not None:
            self._store.clear_trouble(trouble)

    def end(self, *kinds: str) -> None:
        """All of these kinds has been tried: what was to be tried and has not failed, or is not there, is cleared."""
        for place, trouble in self._begun.items():
            if place[0] in kinds and place not in self._failed and trouble.next_try <= stamp(self._now):
                self.clear(*place)


def item_key(partnership: Partnership, reference: str, item: str) -> str:
    """'RR-2026-001/agency_return/police'; the entry of a list, which people wrote, by what does not tell it."""
    key = key_of(item)
    shown = key if key in partnership.agencies or key in partnership.roles else opaque_key(key)
    return "/".join([plain(reference), plain(step_of(item)), *([shown] if key else [])])


def plain(text: object) -> str:
    """A reference or a number as it stands; anything else, as damage may have left it, by what does not tell it."""
    words = str(text)
    return words if _PLAIN.fullmatch(words) else opaque_key(words)


def is_whole(trouble: Trouble) -> bool:
    """Whether its moments can be read: one that was damaged in the database is as if it were not there."""
    try:
        return all(datetime.fromisoformat(at) for at in (trouble.since, trouble.tried, trouble.next_try))
    except (TypeError, ValueError):
        return False


def what_failed(error: Exception) -> str:
    """The class of an error, and the last place of ours that it passed; never its message."""
    frames = [
        (frame.f_globals.get("__name__", ""), frame.f_code.co_name, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    ours = [frame for frame in frames if frame[0].startswith(OURS) and frame[0] != __name__]
    where = "" if not ours else f" in {ours[-1][0]}.{ours[-1][1]}, line {ours[-1][2]}"
    return f"{type(error).__name__}{where}"
