"""What a decision table recommends for numbers and for what was chosen of several."""

import pytest

from reviewflow.language.model import DecisionTable
from reviewflow.language.structure.tables import recommend

TABLE = DecisionTable.model_validate(
    {
        "language": 1,
        "table": "how_much",
        "title": "How much is done",
        "questions": {
            "score": {"type": "number", "label": "How worried are we", "at_least": 0, "at_most": 10},
            "knew": {"type": "choices", "label": "Who knew", "options": {"one": "One", "other": "Other"}},
        },
        "outcomes": {"little": {"title": "Little"}, "several": {"title": "Several meet"}, "much": {"title": "Much"}},
        "rows": [
            {"when": {"score": "less than 3"}, "recommend": "little", "because": "Nobody is worried"},
            {"when": {"knew": "at least 2"}, "recommend": "several", "because": "Several knew"},
            {"recommend": "much", "because": "Somebody is worried"},
        ],
    }
)


@pytest.mark.parametrize(
    ("score", "knew", "outcome"),
    [(2, ["one"], "little"), (3, ["one"], "much"), (10, ["one", "other"], "several"), (1, ["one", "other"], "little")],
)
def test_a_number_is_compared_and_not_how_many_there_are(score: int, knew: list[str], outcome: str) -> None:
    assert recommend(TABLE, {"score": score, "knew": knew}).outcome == outcome
