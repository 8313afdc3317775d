"""Each chart by itself: a page for the frame of another site, and beside the chart how to embed and cite it."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from textwrap import shorten

from explainer.data.rows import book_rows
from explainer.data.tables import book as tables
from explainer.site.publish import citation
from explainer.site.publish.address import address as site_address
from explainer.site.publish.metadata import ICON
from explainer.site.publish.page_files import change, relinked
from explainer.theme import css
from explainer.words.sources import date_of, in_time

STYLE = "embed.css"
_FIGURE = re.compile(
    r'<figure class="chart" id="fig-([a-z0-9-]+)">(.*?)<div class="beside">(.*?)</div></figure>',
    re.S,
)
_WIDE = 660  # px: the viewport from which the wide drawing shows, in a page with margins
_WIDEST, _NARROWEST, _EDGE = (
    728,
    416,
    24,
)  # px: how far the drawings grow, as embed.css has it, and its padding on both sides
_LINE, _LINK, _AIR = (
    21,
    25,
    45,
)  # px: a line of text below the drawing, one of links, and the space between all of them
_NAMED = 40  # characters that a link to an article takes, its space included


@dataclass(frozen=True)
class Chart:
    """A chart as it stands in its chapter: `drawn` is all of its HTML but downloads and table."""

    name: str
    page: str
    drawn: str

    @property
    def finding(self) -> str:
        """The title that the drawing carries for those who cannot see it."""
        return unescape(re.search(r"<title[^>]*>([^<]*)</title>", self.drawn)[1])

    @property
    def anchor(self) -> str:
        """The chart's place in the site."""
        return f"{self.page}.html#fig-{self.name.replace('_', '-')}"


def charts(site: Path) -> None:
    """Write `figures/<name>.html` for each chart, and put into each chapter how to embed and cite its charts.

    ValueError where a chart of `figures/` does not stand in a page, or not as `explainer.pages.figure` writes it.
    """
    book, address, made = citation.work(), site_address(), {}

    def completed(page: str, html: str) -> str:
        for chart in found(page, html):
            made[f"{chart.name}.html"] = alone(chart, book, address)
        return _FIGURE.sub(
            lambda m: (
                m[0].removesuffix("</div></figure>")
                + details(_chart(page, m), book, address)
                + "</div></figure>"
            ),
            html,
        )

    change(site, completed)
    if missing := {path.stem for path in (site / "figures").glob("*.csv")} - {
        Path(name).stem for name in made
    }:
        raise ValueError(
            f"no page shows the chart {min(missing)}, or not in a form that can be embedded"
        )
    made[STYLE] = css() + Path(__file__).with_name(STYLE).read_text(encoding="utf-8")
    for name, content in made.items():
        (site / "figures" / name).write_text(content, encoding="utf-8")


def found(page: str, html: str) -> Iterator[Chart]:
    """Yield the charts that a page shows."""
    return (_chart(page, match) for match in _FIGURE.finditer(html))


def _chart(page: str, match: re.Match) -> Chart:
    return Chart(match[1].replace("-", "_"), page, match[2])


def alone(chart: Chart, book: citation.Work, address: str = "") -> str:
    """Return the page of one chart: drawing, caption, licence, the way to its chapter; no script, links in a new tab."""
    drawn = relinked(chart.page, chart.drawn).replace(" hidden>", ">")
    drawn = re.sub(r"<a (?=[^>]*href=)", '<a target="_blank" rel="noopener" ', drawn)
    home = (
        f'<link rel="canonical" href="{escape(address + chart.page, quote=True)}.html">'
        if address
        else ""
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="description" content="{escape(_description(chart), quote=True)}"><title>{escape(chart.finding)}</title>{home}'
        f'<link rel="icon" href="../{ICON}"><link rel="stylesheet" href="{STYLE}"></head>\n'
        f'<body><figure class="chart">{drawn}</figure>\n{sources(chart)}<p class="home"><a target="_blank" rel="noopener" href="../{chart.anchor}">Every row with its exact words: '
        f"{escape(_name(book))}</a> {escape(book.licence)}</p></body></html>\n"
    )


def sources(chart: Chart) -> str:
    """Return from which articles the marks of a chart are drawn, in order of publication; "" where the chart says so itself."""
    if 'class="sources"' in chart.drawn:
        return ""
    known, marks = book_rows(), set(re.findall(r'href="[^"#]*#([^"]+)"', chart.drawn))
    ids = {known[i].source_id or i for i in marks if i in known}
    named = [
        f"{a['outlet']}, {date_of(a)}"
        for _, a in in_time(tables()).iterrows()
        if a["source_id"] in ids
    ]
    return f'<p class="sources">Drawn from {escape("; ".join(named))}</p>' if named else ""


def details(chart: Chart, book: citation.Work, address: str = "") -> str:
    """Return what a chapter says beside a chart: the frame to paste, the citation as text and BibTeX, the licence."""
    at = address and address + chart.anchor
    hint = "" if address else " Put the address of this site before <code>figures/</code>."
    up = "../" * chart.page.count("/")
    return (
        '<details class="cite"><summary>Embed or cite</summary>'
        f'<p>Paste this into a page, and the chart stands there without a script, <a href="{up}figures/{chart.name}.html">as it looks here</a>.{hint}</p>'
        f"{_copy(frame(chart, address), 'HTML to embed the chart')}<p>Cite it as</p>"
        f"{_copy(citation.text(book, chart.finding, at), 'Citation as text')}"
        f"{_copy(citation.bibtex(book, f'staying-or-leaving-{chart.name}', chart.finding, at), 'Citation as BibTeX')}"
        f"<p>{escape(book.licence)}: use it freely and name the book. Where you repeat an article’s exact words, name the article.</p></details>"
    )


def frame(chart: Chart, address: str = "") -> str:
    """Return the `<iframe>` that embeds a chart, as high as its drawing and text at the width of a desk and of a phone.

    The height is a formula of CSS, because a frame without a script cannot tell how high it is: on a phone the narrow
    drawing shows, whose height grows with its width. Where style attributes are forbidden, `height` holds.
    """
    (wide, tall), (narrow, high) = (
        [
            float(n)
            for n in re.search(
                r'<svg[^>]*? width="([\d.]+)"[^>]*? height="([\d.]+)"|$', part
            ).groups("0")
        ]
        for part in _compositions(chart)
    )
    desk = round(tall / wide * _WIDEST + _text(chart, 95))
    phone = f"min(min(100vw - {_EDGE}px,{_NARROWEST}px)*{high / narrow:.2f} + {_text(chart, 42)}px,({_WIDE}px - 100vw)*999)"
    return (
        f'<iframe src="{escape(address, quote=True)}figures/{chart.name}.html" title="{escape(chart.finding, quote=True)}" width="100%" height="{desk}" '
        f'style="border:0;height:max({desk}px,{phone})" loading="lazy"></iframe>'
    )


def _compositions(chart: Chart) -> tuple[str, str]:
    wide, _, narrow = chart.drawn.partition('<div class="narrow"')
    return wide, narrow


def _text(chart: Chart, characters: int) -> int:
    """Return how high the text below a drawing stands, in px, where a line holds so many characters."""
    high = _LINE * math.ceil(90 / characters) + _AIR
    for block in re.findall(
        r'<figcaption>.*?</figcaption>|<p class="\w+">.*?</p>', chart.drawn + sources(chart), re.S
    ):
        plain, links = re.subn(r"<a\b.*?</a>", "", block, flags=re.S)
        high += _LINE * math.ceil(
            len(re.sub(r"<[^>]+>", "", plain)) / characters
        ) + _LINK * math.ceil(links / max(1, characters // _NAMED))
    return high


def _description(chart: Chart) -> str:
    """Return the chart's caption, cut to what a search engine shows."""
    caption = re.search(r"<figcaption>(.*?)</figcaption>", chart.drawn, re.S)
    text = re.sub(r"<[^>]+>", "", unescape(caption[1])) if caption else chart.finding
    return shorten(text, 160, placeholder=" …")


def _copy(text: str, name: str) -> str:
    return f'<pre class="copy" tabindex="0" aria-label="{name}">{escape(text)}</pre>'


def _name(book: citation.Work) -> str:
    """Return the book's title without its second half."""
    return re.split(r"(?<=[?:]) ", book.title)[0].rstrip(":")
