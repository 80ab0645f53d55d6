"""What each reader of a process gets: which messages on which day, when all is on time and when one is late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from reviewflow.case.model.ids import step_of
from reviewflow.case.plan.plan import Plan
from reviewflow.language.model import AGENCY
from reviewflow.language.structure.outside import title_waited_for
from reviewflow.london import london_day
from reviewflow.service.messages.naming import owner_title
from reviewflow.service.rehearsal.chases import PreviewedLetter, letters, whom
from reviewflow.service.rehearsal.choose import rehearse
from reviewflow.service.rehearsal.played import Played, Setting
from reviewflow.service.rehearsal.scenario import scenario
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.definition_files import DefinitionFiles
from reviewflow.text import day_words

WEEK = 7
Told = tuple[date, str, str]
"""Day, message, and the title of what it is about."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Posts that get the same, and what each of them gets."""

    title: str
    messages: tuple[Told, ...]
    """In the order of time."""

    @property
    def days(self) -> tuple[date, ...]:
        """The days with a letter: all that is due on one goes in one."""
        return tuple(dict.fromkeys(day for day, _, _ in self.messages))


@dataclass(frozen=True, slots=True)
class Summary:
    """The messages of one rehearsal."""

    title: str
    begins: date
    ends: date
    on_time: tuple[Reader, ...]
    late: Mapping[str, tuple[Reader, ...]]
    """By who is late, what follows besides as long as nothing comes from them."""
    outside: frozenset[str] = frozenset()
    """Those of them who are waited for from outside, and are late with nothing."""

    @property
    def weeks(self) -> float:
        return ((self.ends - self.begins).days + 1) / WEEK


def read_by(files: DefinitionFiles, process: str, opened: date) -> Played:
    """A rehearsal of a process that is opened on a day, with some agencies, in which everybody is on time."""
    plan = Plan(files.definition(process))
    dates = dict.fromkeys(plan.definition.process.opening.dates, opened)
    setting = Setting(plan, files.partnership, files.calendars)
    return rehearse(setting, scenario(plan, files.partnership, dates=dates, today=opened))


def summary(played: Played) -> Summary:
    """Who gets what. Late is each in turn, with everything that they owe: the rungs that are still to come."""
    sent, later = letters(played)
    outside = set[str]()
    by_late: defaultdict[str, list[PreviewedLetter]] = defaultdict(list)
    for letter in later:
        for late in _late(played, letter):
            by_late[late].append(letter)
            outside |= {late} if _body(played, letter) == late else set()
    first, last = played.happenings[0], played.happenings[-1]
    return Summary(
        played.setting.plan.definition.process.title,
        london_day(first.now),
        london_day(last.now),
        tuple(_readers(played, sent)),
        {late: tuple(_readers(played, theirs)) for late, theirs in sorted(by_late.items())},
        frozenset(outside),
    )


def _late(played: Played, letter: PreviewedLetter) -> Iterator[str]:
    """Who owes what it is about, or is waited for: any agency stands for all, whose letters are alike."""
    if body := _body(played, letter):
        yield body
        return
    setting = played.setting
    context = CaseContext(setting.plan, letter.case, setting.partnership, setting.calendars, letter.when)
    step = setting.plan.steps.get(step_of(letter.items[0]))
    if step is not None and step.for_each == AGENCY:
        yield "an agency"
    else:
        yield from dict.fromkeys(owner_title(context, item) for item in letter.items)


def _body(played: Played, letter: PreviewedLetter) -> str:
    """Who outside is waited for by the step that it is about; '' where somebody owes it."""
    plan = played.setting.plan
    step = plan.steps.get(step_of(letter.items[0]))
    return title_waited_for(step, plan.definition.process, played.setting.partnership) if step is not None else ""


def _readers(played: Played, sent: Iterable[PreviewedLetter]) -> Iterator[Reader]:
    """Readers who get the same, as agencies do, stand together."""
    got: defaultdict[str, set[Told]] = defaultdict(set)
    for letter in sent:
        for recipient in letter.to:
            got[recipient].add((letter.when.date(), letter.message, letter.title))
    alike: defaultdict[tuple[Told, ...], list[str]] = defaultdict(list)
    for recipient, messages in got.items():
        alike[tuple(sorted(messages))].append(recipient)
    readers = [Reader(_title(played, recipients), told) for told, recipients in alike.items()]
    yield from sorted(readers, key=lambda reader: (-len(reader.messages), reader.title))


def _title(played: Played, recipients: Iterable[str]) -> str:
    return whom(recipients, played.setting.partnership, played.case.agencies)


def as_text(summary: Summary) -> str:
    """The summary as plain text, for a screen or a file."""
    return "\n".join(_lines(summary)) + "\n"


def _lines(summary: Summary) -> Iterator[str]:
    yield f"Messages of: {summary.title}"
    yield f"Opened on {day_words(summary.begins)}, over on {day_words(summary.ends)}: {summary.weeks:.0f} weeks."
    yield ""
    yield "ALL ON TIME"
    yield from _of(summary.on_time)
    for late, readers in summary.late.items():
        yield ""
        how = "WAITED FOR, LATE WITH NOTHING" if late in summary.outside else "LATE AND SILENT"
        yield f"{how}: {late}. What goes besides, as long as nothing comes:"
        yield from _of(readers)


def _of(readers: Iterable[Reader]) -> Iterator[str]:
    for reader in readers:
        messages, letters = len(reader.messages), len(reader.days)
        yield f"  {reader.title}: {messages} message{_s(messages)} in {letters} letter{_s(letters)}"
        yield from (f"    {day_words(day):<15}  {message}: {title}" for day, message, title in reader.messages)


def _s(number: int) -> str:
    return "" if number == 1 else "s"


def as_data(summary: Summary) -> Mapping[str, object]:
    """The summary for other programs."""

    def readers(some: Iterable[Reader]) -> list[dict[str, object]]:
        return [
            {
                "reader": reader.title,
                "letters": len(reader.days),
                "messages": [
                    {"day": day.isoformat(), "message": message, "about": title}
                    for day, message, title in reader.messages
                ],
            }
            for reader in some
        ]

    return {
        "process": summary.title,
        "begins": summary.begins.isoformat(),
        "ends": summary.ends.isoformat(),
        "on_time": readers(summary.on_time),
        "late": {late: readers(some) for late, some in summary.late.items()},
        "outside": sorted(summary.outside),
    }
