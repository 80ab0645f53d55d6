"""The table of who may what, held against every route that Prefect has: a new one shows here, and is decided on."""

import re
from pathlib import Path

import yaml

from reviewflow.web.gate.bodies import BEGUN_BY_PEOPLE
from reviewflow.web.gate.roles import SignInRole
from reviewflow.web.gate.table import ACTS, SEARCHES, may
from tests.deploy.one_machine import DEPLOY
from tests.web.gate.test_table import RUN

BY_THE_SOFTWARE = {"sweep-share", "work-item", "attention"}
GOLDEN = Path(__file__).with_name("routes.txt")
ASKED = {"GET", "POST", "PUT", "PATCH", "DELETE"}


def test_every_route_of_prefect_and_who_may(update_golden: bool) -> None:
    from prefect.server.api.server import create_api_app  # all of a server, which no other test of a worker needs

    paths = create_api_app().openapi()["paths"]
    routes = sorted((path, method.upper()) for path, methods in paths.items() for method in methods)
    lines = [f"{_who(method, f'/api{path}'):8} {method:6} {path}\n" for path, method in routes if method in ASKED]
    if update_golden:
        GOLDEN.write_text("".join(lines), encoding="utf-8")
    assert GOLDEN.read_text(encoding="utf-8") == "".join(lines)
    known = {re.sub(r"\{\w+\}", "{}", path.removeprefix("/")) for path in paths}
    assert {re.sub(r"\{\w+\}", "{}", path) for path in (*SEARCHES, *ACTS)} <= known


def _who(method: str, template: str) -> str:
    path = re.sub(r"\{(\w*id|id_or_name)\}", RUN, template)
    path = re.sub(r"\{\w+\}", "x", path)
    return next(role for role in SignInRole if may(role, method, path)).name.lower()


def test_each_deployment_is_begun_by_people_or_by_the_software() -> None:
    """A new one is decided on: the gate lets people begin only those that it names."""
    written = yaml.safe_load((DEPLOY.parent / "prefect.yaml").read_text(encoding="utf-8"))
    assert {deployment["name"] for deployment in written["deployments"]} == {*BEGUN_BY_PEOPLE, *BY_THE_SOFTWARE}
