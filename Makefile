.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:

PORT ?= 8000
PY := .venv/bin/python
FLASK := .venv/bin/flask --app wsgi
# Debian's own Python is optimised, others often are not: it comes first where it is new enough.
PYTHON ?= $(shell for p in /usr/bin/python3 python3; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

RUN_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig
TEST_PACKAGES := chromium-headless-shell default-jdk-headless libjaxb-java libreoffice-calc-nogui poppler-utils

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

##@ Use
run: export APP_MODE ?= demonstration
run: export BASE_URL ?= http://127.0.0.1:$(PORT)
run: install ## Serve with demonstration data on http://127.0.0.1:8000 (PORT changes it)
	$(FLASK) data upgrade
	$(FLASK) demo load --if-empty
	@echo "Open http://127.0.0.1:$(PORT) in a browser; Ctrl+C stops."
	.venv/bin/gunicorn --workers 2 --no-control-socket --bind 127.0.0.1:$(PORT) wsgi:app

install: .venv/run-packages .venv/installed .venv/assets .venv/catalogue ## Bring everything that running needs

##@ Work
test: install .venv/test-packages .venv/tested ## Bring everything that the tests need, then check and test
	$(MAKE) --no-print-directory check
	.venv/bin/pytest

check: .venv/tested ## Style of code, scripts and templates, types, import contracts, and the figures of the code
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/oxlint --deny-warnings app/static/js
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache
	@$(PY) tests/project/template_style.py
	@$(PY) tests/project/figures.py

bench: install .venv/tested ## Measure what people wait for
	$(PY) -u -m tests.bench.bench

translations: .venv/tested ## Extract the sentences, update and compile the Welsh catalogue
	.venv/bin/pybabel --quiet extract --no-location --sort-output -F babel.cfg -k _l -o .venv/messages.pot .
	.venv/bin/pybabel --quiet update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 120 -i .venv/messages.pot -d app/translations -l cy
	.venv/bin/pybabel compile --statistics -d app/translations

pins: ## Resolve the dependencies of pyproject.toml anew
	$(PY) -m pip install --quiet uv
	$(PINS) pyproject.toml -o requirements.txt
	$(PINS) --group test -c requirements.txt -o requirements-test.txt
	$(PINS) --group assets --no-deps -o requirements-assets.txt
PINS := $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header

clean: ## Remove what `make` made (not the database)
	rm -rf .venv app/static/vendor reports/fonts

.PHONY: help run install test check bench translations pins clean

##@ What the above need
.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: sudo apt-get install python3"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(call debian,python3-venv)
	$(PYTHON) -m venv .venv

.venv/installed: requirements.txt | .venv/bin/python
	.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/tested: requirements-test.txt | .venv/installed
	.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	@touch $@

# Third-party style sheets, scripts and fonts come from hash-checked Python packages: nothing is committed.
.venv/assets: requirements-assets.txt app/cli/assets.py | .venv/installed
	rm -rf .venv/wheels
	.venv/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes --target .venv/wheels -r requirements-assets.txt
	$(FLASK) assets build .venv/wheels
	@touch $@

.venv/catalogue: app/translations/cy/LC_MESSAGES/messages.po | .venv/installed
	.venv/bin/pybabel --quiet compile -d app/translations
	@touch $@

# Looked at again when this file changes: it may ask for one more.
.venv/run-packages: Makefile | .venv/bin/python
	@$(call debian,$(RUN_PACKAGES))
	@touch $@

.venv/test-packages: Makefile | .venv/bin/python
	@$(call debian,$(TEST_PACKAGES))
	@touch $@

# Install the Debian packages that are missing; where that is not allowed, say exactly what to type.
define debian
{ missing=""; for p in $(1); do dpkg-query -W -f '$${db:Status-Abbrev}' $$p 2>/dev/null | grep -q ^ii || missing="$$missing $$p"; done; \
  if [ -n "$$missing" ]; then \
    if [ "$$(id -u)" = 0 ]; then as=""; elif sudo -n true 2>/dev/null; then as="sudo"; \
    else echo "These Debian packages are needed. Please type:  sudo apt-get install$$missing"; exit 1; fi; \
    echo "Installing Debian packages:$$missing"; \
    $$as apt-get update -qq; $$as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
  fi; }
endef
