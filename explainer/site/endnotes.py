"""The evidence on paper: each page ends with the exact words behind its markers, as numbered notes that only print shows."""

import json
import re
from html import escape
from pathlib import Path

ROWS = "_static/rows"  # what the site's script shows in place: the files of explainer/panel.py
MOST = 8  # rows of a counted number that a note quotes; beyond, it says how it was counted and where the rows stand
_MARKER = re.compile(r'<a class="(?:number|proof)(?: context)?" href="([^"#]*)#([^"]+)"')
_ASIDE = re.compile(
    r"(<(?:details|table|svg)\b.*?</(?:details|table|svg)>)", re.S
)  # closed on paper, or words already


def annotate(site: Path) -> None:
    """Number the markers in the text of each page of `site`, in place, and write the words of each below the text."""
    held = told(site / ROWS)
    for path in sorted(site.rglob("*.html")):
        if "_static" not in path.parts:
            path.write_text(
                annotated(path.read_text(encoding="utf-8"), path.name, held), encoding="utf-8"
            )


def told(folder: Path) -> dict:
    """Return what the files of the site's script hold: `rows` {id: words, outlet, date}, and `groups` {id: text, how, count, rows}."""
    held: dict = {"rows": {}, "groups": {}}
    for path in sorted(folder.glob("*.js")):
        file = json.loads(path.read_text(encoding="utf-8").partition("]=")[2].rstrip(";\n"))
        if not isinstance(file, dict):
            continue  # the list of the articles
        held["groups"] |= file.get("groups", {})
        held["rows"] |= {key: file["source"] | row for key, row in file.get("rows", {}).items()}
    return held


def annotated(text: str, name: str, held: dict) -> str:
    """Return the HTML of the page called `name` with notes; a marker that leads to a row of the same page needs none."""
    notes: dict[str, int] = {}

    def number(match: re.Match) -> str:
        target, row = match.groups()
        if (
            not target
            or Path(target).name == name
            or not (row in held["rows"] or row in held["groups"])
        ):
            return match[0]
        return f'{match[0]} data-note="{notes.setdefault(row, len(notes) + 1)}"'

    parts = _ASIDE.split(text)
    body = "".join(part if i % 2 else _MARKER.sub(number, part) for i, part in enumerate(parts))
    listed = "".join(f"<li>{_note(row, held)}</li>" for row in notes)
    section = f'<section class="notes" hidden><h2>The exact words</h2><ol>{listed}</ol></section>'
    return body.replace("</article>", f"{section}</article>", 1) if notes else text


def _note(row: str, held: dict) -> str:
    if row in held["rows"]:
        return _words(row, held)
    group = held["groups"][row]
    how = escape(f"{group['text']}: {group['how'] or 'Dated by these rows.'}")
    if group["count"] > min(MOST, len(group["rows"])):
        return f"{how} {group['count']} rows, at “{escape(row)}” of the evidence."
    return " ".join([how, *(_words(one, held) for _, one in group["rows"] if one in held["rows"])])


def _words(row: str, held: dict) -> str:
    """Return “words” (outlet, day, id of the row)."""
    shown = held["rows"][row]
    where = escape(f"{shown['outlet']}, {shown['date']}, {row}")
    if context := shown.get("context"):
        return f"{escape(context)}: {escape(shown['says'])} {escape(shown['proof'])} ({where})."
    return (
        f"“{escape(shown['words'])}” ({where})."
        if shown.get("words")
        else f"Looked for, not there ({where})."
    )
