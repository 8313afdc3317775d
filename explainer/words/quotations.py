"""Exact words as they are quoted, and the address that shows them in their article."""

from urllib.parse import quote


def quoted(words: str) -> str:
    """Return exact words in double quotation marks, marks inside them as single ones."""
    return f"“{inner(words)}”"


def inner(words: str) -> str:
    """Return exact words as inside quotation marks: their own double marks single."""
    return words.replace("“", "‘").replace("”", "’").replace('"', "'")


def fragment(address: str, words: str) -> str:
    """Return the address with a text fragment (WICG): a browser shows the first run of words."""
    run = words.split(" … ")[0].strip("“”‘’'\".,")
    return f"{address}#:~:text={quote(run, safe='').replace('-', '%2D')}"
