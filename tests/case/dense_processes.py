"""Small processes at random in which many features of the language stand close together, so that they meet."""

from typing import Any

from hypothesis import strategies as st

from tests.case.choosing import among
from tests.case.random_processes import Data

DAYS = ("2 working days", "5 working days", "10 working days", "3 weeks")
NAMED = (
    *("the first Wednesday", "the second Tuesday of the month", "the next last working day of a month"),
    *("the next meeting of panel", "the next meeting of panel"),
)
SILENCES = (
    "counts as agreed",
    "counts as declined",
    {"counts_as": "agreed", "on": "3 working days after due"},
    {"counts_as": "declined", "on": "1 week after due"},
)
REOPENINGS = tuple({"within": f"5 working days of {since}"} for since in ("the ending", "the day on which it was done"))
RHYTHMS = (
    *("every 1 week until last", "every 1 month until last"),
    *("every 1 week until last, at least 2 times", "every 2 weeks until last, at least 1 time, at most 3 times"),
)
YES_NO = {"type": "yes_no", "label": "Go on"}
OF_EITHER = "at least 1, one of police or hospital among them"
UNSURE = {"yes": {"when": {"sure": "no"}}}
OF_AGENCIES: Data = {"for_each": "agency", "owner": "agency"}
OF_LINES: Data = {"for_each": "gather.lines", "owner": "chair"}
OF_MEMBERS: Data = {"for_each": "gather.who", "owner": "each"}
ONCE: Data = {"owner": "chair"}
LINES: Data = {"type": "rows", "label": "Lines", "columns": {"wanted": YES_NO}}
WHO: Data = {"type": "agencies", "label": "Who does it"}
OUT: Data = {"type": "agencies", "label": "Who has an interest", "required": "no"}
GATHERED: Data = {"gather.lines": {"lines": LINES}, "gather.who": {"who": WHO}}
SAID_BY_THE_LINE = ({"each.wanted": "yes"}, {"not": {"each.wanted": "no"}})
BOUNDED: Data = {
    "much": {"type": "number", "label": "How much"},
    "part": {"type": "number", "label": "Of that", "required": "no", "at_most": "much"},
}
COURSES = (
    *[("rounds", OF_AGENCIES)] * 4,
    *[("rounds", OF_LINES)] * 2,
    *[("rounds", OF_MEMBERS)] * 3,
    ("rounds", ONCE),
    *[("silence", OF_AGENCIES)] * 5,
    *[("silence", OF_LINES)] * 3,
    *[("silence", OF_MEMBERS)] * 2,
    *(("plain", OF_AGENCIES), ("plain", OF_LINES), ("plain", OF_MEMBERS), ("plain", ONCE)),
)
"""How it is done, and by whom: each so often that it meets all else in a few hundred cases."""
ROUNDS = tuple(course for course in COURSES if course[0] == "rounds")
OF_A_TABLE = tuple(course for course in COURSES if course[1] is OF_LINES)
IN_ORDER: Data = {
    "send": "ask_family",
    "to": ["contact family", "contact school"],
    "reply": "heard",
    "until": {"comes": "yes"},
}
DECLINED: Data = {"counts_as": "declined", "answers": {"comes": "no"}}
OF_THE_ENDING = ["tell", "filed", "say_over"]
HOLDS = {
    "wait": {"title": "It waits", "stops": ["work", "read", "tell"]},
    "brief": {"title": "It stays", "stops": ["work", "write", "heard"]},
}


class _Dense:
    def __init__(self, draw: st.DrawFn, *, grows: bool, rounds: bool) -> None:
        self.draw = draw
        course: tuple[str, Data] = draw(among(OF_A_TABLE if grows else ROUNDS if rounds else COURSES))
        self.manner, self.each = course
        self.agencies = self.each is OF_AGENCIES
        self.gathered = GATHERED.get(self.each.get("for_each", ""), {})
        self.grows = grows
        if grows:
            self.gathered = {"lines": LINES | {"grows": "yes"}}

    def maybe(self, key: str, *values: Any) -> Data:
        value = self.draw(among((None, *values)))
        return {} if value is None else {key: value}

    def due(self, *anchors: str) -> str:
        days = DAYS if self.manner == "rounds" else (*DAYS, *NAMED)
        rules = [f"{self.draw(among(days))} after {anchor}" for anchor in anchors]
        either = self.draw(among(("earlier", "later")))
        both = len(set(rules)) > 1 and self.draw(st.booleans())
        return f"the {either} of {' and '.join(dict.fromkeys(rules))}" if both else rules[0]

    def work(self) -> Data:
        """What each agency owes: in rounds, or so that silence counts, or neither."""
        work: Data = {"title": "Work", **self.each, "due": self.due("notified", "agree")}
        work |= {"ladder": self.ladder()}
        if self.draw(st.booleans()):
            either = "," if work["due"].startswith("the earlier") or work["due"].startswith("the later") else ""
            work |= {"ladder": "explained", "due": f"{work['due']}{either} by 17:00"}
        if self.agencies and self.manner != "rounds":
            work |= self.maybe("quorum", OF_EITHER, OF_EITHER, OF_EITHER)
        if self.each is OF_LINES:
            work |= {"when": self.draw(among(SAID_BY_THE_LINE))}
        if self.gathered and not self.grows:
            work |= {"after": ["gather"]}
        else:
            work |= self.maybe("after", ["agree"], ["agree"])
        if self.agencies and "after" in work:
            work |= self.maybe("without", "agree.out", "agree.out")
        work |= self.maybe("calendar", "england", "school_days")
        if self.manner == "rounds":
            work["repeats"] = self.draw(among(RHYTHMS))
        if self.manner == "silence":
            work["silence"] = self.draw(among(SILENCES))
        asked: Data = {"sure": YES_NO, "agree": YES_NO | self.maybe("cannot_be", UNSURE, UNSURE)}
        return work | {"form": asked | self.draw(among(({}, BOUNDED)))}

    def ladder(self) -> str:
        return "returns" if self.agencies or self.each is OF_MEMBERS else "tasks"

    def gather(self) -> Data:
        """The table whose lines the work is done for, or the list of those who do it, where it is."""
        if not self.gathered:
            return {}
        due = "1 working day after notified"
        return {"gather": {"title": "Gather", "owner": "chair", "due": due, "form": self.gathered}}

    def spent(self, work: Data) -> Data:
        """What hangs on the sum of what was answered, where numbers are."""
        if "much" not in work["form"] or "for_each" not in self.each:
            return {}
        last = {"after_round": "last"} if self.manner == "rounds" else {}
        when = {"the sum of work.much": self.draw(among(("more than 1", "at most 2")))}
        return {"spent": {"title": "Say why", "after": ["work"], "owner": "chair", "when": when} | last}

    def differ(self, work: Data) -> Data:
        """What hangs, for each owner, on how far two of their numbers lie apart, where numbers are."""
        if "much" not in work["form"]:
            return {}
        last = {"after_round": "last"} if self.manner == "rounds" else {}
        when = {"the difference of work.much and work.part": "at least 1"}
        return {"differ": {"title": "Say what is left", "after": ["work"], **self.each, "when": when} | last}

    def praise(self) -> Data:
        """What hangs on the votes of the agencies, where there are several."""
        if not self.agencies:
            return {}
        last = {"after_round": "last"} if self.manner == "rounds" else {}
        which = self.draw(among(({"more work.agree": "yes than no"}, {"as many work.agree": "yes as no"})))
        return {"praise": {"title": "Praise", "after": ["work"], "owner": "chair", "when": which} | last}

    def read(self) -> Data:
        """What follows the work, for each agency or once, and may send it back."""
        each = self.draw(among((self.each, {"owner": "chair"})))
        read: Data = {"title": "Read", "after": ["work"], **each, "due": self.due("work", "notified"), "ladder": "none"}
        read |= self.maybe("calendar", "school_days") | {"form": {"enough": YES_NO}}
        if self.manner == "rounds":
            return read | {"after_round": self.draw(among(("each", "last")))}
        return read | {"reopens": {"work": {"when": {"enough": "no"}}}}

    def tell(self) -> Data:
        """What is owed once the case ends, and what follows that: so many days after the ending."""
        tell: Data = {
            "title": "Tell",
            **self.each,
            "optional": "yes",
            "due": f"{self.draw(among(DAYS))} after the ending",
        }
        tell |= self.maybe("calendar", "school_days") | {"ladder": self.ladder()}
        if self.gathered:
            tell["after"] = ["gather"]
        if self.manner != "rounds":
            tell |= self.maybe("silence", *SILENCES)
        filed = {
            "title": "File",
            "after": ["tell"],
            "owner": "chair",
            "due": "6 weeks after the ending",
            "ladder": "none",
        }
        return {"tell": tell, "filed": filed}

    def passed(self, read: Data) -> Data:
        """What follows the reading of every round in its turn, where that follows every round."""
        if read.get("after_round") != "each":
            return {}
        passed: Data = {
            "title": "Pass it on",
            "after": ["read"],
            "after_round": "each",
            **{key: read[key] for key in ("for_each", "owner") if key in read},
            "due": "3 working days after read",
            "ladder": self.ladder() if read.get("for_each") else "tasks",
        }
        passed |= self.maybe("calendar", "school_days") | self.maybe("silence", *SILENCES, *SILENCES)
        return {"passed": passed}

    def to_everybody(self) -> Data:
        """A letter to all who were asked to do the work, once it is read, and one that says why the case ends."""
        told: Data = {"send": "reminder", "to": ["chair", "everybody asked in work"]}
        round_of = {"after_round": "last"} if self.manner == "rounds" else {}
        over = {"title": "Say that it is over", "optional": "yes", "send": "ended", "to": "everybody asked in work"}
        heard = {"title": "Tell all", "after": ["work"], "about": "last", **told, **round_of}
        return {"say_over": over, "heard_all": heard}

    def letters(self) -> Data:
        """A letter to a person that one post alone releases, or to several in order, and what follows it."""
        write: Data = {"title": "Write", "send": "to_family", "to": "contact family", "due": self.due("notified")}
        write |= self.maybe("released_by", "chair", "chair") | self.maybe("calendar", "school_days")
        heard: Data = {"title": "Hear", "after": ["write"], "owner": "chair"}
        if self.draw(st.booleans()):
            write |= IN_ORDER
            heard |= {"form": {"comes": YES_NO}, "due": self.due("write"), "ladder": "none"}
            heard |= self.maybe("silence", DECLINED, DECLINED)
        return {"write": write | {"after": ["agree"]}, "heard": heard}

    def limits(self) -> Data:
        met_by = self.draw(
            among(
                ("read", "last", "agree", "tell")
                if self.manner == "rounds"
                else ("work", "work", "work", "read", "tell")
            )
        )
        own = {"title": "Promise", "due": self.due("notified"), "met_by": met_by} | self.maybe(
            "calendar", "school_days"
        )
        told = {"title": "They are told", "due": "6 weeks after notified", "met_by": "write"}
        return (
            self.maybe("promise", own, own)
            | self.maybe("told", told)
            | self.maybe("panel", {"national": "submission", "from": "notified", "met_by": "last"})
        )


@st.composite
def dense_processes(draw: st.DrawFn, *, grows: bool = False, rounds: bool = False) -> Data:
    """Agreeing what is done, doing it, reading it; and, beside it, saying that it was the last time."""
    dense = _Dense(draw, grows=grows, rounds=rounds)
    agree = {
        "title": "Agree",
        "owner": "chair",
        "due": "5 working days after notified",
        "form": {"go": YES_NO, "out": OUT},
    }
    work, read = dense.work(), dense.read()
    steps = (
        {"agree": agree}
        | dense.gather()
        | {"work": work, "read": read}
        | dense.passed(read)
        | dense.spent(work)
        | dense.differ(work)
        | dense.praise()
        | dense.tell()
        | dense.letters()
        | dense.to_everybody()
    )
    steps |= {"last": {"title": "The last time", "owner": "chair", "due": "6 weeks after notified"}}
    opening = {"dates": {"notified": "When it was notified"}, "times": "notified", "agencies": "at least 1"}
    endings: Data = {
        "over": {"title": "It is over", "when": {"agree.go": "no"}}
        | dense.maybe("keeps", ["work"], ["read"], OF_THE_ENDING)
    }
    endings |= {"by_hand": {"title": "Somebody ends it", "keeps": ["work", *OF_THE_ENDING]}}
    process = {"opening": opening, "steps": steps, "endings": endings, "holds": HOLDS, "limits": dense.limits()}
    process["contacts"] = {"family": {"title": "The family"}, "school": {"title": "The school"}}
    process["dates"] = {"publication": {"title": "Publication", "planned": "8 weeks after notified"}}
    process |= dense.maybe("reopenings", *REOPENINGS)
    told = {"times": "2", "send": "reminder", "to": ["owner", "everybody asked in work"]}
    return process | dense.maybe("extensions", {"times": "2"}, told, told) | dense.maybe("calendar", "england")
