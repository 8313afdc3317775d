"""A sixth article, from its text to the built site, by the very lines of CONTRIBUTING.md: a command, CSV rows, no Python."""

import re
import shlex
import shutil
import textwrap
from html import unescape
from pathlib import Path

import pytest
from repository import copied, run

from explainer.check import coverage
from explainer.check import run as check_run
from explainer.data.contents import pages
from explainer.data.tables import load
from explainer.paths import ROOT

WALK = (
    (ROOT / "CONTRIBUTING.md")
    .read_text(encoding="utf-8")
    .partition("\n## Add an article\n")[2]
    .partition("\n## ")[0]
)
SORTED = ("people", "events")  # by their first column; other files grow at the end
SOURCE, LABEL = "tribune-2024-11", "Tribune"


def block(language: str) -> str:
    """Return the code block of the walk-through in a language, without its indentation."""
    return textwrap.dedent(re.search(rf"^ *```{language}\n(.*?)^ *```$", WALK, re.M | re.S)[1])


def built(tree: Path) -> Path:
    """Draw the figures of a copy, then build it whole, with all that is published; return the site."""
    run(tree, "-m", "explainer", "figures")
    run(tree, "-m", "explainer", "build")
    return tree / "_build/html"


def add_rows(tree: Path) -> None:
    """Add the rows of the walk-through; ids continue where those of the data end today."""
    for part in re.split(r"^(?=data/)", block("csv"), flags=re.M)[1:]:
        name, *new = part.splitlines()
        head, *old = (tree / name).read_text(encoding="utf-8").splitlines()
        if Path(name).stem in SORTED:
            lines = sorted([*old, *new], key=lambda line: line.split(",")[0])
        else:
            last = int(old[-1].split(",")[0][-4:])
            lines = [
                *old,
                *(
                    re.sub(r"\d{4}", f"{last + i:04}", line, count=1)
                    for i, line in enumerate(new, 1)
                ),
            ]
        (tree / name).write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> Path:
    """Return a copy that has taken the article in."""
    tree = copied(tmp_path_factory.mktemp("sixth") / "book")
    article = tree.parent / f"{SOURCE}.txt"
    article.write_text(block("text"), encoding="utf-8")
    python, *arguments = shlex.split(block("sh").replace("\\\n", ""))
    assert python == ".venv/bin/python"
    told = run(tree, *[str(article) if a == article.name else a for a in arguments])
    assert "To curate:" in told and "Traceback" not in told
    add_rows(tree)
    run(tree, "-m", "explainer", "audit", "--articles", tree.parent, "--write")
    return tree


@pytest.fixture(scope="module")
def site(tree) -> Path:
    """Return the site that is built from it."""
    return built(tree)


@pytest.fixture(scope="module")
def page(site):
    """Return a function from the name of a page to its HTML."""
    return lambda name: unescape((site / f"{name}.html").read_text(encoding="utf-8"))


def test_the_walk_through_has_a_row_for_each_file():
    """A file that a curator is not shown how to fill."""
    shown = set(re.findall(r"^data/(\w+)\.csv$", block("csv"), re.M))
    made = {
        "sources",
        "places",
        "topics",
        "agreement",
        "corruption",
        "corrections",
        "record",
        "comparisons",
        "coverage",
        "readings",
        "answers",
    }  # by the command, or not of one article
    assert shown | made == {path.stem for path in (ROOT / "data").glob("*.csv")}


def test_the_check_passes(tree):
    """Rows that the walk-through shows and the check refuses."""
    assert f"from {len(load(tree / 'data').sources)} articles verified" in run(
        tree, "-m", "explainer", "check"
    )


def test_nothing_of_the_article_is_left_out(tree):
    """A number, date or quotation without a row, or a count in `coverage.csv` that the audit does not make."""
    data, problems = check_run.load(tree / "data", tree.parent)
    assert not problems
    found = [f for f in coverage.audit(data) if f.source_id == SOURCE]
    assert found and all(f.covered for f in found)
    typed = [
        line
        for line in (tree / "data/coverage.csv").read_text(encoding="utf-8").splitlines()
        if line.startswith(SOURCE)
    ]
    assert coverage.table(found, [SOURCE]).splitlines()[1:] == typed
    assert not [p for p in check_run.judge(data) if p.file.startswith("data/") and SOURCE in str(p)]


def test_the_audit_passes_with_all_texts(tree, articles, tmp_path):
    """An article that fits its fingerprint but not the full-text check, or a coverage file that `--write` would change."""
    for text in (*articles.glob("*.txt"), tree.parent / f"{SOURCE}.txt"):
        shutil.copyfile(text, tmp_path / text.name)
    run(tree, "-m", "explainer", "check", "--articles", tmp_path)
    assert "0 uncovered" in run(tree, "-m", "explainer", "audit", "--articles", tmp_path)


def test_the_site_is_whole(tree, site):
    """A dead link, a page that was not built, a mark that leads to no row."""
    assert "every link and anchor leads somewhere" in run(
        tree, "-m", "explainer", "guard", "--site", site
    )


def test_prose_counts_it(tree, page):
    """A sentence that still counts five, or ends with the last article but one."""
    shown = {name: re.findall(r'#num-articles"[^>]*>([^<]*)</a>', page(name)) for name in pages()}
    assert {text for texts in shown.values() for text in texts} == {
        str(len(load(tree / "data").sources))
    }
    assert sum(map(bool, shown.values())) >= 3
    assert re.search(rf'#(?:{SOURCE}|num-last_published)"[^>]*>20 November 2024</a>', page("index"))


def test_no_sentence_breaks(page):
    """A value for one article that became a table of two; a number called the same although the article prints another."""
    for name in pages():
        assert "dtype:" not in page(name) and "Name: outlet" not in page(name), name
    assert "2,000 to 2,500</a></b> US troops in Iraq <small>the same" not in page("index")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("troops", "all {n} reports|{n} of {n} reports"),
        ("framings", "in {n} reports"),
        ("framings", "{n} reports use"),
        ("differences", "all {n}"),
    ],
)
def test_titles_count_it(tree, page, name, told):
    """A chart's title that still counts five."""
    html = page(f"chapters/{name}")
    titles = " ".join(re.findall(r"<(?:title|p class=\"finding\")[^>]*>([^<]*)</", html))
    assert re.search(told.format(n=len(load(tree / "data").sources)), titles, re.I), titles


@pytest.mark.parametrize(
    "figure",
    [
        "troops_reported",
        "framings_voices",
        "statements_positions",
        "method_coverage",
    ],
)
def test_charts_draw_it(tree, page, figure):
    """A chart, in either composition, its table or its download, without the article or a mark that leads to its rows."""
    html = page(f"chapters/{figure.partition('_')[0]}")
    drawn = re.search(
        rf'<figure class="chart" id="fig-{figure.replace("_", "-")}">.*?</figure>', html, re.S
    )[0]
    ours = ids(tree)
    for svg in (
        *re.findall(r"<svg.*?</svg>", drawn, re.S),
        *(
            (tree / f"figures/{figure}{end}.svg").read_text(encoding="utf-8")
            for end in ("", "_narrow")
        ),
    ):
        linked = {
            anchor
            for anchors in re.findall(r'href="[^"#]*evidence/[^"#]*\.html#([^"]+)"', svg)
            for anchor in anchors.split()
        }
        assert linked & ours, figure
        if figure in (
            "troops_reported",
            "framings_voices",
            "method_coverage",
        ):
            assert LABEL in "".join(re.findall(r">([^<]+)<", svg)), figure
    assert LABEL in (tree / f"figures/{figure}.csv").read_text(encoding="utf-8")
    assert f"<td>{LABEL}</td>" in drawn or LABEL in drawn.partition("<details>")[2]


@pytest.mark.parametrize(
    "name", ["ground-chains", "ground-toll", "framings-terms", "differences-coverage"]
)
def test_tables_list_it(tree, page, name):
    """A table or a chain of cards without the article."""
    html = page(f"chapters/{name.partition('-')[0]}")
    text = re.search(rf'<figure class="text" id="fig-{name}".*?</figure>', html, re.S)[0]
    assert LABEL in text and set(re.findall(r'#([\w-]+)"', text)) & ids(tree)


def test_its_rows_stand_on_a_page_of_its_own(tree, page):
    """A row without its place, its words or its link."""
    html, overview = page(f"evidence/{SOURCE}"), page("chapters/evidence")
    assert (
        f'<li id="{SOURCE}"><a href="../evidence/{SOURCE}.html#{SOURCE}">The Tribune: ' in overview
    )
    assert f'<section class="article" id="{SOURCE}"><h1>The Tribune: ' in html
    assert len(ours := ids(tree) - {SOURCE}) >= 10
    assert not [i for i in ours if f'<li id="{i}">' not in html]
    assert (
        "https://tribune.example/2024/11/20/us-troops-iraq#:~:text=We%20have%20no%20plans" in html
    )
    assert "Jane Roe" in page("chapters/people") and "The Tribune: Pentagon Says" in page(
        "chapters/method"
    )


def ids(tree: Path) -> set[str]:
    """Return the ids of the rows of the article, its own among them."""
    data, _ = check_run.load(tree / "data")
    return {
        next(iter(row.values()))
        for name, rows in data.tables.items()
        if name != "coverage"
        for row in rows
        if row.get("source_id") == SOURCE
    }
