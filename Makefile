# make workshop   sets up and opens a workshop          make test    sets up and passes every test
# make install    only sets up                          make author  opens the lessons in JupyterLab
# make quick      passes the tests that need no server and no browser, in a minute
# make fuzz       sends nonsense both ways between pages and kernels, for ten minutes
# make test-dates passes what knows a date a year ahead and two years back
# make bench      measures speed and load, beside peers
# make hub        adds what many rooms at once need
# make notebooks  puts every notebook into its form     make lock    renews the lock files
# make goldens    writes anew what every explorer says and draws (see tools/goldens.py)
# make old-browsers  a lesson, a poll and the wall in the oldest Chromium that is promised
# make mutants    breaks the code on purpose, and names what no test notices (hours)
# make front-end  builds what phones run of Jupyter's widgets (needs Node.js 20)
PYTHON ?= python3
# tests wait for servers and browsers about a third of the time
WORKERS ?= $(shell $(PYTHON) -c 'import os; print(os.cpu_count() * 3 // 2 or 1)')
# hundreds of programs that tests start would each compile what they import
unexport PYTHONDONTWRITEBYTECODE
VENV := .venv
BIN := $(VENV)/bin
# nbval compares notebooks; it loads for seconds, and our own tests are none
PYTEST := $(BIN)/python -m pytest -p no:nbval
KIT := $(BIN)/beyond-the-no
PROXY := deploy/proxy/node_modules/.package-lock.json
FRONT_END := widgets/beyond_the_no/frontend
# Biome and TypeScript, where there is Node.js; a copy of the lock file, which tests know, too
SCRIPT_TOOLS := $(FRONT_END)/node_modules/.of

# uv, where it is present, takes seconds for what takes pip a minute
UV := $(shell command -v uv 2>/dev/null)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
define install
	$(if $(UV),$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python $(1) || )$(PIP) $(1)
endef

.PHONY: workshop install hub browser front-end reveal test test-dates fuzz quick lint lint-scripts author notebooks goldens screenshots bench mutants lock old-browsers clean
.DEFAULT_GOAL := workshop

workshop: install
	$(KIT) open $(OPTIONS)

install: $(VENV)/.installed

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "This kit needs Python 3.11 or newer. Install it, or say which one to use: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "This Python has no venv. On Debian or Ubuntu: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(call install,--require-hashes -r requirements.lock)
	$(call install,--no-deps --no-build-isolation -e .)
	@touch $@

# one environment, so one after the other: the tests' packages first, if both are wanted
$(VENV)/.hub: requirements-hub.lock $(VENV)/.installed | $(filter $(VENV)/.tested,$(MAKECMDGOALS))
	$(call install,--require-hashes -r requirements-hub.lock)
	@touch $@

$(PROXY): deploy/proxy/package-lock.json
	@command -v npm >/dev/null || { echo "A hub's proxy needs Node.js 20 or newer, with npm."; exit 1; }
	cd deploy/proxy && npm ci --omit=dev --silent
	@touch $@

hub: $(VENV)/.hub $(PROXY)

$(VENV)/.tested: requirements-test.lock $(VENV)/.installed
	$(call install,--require-hashes -r requirements-test.lock)
	@touch $@

browser: $(VENV)/.installed
	$(BIN)/python tests/support/browser.py

test:
	@$(MAKE) --no-print-directory --jobs=3 $(VENV)/.tested browser $(if $(shell command -v npm),$(VENV)/.hub $(PROXY))
	$(MAKE) lint
	@# files in their order: bench/, which takes longest, begins first
	$(PYTEST) -n $(WORKERS) --dist loadfile --no-loadscope-reorder

# the rules, the science and the words, without a server or a browser
quick: $(VENV)/.tested lint-scripts
	$(BIN)/python -m pytest -p no:nbval -n auto --dist loadfile -m unit

fuzz: $(VENV)/.tested
	FUZZ_SECONDS=$${FUZZ_SECONDS:-300} $(PYTEST) tests/server/test_lines.py -k whatever

# every night: no test depends on the day (needs Linux and a C compiler; see other_day.c)
DATED := tests/evidence tests/content tests/server tests/commands/static_site tests/commands/test_author.py tests/commands/test_command_line.py tests/commands/test_hub_secrets.py
test-dates: $(VENV)/.tested
	cc -shared -fPIC -O1 -o $(VENV)/other_day.so tests/support/other_day.c -ldl
	for days in 365 -730; do LD_PRELOAD=$(CURDIR)/$(VENV)/other_day.so OTHER_DAY=$$days $(PYTEST) -n auto --dist loadfile $(DATED) || exit 1; done

lint: $(VENV)/.tested lint-scripts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

$(SCRIPT_TOOLS): $(FRONT_END)/package-lock.json
	cd $(FRONT_END) && npm ci --ignore-scripts --prefer-offline --loglevel=error && cp package-lock.json node_modules/.of

ifeq ($(shell command -v npm),)
lint-scripts:
	@echo "JavaScript is not checked: there is no Node.js with npm."
else
lint-scripts: $(SCRIPT_TOOLS)
	cd $(FRONT_END) && npm run lint --silent
endif

author: install
	$(KIT) author

notebooks: install
	$(BIN)/python tools/tidy_notebooks.py

goldens: install
	$(BIN)/python tools/goldens.py

front-end:
	cd $(FRONT_END) && npm ci --ignore-scripts && npm test && npm run build

reveal: install
	$(BIN)/python tools/vendor_reveal.py

bench: $(VENV)/.tested
	$(KIT) bench all

# the oldest Chromium that the README promises, from 150 MB of wheels
old-browsers: $(VENV)/.tested
	test -x $(VENV)/old/bin/python || $(PYTHON) -m venv $(VENV)/old
	$(VENV)/old/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/old_browsers/requirements.lock
	OLD_PYTHON=$(VENV)/old/bin/python $(BIN)/python -m pytest --timeout 300 tests/old_browsers/oldest.py

$(VENV)/.mutants: requirements-mutants.lock $(VENV)/.tested
	$(call install,--require-hashes -r requirements-mutants.lock)
	@touch $@

# make mutants MUTANTS="room/rules room/writing": these modules only
mutants: $(VENV)/.mutants
	$(BIN)/python tools/mutants.py $(MUTANTS)

screenshots: $(VENV)/.tested
	PYTHONPATH=tests $(BIN)/python tools/screenshots.py

LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet --extra install --extra author --extra check
lock: $(VENV)/.tested
	$(LOCK) --upgrade -o requirements.lock
	$(LOCK) --extra test -c requirements.lock -o requirements-test.lock
	$(LOCK) --extra mutants -c requirements-test.lock -o requirements-mutants.lock
	$(LOCK) --extra hub -c requirements.lock -o requirements-hub.lock
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet tests/old_browsers/requirements.in -o tests/old_browsers/requirements.lock

clean:
	rm -rf $(VENV) .mutants .pytest_cache .mypy_cache .ruff_cache .hypothesis
