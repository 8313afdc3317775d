"""The letters of the PDFs: Arimo, as wide as the Arial that the charts are composed for. Without it
machines that lack such a font print wider letters, and words in charts lie over each other.
"""

from base64 import b64encode
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"  # Latin letters only; licence: ofl.txt
FACES = {
    "regular": ("400", "normal"),
    "bold": ("700", "normal"),
    "italic": ("400", "italic"),
    "bold-italic": ("700", "italic"),
}


@cache
def style() -> str:
    """Return the CSS that puts these letters in place of every font but that of code."""
    faces = ""
    for name, (weight, slant) in FACES.items():
        letters = b64encode((FOLDER / f"arimo-{name}.woff2").read_bytes()).decode()
        face = f"font-family:Arial;font-weight:{weight};font-style:{slant};"
        faces += f"@font-face{{{face}src:url(data:font/woff2;base64,{letters})}}"
    names = ("--pst-font-family-base", "--pst-font-family-heading", "font-family")
    return f"{faces}html,body{{{';'.join(f'{name}:Arial,sans-serif' for name in names)}}}"
