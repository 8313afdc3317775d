"""One style sheet of many: joined, without rules that no page can use, minified."""

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from os.path import relpath
from pathlib import Path
from typing import Any

import tinycss2
from lxml import etree
from lxml.html import HtmlElement

_NESTED = ("media", "supports", "layer", "container")
_WORD = re.compile(r"[\w-]+")
_COMMENT = re.compile(r"/\*.*?\*/|(?<=\s)// [^\n]*", re.S)


@dataclass
class Rule:
    """A rule of a style sheet: what is before its braces, its declarations or inner rules."""

    head: str
    declarations: list[tuple[str, str]]
    rules: list["Rule"]

    def __str__(self) -> str:
        inner = ";".join(f"{name}:{value}" for name, value in self.declarations)
        return f"{self.head}{{{inner}{''.join(map(str, self.rules))}}}"


# ---------------------------------------------------------------- what the pages use
def vocabulary(pages: Iterable[HtmlElement], scripts: Iterable[str]) -> set[str]:
    """Return every tag, `.class`, `#id` and `[attribute` of the pages, and every word of the
    scripts, but their comments, as each of the four: a script names what it makes (the method of
    PurgeCSS).
    """
    words = {word for script in scripts for word in _WORD.findall(_COMMENT.sub("", script))}
    tags, attributes, ids, classes = set(words), set(words), set(words), set(words)
    for element in (e for page in pages for e in page.iter(etree.Element)):
        tags.add(element.tag)
        attributes.update(element.keys())
        ids.add(element.get("id", ""))
        classes.add(element.get("class", ""))
    classes = {word for value in classes for word in value.split()}
    kinds = {"": tags, ".": classes, "#": ids, "[": attributes}
    return {sign + name for sign, names in kinds.items() for name in names}


def known(names: Set[str], sheets: Iterable[str]) -> set[str]:
    """Return those of `names` whose words stand in the sheets' texts: no rule asks for others."""
    words = set(_WORD.findall("\n".join(sheets).replace("\\", "").lower()))  # no escapes
    return {name for name in names if words.issuperset(_WORD.findall(name.lower()))}


# ---------------------------------------------------------------- rules
def rules(sheet: Path, base: Path, used: set[str] | None = None) -> list[Rule]:
    """Return the rules of a style sheet and its imports, with addresses as from the folder `base`;
    with `used`, a vocabulary, without selectors that need another name, and without fonts.
    """
    parsed = tinycss2.parse_stylesheet(sheet.read_text(encoding="utf-8"), True, True)
    return list(_rules(parsed, sheet, base, used))


def _rules(parsed: Any, sheet: Path, base: Path, used: set[str] | None) -> Iterator[Rule]:
    for rule in parsed:
        if rule.type == "qualified-rule":
            selectors = (s for s in _selectors(rule.prelude) if used is None or _needs(s) <= used)
            if chosen := ",".join(map(_text, selectors)):
                yield Rule(chosen, _declarations(rule.content, sheet, base), [])
        elif rule.type == "at-rule" and rule.at_keyword == "import":
            name = next(t.value for t in rule.prelude if t.type in ("string", "url"))
            yield from rules(sheet.parent / name, base, used)
        elif rule.type == "at-rule" and rule.content is not None:
            head = f"@{rule.at_keyword} {_text(rule.prelude)}".rstrip()
            if rule.at_keyword in _NESTED or rule.at_keyword.endswith("keyframes"):
                inner = tinycss2.parse_rule_list(rule.content, True, True)
                names = used if rule.at_keyword in _NESTED else None
                yield Rule(head, [], list(_rules(inner, sheet, base, names)))
            elif used is None or rule.at_keyword != "font-face":
                yield Rule(head, _declarations(rule.content, sheet, base), [])


def _selectors(prelude: Any) -> Iterator[list[Any]]:
    part: list[Any] = []
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _needs(selector: list[Any]) -> set[str]:
    """Return the names without which a selector matches nothing: none in `:not()` and its like."""
    names, before = set(), ""
    for token in selector:
        if token.type == "hash":
            names.add(f"#{token.value}")
        elif token.type == "[] block":
            names.update(f"[{t.lower_value}" for t in token.content[:1] if t.type == "ident")
        elif token.type == "ident" and before != ":":
            names.add(f".{token.value}" if before == "." else token.lower_value)
        before = token.value if token.type == "literal" else ""
    return names


def _declarations(content: Any, sheet: Path, base: Path) -> list[tuple[str, str]]:
    def moved(match: re.Match[str]) -> str:
        if match[2].startswith(("data:", "#", "%23")):
            return match[0]
        return f'url("{relpath(sheet.parent / match[2], base)}")'

    found = []
    for part in tinycss2.parse_blocks_contents(content, True, True):
        if part.type == "declaration":
            value = re.sub(r"""url\((["']?)([^"')]*)\1\)""", moved, _text(part.value))
            found.append((part.name, value + "!important" * part.important))
    return found


def _text(tokens: Any) -> str:
    """Return tokens as CSS with the least white space; strings and addresses stay."""
    parts = [
        "" if t.type == "comment" else " " if t.type == "whitespace" else t.serialize()
        for t in tokens
    ]
    text = "".join(parts).strip()
    if '"' in text or "'" in text or "url(" in text:
        return text
    return re.sub(r"\s*,\s*", ",", re.sub(r"\s+", " ", text))


# ---------------------------------------------------------------- names
def pruned(found: list[Rule], elsewhere: Set[str] = frozenset()) -> list[Rule]:
    """Return the rules without animations and custom properties that nothing uses, or none."""
    while True:
        text = "".join(map(str, found))
        known = elsewhere | set(re.findall(r"var\(\s*(--[\w-]+)", text))
        moving = set(_WORD.findall(" ".join(re.findall(r"animation(?:-name)?:([^;}]*)", text))))
        less = list(_pruned(found, known, moving))
        if "".join(map(str, less)) == text:
            return less
        found = less


def _pruned(found: list[Rule], known: Set[str], moving: set[str]) -> Iterator[Rule]:
    for rule in found:
        if re.match("@.*keyframes ", rule.head) and rule.head.split()[-1] not in moving:
            continue
        named = [(n, v) for n, v in rule.declarations if not n.startswith("--") or n in known]
        inner = list(_pruned(rule.rules, known, moving))
        if named or inner:
            yield Rule(rule.head, named, inner)
