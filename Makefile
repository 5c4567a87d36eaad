.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:

PY := .venv/bin/python
# Debian's own Python is optimised, others often are not: it comes first where it is new enough.
PYTHON ?= $(shell for p in /usr/bin/python3 python3; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

install: .venv/installed ## Bring everything that running needs

##@ Work
test: install .venv/tested ## Bring everything that the tests need, then check and test
	$(MAKE) --no-print-directory check
	.venv/bin/pytest

check: .venv/tested ## Style and types
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

pins: ## Resolve the dependencies of pyproject.toml anew
	$(PY) -m pip install --quiet uv
	$(PINS) pyproject.toml -o requirements.txt
	$(PINS) --group test -c requirements.txt -o requirements-test.txt
	$(PINS) --group assets --no-deps -o requirements-assets.txt
PINS := $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header

clean: ## Remove what `make` made (not the database)
	rm -rf .venv app/static/vendor reports/fonts

.PHONY: help install test check pins clean

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

# Install the Debian packages that are missing; where that is not allowed, say exactly what to type.
define debian
{ missing=""; for p in $(1); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
  if [ -n "$$missing" ]; then \
    if [ "$$(id -u)" = 0 ]; then as=""; elif sudo -n true 2>/dev/null; then as="sudo"; \
    else echo "These Debian packages are needed. Please type:  sudo apt-get install$$missing"; exit 1; fi; \
    echo "Installing Debian packages:$$missing"; \
    $$as apt-get update -qq; $$as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
  fi; }
endef
