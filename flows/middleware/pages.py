"""Prefect's pages, put where the server's own user may write.

Prefect copies them beside its program when it begins, and goes on without any where it may not: on a server the
programs are root's, or lie on a disk that is only read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prefect.settings import PREFECT_UI_STATIC_DIRECTORY, get_current_settings, temporary_settings


@contextmanager
def pages_at_home() -> Iterator[None]:
    """An app that is made and serves in the block has its pages in Prefect's home, unless a setting says where."""
    settings = get_current_settings()
    if settings.server.ui.static_directory:
        yield
        return
    place = settings.home / "pages"
    place.mkdir(parents=True, exist_ok=True)
    with temporary_settings({PREFECT_UI_STATIC_DIRECTORY: str(place)}):
        yield
