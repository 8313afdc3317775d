"""Counts of the record beyond the articles: facts, pages, comparisons by finding, and the day
on which knowledge ends.
"""

from explainer.data.dates import days
from explainer.data.tables import Tables
from explainer.words.counts import Number, counted, tally
from explainer.words.formats import day, number


@counted
def record_facts(tables: Tables) -> Number:
    return tally(tables.record, "facts from sources outside the reports.")


@counted
def record_pages(tables: Tables) -> Number:
    return Number(
        number(len(tables.pages)),
        tuple(tables.record.drop_duplicates("source_id")["id"]),
        "pages from which facts were taken; named here by the first fact of each.",
    )


@counted
def record_copies(tables: Tables) -> Number:
    pages = tables.pages[
        tables.pages["kind"].astype(str).str.endswith("_copy")
        | tables.pages["outlet"].str.contains("(copy: ", regex=False)
    ]
    facts = tables.record[tables.record["source_id"].isin(pages["source_id"])].drop_duplicates(
        "source_id"
    )
    return Number(
        number(len(pages)),
        tuple(facts["id"]),
        "pages that are a copy of a document or report published elsewhere; named here by"
        " the first fact of each.",
    )


@counted
def claims_compared(tables: Tables) -> Number:
    frame = tables.comparisons.dropna(subset="fact")
    return tally(frame, "comparisons of a claim with a fact from another source.")


@counted
def claims_supported(tables: Tables) -> Number:
    return _found(tables, "supported")


@counted
def claims_worded_differently(tables: Tables) -> Number:
    return _found(tables, "worded_differently")


@counted
def claims_scoped_differently(tables: Tables) -> Number:
    return _found(tables, "scoped_differently")


def _found(tables: Tables, verdict: str) -> Number:
    name = tables.labels("comparisons", "verdict")[verdict]
    return tally(
        tables.comparisons[tables.comparisons["verdict"] == verdict],
        f"comparisons with the finding “{name}”.",
    )


@counted
def last_page_seen(tables: Tables) -> Number:
    # without `how`: one row proves it, to which it leads at once
    first = tables.pages.set_index("source_id")["published"].map(
        lambda published: days(published)[0]
    )
    facts = tables.record[tables.record["source_id"].eq(first.idxmax())]
    return Number(day(first.max().isoformat()), (facts["id"].iloc[-1],))
