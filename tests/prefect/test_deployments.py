"""deploy/prefect.yaml and what is served are the same, and every flow can be loaded from the project's folder."""

from datetime import UTC, date, datetime, time

import yaml

from flows.attention import attention
from flows.chase import chase
from flows.serve import DECLARED, deployments
from flows.sweep_share import sweep_share
from reviewflow.service.answers.opening import day_and_time
from tasks.views.dead_runs import FORMS, WORK


def test_what_is_declared_is_served() -> None:
    declared = {entry["name"]: entry for entry in yaml.safe_load(DECLARED.read_text())["deployments"]}
    served = {each.name: each for each in deployments()}
    assert (
        served.keys()
        == declared.keys()
        == {"chase", "sweep-share", "open-case", "change-a-case", "verify-actions", "work-item", "attention"}
    )
    for name, entry in declared.items():
        assert served[name].entrypoint == entry["entrypoint"].replace("/", ".").replace(".py:", ".")
        assert served[name].description == entry["description"]
        crons = [getattr(each.schedule, "cron", None) for each in served[name].schedules or ()]
        assert crons == [each["cron"] for each in entry.get("schedules", ())]
        zones = [getattr(each.schedule, "timezone", None) for each in served[name].schedules or ()]
        assert zones == [each["timezone"] for each in entry.get("schedules", ())]


def test_a_run_that_nobody_answers_has_a_name_that_says_what_it_is() -> None:
    """Those with a form are named after what they ask."""
    named = {flow.name: flow.flow_run_name for flow in (chase, sweep_share, attention)}
    assert named["chase"] == "Sweep"
    assert named.keys() == {each.name for each in deployments()} - {*FORMS, *WORK}
    assert all(named.values())


def test_the_sweep_never_runs_beside_itself() -> None:
    served = next(each for each in deployments() if each.name == "chase")
    assert served.concurrency_limit is not None
    assert getattr(served.concurrency_limit, "limit", served.concurrency_limit) == 1


def test_the_opening_form_asks_for_the_time_of_day_where_a_process_does() -> None:
    london = datetime(2026, 5, 5, 13, 30, tzinfo=UTC)
    assert day_and_time(london) == (date(2026, 5, 5), time(14, 30))
    assert day_and_time(datetime(2026, 5, 5, 14, 30)) == (date(2026, 5, 5), time(14, 30))
    assert day_and_time(date(2026, 5, 5)) == (date(2026, 5, 5), None)


def test_the_first_step_of_an_opening_asks_for_the_process_alone() -> None:
    form = next(each for each in deployments() if each.name == "open-case")._parameter_openapi_schema
    assert list(form.properties) == ["process"]
    assert "Rapid review" in str(form.model_dump())
