"""Where the words of a code or a name stand in a run of words, and to which a number belongs."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Set
from functools import lru_cache
from typing import Any

from explainer.check.numerals import Number, numbers
from explainer.data.dataset import Dataset
from explainer.data.evidence import fragments, places, words

Codes = list[dict[str, Any]]
Written = tuple[tuple[str, ...], ...]  # each code with its words
_WORD = re.compile(r"\w+(?:[-.,'’/:]\w+)*")
_APART = re.compile(  # '3 were killed, more than 30 …': the second number begins something new
    r"(?:[,;]|,? (?:and|but|while))(?: (?:more|less|fewer|than|at|least|as|many|about|around|over|"
    r"nearly|almost|some|roughly|approximately|another|an|estimated|up|to)){0,3} "
)
_OF_THEM = (("of", "them"), ("of", "which"), ("of", "whom"), ("of", "these"), ("of", "those"))
_OF_A_NAME = re.compile(
    r"([A-Z][\w’'-]+) \d{1,4}(?=$|[,.;:”)]| (?:in|on|at|near|since|and|or|as|with|by|that|which|"
    r"after|before|for|to|from|is|has|had|will)\b)"
)
_SPEAKERS = re.compile(
    r"(?: [\w.-]+){0,3}? (?:officials?|sources?|diplomats?|analysts?|witness(?:es)?|spokes\w+|"
    r"reporters?|lawmakers?|officers?)(?:,? (?:who|also|\w+ly))? "
    r"(?:said|says?|told|added|claimed|confirmed|announced)\b"
)
_PLURAL = re.compile(r"(?<=.{3}[^sui])s$")
_BETWEEN = ("the", "next", "last", "past", "coming")  # 'over the next 12 months' is no hedge of 12


def stems(run: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of `run` without a possessive 's."""
    return tuple(word.removesuffix("'s") for word in run)


@lru_cache(maxsize=1 << 14)
def singular(run: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of `run` without a possessive or a plural s, no faults around a term."""
    return tuple(_PLURAL.sub("", word) for word in stems(run))


def stands(phrase: str, evidence: str) -> bool:
    """Tell whether a phrase, also possessive or plural, is in a row in a fragment of evidence."""
    wanted = singular(words(phrase))
    return any(places(wanted, singular(words(run))) for run in fragments(evidence))


def named(name: str, evidence: str) -> bool:
    """Tell whether a name, also possessive or in a hyphenated word, stands in the evidence."""
    apart = words(name.replace("-", " "))
    return any(places(apart, stems(words(run.replace("-", " ")))) for run in fragments(evidence))


def respelt(data: Dataset) -> Callable[[str], str]:
    """Return a function that writes names in a text as the first of their `spellings` in the
    descriptor, without the Arabic article: 'Al-Abbassi' as 'Abassi', 'U.S.' as 'US'.
    """
    column = next(c for c in data.columns("people") if c["name"] == "name")
    first = {other.casefold(): group[0] for group in column["spellings"] for other in group}
    first |= {"u.s.": "US", "u.s": "US"}
    listed = "|".join(map(re.escape, first))
    every = re.compile(rf"\b(?:al-(?=\w)|U\.S\.(?!\w)|(?:{listed})\b)", re.I)
    return lambda text: every.sub(lambda match: first.get(match[0].casefold(), ""), text)


def carried(codes: Codes, code: str, column: str = "words") -> list[str]:
    """Return the words that carry a code."""
    return next((c.get(column, []) for c in codes if c["code"] == code), [])


def accepted(codes: Codes, code: str, where: str) -> str:
    """Return what a refusal says of a code: its words, and how one of the article's is added."""
    known = ", ".join(carried(codes, code))
    return (
        "if the article's word for it belongs here, add it in datapackage.json to the words of "
        f"{where}, {code}, which are {known}"
    )


def spots(run: tuple[str, ...], codes: Codes) -> list[tuple[int, int, str]]:
    """Return first word, last word and code of each place in `run` where words of a code stand.

    Where one phrase holds another, the longer counts: 'Iraq and Syria' is not 'Iraq'.
    """
    return _spots(run, _written(codes))


def _written(codes: Codes, column: str = "words") -> Written:
    return tuple([(code["code"], *code[column]) for code in codes if code.get(column)])


@lru_cache(maxsize=1 << 14)
def _spots(run: tuple[str, ...], written: Written) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    standing = _phrases(written).standing(singular(run))
    for (_, length, code), first in sorted(standing, key=lambda s: (-s[0][1], s[0][0], s[1])):
        last = first + length - 1
        if all(last < a or first > b or (first, last) == (a, b) for a, b, _ in found):
            found.append((first, last, code))
    return sorted(found)


class Index:
    """Things by the words that name them: a text is read once, however many things there are."""

    def __init__(self, named_by: Iterable[tuple[tuple[str, ...], Any]]):
        self._starting: dict[str, list[tuple[tuple[str, ...], Any]]] = defaultdict(list)
        for phrase, thing in named_by:
            if phrase:
                self._starting[phrase[0]].append((phrase, thing))

    def standing(self, run: tuple[str, ...]) -> list[tuple[Any, int]]:
        """Return each thing whose words stand in a row in `run`, with the place, once a place."""
        return [
            (thing, i)
            for i, word in enumerate(run)
            for phrase, thing in self._starting.get(word, ())
            if run[i : i + len(phrase)] == phrase
        ]


@lru_cache(maxsize=1 << 8)
def _phrases(codes: Written) -> Index:
    """Return the phrases of codes, each as its order, its length and its code."""
    pairs = ((phrase, code) for code, *written in codes for phrase in written)
    phrases = [(singular(tuple(phrase.split())), code) for phrase, code in pairs]
    return Index((run, (order, len(run), code)) for order, (run, code) in enumerate(phrases))


def supported(evidence: str, codes: Codes) -> set[str]:
    """Return the codes of which a word stands in the evidence."""
    return set(_supported(evidence, _written(codes)))


def bodies(text: str, codes: Codes) -> set[str]:
    """Return the codes of the forces that a text names: the coalition's are not those of the US."""
    return set(_supported(text, _written(codes, "named")))


def hinted(text: str, codes: Codes) -> str:
    """Return the one code that a text's words hint at, '' for none or several."""
    found = _supported(text, _written(codes, "hints") + _written(codes))
    return min(found) if len(found) == 1 else ""


@lru_cache(maxsize=1 << 15)
def _supported(evidence: str, written: Written) -> frozenset[str]:
    runs = (_spots(words(run), written) for run in fragments(evidence))
    return frozenset(code for found in runs for _, _, code in found)


def unit(number: Number, evidence: str, codes: Codes) -> str | None:
    """Return the code of which a word follows a number at once, or after one word."""
    found = spots(words(evidence), codes)
    return next((code for first, _, code in found if number.last < first <= number.last + 2), None)


def tie(number: Number, evidence: str, codes: Codes, far: bool = False) -> str | None:
    """Return the code whose words a number of the evidence belongs to.

    That is the word right before it ('injured two others'), else the first after it and before
    the next number, else the last before it, unless the number begins something new ('killed, and
    more than 30 …'); with `far`, then the first after it at all ('12 troops and one contractor were
    injured').
    """
    run = words(evidence)
    found = spots(run, codes)
    upto = min((n.first for n in numbers(run) if n.first > number.last), default=len(run))
    after = [(first, code) for first, _, code in found if first > number.last]
    before = [(last, code) for _, last, code in found if last < number.first]
    if far and before and _apart(evidence, before[-1][0], number):
        before = []
    if before and before[-1][0] == number.first - 1:
        return before[-1][1]
    if after and after[0][0] < upto:
        return after[0][1]
    if before:
        return before[-1][1]
    return after[0][1] if far and after else None


def _apart(evidence: str, last: int, number: Number) -> bool:
    """Tell whether a number that follows the word `last` begins something new."""
    spans = [m.span() for m in _WORD.finditer(evidence)]
    run = words(evidence)
    between = evidence[spans[last][1] : spans[number.first][0]] if len(spans) == len(run) else ""
    of_them = run[number.last + 1 : number.last + 3] in _OF_THEM
    return bool(_APART.fullmatch(between)) and not of_them


def uncounted(text: str, known: Set[str]) -> set[int]:
    """Return the first words of the numbers of a text that count nothing: part of a name ('Tower
    22'), or how many people speak. None of the words `known` is a name.
    """
    spans = [m.span() for m in _WORD.finditer(text)]
    run = words(text)
    if len(spans) != len(run):
        return set()
    plain = any(len(text[a:b]) > 3 and text[a:b].islower() for a, b in spans)  # no headline
    named = (m for m in _OF_A_NAME.finditer(text) if plain and m[1].casefold() not in known)
    names = {m.start() + len(m[1]) + 1 for m in named}
    led = {i for i in range(2, len(run)) if run[i - 2 : i] == ("according", "to")}
    return {
        n.first
        for n in numbers(run)
        if spans[n.first][0] in names or n.first in led or _SPEAKERS.match(text, spans[n.last][1])
    }


def hedges(place: int, run: tuple[str, ...], codes: Codes) -> set[str]:
    """Return the codes of which a word is one or two places before the word at `place`."""
    reach = 1 if place and run[place - 1] in _BETWEEN else 2
    return {code for _, last, code in spots(run, codes) if place - reach <= last < place}
