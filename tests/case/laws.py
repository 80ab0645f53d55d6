"""The keys of the language, walked from the models, and those that no timeline can prove."""

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from reviewflow.language import model as m
from reviewflow.language.folder.kinds import KINDS
from tests.case.stage import Definitions, kind_of, split

MODELS = (
    m.Process,
    m.Opening,
    m.FromAgencies,
    m.CaseContact,
    m.CaseDate,
    m.Hold,
    m.Placing,
    m.Limit,
    m.WhenLate,
    m.Target,
    m.Reopen,
    m.Retention,
    m.Start,
    m.Ending,
    m.Step,
    m.Form,
    m.FormField,
    m.DecisionTable,
    m.TableOutcome,
    m.TableRow,
    m.Document,
    m.Message,
    m.Wording,
    m.Ladders,
    m.Ladder,
    m.Rung,
    m.Guidance,
    m.NationalLimit,
    m.Partnership,
    m.Role,
    m.Away,
    m.Agency,
    m.Contact,
    m.StandingGroup,
    m.OwnCalendar,
    m.Group,
    m.GroupUse,
)

_ADDRESS = "an address: mail is delivered to it by the channels, which have tests of their own"
_SOURCE = "tells a reader of the edition where the limit comes from; what counts are its days"
_NAME = "a name by which another file finds this one; another name does not pass check"
_PAPER = "what a document says and looks like: tests/service/documents makes them"
_EXPLAINED = "where a day comes from, and how sure that is: `explain` tells it, and has tests of its own"
_POST = "when and how letters leave, not what a case is: tests/service and tests/notifications send them"
_ANSWERED = "an answer to a warning of check: tests/service/rehearsal/test_check.py"
_HEADING = "a heading for whoever looks at a case: tests/language/structure/test_stages.py"
_READING = "words for whoever reads the definitions; nothing in a case shows them"

_TARGET = "seen over all cases, not in one: tests/service/reports/figures/test_targets.py"

NEEDED_BY_CHECK = {"Start.agencies", "Process.outside"}
"""Keys without which, where they matter, a definition does not pass `check`."""

_KEEPING = "counted when a case is over: tests/service/records/test_retention.py"
EXEMPT: Mapping[str, str] = {
    "Partnership.outside": "where their letters go: tests/service/delivery/test_bodies_outside.py",
    "FormField.may_come_later": "a table from elsewhere: tests/service/reports/registers/test_unsaid.py",
    "Opening.from_agencies": "an agency opens a case on its page: tests/web/test_referring.py",
    "FromAgencies.step": "an agency opens a case on its page: tests/web/test_referring.py",
    "FromAgencies.agency": "an agency opens a case on its page: tests/web/test_referring.py",
    "FromAgencies.answers": "an agency opens a case on its page: tests/web/test_referring.py",
    "Step.invites_to": "seen in letters, on pages and in papers: tests/situations/situation_35_panel_not_quorate.yaml",
    "Step.confirm": "asked on the answer page: tests/web/test_codes.py",
    "Step.reply": "a page for a contact of the case: tests/web/test_contacts.py",
    "Step.offers": "shown on the answer page: tests/web/test_papers.py",
    "Step.not_by": "who answered stands beside the events: tests/service/commands/test_another_person.py",
    "Limit.reason": "asked of whoever looks at a case: tests/service/views/case_page/test_due.py",
    "Process.language": "there is only version 1 of the language",
    "Form.language": "there is only version 1 of the language",
    "DecisionTable.language": "there is only version 1 of the language",
    "DecisionTable.table": _NAME,
    "DecisionTable.title": _READING,
    "DecisionTable.source": _READING,
    "TableOutcome.help": "words for whoever asks a table without a case: the command line's tests show it",
    "TableOutcome.process": "words for whoever asks a table without a case: the command line's tests show it",
    "Document.language": "there is only version 1 of the language",
    "Document.document": _NAME,
    "Document.title": _PAPER,
    "Document.formats": _PAPER,
    "Document.template": _PAPER,
    "Document.page": _PAPER,
    "Document.marking": _PAPER,
    "Document.shows": _PAPER,
    "DecisionTable.words": _PAPER,
    "Document.text": _PAPER,
    "Document.day": _PAPER,
    "Document.at": _PAPER,
    "Document.lasts": _PAPER,
    "Message.language": "there is only version 1 of the language",
    "Ladders.language": "there is only version 1 of the language",
    "Guidance.language": "there is only version 1 of the language",
    "Process.targets": _TARGET,
    "Target.title": _TARGET,
    "Target.share": _TARGET,
    "Target.limit": _TARGET,
    "Target.due": _TARGET,
    "Target.met_by": _TARGET,
    "Target.every": _TARGET,
    "Target.source": _EXPLAINED,
    "Partnership.action_colours": "seen over all cases, not in one: tests/case/rules/test_action_colours.py",
    "Partnership.linked_cases": "seen between two cases: tests/service/views/test_linked_cases.py",
    "StandingGroup.title": _READING,
    "StandingGroup.chair": "who chairs is one of the posts, which check holds: tests/language/err",
    "Partnership.language": "there is only version 1 of the language",
    "Process.reference": "numbers are given by the store, which has tests of its own",
    "Process.process": _NAME,
    "Process.summary": _READING,
    "Process.meant": _ANSWERED,
    "Step.meant": _ANSWERED,
    "Limit.meant": _ANSWERED,
    "Ending.meant": _ANSWERED,
    "Process.stages": _HEADING,
    "Step.stage": _HEADING,
    "GroupUse.stage": _HEADING,
    "Process.source": _EXPLAINED,
    "Process.verified": _EXPLAINED,
    "Step.source": _EXPLAINED,
    "CaseDate.title": "shown with the day on the page of a case, whose tests are the service's",
    "Hold.title": "in the words of a refusal, where another title is another text",
    "Form.form": _NAME,
    "Form.title": _READING,
    "Message.message": _NAME,
    "Ladder.title": _READING,
    "Guidance.guidance": _NAME,
    "Guidance.verified": _SOURCE,
    "Guidance.note": _READING,
    "NationalLimit.kind": "every kind that may run as a clock runs alike; check refuses the others",
    "NationalLimit.by": "yearly limits may not run as a clock; check refuses them",
    "NationalLimit.counts_from": _SOURCE,
    "NationalLimit.owner": _SOURCE,
    "NationalLimit.to": _SOURCE,
    "NationalLimit.basis": _SOURCE,
    "NationalLimit.number": _SOURCE,
    "NationalLimit.source": _SOURCE,
    "NationalLimit.if_missed": _SOURCE,
    "NationalLimit.verified": _SOURCE,
    "NationalLimit.note": _SOURCE,
    "OwnCalendar.title": _READING,
    "Process.retention": _KEEPING,
    "Ending.retention": _KEEPING,
    "Retention.keep": _KEEPING,
    "Retention.class": _KEEPING,
    "Partnership.breaks_daily": _POST,
    "Partnership.channels": _POST,
    "Partnership.digests": _POST,
    "Partnership.quiet": _POST,
    "Partnership.school_holidays": _POST,
    "Partnership.second_person": "of the office, not of a case: tests/cli/test_second_person.py",
    "Partnership.headings": "of spreadsheets, which tests/service/reports reads and writes",
    "Partnership.spreadsheet_words": "of spreadsheets, which tests/service/reports reads",
    "Group.language": "there is only version 1 of the language",
    "Group.group": _NAME,
    "Group.title": _READING,
    "Role.email": _ADDRESS,
    "Role.deputy": _ADDRESS,
    "Agency.sector": _READING,
    "Agency.contact": _ADDRESS,
    "Agency.deputy": _ADDRESS,
    "Agency.senior": _ADDRESS,
    "Agency.partner": _ADDRESS,
    "Agency.designated": _ADDRESS,
    "Role.away": _ADDRESS,
    "Role.answers_to": _ADDRESS,
    "Away.until": _ADDRESS,
    "Ladder.recognition": "holds check to whom such a ladder may go: tests/language/err shows what is refused",
    "Agency.domains": _ADDRESS,
    "Agency.language": "what an agency reads: tests/service/messages/test_languages.py",
}


def keys_of_the_language() -> set[str]:
    """`Step.not_before` and so on, by the name that is written."""
    return {f"{model.__name__}.{field.alias or name}" for model in MODELS for name, field in model.model_fields.items()}


def keys_on_the_way(definitions: Definitions, key: str) -> list[str]:
    """'process.review.steps.publish.not_before' -> 'Process.steps', 'Step.not_before'."""
    file, place = split(definitions, key)
    here: Any = KINDS[kind_of(file)]
    names = []
    for part in place:
        model = next(
            (option for option in _parts(here) if isinstance(option, type) and issubclass(option, BaseModel)), None
        )
        if model is None:  # a list, or names with values of one kind
            here = [get_args(option)[0 if part.isdigit() else -1] for option in _parts(here) if get_args(option)]
            continue
        written = {field.alias or name: field.annotation for name, field in model.model_fields.items()}
        here = written[part]
        names.append(f"{model.__name__}.{part}")
    return names


def _parts(annotation: Any) -> Iterator[Any]:
    """What an annotation may be, without `Annotated`, unions and the choice between a name and values."""
    if isinstance(annotation, list):
        for part in annotation:
            yield from _parts(part)
    elif get_origin(annotation) is Annotated:
        yield from _parts(get_args(annotation)[0])
    elif get_origin(annotation) in {Union, UnionType}:
        for part in get_args(annotation):
            yield from _parts(part)
    else:
        yield annotation
