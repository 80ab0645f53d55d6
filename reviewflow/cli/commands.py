"""Every command in the order in which help lists them. A command's module is imported when it is typed, no other."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from typer import Typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info, get_group_from_info
from typer.models import CommandInfo, TyperInfo

from reviewflow.cli.options import with_options

_PLAIN: Any = {"pretty_exceptions_short": False, "rich_markup_mode": None}


class Later(TyperCommand):
    """As much of a command as a list of commands needs; `load` makes the whole of it."""

    def __init__(self, name: str, place: str, words: str, *, hidden: bool = False) -> None:
        """`place` is its module below `reviewflow.cli`, and what carries it out: a function, or the Typer of a group.

        `words` are the first paragraph of its help; a test holds them to it.
        """
        super().__init__(name, help=words, hidden=hidden)
        self.place = place

    def load(self) -> Any:
        """The command, ready to be invoked."""
        module, _, name = self.place.partition(":")
        target = getattr(import_module(f"reviewflow.cli.{module}"), name)
        if isinstance(target, Typer):
            group = TyperInfo(target, name=self.name)
            return get_group_from_info(group, **_PLAIN, suggest_commands=True)
        command = CommandInfo(self.name, callback=with_options(target), hidden=self.hidden)
        return get_command_from_info(command, **_PLAIN)


COMMANDS = (
    Later(
        "check",
        "definitions.check:check",
        "Say everything that is wrong with the definitions: file, line, column and what to do.",
    ),
    Later("schema", "definitions.schema:schema", "The JSON Schema of a definition file, for editors."),
    Later(
        "resolve",
        "definitions.resolve:resolve",
        "Print a process with all that it takes over (extends, groups) in its place: what a case is opened with.",
    ),
    Later(
        "date",
        "definitions.date:date_",
        'Count days: "15 working days after 2026-12-18", "6 months after 2026-08-31", "7 working days before today".',
    ),
    Later(
        "import-calendar",
        "definitions.import_calendar:import_calendar",
        "Print a calendar for partnership.yaml from an .ics file, such as a school's term dates.",
    ),
    Later("init", "definitions.init:init", "Write a commented file to start a new process from."),
    Later(
        "diff",
        "definitions.diff:diff",
        "Say in words what changed between two versions of a process, and which open cases run on the old one.",
    ),
    Later(
        "migrate",
        "definitions.migrate:migrate",
        "Move a running case to its process as the file is now, saying first what happens to each step.",
    ),
    Later(
        "publish",
        "publishing.publish:publish",
        "Let a folder of definitions take the place of the office's, as a whole; first see what it changes.",
    ),
    Later(
        "preview",
        "definitions.rehearsal.preview:preview",
        "The whole timetable of a process before it is used: each step and limit, each reminder, who and when.",
    ),
    Later(
        "explain",
        "definitions.rehearsal.explain:explain",
        "A process as one would tell it to a colleague, from its file alone; or what the code of a problem means.",
    ),
    Later(
        "diagram",
        "definitions.diagram:diagram",
        "Draw a process on one A4 page (svg, png), as Mermaid text (mmd, md) or as BPMN 2.0 for other tools.",
    ),
    Later(
        "watch",
        "definitions.watch:watch",
        "Check the definitions whenever one is saved, and draw a process again; Ctrl-C stops it.",
    ),
    Later("open", "cases.open:open_", "Open a case."),
    Later(
        "today",
        "office.board:today",
        "What is late and by how much, what falls due, and which clock is in danger, on one page; see also `board`.",
    ),
    Later(
        "board",
        "office.board:board",
        "Write the board: a page for the morning, one a case, one of agencies; sweeps and answers keep it up to date.",
    ),
    Later("cases", "cases.show:cases", "List the cases, with what is overdue and what is due soon."),
    Later(
        "show",
        "cases.show:show",
        "A case on one page: its limits, what is owed and to come, who has it and when it is due.",
    ),
    Later(
        "due",
        "cases.show:due",
        "What is overdue, what falls due in the next days, and what is owed without a day, over all cases.",
    ),
    Later("complete", "cases.complete:complete", "Record that a step was done."),
    Later(
        "tick",
        "cases.tick:tick",
        "Record several steps of a case together as done, on one day; without steps, list what can be ticked off.",
    ),
    Later("reopen", "cases.complete:reopen", "Owe a step again, with everything that depends on it."),
    Later("skip", "cases.complete:skip", "Go on without a step."),
    Later(
        "correct",
        "cases.days.correct:correct",
        "Put a wrong date right; everything that counts from it is counted anew.",
    ),
    Later(
        "set",
        "cases.days.correct:set_",
        "Set a date of the case, or move it; everything that counts from it moves with it.",
    ),
    Later("agency", "cases.agency:agency", "Let an agency join a case, or leave it."),
    Later(
        "member",
        "cases.agency:member",
        "Let somebody join a list that was made, leave it, or go on for another on it.",
    ),
    Later(
        "add-line", "cases.lines:add_line", "Add a line to a table that grows; what is done for it is owed from now on."
    ),
    Later(
        "change-line",
        "cases.lines:change_line",
        "Put a line of a table that grows right, or withdraw it; what it said before stays in the history.",
    ),
    Later("withdraw", "cases.end:withdraw", "End a case here; nothing is chased any more and its history stays."),
    Later(
        "history",
        "cases.show:history",
        "Everything that happened in a case, in words: the day it is about, who said so, when it was recorded.",
    ),
    Later(
        "audit",
        "cases.audit:audit",
        "Look whether what was recorded, is owed and was sent is what it was: each case replayed, every seal verified.",
    ),
    Later("start-step", "cases.complete:start_step", "Open an optional step, or do it once more."),
    Later(
        "end",
        "cases.end:end",
        "End a case by one of its process's ways out; nothing is chased any more and its history stays.",
    ),
    Later(
        "choose",
        "definitions.rehearsal.choose:choose",
        "Say what a decision table recommends for these answers, and why.",
    ),
    Later(
        "forecast",
        "cases.days.forecast:forecast",
        "Will it make it? Each time limit, from what is open and coming, and what the day hangs on.",
    ),
    Later("breach", "cases.days.forecast:breach", "Record why a time limit was not met, or will not be."),
    Later(
        "recount",
        "cases.recount:recount",
        "Count the days of all open cases anew, after the calendars were changed; or see what later rules would move.",
    ),
    Later("merge-agencies", "cases.agency:merge_agencies", "Let one agency owe what another did, in all open cases."),
    Later(
        "handover",
        "cases.recount:handover",
        "Write down that a post has passed to somebody else, and tell its mailbox in partnership.yaml what it owes.",
    ),
    Later(
        "why",
        "cases.why:why",
        "Why a step, a time limit or an ending is or is not happening: turn, day, reminders, what was sent.",
    ),
    Later("make", "cases.papers:make", "Make a document of a case as things stand now."),
    Later("papers", "office.papers:app", "Papers: list those of a case, make those that are there before a case."),
    Later(
        "outbox", "office.mail.outbox:outbox", "What waits to be sent, what was sent, and what was refused for good."
    ),
    Later(
        "delivery",
        "office.mail.outbox:delivery",
        "Whether messages leave the building: look, with who switched it and when, or switch it in your name.",
    ),
    Later(
        "backup",
        "office.records.backup:backup",
        "Write the whole office into one encrypted file: database, definitions, papers. Others may go on working.",
    ),
    Later(
        "restore",
        "office.records.backup:restore",
        "Put a backup into a new folder, and say whether it is whole. No letter goes out until reviewflow settle is "
        "done.",
    ),
    Later(
        "settle",
        "office.mail.settle:settle",
        "After a restore: which letters may have gone before the machine was lost; say which had, and the others go.",
    ),
    Later(
        "bounces",
        "office.sweep:bounces",
        "Look now, once, for mail that came back, as each sweep does, and say what was found.",
    ),
    Later(
        "returns",
        "office.sweep:bounces",
        "Look now, once, for mail that came back, as each sweep does, and say what was found.",
        hidden=True,
    ),  # what it was called before
    Later(
        "sweep",
        "office.sweep:sweep",
        "Sweep once, without Prefect: chase what is due, do what happens by itself, hand over the messages.",
    ),
    Later(
        "doctor",
        "office.doctor:doctor",
        "What stands and what does not: database, clocks, sweeps, letters, routes, Prefect, backups; and what to do.",
    ),
    Later(
        "digest",
        "office.sweep:digest",
        "The summary that a role gets: see it with --dry-run, or put it into the outbox now, once a period.",
    ),
    Later(
        "hold",
        "cases.days.hold:hold",
        "Let what a hold names stand still; said again, it was looked at and stays. National limits go on.",
    ),
    Later("release", "cases.days.hold:release", "Release a hold: what stood still goes on."),
    Later(
        "extend",
        "cases.days.hold:extend",
        "Grant a later day. What was due first stays in sight; national limits cannot be extended.",
    ),
    Later(
        "delegate",
        "cases.posts.delegation:delegate",
        "Let another post do what one owes in this case, or verify in its place, from today or --from on.",
    ),
    Later(
        "take-back",
        "cases.posts.delegation:take_back",
        "Take back what was delegated: the post that owes it does it itself again.",
    ),
    Later(
        "respond",
        "cases.chase:respond",
        "Record what somebody answered to a chase; the chases of that day stop at once.",
    ),
    Later("snooze", "cases.chase:snooze", "Leave somebody in peace until a day; the due day stays."),
    Later(
        "resume",
        "cases.chase:resume",
        "Let the reminders go on: the contact was corrected, or more time is not granted.",
    ),
    Later(
        "chase",
        "cases.chase:chase",
        "Send a chase now, by hand; or show who would get which letter, and send nothing.",
    ),
    Later(
        "link",
        "cases.link:link",
        "Link what runs beside a case, such as a trial; what it stops is held where the process has such a hold.",
    ),
    Later("unlink", "cases.link:unlink", "End a link, or take a joined case out again; what it alone stopped goes on."),
    Later(
        "join",
        "cases.link:join",
        "Meet another case's clocks with this one: they count from its days, and the earliest stands first.",
    ),
    Later(
        "report",
        "office.registers.report:report",
        "Figures from the events: limits, agencies, steps, actions, holds, ... of a case, an agency or a period.",
    ),
    Later(
        "log",
        "office.registers.report:log",
        "The event log of all cases in XES, for programs that look for patterns in processes.",
    ),
    Later(
        "publications",
        "office.registers.publications:publications",
        "The register of published reviews: where each stands, until when, and whether the NSPCC has it.",
    ),
    Later(
        "disclose",
        "office.records.disclose:disclose",
        "Write all of a case into a folder: pages to read, with history, messages, papers and definition, and proof.",
    ),
    Later(
        "erase",
        "office.records.disclose:erase",
        "Erase a name, or a mailbox that was written to; what was recorded and sent stays, and is still proven.",
    ),
    Later(
        "init-office",
        "server.start:init_office",
        "Make an office's own folder: a copy of the shipped definitions, with who is who to fill in.",
    ),
    Later(
        "serve",
        "server.start:serve",
        "Start Prefect, the flows and the answer pages: all cases, forms, chasing. Ctrl-C stops everything.",
    ),
    Later(
        "demo",
        "server.start:demo",
        "Show everything with made-up cases: three rapid reviews, a practice review and a learning event.",
    ),
    Later("messages", "definitions.messages:app", "What people will read."),
    Later(
        "contacts",
        "cases.contacts:app",
        "The people of one case whom letters may go to: give them, see whether they are given, erase them.",
    ),
    Later(
        "letters",
        "office.mail.letters:app",
        "Letters to the contacts of cases: see which wait, read, release or refuse them.",
    ),
    Later(
        "links",
        "office.mail.links:app",
        "The addresses in letters at which a mailbox answers: withdraw them, make a new key.",
    ),
    Later(
        "actions",
        "office.registers.actions:app",
        "Actions of all cases: list them, take them in from a spreadsheet, verify many at once.",
    ),
    Later(
        "bring-in",
        "incoming.bring_in:bring_in",
        "Bring in cases that run elsewhere today, each with its true past days; no letter goes about the past.",
    ),
    Later("chronology", "office.registers.chronology:app", "Chronologies that agencies sent in: make one of them."),
    Later(
        "confirm",
        "office.second_person:confirm",
        "The second person's word: carry out what somebody else asked for, with the code that was mailed.",
    ),
    Later("retention", "office.records.retention:app", "How long cases are kept: list them, hold them, destroy them."),
)


class Commands(TyperGroup):
    """`reviewflow` itself: knows every command by name, and loads the one that is called."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{**settings, "commands": COMMANDS})

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command that the words ask for, loaded, and the words that are left to it."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, command.load() if isinstance(command, Later) else command, rest
