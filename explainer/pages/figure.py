"""A figure as HTML: the drawing as inline SVG in two compositions, caption, articles, data, downloads."""

import re
from html import escape
from xml.etree import ElementTree as Tree

import pandas as pd
from IPython import get_ipython

from explainer.charts.figure import Figure, svg
from explainer.data.rows import RECORD, address, article_of, events_of
from explainer.data.tables import Tables
from explainer.theme import COLOURS, DESK
from explainer.words import truncate
from explainer.words.sources import date_of, in_time

ROWS = (150, 30)  # a table of more rows shows the first ones
_IDS = (24, 6)  # links in one cell, likewise
_SVG = "http://www.w3.org/2000/svg"
_LINKS = f".//{{{_SVG}}}a"
_LINK = "{http://www.w3.org/1999/xlink}href"
_NAMES = {pair[0]: f"--c-{name}" for name, pair in COLOURS.items()}
Tree.register_namespace("", _SVG)
Tree.register_namespace("xlink", "http://www.w3.org/1999/xlink")


def show_in_notebooks() -> None:
    """Make IPython show a figure as this module writes it out. Nothing happens outside a notebook."""
    if shell := get_ipython():
        shell.display_formatter.mimebundle_formatter.for_type(Figure, mimebundle)


def mimebundle(plate: Figure, include: object = None, exclude: object = None) -> dict[str, str]:
    """Return what a notebook keeps of a figure: HTML and text."""
    return {"text/html": html(plate), "text/plain": f"<{plate.name}: {plate.finding}>"}


def html(plate: Figure) -> str:
    """Return the `<figure>` of a chapter page: complete without a script, every value of the data escaped."""
    name, up = plate.name, root(plate.chapter)
    data = table(plate.data, plate.finding, plate.tables, f"../figures/{name}.csv")
    wide, narrow = (
        inline(plate, canvas) for canvas in ("wide", "narrow")
    )  # hidden: without the site's CSS one is enough
    drawings = f'<div class="wide">{wide}</div><div class="narrow" hidden>{narrow}</div>'
    links = "".join(
        f'<a href="{up}figures/{name}.{end}" download>{text}</a>'
        for end, text in (("svg", "SVG"), ("png", "PNG"), ("csv", "CSV"), ("vl.json", "Vega-Lite"))
    )
    return at(
        plate.chapter,
        f'<figure class="chart" id="{plate.label}">{drawings}'
        f"<figcaption>{escape(plate.caption)}</figcaption>{sources(plate)}"
        f'<div class="beside"><details><summary>The data, row by row</summary>{data}</details>'
        f'<p class="take"><a href="#{plate.label}">Link</a>{links}</p></div></figure>',
    )


def sources(plate: Figure) -> str:
    """Return the articles that the rows of a figure's data come from, in order of publication, each leading to its page."""
    drawn = {
        article_of(plate.tables, row) for cell in plate.data["row"] for row in str(cell).split()
    }
    named = [
        f'<a href="{escape(address(plate.tables, a["source_id"]), quote=True)}">{escape(a["outlet"])}, {date_of(a)}</a>'
        for _, a in in_time(plate.tables).iterrows()
        if a["source_id"] in drawn
    ]
    opens = "its exact words" if named else "its proof"
    if RECORD in drawn:
        named.append(
            f'<a class="context" href="../evidence/{RECORD}.html">{"context: " if named else ""}the record beyond the articles</a>'
        )
    return (
        f'<p class="sources"><span class="hint">A mark opens {opens}, by click, tap or Enter. </span>Drawn from {" ".join(named)}</p>'
        if named
        else ""
    )


def root(chapter: str) -> str:
    """Return the way from a chapter's page to the root of the site: the landing page stands there itself."""
    return "" if chapter == "index" else "../"


def at(chapter: str, text: str) -> str:
    """Return HTML written for a page in `chapters/` or `evidence/` with its links set right for `chapter`."""
    return text.replace('href="../', 'href="') if chapter == "index" else text


def inline(plate: Figure, canvas: str) -> str:
    """Return one composition as SVG for a page.

    Colours become the page's custom properties (so the drawing follows the theme), ids become unique in the
    page, the title and the description are put in (vl-convert drops both). A mark or a label whose `href` names rows,
    `trp-0001 stm-0002`, becomes `<a href="(address of the first)" data-rows="trp-0001 stm-0002" data-events="(what these
    rows speak of)" aria-label="(its description, or its own text)">`, which `_static/charts.js` answers by. Of several
    that lead to the same rows the first is the stop for the keyboard.
    """
    drawing = Tree.fromstring(svg(plate.drawn(canvas)))
    prefix, stops = f"{plate.label}-{canvas}", set()
    links = drawing.findall(_LINKS)
    names = [_name(link) for link in links]  # before the marks' own labels are taken out
    for element in drawing.iter():
        for name, value in list(element.attrib.items()):
            if name in ("role", "aria-roledescription", "aria-hidden", "aria-label"):
                del element.attrib[name]
            elif name == "id":
                element.set(name, f"{prefix}-{value}")
            else:
                element.set(name, recoloured(value, plain=True).replace("url(#", f"url(#{prefix}-"))
    for link, name in zip(links, names, strict=True):
        rows = (link.attrib.pop("href", "") or link.get(_LINK, "")).split()
        link.attrib.clear()
        link.attrib |= {
            _LINK: address(plate.tables, rows[0]),
            "data-rows": " ".join(rows),
            "aria-label": name,
        }  # JupyterLab fails to set an SVG link's `href`; the site has it
        if events := events_of(plate.tables, rows):
            link.set("data-events", " ".join(events))
        if frozenset(rows) in stops:
            link.set("tabindex", "-1")
        stops.add(frozenset(rows))
    told = plate.description.replace(
        f"{plate.finding.rstrip('.')}. ", ""
    )  # the name says it already: nobody wants to hear it twice
    for text, tag in ((told, "desc"), (plate.finding, "title")):
        child = Tree.Element(f"{{{_SVG}}}{tag}", id=f"{prefix}-{tag}")
        child.text = text
        drawing.insert(0, child)
    if plate.canvases[0] is DESK:
        drawing.set("data-desk", "")
    drawing.set("role", "group" if names else "img")
    drawing.set("aria-labelledby", f"{prefix}-title")
    drawing.set("aria-describedby", f"{prefix}-desc")
    return Tree.tostring(drawing, encoding="unicode")


def _name(link: Tree.Element) -> str:
    """Return the accessible name of a link: the description of the mark inside it, or its text."""
    label = next((e.get("aria-label") for e in link.iter() if e.get("aria-label")), None)
    return " ".join((label or " ".join(link.itertext())).split()) or "Exact words"


def recoloured(text: str, plain: bool = False) -> str:
    """Return `text` with the book's colours as the page's custom properties.

    With `plain` each keeps its colour on light paper, for where there is no page: a notebook that is run again.
    """

    def named(match: re.Match) -> str:
        name = _NAMES.get(match[0].lower())
        return f"var({name}{',' + match[0] if plain else ''})" if name else match[0]

    return re.sub(r"#[0-9a-f]{6}\b", named, text, flags=re.I)


def proof_link(tables: Tables, row: str, text: str) -> str:
    """Return a link to the exact words behind the row with the id `row`. KeyError if there is none."""
    return f'<a class="proof" href="{escape(address(tables, row), quote=True)}">{escape(text)}</a>'


def table(
    frame: pd.DataFrame,
    name: str = "The data",
    tables: Tables | None = None,
    csv: str = "",
    stacked: bool = False,
) -> str:
    """Return a DataFrame as an HTML table. A column `row` holds ids of rows of `tables` (joined by spaces) and becomes links.

    Of a long table the first rows are shown; `csv` is the address of the file that holds all. On a phone each row of a
    `stacked` table is a block, its cells one below the other.
    """
    columns = [c for c in frame.columns if c != "row"]
    proof = "row" in frame.columns
    names = [*columns, *["Exact words"] * proof]
    head = "".join(f'<th scope="col">{escape(str(c))}</th>' for c in names)
    opening = [
        f'<td data-label="{escape(str(c), quote=True)}">' if stacked else "<td>" for c in names
    ]
    body = []
    shown = truncate.first(frame, *ROWS)
    for record in shown.to_dict("records"):
        cells = "".join(
            f"{td}{escape(_shown(record[c]))}</td>" for td, c in zip(opening, columns, strict=False)
        )
        if proof:
            ids = str(record["row"]).split()
            kept = truncate.first(ids, *_IDS)
            cells += (
                opening[-1]
                + " ".join(proof_link(tables, i, i) for i in kept)
                + truncate.more(len(kept), len(ids))
                + "</td>"
            )
        body.append(f"<tr>{cells}</tr>")
    kind = "data stacked" if stacked else "data"
    return scrolled(
        f'<table class="{kind}"><thead><tr>{head}</tr></thead><tbody>{"".join(body)}</tbody></table>',
        name,
    ) + truncate.told(len(shown), len(frame), "rows", csv)


def scrolled(inner: str, name: str) -> str:
    """Return HTML in a box that scrolls by itself, also by keyboard, so that no page is wider than a screen."""
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(name, quote=True)}">{inner}</div>'


def _shown(value: object) -> str:
    return "" if value is None or value is pd.NA or value != value else str(value)
