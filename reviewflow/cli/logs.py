"""What programs that run by themselves write for a machine: JSON, a line each, when REVIEWFLOW_LOG is json.

Whatever a library or a failure says may repeat what a person typed. So a line has what our own code counts, and of all
else only who spoke, how gravely and where: never a message, an argument or the words of an exception.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import PurePath
from traceback import walk_tb
from types import TracebackType
from typing import TextIO

from reviewflow.service.workspace.errors import SettingsError

LOG = "REVIEWFLOW_LOG"
OURS = "reviewflow.log"
_FACTS = "reviewflow_facts"


class Happening(StrEnum):
    """What is worth a line."""

    SWEPT = "swept"
    NOT_SWEPT = "not swept"
    ANSWERED = "answered"


class PageKind(StrEnum):
    """What was asked of the answer pages: never the address itself, which opens a page."""

    LETTER = "letter"
    REFERRAL = "referral"
    LOOKS = "static"
    MONITOR = "monitor"
    OTHER = "other"


class JsonLines(logging.Formatter):
    """A record as one line of JSON that holds no words of anybody."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname if record.levelno in _LEVELS else str(record.levelno),
        }
        facts = getattr(record, _FACTS, None)
        if record.name == OURS and isinstance(facts, Mapping):
            return json.dumps(line | dict(facts))
        line |= {"happened": "log", "logger": _plain(record.name), "where": _where(record)}
        if record.exc_info and record.exc_info[0]:
            line["raised"] = _plain(record.exc_info[0].__name__)
            line |= {"raised_at": at} if (at := _raised_at(record.exc_info[2])) else {}
        return json.dumps(line)


_LEVELS = frozenset({logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL})


def tell(happening: Happening, **facts: float | StrEnum) -> None:
    """Write down that something happened, with numbers and fixed words only: a text of somebody does not fit."""
    told = {"happened": str(happening), **{name: _fact(value) for name, value in facts.items()}}
    logging.getLogger(OURS).info(happening, extra={_FACTS: told})


def begin_logs(environ: Mapping[str, str], stream: TextIO | None = None) -> bool:
    """Write JSON from now on in place of what the terminal gets, where the setting asks for it; whether it did.

    What goes elsewhere (Prefect's own pages) goes on. Raises SettingsError for a setting that is neither json nor text.
    """
    setting = environ.get(LOG, "").strip() or "text"
    if setting not in {"json", "text"}:
        raise SettingsError(f"{LOG} can be json or text.")
    if setting == "text":
        return False
    ours = logging.StreamHandler(stream or sys.stderr)
    ours.setFormatter(JsonLines())
    root, own = logging.getLogger(), logging.getLogger(OURS)
    own.setLevel(logging.INFO)
    for logger in (root, *(each for each in root.manager.loggerDict.values() if isinstance(each, logging.Logger))):
        spoken = [handler for handler in logger.handlers if isinstance(handler, logging.StreamHandler)]
        for handler in spoken:
            logger.removeHandler(handler)
        if spoken or logger is root:
            logger.addHandler(ours)
    sys.excepthook = _ended
    return True


def _ended(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """In place of Python's own last words, which have those of the failure."""
    logging.getLogger(f"{OURS}.ended").critical("ended", exc_info=(kind, error, trace))


def _fact(value: float | StrEnum) -> float | str:
    if not isinstance(value, int | float | StrEnum):
        raise TypeError(type(value).__name__)
    return str(value) if isinstance(value, StrEnum) else value


def _where(record: logging.LogRecord) -> str:
    """'applications.py:112'."""
    return f"{_plain(PurePath(record.pathname).name)}:{record.lineno}"


def _raised_at(trace: TracebackType | None) -> str:
    """The same of the innermost place."""
    frames = list(walk_tb(trace))
    return f"{_plain(PurePath(frames[-1][0].f_code.co_filename).name)}:{frames[-1][1]}" if frames else ""


def _plain(name: str) -> str:
    """A name that a program gives, not a text; logger names are sometimes made of what is asked for."""
    root = name.partition(".")[0] if name.count(".") > _DEEP else name
    return root if root.replace(".", "").replace("_", "").isalnum() and root.isascii() and len(root) <= _LONG else "?"


_DEEP, _LONG = 6, 60
