"""What a flow does, and programs that do it without Prefect."""

from __future__ import annotations

from reviewflow.cli.garbage import look_seldom

look_seldom()
