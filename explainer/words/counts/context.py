"""Counts of the record beyond the articles: facts, pages, findings, the last day known."""

from functools import partial

import pandas as pd

from explainer.data.dates import days
from explainer.data.tables import Tables
from explainer.words.counts import Count, Number, tally
from explainer.words.formats import day, number


def _facts(tables: Tables) -> Number:
    return tally(tables.record, "facts from sources outside the reports.")


def _pages(tables: Tables) -> Number:
    return _counted(tables, tables.pages, "pages from which facts were taken;")


def _copies(tables: Tables) -> Number:
    kind, outlet = tables.pages["kind"].astype(str), tables.pages["outlet"]
    copies = kind.str.endswith("_copy") | outlet.str.contains("(copy: ", regex=False)
    what = "pages that are a copy of a document or report published elsewhere;"
    return _counted(tables, tables.pages[copies], what)


def _counted(tables: Tables, pages: pd.DataFrame, what: str) -> Number:
    facts = tables.record[tables.record["source_id"].isin(pages["source_id"])]
    first = tuple(facts.drop_duplicates("source_id")["id"])
    return Number(number(len(pages)), first, f"{what} for each, its first fact is named here.")


def _compared(tables: Tables) -> Number:
    unfound = tables.comparisons["verdict"].isin(("not_found", "not_sought"))
    return tally(
        tables.comparisons[~unfound], "comparisons of a claim with a fact from another source."
    )


def _found(tables: Tables, verdict: str) -> Number:
    rows = tables.comparisons[tables.comparisons["verdict"] == verdict]
    name = tables.labels("comparisons", "verdict")[verdict]
    return tally(rows, f"comparisons with the finding “{name}”.")


def _last_seen(tables: Tables) -> Number:
    # without `how`: one row proves it, to which it leads at once
    first = tables.pages.set_index("source_id")["published"].map(
        lambda published: days(published)[0]
    )
    facts = tables.record[tables.record["source_id"].eq(first.idxmax())]
    return Number(day(first.max().isoformat()), (facts["id"].iloc[-1],))


COUNTS: dict[str, Count] = {
    "record_facts": _facts,
    "record_pages": _pages,
    "record_copies": _copies,
    "claims_compared": _compared,
    "claims_supported": partial(_found, verdict="supported"),
    "claims_worded_differently": partial(_found, verdict="worded_differently"),
    "claims_scoped_differently": partial(_found, verdict="scoped_differently"),
    "last_page_seen": _last_seen,
}
