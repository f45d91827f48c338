# Matrix Sentinel 矩阵哨兵. `make run` starts it, `make test` tests it; `make help` lists the rest.
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
SHELL := /bin/sh

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check -q install --no-input
WORKERS ?= 2
# Compiled modules are kept: what starts many processes would compile everything anew in each.
export PYTHONDONTWRITEBYTECODE :=

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-16s %s\n", $$1, $$2}'

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "需要 Python 3.11 或更新的版本(可用 make run PYTHON=python3.12 指定)。"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "缺少 venv 模块:请先运行 apt install python3-venv。"; exit 1; }

$(VENV)/.run-stamp: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "正在安装依赖(首次约一两分钟)……"
	@$(PIP) --require-hashes --only-binary :all: -r requirements/run.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev-stamp: requirements/dev.txt $(VENV)/.run-stamp
	@$(PIP) --require-hashes --only-binary :all: -r requirements/dev.txt
	@touch $@

run: $(VENV)/.run-stamp ## start the desk: scheduler and dashboard, Ctrl-C stops all
	@exec $(BIN)/sentinel run

setup: $(VENV)/.dev-stamp ## install what tests and checks need

test: $(VENV)/.dev-stamp ## all tests: both databases, a mail server, a browser
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadscope

test-pure: $(VENV)/.dev-stamp ## the pure tests only, in seconds
	@$(BIN)/python -m pytest -q tests/domain tests/access tests/judge tests/report

pictures: $(VENV)/.dev-stamp ## take the pictures of docs/images anew
	@SENTINEL_PICTURES=1 $(BIN)/python -m pytest -q tests/e2e/test_whole_desk.py tests/e2e/test_first_day.py \
	  tests/e2e/test_people_guide.py tests/e2e/test_auditing_page.py tests/e2e/test_cases.py \
	  tests/e2e/test_assessing.py tests/e2e/test_campaign.py

deep: $(VENV)/.dev-stamp ## the tests with full example counts: 20,000 generated files among them
	@SENTINEL_DEEP=1 $(BIN)/python -m pytest -q -n $(WORKERS) --dist loadscope

check: $(VENV)/.dev-stamp ## format, lint, types, imports, weaknesses, architecture, docs
	@$(BIN)/ruff format --check -q . && $(BIN)/ruff check -q .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports
	@$(BIN)/bandit -q -c pyproject.toml -r monitor dashboard
	@$(BIN)/python -m pytest -q tests/architecture
	@$(BIN)/python docs/generate.py --check

fix: $(VENV)/.dev-stamp ## format, and mend what the linter can
	@$(BIN)/ruff format -q . && $(BIN)/ruff check -q --fix .

docs: $(VENV)/.dev-stamp ## write docs/reference anew
	@$(BIN)/python docs/generate.py

bench: $(VENV)/.dev-stamp ## measure; writes bench/latest.json
	@$(BIN)/python -m bench

lock: $(VENV)/.dev-stamp ## compile the locks anew (needs uv on the PATH)
	@uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header \
	  --python-version 3.11 requirements/run.in -o requirements/run.txt
	@uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header \
	  --python-version 3.11 requirements/dev.in -o requirements/dev.txt
	@uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header \
	  --python-version 3.11 requirements/audit.in -o requirements/audit.txt

clean: ## remove what can be made again; never the database
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache bench/latest.json

.PHONY: help run setup test test-pure pictures deep check fix docs bench lock clean
