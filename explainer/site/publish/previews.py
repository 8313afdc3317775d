"""The picture that a shared link shows: the page's title beside its own first chart."""

from html import escape
from textwrap import wrap
from xml.etree import ElementTree as Tree

import vl_convert as vlc

from explainer.charts.figure import Figure, packed, svg
from explainer.theme import FONT, Canvas, light

WIDTH, HEIGHT = (
    1200,
    630,
    # what Open Graph's readers ask for:
    # https://developers.facebook.com/docs/sharing/webmasters/images
)
_LEFT, _TOP, _COLUMN, _CHART = 56, 56, 380, 680
_EDGE = 44  # px: around a card that is one chart
_TITLE, _SMALL, _CHARACTER = 46, 24, 0.55  # px, px, mean advance in ems of bold Arial
_SVG = "http://www.w3.org/2000/svg"


def card(title: str, book: str, drawing: str) -> bytes:
    """Return the PNG of a card: the page's title, the book's, and the upper part of a chart, an
    SVG ("" for none), at a size that can be read.
    """
    column = _COLUMN if drawing else WIDTH - 2 * _LEFT
    lines = wrap(title, int(column / (_TITLE * _CHARACTER)))
    size = f'font-family="{escape(FONT, quote=True)}" fill="{light("ink")}"'
    text = "".join(
        f'<text x="{_LEFT}" y="{_TOP + _TITLE + i * _TITLE * 1.2:.0f}" font-size="{_TITLE}"'
        f' font-weight="bold" {size}>{escape(line)}</text>'
        for i, line in enumerate(lines)
    )
    foot = (
        f'<rect x="{_LEFT}" y="{HEIGHT - 108}" width="64" height="6" fill="{light("accent")}"/>'
        f'<text x="{_LEFT}" y="{HEIGHT - 60}" font-size="{_SMALL}" {size}>{escape(book)}</text>'
    )
    return packed(
        vlc.svg_to_png(
            f'<svg xmlns="{_SVG}" width="{WIDTH}" height="{HEIGHT}"><rect width="{WIDTH}"'
            f' height="{HEIGHT}" fill="{light("paper")}"/>{text}{foot}'
            f"{_placed(drawing) if drawing else ''}</svg>",
            scale=1,
        )
    )


def whole(figure: Figure, book: str) -> bytes:
    """Return the PNG of a card that is one chart, drawn for it, over the book's name."""
    drawing = Tree.fromstring(svg(figure.on(Canvas("wide", 880, 30, 17, 14)).to_dict()))
    wide, high = float(drawing.get("width", "880")), float(drawing.get("height", "420"))
    scale = min((WIDTH - 2 * _EDGE) / wide, (HEIGHT - 2 * _EDGE - _SMALL) / high)
    drawing.attrib |= {
        "x": f"{_EDGE}",
        "y": f"{_EDGE / 2:g}",
        "width": f"{wide * scale:g}",
        "height": f"{high * scale:g}",
    }
    size = {"width": f"{WIDTH}", "height": f"{HEIGHT}"}
    card = Tree.Element(f"{{{_SVG}}}svg", size)
    Tree.SubElement(card, f"{{{_SVG}}}rect", size | {"fill": light("paper")})
    card.append(drawing)
    style = {"font-family": FONT, "font-size": f"{_SMALL}", "fill": light("ink")}
    place = {"x": f"{_EDGE + 4}", "y": f"{HEIGHT - _EDGE / 2:g}"}
    Tree.SubElement(card, f"{{{_SVG}}}text", place | style).text = book
    return packed(vlc.svg_to_png(Tree.tostring(card, encoding="unicode"), scale=1))


def icon(drawing: str, size: int) -> bytes:
    """Return a square drawing as a PNG of `size` pixels."""
    side = float(Tree.fromstring(drawing).get("viewBox", "0 0 32 32").split()[2])
    return packed(vlc.svg_to_png(drawing, scale=size / side))


def _placed(drawing: str) -> str:
    """Return a chart as a nested SVG: full width, from its top, cut or centred in height."""
    chart = Tree.fromstring(drawing)
    wide, high = float(chart.get("width", "720")), float(chart.get("height", "600"))
    scale = _CHART / wide
    room = HEIGHT - _TOP
    shown = min(high * scale, room)
    top = _TOP if shown == room else (HEIGHT - shown) / 2
    chart.attrib |= {
        "x": f"{WIDTH - _CHART - 24}",
        "y": f"{top:.1f}",
        "width": f"{_CHART}",
        "height": f"{shown:.1f}",
        "viewBox": f"0 0 {wide:g} {shown / scale:.1f}",
        "overflow": "hidden",
    }
    return Tree.tostring(chart, encoding="unicode")
