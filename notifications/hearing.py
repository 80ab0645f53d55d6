"""What Apprise would print while it works is heard here, and printed nowhere.

Apprise answers only yes or no: the mail server's number stays in an exception that it catches and logs. It also logs
addresses, and at its finest level the URL with the password. So while a letter is on its way nothing of what Apprise
logs in that thread gets through, and the exception it was speaking of is kept.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from apprise import LOGGER_NAME, NotifyBase


@dataclass(slots=True)
class Heard:
    """The last error that Apprise logged, but never one that was already being dealt with when we began."""

    before: BaseException | None
    last: BaseException | None = None


_now_listening: ContextVar[Heard | None] = ContextVar("_now_listening", default=None)


def _ear(_record: logging.LogRecord) -> bool:
    """A logging filter: whether the record goes on to the application's own handlers."""
    heard = _now_listening.get()
    if heard is None:
        return True  # somebody else's use of Apprise, such as a notification block of Prefect
    error = sys.exc_info()[1]
    if error is not None and error is not heard.before:
        heard.last = error
    return False


for _name in (LOGGER_NAME, "notifications_python_client.base"):
    logging.getLogger(_name).addFilter(_ear)  # once: adding and taking away would race with other threads

# In no hierarchy, so that an application which turns existing loggers off (Alembic's fileConfig does) cannot deafen us.
_OWN = logging.Logger(LOGGER_NAME, logging.WARNING)  # noqa: LOG001
_OWN.addFilter(_ear)


@contextmanager
def listening() -> Iterator[Heard]:
    """Hear, and keep quiet, what Apprise logs in this thread."""
    heard = Heard(sys.exc_info()[1])
    token = _now_listening.set(heard)
    try:
        yield heard
    finally:
        _now_listening.reset(token)


def listen_to(route: NotifyBase) -> None:
    """Hear this service whatever the application has set for Apprise's own logger."""
    route.logger = _OWN
