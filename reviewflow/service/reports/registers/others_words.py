"""Cells as other people's spreadsheets write them, in the words of the form: what the office says that they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reviewflow.language.model import FieldType, FormField, FormFields
from reviewflow.service.handed_in.spreadsheet_file import Value
from reviewflow.service.reports.registers.milestones import plain_day
from reviewflow.text import folded

EMPTY = "empty"
"""The word in partnership.yaml for a cell in which nothing stands, and for a column that is not there."""
_BY = re.compile(r"by\s+(?=\d)", re.IGNORECASE)
_DAY = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{4}-\d\d-\d\d")
_NUMBERED = re.compile(r"\s*(?:recommendation|rec\.?|no\.?)?\s*(?P<number>\d{1,3})\s*[:.)]\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OthersWords:
    """The office's words for the cells of each column: partnership.yaml, spreadsheet_words."""

    meant: Mapping[str, Mapping[str, str]]

    def stands_in(self, column: str) -> bool:
        """Whether the office says what an empty cell of this column means."""
        return EMPTY in self.meant.get(column, {})

    def read(self, columns: FormFields, line: Mapping[str, Value]) -> tuple[dict[str, Value], list[str]]:
        """The cells of one row in the words of the form, and a sentence for each that was not simply read."""
        cells = {name: line.get(name) for name in columns if name in line or self.stands_in(name)}
        told = [
            f'{name} is empty, which the office takes for "{self.meant[name][EMPTY]}"' for name in self._empty(cells)
        ]
        cells = {name: self._word(name, value) for name, value in cells.items()}
        for name, asked in columns.items():
            if isinstance(value := cells.get(name), str):
                cells[name] = _plainly(asked, name, value, told)
        return self._shared_lead(columns, cells, told), told

    def _empty(self, cells: Mapping[str, Value]) -> Iterator[str]:
        return (name for name, value in cells.items() if _is_empty(value) and self.stands_in(name))

    def _word(self, column: str, value: Value) -> Value:
        words = {folded(word): meant for word, meant in self.meant.get(column, {}).items()}
        if _is_empty(value):
            return words.get(EMPTY, value)
        return words.get(folded(value), value) if isinstance(value, str) else value

    def _shared_lead(self, columns: FormFields, cells: dict[str, Value], told: list[str]) -> dict[str, Value]:
        lead = cells.get("lead")
        parts = [part.strip() for part in re.split(r"[;\n]", lead) if part.strip()] if isinstance(lead, str) else []
        first, others = parts[:1], parts[1:]
        if not others or "contributors" not in columns:
            return cells
        told.append(f"of the agencies in one cell the first leads; taken as contributing: {'; '.join(others)}")
        beside = cells.get("contributors")
        contributors = "; ".join(filter(None, [beside if isinstance(beside, str) else "", *others]))
        return {**cells, "lead": first[0], "contributors": contributors}


def _is_no_day(asked: FormField, text: str) -> bool:
    """Whether a cell for a day holds words without one, such as Ongoing, where the day may come later."""
    return (
        asked.type is FieldType.DATE
        and bool(asked.may_come_later)
        and bool(text.strip())
        and not re.search(r"\d", text)
    )


def _plainly(asked: FormField, name: str, text: str, told: list[str]) -> str | None:
    """'By 31/12/2026' as its day, the last of several; 'Recommendation 1: ...' as its number; all else as it is."""
    kind = asked.type
    if _is_no_day(asked, text):
        told.append(f"“{' '.join(text.split())[:40]}” is no day ({name}), and is not taken for one")
        return None
    if kind is FieldType.NUMBER and (numbered := _NUMBERED.match(text)):
        return numbered["number"]
    days = [_BY.sub("", line.strip()) for line in text.splitlines() if line.strip()]
    if kind is not FieldType.DATE or not all(_DAY.fullmatch(day) for day in days):
        return text
    if len(days) > 1:
        told.append(f"of {len(days)} days in one cell ({name}) the last is taken")
    return max(map(plain_day, days), default=text)


def _is_empty(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
