"""deploy/prefect.yaml and what is served are the same, and every flow can be loaded from the project's folder."""

from datetime import UTC, date, datetime, time

import yaml

from flows.serve import DECLARED, deployments
from reviewflow.service.answers.opening import day_and_time


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


def test_the_sweep_never_runs_beside_itself() -> None:
    chase = next(each for each in deployments() if each.name == "chase")
    assert chase.concurrency_limit is not None
    assert getattr(chase.concurrency_limit, "limit", chase.concurrency_limit) == 1


def test_the_opening_form_asks_for_the_time_of_day_where_a_process_does() -> None:
    london = datetime(2026, 5, 5, 13, 30, tzinfo=UTC)
    assert day_and_time(london) == (date(2026, 5, 5), time(14, 30))
    assert day_and_time(datetime(2026, 5, 5, 14, 30)) == (date(2026, 5, 5), time(14, 30))
    assert day_and_time(date(2026, 5, 5)) == (date(2026, 5, 5), None)


def test_the_first_step_of_an_opening_asks_for_the_process_alone() -> None:
    form = next(each for each in deployments() if each.name == "open-case")._parameter_openapi_schema
    assert list(form.properties) == ["process"]
    assert "Rapid review" in str(form.model_dump())
