"""The evidence page of the record: each context page with its facts, and claims compared."""

from collections.abc import Callable
from typing import Any

from explainer.data.corrections import followed
from explainer.data.rows import RECORD
from explainer.data.tables import Tables
from explainer.pages.article import Page, no_address
from explainer.pages.templates import render
from explainer.words import record
from explainer.words.formats import number

TITLE = "Facts from other sources"


def page(tables: Tables, past: Tables, report: Callable[[str], str] = no_address) -> Page:
    """Return the page: a section for each part of the record, in it each context page with its
    facts. `past` has the superseded rows, too; `report` as for `article.pages`.
    """
    labels = tables.labels("record", "part")
    parts: dict[str, dict[str, list[Any]]] = {}
    for fact in record.facts(past).to_dict("records"):
        parts.setdefault(fact["part"], {}).setdefault(fact["source_id"], []).append(fact)
    against: dict[str, list[Any]] = {}
    for claim in tables.comparisons.to_dict("records"):
        against.setdefault(claim["fact"], []).append(claim)
    body = render(
        "record.html",
        tables,
        id=RECORD,
        title=TITLE,
        parts=[(part, labels[part], list(pages.values())) for part, pages in parts.items()],
        against=against,
        verdicts=tables.labels("comparisons", "verdict"),
        follows=followed(past),
        report=report,
    )
    said = (
        f"{number(len(tables.record))} facts from {number(len(tables.pages))} pages outside the "
        "reports, each with the page’s address, the figure as printed and its place."
    )
    return Page(RECORD, TITLE, said, str(body))
