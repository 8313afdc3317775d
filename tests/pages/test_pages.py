"""Tables and lists of the pages hold every row, escape it, and link it."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pandas as pd
import pytest
from lxml.html import fragment_fromstring

from explainer.data.rows import address, book_rows, rows
from explainer.data.tables import NAMES, book
from explainer.pages import (
    against,
    corrections,
    data,
    differences,
    evidence,
    framings,
    ground,
    index,
    method,
    people,
    record,
)
from explainer.pages.article import pages
from explainer.pages.prose import counted
from explainer.paths import ROOT
from explainer.words import truncate
from explainer.words.event_dates import in_order
from explainer.words.numbers import numbers
from explainer.words.quotations import fragment, inner
from explainer.words.sources import labels


def test_every_row_stands_at_its_address_once():
    """A row without a place to lead to, with two, or on another page than its address says."""
    there = [
        f"../evidence/{page.name}.html#{i}"
        for page in [*pages(book()), record.page(book(), book())]
        for i in re.findall(r'<(?:li|section class="article") id="([^"]+)"', page.body)
    ]
    wanted = [
        address(book(), row.id)
        for row in rows(book()).values()
        if row.table not in ("places", "topics", "agreement", "corrections")
    ]
    assert sorted(there) == sorted(wanted)


def test_rows_without_an_article_have_an_address():
    """A topic, a row of the agreement or a counted number that leads nowhere; an id of no row that gets an address."""
    html = data.dictionary(book()).html
    for row in rows(book()).values():
        if row.table in ("places", "topics", "agreement"):
            assert (
                address(book(), row.id) == f"../chapters/data.html#file-{row.table}"
                and f'id="file-{row.table}"' in html
            )
    assert address(book(), "num-troops_iraq") == "../chapters/evidence.html#num-troops_iraq"
    with pytest.raises(KeyError, match="trp-9999"):
        address(book(), "trp-9999")


def test_overview_names_each_article_and_event():
    """An article that cannot be opened from the overview, or whose rows are counted wrong; an event left out."""
    html = evidence.articles(book()).html
    held = [row for row in rows(book()).values() if row.table != "sources"]
    for source in book().sources["source_id"]:
        counted = re.search(
            rf'<li id="{source}"><a href="../evidence/{source}.html#{source}">.*? (\d+) rows</small></li>',
            html,
        )[1]
        assert int(counted) == len([row for row in held if row.proven and row.source_id == source])
    listed, most = evidence.events(book()).html, in_order(book()).tail(truncate.MOST)["event_id"]
    told = book().mentions[book().mentions["event_id"].isin(most)]
    assert all(f'"{address(book(), i)}"' in listed for i in [*most, *told["id"]])


def test_text_fragment_shows_the_first_run():
    """A text fragment that a browser would not find: dashes and commas have a meaning in it."""
    link = fragment("https://a.example/b", "US-led, anti … more words")
    assert link == "https://a.example/b#:~:text=US%2Dled%2C%20anti"


def test_dictionary_has_every_table_column_and_row():
    """A table that cannot be browsed, a column that is not explained."""
    html = data.dictionary(book()).html
    for name in NAMES:
        assert f'id="file-{name}"' in html
    assert html.count("<tbody>") == len(NAMES)
    assert all(
        f"<code>{c['name']}</code>" in html
        for n in NAMES
        for c in book().schema(n)["schema"]["fields"]
    )


def test_only_exact_words_stand_in_quotation_marks():
    """A summary of the book's own that is shown as a quotation; an article without its name and headline."""
    html = evidence.counted_numbers(book()).html
    words = {inner(row.words) for row in rows(book()).values()} | {
        inner(h) for h in book().sources["headline"]
    }
    assert set(re.findall(r'<span class="words">“(.*?)”</span>', unescape(html))) <= words
    assert all(f">{name}</a>" in html for name in labels(book()).values())


def test_matters_show_each_position():
    """A position or a silence that the page leaves out."""
    html = "".join(
        differences.matters(book(), kind).html for kind in ("contradiction", "framing", "omission")
    )  # as the chapter does
    shown = book().disagreements.merge(
        book().topics[book().topics["kind"] != "unanswered"], on="topic_id"
    )
    assert all(f"#{i}" in html for i in shown["id"])


def test_people_are_all_there():
    """A person in the data and not on the page."""
    html = people.named(book()).html
    assert all(f'id="{i}"' in html for i in book().people["person_id"])


def test_key_numbers_are_five_and_linked():
    """A key number without its proof."""
    html = index.key_numbers(book()).html
    assert html.count("<li>") == 5 == html.count('class="number"') and "../" not in html


def test_a_date_that_another_source_has_otherwise_says_so():
    """A date on the landing page as if nobody disputed it, or the words compared cut since."""
    tables = book()
    until = tables.mentions[tables.mentions["event_id"] == "syria-mission-until-2026-09"]
    compared = tables.comparisons.query("verdict not in ['supported', 'worded_differently']")
    facts = [
        row.fact
        for row in compared.dropna(subset="fact").itertuples()
        if any(row.evidence in words for words in until["evidence"])
    ]
    html = index.key_numbers(tables).html
    assert not facts or facts[0] in html


def test_hostile_cell_stays_text():
    """A cell that becomes markup on any page."""
    bad = "<img src=x onerror=alert(1)>"
    tables = book()
    hostile = replace(
        tables,
        people=tables.people.assign(name=bad, note=bad),
        topics=tables.topics.assign(question=bad),
        events=tables.events.assign(title=bad),
        wording=tables.wording.assign(term=bad, note=bad),
        statements=tables.statements.assign(evidence=bad, role_as_written=bad, note=bad),
        record=tables.record.assign(what=bad, locator=bad),
        comparisons=tables.comparisons.assign(says=bad, note=bad, evidence=bad),
        set_aside=tables.set_aside.assign(text=bad),
        sources=tables.sources.assign(headline=bad, note=bad),
    )
    for view in (
        against.claims,
        against.days,
        evidence.articles,
        evidence.events,
        evidence.counted_numbers,
        data.dictionary,
        people.named,
        people.heard,
        differences.coverage,
        differences.unanswered,
        framings.terms,
        ground.chains,
        ground.toll,
        method.articles,
        method.set_aside,
    ):
        assert bad not in view(hostile).html
    for page in pages(hostile):
        assert bad not in page.body + page.title


def test_summary_shows_names_not_keys():
    """A reader sees 'pentagon-briefing-2024-01-08' instead of the event."""
    says = book_rows()["stm-0005"].says
    assert "Patrick Ryder" in says and "ryder ·" not in says


def test_context_on_the_landing_page_is_marked():
    """A fact beyond the articles on the landing page that could pass for one of theirs; one of theirs in the box of context."""
    text = (ROOT / "index.md").read_text(encoding="utf-8")
    box = re.search(r"```\{container\} context\n(.*?)\n```", text, flags=re.S)[1]
    rest, made = text.replace(box, ""), numbers(book())
    keys, proofs = (
        re.findall(r"\{glue:\}`(\w+)`", box),
        " ".join(re.findall(r"\{proof\}`([^`]+)`", box)).split(),
    )
    assert (
        box.startswith("**From other sources** (context). ")
        and keys
        and proofs
        and "{words}" not in box
    )
    assert all(i.startswith("rec-") for key in keys for i in made[key].rows) and all(
        i.startswith("rec-") for i in proofs
    )
    assert all('class="numeral counted context"' in counted(book(), key, made[key]) for key in keys)
    beyond = [s for s in re.split(r"(?<=\.) (?=[A-Z])", rest) if re.search("rec[-_]|last_page", s)]
    assert all("(context)" in sentence for sentence in beyond), beyond
    assert len(re.findall(r"[.:?] (?=[A-Z])", box)) + 1 <= 8  # a heading and a few sentences


def test_an_article_s_rows_stand_by_subject():
    """A page of evidence that reads like the article, statement after statement in its order."""
    topics = book().statements.set_index("id")["topic"].astype(str)
    for page in pages(book()):
        ids = [i for i in re.findall(r'<li id="(stm-\d+)"', page.body) if i in topics.index]
        subjects = [topics[i] for i in ids]
        assert len(ids) > 1 and subjects == sorted(subjects), page.name


def test_a_page_says_how_old_it_is():
    """A page without its days, with those of a clock, or whose latest source is not the latest."""
    tables = book()
    line = corrections.edition(tables)
    days = re.findall(r">(\d+ \w+ \d{4})</a>", line)
    corrected = tables.corrections["date"].max()
    pages = [day for day in tables.pages["published"] if len(day) == 10]
    assert days[1:] == [f"{corrected:%-d %B %Y}", f"{date.fromisoformat(max(pages)):%-d %B %Y}"]
    assert line.count("../") == 3 and "../" not in corrections.edition(tables, "index")
    later = tables.sources.assign(published=pd.Timestamp("2031-05-01"))
    bare = replace(tables, sources=later, corrections=tables.corrections[:0])
    assert "1 May 2031" in corrections.edition(bare)
    assert "corrected" not in corrections.edition(bare)


def test_each_row_says_where_its_error_is_reported():
    """A row whose error nobody can report, or whose report names another row."""
    for report in (lambda row: f"https://example.org/new?row={row}", lambda row: ""):
        for page in [*pages(book(), None, report), record.page(book(), book(), report)]:
            body = fragment_fromstring(page.body, create_parent="div")
            listed = body.xpath("//ul[contains(concat(' ', @class, ' '), ' rows ')]/li[@id]")
            for row in (li for li in listed if li.find_class("where")):
                [link] = row.xpath(".//a[normalize-space()='Report an error']/@href")
                address = report(row.get("id")) or "../chapters/corrections.html#report-an-error"
                assert link == address
