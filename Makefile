# `make` alone lists the targets. CI runs the same names.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
ARTICLES ?=
PORT ?= 8000
ONLY ?=
RUNS ?= 1
SITE_PDF ?=
.DEFAULT_GOAL := help
INSTALL = $(BIN)/pip install --quiet --disable-pip-version-check
FAILED = { echo "The packages are not installed: no package index was reached, or it lacks a version; 'make' again goes on from here" >&2; exit 1; }

# A target that is the name of a folder would be "up to date": each goal has to be one of the list.
TARGETS := $(shell sed -n 's/^\([a-z-]*\):.*\#\#.*/\1/p' Makefile)
$(foreach goal,$(filter-out $(TARGETS) .venv/%,$(MAKECMDGOALS)),$(error there is no target '$(goal)': 'make' alone lists them))

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

.venv/ready: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || { echo "Python 3.11, 3.12 or 3.13 is needed; set PYTHON=… to one" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(INSTALL) -r requirements.txt || $(FAILED)
	$(INSTALL) --no-deps --no-build-isolation --editable . || $(FAILED)
	@touch $@

.venv/ready-dev: .venv/ready requirements-dev.txt
	$(INSTALL) -r requirements-dev.txt || $(FAILED)
	@touch $@

.venv/ready-lab: .venv/ready requirements-lab.txt tools/lab.json
	$(INSTALL) -r requirements-lab.txt || $(FAILED)
	@mkdir -p .venv/etc/jupyter/labconfig && cp tools/lab.json .venv/etc/jupyter/labconfig/default_setting_overrides.json
	@touch $@

check: .venv/ready ## check the data against its schema, its rules and the articles' fingerprints
	$(BIN)/python -m explainer check $(if $(ARTICLES),--articles $(ARTICLES))

audit: .venv/ready ## account for every number, date and quotation of the articles (needs ARTICLES=folder)
	$(BIN)/python -m explainer audit --articles $(ARTICLES)

book: .venv/ready $(if $(SITE_PDF),.venv/ready-dev) ## check the data, run every notebook, build the site into _build/html
	$(BIN)/python -m explainer build

pdf: .venv/ready-dev ## build the book with a PDF of each page and one of the whole (needs a browser)
	SITE_PDF=1 $(BIN)/python -m explainer build

lint: .venv/ready-dev ## hold the code against ruff's format and rules and mypy's types
	$(BIN)/ruff format --check --quiet . || { echo "Run '$(BIN)/ruff format .' and commit" >&2; exit 1; }
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy

quick: lint check ## lint, types, data and unit tests: no build, no browser, under a minute
	$(BIN)/python -m pytest -q -n auto --dist worksteal -m "not slow" tests/data tests/check tests/words tests/charts tests/pages tests/test_tree.py

test: lint book .venv/ready-dev ## build the book and run every test, notebooks and browser included
	$(BIN)/python -m pytest -n auto --dist loadscope
	$(BIN)/python -m pytest --nbval --nbval-current-env -n 2 --dist loadscope -p no:cacheprovider _build/jupyter_execute

figures: .venv/ready ## draw every figure again into figures/
	$(BIN)/python -m explainer figures

bench/node_modules/ready: bench/package.json bench/package-lock.json
	@command -v npm >/dev/null || { echo "Lighthouse needs Node.js 18.20 or newer with npm: install it (Debian: apt-get install npm), or measure the rest with 'make bench ONLY=time'" >&2; exit 1; }
	npm ci --prefix bench --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

bench: book $(if $(filter time growth,$(ONLY)),,bench/node_modules/ready) ## measure weight, time and growth against a stock Jupyter Book (ONLY=weight|time|growth, RUNS=1)
	$(BIN)/python -m bench $(if $(ONLY),--only $(ONLY)) --runs $(RUNS)

serve: .venv/ready ## show the built site on http://localhost:8000 (PORT=number chooses another port)
	@$(BIN)/python -m explainer serve --port $(PORT)

lab: .venv/ready-lab ## open JupyterLab with every chapter as a notebook
	$(BIN)/jupyter lab --ServerApp.root_dir="$(CURDIR)" --LabApp.default_url=/lab/tree/index.md

rerun: .venv/ready ## run every notebook of the built book.zip as who downloads it does: in a new folder, with an environment of its own
	PYTHON="$(CURDIR)/$(BIN)/python" tools/rerun.sh _build/html/notebooks/book.zip

lock: ## make the lock files again from pyproject.toml
	PATH="$(CURDIR)/$(BIN):$$PATH" tools/lock.sh

clean: ## remove what was built and the virtual environment
	rm -rf _build .venv

.PHONY: help check lint quick audit book pdf test figures bench serve lab rerun lock clean
