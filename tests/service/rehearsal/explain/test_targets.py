"""Targets are told in sentences, in a minute and in full; a definition that a case keeps tells none."""

import pytest

from reviewflow.language.definition import Definition, define
from reviewflow.language.model import Partnership
from reviewflow.service.rehearsal.explain.account import Account, account
from reviewflow.service.rehearsal.explain.summary import summary
from tests.language.definitions import PLACE, library

TOY = b"""language: 1
process: toy
version: 1
title: Toy
reference: T-{year}-{number}
opening:
  dates: {notified: When was it notified?}
limits:
  month: {title: Decide within a month, due: 1 month after notified, met_by: decide}
targets:
  most: {title: Decided in time, share: 80%, limit: month, source: Our plan of 2026.}
  soon: {title: Decided soon, share: 50%, due: 10 working days after notified, met_by: decide, every: quarter}
steps:
  decide: {title: Decide, owner: chair, due: 1 month after notified}
"""


def told(account: Account) -> list[str]:
    return [sentence for section in account.sections if "Targets" in section.title for sentence in section.sentences]


@pytest.fixture
def partnership() -> Partnership:
    loaded = library({PLACE: TOY}).partnership
    assert loaded is not None
    return loaded.model


def test_what_is_wanted_over_which_cases_and_where_it_comes_from(partnership: Partnership) -> None:
    definition = define(library({PLACE: TOY}), "toy")
    [yearly, quarterly] = told(account(definition, partnership))
    assert yearly == (
        "Decided in time: at least 80% of the cases opened in a year from April keep the time limit “Decide within a "
        "month”. Taken from: Our plan of 2026. It binds no single case; `report` shows what was reached."
    )
    assert quarterly == (
        "Decided soon: at least 50% of the cases opened in a quarter have “Decide” done 10 working days after "
        "notified. It binds no single case; `report` shows what was reached."
    )
    assert [sentence.partition(":")[0] for sentence in told(summary(definition, partnership))] == [
        "Decided in time",
        "Decided soon",
    ]
    assert told(account(Definition.model_validate_json(definition.body), partnership)) == []
