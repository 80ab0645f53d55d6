"""A page for each process that is shipped: told in words, drawn, and with a timetable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from reviewflow.case.plan.plan import Plan
from reviewflow.diagram.forms import DiagramForm, drawn
from reviewflow.language.definition import Definition
from reviewflow.language.model import Process
from reviewflow.service.rehearsal.choose import rehearse
from reviewflow.service.rehearsal.explain.account import account
from reviewflow.service.rehearsal.explain.printed import as_markdown
from reviewflow.service.rehearsal.played import Setting
from reviewflow.service.rehearsal.preview import markdown
from reviewflow.service.rehearsal.scenario import scenario
from reviewflow.service.rehearsal.timetables.timetable import timetable
from reviewflow.service.workspace.definition_files import DefinitionFiles

BEGIN = date(2026, 9, 1)
"""The day on which every timetable shown begins, so that the same definitions give the same pages."""


def shipped_pages(folder: Path) -> Iterator[tuple[str, str | bytes]]:
    files = DefinitionFiles(folder)
    processes = files.processes()
    yield "index.md", _index(processes)
    for name in processes:
        yield from _process(files, name)


def _index(processes: Mapping[str, Process]) -> str:
    lines = [f"| [{each.title}]({name}.md) | {_short(each)} |" for name, each in sorted(processes.items())]
    return "\n".join((INDEX, *lines)) + "\n"


INDEX = """\
# The processes that are shipped

Made from the files in `definitions/processes`, each told in words, drawn, and with a timetable. To make one your own,
change its file, or write one that extends it: see the [cookbook](../cookbook.md).

| process | what it is for |
| --- | --- |"""


def _short(process: Process) -> str:
    words = " ".join((process.summary or "").split())
    return words.partition(". ")[0].rstrip(".")


def _process(files: DefinitionFiles, name: str) -> Iterator[tuple[str, str | bytes]]:
    definition = files.definition(name)
    yield f"{name}.svg", drawn(DiagramForm.SVG, definition, files.partnership)
    yield f"{name}.md", _page(files, name, definition)


def _page(files: DefinitionFiles, name: str, definition: Definition) -> str:
    told, _, sections = as_markdown(account(definition, files.partnership)).partition("\n## ")
    written = (files.folder / "processes" / f"{name}.yaml").read_text("utf-8")
    return PAGE.format(name=name, told=told, sections=sections, days=_timetable(files, definition), written=written)


PAGE = """\
{told}
[The timetable of an example](#a-timetable), and [the file itself](#the-file). Drawn, to print on one page:

[![The steps of this process, and who does them]({name}.svg)]({name}.svg)

## {sections}
## A timetable

{days}
## The file

`definitions/processes/{name}.yaml`

```yaml
{written}```
"""


def _timetable(files: DefinitionFiles, definition: Definition) -> str:
    plan = Plan(definition)
    wanted = scenario(plan, files.partnership, dates={}, agencies=(), late={}, answers={}, today=BEGIN)
    found = timetable(rehearse(Setting(plan, files.partnership, files.calendars), wanted))
    _, _, text = markdown.as_markdown(found).partition("\n")
    return text.replace("\n## ", "\n### ")
