# `make run` talks, `make test` proves. Everything is installed into .venv and nowhere else.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help run serve test check unit browser programs build models bench faults audit licences lambda image lock clean

help: ## List what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

run: $(READY) ## Hear the guides and talk to the coach on this machine, no account needed
	@$(BIN)/hip-workout run

serve: $(READY) ## Serve the webhook (needs HIP_WORKOUT_SKILL_ID)
	@$(BIN)/hip-workout serve

check: $(READY) ## Look the code over: style, types, arrows between rooms, dependencies, drift
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/bandit -q -c pyproject.toml -r skill audio interaction_model deploy
	$(BIN)/hip-workout model check

unit: $(READY) browser programs ## Run the tests
	$(BIN)/pytest -n auto

browser: $(READY) ## Find Chromium for the browser tests, or install it
	@$(BIN)/python -m tests.browser.chromium

programs: $(READY) ## Find the programs that tests drive, such as Caddy, or install them
	@$(BIN)/python -m tests.programs

test: check unit ## Everything that must hold

models: $(READY) ## Build the interaction models from contract and sentences
	$(BIN)/hip-workout model build

build: $(READY) ## Build wheel and source archive into dist/
	$(BIN)/uv build --no-build-isolation --python $(BIN)/python

bench: $(READY) browser programs ## Measure signed turns a second, what stores add, a week of listeners, sound, the page
	$(BIN)/python -m tests.benchmarks.turns
	$(BIN)/python -m tests.benchmarks.week
	$(BIN)/python -m tests.benchmarks.cold_start
	$(BIN)/python -m tests.benchmarks.sound
	$(BIN)/python -m tests.benchmarks.page

faults: $(READY) programs ## Break what the coach stands on, and see what the listener hears
	$(BIN)/python -m tests.faults

audit: $(READY) ## Ask whether a vulnerability is known of any dependency (needs the network)
	$(BIN)/pip-audit -r requirements.lock --require-hashes --disable-pip --strict --progress-spinner off

licences: $(READY) ## Write THIRD_PARTY.md from the lock and what is installed
	$(BIN)/python -m tests.security.third_party

lambda: $(READY) ## Build the package of the AWS Lambda function into dist/
	$(BIN)/python deploy/aws/build.py dist/hip-workout-lambda.zip

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header

lock: $(READY) ## Renew requirements.lock, and the locks of host and container that agree with it
	$(LOCK) --upgrade --extra dev pyproject.toml --output-file requirements.lock
	$(LOCK) --constraint requirements.lock --extra neural pyproject.toml \
		--output-file deploy/host/requirements.txt
	$(LOCK) --constraint requirements.lock --extra postgres pyproject.toml \
		--output-file deploy/container/requirements.txt
	echo 'hatchling>=1.27' | $(LOCK) --constraint requirements.lock - \
		--output-file deploy/container/requirements-build.txt

image: $(READY) ## Build the container's tree and run its entry point, without an engine (as root)
	$(BIN)/python -m tests.deploy.image

clean: ## Remove everything that was built or installed here
	rm -rf .venv dist build tests/benchmarks/.peers .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
