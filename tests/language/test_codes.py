"""Every kind of problem has a mistake that shows it and a section that explains it, and there are none besides."""

import re
from pathlib import Path

from tests.language.definitions import ERR

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"PD\d{3}")


def codes(text: str) -> set[str]:
    return set(CODE.findall(text))


def of_folder(folder: Path, ending: str) -> set[str]:
    return set().union(*(codes(path.read_text(encoding="utf-8")) for path in folder.rglob(f"*.{ending}")))


IN_SOURCE = of_folder(ROOT / "reviewflow", "py")
ELSEWHERE = {"PD047", "PD045", "PD343", "PD420", "PD452", "PD453"}
"""About more than the files: test_calendar_room.py has calendars, service/commands/test_migration.py has cases,
test_library.py has pipes and links, service/rehearsal/test_word_templates.py Word files, and
service/rehearsal/test_check.py what all the others found."""
SECTIONS = re.findall(r"^## (PD\d{3})\b", (ROOT / "docs/problems.md").read_text(encoding="utf-8"), re.MULTILINE)


def test_every_code_has_a_golden_case() -> None:
    from tests.language.reading.test_parser import CODES_SHOWN

    assert of_folder(ERR, "out") | CODES_SHOWN | ELSEWHERE == IN_SOURCE


def test_every_code_has_a_section_in_order() -> None:
    assert sorted(IN_SOURCE) == SECTIONS


def test_every_section_shows_the_mistake_and_how_it_is_put_right() -> None:
    text = (ROOT / "docs/problems.md").read_text(encoding="utf-8")
    sections = re.split(r"^## (?=PD\d{3})", text, flags=re.MULTILINE)[1:]
    assert [part[:5] for part in sections if not re.search(r"^    \S", part, re.MULTILINE)] == []
    assert [part[:5] for part in sections if "\nPut it right: " not in part] == []


def test_no_message_speaks_of_the_machinery() -> None:
    said = "\n".join(path.read_text(encoding="utf-8") for path in ERR.rglob("*.out"))
    messages = "\n".join(line for line in said.splitlines() if not re.match(r"^ *\d* \|", line))
    assert re.findall(r"pydantic|validat|Input should|->|Traceback|\bdict\b|\btuple\b|z_{9}", messages) == []
