"""The book on paper: what a reader opens has its contents, its figures whole, its notes, and nothing of the machine it was made on."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from explainer.data.manifest import pages
from explainer.paths import ROOT, SITE
from explainer.site.browser import path as browser_path
from explainer.site.document import parse, parts
from explainer.site.publish import pdf

# Standard structure types of PDF 1.7 (ISO 32000-1, 14.8.4) that a book has use for.
KNOWN = set(
    re.findall(
        r"\S+",
        "/Document /Part /Art /Sect /Div /BlockQuote /Caption /TOC /TOCI /Index /NonStruct /P /H /H1"
        " /H2 /H3 /H4 /H5 /H6 /L /LI /Lbl /LBody /Table /TR /TH /TD /THead /TBody /TFoot /Span /Quote"
        " /Note /Reference /Code /Link /Figure /Formula /Form",
    )
)
PRINT = """import sys; from pathlib import Path; from explainer.site.publish import pdf
from explainer.site.document import Site
site, names = Site(Path(sys.argv[1])), sys.argv[2:]
pdf.manifest.pages = lambda: names
pdf.write(site)"""
FEW = ("index", "chapters/troops")


def printed(folder: Path, *names: str, **there: str) -> Path:
    """Print these pages of the built site, and the book of them, in a copy, in a process of its own, and return the
    folder of the PDFs.
    """
    shutil.copytree(SITE, folder, ignore=shutil.ignore_patterns("pdf", "notebooks", "*.sqlite"))
    done = subprocess.run(
        [sys.executable, "-c", PRINT, folder, *names],
        cwd=ROOT,
        env={**os.environ, **there},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return folder / pdf.FOLDER


@pytest.fixture(scope="module")
def paper(tmp_path_factory) -> Path:
    """The PDFs of the site; where it was built without, they are printed here."""
    if (SITE / pdf.FOLDER).is_dir():
        return SITE / pdf.FOLDER
    if not browser_path() and not os.environ.get("CI"):
        pytest.skip("no browser: nothing was printed")
    return printed(tmp_path_factory.mktemp("paper") / "site", *pages())


def squeezed(text: str) -> str:
    """Return a text without white space: a PDF has it where a line ends, too."""
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def read(paper) -> dict[str, list[str]]:
    """The text of each page of each PDF, as it is extracted."""
    return {
        path.stem: [page.extract_text() for page in PdfReader(path).pages]
        for path in sorted(paper.glob("*.pdf"))
    }


@pytest.fixture(scope="module")
def texts(read) -> dict[str, list[str]]:
    """The text of each page of each PDF, without white space."""
    return {stem: [squeezed(sheet) for sheet in sheets] for stem, sheets in read.items()}


@cache
def article(name: str) -> BeautifulSoup:
    """Return the article of a built page."""
    return BeautifulSoup(
        (SITE / f"{name}.html").read_text(encoding="utf-8"), "html.parser"
    ).select_one("article.bd-article")


def title(name: str) -> str:
    """Return a page's title, squeezed."""
    return squeezed(article(name).select_one("h1").get_text()).removesuffix("#")


def test_every_page_and_the_whole_is_printed(texts):
    """A page without its PDF, a sheet that is empty but for its number."""
    assert set(texts) == {Path(name).name for name in pages()} | {pdf.BOOK}
    for name, sheets in texts.items():
        assert all(len(sheet) > 100 for sheet in sheets), name


def test_contents_lead_to_the_pages(texts):
    """A page number in the contents that is another chapter's."""
    contents = texts[pdf.BOOK][1]
    assert contents.startswith("Contents")
    for name in pages():
        at = next(
            number
            for number, text in enumerate(texts[pdf.BOOK], 1)
            if number > 2 and text.startswith(title(name))
        )
        assert f"{title(name)}{at}" in contents, name


@pytest.mark.parametrize("name", pages())
def test_evidence_stands_as_numbered_notes(texts, name):
    """Words behind a marker that the paper does not hold, or without the number that stands in the text."""
    notes = [
        f"{number}.{squeezed(note.get_text())}"
        for number, note in enumerate(article(name).select("section.notes li"), 1)
    ]
    for stem in (Path(name).name, pdf.BOOK):
        whole = "".join(
            re.sub(rf"(?:StayingorLeaving\?[^/]*?|{re.escape(title(name))})\d+/\d+$", "", sheet)
            for sheet in texts[stem]
        )
        assert not [note for note in notes if note not in whole], stem


@pytest.mark.parametrize("name", pages())
def test_figures_are_whole(texts, name):
    """A chart that is cut in two, or a part of which is not printed."""
    for chart in article(name).select("figure.chart .wide svg"):
        words = {squeezed(text.get_text()) for text in chart.select("text")}
        for stem in (Path(name).name, pdf.BOOK):
            assert any(all(word in sheet for word in words) for sheet in texts[stem]), (
                stem,
                chart["aria-labelledby"],
            )


def structure(reader: PdfReader) -> Iterator[dict]:
    """Yield each element of a PDF's structure."""
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop()
        element = element.get_object() if hasattr(element, "get_object") else element
        if isinstance(element, list):
            waiting.extend(element)
        elif isinstance(element, dict):
            if "/S" in element:
                yield element
            waiting.append(element.get("/K"))


def test_a_listener_hears_what_is_drawn_and_where_a_link_leads(paper):
    """A picture without words, a link without a name, a role that a reader of PDFs does not know, nobody who wrote it."""
    for path in paper.glob("*.pdf"):
        reader = PdfReader(path)
        root, tags = reader.trailer["/Root"], list(structure(reader))
        roles = root["/StructTreeRoot"]["/RoleMap"]
        assert {str(roles.get(tag["/S"], tag["/S"])) for tag in tags} <= KNOWN, path.name
        assert all(len(tag.get("/Alt", "")) > 30 for tag in tags if tag["/S"] == "/Figure")
        figures = path.stem in {Path(name).name for name in pages()} and article(
            next(name for name in pages() if Path(name).name == path.stem)
        ).select("figure")
        assert not figures or len(figures) == sum(tag["/S"] == "/Figure" for tag in tags)
        notes = [note.get_object() for page in reader.pages for note in page.get("/Annots") or ()]
        assert all(note["/Contents"].strip() for note in notes if note["/Subtype"] == "/Link")
        held = [tag for tag in tags if tag["/S"] == "/Link"]
        assert len(notes) >= len(held) and bool(notes) == bool(held), path.name
        assert root["/Lang"] == "en" and root["/MarkInfo"]["/Marked"]
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        about = reader.xmp_metadata
        assert about.dc_creator == [reader.metadata.author] and reader.metadata.author
        assert about.dc_title["x-default"] == reader.metadata.title and about.dc_language == ["en"]


def lines(outline: list) -> Iterator[str]:
    """Yield the titles of a PDF's outline."""
    for one in outline:
        if isinstance(one, list):
            yield from lines(one)
        else:
            yield one.title


@pytest.mark.parametrize("name", pages())
def test_headings_stay_with_their_text_and_their_words_apart(paper, read, name):
    """A heading alone at the foot of a page; two words that the outline joins."""
    headings = [
        " ".join(heading.get_text(" ").removesuffix("#").split())
        for heading in article(name).select("h1, h2, h3, h4")
    ]
    reader = PdfReader(paper / f"{Path(name).name}.pdf")
    words = {word for heading in headings for word in heading.split()}
    assert not [title for title in lines(reader.outline) if not set(title.split()) <= words]
    for stem in (Path(name).name, pdf.BOOK):
        for sheet in read[stem]:
            text = [line.strip() for line in sheet.splitlines() if line.strip()]
            foot = next(at for at, line in enumerate(text) if re.search(r"\d+ ?/ ?\d+$", line))
            ends = {" ".join(part) for part in (text[foot - 1 : foot], text[foot - 2 : foot])}
            assert not ends & set(headings), (stem, ends)


def test_nothing_of_the_machine(paper):
    """A link to a folder of the machine; letters that it happened to have, over which the words of a chart run into each other."""
    for path in paper.glob("*.pdf"):
        reader, fonts, links = PdfReader(path), set(), set()
        for page in reader.pages:
            fonts |= {
                str(font.get_object()["/BaseFont"])
                for font in (page["/Resources"].get_object().get("/Font") or {}).values()
            }
            links |= {
                str(note.get_object().get("/A", {}).get("/URI", ""))
                for note in page.get("/Annots") or ()
            }
        assert links <= {""} or all(link.startswith(("http", "mailto")) for link in links - {""}), (
            path.name
        )
        assert fonts and all("Arimo" in font or "Mono" in font for font in fonts), (
            path.name,
            fonts,
        )
        assert reader.metadata.title and str(ROOT) not in str(reader.metadata)


def test_the_same_bytes_elsewhere(paper, tmp_path):
    """An hour, a folder, an order of chance in a PDF. (Of all PDFs, and of their book, where the site has them:
    test_hostile.py.)
    """
    elsewhere = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "11"}
    for path in printed(tmp_path / "elsewhere" / "site", *FEW, **elsewhere).iterdir():
        if path.stem != pdf.BOOK:  # of two pages
            assert path.read_bytes() == (paper / path.name).read_bytes(), path.name


def test_links_lead_to_the_site_where_it_has_an_address():
    """A link in the whole book that leads nowhere in it, or to a page that it does not hold."""
    links = {
        "#fig-a": "#page-chapters-troops-fig-a",
        "../chapters/troops.html#fig-a": "#page-chapters-troops-fig-a",
        "../index.html#x": "#page-index-x",
        "../index.html": "#page-index",
        "../evidence/a.html#trp-1": "evidence/a.html#trp-1",
        "https://example.org/": "https://example.org/",
    }
    written = "".join(f'<a href="{link}">x</a>' for link in links)
    tree = parse(f'<html><body><article><p id="fig-a"></p>{written}</article></body></html>')
    chapter = pdf._chapter("chapters/troops", tree, ["index", "chapters/troops"])
    assert parts(chapter).xpath(".//a/@href") == list(links.values())
    assert parts(chapter).xpath(".//p/@id") == ["page-chapters-troops-fig-a"]


def test_each_page_offers_its_pdf_where_there_is_one(monkeypatch):
    """PDFs that nobody finds; a link to a PDF that was not made."""
    monkeypatch.setenv(pdf.SETTING, "1")
    assert list(pdf.links("chapters/troops")) == ["pdf/troops.pdf", f"pdf/{pdf.BOOK}.pdf"]
    monkeypatch.delenv(pdf.SETTING)
    assert pdf.links("chapters/troops") == {}


def test_ids_of_the_structure_do_not_tell_of_the_run():
    """An id that Chromium counted on, or gave out of order, when something else happened in between; a list that is no longer sorted."""
    form = b"/ID (node%08d) x /ID (node%08d) /Headers [(node%08d)]\n<</Limits [(node%08d) (node%08d)]\n/Names [(node%08d) %d 0 R (node%08d) %d 0 R]>>"
    one, other = (
        form % (180, 27, 180, 27, 180, 27, 14, 180, 7),
        form % (26, 181, 26, 26, 181, 26, 7, 181, 14),
    )
    assert pdf.numbered(one) == pdf.numbered(other) == form % (1, 2, 1, 1, 2, 1, 7, 2, 14)
