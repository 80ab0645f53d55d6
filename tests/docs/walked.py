"""Which functions of ours are called while something is done, in the order in which each is called first."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType

from tests.docs.names import PACKAGES, ROOT


def walked(do: Callable[[], object]) -> list[str]:
    """The names of all functions that it calls, as pages give them: `reviewflow.case.advance.work_out`."""
    names: dict[CodeType, str] = {}

    def seen(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code not in names:
            names[frame.f_code] = _name(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        do()
    finally:
        sys.setprofile(before)
    return list(dict.fromkeys(filter(None, names.values())))


def _name(code: CodeType) -> str:
    path = Path(code.co_filename)
    if code.co_name.startswith("<") or not path.is_relative_to(ROOT):
        return ""
    parts = path.relative_to(ROOT).with_suffix("").parts
    package = parts[:-1] if parts[-1] == "__init__" else parts
    return ".".join((*package, code.co_qualname)) if parts[0] in PACKAGES else ""
