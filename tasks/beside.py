"""What goes on in a thread beside a program: what fails there once is told, and does not end the thread."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from reviewflow.service.trouble.boundary import what_failed


@contextmanager
def goes_on(what: str) -> Iterator[None]:
    """Do what stands in the block; where it fails, a line says so without a word of what it was about."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - the boundary of a thread, which nobody would start again
        logging.getLogger(__name__).warning("%s failed, and is left to the next sweep: %s", what, what_failed(error))
