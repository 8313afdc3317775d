"""Each chapter to take: the executed notebook, its MyST source, the links to both."""

import base64
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import nbformat
from lxml import etree

from explainer.data.manifest import pages
from explainer.data.rows import book_rows
from explainer.data.tables import book
from explainer.pages import prose
from explainer.paths import ROOT
from explainer.site.document import Site, append, inner, parts, render, rewrite, target, text_of
from explainer.site.publish import citation, hosting, pdf
from explainer.site.publish.address import address as site_address
from explainer.words.numbers import numbers

FOLDER = "notebooks"
_ROLES: dict[str, Callable[..., str]] = {
    "proof": prose.source_links,
    "words": partial(prose.quotations, proof=prose.source_links),
    "outlet": prose.outlets,
}
_RUNTIME = ("execution", "papermill", "ExecuteTime")  # metadata of a cell that tell when it ran
_FETCH = """# Colab has no copy of the book: fetch it, with the packages it is locked to
import importlib.util, subprocess, sys
if not importlib.util.find_spec("explainer"):
    clone = ["git", "clone", "--quiet", "--depth", "1", "--branch", "{branch}"]
    subprocess.run([*clone, "{repository}", "book"], check=True)
    pip = [sys.executable, "-m", "pip", "install", "--quiet"]
    sys.path.insert(0, "book"); subprocess.run([*pip, "-r", "book/requirements.txt"], check=True)"""


def write(site: Path, executed: Path) -> None:
    """Write `notebooks/<name>.ipynb` and `.md` of each page into a site with figures, from the
    folder `executed`. ValueError where one has not been executed.
    """
    folder = site / FOLDER
    folder.mkdir(exist_ok=True)
    drawings = {path.stem: path.read_bytes() for path in site.glob("figures/*.png")}
    for name, content in files(executed, drawings).items():
        (folder / name).write_bytes(content)


def add_notebooks(site: Site) -> None:
    """Put the links to a page's notebook at its end."""
    repository, branch = hosting.repository()
    for page in pages():
        article = next(site.pages[f"{page}.html"].iter("article"))
        append(article, links(page, repository, branch, pdf.links(page)))


def files(executed: Path, drawings: dict[str, bytes]) -> dict[str, bytes]:
    """Return {file name: content} of executed notebooks, with drawings as PNG, and sources."""
    address, (owner_and_name, branch) = site_address(), hosting.repository()
    made = {}
    for page in pages():
        path = executed / f"{page}.ipynb"
        notebook = nbformat.reads(path.read_text(encoding="utf-8"), 4)
        if not any(cell.get("outputs") for cell in notebook.cells):
            raise ValueError(f"{path.name}: the notebook has no outputs: it was not executed")
        name = Path(page).name
        told = readable(page, notebook, drawings, address, owner_and_name, branch)
        made[f"{name}.ipynb"] = f"{nbformat.writes(told)}\n".encode()
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
    """Return an executed notebook for who has no more than it, the same each time: roles are
    numbers, quotations and links into the site, a drawing is a picture (Jupyter shows no SVG of
    what it has not run), and with a repository a first cell fetches the book.
    """
    cells, site = [], address or "../"
    if "github.com/" in repository:
        cells.append(nbformat.v4.new_code_cell(_FETCH.format(repository=repository, branch=branch)))
    for cell in notebook.cells:
        cell = nbformat.from_dict(cell)
        for key in _RUNTIME:
            cell.metadata.pop(key, None)
        if cell.cell_type == "markdown":
            cell.source = _told(_pointed(page, cell.source, site), site)
        for output in cell.get("outputs", ()):
            for kind, shown in output.get("data", {}).items():
                if kind.endswith("text/html"):
                    output.data[kind] = _shown(page, shown, drawings or {}, site)
        cells.append(cell)
    cells.append(nbformat.v4.new_markdown_cell(_closing(page, site)))
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    # a notebook, no longer paired with a text
    ours = ("jupytext", "source_map")
    metadata = {key: value for key, value in notebook.metadata.items() if key not in ours}
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


def links(
    page: str, repository: str = "", branch: str = "main", first: dict[str, str] | None = None
) -> str:
    """Return what to take along at a page's end, `first` {address: what it is} before all."""
    name = Path(page).name
    return render(
        "take.html", up="../" * page.count("/"), first=first or {},
        downloads={
            f"{FOLDER}/{name}.ipynb": "notebook (.ipynb)",
            f"{FOLDER}/{name}.md": "plain text (.md)",
            f"{FOLDER}/book.zip": "the whole site, with code and data",
        },
        services=hosting.launches(page, repository, branch),
    )  # fmt: skip


def _shown(page: str, html: str, drawings: dict[str, bytes], site: str) -> str:
    """Return an output with its links set anew, and a chart's PNG in place of its two drawings."""
    tree = parts(html)
    rewrite(tree, f"{page}.html", lambda to: site + to)
    for figure in tree.xpath(".//figure[@class='chart']") if drawings else ():
        drawing = next(figure.iter("svg"))
        content = drawings[figure.get("id").removeprefix("fig-").replace("-", "_")]
        data = f"data:image/png;base64,{base64.b64encode(content).decode()}"
        width, title = f"{float(drawing.get('width')):.0f}", text_of(next(drawing.iter("title")))
        picture = etree.Element("img", width=width, alt=title, src=data)
        figure.replace(figure.find_class("wide")[0], picture)
        figure.find_class("narrow")[0].drop_tree()
    return inner(tree)


def _told(source: str, site: str) -> str:
    """Return MyST text with its roles as HTML, whose links lead into the site."""
    known = book_rows()

    def told(match: re.Match[str]) -> str:
        role, given = match.groups()
        if role in _ROLES:
            html = _ROLES[role](book(), [known[i] for i in given.replace(",", " ").split()])
        else:
            html = prose.linked(book(), given, numbers(book())[given])
        html = _led("chapters/any.html", str(html), site)
        # else Markdown and MathJax read the articles' words, too
        return re.sub(r"[][*_`~$\\]", lambda m: f"&#{ord(m[0])};", html)

    return re.sub(r"\{(proof|words|outlet|glue:\w*)\}`([^`]+)`", told, source)


def _pointed(page: str, source: str, site: str) -> str:
    """Return Markdown with its own links leading into the site."""

    def markdown(match: re.Match[str]) -> str:
        path, mark, anchor = match[1].partition("#")
        suffix = ".html" if path and not Path(path).suffix else ""
        to = target(f"{page}.html", f"{path}{suffix}{mark}{anchor}")
        return f"]({site}{to})" if to else match[0]

    return _led(f"{page}.html", re.sub(r"\]\(([^)\s]+)\)", markdown, source), site)


def _led(page: str, html: str, site: str) -> str:
    """Return HTML whose links, written for a page, lead into the site."""

    def placed(match: re.Match[str]) -> str:
        to = target(page, match[1])
        return f'href="{site}{to}"' if to else match[0]

    return re.sub(r'href="([^"]*)"', placed, html)


def _closing(page: str, site: str) -> str:
    return (
        f"---\n\nThis notebook is [a page]({site}{page}.html) of {citation.text(citation.work())} "
        f"Code: MIT.\n\nTo run it again, unpack [the whole site]({site}{FOLDER}/book.zip) and call "
        "`make lab` in its folder. The numbers in the text are those of this run; in the plain "
        "text (.md) they are computed anew."
    )
