"""What a reader takes away works where it lands: archive, database, first lines, charts in other pages, notebooks."""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import ExitStack, closing
from dataclasses import replace
from html import unescape
from pathlib import Path

import nbformat
import pytest
import yaml
from repository import tracked

from explainer.charts.figure import registry
from explainer.data.dataset import Record, read
from explainer.data.manifest import PARTS, pages
from explainer.data.tables import book
from explainer.pages.figure import inline
from explainer.pages.quickstart import STARTS
from explainer.paths import DATA, ROOT, SITE
from explainer.site import web_server
from explainer.site.document import Site, parse, parts, rewrite, serialize
from explainer.site.publish import (
    citation,
    data_package,
    embeds,
    hosting,
    notebooks,
)
from explainer.site.publish.address import address as site_address
from explainer.site.publish.database import cell, database
from explainer.site.publish.page_files import add_sizes

WORK = citation.Work(
    "A book: what it says", ("A. Author", "The {B} & Co"), "1.2", "2031", "CC BY 4.0"
)
CHART = embeds.found(
    "chapters/troops.html",
    parts(
        '<figure class="chart" id="fig-troops-reported"><figcaption>A dot.</figcaption>'
        '<div class="wide"><svg width="720" height="700"><title>5 &lt;b&gt; "say"</title></svg></div>'
        '<div class="narrow" hidden><svg width="328" height="900"><title>5</title>'
        '<a href="../evidence/x.html#y"></a></svg></div></figure>'
    )[0],
)


@pytest.fixture(scope="module")
def data():
    """The repository's data as the publishing step reads it."""
    return read(DATA)[0]


@pytest.fixture(scope="module")
def taken(tmp_path_factory) -> Path:
    """The folder that unpacking the site's archive makes."""
    return unpacked(SITE / "data/data.zip", tmp_path_factory.mktemp("taken"))


def unpacked(archive: Path, folder: Path) -> Path:
    """Unpack an archive and return the one folder in it."""
    with zipfile.ZipFile(archive) as held:
        held.extractall(folder)
    [made] = folder.iterdir()
    return made


# ---- the data


def test_the_archive_is_the_repositorys_data(taken):
    """A file that is missing, older than the repository's, or has a wrong checksum; a name without the version."""
    assert taken.name == f"staying-or-leaving-data-{book().descriptor['version']}"
    files = {
        p.relative_to(taken).as_posix(): p.read_bytes() for p in taken.rglob("*") if p.is_file()
    }
    told = dict(
        reversed(line.split("  ")) for line in files.pop("SHA256SUMS").decode().splitlines()
    )
    assert told == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    ours = {p.relative_to(DATA).as_posix(): p.read_bytes() for p in DATA.rglob("*") if p.is_file()}
    assert files == ours | {name: (ROOT / name).read_bytes() for name in data_package.BESIDE}
    assert (SITE / f"data/{taken.name}.zip").read_bytes() == (SITE / "data/data.zip").read_bytes()


def test_archives_are_the_same_bytes_whenever_they_are_made(data):
    """A date, a permission or an order of the machine in the archive."""
    assert (
        data_package.archive(data)
        == data_package.archive(data)
        == (SITE / "data/data.zip").read_bytes()
    )
    for path in (SITE / "data/data.zip", SITE / "notebooks/book.zip"):
        with zipfile.ZipFile(path) as held:
            entries = held.infolist()
        assert {(e.date_time, e.external_attr, e.create_system) for e in entries} == {
            ((1980, 1, 1, 0, 0, 0), 0o100644 << 16, 3)
        }
        assert [e.filename for e in entries] == sorted(e.filename for e in entries)


def test_the_database_holds_each_cell(data):
    """A value that lost its type, an empty cell that became text, a row or a table that is missing."""
    base = sqlite3.connect(f"file:{SITE / 'data/book.sqlite'}?mode=ro", uri=True)
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    for resource in data.package["resources"]:
        name, columns = resource["name"], resource["schema"]["fields"]
        shown = base.execute(f"SELECT * FROM {name}").fetchall()  # a name of the descriptor
        assert shown == [
            tuple(cell(c, row[c["name"]]) for c in columns) for row in data.tables[name]
        ]
        keys = {(k[3], k[2], k[4]) for k in base.execute(f"PRAGMA foreign_key_list({name})")}
        assert keys == {
            (k["fields"], k["reference"]["resource"] or name, k["reference"]["fields"])
            for k in resource["schema"].get("foreignKeys", [])
        }
        assert {c["description"] for c in columns} == {
            d
            for (d,) in base.execute(
                "SELECT description FROM dictionary WHERE table_name = ?", [name]
            )
        }
    types = {c["name"]: c["type"] for c in data.columns("troops")}
    assert {n: t for _, n, t, *_ in base.execute("PRAGMA table_info(troops)")} == {
        n: {"integer": "INTEGER"}.get(t, "TEXT") for n, t in types.items()
    }
    with_words = sum(bool(row.get("evidence")) and "source_id" in row for row in data.every())
    assert base.execute("SELECT count(*), count(headline) FROM evidence").fetchone() == (
        with_words,
        with_words,
    )
    base.close()


def test_the_database_is_the_same_bytes_twice(data):
    """A time or an order of the machine in the file."""
    assert database(data) == database(data) == (SITE / "data/book.sqlite").read_bytes()


@pytest.fixture
def base():
    """Return an empty database in memory, which is closed after the test."""
    with closing(sqlite3.connect(":memory:")) as base:
        yield base


def test_the_database_refuses_what_the_descriptor_forbids(data, base):
    """Keys and codes that stand in the file without being enforced; a dangling key that is published."""
    base.deserialize(database(data))
    base.execute("PRAGMA foreign_keys=ON")
    for change in (
        "qualifier = 'roughly'",
        "source_id = 'nobody'",
        "evidence = NULL",
        "id = 'trp-0002'",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            base.execute(f"UPDATE troops SET {change} WHERE id = 'trp-0001'")
    row = data.tables["troops"][0]
    broken = Record({**row, "source_id": "nobody"}, "troops", row.file, row.line)
    with pytest.raises(ValueError, match="troops refers to a row of sources"):
        database(
            replace(data, tables=data.tables | {"troops": [broken, *data.tables["troops"][1:]]})
        )


def test_a_corrected_row_is_not_current(data, base):
    """A view that still counts a row that another one corrects."""
    first, *others = data.tables["troops"]
    corrected = Record({**first, "superseded_by": "trp-0002"}, "troops", first.file, first.line)
    base.deserialize(database(replace(data, tables=data.tables | {"troops": [corrected, *others]})))
    assert base.execute("SELECT id FROM troops_current ORDER BY id").fetchall() == [
        (row["id"],) for row in others if not row["superseded_by"]
    ]
    assert not base.execute("SELECT * FROM evidence WHERE id = ?", [first["id"]]).fetchall()


def test_json_has_types(data):
    """Numbers as text, an empty cell as an empty word, a table that is not there."""
    together = json.loads((SITE / "data/book.json").read_text(encoding="utf-8"))
    assert together["version"] == data.package["version"] and set(together["tables"]) == set(
        data.tables
    )
    for name, rows in together["tables"].items():
        assert json.loads((SITE / f"data/{name}.json").read_text(encoding="utf-8")) == rows
        assert rows == [
            {c["name"]: cell(c, row[c["name"]]) for c in data.columns(name)}
            for row in data.tables[name]
        ]
        whole = {c["name"] for c in data.columns(name) if c["type"] == "integer"}
        assert all(
            value is None or (type(value) is int) == (column in whole)
            for row in rows
            for column, value in row.items()
        )
    assert (
        together["tables"]["troops"][0]["count"] == 2500
        and together["tables"]["troops"][0]["superseded_by"] is None
    )


# ---- the first lines


@pytest.fixture(scope="module")
def wanted() -> list[tuple]:
    """What each of the starts prints, from the book's own tables."""
    found = (
        book().sources.sort_values(["published", "source_id"]).merge(book().troops, on="source_id")
    )
    return [
        (r.outlet_short, r.place, r.qualifier, r.count_, r.evidence)
        for r in found.rename(columns={"count": "count_"}).itertuples()
    ]


def printed(command: list[str], folder: Path, given: str = "") -> str:
    """Return what a command prints, run in a folder, its white space as one space."""
    done = subprocess.run(
        command,
        cwd=folder,
        input=given,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": ""},
    )
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())


def in_order(wanted: list[tuple], text: str) -> bool:
    """Whether the words of each row, and then its place and number, stand in the text, row after row."""
    rows = [
        (text.find(" ".join(evidence.split())), f"{place} {qualifier} {count}")
        for _, place, qualifier, count, evidence in wanted
    ]
    return (
        all(at >= 0 for at, _ in rows)
        and [at for at, _ in rows] == sorted(at for at, _ in rows)
        and all(said in text for _, said in rows)
    )


def test_pandas_starts(taken, wanted):
    """Five lines that do not run, or count a corrected row."""
    assert in_order(wanted, printed([sys.executable, "-c", STARTS["pandas"][1]], taken))


def test_sql_starts(wanted):
    """Five lines that SQLite does not take, or that show other rows."""
    base = sqlite3.connect(f"file:{SITE / 'data/book.sqlite'}?mode=ro", uri=True)
    assert base.execute(STARTS["SQL"][1]).fetchall() == wanted
    base.close()


def test_sql_starts_on_the_command_line(wanted):
    """A file that Python's SQLite opens and the command does not."""
    if not (command := shutil.which("sqlite3")):
        pytest.skip("sqlite3 is not installed: only Python's module has run the lines")
    assert in_order(
        wanted,
        printed([command, "-separator", " ", "book.sqlite"], SITE / "data", STARTS["SQL"][1]),
    )


def test_r_starts(taken, wanted):
    """Five lines that R does not run."""
    if not (command := shutil.which("Rscript")):
        pytest.skip("R is not installed: its lines have not been run here")
    shown = printed([command, "-e", f"options(width = 10000)\n{STARTS['R'][1]}"], taken)
    assert in_order(wanted, shown)


@pytest.mark.parametrize("name", STARTS)
def test_starts_are_shown_as_they_are_run(name):
    """A page that shows other lines than the tests run, or more than five, or a column that is not there."""
    shown = re.search(
        rf'<section class="start" id="start-{name.lower()}">.*?<pre[^>]*>(.*?)</pre>',
        page("chapters/data"),
        re.S,
    )[1]
    assert unescape(shown) == STARTS[name][1] and len(STARTS[name][1].splitlines()) <= 5
    columns = {c for table in ("troops", "sources") for c in getattr(book(), table).columns}
    assert (
        set(
            re.findall(
                r"outlet_short|\bplace|qualifier|\bcount\b|evidence|source_id|superseded_by|published",
                STARTS[name][1],
            )
        )
        <= columns
    )
    assert {"outlet_short", "qualifier", "count", "evidence"} <= set(
        re.findall(r"\w+", STARTS[name][1])
    )


def page(name: str) -> str:
    """Return a built page's HTML."""
    return (SITE / f"{name}.html").read_text(encoding="utf-8")


def test_downloads_tell_their_weight(tmp_path):
    """A size that is not the file's; a download that was not made and is offered all the same."""
    offered = re.findall(
        r'<a class="download" href="\.\./([^"]+)"[^>]*>.*?</a> <small>([^<]+)</small>',
        page("chapters/data"),
    )
    assert {
        "data/data.zip",
        "data/book.sqlite",
        "data/book.json",
        "notebooks/book.zip",
        "notebooks/data.ipynb",
    } <= {name for name, _ in offered}
    for name, told in offered:
        size = (SITE / name).stat().st_size
        number, unit = told.split()
        assert abs(float(number) * {"kB": 1e3, "MB": 1e6}[unit] - size) <= max(0.06 * size, 500), (
            name
        )
    for name in pages():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.html").write_text(
            '<a class="download" href="none.zip">x</a>', encoding="utf-8"
        )
    with pytest.raises(ValueError, match="none.zip"):
        add_sizes(Site(tmp_path))


# ---- the charts


@pytest.mark.parametrize("name", registry())
def test_each_chart_stands_alone(name):
    """An embedded chart with a script, an inline style, a link that replaces the page around it, or without its chapter."""
    html = (SITE / f"figures/{name}.html").read_text(encoding="utf-8")
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", html)
    assert (
        html.count("<svg") == 2
        and '<meta name="description" content="' in html
        and "<figcaption>" in html
        and html.count("<main>") == html.count("<h1>") == 1
    )
    links = re.findall(r"<a [^>]*>", html)
    assert len(links) > 3 and all(
        'target="_blank"' in link and 'rel="noopener"' in link for link in links
    )
    assert 'class="sources"' in html and f"#fig-{name.replace('_', '-')}" in links[-1]
    for target in re.findall(r'href="([^"#]+)', html):
        assert (SITE / "figures" / target).is_file(), target


@pytest.mark.parametrize("name", registry())
def test_each_chapter_says_how_to_embed_and_cite(name):
    """A chart without its frame, its citation or its licence."""
    chapter = name.partition("_")[0]
    html = unescape(page("index" if chapter == "index" else f"chapters/{chapter}"))
    assert html.count(f'figures/{name}.html"') == 2 and f"@misc{{staying-or-leaving-{name}," in html


def test_addresses_are_absolute_where_the_site_has_one():
    """A frame that works on no other site although the address is known, or an address that somebody made up."""
    with_, without = "https://example.org/book/", ""
    assert 'src="https://example.org/book/figures/troops_reported.html"' in unescape(
        embeds.details(CHART, WORK, with_)
    )
    assert "https://example.org/book/chapters/troops.html#fig-troops-reported" in embeds.details(
        CHART, WORK, with_
    )
    assert (
        '<link rel="canonical" href="https://example.org/book/chapters/troops.html">'
        in serialize(embeds.alone(CHART, WORK, with_))
    )
    for made in (
        embeds.details(CHART, WORK, without),
        serialize(embeds.alone(CHART, WORK, without)),
    ):
        assert "canonical" not in made and "http" not in made
    assert "Add this site’s address in front of" in embeds.details(CHART, WORK, without)


def test_a_finding_never_becomes_markup():
    """A title that closes the attribute or the text around it."""
    for made in (embeds.details(CHART, WORK), serialize(embeds.alone(CHART, WORK))):
        assert "<b>" not in made
    assert "title=&#34;5 &amp;lt;b&amp;gt; &amp;#34;say&amp;#34;&#34;" in embeds.details(
        CHART, WORK
    )


def test_citations():
    """A citation without author, version, part or address; BibTeX that a brace or an ampersand breaks."""
    assert citation.text(WORK, "A finding.", "https://example.org/#x") == (
        "A. Author, The {B} & Co (2031). “A finding.” In: A book: what it says. Version 1.2. CC BY 4.0. https://example.org/#x"
    )
    entry = citation.bibtex(WORK, "key", "50% of {it}")
    assert (
        r"author = {{A. Author} and {The \{B\} \& Co}}" in entry
        and r"title = {{50\% of \{it\}}}" in entry
        and "url" not in entry
    )
    bare = re.sub(r"\\[{}]", "", entry)
    assert bare.count("{") == bare.count("}")
    assert citation.work().version == book().descriptor["version"]


def test_a_chart_that_cannot_be_embedded_stops_the_build(tmp_path):
    """A chart that is silently left out when the HTML around it changes."""
    for name in pages():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.html").write_text("<p>nothing</p>", encoding="utf-8")
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures/troops_reported.csv").write_text("a\n", encoding="utf-8")
    with pytest.raises(ValueError, match="troops_reported"):
        embeds.add_embeds(Site(tmp_path))


@pytest.fixture(scope="module")
def served():
    """Return a function that serves a folder on a port of its own and returns the address."""
    with ExitStack() as running:
        yield lambda folder: running.enter_context(web_server.served(folder)) + "/"


@pytest.mark.parametrize(
    ("width", "shown", "hidden"), [(360, ".narrow", ".wide"), (1280, ".wide", ".narrow")]
)
def test_charts_work_in_a_page_of_another_site(browser, served, tmp_path, width, shown, hidden):  # noqa: F811
    """A frame that stays empty, scrolls, asks elsewhere or logs an error; a mark that does not lead to its words."""
    site = served(SITE)
    frames = []
    for name in registry():
        chapter = "index" if name.startswith("index") else f"chapters/{name.partition('_')[0]}"
        [figure] = parse(page(chapter)).xpath(f"//figure[@id='fig-{name.replace('_', '-')}']")
        frames.append(embeds.frame(embeds.found(f"{chapter}.html", figure), site))
    (tmp_path / "index.html").write_text(
        "<!DOCTYPE html><link rel=icon href=data:,><body style='margin:1rem'>"
        + "".join(frames).replace(' loading="lazy"', ""),
        encoding="utf-8",
    )
    there, other = browser.new_page(viewport={"width": width, "height": 800}), served(tmp_path)
    asked, said = [], []
    there.on("request", lambda r: asked.append(r.url))
    there.on("console", lambda m: said.append(m.text))
    there.goto(other)
    there.wait_for_load_state("networkidle")
    assert other != site and len(there.frames) == 1 + len(frames)
    for frame in there.frames[1:]:
        assert (
            frame.locator(f"{shown} svg").is_visible()
            and not frame.locator(f"{hidden} svg").is_visible()
        )
        assert frame.evaluate(
            "document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth"
        ), frame.url
    assert all(url.startswith((site, other, "data:")) for url in asked) and not said
    with there.context.expect_page() as opened:
        there.frames[1].locator(f"{shown} svg a:not([tabindex])").first.press("Enter")
    opened.value.wait_for_load_state()
    assert opened.value.url.startswith(site) and "#" in opened.value.url and there.url == other
    there.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_embedded_chart_follows_the_readers_colours(browser, scheme):  # noqa: F811
    """Black text on black, or a white box in a dark page."""
    there = browser.new_page(color_scheme=scheme)
    there.goto((SITE / "figures/troops_reported.html").as_uri())
    paper = there.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", paper)[:3])) > 384) == (scheme == "light")
    there.close()


# ---- the chapters and the book


@pytest.mark.parametrize("name", pages())
def test_notebooks_are_executed_and_readable(name):
    """A notebook without outputs, with the time of its run, with a MyST role or a link that leads nowhere; a source that differs."""
    stem = Path(name).name
    notebook = nbformat.read(SITE / f"notebooks/{stem}.ipynb", 4)
    nbformat.validate(notebook)
    code = [c for c in notebook.cells if c.cell_type == "code"]
    assert all(c.execution_count for c in code) and any(c.outputs for c in code)
    assert not [c for c in notebook.cells if set(c.metadata) & {"execution", "papermill"}]
    text = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    assert not re.search(r"\{(?:glue:|proof|words|outlet)", text)
    shown = "\n".join(
        str(o.data.get("text/html", "")) for c in code for o in c.get("outputs", []) if "data" in o
    )
    for target in {
        *re.findall(r"\]\(([^)#\s]+)", text),
        *re.findall(r'\shref="([^"#]+)', text + shown),
    }:
        assert target.startswith(("http:", "https:")) or (SITE / "notebooks" / target).is_file(), (
            target
        )
    assert "<svg" not in shown and shown.count("data:image/png;base64,") == shown.count(
        '<figure class="chart"'
    )
    assert (SITE / f"notebooks/{stem}.md").read_bytes() == (ROOT / f"{name}.md").read_bytes()
    html = page(name)
    assert html.count(f'notebooks/{stem}.ipynb"') == 1 and html.count(f'notebooks/{stem}.md"') == 1


def test_notebooks_are_the_same_twice():
    """Random ids of cells."""
    [first, second] = [notebooks.readable("chapters/troops", notebook()) for _ in range(2)]
    assert nbformat.writes(first) == nbformat.writes(second)
    assert [c.id for c in first.cells] == [f"cell-{i}" for i in range(len(first.cells))]


def notebook() -> nbformat.NotebookNode:
    """Return a small executed notebook, with what tells the time of its run, and new random ids."""
    told = nbformat.v4.new_markdown_cell(
        "# Q\n\n{glue:}`troops_iraq` {proof}`trp-0001` [all](evidence) [x](https://x.example/)"
    )
    run = nbformat.v4.new_code_cell(
        "1",
        execution_count=1,
        metadata={"execution": {"iopub.execute_input": "2031"}},
        outputs=[
            nbformat.v4.new_output(
                "display_data", {"text/html": '<a href="../chapters/troops.html">x</a>'}
            )
        ],
    )
    return nbformat.v4.new_notebook(cells=[told, run])


def test_a_notebook_leads_to_the_site_where_it_has_an_address():
    """Links that work in no folder but the site's although the address is known."""
    made = nbformat.writes(
        notebooks.readable("chapters/troops", notebook(), address="https://example.org/b/")
    )
    for target in (
        "chapters/evidence.html",
        "evidence/antiwar-2024-01.html#trp-0001",
        "chapters/troops.html",
        "notebooks/book.zip",
    ):
        assert f"https://example.org/b/{target}" in made
    assert (
        "](../" not in made
        and 'href=\\"../' not in made
        and "2031" not in made
        and "https://x.example/" in made
    )


def test_what_an_article_prints_is_no_markdown(monkeypatch):
    """A word of an article that a notebook reads as Markdown, HTML or mathematics."""
    monkeypatch.setitem(
        notebooks._ROLES,
        "words",
        lambda tables, rows: "<q>[x](javascript:1) $a$ *b* `c` &lt;i&gt;</q>",
    )
    made = notebooks._told("{words}`trp-0001`", "")
    assert not re.search(r"[][*`$]|<i>", made) and "javascript" in made


def test_an_unexecuted_notebook_stops_the_build(tmp_path):
    """Notebooks without outputs, published as executed ones."""
    for name in pages():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        nbformat.write(
            nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")]),
            tmp_path / f"{name}.ipynb",
        )
    with pytest.raises(ValueError, match="not executed"):
        notebooks.files(tmp_path, {})


def test_a_drawing_can_be_shown_by_jupyterlab():
    """A link that JupyterLab tries to change: it cannot, for a link in SVG, and shows an error instead of the chart."""
    drawn = inline(registry()["troops_reported"](book()), "wide")
    assert "xlink:href=" in drawn and not re.search(r"<a\b[^>]* href=", drawn)
    assert "xlink:href" not in page("chapters/troops") and re.search(
        r"<svg.*?<a\b[^>]* href=", page("chapters/troops"), re.S
    )


def test_links_from_another_folder():
    """A link of the landing page, or to a place in the same page, that breaks in another folder."""
    for page_, link, there in [
        ("index.html", "chapters/a.html#b", "../chapters/a.html#b"),
        ("chapters/a.html", "../figures/a.svg", "../figures/a.svg"),
        ("chapters/a.html", "b.html?x=1", "../chapters/b.html?x=1"),
        ("chapters/a.html", "#c", "../chapters/a.html#c"),
        ("chapters/a.html", "https://x.example/", "https://x.example/"),
    ]:
        tree = parts(f'<a href="{link}">x</a>')
        rewrite(tree, page_, "../{}".format)
        assert tree.xpath(".//a/@href") == [there]


def test_the_book_to_run_again_is_whole():
    """A folder that the build came to need and the archive has not; a part whose change does not make it anew."""
    left_out = {"tests", "bench"} | {name.split("/")[0] for name in tracked() if name[0] == "."}
    assert {name.split("/")[0] for name in tracked()} - left_out == set(PARTS)
    with zipfile.ZipFile(SITE / "notebooks/book.zip") as held:
        names = {name.partition("/")[2] for name in held.namelist()}
    assert {name for name in tracked() if name.split("/")[0] not in left_out} <= names
    assert not [name for name in names if "__pycache__" in name or "/." in name]


def test_a_notebook_runs_from_the_archive_anywhere(tmp_path):
    """A notebook that runs only in the repository, only in its own folder, or with the data of another copy."""
    whole = unpacked(SITE / "notebooks/book.zip", tmp_path / "here")
    troops = whole / "data/troops.csv"
    troops.write_text(
        troops.read_text(encoding="utf-8").replace(",2500,", ",2345,"), encoding="utf-8"
    )
    (elsewhere := tmp_path / "elsewhere").mkdir()
    shutil.copy(whole / "notebooks/troops.ipynb", elsewhere)
    command = [str(Path(sys.executable).with_name("jupyter-execute")), "--inplace", "troops.ipynb"]
    done = subprocess.run(
        command,
        cwd=elsewhere,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(whole)},
    )
    assert done.returncode == 0, done.stderr
    again, before = (
        nbformat.read(folder / "troops.ipynb", 4) for folder in (elsewhere, whole / "notebooks")
    )
    assert [len(c.get("outputs", ())) for c in again.cells] == [
        len(c.get("outputs", ())) for c in before.cells
    ]
    assert "2,345" in nbformat.writes(again) and "2,345" not in nbformat.writes(before)


# ---- the repository and the address


def test_services_appear_with_a_repository_only():
    """A link to Binder or Colab that leads nowhere, or none where it could be."""
    assert hosting.launches("chapters/troops", "", "main") == {}
    assert "Binder" not in notebooks.links("chapters/troops") and "Colab" not in notebooks.links(
        "chapters/troops"
    )
    named = hosting.launches("chapters/troops", "https://github.com/owner/name", "main")
    assert named == {
        "Binder": "https://mybinder.org/v2/gh/owner/name/main?urlpath=lab/tree/chapters/troops.md",
        "Colab": "https://colab.research.google.com/github/owner/name/blob/notebooks/troops.ipynb",
    }
    assert all(
        address in notebooks.links("chapters/troops", "https://github.com/owner/name")
        for address in named.values()
    )
    cells = notebooks.readable(
        "chapters/troops", notebook(), repository="https://github.com/owner/name"
    ).cells
    assert "https://github.com/owner/name" in cells[0].source and compile(
        cells[0].source, "cell", "exec"
    )
    assert "git" not in nbformat.writes(notebooks.readable("chapters/troops", notebook()))


def test_the_repository_stands_in_one_place(tmp_path):
    """A repository that the launch buttons know and the theme does not; an address that is none."""
    config = tmp_path / "_config.yml"
    options = "sphinx:\n  config:\n    html_theme_options:\n      repository_url: {}\n      repository_branch: dev\n"
    config.write_text(options.format("https://github.com/owner/name.git"), encoding="utf-8")
    assert hosting.repository(config) == ("https://github.com/owner/name", "dev")
    config.write_text(options.format("javascript:1"), encoding="utf-8")
    with pytest.raises(ValueError, match="is no repository"):
        hosting.repository(config)
    config.write_text("title: x\n", encoding="utf-8")
    assert hosting.repository(config) == ("", "main")


def test_an_error_is_reported_where_the_configuration_says(tmp_path):
    """A report that names no row, or goes elsewhere than to the repository, else to the address."""
    config = tmp_path / "_config.yml"

    def reported(repository: str = "", to: str = "") -> str:
        config.write_text(
            f"sphinx:\n  config:\n    report_address: '{to}'\n    html_theme_options:\n"
            f"      repository_url: '{repository}'\n",
            encoding="utf-8",
        )
        return hosting.report("stm-0005", config)

    form = reported("https://github.com/owner/name", "a@example.org")
    at, query = form.split("?")
    assert at == "https://github.com/owner/name/issues/new"
    given = dict(pair.split("=") for pair in query.split("&"))
    assert given == {"template": "error.yml", "title": "Error%20in%20stm-0005", "row": "stm-0005"}
    fields = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/error.yml").read_text(encoding="utf-8"))
    assert "row" in [field["id"] for field in fields["body"]]
    assert reported("", "a@example.org") == "mailto:a@example.org?subject=Error%20in%20stm-0005"
    assert reported() == ""
    with pytest.raises(ValueError, match="no e-mail address"):
        reported("", "javascript:alert(1)")


def test_each_chart_says_what_it_is_beside_its_files():
    """A chart that somebody takes, and then nobody knows what it shows, from whom, and how to cite it."""
    for name in registry():
        told = json.loads((SITE / f"figures/{name}.metadata.json").read_text(encoding="utf-8"))
        assert told["name"] == name and told["title"] and told["caption"] and told["description"]
        assert told["title"] in told["citation"] and told["version"] == citation.work().version
        page, _, label = told["page"].removeprefix(site_address()).partition("#")
        assert f'id="{label}"' in (SITE / page).read_text(encoding="utf-8")
        files = [file.removeprefix(site_address()) for file in told["files"]]
        assert f"figures/{name}.svg" in files and all((SITE / file).is_file() for file in files)
        assert told["sources"] or told["context"]
        assert {source["title"] for source in told["sources"]} <= {
            f"{outlet}: {headline}"
            for outlet, headline in zip(
                book().sources["outlet"], book().sources["headline"], strict=True
            )
        }
