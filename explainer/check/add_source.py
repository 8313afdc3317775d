"""Taking an article in: its row in `sources.csv` and its fingerprint, both or neither."""

import csv
import io
import os
import re
import unicodedata
from pathlib import Path

from explainer.check import run
from explainer.check.rules import cells, keys, links, sources
from explainer.data import evidence
from explainer.data.dataset import ARTICLE, Dataset, Record, reason

ROW_RULES = (cells.cells, keys.keys, sources.outlets, sources.published, links.slugs)


def add(folder: Path, article: Path, given: dict[str, str]) -> str:
    """Write the row and the fingerprint of the file `article`; return its source_id.

    `given` holds cells by column; the id, the headline, the length and the digest are made from
    the file where
    they are not given. ValueError, in one line, where the file or the row cannot be taken in;
    nothing is written.
    """
    text = _text(article)
    data, problems = run.load(folder)
    if data is None or problems:
        raise ValueError(f"the data is not in order: {problems[0]}")
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", given["published"]):
        raise ValueError(f"published: {given['published']} is not a day in the form YYYY-MM-DD")
    made = evidence.fingerprint(given.get("source_id") or _source_id(given), text.encode())
    row = Record(
        dict.fromkeys((c["name"] for c in data.columns("sources")), ""), "sources", article.name, 1
    )
    row |= {
        "headline": next(line for line in evidence.plain(text).split("\n") if line),
        **{k: v for k, v in given.items() if v},
    }
    row |= {
        "tier": ARTICLE,
        "kind": row["outlet_kind"] if row["outlet_kind"] in ("newspaper", "wire") else "news_site",
    }
    row |= {"source_id": made.source_id, "words": str(made.words), "sha256": made.sha256}
    _refuse(data, row)
    lines = (folder / "sources.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    after = sum(source["source_id"] < row["source_id"] for source in data.tables["sources"]) + 1
    _write(
        {
            folder / "fingerprints" / f"{made.source_id}.txt": str(made),
            folder / "sources.csv": "".join([*lines[:after], _line(row), *lines[after:]]),
        }
    )
    return made.source_id


def _text(article: Path) -> str:
    try:
        text = article.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{article}: {reason(error)}") from None
    if any(unicodedata.category(c) == "Cc" and c not in "\n\r\t" for c in text):
        raise ValueError(f"{article}: is binary, not a text")
    if wrong := evidence.unfit(text):
        raise ValueError(f"{article}: {wrong}")
    if len(evidence.words(text)) < evidence.W:
        raise ValueError(
            f"{article}: is empty"
            if not text.strip()
            else f"{article}: has fewer than {evidence.W} words"
        )
    return text


def _source_id(given: dict[str, str]) -> str:
    return f"{links.slug(given.get('outlet_short') or given['outlet'])}-{given['published'][:7]}"


def _refuse(data: Dataset, row: Record) -> None:
    """Raise ValueError where an article is there already or a rule objects to its row."""
    for source in data.tables["sources"]:
        for column, what in (("sha256", "text"), ("url", "address"), ("source_id", "id")):
            if row[column] and row[column] == source[column]:
                hint = "; give another with --source-id" if column == "source_id" else ""
                raise ValueError(f"the {what} is that of {source['source_id']} already{hint}")
    beside = Dataset(
        data.folder,
        data.package,
        data.tables
        | {
            "sources": sorted(
                [*data.tables["sources"], row], key=lambda source: source["source_id"]
            )
        },
    )
    for rule in ROW_RULES:
        for problem in rule(beside):
            if problem.file == row.file and not (
                rule is sources.published and row["published_basis"] == "printed"
            ):
                raise ValueError(
                    f"{problem.column}: {problem.value or 'the cell'} {problem.message}"
                )


def _line(row: Record) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(row.values())
    return out.getvalue()


def _write(contents: dict[Path, str]) -> None:
    """Write files so that all are new or all are as before."""
    before = {path: path.read_bytes() if path.exists() else None for path in contents}
    for path, content in contents.items():
        path.parent.mkdir(exist_ok=True)
        path.with_suffix(".new").write_bytes(content.encode())
    try:
        for path in contents:
            os.replace(path.with_suffix(".new"), path)
    except OSError as error:
        for path, kept in before.items():
            path.with_suffix(".new").unlink(missing_ok=True)
            path.unlink(missing_ok=True) if kept is None else path.write_bytes(kept)
        raise ValueError(
            f"{next(iter(contents)).parent.parent}: cannot be written: {error.strerror}"
        ) from None
