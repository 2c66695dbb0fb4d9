# make workshop   sets up and opens a workshop          make test    sets up and passes every test
# make install    only sets up                          make author  opens the lessons in JupyterLab
# make bench      measures speed and load, beside peers
# make hub        adds what many rooms at once need
# make notebooks  puts every notebook into its form     make lock    renews the lock files
# make front-end  builds what phones run of Jupyter's widgets (needs Node.js 20)
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
KIT := $(BIN)/beyond-the-no

.PHONY: workshop install hub front-end reveal test lint author notebooks screenshots bench lock clean
.DEFAULT_GOAL := workshop

workshop: install
	$(KIT) open $(OPTIONS)

install: $(VENV)/.installed

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "This kit needs Python 3.11 or newer. Install it, or say which one to use: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "This Python has no venv. On Debian or Ubuntu: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.hub: requirements-hub.lock deploy/proxy/package-lock.json $(VENV)/.installed
	@command -v npm >/dev/null || { echo "A hub's proxy needs Node.js 20 or newer, with npm."; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-hub.lock
	cd deploy/proxy && npm ci --omit=dev --silent
	@touch $@

hub: $(VENV)/.hub

$(VENV)/.tested: requirements-test.lock $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

test: $(VENV)/.tested
	if command -v npm >/dev/null; then $(MAKE) hub; fi
	$(BIN)/python tests/browser.py
	$(MAKE) lint
	@# files in their order: bench/, which takes longest, begins first
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

lint: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

author: install
	$(KIT) author

notebooks: install
	$(BIN)/python tests/tidy_notebooks.py

front-end:
	cd widgets/beyond_the_no/serve/front_end && npm ci --ignore-scripts && npm test && npm run build

reveal: install
	$(BIN)/python -m beyond_the_no.serve.reveal.fetch

bench: $(VENV)/.tested
	$(KIT) bench all

screenshots: $(VENV)/.tested
	$(BIN)/python tests/screenshots.py

LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet --extra install
lock: $(VENV)/.tested
	$(LOCK) --upgrade -o requirements.lock
	$(LOCK) --extra test -c requirements.lock -o requirements-test.lock
	$(LOCK) --extra hub -c requirements.lock -o requirements-hub.lock

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
