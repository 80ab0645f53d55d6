"""A case on one page, as Prefect shows it beside the picture: what runs, who owes what, what was made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from reviewflow.case.model.ids import key_of
from reviewflow.case.model.state import Case, CaseStatus
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.standing import Standing
from reviewflow.markdown import plain, table
from reviewflow.service.views.case_page.shapes import OWED_NOW, CasePage, Line, how_far, link_words, settled_words
from reviewflow.service.views.in_prefect.drawing import in_words, picture
from reviewflow.service.views.in_prefect.links import other_pages
from reviewflow.service.views.in_prefect.shown import Bar
from reviewflow.service.views.in_prefect.words import due_of
from reviewflow.service.views.linked_cases import other_words
from reviewflow.service.wording.redacted_items import shown_item
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import counted, day_words

LATE_FIRST = (Standing.OVERDUE, Standing.NOT_COME, Standing.DUE_SOON, Standing.OPEN, Standing.EXPECTED)
MOST = 8


def summary_page(page: CasePage, papers: Sequence[str], bars: Sequence[Bar], today: date) -> str:
    """The page as Markdown, with its bars drawn. It says nothing that may not be seen by many."""
    parts = (
        _head(page),
        _limits(page),
        [f"![{in_words(bars, today)}]({picture(bars, today)})"] if bars else [],
        _stages(page),
        _owed(page),
        _next(page),
        _standing_still(page),
        _legal_holds(page),
        _taken_over(page),
        _beside(page),
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
    label = next((label for label in labels if stem.endswith(f"-{label}")), None)
    return f"{stem.removesuffix(label)}*{dot}{ending}" if label else name


def _head(page: CasePage) -> list[str]:
    settled, needed = how_far(page.steps)
    status = page.ending or page.status.capitalize()
    words = f"{status}. Opened {day_words(page.opened)}; settled: {settled} of {counted(needed, 'step')}."
    stands = [f"**{_late_words(page)}**", ""] if page.status == CaseStatus.OPEN else []
    return [f"## {plain(page.reference)} · {plain(page.title)}", "", other_pages(), "", *stands, plain(words)]


def _late_words(page: CasePage) -> str:
    """How much is late, and the longest of it; it stands before all else."""
    late = [line for line in (*page.steps, *page.reviews) if line.standing is Standing.OVERDUE]
    if not late:
        return "Nothing is late."
    worst = min(late, key=lambda line: line.due or date.max)
    number = "One thing is" if len(late) == 1 else f"{len(late)} things are"
    return f"{number} late; the longest: {plain(worst.title)}, {worst.days or worst.standing}."


def _limits(page: CasePage) -> list[str]:
    """What decides stands first: a page that is narrow cuts off what stands last."""
    rows = [(line.forecast, _how(line), line.title, due_of(line)) for line in page.limits]
    return _table(("Will it be met?", "How it stands", "Time limit", "Ends"), rows)


def _stages(page: CasePage) -> list[str]:
    of_stages = [(stage, [line for line in page.steps if line.stage == stage]) for stage in page.stages]
    rows = [(settled_words(lines), stage, _owed_words(lines)) for stage, lines in of_stages if lines]
    return _table(("How far", "Stage", "Owed now"), rows)


def _owed_words(lines: Sequence[Line]) -> str:
    owed = sum(line.standing in OWED_NOW and not line.automatic for line in lines)
    return counted(owed, "step") if owed else ""


def _owed(page: CasePage) -> list[str]:
    if page.status != CaseStatus.OPEN:
        return []
    owed = [line for line in (*page.steps, *page.reviews) if line.standing in LATE_FIRST and not line.automatic]
    owed.sort(key=lambda line: (LATE_FIRST.index(line.standing), line.due or date.max))
    rows = [(_how(line), _what(line), line.owner, due_of(line)) for line in owed]
    return _table(("How it stands", "Owed now", "By", "Due"), rows)


def _next(page: CasePage) -> list[str]:
    """What people will have to do soon; when it follows from what is known."""
    coming = [line for line in page.steps if line.standing is Standing.NOT_YET and line.due and not line.automatic]
    coming.sort(key=lambda line: line.due or date.max)
    rows = [(line.passed or due_of(line), _what(line), line.owner) for line in coming[:MOST]]
    return _table(("Due", "Comes next", "By"), rows)


def _standing_still(page: CasePage) -> list[str]:
    rows = [
        (
            hold.title,
            day_words(hold.since),
            ", ".join(hold.stops) or "nothing now",
            day_words(hold.review) if hold.review else "",
        )
        for hold in page.holds
    ]
    return _table(("Held", "Since", "What stands still", "Looked at again"), rows)


def _legal_holds(page: CasePage) -> list[str]:
    lines = [f"Since {day_words(since)}: its file is not destroyed until it is lifted" for since in page.legal_holds]
    return _list("Legal hold", lines)


def _taken_over(page: CasePage) -> list[str]:
    return _list("In another's place", [plain(words) for words in page.taken_over])


def _beside(page: CasePage) -> list[str]:
    links = (*link_words(page), *(link.words for link in page.related))
    return _list("Other cases", [plain(words) for words in (*links, *map(other_words, page.others))])


def _papers(papers: Sequence[str]) -> list[str]:
    """A line a paper, with every form in which it was made."""
    by_paper = [[*forms] for _, forms in groupby(papers, lambda path: path.rpartition(".")[0])]
    lines = [", ".join(f"`{path}`" for path in (forms[0], *map(_ending, forms[1:]))) for forms in by_paper]
    return _list("Papers, in the folder of documents", lines)


def _ending(path: str) -> str:
    return f".{path.rpartition('.')[2]}"


def _list(title: str, entries: Sequence[str]) -> list[str]:
    return [f"**{title}**", "", *(f"- {entry}" for entry in entries)] if entries else []


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [*table(heads, ([plain(cell) for cell in row] for row in rows))] if rows else []


def _what(line: Line) -> str:
    """Who does it stands in a column of its own."""
    return line.title.removesuffix(f" · {line.owner}")


def _how(line: Line) -> str:
    now = f"{line.standing} {day_words(line.done)}" if line.done else line.days or str(line.standing)
    first = f"first due {day_words(line.original)}" if line.original else ""
    asked = f"{counted(line.sent, 'reminder')} written" if line.sent else ""  # some leave later, or never
    silent = line.answered if line.standing is Standing.SILENT else ""
    return ", ".join(filter(None, (now, silent, line.together, first, asked)))
