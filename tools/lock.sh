#!/bin/sh
# Rewrites both lock files from the ranges in pyproject.toml, without index addresses or paths.
set -eu
options="--universal --python-version 3.11 --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet"
uv pip compile $options pyproject.toml -o requirements.txt
python3 -c 'import tomllib; print("\n".join(tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["dev"]))' \
  | uv pip compile $options -c requirements.txt - -o requirements-dev.txt
