"""The page of corrections: each row that was wrong beside the one in its place, and what each version brought."""

import re
from html import escape

from explainer.data.corrections import Correction, Release, corrections, releases
from explainer.data.rows import Row
from explainer.data.tables import Tables
from explainer.pages.figure import proof_link
from explainer.pages.prose import Shown, verbatim
from explainer.paths import CHANGELOG
from explainer.words import truncate
from explainer.words.formats import day
from explainer.words.record import LABEL
from explainer.words.sources import labels

_CORRECTIONS = (60, 30)  # listed: all, or the latest


def made(tables: Tables) -> Shown:
    """Return every correction, the latest first: what stood there, what stands there now, the day and the reason."""
    held = corrections(tables)
    shown = truncate.first(held[::-1], *_CORRECTIONS)
    items = "".join(_correction(tables, correction) for correction in shown)
    none = "<p>No row has been corrected since the first version.</p>"
    folded = truncate.told(
        len(shown), len(held), "corrections, the latest,", "../data/corrections.csv"
    )
    return Shown(
        f'<ol class="corrections" reversed>{items}</ol>{folded}' if items else none,
        f"{len(held)} corrections",
    )


def _correction(tables: Tables, correction: Correction) -> str:
    new = correction.new
    now = (
        f"{_row(tables, new)} {proof_link(tables, new.id, new.id)}"
        if new
        else "Withdrawn: no row takes its place."
    )
    return (
        f'<li id="{escape(correction.id, quote=True)}"><p><strong>{escape(day(correction.date))}</strong>, version {escape(correction.version)}: '
        f"{escape(correction.reason)}</p><dl><dt>Before</dt><dd>"
        f"{_row(tables, correction.old)} {proof_link(tables, correction.old.id, correction.old.id)}</dd>"
        f"<dt>Now</dt><dd>{now}</dd></dl></li>"
    )


def _row(tables: Tables, row: Row) -> str:
    words = f"{verbatim(row.words)} " if row.words else ""
    return f'{escape(labels(tables).get(row.source_id, LABEL))}: {words}<span class="says">{escape(row.says)}</span>'


def versions(tables: Tables) -> Shown:
    """Return what each version brought, as the changelog tells it, the newest first."""
    found = releases(CHANGELOG.read_text(encoding="utf-8"))
    return Shown("".join(map(_version, found)), f"{len(found)} versions")


def _version(release: Release) -> str:
    parts = "".join(
        f"<h4>{escape(name)}</h4><ul>{''.join(f'<li>{marked(line)}</li>' for line in lines)}</ul>"
        for name, lines in release.sections.items()
    )
    return f'<section class="version" id="{release.anchor}"><h3>{escape(release.version)}, {escape(day(release.date))}</h3>{parts}</section>'


def marked(line: str) -> str:
    """Return a line of the changelog as HTML: its code spans and escaped characters, and nothing else of Markdown."""
    spans = re.split(r"(?<!\\)`([^`]*)`", line)
    return "".join(
        f"<code>{escape(span)}</code>"
        if i % 2
        else escape(re.sub(r"\\([\\`*_\[\]<>&#|{}])", r"\1", span))
        for i, span in enumerate(spans)
    )
