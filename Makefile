# Every target does its own set-up: a virtual environment in $(VENV) with the package installed in place.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/ready

.PHONY: help demo serve test test-all test-full check mutants bench docs clean
.DEFAULT_GOAL := help

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev,quickjs]'
	@touch $@

demo: $(READY)  ## queue calls of every kind on the loopback telephony and show their results
	$(BIN)/mirabelle demo

serve: $(READY)  ## a server for the laptop on http://127.0.0.1:8080
	$(BIN)/mirabelle serve --dev

test: $(READY)  ## the tests that need nothing but Python
	$(BIN)/python -m pytest -n auto -m 'not full'

test-all:  ## `make test` on each of CPython 3.11 to 3.14 that is found
	.ci/each-python all

test-full: $(READY)  ## all tests, with real servers and crashes
	$(BIN)/python -m pytest -n auto

check: $(READY)  ## ruff, mypy strict, and the tests of layout and documentation
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	rm -rf build/types && $(BIN)/pip install --quiet --disable-pip-version-check --no-deps --target build/types .
	MYPYPATH=build/types $(BIN)/mypy -p mirabelle
	MYPYPATH=build/types $(BIN)/mypy --explicit-package-bases tests benchmarks
	$(BIN)/python -m pytest -q tests/test_layout.py tests/test_documentation.py

mutants: $(READY)  ## plant faults into the interpreter: which golden dialogue notices which
	$(BIN)/python -m tests.mutants

bench: $(READY)  ## figures against their gates in benchmarks/gates.toml
	$(BIN)/python -m benchmarks

docs: $(READY)  ## write the pages that are drawn from the code
	$(BIN)/python -m mirabelle.core.testing.documentation

clean:  ## remove the virtual environments and what was built
	rm -rf .venv* build dist *.egg-info
