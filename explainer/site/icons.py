"""The glyphs of the theme's controls, in the page itself: none waits for a font."""

from lxml.html import HtmlElement

from explainer.site.document import append, inner, parts, render

# As masks in the sheet, each an image of its own, they took a third of the time in which a phone
# styles a page: 30 of 100 ms.
GLYPHS = {glyph.get("id"): inner(glyph) for glyph in parts(render("glyphs.html"))}
_SIZES = ("fa-solid", "fa-lg")


def draw(tree: HtmlElement) -> None:
    """Draw each glyph that a page's markup asks for. ValueError for one not in GLYPHS."""
    for place in tree.find_class("fa-solid"):
        asked = next(name[3:] for name in place.classes if name not in _SIZES and name[:3] == "fa-")
        if asked not in GLYPHS:
            raise ValueError(f"the theme asks for the glyph {asked!r}: glyphs.html has none")
        append(place, f'<svg viewBox="0 0 24 24" aria-hidden="true">{GLYPHS[asked]}</svg>')
