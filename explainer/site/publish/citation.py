"""How the book and each of its charts are cited: as text and as BibTeX, from `CITATION.cff`."""

from dataclasses import dataclass

from explainer.data.files import yaml_of
from explainer.paths import ROOT

_LICENCES = {"CC-BY-4.0": "CC BY 4.0"}
_BIBTEX = str.maketrans(
    {c: f"\\{c}" for c in "&%$#_{}"}
    | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}"}
)


@dataclass(frozen=True)
class Work:
    """The book as `CITATION.cff` names it, `year` "" where the file gives no day of release."""

    title: str
    authors: tuple[str, ...]
    version: str
    year: str
    licence: str


def work() -> Work:
    """Return the book as its citation file names it."""
    told = yaml_of((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    names = (a.get("name") or f"{a['given-names']} {a['family-names']}" for a in told["authors"])
    version, year = str(told["version"]), str(told.get("date-released", ""))[:4]
    licence = _LICENCES.get(told["license"], told["license"])
    return Work(told["title"], tuple(names), version, year, licence)


def text(book: Work, part: str = "", address: str = "") -> str:
    """Return a citation of the book, or of the `part` of it that has this title."""
    inside = f"“{part.rstrip('.')}.” In: " if part else ""
    year = f" ({book.year})" if book.year else ""
    edition = f"{sentence(book.title)} Version {book.version}. {book.licence}."
    return f"{', '.join(book.authors)}{year}. {inside}{edition} {address}".rstrip()


def bibtex(book: Work, key: str, part: str = "", address: str = "") -> str:
    """Return the same citation as a BibTeX entry with the given key."""
    fields = {
        "author": " and ".join(f"{{{a.translate(_BIBTEX)}}}" for a in book.authors),
        "title": f"{{{(part or book.title).translate(_BIBTEX)}}}",
        "year": book.year,
        "howpublished": f"In: {book.title.translate(_BIBTEX)}" if part else "",
        "url": address,
        "note": f"Version {book.version}. {book.licence}",
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{key},\n{lines}\n}}"


def sentence(title: str) -> str:
    """Return a title with a full stop, unless it ends a sentence by itself."""
    return title if title.rstrip("”’)").endswith(("?", "!", ".")) else f"{title}."
