"""What Apprise would print while it works is printed nowhere.

It logs addresses, and at its finest level the URL with the password: so while a letter is on its way nothing of what it
logs in that thread gets through. Services of ours (`services`) say themselves what went wrong. One of Apprise's own
(o365://, sendgrid://, ...) says it nowhere; for these alone the error is kept that it was dealing with as it logged.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from apprise import LOGGER_NAME


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


@contextmanager
def listening() -> Iterator[Heard]:
    """Hear, and keep quiet, what Apprise logs in this thread."""
    heard = Heard(sys.exc_info()[1])
    token = _now_listening.set(heard)
    try:
        yield heard
    finally:
        _now_listening.reset(token)
