"""Each chart by itself: a page for another site's frame, and how to embed and cite it."""

import math
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten

from lxml.html import HtmlElement

from explainer.site.document import Site, append, inner, links, parse, render, rewrite, text_of
from explainer.site.publish import citation
from explainer.site.publish.address import address as site_address
from explainer.theme import css

STYLE = "embed.css"
_EDGE = 24  # px: the padding of embed.css on both sides
# px, as embed.css has it: how far both drawings grow, and the viewport from which the wide shows
_WIDEST, _NARROWEST, _TURN = 1000, 480, 824
# px: a line of text below the drawing, one of links, and the space between all of them
_LINE, _LINK, _AIR = 21, 25, 45
_NAMED = 40  # characters that a link to an article takes, its space included


@dataclass(frozen=True)
class Chart:
    """A chart as it stands in a page: its `<figure>` without downloads and table, the id of that,
    the name of its files, the title that the drawing carries, its caption, its place in the site.
    """

    page: str
    drawn: HtmlElement
    label: str
    name: str
    finding: str
    caption: str
    anchor: str


def add_embeds(site: Site) -> None:
    """Add each chart's page and how to embed and cite it. ValueError for one on no page."""
    base, work, names = site_address(), citation.work(), set()
    for chart in list(charts(site)):
        names.add(chart.name)
        site.pages[f"figures/{chart.name}.html"] = alone(chart, work, base)
        [figure] = site.pages[chart.page].xpath(f"//figure[@id='{chart.label}']")
        append(figure.find_class("beside")[0], details(chart, work, base))
    if missing := {path.stem for path in (site.folder / "figures").glob("*.csv")} - names:
        raise ValueError(f"no page shows the chart {min(missing)}")
    style = css() + Path(__file__).with_name(STYLE).read_text(encoding="utf-8")
    (site.folder / "figures" / STYLE).write_text(style, encoding="utf-8")


def charts(site: Site) -> Iterator[Chart]:
    """Yield each chart that a page of a site shows."""
    for page, tree in site.pages.items():
        for figure in tree.xpath("//figure[@class='chart']"):
            yield found(page, figure)


def found(page: str, figure: HtmlElement) -> Chart:
    """Return the chart that a `<figure>` of a page shows."""
    drawn = deepcopy(figure)
    for beside in drawn.find_class("beside"):
        beside.drop_tree()
    label = str(drawn.get("id"))
    name = label.removeprefix("fig-").replace("-", "_")
    finding, caption = (text_of(next(drawn.iter(tag))) for tag in ("title", "figcaption"))
    return Chart(page, drawn, label, name, finding, caption, f"{page}#{label}")


def alone(chart: Chart, work: citation.Work, base: str = "") -> HtmlElement:
    """Return the page of one chart: no script, and links in a new tab."""
    drawn = deepcopy(chart.drawn)
    rewrite(drawn, chart.page, "../{}".format)
    for link, _, _ in links(drawn):
        link.attrib.update({"target": "_blank", "rel": "noopener"})
    for narrow in drawn.find_class("narrow"):
        narrow.attrib.pop("hidden", None)
    name = re.split(r"(?<=[?:]) ", work.title)[0].rstrip(":")  # without its second half
    said = shorten(chart.caption, 160, placeholder=" …")
    values = {"work": work, "base": base, "style": STYLE, "description": said, "book": name}
    return parse(render("embed.html", chart=chart, drawn=inner(drawn), **values))


def details(chart: Chart, work: citation.Work, base: str = "") -> str:
    """Return what a chapter says beside a chart: the frame to paste, citations, licence."""
    at, key = base and base + chart.anchor, f"staying-or-leaving-{chart.name}"
    copies = {
        "HTML to embed the chart": frame(chart, base),
        "Citation as text": citation.text(work, chart.finding, at),
        "Citation as BibTeX": citation.bibtex(work, key, chart.finding, at),
    }
    up = "../" * chart.page.count("/")
    return render("cite.html", chart=chart, up=up, base=base, copies=copies, work=work)


def frame(chart: Chart, base: str = "") -> str:
    """Return the `<iframe>` that embeds a chart, as high as drawing and text, on a desk and on a
    phone. Its height is a formula of CSS, since no script tells it: the narrow drawing grows with
    its width. Where style attributes are forbidden, `height` holds.
    """
    wide, narrow = (_ratio(chart.drawn, kind) for kind in ("wide", "narrow"))
    desk = round(wide * _WIDEST + _text_height(chart, 95))
    phone = (
        f"min(min(100vw - {_EDGE}px,{_NARROWEST}px)*{narrow:.2f} + {_text_height(chart, 42)}px,"
        f"({_TURN}px - 100vw)*999)"
    )
    return render("frame.html", chart=chart, base=base, desk=desk, phone=phone).strip()


def _ratio(figure: HtmlElement, composition: str) -> float:
    """Return the height of a composition divided by its width."""
    drawing = next(figure.find_class(composition)[0].iter("svg"))
    return float(drawing.get("height")) / float(drawing.get("width"))


def _text_height(chart: Chart, characters: int) -> int:
    """Return the height of the text below a drawing, in px, at so many characters a line."""
    high = _LINE * math.ceil(90 / characters) + _AIR
    for block in chart.drawn.iter("figcaption", "p"):
        inside = [text_of(link) for link in block.iter("a")]
        length = len(text_of(block)) - sum(map(len, inside))
        high += _LINE * math.ceil(length / characters)
        high += _LINK * math.ceil(len(inside) / max(1, characters // _NAMED))
    return high
