"""A long table stands on the page exactly as rich would have put it there."""

import io

from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from reviewflow.cli.tables.long import Cell, laid_out
from reviewflow.cli.tables.plain import table

WORDS = st.text(st.sampled_from("abcdefgh ·\u2013é[]/:,.漢\n"), max_size=70)
CELLS = st.one_of(
    WORDS, WORDS.map(Text), st.sampled_from(("", "Due soon", "Agency summary and chronology · Northmoor Police"))
)


@st.composite
def _tables(draw: st.DrawFn) -> tuple[list[str], list[list[Cell]]]:
    columns = draw(st.lists(st.sampled_from(("Case", "", "State", "Next limit")), min_size=1, max_size=6))
    row = st.lists(CELLS, min_size=len(columns), max_size=len(columns))
    return columns, draw(st.lists(row, max_size=6))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(_tables(), st.integers(40, 120))
@example((["Case", ""], [["Agency summary and chronology · Northmoor Police", ""]]), 40)
def test_a_table_stands_as_rich_puts_it(made: tuple[list[str], list[list[Cell]]], width: int) -> None:
    columns, rows = made
    console = Console(file=io.StringIO(), width=width, highlight=False)
    by_rich = table(*columns)
    for row in rows:
        by_rich.add_row(*row)
    console.print(by_rich)
    assert isinstance(console.file, io.StringIO)
    assert "".join(f"{line}\n" for line in laid_out(columns, rows, console)) == console.file.getvalue()
