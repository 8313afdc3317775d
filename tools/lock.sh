#!/bin/sh
# Rewrites the lock files from the ranges in pyproject.toml, without index addresses or paths.
set -eu
options="--universal --python-version 3.11 --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet"
uv pip compile $options pyproject.toml -o requirements.txt
for group in dev lab; do
  python3 -c 'import sys, tomllib; print("\n".join(tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"][sys.argv[1]]))' "$group" \
    | uv pip compile $options -c requirements.txt - -o "requirements-$group.txt"
done
