"""The picture that a shared link shows: the page's title beside its own first chart."""

from textwrap import wrap
from typing import Any
from xml.etree import ElementTree as Tree

import vl_convert as vlc
from markupsafe import Markup

from explainer.charts.figure import Figure, packed, svg
from explainer.site.document import render
from explainer.theme import FONT, Canvas, light

# what Open Graph's readers ask for: https://developers.facebook.com/docs/sharing/webmasters/images
WIDTH, HEIGHT = 1200, 630
_LEFT, _TOP, _COLUMN, _CHART = 56, 56, 380, 680
_EDGE = 44  # px: around a card that is one chart
_TITLE, _SMALL, _CHARACTER = 46, 24, 0.55  # px, px, mean advance in ems of bold Arial


def card(title: str, book: str, drawing: str) -> bytes:
    """Return the PNG of a card: the page's title, the book's, the upper part of a chart, if any."""
    column = _COLUMN if drawing else WIDTH - 2 * _LEFT
    lines = wrap(title, int(column / (_TITLE * _CHARACTER)))
    texts = [
        (_LEFT, round(_TOP + _TITLE + i * _TITLE * 1.2), _TITLE, "bold", line)
        for i, line in enumerate(lines)
    ]
    texts.append((_LEFT, HEIGHT - 60, _SMALL, "normal", book))
    return _drawn(texts, HEIGHT - 108, _placed(drawing) if drawing else "")


def whole(figure: Figure, book: str) -> bytes:
    """Return the PNG of a card that is one chart, drawn for it, over the book's name."""
    drawing = Tree.fromstring(svg(figure.on(Canvas("wide", 880, 30, 17, 14)).to_dict()))
    wide, high = float(drawing.get("width", "880")), float(drawing.get("height", "420"))
    scale = min((WIDTH - 2 * _EDGE) / wide, (HEIGHT - 2 * _EDGE - _SMALL) / high)
    size = {"width": f"{wide * scale:g}", "height": f"{high * scale:g}"}
    drawing.attrib |= {"x": f"{_EDGE}", "y": f"{_EDGE / 2:g}", **size}
    name = (_EDGE + 4, f"{HEIGHT - _EDGE / 2:g}", _SMALL, "normal", book)
    return _drawn([name], None, Tree.tostring(drawing, encoding="unicode"))


def _drawn(texts: list[tuple[Any, ...]], rule: int | None, drawing: str) -> bytes:
    """Return a card: texts (x, y, size, weight, words), a short rule at a height, a chart."""
    card = render(
        "card.svg", width=WIDTH, height=HEIGHT, font=FONT, texts=texts, left=_LEFT, rule=rule,
        drawing=Markup(drawing), paper=light("paper"), ink=light("ink"), accent=light("accent"),
    )  # fmt: skip
    return packed(vlc.svg_to_png(card, scale=1))


def icon(drawing: str, size: int) -> bytes:
    """Return a square drawing as a PNG of `size` pixels."""
    side = float(Tree.fromstring(drawing).get("viewBox", "0 0 32 32").split()[2])
    return packed(vlc.svg_to_png(drawing, scale=size / side))


def _placed(drawing: str) -> str:
    """Return a chart as a nested SVG: full width, from its top, cut or centred in height."""
    chart = Tree.fromstring(drawing)
    wide, high = float(chart.get("width", "720")), float(chart.get("height", "600"))
    scale, room = _CHART / wide, HEIGHT - _TOP
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
