# `make help` lists the targets. A fresh clone needs Python 3.11 or newer and make, nothing else.
PYTHON ?= python3
PORT ?= 8000
# More arguments: make test ARGS="tests/search -k facets"
ARGS ?=
export PORT

MANAGE := .venv/bin/python manage.py
SDL := $(MANAGE) graphql_schema --schema cms.api.schema.schema --out
TEMPLATES = $(shell find . -path './.venv' -prune -o -path './var' -prune -o -path '*/templates/*.html' -print)

.DEFAULT_GOAL := help
.PHONY: help install run test test-elasticsearch-9 bench-api bench-search lint format types migrations-check sdl sdl-check messages \
	messages-check check services-up services-down clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-21s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: .venv/.installed ## Make .venv and install what is pinned, when it is not there yet

.venv/.installed: requirements.txt requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$(PYTHON) is missing or older than Python 3.11: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11" >&2; exit 1; }
	@test -x .venv/bin/pip || $(PYTHON) -m venv .venv || \
		{ rm -rf .venv; echo "Python's venv module is missing (Debian: apt-get install python3-venv)." >&2; exit 1; }
	.venv/bin/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

run: install ## Serve the hub with its demo content on port 8000 (another one: PORT=8001)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_demo
	@$(MANAGE) search_index rebuild --if-outdated >/dev/null
	@$(MANAGE) runserver $(PORT)

test: install ## Run the tests (some of them: ARGS="tests/search -k facets")
	@.venv/bin/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

test-elasticsearch-9: install ## Run the tests of the search on Elasticsearch 9 (needs Java 21 or newer)
	@.ci/test_elasticsearch_9 $(ARGS)

bench-api: install ## Compare the API's speed with stock grapple's (PEER=its folder; DATABASE_URL)
	@.venv/bin/python -m tests.benchmarks $(if $(PEER),--peer $(PEER)) $(ARGS)

bench-search: install ## Measure the archive search at three sizes (ARGS="--backend sqlite 3000")
	@.venv/bin/python -m tests.benchmarks.search $(ARGS)

lint: install ## Look for defects and for formatting that differs
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/djhtml --tabwidth 4 --check $(TEMPLATES)

format: install ## Repair what lint can repair by itself
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	.venv/bin/djhtml --tabwidth 4 $(TEMPLATES)

types: install ## Check the types
	.venv/bin/mypy .

migrations-check: install ## Fail when a model has no migration
	$(MANAGE) makemigrations --check --dry-run

sdl: install ## Write graphql/schema.graphql and graphql/operations.json
	$(SDL) graphql/schema.graphql
	$(MANAGE) graphql_manifest

sdl-check: install ## Fail when graphql/schema.graphql or graphql/operations.json differs from the code
	@$(SDL) .venv/schema.graphql >/dev/null
	@diff -u graphql/schema.graphql .venv/schema.graphql || \
		{ echo "graphql/schema.graphql differs from the code: run make sdl." >&2; exit 1; }
	@$(MANAGE) graphql_manifest --out .venv/operations.json
	@diff -u graphql/operations.json .venv/operations.json || \
		{ echo "graphql/operations.json differs from the operations: run make sdl." >&2; exit 1; }

messages: install ## Collect the texts to translate, and compile the translations (needs gettext)
	$(MANAGE) makemessages --locale pl --no-location --no-obsolete --ignore 'tests/*' --ignore 'var/*'
	$(MANAGE) compilemessages --locale pl --ignore .venv

messages-check: install ## Fail when a Polish translation is missing, doubtful or not compiled (needs gettext)
	.venv/bin/python .ci/check_messages.py

check: lint types migrations-check sdl-check messages-check ## All checks but the tests

services-up: ## Start PostgreSQL, Redis and Elasticsearch on loopback, and print their addresses
	@.ci/services start

services-down: ## Stop them and remove their data
	@.ci/services stop

clean: ## Remove the environment and the caches (var/, which holds your data, stays)
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
