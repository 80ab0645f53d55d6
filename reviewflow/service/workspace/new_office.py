"""The folder of a new office: a copy of the shipped definitions, in which the office is to put its own names."""

from __future__ import annotations

import re
from pathlib import Path

from reviewflow.service.workspace.errors import UserError
from reviewflow.shipped import shipped
from reviewflow.writing import new_folder, write_whole

DEFINITIONS = "definitions"
PARTNERSHIP = "partnership.yaml"
FILL_IN = "# fill in"
_TITLE = "# Who is who\n#\n"
_HOW_TO_FILL_IN = (
    f'# To fill in: each line that ends in "{FILL_IN}" is made up. Put what is true for you in its place and take the\n'
    "# mark away. Take out roles and agencies that you do not have: reviewflow check says where one is still needed.\n"
    "#\n"
)
_INVENTED = re.compile(r"northmoor|01632|example\.org", re.IGNORECASE)


def make_office(folder: Path) -> Path:
    """Copy the shipped definitions to `folder`/definitions; says where. Raises UserError when something is there."""
    target = folder / DEFINITIONS
    if target.exists():
        raise UserError(f"{target} is there already. Nothing was changed; name another folder.")
    whole = shipped(DEFINITIONS)
    with new_folder(target):
        for place in whole.rglob("*"):
            if place.is_file():
                (target / place.relative_to(whole)).parent.mkdir(parents=True, exist_ok=True)
                write_whole(target / place.relative_to(whole), place.read_bytes())
        text = (target / PARTNERSHIP).read_text(encoding="utf-8")
        write_whole(target / PARTNERSHIP, _to_fill_in(text).encode())
    return target


def lines_to_fill_in(definitions: Path) -> int:
    """How many lines of partnership.yaml still carry the mark."""
    lines = (definitions / PARTNERSHIP).read_text(encoding="utf-8").splitlines()
    return sum(line.endswith(FILL_IN) and not line.startswith("#") for line in lines)


def _to_fill_in(text: str) -> str:
    """The shipped partnership, with a mark after every value that is made up."""
    marked = (f"{line}  {FILL_IN}" if _is_invented(line) else line for line in text.splitlines())
    return "\n".join(marked).replace(_TITLE, _TITLE + _HOW_TO_FILL_IN, 1) + "\n"


def _is_invented(line: str) -> bool:
    return not line.startswith("#") and _INVENTED.search(line) is not None
