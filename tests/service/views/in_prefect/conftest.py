"""The plan of the toy review, in which `request` is a message and the other steps are people's."""

import pytest

from reviewflow.case.plan.plan import Plan
from reviewflow.service.workspace.definition_files import DefinitionFiles
from tests.service.conftest import TOY


@pytest.fixture(scope="session")
def plan() -> Plan:
    return Plan(DefinitionFiles(TOY).definition("review"))
