"""The EPUB holds the whole book, leads nowhere wrong, and is the same bytes twice."""

import io
import posixpath
import shutil
import zipfile
from urllib.parse import unquote

import pytest
from lxml import etree

from explainer.data.manifest import published
from explainer.paths import SITE
from explainer.site.document import Site
from explainer.site.publish import epub

XHTML, SVG = "{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/2000/svg}"
HREF = ("href", "{http://www.w3.org/1999/xlink}href")


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """The files of the built EPUB by path, in their order."""
    with zipfile.ZipFile(SITE / "epub" / epub.NAME) as archive:
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_is_a_container_that_names_every_file(files):
    """A reader that finds no book, a page that is in no list, or a listed one that is not there."""
    assert next(iter(files.items())) == ("mimetype", b"application/epub+zip")
    package = etree.fromstring(files["EPUB/content.opf"])
    ns = {"o": "http://www.idpf.org/2007/opf"}
    items = {i.get("id"): i.get("href") for i in package.iterfind(".//o:item", ns)}
    assert {f"EPUB/{href}" for href in items.values()} == {
        name for name in files if name.startswith("EPUB/") and name != "EPUB/content.opf"
    }
    spine = [items[i.get("idref")] for i in package.iterfind(".//o:itemref", ns)]
    assert spine == [f"{name}.xhtml" for name in published()]


def test_every_link_leads_to_a_place_that_is_there(files):
    """A proof that leads out of the book, a link to a download that the EPUB does not hold, an id that stands twice."""
    pages = {n: etree.fromstring(c) for n, c in files.items() if n.endswith(".xhtml")}
    ids = {name: [e.get("id") for e in page.iter() if e.get("id")] for name, page in pages.items()}
    assert all(len(found) == len(set(found)) for found in ids.values())
    proofs = 0
    for name, page in pages.items():
        for element in page.iter(f"{XHTML}a", f"{SVG}a"):
            link = next(element.get(key) for key in HREF if element.get(key))
            if link.startswith(("https://", "http://", "mailto:")):
                continue
            path, _, anchor = unquote(link).partition("#")
            to = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
            assert to in pages and (not anchor or anchor in ids[to]), f"{name}: {link}"
            proofs += to.startswith("EPUB/evidence/")
    assert proofs > 500


def test_every_drawing_and_no_script_is_in_it(files):
    """A page without its chart, a chart without its words, a button that does nothing."""
    for name in published():
        page = etree.fromstring(files[f"EPUB/{name}.xhtml"])
        figures = [f for f in page.iter(f"{XHTML}figure") if f.get("class") == "chart"]
        for figure in figures:
            [drawing] = figure.iter(f"{SVG}svg")
            assert drawing.get("viewBox") and drawing.find(f"{SVG}title").text
        assert not [e for tag in ("script", "button", "form") for e in page.iter(f"{XHTML}{tag}")]
        assert b"var(--" not in files[f"EPUB/{name}.xhtml"]


def test_it_is_the_same_bytes_twice_and_leads_to_the_site_where_that_has_an_address(tmp_path):
    """A time or an order of the machine in the file; a download that an address makes reachable and that is left out."""
    made = []
    for base in ("", "", "https://example.org/book/"):
        site = Site(SITE)
        site.folder = tmp_path / str(len(made))
        (site.folder / "figures").mkdir(parents=True)
        shutil.copy(SITE / "figures/index_answer.png", site.folder / "figures")
        epub.write(site, base)
        made.append((site.folder / "epub" / epub.NAME).read_bytes())
    assert made[0] == made[1]
    with zipfile.ZipFile(io.BytesIO(made[2])) as archive:
        assert b'"https://example.org/book/data/' in archive.read("EPUB/chapters/data.xhtml")
