"""A running case as its events have made it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from reviewflow.case.model.arranged import Delegation, KnownContact, Placed
from reviewflow.case.model.beside import Linked, Taken

Cell = str | int | float | list[str]
"""One answer to one question; in a table, what stands in one column of one line."""
Row = dict[str, Cell]
Answer = Cell | list[Row]
Answers = Mapping[str, Answer]


class Status(StrEnum):
    """Where a work item or a time limit stands. PENDING items have not opened yet (stored as "waiting")."""

    PENDING = "waiting"
    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"
    NOT_NEEDED = "not needed"
    WITHDRAWN = "withdrawn"
    NO_MORE = "not needed any more"
    """Of a step that repeats: its rounds are over. Those that were done stand; the open one was not done."""


FINISHED = frozenset({Status.DONE, Status.SKIPPED, Status.NOT_NEEDED, Status.WITHDRAWN, Status.NO_MORE})
WAS_DONE = frozenset({Status.DONE, Status.NO_MORE})
"""Something was done, at least once: its day and its answers stand."""


class CaseStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


CUT_SHORT = frozenset({CaseStatus.WITHDRAWN, CaseStatus.ENDED})
"""Over although not everything is finished: what was still owed is owed no more."""


class Manner(StrEnum):
    """How an item came to be done."""

    ANSWERED = ""
    DISSENT = "dissent"
    SILENCE = "silence"


class Outlook(StrEnum):
    """What people were last told about a time limit: it will be met or was; it will not be; it was not."""

    WELL = ""
    LATE = "late"
    BREACHED = "breached"


@dataclass(frozen=True, slots=True)
class Item:
    """The state of a step, or of a time limit, as one owner owes it."""

    status: Status
    round: int = 1
    due: date | None = None
    by: time | None = None
    """The time of day by which it is due, where hours are counted."""
    fixed: bool = False
    """The due date was set when the work was sent back, or extended; it no longer follows the step's rule."""
    opened: date | None = None
    done: date | None = None
    """The day on which it was done (not the day on which that was typed in), or was skipped."""
    at: time | None = None
    """The time of day at which it was done, where that matters and is known."""
    given_to: str = ""
    """Who owed it last, where an answer names its owner: 'agency:police'."""
    was_with: str = ""
    """Who owed it when it was settled, where the work of that post has passed to another since."""
    answers: Answers = field(default_factory=dict)
    """Only the answers that something in the process refers to; all of them stand in the history."""
    rungs: int = 0
    """How many rungs of its ladder have been passed in this round."""
    sent: int = 0
    """How many messages have gone out about it in this round."""
    manner: Manner = Manner.ANSWERED
    counted_as: str = ""
    """What silence counted as, in the words of the process; '' for agreed, and for what was answered."""
    late: date | None = None
    """The day of an answer that came when the item was settled without it."""
    late_dissent: bool = False
    """That late answer is one that the process calls dissent."""
    turn: int = 0
    """How many rhythms after the day of its rule a step that comes again is due."""
    times: int | None = None
    """Of a step that comes again: how often it was done before this round; None where that was not counted."""
    passed_over: tuple[int, ...] = ()
    """Of a step that comes again: the rounds that were skipped; of one that follows each, by their `nth`."""
    first_done: date | None = None
    """Of a step that comes again, and whose first round meets a time limit: the day of that, once another is owed."""
    first_at: time | None = None
    """The time of day at which that was done, where it matters and is known."""
    nth: int | None = None
    """Of a step that follows each round of another: how often that was done by then."""
    of_round: date | None = None
    """Of a step that follows one that comes again: the day of the round after which it is owed; `turn` numbers it.

    Of one that comes again so long after it was done: the day from which its round counts.
    """
    stopped: date | None = None
    """The day since which a step that came again is not needed any more."""
    original: date | None = None
    """The day on which it was due at first, before it was extended; it stays for ever."""
    own_day: date | None = None
    """The day that a hold or a sending back gave it, where its history says what may still bring that forward."""
    held: bool = False
    """It was a hold that moved it to that day."""
    unknown: tuple[str, ...] = ()
    """Of the earlier of several days, those not known when it was given its own: each may bring it forward."""
    follows: tuple[str, ...] = ()
    """The dates, set by what was sent back beside it, from which its day counts again once one of them is set anew."""
    stood: date | None = None
    """The day on which it was due when its clock stopped; None while the clock runs."""
    extended: int = 0
    """How often it was extended, where the process says how often it may be."""
    was_due: date | None = None
    """The day on which it was due before it was extended last, where a letter tells of that."""
    returned: int = 0
    """How often it was sent back, where the process says how often it may be."""
    grounds: Mapping[str, int] = field(default_factory=dict)
    """How often it was sent back on each ground, where the process says how often it may be on each."""
    reopened: int = 0
    """How often it was reopened by hand, where the process says how often it may be."""
    opened_by_hand: bool = False
    """A person opened this optional item."""
    begun: int = 0
    """How often somebody opened it, where the process says how often that may be."""
    outlook: Outlook = Outlook.WELL
    """Of a time limit: what people were last told about it."""
    foreseen: str = ""
    """Of a time limit: the word for it when it was last looked at; '' while it was always on course."""
    foreseen_since: date | None = None
    """The day since which that is the word."""
    breach: str = ""
    """Of a time limit: why it was not met, as somebody recorded it."""
    reason: str = ""
    """Why it was given more time or none, or was skipped, where letters of the process print that."""
    chased: tuple[date, ...] = ()
    """The days on which messages went out about it in this round, as far as the history says."""
    responses: Mapping[str, date] = field(default_factory=dict)
    """The owner's responses in this round, by kind (acknowledged, draft_received, ...), each with its last day."""
    to_decide: str = ""
    """The kind of response on which the office has to decide; until then nobody is chased. '' when none."""
    asked_until: date | None = None
    """The day until which more time was asked for."""
    remind: date | None = None
    """The day on which the office is next reminded that it has to decide."""
    snoozed_until: date | None = None
    """No message goes out before this day."""
    told_late: date | None = None
    """The day on which its owner was told before anybody else heard of it; later rungs are counted from it."""
    told_after_noon: bool = False
    """The first message about it in this round went out after noon."""
    asked: date | None = None
    """Where silence counts: the day of this round on which a request for it left the building; None when none did."""
    written: tuple[str, ...] = ()
    """Who was written to about it in an earlier round, and has not answered since: they hear when it is over."""
    growing: tuple[str, ...] = ()
    """The tables among its answers to which lines were added one by one; a line that was withdrawn is empty there."""


@dataclass(frozen=True, slots=True)
class Case:
    reference: str
    process: str
    version: int
    definition: str
    """The content hash of the definition that the case is pinned to."""
    status: CaseStatus
    opened: date
    dates: Mapping[str, date]
    """Those it was opened with, and those that were set since."""
    agencies: tuple[str, ...]
    items: Mapping[str, Item] = field(default_factory=dict)
    """By id: `panel_meeting`, or `agency_return/police` for one owner of several. Absent items are pending."""
    links: Mapping[str, str] = field(default_factory=dict)
    """The cases that this one started, by the item that started them, or by its round: 'record@2'."""
    started_after: Mapping[str, date] = field(default_factory=dict)
    """Of those that were started after a round of another step, by reference, the day of that round."""
    origin: str = ""
    """The case that started this one."""
    holds: Mapping[str, Placed] = field(default_factory=dict)
    """Those that are in place."""
    placed: Mapping[str, int] = field(default_factory=dict)
    """How often each hold was placed, where the process says how often it may be."""
    delegated: Mapping[str, Delegation] = field(default_factory=dict)
    """By step, or by post as in 'role:chair', who answers in the place of whoever owes it."""
    to_delegate: Mapping[str, Delegation] = field(default_factory=dict)
    """The same, from a later day on."""
    related: Mapping[str, Linked] = field(default_factory=dict)
    """What runs beside it, by reference."""
    joined: Mapping[str, Mapping[str, date]] = field(default_factory=dict)
    """Cases whose time limits are met here too, each with the days from which they count."""
    joined_times: Mapping[str, Mapping[str, time]] = field(default_factory=dict)
    """The times of day from which hours count in joined cases, as far as they are known."""
    linked_from: Mapping[str, str] = field(default_factory=dict)
    """Cases of this office that have this one beside them, by reference, each with the kind of link, or `JOINED`."""
    led: Mapping[str, str] = field(default_factory=dict)
    """The steps that are done for this case too in another one, each with the reference of that."""
    taken: Mapping[str, Taken] = field(default_factory=dict)
    """The items that were recorded in another case, for this one too, when they were done last."""
    leads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Cases that are treated together with this one, which leads, each with the agencies that take part in it."""
    elsewhere: Mapping[str, Mapping[str, Mapping[str, date]]] = field(default_factory=dict)
    """By kind of link, of each case that is linked so, what this one waits for that is settled there, since when."""
    outside: tuple[str, ...] = ()
    """Of what runs beside it or is joined, what is no case of this office: the same reference may be another's here."""
    ending: str = ""
    """The ending of its process that the case took; '' when none."""
    ended: date | None = None
    closing: str = ""
    """The ending that the case has taken and that is over as soon as what it keeps is done; '' when none."""
    closing_reason: str = ""
    """Why it ends, or ended, where somebody said so."""
    closing_since: date | None = None
    """The day on which the case took the ending that keeps work: days count from it, also when all is over."""
    times: Mapping[str, time] = field(default_factory=dict)
    """The time of day of those dates of which it was asked."""
    kept_for: Mapping[str, Placed] = field(default_factory=dict)
    """The legal holds that it is under, by matter: its file is not destroyed."""
    kept_until: date | None = None
    """The day until which its file is kept at least, as a person said."""
    contacts: Mapping[str, KnownContact] = field(default_factory=dict)
    """Those of its contacts who were given, by name."""
    rules: int = 1
    """The edition of reviewflow's own rules by which it is run; see `case.rules.edition`."""
    calendar: str = ""
    """The calendar that was chosen for it; '' where its process asks for none."""
    brought_in: date | None = None
    """The day on which a case that had run elsewhere was brought in; None for one that was opened here."""
    was: str = ""
    """How the office knew it until then."""


def is_open(case: Case, item: str) -> bool:
    """Whether an item is owed now."""
    state = case.items.get(item)
    return state is not None and state.status is Status.OPEN


def is_finished(case: Case, item: str) -> bool:
    """Whether nothing more is owed of an item: done, skipped, not needed or withdrawn."""
    state = case.items.get(item)
    return state is not None and state.status in FINISHED


def is_erased(case: Case, contact: str) -> bool:
    """Whether who this contact is was given and is erased."""
    known = case.contacts.get(contact)
    return known is not None and known.erased is not None
