"""A site with and without an address: what Sphinx and the steps write into a small book of three pages, with the real theme."""

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as Tree

import pytest
import yaml
from PIL import Image
from structured import faults
from test_corrections import REASON, correct

from explainer.data import manifest
from explainer.data.corrections import releases
from explainer.data.tables import load
from explainer.paths import ROOT
from explainer.site import link_checker
from explainer.site.document import Site
from explainer.site.publish import feed, redirects
from explainer.site.publish.address import address, path, url
from explainer.site.publish.citation import work
from explainer.site.publish.structured_data import articles, json_ld
from explainer.site.sphinx_ext import _shortened

BASE = "https://example.org/book/"
CONF = f"""extensions = ["explainer.site.sphinx_ext"]
html_theme = "sphinx_book_theme"
html_title = "Staying or Leaving?"
templates_path = [{str(ROOT / "_templates")!r}]
html_additional_pages = {{"404": "404.html"}}
html_theme_options = {{"navbar_persistent": []}}
"""
PAGES = {
    "index": 'In short\n========\n\nThe short "answer" & more, 1 < 2.\n\n.. raw:: html\n\n   <figure class="chart" id="fig-index-answer"></figure>\n\n.. toctree::\n\n   chapters/troops\n   chapters/data\n',
    "chapters/troops": 'How many troops?\n================\n\nAs many.\n\n.. raw:: html\n\n   <figure class="chart" id="fig-troops-reported"></figure>\n',
    "chapters/data": "The data\n========\n\nAll of it.\n",
}


def made(folder: Path, base: str) -> Path:
    """Build the small book with an address, or with none, run the steps, and return its site."""
    for name, text in PAGES.items():
        (folder / f"{name}.rst").parent.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.rst").write_text(text, encoding="utf-8")
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    env = {**os.environ, "SITE_ADDRESS": base, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-b", "html", folder, folder / "site"],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    site = folder / "site"
    (folder / "redirects.yml").write_text(
        "chapters/index.html: index.html\nold/place/troops.html: chapters/troops.html#fig-troops-reported\n"
    )
    built = Site(site)
    feed.write(built, base)
    redirects.add_redirects(built, base, folder / "redirects.yml")
    redirects.root_links(built, base)
    built.write()
    return site


@pytest.fixture(scope="module")
def known(tmp_path_factory) -> Path:
    """The site with an address."""
    return made(tmp_path_factory.mktemp("known"), BASE)


@pytest.fixture(scope="module")
def unknown(tmp_path_factory) -> Path:
    """The site without one."""
    return made(tmp_path_factory.mktemp("unknown"), "")


class Head(HTMLParser):
    """The tags of a page's head: `meta` by name or property, `links` by relation, `data` the JSON-LD."""

    def __init__(self, page: Path):
        super().__init__()
        self.meta, self.links, self.data, self._in = {}, {}, [], False
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "meta":
            self.meta.setdefault(
                values.get("property") or values.get("name") or values.get("http-equiv"), []
            ).append(values.get("content"))
        elif tag == "link":
            self.links.setdefault(values["rel"], []).append(values["href"])
        self._in = tag == "script" and values.get("type") == "application/ld+json"

    def handle_data(self, data):
        if self._in:
            self.data.append(json.loads(data))
            self._in = False


def test_without_an_address_nothing_needs_one(unknown):
    """A relative canonical link, feed, sitemap or image, which no reader of it understands."""
    assert not [name for name in ("sitemap.xml", "feed.xml", "cards") if (unknown / name).exists()]
    assert (unknown / "robots.txt").read_text() == "User-agent: *\nAllow: /\n"
    for name in PAGES:
        read = Head(unknown / f"{name}.html")
        assert (
            "canonical" not in read.links
            and "alternate" not in read.links
            and not {"og:url", "og:image", "twitter:image"} & read.meta.keys()
        )
        assert read.meta["twitter:card"] == ["summary"] and read.meta["og:title"]
        text = json.dumps(read.data)
        assert '"image"' not in text and "contentUrl" not in text and "example.org" not in text
        assert not list(faults(read.data))


def test_with_an_address_each_page_names_itself(known):
    """Two addresses for a page, an address of another page, a tag that stands twice."""
    for name in PAGES:
        read, own = Head(known / f"{name}.html"), url(BASE, f"{name}.html")
        assert read.links["canonical"] == read.meta["og:url"] == [own]
        assert all(
            len(found) == 1
            for kind, found in read.meta.items()
            if kind and kind.startswith(("og:", "twitter:", "description"))
        )
        assert url(BASE, "index.html") == BASE
        image = read.meta["og:image"][0]
        assert read.meta["twitter:image"] == [image] and read.meta["twitter:card"] == [
            "summary_large_image"
        ]
        file = known / image.removeprefix(BASE) if image.startswith(BASE) else None
        with Image.open(file) as card:
            assert card.size == (1200, 630) and file.stat().st_size < 100_000
        assert (known / name).parent.joinpath(read.links["alternate"][0]).resolve() == (
            known / "feed.xml"
        ).resolve()
        assert not list(faults(read.data))


def test_each_page_is_cited_and_kept_by_what_reads_heads(known):
    """A page that a citation manager, an archive or a home screen takes without title, day, licence or icon."""
    version = releases((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))[0]
    alternatives = set()
    for name in PAGES:
        read = Head(known / f"{name}.html")
        [title] = read.meta["citation_title"]
        assert [title] == read.meta["DC.title"] == read.meta["og:title"]
        assert read.meta["citation_author"] == read.meta["DC.creator"] == list(work().authors)
        [day] = read.meta["DC.date"]
        assert day >= version.date and read.meta["citation_publication_date"] == [
            day.replace("-", "/")
        ]
        assert read.meta["citation_public_url"] == read.links["canonical"]
        assert ("article:modified_time" in read.meta) == (name != "index")
        assert read.links["license"] == ["https://creativecommons.org/licenses/by/4.0/"]
        assert len(read.meta["theme-color"]) == 2
        for relation, size in (("apple-touch-icon", 180), ("icon", 192)):
            path = (known / name).parent / read.links[relation][-1]
            with Image.open(path) as icon:
                assert icon.size == (size, size)
        alternatives |= set(read.meta["og:image:alt"])
    assert (
        len(alternatives)
        == len(PAGES)
        == len({*(known / "cards").glob("index.png"), *(known / "cards").glob("chapters-*.png")})
    )


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Four. More.", "Four. More."),
        (f"Maj. Gen. Pat Ryder denied it. {'More of it ' * 20}.", "Maj. Gen. Pat Ryder denied it."),
        (f"One is short. {'Two is long ' * 20}.", "One is short."),
        (f"{'The first is long ' * 20}. More.", f"{'The first is long ' * 20}."),
        ("“Is it?” Nobody says. " + "Xx " * 90, "“Is it?” Nobody says."),
    ],
)
def test_a_description_ends_with_its_sentence(text, short):
    """A description cut in the middle of a sentence, which a list of hits shows as if it said nothing."""
    assert _shortened(text) == short


def test_description_and_titles_are_text(known):
    """Markup in a title or a sentence that becomes markup, or is shown escaped twice."""
    read = Head(known / "index.html")
    assert (
        read.meta["description"]
        == read.meta["og:description"]
        == ["The short “answer” & more, 1 < 2."]
    )
    assert read.meta["og:title"] == ["In short"]


def test_the_data_set_promises_only_files_that_are_there(known):
    """A download in the structured data that the site does not have, or one of the site's that it does not tell."""
    data = next(
        thing
        for thing in Head(known / "chapters/data.html").data[0]["@graph"]
        if thing["@type"] == "Dataset"
    )
    files = {d["contentUrl"].removeprefix(BASE): d for d in data["distribution"]}
    assert all((known / name).is_file() for name in files)
    assert {f"data/{p.name}" for p in (ROOT / "data").glob("*.csv")} <= files.keys() and files[
        "data/troops.csv"
    ]["encodingFormat"] == "text/csv"
    assert (
        len(data["isBasedOn"]) == len(load().sources)
        and data["temporalCoverage"] == "2024-01-09/2024-09-28"
    )


def test_an_inferred_day_is_not_told_as_a_day(known):
    """The day of an article that nobody knows, given to search engines as known."""
    cited = {
        c["publisher"]["name"]: c for c in Head(known / "chapters/troops.html").data[0]["citation"]
    }
    assert (
        cited["RT"]["datePublished"] == "2024-09"
        and "author" not in cited["RT"]
        and cited["Rudaw"]["datePublished"] == "2024-01-26"
    )


def test_structured_data_ends_in_no_string(invented, tmp_path):
    """A headline that closes the script and opens another."""
    source = invented / "sources.csv"
    source.write_text(
        source.read_text().replace("The Herald", "</script><script>hit()</script>&<!--\u2028"),
        encoding="utf-8",
    )
    text = json_ld(articles(load(invented)))
    assert "<" not in text and "\u2028" not in text
    held = json.dumps(json.loads(text), ensure_ascii=False)
    assert "</script><script>hit()</script>&<!--\u2028" in held


def test_the_sitemap_lists_the_pages_and_nothing_else(known):
    """A page that search engines do not find; a redirect, the search or the page for unknown addresses among the pages."""
    listed = {
        loc.text
        for loc in Tree.parse(known / "sitemap.xml").iter(
            "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
        )
    }
    evidence = {
        f"{BASE}{name}.html" for name in manifest.published() if name not in manifest.pages()
    }  # the extension makes them for any book
    assert (
        listed == {BASE, f"{BASE}chapters/troops.html", f"{BASE}chapters/data.html"} | evidence
        and evidence
    )
    assert f"Sitemap: {BASE}sitemap.xml" in (known / "robots.txt").read_text()
    assert not any(
        Head(known / name).meta.get("robots") for name in ("search.html", "404.html")
    )  # unlisted, not hidden: a crawler may read each page


@pytest.mark.parametrize("site", ["known", "unknown"])
def test_no_link_is_dead(site, request):
    """A link of the redirects or of the page for unknown addresses that leads nowhere."""
    folder = request.getfixturevalue(site)
    found = [
        p
        for p in link_checker.problems(Site(folder), list(PAGES))
        if p.startswith(("404", "chapters/index", "old/"))
    ]
    assert not found
    text = (folder / "404.html").read_text(encoding="utf-8")
    (folder / "404.html").write_text(
        text.replace("chapters/troops.html", "chapters/gone.html"), encoding="utf-8"
    )
    try:
        assert [
            p
            for p in link_checker.problems(Site(folder), list(PAGES))
            if p.startswith("404") and "gone.html: no such file" in p
        ]
    finally:
        (folder / "404.html").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(("site", "root"), [("known", "/book/"), ("unknown", "/")])
def test_the_page_for_unknown_addresses_works_at_any_depth(site, root, request):
    """A page without style and with dead links, because the unknown address lies deeper than it."""
    text = (request.getfixturevalue(site) / "404.html").read_text(encoding="utf-8")
    links = [
        link
        for link in re.findall(r'\b(?:href|src|action)="([^"]*)"', text)
        if not link.startswith(("#", "http"))
    ]
    assert len(links) > 10 and all(link.startswith(root) for link in links)
    assert (
        f'href="{root}search.html"' in text
        and f'href="{root}chapters/troops.html">How many troops?</a>' in text
    )
    assert "Page not found" in text and 'rel="canonical"' not in text


def test_redirects(known, unknown):
    """An old address that leads nowhere, or needs a script."""
    for site in (known, unknown):
        page = site / "old/place/troops.html"
        read = Head(page)
        assert (
            read.meta["refresh"] == ["0; url=../../chapters/troops.html#fig-troops-reported"]
            and "<script" not in page.read_text()
        )
        assert read.links.get("canonical") == (
            [f"{BASE}chapters/troops.html"] if site == known else None
        )
    assert "url=../index.html" in (known / "chapters/index.html").read_text()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "index.html: chapters/data.html",
            "redirects.yml: index.html: there is a page at this address",
        ),
        ("old.html: gone.html", "redirects.yml: old.html: leads to gone.html, which is not there"),
        (
            "../x.html: index.html",
            "redirects.yml: ../x.html: is no page below the root of the site",
        ),
        ("old: index.html", "redirects.yml: old: is no page below the root of the site"),
    ],
)
def test_a_redirect_that_cannot_be(unknown, tmp_path, line, told):
    """A redirect that overwrites a page, leads nowhere or out of the site."""
    (tmp_path / "redirects.yml").write_text(f"new.html: index.html\n{line}\n")
    with pytest.raises(ValueError) as error:
        redirects.add_redirects(Site(unknown), "", tmp_path / "redirects.yml")
    assert str(error.value) == told and not (unknown / "new.html").exists()


def test_the_feed_tells_versions_and_corrections(invented):
    """A correction that subscribers do not hear of; a feed that its readers refuse (RFC 4287: id, title, updated, author, self)."""
    correct(invented, reason=f"{REASON} <b> & \u2028")
    versions = releases(
        "# C\n\n## 1.0.1 (2026-05-03)\n### Site\n- b\n\n## 1.0.0 (2026-05-01)\n### Data\n- a\n"
    )
    root = Tree.fromstring(feed.feed(load(invented, superseded=True), versions, BASE))
    name = "{http://www.w3.org/2005/Atom}"
    assert root.tag == f"{name}feed" and root.find(f"{name}author/{name}name").text
    assert [
        link.get("href") for link in root.findall(f"{name}link") if link.get("rel") == "self"
    ] == [f"{BASE}feed.xml"]
    entries = root.findall(f"{name}entry")
    assert [e.find(f"{name}id").text.rpartition("staying-or-leaving/")[2] for e in entries] == [
        "version/1.0.1",
        "correction/cor-0001",
        "version/1.0.0",
    ]
    ids = [e.text for e in root.iter(f"{name}id")]
    assert len(set(ids)) == 4 and all(
        re.fullmatch(r"tag:example\.org,2026-05-01:staying-or-leaving/\S+", i) for i in ids
    )
    assert all(
        re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", u.text) for u in root.iter(f"{name}updated")
    )
    assert root.find(f"{name}updated").text.startswith("2026-05-03")
    told = entries[1]
    assert (
        f"{REASON} <b> &" in told.find(f"{name}summary").text
        and told.find(f"{name}link").get("href") == f"{BASE}chapters/corrections.html#cor-0001"
    )


@pytest.mark.parametrize(
    ("environ", "config", "expected"),
    [
        ({}, "", ""),
        ({"SITE_ADDRESS": ""}, "https://a.example/b", "https://a.example/b/"),
        ({"SITE_ADDRESS": "https://c.example"}, "https://a.example/", "https://c.example/"),
        ({}, "http://localhost:8000/x/", "http://localhost:8000/x/"),
    ],
)
def test_the_address_stands_in_one_place(tmp_path, environ, config, expected):
    """A variable that does not override, an address without its slash."""
    (tmp_path / "_config.yml").write_text(f'html:\n  baseurl: "{config}"\n')
    assert address(tmp_path, environ) == expected
    assert (
        path(expected)
        == {
            "": "/",
            "https://a.example/b/": "/b/",
            "https://c.example/": "/",
            "http://localhost:8000/x/": "/x/",
        }[expected]
    )


@pytest.mark.parametrize(
    "given",
    [
        "example.org",
        "ftp://example.org",
        "javascript:x",
        'https://a.example/"><script>',
        "https://a.example/?q=1",
    ],
)
def test_an_address_that_is_none(tmp_path, given):
    """An address that ends up in every page, and is none."""
    with pytest.raises(ValueError, match="^SITE_ADDRESS: .* is no address like"):
        address(tmp_path, {"SITE_ADDRESS": given})


def test_the_book_itself_has_redirects_that_fit():
    """A redirect of the book that its own pages rule out: seen before the build."""
    for old, new in yaml.safe_load(redirects.REDIRECTS.read_text()).items():
        assert (
            new.partition("#")[0].removesuffix(".html") in manifest.pages()
            and old.removesuffix(".html") not in manifest.pages()
        )
