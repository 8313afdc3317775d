"""Each chapter to take: the executed notebook, readable by itself, and its MyST source; the links at the chapter's end."""

import base64
import re
from html import escape, unescape
from pathlib import Path

import nbformat

from explainer import book
from explainer.data.contents import pages
from explainer.data.rows import book_rows
from explainer.pages import prose
from explainer.paths import ROOT
from explainer.site.publish import citation, hosting
from explainer.site.publish.address import address as site_address
from explainer.site.publish.page_files import change, relinked
from explainer.words.numbers import numbers

FOLDER = "notebooks"
_MARKERS = {"proof": prose.markers, "words": prose.quotations, "outlet": prose.outlets}
_RUNTIME = ("execution", "papermill", "ExecuteTime")  # metadata of a cell that tell when it ran
_FETCH = """# Colab has no copy of the book: fetch it, with the packages it is locked to
import importlib.util, subprocess, sys
if not importlib.util.find_spec("explainer"):
    subprocess.run(["git", "clone", "--quiet", "--depth", "1", "--branch", "{branch}", "{repository}", "book"], check=True)
    sys.path.insert(0, "book"); subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "-r", "book/requirements.txt"], check=True)"""


def notebooks(site: Path) -> None:
    """Write `notebooks/<name>.ipynb` and `.md` for each page, and put the links to them at the end of the page.

    The executed notebooks are those beside the site, in `jupyter_execute`. ValueError where one has not been executed.
    """
    folder = site / FOLDER
    folder.mkdir(exist_ok=True)
    drawings = {path.stem: path.read_bytes() for path in (site / "figures").glob("*.png")}
    for name, content in files(site.parent / "jupyter_execute", drawings).items():
        (folder / name).write_bytes(content)
    launched = hosting.repository()
    change(site, lambda page, html: _ended(page, html, links(page, *launched)))


def files(executed: Path, drawings: dict[str, bytes]) -> dict[str, bytes]:
    """Return {file name: content} of all notebooks, made of those in the folder `executed`, and of their sources.

    `drawings` holds the charts' PNG files by name.
    """
    address, (owner_and_name, branch) = site_address(), hosting.repository()
    made = {}
    for page in pages():
        path = executed / f"{page}.ipynb"
        notebook = nbformat.reads(path.read_text(encoding="utf-8"), 4)
        if not any(cell.get("outputs") for cell in notebook.cells):
            raise ValueError(f"{path.name}: the notebook has no outputs: it was not executed")
        name = Path(page).name
        made[f"{name}.ipynb"] = (
            nbformat.writes(
                readable(page, notebook, drawings, address, owner_and_name, branch)
            ).encode()
            + b"\n"
        )
        made[f"{name}.md"] = (ROOT / f"{page}.md").read_bytes()
    return made


def readable(
    page: str,
    notebook: nbformat.NotebookNode,
    drawings: dict[str, bytes] | None = None,
    address: str = "",
    repository: str = "",
    branch: str = "main",
) -> nbformat.NotebookNode:
    """Return an executed notebook as somebody reads it who has no more than it, the same each time.

    MyST roles become the numbers, quotations and links that the page shows, links lead to the site, a drawing is a picture
    (Jupyter shows no inline SVG of a notebook that it has not run), what tells the time of the run goes, and cells are
    numbered: new cells get random ids. With a repository, a first cell fetches the book.
    """
    cells, site = [], address or "../"
    values = {key: prose.linked(book(), key, value) for key, value in numbers(book()).items()}
    if "github.com/" in repository:
        cells.append(nbformat.v4.new_code_cell(_FETCH.format(repository=repository, branch=branch)))
    for cell in notebook.cells:
        cell = nbformat.from_dict(cell)
        for key in _RUNTIME:
            cell.metadata.pop(key, None)
        if cell.cell_type == "markdown":
            cell.source = _pointed(page, _told(cell.source, values), site)
        for output in cell.get("outputs", ()):
            for kind, shown in output.get("data", {}).items():
                if kind.endswith("text/html"):
                    output.data[kind] = relinked(page, _pictured(shown, drawings or {}), site)
        cells.append(cell)
    cells.append(nbformat.v4.new_markdown_cell(_closing(page, site)))
    for place, cell in enumerate(cells):
        cell.id = f"cell-{place}"
    metadata = {
        key: value for key, value in notebook.metadata.items() if key != "jupytext"
    }  # a notebook, no longer paired with a text
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


def links(page: str, repository: str = "", branch: str = "main") -> str:
    """Return the end of a page: how to take it along, and where to run it when a repository is named."""
    up, name = "../" * page.count("/"), Path(page).name
    offered = [
        f'<a class="download" href="{up}{FOLDER}/{file}" download>{text}</a>'
        for file, text in (
            (f"{name}.ipynb", "notebook, executed (.ipynb)"),
            (f"{name}.md", "MyST source (.md)"),
            ("book.zip", "the whole book, to run again"),
        )
    ]
    offered += [
        f'<a href="{escape(address, quote=True)}">run it on {service}</a>'
        for service, address in hosting.launches(page, repository, branch).items()
    ]
    return f'<p class="take-page">Take this page: {" · ".join(offered)}</p>'


def _ended(page: str, html: str, end: str) -> str:
    before, article, after = html.rpartition("</article>")
    if not article:
        raise ValueError(f"{page}: the page has no <article> to which the downloads belong")
    return f"{before}{end}\n{article}{after}"


def _pictured(html: str, drawings: dict[str, bytes]) -> str:
    """Return a chart's HTML with its PNG in place of the two drawings, under the title that they have."""

    def picture(match: re.Match) -> str:
        drawn = base64.b64encode(drawings[match[2].replace("-", "_")]).decode()
        width, title = (
            re.search(r' width="([\d.]+)"', match[3])[1],
            re.search(r"<title[^>]*>([^<]*)</title>", match[3])[1],
        )
        return f'{match[1]}<img width="{float(width):.0f}" alt="{escape(unescape(title), quote=True)}" src="data:image/png;base64,{drawn}"><figcaption>'

    return (
        re.sub(
            r'(<figure class="chart" id="fig-([a-z0-9-]+)">)(<div class="wide">.*?)<figcaption>',
            picture,
            html,
            flags=re.S,
        )
        if drawings
        else html
    )


def _told(source: str, values: dict[str, str]) -> str:
    """Return MyST text with its roles written out as HTML."""
    known = book_rows()

    def told(match: re.Match) -> str:
        role, given = match.groups()
        html = (
            _MARKERS[role](book(), [known[i] for i in given.replace(",", " ").split()])
            if role in _MARKERS
            else values[given]
        )
        return re.sub(
            r"[][*_`~$\\]", lambda m: f"&#{ord(m[0])};", html
        )  # else Markdown and MathJax read the articles' words, too

    return re.sub(r"\{(proof|words|outlet|glue:\w*)\}`([^`]+)`", told, source)


def _pointed(page: str, source: str, site: str) -> str:
    """Return Markdown with its links, those of the roles included, leading into the site. Roles are written for `chapters/`."""

    def moved(match: re.Match) -> str:
        target, hash_, anchor = match[1].partition("#")
        suffix = ".html" if target and not Path(target).suffix else ""
        return (
            "]("
            + re.sub(
                r'^href="|"$', "", relinked(page, f'href="{target}{suffix}{hash_}{anchor}"', site)
            )
            + ")"
        )

    return relinked("chapters/any", re.sub(r"\]\((?![a-z]+:)([^)\s]+)\)", moved, source), site)


def _closing(page: str, site: str) -> str:
    work = citation.work()
    return (
        f"---\n\nThis notebook is [a page]({site}{page}.html) of {citation.text(work)} Code: MIT.\n\n"
        f"To run it again, unpack [the whole book]({site}{FOLDER}/book.zip) and call `make lab` in its folder. "
        "The numbers in the text are those of this run; in the MyST source they are computed anew."
    )
