"""Fields that are worked out when a template names them."""

from reviewflow.service.messages.fields.on_demand import OnDemand


def test_only_what_is_asked_for_is_worked_out_and_once() -> None:
    asked: list[str] = []

    def work_out() -> str:
        asked.append("next")
        return "we write again"

    words = OnDemand({"step": "Agency return", "next": work_out})
    assert (words["step"], asked) == ("Agency return", [])
    assert [words["next"], words["next"]] == ["we write again"] * 2
    assert asked == ["next"]
    assert dict(words) == {"step": "Agency return", "next": "we write again"}
