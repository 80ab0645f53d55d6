"""The office's own two files as they were last sound: open cases go on with them while the files are broken or gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from reviewflow.calendar import Calendars
from reviewflow.language.folder.kinds import CALENDARS, FILES
from reviewflow.language.folder.library import read_files
from reviewflow.language.model import Partnership
from reviewflow.language.problem import DefinitionError
from reviewflow.london import read_stamp, stamp
from reviewflow.service.workspace.days.bank_holiday_overlay import read_overlay
from reviewflow.service.workspace.days.calendars import calendars_of
from reviewflow.service.workspace.errors import NotUsable
from reviewflow.store.store import Store
from reviewflow.text import moment_words

Made = TypeVar("Made")
PARTNERSHIP = next(name for name, kind in FILES.items() if kind == "partnership")
OWN_FILES = (PARTNERSHIP, CALENDARS)


def keep_sound(store: Store, folder: Path, broken: dict[str, str], now: datetime) -> None:
    """Keep both files as they are now, but for those that are broken."""
    for name in OWN_FILES:
        path = folder / name
        if name not in broken and path.is_file():
            text, kept = path.read_text(encoding="utf-8-sig"), store.office_file(name)
            if kept is None or kept[0] != text:
                store.keep_office_file(name, text, stamp(now))


def sound_partnership(store: Store, broken: dict[str, str], read: Callable[[], Partnership]) -> Partnership:
    """Who is who: as it is read, else as it was last sound; raises NotUsable when there never was a sound one."""

    def kept(text: str) -> Partnership:
        loaded = read_files({PARTNERSHIP: text.encode()}).partnership
        if loaded is None:
            raise NotUsable(f"The {PARTNERSHIP} that is kept in the database cannot be read")
        return loaded.model

    return _sound(store, broken, PARTNERSHIP, read, kept)


def sound_calendars(store: Store, broken: dict[str, str], partnership: Partnership, folder: Path) -> Calendars:
    """The calendars: as their file says, else as it was last sound; raises DefinitionError when none ever was."""

    def made(overlay: Path | str) -> Calendars:
        corrected = read_overlay(overlay)
        calendars = calendars_of(partnership, corrected)
        for region in (name for name, corrections in corrected.regions.items() if corrections.remove):
            _ = calendars[region]  # that what is taken out is no bank holiday is found when its calendar is made
        return calendars

    return _sound(store, broken, CALENDARS, lambda: made(folder / CALENDARS), made)


def _sound(
    store: Store, broken: dict[str, str], name: str, read: Callable[[], Made], kept: Callable[[str], Made]
) -> Made:
    try:
        return read()
    except (NotUsable, DefinitionError):
        before = store.office_file(name)
        if before is None:
            raise
        broken[name] = before[1]
        _tell(name, before[1])
        return kept(before[0])


def _tell(name: str, since: str) -> None:
    import logging  # there is seldom something to say

    words = "%s cannot be used. Open cases go on with what it said since %s. Put it right: reviewflow check"
    logging.getLogger("reviewflow.definitions").warning(words, name, moment_words(read_stamp(since)))
