"""The evidence page of the record beyond the articles: each context page with its facts, and the claims compared with them."""

from html import escape
from itertools import groupby

from explainer.data.corrections import followed
from explainer.data.rows import RECORD
from explainer.data.tables import Tables
from explainer.pages.article import Page, corrected
from explainer.pages.evidence import FEW
from explainer.pages.figure import proof_link
from explainer.words import record, truncate
from explainer.words.formats import number
from explainer.words.sources import labels

TITLE = "The record beyond the articles"
_ABOUT = (
    "Context: none of this stands in the articles. Its proof is weaker than theirs: the address of a page, the figure as it is "
    "printed there and its place on the page, not the exact words. A copy of a document or of an agency’s report is called one."
)


def page(tables: Tables, past: Tables) -> Page:
    """Return the page: a section for each part of the record, in it each context page with its facts. `past` has the superseded rows, too."""
    frame, follows, against = record.facts(past), followed(past), _against(tables)
    parts = tables.labels("record", "part")
    sections = "".join(
        f'<section id="part-{part}"><h2>{escape(parts[part])[0].upper()}{escape(parts[part])[1:]}</h2>{_pages(held, follows, against)}</section>'
        for part, held in frame.groupby("part", sort=False, observed=True)
    )
    menu = "".join(
        f'<li><a href="#part-{part}">{escape(parts[part])}</a> <small>{number(len(held))}</small></li>'
        for part, held in frame.groupby("part", sort=False, observed=True)
    )
    said = f"{number(len(tables.record))} facts from {number(len(tables.pages))} pages beyond the articles, each with address, figure as printed and place."
    return Page(
        RECORD,
        TITLE,
        said,
        f'<section class="article context" id="{RECORD}"><h1>{TITLE}<a class="headerlink" href="#{RECORD}" title="Link to this heading">#</a></h1>'
        f'<p>{_ABOUT} <a href="../chapters/evidence.html">The articles’ evidence</a>, <a href="../chapters/against.html">their claims beside it</a>.</p>'
        f'<nav class="articles" aria-label="Parts of the record"><ul>{menu}</ul></nav>{sections}</section>',
    )


def _against(tables: Tables) -> dict[str, str]:
    """Return {fact: links to the claims compared with it, the first ones where they are many}."""
    named, told = labels(tables), tables.labels("comparisons", "verdict")
    rows = sorted(
        tables.comparisons[tables.comparisons["fact"] != ""].itertuples(), key=lambda row: row.fact
    )
    held = {fact: list(group) for fact, group in groupby(rows, key=lambda row: row.fact)}
    return {
        fact: " ".join(
            f"{escape(told[row.verdict])}: {proof_link(tables, row.row, named[row.source_id])}"
            for row in truncate.first(group, FEW)
        )
        + truncate.more(min(FEW, len(group)), len(group))
        for fact, group in held.items()
    }


def _pages(facts, follows: dict[str, str], against: dict[str, str]) -> str:
    return "".join(
        f'<h3 id="{_anchor(source, held)}">{_named(held.iloc[0])}</h3><ul class="rows">{"".join(_fact(row, follows, against) for row in held.itertuples())}</ul>'
        for source, held in facts.groupby("source_id", sort=False)
    )


def _anchor(source: str, held) -> str:
    """Return the anchor of a page: it may stand in several parts, and its own id belongs to the first."""
    return escape(
        source if held["first_of_page"].iloc[0] else f"{source}-{held['part'].iloc[0]}", quote=True
    )


def _named(row) -> str:
    return f"{_link(row, f'{row.outlet}: {row.headline}')} <small>{escape(row.published)}, {escape(row.kind)}</small>"


def _fact(row, follows: dict[str, str], against: dict[str, str]) -> str:
    note = f'<p class="note">{escape(row.note)}</p>' if row.note else ""
    claims = (
        f'<p class="note">Against the articles: {against[row.id]}</p>' if row.id in against else ""
    )
    what = f"{row.counted_by}, {row.when}"
    return (
        f'<li id="{escape(row.id, quote=True)}" class="context"><span class="words">{escape(row.what)}</span><p class="says">{escape(what)}. {escape(record.proof(row))}</p>'
        f'{note}{claims}{corrected(row.id, follows.get(row.id, ""))}<p class="where"><a href="#{escape(row.id, quote=True)}">{escape(row.id)}</a>'
        f"{_link(row, 'The page')}</p></li>"
    )


def _link(row, text: str) -> str:
    return (
        f'<a href="{escape(row.url, quote=True)}" rel="noopener">{escape(text)}</a>'
        if row.url
        else escape(text)
    )
