"""Processes made at random that pass `check`: what the laws of the engine are tried on."""

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from reviewflow.case.plan.plan import Plan
from reviewflow.language.checks import check_library, errors
from reviewflow.language.definition import define
from reviewflow.language.folder.library import Library, read_library
from reviewflow.language.model import Partnership
from tests.case import stage
from tests.case.choosing import among, some_of

Data = dict[str, Any]

ROLES = ("chair", "business_support", "business_manager")
TEAMS: tuple[Any, ...] = (None, None, "agency", "agency", ["partner_police", "partner_health"], ["chair", "probation"])
QUESTIONS: dict[str, Data] = {
    "go": {"type": "yes_no", "label": "Go on"},
    "what": {"type": "choice", "label": "What", "options": {"a": "First", "b": "Second", "c": "Third"}},
    "themes": {"type": "choices", "label": "Themes", "options": {"x": "X", "y": "Y"}, "required": "no"},
    "planned": {"type": "date", "label": "Planned for", "required": "no"},
    "launch_on": {"type": "date", "label": "Launch on", "required": "no", "sets": "launch"},
    "done_on": {"type": "date", "label": "Done on", "completes": "yes"},
    "pages": {"type": "number", "label": "Pages", "required": "no"},
    "checked": {"type": "confirm", "label": "Checked"},
}
QUESTIONS |= {
    "sessions": {"type": "list", "label": "Sessions", "required": "no"},
    "actions": {
        "type": "rows",
        "label": "Actions",
        "required": "no",
        "columns": {
            "lead": {"type": "agency", "label": "Who leads"},
            "post": {"type": "choice", "label": "Who", "options": {"chair": "Chair", "business_support": "Support"}},
            "by": {"type": "date", "label": "By when", "required": "no"},
            "days": {"type": "number", "label": "In how many days", "at_least": 1, "at_most": 40},
        },
    },
}
PATIENT: list[Data] = [
    {
        "when": "8 working days before",
        "to": "owner",
        "message": "request",
        "repeat": "every 1 working day, 3 times",
        "until": "acknowledged",
    },
    {"when": "2 working days before", "to": "owner", "message": "reminder"},
    {"when": "on the day", "to": "owner", "message": "due_today", "repeat": "every 2 days, 40 times"},
]
BOUNDED: dict[str, Data] = {
    "annex": {"type": "number", "label": "Pages of the annex", "required": "no", "at_most": "pages"},
    "read_on": {"type": "date", "label": "Read on", "required": "no", "not_before": "on planned"},
}
BOUND = {"annex": "at_most", "read_on": "not_before"}
LISTS = ("sessions", "actions")
BY_THE_LINE = "as many working days after notified as each.days says"
DECIDING = {
    "go": ("yes", "no"),
    "what": ("a", "b", "c"),
    "themes": ("x", "y"),
    "decision": ("review", "talk", "nothing"),
}
TABLE: Data = {
    "language": "1",
    "table": "method",
    "title": "How shall we learn?",
    "questions": {each: QUESTIONS[each] for each in ("go", "themes")},
    "outcomes": {field: {"title": field.upper()} for field in DECIDING["decision"]},
    "rows": [
        {"when": {"go": "yes"}, "recommend": "review", "because": "It goes on"},
        {"when": {"themes": "x"}, "recommend": "talk", "because": "There is a theme"},
        {"recommend": "nothing", "because": "There is little to learn"},
    ],
}
WAITING: Data = {
    "language": "1",
    "message": "waiting",
    "subject": "{reference}",
    "text": "{step}, hoped for by {due}. {next} Ring {contact_phone}.",
}
TO_FAMILY: Data = {
    "language": "1",
    "message": "to_family",
    "subject": "About our work",
    "text": "Dear {addressed}, ring {contact_phone}.",
}
ASK_FAMILY = TO_FAMILY | {"message": "ask_family", "text": "Dear {addressed}, answer {answer} Ring {contact_phone}."}
AWAITED: list[Data] = [
    {"when": "1 working day before", "to": "outside", "message": "waiting"},
    {"when": "on the day", "to": ["owner", "business_manager"], "message": "reminder"},
    {"when": "2 working days after", "to": "outside", "message": "waiting", "repeat": "every 3 working days, 2 times"},
]
spans = st.sampled_from(
    ["1 day", "10 days", "0 working days", "3 working days", "10 working days", "2 weeks", "3 clear working days"]
)
landings = st.sampled_from(["previous", "next", "as it falls"])
KINDS = st.sampled_from(["person"] * 7 + ["send", "start", "set", "wait"])


IN_HOURS_OF_WORKING_DAYS = ("24 hours of working days before", "12 hours of working days after")
EXPLAINED: Data = {
    "language": "1",
    "message": "explained",
    "subject": "Still to do: {reference}",
    "text": "{step} is due on {due}. {reason}",
}


ENDED: Data = {
    "language": "1",
    "message": "ended",
    "subject": "It is over: {reference}",
    "text": "It is over. {reason}",
}


@cache
def shared_library() -> Library:
    definitions = stage.office()
    # A post that is called like an agency, on purpose.
    definitions["partnership"]["roles"]["probation"] = {"title": "A post", "email": "a@probation.example.org"}
    child = {"opening": {"dates": {"decision": "Decided"}}, "steps": {"write": {"title": "Write", "owner": "chair"}}}
    closures = {"2026-05-25 to 2026-05-29": "Half term"}
    definitions["partnership"]["calendars"] = {"school_days": {"title": "Schools", "closures": closures}}
    definitions["process.cspr"] = stage.process("cspr", child.pop("steps"), **child)
    definitions["table.method"] = TABLE
    whens = ("30 hours before", "1 hour before", "0 hours after", "5 hours after")
    rungs = [{"when": when, "to": "business_manager", "message": "reminder"} for when in whens]
    definitions["ladders"]["ladders"]["hourly"] = {"title": "By the hour", "rungs": rungs}
    in_hours = [{"when": when, "to": "owner", "message": "explained"} for when in IN_HOURS_OF_WORKING_DAYS]
    definitions["ladders"]["ladders"]["explained"] = {"title": "By the hours of working days", "rungs": in_hours}
    definitions["message.explained"] = EXPLAINED
    definitions["message.ended"] = ENDED
    definitions["ladders"]["ladders"]["patient"] = {"title": "Again and again", "thanks": "request", "rungs": PATIENT}
    definitions["partnership"]["outside"] = {"panel": {"title": "The Panel", "email": "post@panel.example.org"}}
    meets = [(date(2026, 5, 12) + timedelta(days=14 * number)).isoformat() for number in range(150)]
    panel = {"title": "The panel", "chair": "chair", "posts": ["chair", "partner_police"], "meets": meets}
    definitions["partnership"]["groups"] = {"panel": panel | {"quorum": "all"}}
    definitions["message.waiting"] = WAITING
    definitions["message.to_family"] = TO_FAMILY
    definitions["message.ask_family"] = ASK_FAMILY
    definitions["ladders"]["ladders"]["awaited"] = {"title": "Of a body outside", "thanks": "waiting", "rungs": AWAITED}
    return read_library(stage.files(definitions))


def the_office() -> Partnership:
    """The partnership of the random processes."""
    loaded = shared_library().partnership
    assert loaded is not None
    return loaded.model


def deciding(step: Data) -> list[str]:
    """The questions of a step that a condition can ask about."""
    return ["decision"] if "choose" in step else [field for field in step.get("form", {}) if field in DECIDING]


SHARED = "a file of its own"


class _Making:
    """One process while it is being drawn: each step refers only to what stands before it."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.steps: dict[str, Data] = {}
        self.before: dict[str, set[str]] = {}
        self.limits: dict[str, Data] = {}
        self.holds: dict[str, Data] = {}
        self.endings: dict[str, Data] = {}
        self.dates: dict[str, Data] = {
            "publication": {"title": "Publication", "planned": f"{draw(spans)} after notified"},
            "launch": {"title": "Launch", "on_a_working_day": draw(among(("previous", "next")))},
        }

    def maybe(self, once_in: int) -> bool:
        return self.draw(st.integers(1, once_in)) == 1

    def pick(self, choices: Any) -> Any:
        return self.draw(among(choices))

    def step(self, name: str) -> None:
        after = self.draw(some_of(self.steps, 0, 3)) if self.steps else []
        gathering = [earlier for earlier, known in self.steps.items() if known.get("form", {}).keys() & set(LISTS)]
        if gathering and self.maybe(2):
            after = list(dict.fromkeys([*after, self.pick(gathering)]))
        self.before[name] = set(after).union(*(self.before[other] for other in after))
        step: Data = {"title": name.upper(), "after": after, "for_each": self._team(name)}
        kind = self.draw(KINDS)
        getattr(self, f"_{kind}")(name, step)
        if self.steps and self.maybe(5):
            step["optional"] = "yes"
        if self.maybe(2) and (asked := self._question(name, step["for_each"])):
            step["when"] = asked
        self.steps[name] = {key: value for key, value in step.items() if value not in (None, [], {})}

    def _lists(self, name: str) -> list[str]:
        """The lists that one person gathered before."""
        alone = [other for other in sorted(self.before[name]) if "for_each" not in self.steps[other]]
        return [f"{step}.{field}" for step in alone for field in LISTS if field in self.steps[step].get("form", {})]

    def _team(self, name: str) -> Any:
        lists = self._lists(name)
        return self.pick(lists if lists and self.maybe(2) else TEAMS)

    def _owner(self, team: Any) -> str:
        own = ["agency"] if team == "agency" else ["each"] if isinstance(team, list) else []
        own = ["each.lead", "each.post"] if str(team).endswith(".actions") else own
        return str(self.pick(own if own and self.maybe(2) else ROLES))

    def _person(self, name: str, step: Data) -> None:
        team = step["for_each"]
        step["owner"] = self._owner(team)
        step["form"] = {
            question: QUESTIONS[question] for question in QUESTIONS if self.maybe(2 if question in LISTS else 3)
        }
        step["form"] |= {
            name: asked for name, asked in BOUNDED.items() if asked[BOUND[name]].split()[-1] in step["form"]
        }
        step["due"] = self._rule([*self.steps, *self.limits, *self.dates]) if self.maybe(2) else None
        if str(team).endswith(".actions") and self.maybe(2):
            step["due"] = self.pick(["on each.by", "2 working days before each.by", BY_THE_LINE, BY_THE_LINE])
        step["on_a_working_day"] = self.draw(landings) if step["due"] and self.maybe(3) else None
        step["calendar"] = self.pick(["england", "school_days"]) if step["due"] and self.maybe(3) else None
        self._flow(name, step)
        step["not_before"] = self._rule(self.before[name]) if self.maybe(3) else None
        usual = "returns" if team == "agency" else "tasks"
        step["ladder"] = self.pick([usual, "patient"]) if self.maybe(2) else None
        if self.maybe(6):
            step |= {"choose": "method", "form": {}, "dissent": None}
        if self.maybe(5):
            step |= self._hourly()
        # One answer to each question sends nothing back, so that all of them together leave a way on.
        asked = {field: self._but_one(DECIDING[field]) for field in deciding(step)}
        back = [other for other in sorted(self.before[name]) if asked and self.maybe(3)]
        step["reopens"] = {earlier: self._reopen(name, asked) for earlier in back}

    def _hourly(self) -> Data:
        due = f"{self.pick([1, 24, 72])} hours {self.pick(['after', 'after', 'before'])} notified"
        days_only = dict.fromkeys(("on_a_working_day", "repeats", "silence", "calendar"))
        return {"due": due, "ladder": self.pick([None, "hourly", "tasks"]), **days_only}

    def _flow(self, name: str, step: Data) -> None:
        """Not simply once, in its turn and from everybody."""
        if step["due"] and self.maybe(4):
            step["repeats"] = self.pick(["every 1 week", "every 1 month", "every 2 working days"])
            return
        if step["due"] and self.maybe(4):
            step["silence"] = self.pick(["counts as agreed", "counts as declined"])
        if self.maybe(6):
            step["waits_for"] = self.pick(["The national Panel", "panel"])
            if step["waits_for"] == "panel" and step["due"] and "hour" not in step["due"]:
                step["ladder"] = "awaited"
        if step["owner"] == "each":
            step["quorum"] = f"{self.draw(st.integers(1, 2))} of 2" if self.maybe(2) else None
            asked = [field for field in DECIDING if field in step["form"]]
            if asked and self.maybe(2):
                question = self.pick(asked)
                step["dissent"] = {question: self._but_one(DECIDING[question])}

    def rounds(self) -> None:
        """Most comes again until a later step that does not wait for it; what finds none comes once."""
        for name, step in self.steps.items():
            until = [
                later
                for later, data in self.steps.items()
                if not {"repeats", "optional"} & data.keys() and later != name and later not in self.before[name]
            ]
            if "repeats" in step and until:
                step["repeats"] += f" until {self.pick(until)}"
        for step in self.steps.values():
            if "until" not in step.get("repeats", "until"):
                del step["repeats"]
        for step in self.steps.values():
            self._after_rounds(step)

    def _after_rounds(self, step: Data) -> None:
        """What follows one that comes again says after which round."""
        before = [self.steps[other] for other in step.get("after") or ()]
        follows = [other for other in before if other.get("after_round") == "each"]
        if follows or any("repeats" in other for other in before):
            further_back = set(re.findall(r"s\d+", str(step.get("due")))) - set(step["after"])
            chained = follows and not further_back
            only_last = any(step.get(key) for key in ("repeats", "quorum", "optional", "start"))
            only_last = only_last or (bool(follows) and not chained)
            step["after_round"] = "last" if only_last else self.pick(["each", "last"])

    def _but_one(self, answers: tuple[str, ...]) -> list[str]:
        kept = self.pick(answers)
        return [answer for answer in answers if answer != kept]

    def _send(self, _: str, step: Data) -> None:
        step["send"] = "reminder"
        step["to"] = [
            self.pick(ROLES),
            *(["owner"] if step["for_each"] and not str(step["for_each"]).endswith(".sessions") else []),
        ]
        step["due"] = self._rule(self.steps) if self.maybe(2) else None

    def _start(self, name: str, step: Data) -> None:
        step["start"] = {"process": "cspr", "dates": {"decision": self.pick(["notified", *sorted(self.before[name])])}}

    def _set(self, name: str, step: Data) -> None:
        names = ["publication", *self.before[name]]
        step["set"] = {date: self._rule(names) for date in self.dates if self.maybe(2)} or {"launch": "on notified"}

    def _wait(self, name: str, step: Data) -> None:
        step["wait"] = self._rule(["publication", *self.before[name]])

    def hold(self, name: str) -> None:
        stops = self.draw(some_of(self.steps, 1, 3))
        self.holds[name] = {"title": "Waits", "stops": stops} | ({"review": "10 days"} if self.maybe(2) else {})
        for step, data in self.steps.items():
            asked = [question for question in DECIDING if question in data.get("form", {})]
            for key in ("places", "lifts"):
                if asked and self.maybe(3) and not (key == "lifts" and step in stops):
                    question = self.pick(asked)
                    data.setdefault(key, {})[name] = {"when": {question: self.pick(DECIDING[question])}}

    def plan(self) -> None:
        if self.maybe(2):
            self.dates["launch"]["planned"] = self._rule(self.steps)

    def _anchor(self, names: Any) -> str:
        name = self.pick(["notified", "opened", *sorted(names)])
        fields = [
            question
            for question in self.steps.get(name, {}).get("form", {})
            if {**QUESTIONS, **BOUNDED}[question]["type"] == "date"
        ]
        return f"{name}.{self.pick(fields)}" if fields and self.maybe(2) else name

    def _rule(self, names: Any) -> str:
        if self.maybe(5):
            which, several = self.pick(["earlier", "later"]), [self._one(names) for _ in range(self.pick([2, 2, 3]))]
            distinct = list(dict.fromkeys(several))
            if len(distinct) > 1:
                return f"the {which} of {', '.join(distinct[:-1])} and {distinct[-1]}"
        return self._one(names)

    def _one(self, names: Any) -> str:
        anchor = self._anchor(names)
        return (
            f"on {anchor}"
            if self.maybe(5)
            else f"{self.draw(spans)} {self.pick(['after', 'after', 'before'])} {anchor}"
        )

    def _reopen(self, name: str, asked: dict[str, list[str]]) -> Data:
        question = self.pick(asked)
        reopen: Data = {"when": {question: self.pick(asked[question])}}
        if self.maybe(2):
            reopen |= {"due": f"{self.draw(spans)} after {name}", "on_a_working_day": self.draw(landings)}
        return reopen

    def _question(self, name: str, team: Any) -> Data:
        if str(team).endswith(".actions") and self.maybe(2):
            by_line: list[Data] = [
                {"each.post": self.pick(["chair", "business_support"])},
                {"each.by": "after notified"},
            ]
            return {"not": self.pick(by_line)} if self.maybe(2) else self.pick(by_line)
        known = [(other, q) for other in sorted(self.before[name]) for q in self._deciding(other)]
        if not known:
            return {}
        parts = [self._leaf(self.pick(known), team) for _ in range(self.draw(st.integers(1, 2)))]
        choices: list[Data] = [parts[0], {"not": parts[0]}, {"any": parts}, {"all": parts}]
        return self.draw(among(choices))

    def _deciding(self, step: str) -> list[str]:
        return deciding(self.steps[step])

    def _leaf(self, asked: tuple[str, str], team: Any) -> Data:
        step, question = asked
        several = self.steps[step].get("for_each")
        ways = ["any ", "every ", *(["enough "] if "quorum" in self.steps[step] else [])]
        many = self.pick(ways) if several is not None and several != team else ""
        values = self.draw(some_of(DECIDING[question], 1, 2))
        return {f"{many}{step}.{question}": values}

    def ending(self, name: str) -> None:
        """By an answer, or only when somebody says so; some convert the case."""
        known = [(step, q) for step in self.steps for q in self._deciding(step)]
        ending: Data = {"title": name.upper()}
        if known and self.maybe(2):
            ending["when"] = self._leaf(self.pick(known), None)
        if self.maybe(2):
            ending["start"] = {"process": "cspr", "dates": {"decision": self.pick(["notified", name])}}
        if "when" in ending and self.maybe(2):
            ending["keeps"] = self.draw(some_of(self.steps, 1, 2))
        self.endings[name] = ending

    def limit(self, name: str) -> None:
        met_by = self.pick(self.steps)
        step = self.steps[met_by]
        limit: Data = {"met_by": met_by}
        if "owner" in step or "for_each" in step:
            limit["ladder"] = self.pick(["statutory", "returns"] if step.get("for_each") == "agency" else ["statutory"])
        anchor = self._anchor([*self.steps, *self.dates])
        if self.maybe(2) and "." not in anchor:
            limit |= {"national": self.pick(["submission", "publication", "copy"]), "from": anchor}
        else:
            limit |= {"due": f"{self.pick([1, 2])} months after {anchor}", "on_a_working_day": self.draw(landings)}
        known = [(other, q) for other in sorted(self.before[met_by]) for q in self._deciding(other)]
        if known and self.maybe(2):
            limit["when"] = self._leaf(self.pick(known), None)
        if self.maybe(2):
            limit["when_late"] = {"message": "overdue"} | self.pick([{}, {"well_again": "reminder"}])
        self.limits[name] = limit


@st.composite
def processes(draw: st.DrawFn) -> Data:
    """Steps and limits as they are written in a file."""
    making = _Making(draw)
    if draw(st.booleans()):
        making.steps["list"] = {
            "title": "List",
            "owner": "chair",
            "form": {question: QUESTIONS[question] for question in LISTS},
        }
        making.before["list"] = set()
    for number in range(draw(st.integers(1, 6))):
        making.step(f"s{number}")
    making.rounds()
    for number in range(draw(st.integers(0, 2))):
        making.limit(f"l{number}")
    for number in range(draw(st.integers(0, 2))):
        making.hold(("h0", "publication_hold")[number])
    making.plan()
    for number in range(draw(st.integers(0, 2))):
        making.ending(f"e{number}")
    opening = {"dates": {"notified": "When it was notified"}, "times": "notified", "agencies": "at least 1"}
    drawn = {"opening": opening, "steps": making.steps, "endings": making.endings, "limits": making.limits}
    drawn |= {"dates": making.dates, "holds": making.holds}
    return _parted(drawn, draw(st.sets(st.sampled_from(list(making.steps)), max_size=2)))


def _parted(process: Data, shared: set[str]) -> Data:
    """Some of the steps written in a group, which the process takes in."""
    steps = process["steps"]
    if not shared or len(shared) == len(steps):
        return process
    group = {"group": "shared", "title": "Shared", "steps": {name: steps[name] for name in steps if name in shared}}
    own = {name: step for name, step in steps.items() if name not in shared}
    return {**process, "steps": own, "groups": {"shared": {}}, SHARED: {"language": "1", **group}}


def in_another_version(process: Data, later: str) -> Data:
    """The same process with all its days counted otherwise: those that count `later` by it, and none in a calendar."""
    return process | {
        "version": "2",
        "steps": {name: _otherwise(step, later) for name, step in process["steps"].items()},
    }


def _otherwise(step: Data, later: str) -> Data:
    due = str(step.get("due", ""))
    counted = {"due": f"{later} after{due.partition(' after')[2]}"} if due.count(" after") == 1 else {}
    simple = counted if "hours" not in due and " of " not in due else {}
    return {key: value for key, value in step.items() if key != "calendar"} | simple


def planned(process: Data) -> Plan:
    """The process made ready to run; another example is tried when it does not pass `check`."""
    written = {name: value for name, value in process.items() if name != SHARED}
    groups = {"group.shared": process[SHARED]} if SHARED in process else {}
    own = read_library(stage.files({"process.review": stage.process("review", **written), **groups}))
    shared = shared_library()
    library = replace(shared, processes={**shared.processes, **own.processes}, problems=own.problems)
    assume(not errors(check_library(library)))
    return Plan(define(library, "review"))
