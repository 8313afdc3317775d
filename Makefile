# `make` alone lists the targets. CI runs the same names.
SHELL := /bin/sh
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
ARTICLES ?=
PORT ?= 8000
ONLY ?=
RUNS ?= 1
TESTS ?= tests/data tests/check tests/words tests/charts tests/pages tests/test_tree.py
SITE_PDF ?=
# one more than processors: a test that waits for a browser leaves its own idle
WORKERS ?= $(shell expr 1 + $$(getconf _NPROCESSORS_ONLN))
DRAFT ?=
.DEFAULT_GOAL := help
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
# `explainer` is found from any folder, by a path that stays true where the whole folder moves.
LINK = import os, pathlib, sysconfig; at = pathlib.Path(sysconfig.get_path("purelib")); (at / "book.pth").write_text(os.path.relpath(".", at) + "\n")
FAILED = { echo "The packages are not installed: no package index was reached, or it lacks a version; 'make' again goes on from here" >&2; exit 1; }

# What a person's own settings would send elsewhere is installed into $(VENV).
export PIP_USER := 0
unexport PIP_TARGET PIP_PREFIX PIP_ROOT PYTHONHOME

# The scripts of an environment hold its place: one that came with a copied or moved folder would run the other folder's book.
FOREIGN := $(shell test ! -e $(VENV) || { grep -qsF "$(CURDIR)/$(VENV)" $(BIN)/activate && $(BIN)/python -c ""; } 2>/dev/null || echo foreign)
ifdef FOREIGN
.PHONY: $(VENV)/ready
endif

# A target that is the name of a folder would be "up to date": each goal has to be one of the list.
TARGETS := $(shell sed -n 's/^\([a-z-]*\):.*\#\#.*/\1/p' Makefile)
$(foreach goal,$(filter-out $(TARGETS) $(VENV)/%,$(MAKECMDGOALS)),$(error there is no target '$(goal)': 'make' alone lists them))

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/ready: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || { echo "Python 3.11, 3.12 or 3.13 is needed; set PYTHON=… to one" >&2; exit 1; }
	$(if $(FOREIGN),@echo "$(VENV) was made in another folder or by a Python that is gone: it is made anew")
	$(PYTHON) -m venv $(if $(FOREIGN),--clear) $(VENV)
	$(INSTALL) -r requirements.txt || $(FAILED)
	@$(BIN)/python -c '$(LINK)'
	@touch $@

$(VENV)/ready-dev: $(VENV)/ready requirements-dev.txt
	$(INSTALL) -r requirements-dev.txt || $(FAILED)
	@touch $@

$(VENV)/ready-lab: $(VENV)/ready requirements-lab.txt tools/lab.json
	$(INSTALL) -r requirements-lab.txt || $(FAILED)
	@mkdir -p $(VENV)/etc/jupyter/labconfig && cp tools/lab.json $(VENV)/etc/jupyter/labconfig/default_setting_overrides.json
	@touch $@

.venv-audit/ready: bench/requirements.txt
	$(PYTHON) -m venv $(if $(FOREIGN),--clear) .venv-audit
	.venv-audit/bin/python -m pip install --quiet --disable-pip-version-check -r bench/requirements.txt || $(FAILED)
	@touch $@

check: $(VENV)/ready ## check the data against its schema, its rules and the articles' fingerprints
	$(BIN)/python -m explainer check $(if $(ARTICLES),--articles $(ARTICLES))

audit: $(VENV)/ready ## account for every number, date and quotation of the articles (needs ARTICLES=folder)
	$(BIN)/python -m explainer audit --articles $(ARTICLES)

article: $(VENV)/ready ## after rows of an article changed: fill in, check, count, write, draw what differs (ARTICLES=folder)
	$(BIN)/python -m explainer article $(if $(ARTICLES),--articles $(ARTICLES))

book: $(VENV)/ready $(if $(SITE_PDF),$(VENV)/ready-dev) ## check the data, run every notebook, build the site into _build/html (DRAFT=1: with rows that nobody has read again)
	DRAFT=$(DRAFT) $(BIN)/python -m explainer build

pdf: $(VENV)/ready-dev ## build the book with a PDF of each page and one of the whole (needs a browser)
	SITE_PDF=1 $(BIN)/python -m explainer build

lint: $(VENV)/ready-dev ## hold the code against ruff's format and rules and mypy's types
	$(BIN)/ruff format --check --quiet . || { echo "Run '$(BIN)/ruff format .' and commit" >&2; exit 1; }
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy

quick: lint check unit ## lint, types, data and unit tests: no build, no browser, under a minute

unit: $(VENV)/ready-dev ## run the tests that need neither the built book nor a browser (VENV=folder PYTHON=interpreter TESTS=files)
	$(BIN)/python -m pytest -q -n auto --dist worksteal -m "not slow" $(TESTS)

test: lint book $(VENV)/ready-dev ## build the book and run every test, notebooks and browser included
	$(BIN)/python -m pytest --nbval --nbval-current-env -n $(WORKERS) --dist loadscope --no-loadscope-reorder tests _build/jupyter_execute

figures: $(VENV)/ready ## draw every figure again into figures/
	$(BIN)/python -m explainer figures

bench/node_modules/ready: bench/package.json bench/package-lock.json
	@command -v npm >/dev/null || { echo "Lighthouse and the validators need Node.js 18.20 or newer with npm: install it (Debian: apt-get install npm), or measure the rest with 'make bench ONLY=time'" >&2; exit 1; }
	npm ci --prefix bench --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

bench: book $(if $(filter time growth,$(ONLY)),,bench/node_modules/ready) ## measure weight, time and growth against a stock Jupyter Book (ONLY=weight|time|growth, RUNS=1)
	$(BIN)/python -m bench $(if $(ONLY),--only $(ONLY)) --runs $(RUNS)

audit-site: book $(VENV)/ready-dev .venv-audit/ready bench/node_modules/ready ## run the validators of other projects over the built site and the workflow, one line a tool
	$(BIN)/python -m bench.audit

serve: $(VENV)/ready ## show the book on http://localhost:8000 and build it after each change (PORT=number chooses another port)
	@$(BIN)/python -m explainer serve --port $(PORT)

lab: $(VENV)/ready-lab ## open JupyterLab with every chapter as a notebook
	$(BIN)/python -m jupyterlab --ServerApp.root_dir="$(CURDIR)" --LabApp.default_url=/lab/tree/index.md

rerun: $(VENV)/ready ## run every notebook of the built book.zip as who downloads it does: in a new folder, with an environment of its own
	PYTHON="$(CURDIR)/$(BIN)/python" tools/rerun.sh _build/html/notebooks/book.zip

lock: ## make the lock files again from pyproject.toml
	PATH="$(CURDIR)/$(BIN):$$PATH" tools/lock.sh

clean: ## remove what was built and the virtual environments
	rm -rf _build .venv .venv-*

.PHONY: help article check lint quick unit audit audit-site book pdf test figures bench serve lab rerun lock clean
