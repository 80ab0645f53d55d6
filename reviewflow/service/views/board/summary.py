"""A case on one page, as Prefect shows it beside the picture: what runs, who owes what, what was made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from reviewflow.case.model.ids import key_of
from reviewflow.case.model.state import Case, CaseStatus
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.standing import Standing
from reviewflow.service.views.case_page import CasePage, Line
from reviewflow.service.wording.redacted_items import shown_item
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import day_words

SETTLED = {Standing.DONE, Standing.DONE_LATE, Standing.DISSENT, Standing.AGREED, Standing.SKIPPED, Standing.NOT_NEEDED}
LATE_FIRST = (Standing.OVERDUE, Standing.NOT_COME, Standing.DUE_SOON, Standing.WAITING, Standing.EXPECTED)
MOST = 8


def summary_page(seen: CasePage, papers: Sequence[str]) -> str:
    """The page as Markdown. It says nothing that the picture may not say."""
    parts = (
        _head(seen),
        _limits(seen),
        _owed(seen),
        _next(seen),
        _standing_still(seen),
        _beside(seen),
        _papers(papers),
    )
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def shown_papers(workspace: Workspace, plan: Plan, case: Case) -> tuple[str, ...]:
    """Where the papers of a case lie below the folder of documents; a label in a file's name is left out."""
    folder = workspace.papers / case.reference
    names = sorted(path.name for path in folder.glob("*") if path.suffix != ".part")
    labels = [key_of(item) for item in plan.all_items(case) if shown_item(plan, item) != item]
    return tuple(dict.fromkeys(f"{case.reference}/{_without(name, labels)}" for name in names))


def _without(name: str, labels: Iterable[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    label = next((each for each in labels if stem.endswith(f"-{each}")), None)
    return f"{stem.removesuffix(label)}*{dot}{ending}" if label else name


def _head(seen: CasePage) -> list[str]:
    done = sum(line.standing in SETTLED for line in seen.steps)
    status = seen.ending or seen.status.capitalize()
    words = f"{status}. Opened {day_words(seen.opened)}; {done} of {len(seen.steps)} steps are settled."
    return [f"## {seen.reference} · {seen.title}", "", words]


def _limits(seen: CasePage) -> list[str]:
    rows = [(line.title, _due(line), _how(line), line.forecast) for line in seen.limits]
    return _table(("Time limit", "Ends", "How it stands", "Will it be met?"), rows)


def _owed(seen: CasePage) -> list[str]:
    if seen.status != CaseStatus.OPEN:
        return []
    found = [line for line in (*seen.steps, *seen.reviews) if line.standing in LATE_FIRST and not line.automatic]
    found.sort(key=lambda line: (LATE_FIRST.index(line.standing), line.due or date.max))
    rows = [(_what(line), line.owner, _due(line), _how(line)) for line in found]
    return _table(("Owed now", "By", "Due", "How it stands"), rows)


def _next(seen: CasePage) -> list[str]:
    """What people will have to do soon; when it follows from what is known."""
    coming = [line for line in seen.steps if line.standing is Standing.NOT_YET and line.due and not line.automatic]
    coming.sort(key=lambda line: line.due or date.max)
    rows = [(_what(line), line.owner, _due(line)) for line in coming[:MOST]]
    return _table(("Comes next", "By", "Due"), rows)


def _standing_still(seen: CasePage) -> list[str]:
    rows = [
        (each.title, day_words(each.since), ", ".join(each.stops), day_words(each.review) if each.review else "")
        for each in seen.holds
    ]
    return _table(("Held", "Since", "What stands still", "Looked at again"), rows)


def _beside(seen: CasePage) -> list[str]:
    return _list("Other cases", (*(f"Case {each}" for each in seen.links), *(each.words for each in seen.related)))


def _papers(papers: Sequence[str]) -> list[str]:
    """A line a paper, with every form in which it was made."""
    found = [[*forms] for _, forms in groupby(papers, lambda path: path.rpartition(".")[0])]
    lines = [", ".join(f"`{path}`" for path in (forms[0], *map(_ending, forms[1:]))) for forms in found]
    return _list("Papers, in the folder of documents", lines)


def _ending(path: str) -> str:
    return f".{path.rpartition('.')[2]}"


def _list(title: str, entries: Sequence[str]) -> list[str]:
    return [f"**{title}**", "", *(f"- {each}" for each in entries)] if entries else []


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [*_rows((heads, ["---"] * len(heads), *rows))] if rows else []


def _rows(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    return (f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows)


def _what(line: Line) -> str:
    """Who does it stands in a column of its own."""
    return line.title.removesuffix(f" · {line.owner}")


def _due(line: Line) -> str:
    return ", ".join(filter(None, (day_words(line.due) if line.due else "", line.by)))


def _how(line: Line) -> str:
    now = f"{line.standing} {day_words(line.done)}" if line.done else line.days or str(line.standing)
    first = f"first due {day_words(line.original)}" if line.original else ""
    asked = f"reminded {line.sent} times" if line.sent > 1 else "reminded once" if line.sent else ""
    return ", ".join(filter(None, (now, first, asked)))
