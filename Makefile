.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); echo $$((n > 3 ? 4 : n + 1)))   # one more than processors: servers are waited for
TESTS = $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal
unexport PYTHONDONTWRITEBYTECODE   # each worker, and each program that a test starts, would compile everything anew
UNTIMED := --hypothesis-profile=ci -k "not soon and not at_once"   # what is measured line by line is slow

help:            ## list what can be done
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | awk -F' *:.*## ' '{printf "make %-11s %s\n", $$1, $$2}'

.venv/installed: pyproject.toml constraints.txt
	@echo "Setting up .venv (about a minute the first time) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[all,dev]' 2>&1 | grep -v "is ignored: it is neither" || true
	@$(BIN)/python -c "import reviewflow, prefect, pytest"
	@touch $@

install: .venv/installed   ## create .venv with reviewflow in it

demo: .venv/installed      ## start everything with five made-up cases (ONCE=1: show and exit)
	@trap : INT; $(BIN)/reviewflow demo $(if $(ONCE),--once) || [ $$? -eq 130 ]

test: .venv/installed      ## run every test
	@$(TESTS) $(SECONDS)

quick: .venv/installed     ## run the tests that start no servers and are soon done
	@$(TESTS) -m "not slow"

fuzz: .venv/installed      ## damage the definitions in 200,000 ways and see that each is told (FUZZ="--count 1000")
	@$(BIN)/python -m tests.language.fuzz $(FUZZ)

attack: .venv/installed    ## damage and tamper with every row in every way (ATTACK="--count 1000 --only notices")
	@$(BIN)/python -m tests.attack.damage $(ATTACK) && $(BIN)/python -m tests.attack.tamper $(ATTACK)

outages: .venv/installed   ## take the database away at each statement of a sweep and its delivery (OUTAGES="--count 100 --database postgresql")
	@$(BIN)/python -m tests.attack.outages $(OUTAGES)

full-disk: .venv/installed ## fill the disk under a real serve, and see what everybody is told and that all goes on by itself
	@$(BIN)/python -m tests.attack.full_office

full-server: .venv/installed ## fill PostgreSQL's own disk until it stops, and start it again with room (root; three minutes)
	@$(BIN)/python -m tests.attack.full_server

chaos: .venv/installed     ## kill each part of an office on several machines in a week of its work (CHAOS="Valkey proxy")
	@$(BIN)/python -m tests.chaos $(CHAOS)

from-empty: .venv/installed ## type the page of one machine on an empty Debian with a systemd of its own (root; half an hour; MACHINES=several, containers, both or docker)
	@$(BIN)/python -m tests.from_empty $(MACHINES)

coverage: .venv/installed  ## measure which lines and branches of case/ and language/ their tests reach
	@$(BIN)/python -m coverage run --source=reviewflow/case,reviewflow/language -m pytest $(UNTIMED) tests/case tests/language tests/situations
	@$(BIN)/python -m coverage report --fail-under=95

wheel: .venv/installed     ## build the wheel into var/wheel: code, flows and shipped definitions
	@$(BIN)/python -m hatchling build -t wheel -d var/wheel

lint: .venv/installed      ## formatting, lint, types and the direction of imports
	@$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy && $(BIN)/lint-imports

format: .venv/installed    ## put the code in the house format
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

bench: .venv/installed     ## measure against the storage floor and SpiffWorkflow
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[all,dev,bench]' 2>&1 | grep -v "is ignored: it is neither" || true
	@$(BIN)/python -m tests.benchmarks

docs: .venv/installed      ## build the documentation into var/site (open var/site/index.html)
	@$(BIN)/python -m mkdocs build --quiet && echo "Open var/site/index.html in a browser"

docs-serve: .venv/installed ## show the documentation while you write it
	@$(BIN)/python -m mkdocs serve --livereload --watch definitions --watch reviewflow

clean:                     ## remove the environment and what the demo wrote
	rm -rf .venv var

.PHONY: help install demo test quick fuzz attack outages full-disk full-server chaos from-empty coverage wheel lint format bench docs docs-serve clean
