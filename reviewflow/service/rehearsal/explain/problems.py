"""What a problem's code means: the section of docs/problems.md, which travels with the program."""

from __future__ import annotations

import re

from reviewflow.language.suggestions import suggestion
from reviewflow.service.workspace.errors import UserError
from reviewflow.shipped import shipped

CODE = re.compile(r"PD\d{3}", re.IGNORECASE)
_SECTION = re.compile(r"^## (PD\d{3})\b.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def problem_text(code: str) -> str:
    """The section about a code; raises UserError when there is none."""
    sections = {
        match[1]: match[0].strip()
        for match in _SECTION.finditer(shipped("docs/problems.md").read_text(encoding="utf-8"))
    }
    if code.upper() not in sections:
        raise UserError(f'"{code}" is not the code of a problem.{suggestion(code.upper(), sections)}')
    return sections[code.upper()]
