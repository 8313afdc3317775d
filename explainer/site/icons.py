"""The glyphs of the theme's controls, in the page itself: none waits for a font."""

from lxml.html import HtmlElement

from explainer.site.document import append

# Nine of the 2,000 that the theme's markup asks of Font Awesome (0.3 MB), on a field of 24 by 24;
# style: book.css. As masks in
# the sheet, each an image of its own, they took a third of the time in which a phone styles a page:
# 30 of 100 ms.
GLYPHS = {
    "bars": '<path d="M3 6h18M3 12h18M3 18h18"/>',
    "list": '<path d="M9 6h12M9 12h12M9 18h12M3.5 6h.01M3.5 12h.01M3.5 18h.01"/>',
    "magnifying-glass": '<circle cx="10.5" cy="10.5" r="7"/><path d="m15.8 15.8 6 6"/>',
    "sun": (
        '<circle cx="12" cy="12" r="4.5" fill="currentColor"/><path d="M12 1.5v2M12 20.5v2M1.5'
        ' 12h2M20.5 12h2M4.6 4.6 6 6M18 18l1.4 1.4M4.6 19.4 6 18M18 6l1.4-1.4"/>'
    ),
    "moon": '<path d="M20.5 14.5A9 9 0 0 1 9.5 3.5a9 9 0 1 0 11 11Z" fill="currentColor"/>',
    "circle-half-stroke": (
        '<circle cx="12" cy="12" r="9.5"/><path d="M12 3.5a8.5 8.5 0 0 1 0 17Z"'
        ' fill="currentColor"/>'
    ),
    "arrow-up": '<path d="M12 21V4M5 11l7-7 7 7"/>',
    "angle-left": '<path d="m15 4-8 8 8 8"/>',
    "angle-right": '<path d="m9 4 8 8-8 8"/>',
}
_SIZES = ("fa-solid", "fa-lg")


def draw(tree: HtmlElement) -> None:
    """Draw each glyph that a page's markup asks for. ValueError for one not in GLYPHS."""
    for place in tree.find_class("fa-solid"):
        asked = next(name[3:] for name in place.classes if name not in _SIZES and name[:3] == "fa-")
        if asked not in GLYPHS:
            raise ValueError(
                f"the theme asks for the glyph {asked!r}, which explainer/site/icons.py does not"
                " draw"
            )
        append(place, f'<svg viewBox="0 0 24 24" aria-hidden="true">{GLYPHS[asked]}</svg>')
