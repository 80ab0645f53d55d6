"""What is said about Python, checks and tools in several files is the same in each."""

import re
import tomllib
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = dict(re.findall(r"^([a-z-]+):(?: [^#\n]*)?(?:#.*)?\n((?:\t.*\n)*)", MAKEFILE, re.MULTILINE))


def jobs() -> dict[str, Any]:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))
    return dict(workflow["jobs"])


def test_every_python_that_is_promised_is_tried() -> None:
    promised = re.findall(r"Python :: (3\.\d+)", str(PYPROJECT["project"]["classifiers"]))
    assert promised[0] == PYPROJECT["project"]["requires-python"].removeprefix(">=")
    for name in ("everything", "office-laptop"):
        assert jobs()[name]["strategy"]["matrix"]["python"] == promised, name


def test_what_must_pass_is_the_same_here_and_there() -> None:
    assert {"run": ".ci/run"} in jobs()["everything"]["steps"]
    commands = re.findall(r"^make (\w+)$", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), re.MULTILINE)
    assert commands == ["lint", "test"]


def test_before_a_commit_the_tools_of_make_lint_are_used() -> None:
    (local,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    tools = [hook["entry"].removeprefix(".venv/bin/").split() for hook in local["hooks"]]
    assert [tool[:2] for tool in tools] == [["ruff", "format"], ["ruff", "check"], ["reviewflow", "check"]]
    assert all(f"$(BIN)/{' '.join(tool[:2])}" in TARGETS["lint"] for tool in tools[:2])


def test_each_target_of_make_is_told_by_make_help_and_is_no_file() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony is not None
    assert set(phony[1].split()) == TARGETS.keys()
    listed = re.findall(r"^([a-z-]+):.*##", MAKEFILE, re.MULTILINE)
    assert set(listed) == TARGETS.keys()


def test_coverage_counts_branches_of_all_that_is_ours() -> None:
    settings = PYPROJECT["tool"]["coverage"]["run"]
    assert (settings["branch"], settings["source"]) == (True, PYPROJECT["tool"]["mypy"]["packages"])
