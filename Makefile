# Every chore of the project. `make` alone lists them.

PYTHON ?= python3
VENV ?= .venv
# One more than cores: many tests wait for a server to stop or start.
WORKERS ?= 3
PORT ?= 8000
OUT ?= out
FOLDER ?=
RUNS ?= 3

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
RUNTIME := $(VENV)/.runtime
PACKAGE := $(VENV)/.package
DEV := $(VENV)/.dev

# Some surroundings forbid Python to keep what it compiled; then each process of a test run compiles all anew.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help run example test check static format accuracy bench golden docs messages lock clean

help:  ## list these chores
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-9s %s\n", $$1, $$2}'

run: $(PACKAGE)  ## start Cardable with a demo bank in it, and print where to look and how to sign in
	@$(BIN)/cardable serve --demo --port $(PORT)

example: $(PACKAGE)  ## make Harbor Foods' files, analyze them, print where the reports are
	@$(BIN)/cardable example $(OUT)/harbor-foods >/dev/null && echo "Harbor Foods' files are in $(OUT)/harbor-foods"
	@$(BIN)/cardable analyze $(OUT)/harbor-foods --out $(OUT)/reports --company hfg
	@echo; echo "Open these:"; find "$(CURDIR)/$(OUT)/reports" -maxdepth 1 -type f | sort | sed 's/^/  /'

test: static  ## all checks, then all tests
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadscope

check: static  ## format, lint, types, import rules, locks and docs
	$(BIN)/python -m pytest tests/repository tests/reports/test_reference.py tests/server/test_reference.py -m "not slow"

static: $(DEV)  ## the part of `make check` that needs no test: format, lint, types, import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	CARDABLE_DATA=build/check DATABASE_URL=postgresql:///check $(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV)  ## put the code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

accuracy: $(DEV)  ## measure column recognition: make accuracy FOLDER=folder-with-truth.json
	@test -n "$(FOLDER)" || { echo "Name the folder with the files and truth.json: make accuracy FOLDER=..."; exit 2; }
	@$(BIN)/python -m bench.accuracy "$(FOLDER)"

bench: $(DEV)  ## measure speed against honest peers and write docs/reference/speed.md
	@$(BIN)/python -m bench --runs $(RUNS)

golden: $(DEV)  ## write the golden reports anew; read the difference before you commit
	@$(BIN)/python -m pytest --update-golden

docs: $(DEV)  ## write the reference pages that are made from the code
	@$(BIN)/python -m cardable.reports._reference docs/reference
	@$(BIN)/python -m cardable.server.reference docs/reference

messages: $(DEV)  ## bring the translations up to date with the code
	@$(BIN)/python -m messages

lock: $(DEV)  ## resolve all dependencies anew, with hashes
	$(BIN)/uv pip compile pyproject.toml --group build --extra server --upgrade $(LOCK_OPTIONS) --output-file requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group build --extra server --extra dev --upgrade $(LOCK_OPTIONS) \
		--constraint requirements.lock --output-file requirements-dev.lock

clean:  ## remove what was made: reports, caches, the virtual environment
	rm -rf $(VENV) $(OUT) build dist bench/data .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

LOCK_OPTIONS := --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Cardable needs Python 3.11 or newer. Name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@$(PYTHON) -m venv $(VENV) \
		|| { rm -rf $(VENV); echo "Python could not make a virtual environment. On Debian: apt install python3-venv"; exit 2; }

$(RUNTIME): requirements.lock | $(BIN)/python
	@echo "Installing what Cardable needs into $(VENV)"
	@$(PIP) install -qq --no-compile --no-deps --require-hashes --requirement requirements.lock
	@touch $@

$(PACKAGE): pyproject.toml $(RUNTIME)
	@$(PIP) install -qq --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements-dev.lock $(PACKAGE)
	@echo "Installing what its tests and tools need into $(VENV)"
	@$(PIP) install -qq --no-compile --no-deps --require-hashes --requirement requirements-dev.lock
	@touch $@
