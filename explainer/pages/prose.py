"""What stands in running text: computed numbers, quotations, numerals that lead to proofs."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from myst_nb import glue as store

from explainer.data.rows import Row, events_of
from explainer.data.tables import Tables, book
from explainer.data.tracking import remembered
from explainer.pages.figure import show_in_notebooks
from explainer.pages.templates import render
from explainer.paths import ROOT
from explainer.words import truncate
from explainer.words.counts import Number
from explainer.words.numbers import numbers
from explainer.words.quotations import quoted
from explainer.words.record import APART, LABEL
from explainer.words.sources import labels


@dataclass(frozen=True)
class Shown:
    """A piece of HTML that a notebook can display and glue."""

    html: str
    text: str

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/html": str(self.html), "text/plain": self.text}


def figure(
    template: str, part: Tables, tables: Tables, finding: str, caption: str, left: int, what: str,
    **values: Any,
) -> Shown:  # fmt: skip
    """Return a figure that is read, not seen; its caption tells what is `left` out of the whole."""
    caption += f" {left} {what} are left out." if left else ""
    caption += truncate.caption(part, tables)
    chapter = template.partition("_")[0]
    html = render(template, tables, chapter, finding=finding, caption=caption, **values)
    return Shown(html, finding)


def glue(chapter: str) -> Tables:
    """Return the book's tables, once each number that the chapter names is stored under its key, so
    that `{glue:}` shows it, followed by its proof, and figures can show themselves.
    """
    show_in_notebooks()
    tables = book()
    for key, value in numbers(tables, named(chapter)).items():
        store(key, Shown(counted(tables, key, value, chapter), value.text), display=False)
    return tables


def named(chapter: str) -> frozenset[str]:
    """Return the keys of the numbers that a chapter's text names."""
    path = ROOT / ("index.md" if chapter == "index" else f"chapters/{chapter}.md")
    return frozenset(re.findall(r"\{glue:\w*\}`(\w+)`", path.read_text(encoding="utf-8")))


def chapters() -> list[str]:
    """Return the names of all pages that are chapters, the landing page first."""
    return ["index", *sorted(path.stem for path in (ROOT / "chapters").glob("*.md"))]


def place(key: str, value: Number) -> str:
    """Return where a number is proved: the one row that proves it, else its list, `num-<key>`."""
    return value.rows[0] if len(value.rows) == 1 and not value.how else f"num-{key}"


def linked(tables: Tables, key: str, value: Number) -> Markup:
    """Return a number as a link to where it is proved."""
    return render("number.html", tables, anchor=place(key, value), text=value.text)


def counted(tables: Tables, key: str, value: Number, page: str = "") -> Markup:
    """Return a number as plain text with its proof behind it, a numeral like `proof`'s."""
    at = place(key, value)
    context = at.startswith("rec-")
    return render(
        "numeral.html", tables, page, text=value.text, rows=[at], events=(), context=context
    )


def proof(tables: Tables, rows: Iterable[Row], page: str = "") -> Markup:
    """Return the proof of a claim: one numeral, numbered by the build, for all its rows, as context
    if one is of the record. `page` as for `templates.render`.
    """
    rows = list(rows)
    if not rows:
        return Markup()
    ids = [row.id for row in rows]
    return render(
        "numeral.html", tables, page, text="", rows=ids, events=events_of(tables, ids),
        context=any(row.context for row in rows),
    )  # fmt: skip


def source_links(tables: Tables, rows: Iterable[Row], page: str = "") -> Markup:
    """Return a link to each row by its article's short name, for lists, tables and notebooks, which
    have no panel; further passages of the same article show as "+", a fact of the record as
    context.
    """
    before, linked = "", []
    for row in rows:
        name, hint = labels(tables).get(row.source_id, row.id), row.words and quoted(row.words)
        if row.context:
            name, hint = _pages(tables)[row.source_id], f"{APART}: {row.says}"
        linked.append((row, name, name == before, hint, events_of(tables, [row.id])))
        before = name
    return render("source_links.html", tables, page, rows=linked)


@remembered
def _pages(tables: Tables) -> dict[str, str]:
    """Return {source_id: how its link names it} of the context pages."""
    return {
        row.source_id: f"{LABEL.lower()}: {row.outlet_short}" for row in tables.pages.itertuples()
    }


def quotations(
    tables: Tables,
    rows: Iterable[Row],
    page: str = "",
    proof: Callable[[Tables, Iterable[Row], str], Markup] = proof,
) -> Markup:
    """Return rows' exact words in quotation marks, with proofs. ValueError where one has none."""
    rows = list(rows)
    if bare := next((row for row in rows if not row.words), None):
        raise ValueError(f"{bare.id} has no exact words to quote")
    return render(
        "quotations.html", tables, page, rows=rows, proof=lambda held: proof(tables, held, page)
    )


def outlets(tables: Tables, rows: Iterable[Row], page: str = "") -> Markup:
    """Return the name of the publisher of each row's article: prose never types one."""
    names = tables.sources.set_index("source_id")["outlet"]
    return Markup(", ").join(names[row.id] for row in rows)
