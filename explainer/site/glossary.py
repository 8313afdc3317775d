"""The first time a page names a term of the glossary, the name leads to its explanation at the end
of the page: print shows it there, a screen in the panel of the proofs.
"""

import re
from copy import deepcopy
from dataclasses import dataclass

from lxml.html import HtmlElement
from lxml.html.builder import A

from explainer.data.manifest import pages
from explainer.site.document import Site, Text, append, inner, render, rewrite, text_of

PAGE = "chapters/people.html"  # where the glossary stands
_TEXT = (  # running text: not what is drawn, listed, quoted, a link or a heading already
    ".//text()[ancestor::p and not(ancestor::a or ancestor::figure or"
    " ancestor::table or ancestor::details or ancestor::dl or ancestor::code or"
    " ancestor::*[contains(@class, 'words') or contains(@class, 'people')])]"
)


@dataclass(frozen=True)
class Term:
    """An entry of the glossary: its anchor, its names, its explanation as the page has it."""

    anchor: str
    names: tuple[str, ...]
    explanation: HtmlElement


def add_terms(site: Site) -> None:
    """Explain on each page of the contents the terms of the glossary that it names."""
    terms = glossary(site.pages[PAGE])
    for name in pages():
        page = f"{name}.html"
        named = link(next(site.pages[page].iter("article")), terms)
        if named and page != PAGE:
            _explain(site.pages[page], page, named)


def glossary(tree: HtmlElement) -> list[Term]:
    """Return the entries of a page's glossary."""
    terms: list[Term] = []
    names: dict[str, str] = {}
    for element in tree.xpath("//dl[contains(@class, 'glossary')]/*"):
        if element.tag == "dt":
            names[text_of(element).removesuffix("#")] = element.get("id")
        else:
            terms.append(Term(next(iter(names.values())), tuple(names), element))
            names = {}
    return terms


def link(article: HtmlElement, terms: list[Term]) -> list[Term]:
    """Link each term where the running text of `article` names it first; return those named."""
    known = {name.lower(): term for term in terms for name in term.names}
    named: list[Term] = []
    for text in article.xpath(_TEXT):
        place = Text(text.getparent(), text.is_tail)
        while found := _first(place.text, known, named):
            term = known[found[0].lower()]
            named.append(term)
            rows = [e.get("data-rows") for e in term.explanation.find_class("numeral")]
            made = A(found[0], {"class": "term", "href": f"#{term.anchor}"})
            made.set("data-rows", " ".join(rows))
            place.put(made, *found.span())
            place = Text(made, True)
    return named


def _first(text: str, known: dict[str, Term], named: list[Term]) -> re.Match[str] | None:
    """Return where a text first names a term that the page has not named yet."""
    wanted = sorted((name for name, term in known.items() if term not in named), key=len)
    if not text or not wanted:
        return None
    names = "|".join(map(re.escape, wanted[::-1]))
    return re.search(rf"(?<![\w-])(?:{names})(?![\w-])", text, re.IGNORECASE)


def _explain(tree: HtmlElement, page: str, terms: list[Term]) -> None:
    """Write the explanations of terms at the end of a page."""
    up = "../" * page.count("/")
    listed = []
    for term in terms:
        explanation = deepcopy(term.explanation)
        rewrite(explanation, PAGE, lambda to: up + to)
        listed.append({"anchor": term.anchor, "name": term.names[0], "says": inner(explanation)})
    append(next(tree.iter("article")), render("glossary.html", terms=listed))
