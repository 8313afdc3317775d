"""Claims beside the record: every comparison is counted once, drawn, listed, and linked to both sides."""

import csv
import re
from collections import Counter
from dataclasses import replace
from html import unescape

import pytest

from explainer.charts.against import NONE, compared, findings
from explainer.data.rows import address
from explainer.data.tables import book
from explainer.pages import against
from explainer.pages.figure import inline
from explainer.paths import DATA
from explainer.theme import light
from explainer.words import record
from explainer.words.numbers import numbers
from explainer.words.quotations import inner, quoted

with (DATA / "comparisons.csv").open(encoding="utf-8", newline="") as file:
    FOUND = Counter(
        row["verdict"] for row in csv.DictReader(file) if not row["superseded_by"]
    )  # read past the tables


@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_a_mark_a_comparison(drawn, canvas):
    """A comparison that no mark stands for, or two, or one that leads elsewhere."""
    links = re.findall("<a [^>]*>", inline(drawn(findings), canvas))
    linked = Counter(
        row
        for link in links
        if "tabindex" not in link
        for row in re.findall('data-rows="([^"]+)"', link)[0].split()
    )
    frame = book().comparisons
    assert set(linked) == set(frame.loc[~frame["verdict"].isin(NONE), "id"])
    assert set(linked.values()) <= {1, 2}  # its part, and the number of its bar


def test_the_finding_adds_up(drawn):
    """Findings that are counted wrong in the title, the prose or the codebook's order."""
    tables = book()
    said = {name: number.text for name, number in numbers(tables).items()}
    told = [code for code in FOUND if f"claims_{code}" in said]
    assert told and all(int(said[f"claims_{code}"]) == FOUND[code] for code in told)
    every = sum(FOUND.values())
    assert every == len(tables.comparisons)
    made = every - sum(FOUND[code] for code in NONE)  # with nothing to compare, none is made
    told = (
        f"Of {made} comparisons with other sources, {FOUND['supported']} support the reports and "
    )
    assert f"{told}{FOUND['conflicting']} conflict" in drawn(findings).finding
    heads = [row["panel"].split()[0] for row in drawn(findings).rows.to_dict("records")]
    assert {int(head) for head in heads} == {FOUND[code] for code in FOUND if code not in NONE}
    frame = tables.comparisons
    moved = frame.assign(verdict=frame["verdict"].where(frame["fact"] == "", NONE[0]))
    assert findings(replace(tables, comparisons=moved)).finding != drawn(findings).finding


@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_what_conflicts_is_dark_alone(drawn, exported, canvas):
    """A conflict that is not seen at once, or another finding as dark."""
    drawing = exported(drawn(findings), canvas)
    dark = re.findall(r'<path aria-label="([^"]+)"[^>]* fill="' + light("ink"), drawing)
    assert len(dark) == FOUND["conflicting"] > 0 and all(
        d.startswith("conflicting: ") for d in dark
    )
    says = [row.says for row in book().comparisons.itertuples() if row.verdict == "conflicting"]
    assert len(says) > 1 or says[0].rstrip(".") in drawn(findings).subtitle


@pytest.mark.parametrize("times", [1, 4])
def test_holds_with_many(copies, fits, times):
    """A drawing that grows wider than its canvas with thirty articles."""
    assert fits(findings.whole(copies(("comparisons",), 30, times)))


def test_the_list_has_both_sides():
    """A comparison without the article's exact words, its fact, the fact's page and place, or a link to either."""
    tables, html = book(), against.claims(book()).html
    facts = record.facts(tables).set_index("id")
    items = re.findall(r"<li>(.*?)</li>", html, flags=re.S)
    assert len(items) == len(tables.comparisons)
    by_id = {re.search(r">(cmp-\d+)</a>", item)[1]: unescape(item) for item in items}
    for row in tables.comparisons.itertuples():
        item = by_id[row.id]
        assert (
            row.says in item
            and f'<span class="words">{quoted(row.evidence)}</span>' in item
            and f'"{address(tables, row.row)}"' in item
        )
        assert (
            (
                f'"{address(tables, row.fact)}"' in item
                and facts.at[row.fact, "locator"] in item
                and facts.at[row.fact, "kind"] in item
            )
            if row.fact
            else "rec-" not in item
        )


def test_what_was_not_found_is_folded_and_nothing_else():
    """A long list of gaps before a reader's eyes, or a finding that is hidden within its article."""
    html = against.claims(book()).html
    names = book().labels("comparisons", "verdict")
    gaps = {names[code].capitalize() for code in NONE}
    opened = set(re.findall(r"<details open><summary>([^<]+) <small>", html))
    assert opened == {name.capitalize() for name in names.values()} - gaps
    assert set(re.findall(r"<details><summary>([^<]+) <small>", html)) == gaps


def test_a_copy_is_called_a_copy():
    """A fact read from a copy that passes for its original."""
    tables = book()
    copies = set(
        tables.pages.loc[
            tables.pages["kind"].astype(str).str.endswith("_copy")
            | tables.pages["outlet"].str.contains("(copy: ", regex=False),
            "source_id",
        ]
    )
    pages = tables.record.set_index("id")["source_id"]
    by_id = {
        re.search(r">(cmp-\d+)</a>", item)[1]: item
        for item in re.findall(r"<li>(.*?)</li>", against.claims(tables).html, flags=re.S)
    }
    held = [
        row.id for row in tables.comparisons.itertuples() if row.fact and pages[row.fact] in copies
    ]
    assert len(held) > 10 and all("copy" in by_id[i] for i in held)


def test_days_hold_both_capitals_and_say_where_one_is_silent():
    """A day on which one side is left out; words of one side under the other; a silence that the data contradict."""
    tables = book()
    sides = [against.stated(tables, *day) for day in against.DAYS]
    assert all({"us", "iraq"} <= set(frame["side"]) for frame in sides[:2])
    assert set(sides[2]["side"]) == {"both", "us"}
    spoken = tables.statements.set_index("id")
    for (first, last), frame in zip(against.DAYS, sides, strict=True):
        assert (frame["claim"] != "").any()
        for row in frame[frame["claim"] != ""].itertuples():
            assert {"joint": "both"}.get(
                spoken.at[row.claim, "side"], spoken.at[row.claim, "side"]
            ) == row.side
            assert first <= spoken.at[row.claim, "date"] <= last
    last = against.DAYS[2][0]
    assert not ((tables.record["date"] == last) & (tables.record["side"] == "iraq")).any()
    assert not ((tables.statements["date"] == last) & (tables.statements["side"] == "iraq")).any()
    assert (
        against.days(tables).html.count("We found no statement by Baghdad alone on this day") == 1
    )


def test_days_mark_what_is_of_an_article():
    """A fact that passes for an article's words, or exact words of nobody."""
    html = unescape(against.days(book()).html)
    for kind, item in re.findall(r'<li class="(\w+)">(.*?)</li>', html):
        assert (
            ('class="proof context"' in item)
            == (kind == "context")
            == ('<span class="words">' not in item)
        )
    tables = book()
    known = (*tables.statements["evidence"], *tables.comparisons["evidence"])  # whole, or compared
    words = set(re.findall(r'<span class="words">“(.*?)”</span>', html))
    assert words <= {inner(evidence) for evidence in known}


def test_articles_stand_in_time():
    """Articles in another order than that of their publication."""
    frame = compared(book())
    sources = book().sources.sort_values(["published", "source_id"])["source_id"]
    drawn = [source for source in sources if source in set(frame["source_id"])]
    assert frame["at"].is_monotonic_increasing
    assert list(dict.fromkeys(frame["source_id"])) == drawn  # one without a comparison is not
