"""Processes: one review methodology each."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Discriminator, Field, Tag

from reviewflow.calendar import Landing
from reviewflow.language.conditions import Condition
from reviewflow.language.model.forms import FormFields
from reviewflow.language.model.targets import Target
from reviewflow.language.model.values import (
    NAME_SENTENCE,
    Count,
    DueRule,
    HowMany,
    HowOften,
    KeptFor,
    Language,
    Length,
    Line,
    Model,
    Name,
    Names,
    Number,
    OnAWorkingDay,
    Prose,
    Roles,
    TextOr,
    To,
    YesNo,
    matching,
)

Deployment = Annotated[
    str,
    *matching(
        r"^[a-z0-9_-]{1,60}/[a-z0-9_-]{1,60}$",
        "a deployment's name. Write the flow and the deployment: publish/website",
    ),
]
_A_NAME = "[a-z][a-z0-9_]*"
Listed = Annotated[str, *matching(rf"^{_A_NAME}(?:\.{_A_NAME})?$", NAME_SENTENCE)]
"""agency, or a list that a form gathered."""
Owner = Annotated[
    str,
    *matching(
        rf"^({_A_NAME}(\.{_A_NAME})?|agency {_A_NAME}|the (agency|role) in {_A_NAME}\.{_A_NAME}"
        rf"|the agency's (senior|deputy|designated|partner)|next in order|contact {_A_NAME})$",
        NAME_SENTENCE,
    ),
]
"""A role, a column of a list, a named agency, whom an answer names, or a post of each agency."""
DayOf = Annotated[
    str,
    *matching(
        r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$",
        "a date or a step's field. Write: notified, or agreed_outcome.decided_on",
    ),
]
ReferencePattern = Annotated[
    str,
    *matching(
        r"^[A-Z]{1,8}-\{year\}-\{number\}$",
        "a reference. Write capitals, then year and number: RR-{year}-{number}",
    ),
]
Called = Annotated[
    str,
    *matching(r"^[a-z][a-z -]{1,38}$", "what a case is called, in a word or two of small letters. Write: request"),
]
Meant = Annotated[
    dict[Annotated[str, *matching(r"^PD[0-9]{3}$", "the code of a warning. Write: PD047")], Line],
    Field(min_length=1),
]
"""Why a warning is no mistake, by its code."""
TextOrRoles = Annotated[
    Annotated[Roles, Tag("(values)")] | Annotated[Listed, Tag("(name)")],
    Discriminator(lambda value: "(name)" if isinstance(value, str) else "(values)"),
]


CountsAs = Annotated[
    str,
    *matching(
        r"^counts as [a-z][a-z ,'-]{0,79}$",
        "what silence means. Write: counts as agreed, or: counts as declined",
    ),
]


class Record(StrEnum):
    """What a step tells the partnership's registers, besides its own case."""

    ACTION_DONE = "action_done"
    ACTION_PROGRESS = "action_progress"
    ACTION_MILESTONE = "action_milestone"
    ACTION_VERIFIED = "action_verified"
    VERIFIED_FOR_PLAN = "verified_for_plan"
    PUBLICATION = "publication"
    DEPOSIT = "deposit"
    TAKEN_DOWN = "taken_down"


class AfterRound(StrEnum):
    """After which round of a step that comes again something follows."""

    EACH = "each"
    LAST = "last"


class FromAgencies(Model):
    """How an agency opens a case by itself: the step whose form it fills in, and what is known already."""

    noun: ClassVar[str] = "an opening by agencies"

    step: Name = Field(description="The step that begins at the opening, whose form the agency fills in: take_in")
    agency: Name | None = Field(
        default=None, description="The question of that form, of type agency, that the agency itself answers: referrer"
    )
    answers: dict[Name, Name] = Field(
        default={}, description="Questions that need not be asked then, with their answers: {referred_by: agency}"
    )


class Opening(Model):
    """What is asked when a case is opened."""

    noun: ClassVar[str] = "the opening"

    dates: dict[Name, Line] = Field(description="The dates a case starts with: a name and the question", min_length=1)
    trigger: Name | None = Field(
        default=None,
        description="The date that decides which edition of the guidance holds; the first one unless given",
    )
    in_order: Names | None = Field(
        default=None, description="Of these dates none lies before the one that is named before it: [aware, notified]"
    )
    times: Names = Field(default=(), description="Of these dates the time of day is asked too: hours count from it")
    calendar: Names | None = Field(
        default=None,
        description="The calendars of which one is chosen when a case opens; what says `calendar: chosen` counts in it",
    )
    agencies: Count | None = Field(default=None, description="How many agencies take part: at least 1")
    from_agencies: FromAgencies | None = Field(
        default=None, description="Agencies open cases themselves, on the page of a standing link, by a step's form"
    )


class CaseContact(Model):
    """Somebody of one case whom letters may go to; who that is, is given for each case and kept apart."""

    noun: ClassVar[str] = "a contact of the case"

    title: Line = Field(description="Who that is, as everybody reads it: The family")


class CaseDate(Model):
    """A named date that is planned, and set or moved later: due rules may count from it."""

    noun: ClassVar[str] = "a date of the case"

    title: Line = Field(description="What happens on this day")
    planned: DueRule | None = Field(
        default=None, description="The plan until somebody sets it: 6 months after decision"
    )
    on_a_working_day: OnAWorkingDay = Landing.AS_IT_FALLS


class HeldDays(StrEnum):
    """What becomes of the due days of what was held, when it is released."""

    MOVE = "move"
    STAY = "stay"


class Hold(Model):
    """A reason that stops named steps for a while. It never stops a national limit."""

    noun: ClassVar[str] = "a hold"

    title: Line = Field(description="Why things stand still, as everybody reads it")
    stops: Names = Field(description="The steps that wait while it lasts", min_length=1)
    by: Names = Field(
        default=(), description="The roles or agencies that may place it and release it by hand; anybody unless given"
    )
    times: Annotated[Number, Field(ge=1)] | None = Field(
        default=None,
        description="How often at most it may be placed by hand; as often as there is reason unless given",
    )
    at_most: Length | None = Field(
        default=None,
        description="How long it may be in place: 6 months. Then it ends by itself, unless released before",
    )
    due_days: Annotated[HeldDays, Field(strict=False)] = Field(
        default=HeldDays.MOVE,
        description="When released, due days of what it stopped move on by the working days it was held, or stay",
    )
    review: Length | None = Field(default=None, description="How often it is looked at again: 30 days")
    send: Name = Field(default="hold_review", description="The message that reminds of looking at it again")
    to: Names = Field(default=("business_support",), description="The roles that are reminded")


class StandsStill(Model):
    """Local clocks that stand still while something is awaited from outside. National limits never do."""

    noun: ClassVar[str] = "a standstill"

    title: Line = Field(description="What is awaited, as everybody reads it: The fee has not been paid")
    clocks: Names = Field(description="The local limits and the steps whose days then do not count", min_length=1)
    since: Name = Field(alias="from", description="The step that stops them when it is done: fee_notice")
    until: Name = Field(description="The step with which they go on, when it is done: fee_paid")
    then: Literal["begin again"] | None = Field(
        default=None, description="begin again: they count anew from the day on which it came; go on unless given"
    )

    @property
    def begins_again(self) -> bool:
        """Whether all that was counted before is counted anew."""
        return self.then is not None


class WhenLate(Model):
    """What follows as soon as it is foreseen that a limit will not be met, or when it was not."""

    noun: ClassVar[str] = "a warning about a late limit"

    message: Name = Field(description="The message that says so, once")
    tell: Names = Field(default=("business_manager",), min_length=1, description="The roles that are told")
    well_again: Name | None = Field(
        default=None, description="The message that says, once, that it will be met after all"
    )
    make: Name | None = Field(default=None, description="The notice of delay that is drafted, then and at the breach")


class Extensions(Model):
    """Who may give more time, how often, and until when at most. A national limit is never extended."""

    noun: ClassVar[str] = "a rule for extensions"

    by: Names = Field(default=(), description="The roles or agencies that may grant it; anybody unless given")
    times: Annotated[Number, Field(ge=0)] | None = Field(
        default=None, description="How often at most; 0: never; as often as is granted unless given"
    )
    until: DueRule | None = Field(
        default=None, description="The last day to which it may be extended: 40 working days after received"
    )


class Reopenings(Model):
    """How often somebody may reopen what was done, by hand."""

    noun: ClassVar[str] = "a rule for reopening"

    times: Annotated[Number, Field(ge=0)] = Field(description="How often at most; 0: never")


class Limit(Model):
    """A clock over part of the case. It never blocks, but it is never silent."""

    noun: ClassVar[str] = "a time limit"

    title: Line | None = Field(default=None, description="What the clock is called; a national limit brings its own")
    national: Name | None = Field(default=None, description="The name of a national limit in the guidance")
    counts_from: Name | None = Field(
        default=None, alias="from", description="For a national limit: the date (or step) that is day 0"
    )
    within: Length | None = Field(
        default=None, description="A stricter local length for a national limit; never looser"
    )
    due: DueRule | None = Field(default=None, description="For a local limit: when it ends")
    on_a_working_day: OnAWorkingDay = Landing.AS_IT_FALLS
    calendar: Name | None = Field(default=None, description="For a local limit: whose bank holidays count")
    extensions: Extensions | None = Field(
        default=None, description="For a local limit: who may extend it, how often and until when"
    )
    when: Condition | None = Field(default=None, description="Only when these answers were given; otherwise not needed")
    met_by: Name = Field(description="The step whose completion stops the clock")
    ladder: Name | None = Field(default=None, description="Who is warned, and when")
    when_late: WhenLate | None = Field(
        default=None, description="What follows when it is foreseen that it will not be met, or was not"
    )
    reason: Literal["asked"] | None = Field(
        default=None,
        description="For a local limit: asked: when it was missed, somebody is to record why; of a national limit it "
        "is always asked",
    )
    meant: Meant | None = Field(
        default=None,
        description="Answers to warnings about it, by code, with the reason: {PD047: The panel meets at once}",
    )


class Reopen(Model):
    """Work is sent back: the named step and what depends on it become open again."""

    noun: ClassVar[str] = "a reopening"

    when: Condition = Field(description="Which answers of this step's own form send the work back: {enough: no}")
    times: Annotated[Number, Field(ge=1)] | None = Field(
        default=None,
        description="How often at most it may be sent back; after that the answer stands, and the work goes on",
    )
    send: Name | None = Field(default=None, description="The message that tells the owner so")
    due: DueRule | None = Field(default=None, description="When the reopened work is due; its own rule unless given")
    on_a_working_day: OnAWorkingDay = Landing.AS_IT_FALLS


class Start(Model):
    """Opens a linked case of another process."""

    noun: ClassVar[str] = "a start"

    process: Name = Field(description="The process to start")
    dates: dict[Name, DayOf] = Field(
        description="Each date the new case opens with, and where it comes from: {decision: agreed_outcome.decided_on}"
    )
    times: dict[Name, DayOf] | None = Field(
        default=None,
        description="Where the time of day of a date comes from that asks for one: {notified: call.rung_at} for a "
        "question of a form, {notified: call} for the time at which a step was recorded, or a date of this case",
    )
    agencies: Literal["same"] | None = Field(default=None, description="same: the agencies of this case take part")
    calendar: Name | None = Field(
        default=None,
        description="For a process that asks whose days are counted: a calendar, or chosen for the one of this case",
    )


class Retention(Model):
    """How long the file of a case is kept, counted from the day on which it is over."""

    noun: ClassVar[str] = "a retention rule"

    keep: KeptFor = Field(description="25 years, or permanently")
    kind: Line | None = Field(
        default=None, alias="class", description="The class of record in the partnership's retention schedule"
    )


class Ending(Model):
    """A way out of the process: the case ends with this reason, its clocks stop, its history stays."""

    noun: ClassVar[str] = "an ending"

    title: Line = Field(description="Why the case ends, as everybody reads it")
    when: Condition | None = Field(
        default=None, description="The answers that end the case by themselves; none: only when somebody says so"
    )
    after: DueRule | None = Field(
        default=None,
        description="The day after which time alone ends the case, where nothing came: 40 working days after received",
    )
    unless: Names = Field(default=(), description="With after: the steps of which one that is settled keeps it open")
    send: Name | None = Field(default=None, description="With after: the message that says so when time ends the case")
    to: Names = Field(
        default=("owner",), description="Who gets that message: owner (of the step named by unless), senior, or roles"
    )
    keeps: Names = Field(
        default=(),
        description="The steps that are still owed when it ends so by answers: the case is over when they are done",
    )
    start: Start | None = Field(default=None, description="The process that the case is converted into")
    retention: Retention | None = Field(
        default=None, description="How long the file of a case that ended so is kept; else what the process says"
    )
    meant: Meant | None = Field(
        default=None, description="Answers to warnings about it, by code, with the reason: {PD404: It is moot then}"
    )


class Placing(Model):
    """An answer places a hold, or lifts it."""

    noun: ClassVar[str] = "a placing"

    when: Condition = Field(description="Which answers of this step's own form do it: {trial: yes}")


class Asks(Model):
    """Several are asked one after the other, until one accepts."""

    noun: ClassVar[str] = "an order of asking"

    in_order: TextOrRoles = Field(
        description="The roles that are asked, the first one first; or a list that a form gathered: nominate.agencies"
    )
    within: Length = Field(description="How long each has to answer, before the next is asked: 3 working days")
    accepts: Condition = Field(description="Which answers of this step's own form accept: {will_you: yes}")
    send: Name = Field(description="The message that asks each, when it is their turn")


class Silence(Model):
    """What it means when nothing has come by the due day, where it also answers a question of the form."""

    noun: ClassVar[str] = "a silence"

    counts_as: Line = Field(description="What silence means, in the words that everybody reads: declined, not offered")
    answers: dict[Name, Name] = Field(
        description="The questions of the step's own form that silence answers: {attends: no}", min_length=1
    )


SilenceRule = Annotated[
    Annotated[Silence, Tag("(values)")] | Annotated[CountsAs, Tag("(name)")],
    Discriminator(lambda value: "(name)" if isinstance(value, str) else "(values)"),
]


class Step(Model):
    """One thing to be done, by a person (`owner`) or automatically (`send`, `start`, `set`, `make`, `wait`, `run`)."""

    noun: ClassVar[str] = "a step"

    title: Line = Field(description="What is to be done, as everybody reads it")
    help: Prose | None = Field(default=None, description="What the person doing it should know")
    stage: Name | None = Field(default=None, description="The stage of the process that it belongs to: gather")
    after: Names = Field(default=(), description="The step or steps that must be settled first; none: at the opening")
    after_round: Annotated[AfterRound | None, Field(strict=False)] = Field(
        default=None,
        description="After a step that comes again: each (owed again after each round) or last (once, when its rounds "
        "are over)",
    )
    when: Condition | None = Field(default=None, description="Only when these answers were given; otherwise not needed")
    optional: YesNo = Field(default=False, description="Done only when somebody opens it; nothing waits until then")
    for_each: TextOrRoles | None = Field(
        default=None,
        description="agency: each agency of the case owes it; a list of roles, each for itself; or a list that a form "
        "gathered: plan.sessions; meeting.attendees, with owner: each, for agencies or roles that were chosen there",
    )
    owner: Owner | None = Field(
        default=None,
        description="Who does it: a role, or agency / each with for_each, or a column of the list: each.lead; "
        "agency police: that agency; the agency in referral.referrer: whom the answer names; the agency's senior, with "
        "for_each: agency",
    )
    not_by: Names | None = Field(
        default=None, description="The steps that whoever does this one must not have done: draft_report"
    )
    invites_to: Name | None = Field(
        default=None,
        description="The step of the meeting to which those who owe this one are invited: {meets} in its letters is "
        "the day of that step, as is their calendar entry, and what they chose stands on the page of the case",
    )
    confirm: Literal["by code"] | None = Field(
        default=None,
        description="by code: an answer on the page that a letter leads to counts only with six figures, which go to "
        "the same mailbox",
    )
    asks: Asks | None = Field(
        default=None, description="With owner: next in order: who is asked one after the other, until one accepts"
    )
    quorum: HowMany | None = Field(
        default=None,
        description="Where several answer, each for itself: how many must agree, all (unless given), 2 of 3, or a "
        "share of them: two thirds; more than half, police among them",
    )
    dissent: Condition | None = Field(
        default=None,
        description="Which answers of its own form count as dissent: recorded, and not counted as agreeing",
    )
    due: DueRule | None = Field(
        default=None, description="When it is due: 7 working days after notified; on each.due for a column of a list"
    )
    on_a_working_day: OnAWorkingDay = Landing.AS_IT_FALLS
    repeats: HowOften | None = Field(
        default=None, description="It comes again after it was done: every 1 month until publish"
    )
    waits_for: Line | None = Field(
        default=None,
        description="Who outside is to answer; the due day is then an expectation, and the owner records it",
    )
    silence: SilenceRule | None = Field(
        default=None,
        description="counts as agreed, counts as declined: when nothing has come by the due day, the step closes by "
        "itself with this meaning; with counts_as and answers below it, silence answers questions too",
    )
    late_answers: Literal["count"] | None = Field(
        default=None,
        description="count: an answer that comes after enough had agreed, or after silence had counted, counts like "
        "any other; unless given it is kept and shown, and undoes nothing",
    )
    source: Line | None = Field(default=None, description="Where its day comes from, and how sure that is")
    calendar: Name | None = Field(default=None, description="Whose days are counted; the office's unless given")
    extensions: Extensions | None = Field(
        default=None, description="Who may extend its day, how often and until when; as the process says unless given"
    )
    reopenings: Reopenings | None = Field(
        default=None, description="How often it may be reopened by hand: {times: 1}; as the process says unless given"
    )
    not_before: DueRule | None = Field(default=None, description="The first day on which it may be done")
    form: TextOr[FormFields] | None = Field(
        default=None, description="What is asked: the name of a shared form, or the fields themselves"
    )
    ladder: Name | None = Field(default=None, description="Who is reminded and when; none: nobody, and that is meant")
    safety: YesNo | None = Field(
        default=None,
        description="yes: somebody's safety depends on it, so its escalations do not wait until its owner has been "
        "told and has had a working day",
    )
    records: Annotated[Record, Field(strict=False)] | None = Field(
        default=None,
        description="What it tells the registers of the partnership: action_done, action_progress or action_verified "
        "of the actions it is done for; publication, deposit or taken_down of a report",
    )
    choose: Name | None = Field(
        default=None, description="The decision table whose questions are asked, and which recommends"
    )
    reopens: dict[Name, Reopen] = Field(default={}, description="Earlier steps that an answer may send back")
    places: dict[Name, Placing] = Field(default={}, description="Holds that an answer places")
    lifts: dict[Name, Placing] = Field(default={}, description="Holds that an answer lifts")
    send: Name | None = Field(default=None, description="Automatic: the message that is sent")
    to: To = Field(
        default=(),
        description="For send: who receives it; the agency's contact unless given. contact family: a contact of the "
        "case, whose letter waits until a named person releases it; the agency in referral.referrer: whom the answer "
        "names; nobody is written to where none was named",
    )
    about: Name | None = Field(
        default=None, description="For send: the step whose title and due day the message tells; this one unless given"
    )
    start: Start | None = Field(default=None, description="Automatic: a linked case that is opened")
    set: dict[Name, DueRule] = Field(
        default={}, description="Automatic: dates of the case that are set: {publication: 6 months after decision}"
    )
    make: Name | None = Field(default=None, description="Automatic: the document or calendar entry that is made")
    wait: DueRule | None = Field(default=None, description="Automatic: it is done when this day has come")
    meant: Meant | None = Field(
        default=None,
        description="Answers to warnings about it, by code, with the reason: {PD058: They ring each other}",
    )
    run: Deployment | None = Field(
        default=None, description="Automatic: the Prefect deployment that is run with the case's reference: flow/name"
    )
    offers: Names | None = Field(
        default=None,
        description="Papers that need no case and that its answer page offers as they are now: referral_guidance, "
        "referral_form",
    )


class GroupUse(Model):
    """A group of steps, written once in a file of its own, taken into this process."""

    noun: ClassVar[str] = "the use of a group"

    after: Names = Field(default=(), description="What the group's first steps wait for")
    stage: Name | None = Field(
        default=None, description="The stage that the group's steps belong to, where they name none of their own"
    )


class Process(Model):
    """One review methodology."""

    noun: ClassVar[str] = "a process"

    language: Language = Field(description="The version of this language: 1")
    process: Name = Field(description="The process's name, the same as the file's")
    version: Annotated[Number, Field(ge=1)] = Field(description="Counted up with every change: 1, 2, 3")
    title: Line = Field(description="What the process is called")
    called: Called | None = Field(
        default=None, description="What messages and pages call a case of it: request, allegation; review unless given"
    )
    extends: Name | None = Field(
        default=None, description="The process that this one is like; only what differs is written here"
    )
    summary: Prose | None = Field(default=None, description="What it is for, in a few sentences")
    source: Line | None = Field(default=None, description="Where the process and its days are taken from")
    verified: YesNo = Field(default=False, description="Yes only when a person has checked it against its sources")
    guidance: Name | None = Field(default=None, description="The edition of the national limits it works under")
    calendar: Name | None = Field(
        default=None,
        description="Whose days its steps are counted in; the office's own, with its closures, unless given",
    )
    reference: ReferencePattern = Field(description="How its cases are numbered: RR-{year}-{number}")
    retention: Retention | None = Field(default=None, description="How long the file of a case is kept")
    meant: Meant | None = Field(
        default=None, description="Answers to warnings anywhere in it, by code, with the reason"
    )
    stages: dict[Name, Line] | None = Field(
        default=None, min_length=1, description="Its few stages in their order, by name: {gather: Gathering}"
    )
    opening: Opening = Field(description="What is asked when a case is opened")
    contacts: dict[Name, CaseContact] | None = Field(
        default=None,
        min_length=1,
        description="The people of one case whom letters may go to: {family: {title: The family}}. Their mailboxes are "
        "given for each case, and stand in no file",
    )
    dates: dict[Name, CaseDate] = Field(default={}, description="Dates that are planned, and set or moved later")
    extensions: Extensions | None = Field(
        default=None, description="Who may extend a day, how often and until when; for all that says nothing else"
    )
    reopenings: Reopenings | None = Field(
        default=None, description="How often a step may be reopened by hand: {times: 1}; for all that say nothing else"
    )
    limits: dict[Name, Limit] = Field(default={}, description="The clocks that run over the case")
    targets: dict[Name, Target] | None = Field(
        default=None,
        min_length=1,
        description="What part of all its cases is to be done in time; `report` shows what was reached",
    )
    holds: dict[Name, Hold] = Field(default={}, description="What may stand still for a while, and why")
    stands_still: dict[Name, StandsStill] | None = Field(
        default=None, description="When local clocks stand still, and whether they then go on or begin again"
    )
    endings: dict[Name, Ending] = Field(default={}, description="The ways out, besides being withdrawn")
    groups: dict[Name, GroupUse] = Field(
        default={}, description="Groups of steps that belong to it; after: a group's name waits for its last steps"
    )
    steps: dict[Name, Step] = Field(description="What is done, by name", min_length=1)

    @property
    def own_word(self) -> str:
        """What a case of it is called: 'review' unless it says otherwise."""
        return self.called or "review"
