"""What is printed: a table a measurement, and a verdict a target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Verdict:
    target: str
    figure: str
    met: bool

    def __str__(self) -> str:
        return f"{'met   ' if self.met else 'MISSED'}  {self.target}: {self.figure}"


@dataclass(frozen=True, slots=True)
class Report:
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    verdicts: Sequence[Verdict]


def at_least(target: str, wanted: float, figure: float, unit: str) -> Verdict:
    return Verdict(f"{target}, at least {_number(wanted)} {unit}", _number(figure), figure >= wanted)


def at_most(target: str, wanted: float, figure: float, unit: str) -> Verdict:
    return Verdict(f"{target}, at most {_number(wanted)} {unit}", _number(figure), figure <= wanted)


def _number(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 100 or figure == round(figure) else f"{figure:.2f}"


def show(console: Console, report: Report) -> None:
    table = Table(title=report.title, title_justify="left", title_style="bold")
    for number, column in enumerate(report.columns):
        table.add_column(column, justify="right" if number else "left")
    for row in report.rows:
        table.add_row(*row)
    console.print(table)
    console.print()
