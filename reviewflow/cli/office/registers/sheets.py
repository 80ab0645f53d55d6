"""A register as CSV or as a workbook, when it is asked for so."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.writing import write_whole

if TYPE_CHECKING:
    from reviewflow.service.reports.sheets import Sheet


@dataclass(frozen=True, kw_only=True)
class SheetOutput:
    """How a register is asked for."""

    as_csv: Annotated[bool, typer.Option("--csv", help="Print as CSV")] = False
    as_xlsx: Annotated[bool, typer.Option("--xlsx", help="Write a workbook; needs -o")] = False
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write into this file: actions.xlsx")] = None

    def __bool__(self) -> bool:
        return self.as_csv or self.as_xlsx or self.output is not None

    def write(self, sheet: Sheet, *others: Sheet) -> None:
        """As CSV, printed or written, or as a workbook, which holds the others too.

        Raises BadParameter for a workbook without a file.
        """
        from reviewflow.service.reports.figures.drawing import Report, as_csv, as_workbook

        output = self.output
        workbook = self.as_xlsx or (output is not None and output.suffix == ".xlsx")
        if output is None:
            if workbook:
                raise typer.BadParameter(f"A workbook needs a file to be written into: -o {sheet.name}.xlsx")
            typer.echo(as_csv(sheet), nl=False)
            return
        if workbook:
            write_whole(output, as_workbook(Report(sheet.title, sheet.says, (sheet, *others))))
        else:
            write_whole(output, as_csv(sheet).encode("utf-8-sig"))
        typer.echo(f"Wrote {output}", err=True)
