"""The command that draws a definition. It needs no database."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.context import FilesContext
from reviewflow.cli.definitions.others import tell_of_others
from reviewflow.cli.options import Takes
from reviewflow.diagram.forms import DiagramForm, form_of
from reviewflow.writing import write_whole

if TYPE_CHECKING:
    from reviewflow.diagram.drawing.page import DrawnPage
    from reviewflow.service.workspace.definition_files import DefinitionFiles

STANDARD_OUTPUT = Path("-")


def diagram(
    process: Annotated[str, typer.Argument(help="The process to draw: rapid_review")] = "",
    output: Annotated[
        Path,
        typer.Option("--output", "-o", help="The file; its ending says the form: .svg .png .mmd .md .bpmn; - prints"),
    ] = STANDARD_OUTPUT,
    form: Annotated[
        DiagramForm | None, typer.Option("--format", help="The form, when the file's ending does not say it")
    ] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="All processes on one page: what each leads to")] = False,
    by_stages: Annotated[
        bool, typer.Option("--by-stages", help="Its stages on one page, and each on pages of its own, into a folder")
    ] = False,
    context: Annotated[FilesContext, Takes("folder")],
) -> None:
    """Draw a process on one A4 page (svg, png), as Mermaid text (mmd, md) or as BPMN 2.0 for other tools."""
    if by_stages:
        _by_stages(context.files, process, output, form or DiagramForm.SVG)
        return
    chosen = form or form_in(output)
    if every is bool(process) or (every and chosen is DiagramForm.BPMN):
        raise typer.BadParameter("Name the process to draw, or say --all for all on one page (.svg .png .mmd .md).")
    files = context.files
    if every:
        said, data = "", _all(files, chosen)
    elif chosen in {DiagramForm.SVG, DiagramForm.PNG}:
        said, data = _picture(files, process, chosen)
    else:
        said, data = "", _text(files, process, chosen)
    if output == STANDARD_OUTPUT:
        sys.stdout.buffer.write(data)
        tell_of_others(files)
        return
    _write(output, data)
    typer.echo(f"wrote {output}")
    tell_of_others(files)
    if said:
        typer.echo(said, err=True)


def _all(files: DefinitionFiles, form: DiagramForm) -> bytes:
    from reviewflow.diagram.forms import drawn_whole

    return drawn_whole(form, {name: files.definition(name) for name in files.library.processes}, files.partnership)


def _text(files: DefinitionFiles, process: str, form: DiagramForm) -> bytes:
    from reviewflow.diagram.forms import drawn

    return drawn(form, files.definition(process), files.partnership)


def _picture(files: DefinitionFiles, process: str, form: DiagramForm) -> tuple[str, bytes]:
    """The picture of a process, which takes seconds to lay out, and what is to be said of the size of its letters."""
    from reviewflow.diagram.chart import chart
    from reviewflow.diagram.drawing.page import page
    from reviewflow.diagram.forms import printed

    shown = page(chart(files.definition(process), files.partnership))
    return _too_small(shown, process), printed(form, shown)


def _too_small(shown: DrawnPage, process: str) -> str:
    """Said where a whole process is too large for letters on A4 that everybody can read; '' where it is not."""
    from reviewflow.diagram.forms import SMALLEST
    from reviewflow.diagram.stages.pages import letters

    points = letters(shown)
    if points >= SMALLEST:
        return ""
    return (
        f"On A4 its letters have {points:.1f} points, too small for many. To print its stages on one page and each "
        f"on pages of its own, with at least {SMALLEST:g}: reviewflow diagram {process} --by-stages -o {process}"
    )


def _by_stages(files: DefinitionFiles, process: str, folder: Path, form: DiagramForm) -> None:
    """Write the stages of a process, and the pages of each, into a folder that is made where there is none."""
    from reviewflow.diagram.stages.files import as_bytes, pages_by_stage

    if not process or folder == STANDARD_OUTPUT or form not in {DiagramForm.SVG, DiagramForm.PNG}:
        raise typer.BadParameter(
            "Name the process and a folder: rapid_review --by-stages -o drawings; with --format png for pictures."
        )
    folder.mkdir(exist_ok=True)
    for name, page in pages_by_stage(files.definition(process), files.partnership):
        file = folder / f"{name}.{form}"
        write_whole(file, as_bytes(page, as_png=form is DiagramForm.PNG))
        typer.echo(f"wrote {file}")
    tell_of_others(files)


def form_in(output: Path) -> DiagramForm:
    """The form that a file's ending says; raises BadParameter when it says none."""
    form = form_of(output)
    if form is None:
        raise typer.BadParameter(
            f'"{output}" does not say which form is wanted. End it in {_endings()}, or add --format svg.'
        )
    return form


def _write(output: Path, data: bytes) -> None:
    if not output.parent.is_dir():
        raise typer.BadParameter(f"There is no folder {output.parent}. Make it first, or choose another place.")
    write_whole(output, data)


def _endings() -> str:
    *first, last = [f".{form}" for form in DiagramForm]
    return f"{', '.join(first)} or {last}"
