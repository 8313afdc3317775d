"""The record beyond the articles: its rules refuse what is unproven or mixed, and no article is counted with it."""

from dataclasses import replace

import pandas as pd
import pytest

from explainer.check import run
from explainer.data.rows import address, article_of, book_rows
from explainer.data.tables import book as tables_of_the_book
from explainer.data.tables import load
from explainer.pages import record as record_page
from explainer.pages.prose import quotations, source_links
from explainer.site import proof_files
from explainer.words import record
from explainer.words.sources import in_time
from explainer.words.truncate import LINE


@pytest.mark.parametrize(
    ("row", "cells", "expected"),
    [
        (
            "rec-0001",
            {"value": "1600"},
            "printed_figure: 1,500 has not the numbers of the row, [1600]",
        ),
        (
            "rec-0002",
            {"printed_figure": "1,352 and 7"},
            "printed_figure: 1,352 and 7 has not the numbers of the row, [1352]",
        ),
        (
            "rec-0002",
            {"printed_figure": "many"},
            "printed_figure: many has not the numbers of the row, [1352]",
        ),
        (
            "rec-0004",
            {"value_max": "200", "printed_figure": "250 to 200"},
            "value_max: 200 is not more than the value 250",
        ),
        (
            "rec-0003",
            {"printed_figure": "86"},
            "printed_figure: 86 has not the numbers of the row, []",
        ),
        ("rec-0001", {"qualifier": ""}, "qualifier: does not go with value 1500"),
        ("rec-0003", {"unit": "troops"}, "unit: troops does not go with value (empty)"),
        (
            "rec-0001",
            {"qualifier": "exact"},
            "qualifier: exact does not go with the words before 1500 in",
        ),
        (
            "rec-0002",
            {"qualifier": "about"},
            "qualifier: about does not go with the words before 1352 in",
        ),
        (
            "rec-0002",
            {"what": "A year later it counts them."},
            "what: A year later it counts them. does not have the number 1352",
        ),
        ("rec-0003", {"date": "2031-01-01"}, "date: 2031-01-01 is later than the page, of 2030-12"),
        ("rec-0001", {"scope": ""}, "scope: does not go with value 1500 and part troops"),
        ("rec-0001", {"locator": ""}, "locator: is empty and required"),
        ("rec-0001", {"date": "2029-13"}, "date: 2029-13 is no date"),
        ("rec-0001", {"precision": "day"}, "date: 2029-06 does not go with precision day"),
        (
            "rec-0002",
            {"counted_by": "Gazette"},
            "counted_by: Gazette differs from line 2, of the same register-iraq: Register",
        ),
        (
            "rec-0002",
            {"scope": "US and others"},
            "subject: US forces does not go with part troops and scope US and others",
        ),
        (
            "rec-0002",
            {"measure": "troop count"},
            "measure: troop count differs from line 2",
        ),
        (
            "rec-0002",
            {"date": "2028-06-30"},
            "series: register-iraq joins line 2 to a row of no later day",
        ),
        ("rec-0002", {"series": ""}, "series: register-iraq is a line of one row"),
        (
            "rec-0001",
            {"source_id": "herald-2031-04"},
            "source_id: herald-2031-04 is of the tier article, and record.csv is read from the tier context",
        ),
        (
            "trp-0001",
            {"source_id": "register-2030-12"},
            "source_id: register-2030-12 is of the tier context, and troops.csv is read from the tier article",
        ),
        ("register-2030-12", {"url": ""}, "url: does not go with tier context: a value is due"),
        ("register-2030-12", {"words": "12"}, "words: 12 does not go with tier context"),
        (
            "register-2030-12",
            {"published": "2030"},
            "published: 2030 does not go with published_precision month",
        ),
        (
            "herald-2031-04",
            {"outlet_country": ""},
            "outlet_country: does not go with tier article",
        ),
        (
            "herald-2031-04",
            {"published_precision": "month"},
            "published_precision: month does not go with tier article",
        ),
        ("herald-2031-04", {"tier": "context"}, "words: "),
        (
            "herald-2031-04",
            {"published_precision": ""},
            "published_precision: is empty and required",
        ),
        ("cmp-0001", {"row": "trp-0003"}, "row: trp-0003 is no row of gazette-2031-03"),
        ("cmp-0001", {"row": "rec-0001"}, "row: rec-0001 is no row of gazette-2031-03"),
        (
            "cmp-0001",
            {"row": "stm-0004"},
            "evidence: about 1,200 US troops in Iraq has no words in common with the claim, stm-0004",
        ),
        (
            "cmp-0001",
            {"fact": ""},
            "fact: does not go with verdict scoped_differently",
        ),
        ("cmp-0002", {"fact": "rec-0001"}, "fact: rec-0001 does not go with verdict not_found"),
        ("cmp-0001", {"fact": "rec-0099"}, "fact: rec-0099 is no id of record"),
        ("cmp-0001", {"evidence": "about 1,300 US troops in Iraq"}, "evidence: "),
        (
            "cmp-0001",
            {"says": "The Gazette prints 1,300."},
            "says: The Gazette prints 1,300. has the number 1,300, which is in no row",
        ),
        (
            "rec-0001",
            {"title": "1,400 of 2029"},
            "title: 1,400 of 2029 has the number 1,400, which is in no row",
        ),
        (
            "rec-0001",
            {"what": "The Register counts 77."},
            "what: The Register counts 77. has the number 77, which is in no row",
        ),
    ],
)
def test_refused(book, row, cells, expected):
    """A fact without its proof, a mixed line, a tier in the wrong place, a claim that its article does not make."""
    found = book.broken(row, **cells)
    assert any(
        line.partition(": ")[2].startswith(expected) or line.startswith(expected) for line in found
    ), found


def test_a_page_without_a_fact_is_refused(book):
    """A context page that proves nothing."""
    assert any(
        "is cited by no row" in line
        for line in book.changed(
            lambda row: [] if row.get("id", "").startswith(("rec-", "cmp-")) else [row]
        )
    )


def test_the_invented_record_is_in_order(invented):
    """A rule that refuses what is right."""
    assert run.run(invented) == []


def test_no_context_page_is_an_article(invented):
    """A page of the record that is counted, listed or drawn as an article."""
    tables = load(invented)
    assert list(tables.sources["tier"].unique()) == ["article"] and list(
        tables.pages["tier"].unique()
    ) == ["context"]
    assert "register-2030-12" not in set(in_time(tables)["source_id"])
    assert pd.api.types.is_datetime64_any_dtype(tables.sources["published"])


def test_a_line_joins_the_rows_of_a_series(invented):
    """A row that is drawn in no line, or in that of another series."""
    frame = record.facts(load(invented))
    assert sorted(map(len, record.lines(frame))) == [1, 1, 2]


def test_a_fact_names_so_many_claims_and_says_how_many_there_are():
    """A page of the record that grows with every article whose claim is compared with a fact."""
    tables = tables_of_the_book()
    fact = tables.comparisons["fact"][tables.comparisons["fact"] != ""].iloc[0]
    many = pd.concat(
        [tables.comparisons.iloc[[0]].assign(fact=fact)] * (LINE + 28), ignore_index=True
    )
    told = record_page.page(replace(tables, comparisons=many), tables).body
    assert (
        told.count('class="proof"') == LINE
        and " and 28 more" in told
        and " more</p>" not in record_page.page(tables, tables).body
    )


def test_every_fact_leads_to_its_place_and_shows_what_it_is():
    """A fact of the record that looks like one of an article's, in a link or in the panel."""
    tables, held = tables_of_the_book(), book_rows()
    files = proof_files.files(tables)
    for row in record.facts(tables).itertuples():
        assert (
            address(tables, row.id) == f"../evidence/record.html#{row.id}"
            and article_of(tables, row.id) == "record"
        )
        assert 'class="proof context"' in source_links(
            tables, [held[row.id]]
        ) and ">context: " in source_links(tables, [held[row.id]])
        assert row.proof.endswith(f"Where on the page: {row.locator}.")
        assert (
            f'"{row.id}": {{"context": "Another source, not one of the reports"' in files["record"]
        )
        with pytest.raises(ValueError, match="has no exact words"):
            quotations(tables, [held[row.id]])
    assert 'context"' not in source_links(tables, [held["stm-0005"]])
