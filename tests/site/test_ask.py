"""The page of questions: each ready question is answered in a real browser, rightly, from a file too; a bad one is told so."""

import csv
import gzip
import io
import json
import sqlite3
from contextlib import closing
from hashlib import sha256
from urllib.parse import quote

import pytest
from test_access import address, opened, until

from explainer.data.tables import book
from explainer.pages.ask import questions
from explainer.paths import SITE

ANSWERED = "!/…|^$/.test(document.querySelector('form.ask output').textContent)"
READY = questions()
# What each question asks, worked out from the CSV files by other means than its SQL.
MEANT = {
    "Which January statements are about US forces?": lambda t: {
        s.id
        for s in t.statements.itertuples()
        if s.concerns == "us_forces" and str(s.date)[:7] == "2024-01"
    },
    "Who is reported to say that the mission ends or that forces leave?": lambda t: {
        s.id
        for s in t.statements.itertuples()
        if s.position in ("mission_ends", "forces_leave") and s.person_id
    },
    "Who is reported most often, and how often word for word?": lambda t: set(
        filter(None, t.statements["person_id"])
    ),
    "How many US troops does each report give, and where?": lambda t: set(
        t.troops.query("force == 'us_forces'")["id"]
    ),
    "In which attacks and strikes was somebody killed or injured?": lambda t: {
        a.id for a in t.attacks.itertuples() if a.measure not in ("attacks", "strikes")
    },
    "Which exact words speak of withdrawing?": lambda t: {
        row["id"]
        for name in ("statements", "wording", "disagreements", "comparisons", "mentions", "links")
        + ("attacks", "troops", "quantities")
        for row in getattr(t, name).to_dict("records")
        if "withdraw" in row["evidence"].lower()
    },
    "Which events does only one report mention?": lambda t: {
        group["id"].min()
        for _, group in t.mentions.groupby("event_id")
        if group["source_id"].nunique() == 1
    },
    "On which questions do the reports contradict each other?": lambda t: set(
        t.disagreements.merge(t.topics[["topic_id", "kind"]], on="topic_id").query(
            "kind == 'contradiction' and stance == 'says'"
        )["id"]
    ),
    "What does each outlet, in its own words, call the end of the mission or the departure of forces?": lambda t: (
        set(t.wording.query("referent == 'mission_end' and voice == 'outlet'")["id"])
    ),
    "Which events does a report describe as a response to another?": lambda t: set(
        t.links[t.links["relation"].isin(["answers", "claimed"])]["id"]
    ),
    "Where does another source conflict with a report?": lambda t: set(
        t.comparisons.query("verdict == 'conflicting'")["id"]
    ),
    "How many US troops in Iraq do other sources give, over the years?": lambda t: set(
        t.record.query("part == 'troops' and place == 'iraq' and measure == 'troop level'")["id"]
    ),
    "Which rows were corrected last, and why?": lambda t: set(t.corrections["row"].tail(20)),
}


@pytest.fixture(scope="module")
def page(browser):
    """Return the page of questions, opened as a file, in which nothing may be said or asked of another host."""
    page, heard = opened(browser, address("chapters/ask"), 360)
    assert not [url for url in heard["asked"] if "third-party" in url or "/ask/" in url]
    yield page
    page.context.close()
    assert not heard["said"]
    assert not [url for url in heard["asked"] if not url.startswith((SITE.as_uri(), "blob:"))]


def answered(page) -> str:
    """Wait for the answer and return what the page says of it."""
    until(page, ANSWERED)
    return page.locator("form.ask output").text_content()


def asked(page, sql: str) -> str:
    """Type a question and return what the page says of its answer."""
    page.locator("form.ask textarea").fill(sql)
    page.get_by_role("button", name="Ask", exact=True).click()
    return answered(page)


@pytest.mark.parametrize("question", READY)
def test_each_ready_question_is_answered(page, question):
    """A question without rows, or with others than those it asks for; an id that leads nowhere."""
    page.get_by_role("button", name=question).click()
    assert answered(page).endswith(("rows", "row"))
    table = page.locator(".answer table")
    assert table.locator("caption").text_content() == question
    first = table.locator("tbody tr td:first-child").all_text_contents()
    assert set(first) == MEANT[question](book()) and len(first) == len(set(first))
    for link in table.locator("a").evaluate_all("all => all.map(a => a.href)"):
        path, _, anchor = link.removeprefix(f"{SITE.as_uri()}/").partition("#")
        assert f'id="{anchor}"' in (SITE / path).read_text(encoding="utf-8")
    assert table.locator("a").count() or question.startswith("Which rows")


def test_there_are_a_dozen():
    """A question that no test knows the answer to."""
    assert len(READY) >= 12 and set(READY) == set(MEANT)


def test_the_published_file_answers_the_same():
    """A question that the page answers and the downloaded file does not."""
    with closing(sqlite3.connect(SITE / "data/book.sqlite")) as base:
        assert all(base.execute(sql).fetchall() for sql in READY.values())


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("SELECT nope FROM troops", "no such column: nope"),
        ("SELEC", "syntax error"),
        ("DELETE FROM troops", "can be read here and not changed"),
        ("PRAGMA query_only = 0; DROP TABLE troops", "can be read here and not changed"),
        ("SELECT 1 WHERE 0", "No row answers this."),
        ("SELECT * FROM readings AS a, readings AS b", "The first 500 rows."),
        (" ", "Write a question first"),
    ],
)
def test_what_cannot_be_answered_is_told(page, sql, told):
    """A bad question that is met with silence, or that changes the data."""
    assert told in asked(page, sql)
    assert asked(page, "SELECT count(*) > 0 FROM troops") == "1 row"


def test_a_question_without_end_is_stopped(browser):
    """A page that hangs, or that answers nothing any more."""
    context = browser.new_context()
    page = context.new_page()
    page.clock.install()
    page.goto(address("chapters/ask"))
    assert asked(page, "SELECT 1") == "1 row"  # the engine is there: only the question takes time
    endless = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    )
    page.locator("form.ask textarea").fill(endless)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_timeout(500)
    assert not page.evaluate(ANSWERED)
    page.clock.fast_forward(10_000)
    assert "more than 10 seconds" in answered(page)
    assert asked(page, "SELECT 1") == "1 row"
    context.close()


def test_markup_in_a_cell_stays_text(page):
    """An answer that becomes markup or runs."""
    asked(page, "SELECT '<img src=x onerror=alert(1)>' AS \"<b>\"")
    assert page.locator(".answer img, .answer b").count() == 0
    assert "<img" in page.locator(".answer td").text_content()


def test_an_id_shows_its_words_in_place(page):
    """An id that a reader cannot follow to the words."""
    asked(page, "SELECT id FROM troops_current LIMIT 1")
    page.locator(".answer td a").click()
    page.locator("dialog.evidence[open] blockquote").wait_for()
    page.keyboard.press("Escape")


def test_the_answer_as_csv(page):
    """A file that a spreadsheet garbles, or that holds something else than the answer."""
    asked(page, "SELECT id, evidence, NULL AS gap FROM statements_current ORDER BY id LIMIT 3")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    text = download.value.path().read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    shown = book().statements.sort_values("id").head(3)
    assert text[0] == "\ufeff" and [r["evidence"] for r in rows] == list(shown["evidence"])
    assert [r["gap"] for r in rows] == ["", "", ""]


@pytest.mark.parametrize("way", ["file", "http"])
def test_the_address_holds_the_question(browser, served, way):
    """An answer that cannot be shared; a policy that stops the engine on one of the two ways."""
    start = SITE.as_uri() if way == "file" else served
    sql = "SELECT count(*) AS n FROM evidence_search WHERE evidence MATCH 'withdraw*'"
    page, heard = opened(browser, f"{start}/chapters/ask.html#sql={quote(sql)}")
    assert answered(page) == "1 row"
    assert page.locator("form.ask textarea").input_value() == sql
    assert page.get_by_role("link", name="Link to this question").get_attribute("href") == page.url
    assert not heard["said"]
    page.context.close()


def test_without_javascript_it_says_what_to_do(browser):
    """A page that is a dead end without scripts."""
    page, _ = opened(browser, address("chapters/ask"), java_script_enabled=False)
    assert not page.locator("form.ask").is_visible()
    assert page.locator("a[href$='data/book.sqlite']").first.is_visible()
    assert page.locator("a[href$='data/questions.sql']").first.is_visible()
    page.context.close()


def test_what_is_loaded_to_answer_is_light():
    """More than the page says that it loads."""
    named = ("third-party/sql-wasm-inline.js", "ask/book.js", "rows/where.js")
    weight = sum(len(gzip.compress((SITE / "_static" / name).read_bytes())) for name in named)
    assert weight < 1e6 and "less than 1 MB" in (SITE / "_static/ask.js").read_text("utf-8")


def test_what_others_wrote_is_as_they_published_it():
    """A file of others that was changed, or that stands without its licence."""
    folder = SITE / "_static/third-party"
    text = (folder / "licences.txt").read_text("utf-8")
    for path in folder.glob("*.js"):
        assert f"{path.name}\n" in text and sha256(path.read_bytes()).hexdigest() in text


def test_only_this_page_may_run_the_engine():
    """A policy that is wide open on every page because one needs it."""
    loose = [p for p in SITE.rglob("*.html") if "wasm-unsafe-eval" in p.read_text("utf-8")]
    assert loose == [SITE / "chapters/ask.html"]


def test_datasette_knows_tables_columns_and_questions():
    """Metadata that names what the file does not hold."""
    known = json.loads((SITE / "data/metadata.json").read_text(encoding="utf-8"))
    [(name, told)] = known["databases"].items()
    assert {q["sql"] for q in told["queries"].values()} == set(READY.values())
    with closing(sqlite3.connect(SITE / f"data/{name}.sqlite")) as base:
        for table, said in told["tables"].items():
            columns = {row[1] for row in base.execute(f"PRAGMA table_info({table})")}
            assert set(said["columns"]) == columns
            assert said.get("label_column", "") in {*columns, ""}
    assert sum("label_column" in said for said in told["tables"].values()) >= 5
