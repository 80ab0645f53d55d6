"""Cases, agencies, actions, the year and health in Markdown."""

from __future__ import annotations

from reviewflow.markdown import plain
from reviewflow.service.board.actions import Actions
from reviewflow.service.board.agencies import Agencies, AgencyLine, BodyLine
from reviewflow.service.board.cases import CaseLine, CasesPage
from reviewflow.service.board.health import Health
from reviewflow.service.board.year import YearPage, counted_words
from reviewflow.service.board_markdown.page import BoardPage, board_page, part
from reviewflow.service.health.finding import HealthState
from reviewflow.service.views.in_prefect.links import case_link
from reviewflow.text import counted, day_words

MESSAGES = 20
"""So many messages of one agency are listed, the newest first."""
STANDS = {HealthState.GOOD: "good", HealthState.TO_DO: "**to do**", HealthState.UNKNOWN: "**cannot tell**"}


def cases_board(seen: CasesPage) -> BoardPage:
    """All open cases, the worst first."""
    columns = ("Worst clock", "Late", "Case", "Process", "Stage", "Next limit", "Held")
    return board_page(
        "cases", seen.headline, [part("Open cases", columns, [_case(line) for line in seen.lines])], seen.now
    )


def _case(line: CaseLine) -> list[str]:
    late = f"**{line.late}**, by up to {counted(line.worst_late, 'working day')}" if line.late else "no"
    first = next(iter(line.clocks), None)
    return [
        f"**{plain(line.verdict)}**" if line.verdict else "no clock runs",
        late,
        case_link(line.reference),
        plain(line.process),
        plain(line.stage),
        plain(f"{day_words(first.due)}, {first.day_words}: {first.title}" if first else ""),
        plain(", ".join(line.holds)),
    ]


def agencies_board(seen: Agencies) -> BoardPage:
    """What each agency owes, how punctual it is, and what was sent to it."""
    columns = ("Late", "Agency", "In the next five working days", f"In time since {day_words(seen.since)}")
    overview = part("Agencies", columns, [_agency(line) for line in seen.lines])
    parts = [
        overview,
        [counted_words("What came in time is", seen.counted)],
        *map(_owes, seen.lines),
        *map(_awaited, seen.bodies),
    ]
    parts += [*map(_sent, seen.lines), *map(_sent, seen.bodies)]
    return board_page("agencies", seen.headline, parts, seen.now)


def _awaited(line: BodyLine) -> list[str]:
    rows = [
        [plain(row.words), case_link(row.reference), plain(row.what), plain(day_words(row.due))] for row in line.awaited
    ]
    return part(f"Waited for from {plain(line.title)}", ("How it stands", "Case", "What", "Hoped for by"), rows)


def _agency(line: AgencyLine) -> list[str]:
    late = (
        f"**{len(line.late)}**, by up to {counted(max(row.days for row in line.late), 'working day')}"
        if line.late
        else "no"
    )
    return [late, plain(line.title), str(len(line.coming)), f"{line.on_time} of {line.counted}" if line.counted else ""]


def _owes(line: AgencyLine) -> list[str]:
    rows = [
        [plain(row.words), case_link(row.reference), plain(row.what), plain(day_words(row.due))]
        for row in (*line.late, *line.coming)
    ]
    return part(f"{plain(line.title)} owes", ("How it stands", "Case", "What", "Due"), rows)


def _sent(line: AgencyLine | BodyLine) -> list[str]:
    rows = [
        [
            plain(sent.became),
            plain(sent.at),
            case_link(sent.reference),
            plain(sent.what),
            plain(sent.about),
            plain(sent.to),
        ]
        for sent in line.messages[:MESSAGES]
    ]
    columns = ("What became of it", "When", "Case", "Message", "About", "To")
    return part(f"Sent to {plain(line.title)}: {line.sent_words}; the newest first", columns, rows)


def actions_board(seen: Actions) -> BoardPage:
    """Every action, red first, and the plans."""
    plans = [
        [
            ", ".join(f"{number} {colour or 'without'}" for colour, number in plan.colours),
            case_link(plan.reference),
            case_link(plan.follows) if plan.follows else "",
            str(plan.total),
            plain(", ".join(f"{number} {state}" for state, number in plan.states)),
        ]
        for plan in seen.plans
    ]
    rows = [
        [
            f"**{plain(row.colour)}**" if row.colour else "",
            plain(row.state),
            plain(row.number),
            plain(row.lead),
            plain(day_words(row.due)) if row.due else "",
            plain(row.why),
        ]
        for row in seen.rows
    ]
    return board_page(
        "actions",
        seen.headline,
        [
            part("Plans", ("Colours", "Plan", "Follows", "Actions", "States"), plans, none="There is no plan yet."),
            part("Actions", ("Colour", "State", "Action", "Led by", "Due", "Why"), rows),
        ],
        seen.now,
    )


def year_board(seen: YearPage) -> BoardPage:
    """The figures of the year so far, beside those of the year before."""
    first, last = day_words(seen.year.first), day_words(seen.year.last)
    rows = [[plain(row.what), f"**{plain(row.now)}**" if row.now else "", plain(row.before)] for row in seen.rows]
    targets = [
        [
            plain(row.stands),
            f"{row.reached} %" if row.reached is not None else "nothing to count yet",
            f"{row.wanted} %",
            plain(row.target),
            plain(row.process),
            plain(row.period),
            str(row.counted),
        ]
        for row in seen.targets
    ]
    columns = ("How it stands", "Reached", "Wanted", "Target", "Process", "Period", "Counted")
    figures = part("Figures", ("What", "This year", "The same days a year before"), rows, none="Nothing to count yet.")
    parts = [[counted_words("These figures are", seen.now)], figures, part("Targets", columns, targets)]
    return board_page("year", f"{first} to {last}.", parts, seen.now)


def health_board(seen: Health) -> BoardPage:
    """What is to be put right first."""
    rows = [
        [STANDS[finding.verdict], plain(finding.about), plain(finding.says), plain(finding.remedy)]
        for finding in seen.findings
    ]
    columns = ("", "What", "How it stands", "What to do")
    return board_page("health", seen.headline, [part("What was looked at", columns, rows)], seen.now)
