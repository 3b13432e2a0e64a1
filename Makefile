# make run: the site on a fresh machine. make test: every check. Needs Python 3.11+, git and make; nothing else.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PORT ?= 8000
JS = .ci/cache/js/node_modules/.bin
JS_SOURCES = static/js static/css tests/js package.json tsconfig.json eslint.config.js
# One worker more than there are processors: tests in a browser wait more than they work.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

# Compiled code is kept, whatever the environment says: else each of some hundred processes of the tests compiles it again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test lint js format-js types unit shuffled fuzz coverage browser bench bench-check docs screenshots messages clean

run: $(VENV)/.installed  ## serve the bundled catalogue at http://127.0.0.1:8000
	$(BIN)/playground serve --port $(PORT)

test:  ## every check but the long ones, which PLAYGROUND_LONG=1 adds, as CI does
	$(MAKE) -j2 lint types
	$(MAKE) unit

lint: $(VENV)/.installed-dev js
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

js:  ## the scripts and stylesheets: formatted, linted, types checked; by tools that .ci/run installs
	@if [ -x $(JS)/prettier ] && [ -x $(JS)/eslint ] && [ -x $(JS)/tsc ]; then set -e; \
	  $(JS)/prettier --log-level warn --check $(JS_SOURCES); \
	  $(JS)/eslint static/js tests/js; \
	  $(JS)/tsc -p tsconfig.json; \
	elif [ -n "$$PLAYGROUND_NO_SKIPS" ]; then echo "js: prettier, eslint or tsc is not in $(JS)"; exit 1; \
	else echo "js: skipped, since prettier, eslint or tsc is not in $(JS)"; fi

format-js:  ## write the scripts and stylesheets as `make js` wants them
	$(JS)/prettier --log-level warn --write $(JS_SOURCES)

types: $(VENV)/.installed-dev
	$(BIN)/mypy

unit: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup --durations=40 --durations-min=4

SEED ?= 1
shuffled: export PLAYGROUND_SHUFFLE = $(SEED)
shuffled: unit  ## files and their tests in another order, by this seed: no order changes a verdict

# CASES requests are drawn for each client, other ones each time: what is found becomes a case of tests/support/snippets.
CASES ?= 1000
fuzz: $(VENV)/.installed-dev  ## snippets of requests that a machine thinks up
	PLAYGROUND_FUZZ=$(CASES) $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup --timeout=0 -m fuzz tests/snippets

coverage: $(VENV)/.installed-dev  ## the same, telling which lines no test reaches
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup --cov --cov-report=term:skip-covered

browser: $(VENV)/.installed-dev  ## only the tests in Chromium
	$(BIN)/python -m pytest tests/browser

bench: $(VENV)/.installed-dev  ## every figure beside its reference, in bench/RESULTS.md: a quarter of an hour
	$(BIN)/python -m bench results

bench-check: $(VENV)/.installed-dev  ## the figures that no other work on the machine changes: a minute
	$(BIN)/python -m bench check --bundled

docs: $(VENV)/.installed-dev  ## the documentation as a site, in site/
	$(BIN)/mkdocs build -q -f .mkdocs.yml

screenshots: $(VENV)/.installed-dev  ## the pictures of the README, from the running product
	$(BIN)/python docs/screenshots.py

messages: $(VENV)/.installed-dev  ## the catalogues of messages, after a text changed
	$(BIN)/python -m tests.support.messages

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Playground needs Python 3.11 or newer; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed dev-requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -r dev-requirements.txt
	touch $@

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage* dist site node_modules
