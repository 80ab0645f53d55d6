"""Commands that start things: serve and demo."""

from __future__ import annotations

from collections.abc import Callable, Mapping

COMMANDS: Mapping[str, Callable[..., None]] = {}
