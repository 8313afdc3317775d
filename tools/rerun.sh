#!/bin/sh
# Runs the book again as who downloads it does: book.zip ($1) in a new folder, each notebook and each source in yet another.
set -eu
archive=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/book" "$folder/elsewhere"
${PYTHON:-python3} -m zipfile -e "$archive" "$folder/book"
book=$(echo "$folder"/book/*)
make -C "$book" .venv/ready-lab
cd "$folder/elsewhere"
failed=0
run() { # $1: what is said, $2: the notebook
  if "$book/.venv/bin/jupyter" execute --inplace "$2" >"$2.log" 2>&1; then echo "$1: runs"; else echo "$1: does not run" >&2; tail -5 "$2.log" >&2; failed=1; fi
}
for source in "$book"/index.md "$book"/chapters/*.md; do
  name=$(basename "$source" .md)
  cp "$book/notebooks/$name.ipynb" .
  run "$name.ipynb" "$name.ipynb"
  "$book/.venv/bin/jupytext" --quiet --to ipynb --output "from-$name.ipynb" "$source"
  run "$name.md" "from-$name.ipynb"
done
exit "$failed"
