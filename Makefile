# koujing: `make run` and `make test` need Python 3.11+ and the package registries, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -q --disable-pip-version-check
OUT := out
MODEL ?=
# A model given on the command line wins over the environment; both empty means the local model.
export KOUJING_MODEL := $(or $(MODEL),$(KOUJING_MODEL))

.PHONY: run test test-fast chromium serve eval bench docs lint types lock audit clean help

help: ## say what there is
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /	/' | expand -t 12

run: $(VENV)/.base ## sample library, one success story with its sources, in the terminal and in out/
	@sh tools/run.sh $(BIN) $(OUT)

serve: $(VENV)/.base ## the HTTP service on loopback
	@$(BIN)/koujing init --sample >/dev/null && $(BIN)/koujing serve

test: $(VENV)/.dev chromium ## everything: style, types, tests (on PostgreSQL, in a browser, with the local model, too)
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q -n 2 --dist loadfile -m "not local_llm"
	$(BIN)/python -m pytest -q -n 2 --dist loadfile -m "not local_llm" --database postgres
	$(BIN)/python -m pytest -q -m local_llm

test-fast: $(VENV)/.dev ## the minute between two edits
	$(BIN)/python -m pytest -q -n 2 --dist loadfile -m "not local_llm and not slow and not browser"

chromium: ## a browser for the tests of the pages: the system's own, installed where that may be done
	@sh tools/chromium.sh

eval: $(VENV)/.eval ## are the drafts good: the default suites, a table, a report (MODEL=local: with the local model)
	$(BIN)/koujing eval run --open

bench: $(VENV)/.eval $(VENV)/.dev ## every figure, in one table
	$(BIN)/koujing bench

docs: $(VENV)/.dev ## make the generated parts of README and docs again
	$(BIN)/python -m tools.docs

# django-htmx is there for the file of htmx that it carries; what it would need itself is left out of the locks.
COMPILE := $(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate \
	--no-emit-package django --no-emit-package asgiref --no-emit-package sqlparse

lock: $(VENV)/.dev ## pin the dependencies again, by hash and without registry addresses
	$(COMPILE) pyproject.toml -o requirements/base.lock
	$(COMPILE) pyproject.toml --extra eval --extra baselines -o requirements/eval.lock
	$(COMPILE) pyproject.toml --extra eval --extra baselines --group dev -o requirements/dev.lock
	$(COMPILE) requirements/build.in -o requirements/build.lock

audit: $(VENV)/.dev ## known weaknesses of what is pinned: pip-audit, which asks the package index over the network
	$(BIN)/uv tool run pip-audit --disable-pip --require-hashes -r requirements/base.lock

clean: ## take away what make made
	rm -rf $(VENV) $(OUT) build *.egg-info

$(VENV)/.made: requirements/build.lock
	$(PYTHON) -c 'import sys; sys.exit("koujing needs Python 3.11 or newer; set PYTHON=…" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements/build.lock
	@touch $@

$(VENV)/.base: $(VENV)/.made requirements/base.lock pyproject.toml
	$(PIP) --require-hashes --no-deps -r requirements/base.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.eval: $(VENV)/.base requirements/eval.lock
	$(PIP) --require-hashes --no-deps -r requirements/eval.lock
	@touch $@

$(VENV)/.dev: $(VENV)/.base requirements/dev.lock
	$(PIP) --require-hashes --no-deps -r requirements/dev.lock
	@touch $@
