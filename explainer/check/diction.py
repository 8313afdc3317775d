"""Diction: words of ours that no row bears out, and words that say its opposite."""

import re
from collections.abc import Iterable, Iterator, Set
from functools import lru_cache
from typing import Any

from explainer.check.claims import ALIASES, CLAUSE, QUOTED, split
from explainer.check.numerals import numbers
from explainer.data.dataset import Dataset, gathered
from explainer.data.dates import DAYS, MONTHS
from explainer.data.evidence import fragments, words
from explainer.data.grammar import NEGATION

ADDED = (
    "take a word of theirs; a word that states nothing is added to `plain`, one that means the "
    "same as theirs to `alike` in datapackage.json"
)
# What a party does or plans: the words by which a title turns a denial round.
DOING = re.compile(
    r"\b(?:withdr|leav|plan|discuss|negotiat|request|ask|expel|remov|depart|quit|agree|inten|notif|aware|evidence|constitut|includ|receiv)\w*",
    re.I,
)
_ENDINGS = re.compile(
    r"(?<=\w{3})(?:ations?|ments?|ions?|ings?|ally|al|e[dsr]|ers|ies|ied|ly|[yse])$"
)
_TWICE = re.compile(r"(?<=\w\w)([^aeiou])\1$")  # 'planned', 'plan'
_BOUNDS = ("before", "after", "first", "last", "fewer", "less", "least", "more", "most", "under")
# Not the first word of a sentence.
_NAME = re.compile(r"(?<=[\w,;’'\"-] )[A-Z][\w’'-]*|\b[Aa]l-[A-Z]\w+")
_SHORT = 5  # words of a clause that says nothing but its point
_REACH = 4  # words that one turns
_STEM = 6  # letters by which words of one stem are known


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """Return what words of one stem have in common: 'withdr' of 'withdrawal' and 'withdrawing'."""
    return _TWICE.sub(r"\1", _ENDINGS.sub("", word))[:_STEM]


_PARTIES = frozenset(stem(word) for group in ALIASES for word in group)
_TIMES = frozenset(map(stem, (*_BOUNDS, *MONTHS, *DAYS, *map(str, range(2000, 2040)))))


class Diction:
    """The words of a descriptor: those that state nothing, those that mean the same, opposites."""

    def __init__(self, package: dict[str, Any]):
        self._plain = _stems(" ".join(package.get("plain", [])))
        self._apart = {
            "rows": self._plain | _stems(" ".join(rows := package.get("plain_in_rows", []))),
            "charts": self._plain | _stems(" ".join(rows + package.get("plain_in_charts", []))),
        }
        self._turning = [_stems(group) for group in package.get("turning", [])]
        self._alike: dict[str, set[str]] = {}
        for group in map(_stems, package.get("alike", [])):
            for one in group:
                self._alike.setdefault(one, set()).update(group)
        pairs = [(_stems(a), _stems(b)) for a, b in package.get("opposites", [])]
        self._pairs = [(one, other) for a, b in pairs for one, other in ((a, b), (b, a))]
        self._charged = frozenset[str]().union(*(one for one, _ in self._pairs))

    def strange(self, text: str, *held: Set[str], of: str = "") -> str:
        """Return a word of a text that states something, of which the words `held` have neither the
        stem nor one that means the same: '' for none. `of` charts and rows fewer words state any.
        """
        bare = QUOTED.sub(" ", text)
        said = _stems(bare)
        compared = (a for a, b in self._pairs if a & said and b & said)
        free = self._apart.get(of, self._plain).union(*compared)
        named = {part for word in _NAME.findall(bare) for part in split(word)}
        stems: set[str] = set()
        for word in sorted(split(bare).difference(named, *held)):
            if not word.isalpha() or len(word) < 3 or stem(word) in free:
                continue
            if word in MONTHS or numbers((word,)) or stem(word) in _PARTIES:
                continue  # a date, a number, a name: claims of their own
            stems = stems or {stem(other) for words_of in held for other in words_of}
            if stems.isdisjoint(self._alike.get(stem(word), ()) or (stem(word),)):
                return word
        return ""

    def facts(self, text: str) -> set[str]:
        """Return the stems of the words of a text that state something."""
        stems = {stem(word) for word in split(text) if word.isalpha() and len(word) > 2}
        return stems - self._plain - _TIMES

    def opposed(self, text: str, held: Set[str], proofs: Iterable[str]) -> str:
        """Return a word of a text of which a clause of its proofs has the opposite: '' for none."""
        if self._charged.isdisjoint(_stems(text)):
            return ""
        mine = _clauses(QUOTED.sub(" ", text))
        near = [(a, b) for a, b in self._pairs if any(a & part for _, part in mine)]
        if not near:
            return ""
        theirs = [clause for proof in proofs for clause in _clauses(proof)]
        given = {stem(word) for word in held}
        for one, other in near if theirs else ():
            for denies, part in mine if one.isdisjoint(given) else ():
                if part & one and not part & other:
                    about, short = part - one - self._plain - _TIMES, len(part) < _SHORT
                    against = [p for d, p in theirs if d == denies and other & p]
                    if any(about & p or short or len(p) < _SHORT for p in against):
                        return next(word for word in words(text) if stem(word) in part & one)
        return ""

    def against(
        self,
        text: str,
        held: Set[str],
        proofs: list[str],
        asked: str | None = None,
        early: str = "",
    ) -> Iterator[str]:
        """Yield in what a text of ours says the opposite of its `proofs`, of which `held` are the
        words; and, where it retells them as the answer to what is `asked`, leaves out what turns
        them, the words `early` included.
        """
        if word := denied(text, proofs):
            yield f'says "{word}", and its proofs say it plainly'
        if word := self.opposed(text, held, proofs):
            yield f'says "{word}", and its proofs the opposite'
        if asked is not None and (word := turned(text, proofs)):
            yield f'says "{word}" plainly, and its proofs only deny it'
        if asked is not None and (word := self.dropped(f"{text} {asked}", proofs, early)):
            yield f'tells of "{word}" without the word by which its proofs turn it'

    def dropped(self, text: str, proofs: Iterable[str], early: str = "") -> str:
        """Return a word that a text has without the one that turns it ("lack of"): '' for none."""
        said = _stems(QUOTED.sub(" ", text))
        runs = [_run(run) for proof in proofs for run in fragments(proof)]
        there = set[str]().union(*runs)
        for group in [*self._turning, _stems("" if NEGATION.search(text) else early)]:
            if group.isdisjoint(said) and not group.isdisjoint(there):
                turned, plainly = set[str](), set[str]()
                for run in runs:
                    at = [i for i, word in enumerate(run) if word in group]
                    for i, word in enumerate(run):
                        near = any(0 < i - j <= _REACH for j in at)
                        (turned if near else plainly).add(word)
                free = self._plain if group in self._turning else {w for w in said if len(w) < 4}
                if told := (turned - plainly - free - _PARTIES) & said:
                    return next(word for word in words(text) if stem(word) in told)
        return ""


@lru_cache(maxsize=1 << 14)
def _run(text: str) -> tuple[str, ...]:
    return tuple(map(stem, words(text)))


@lru_cache(maxsize=1 << 14)
def _clauses(text: str) -> list[tuple[bool, frozenset[str]]]:
    """Return of each clause of a text whether it denies something, and the stems of its words."""
    parts = CLAUSE.split(text)
    return [(bool(NEGATION.search(part)), _stems(part)) for part in parts if part.strip()]


@lru_cache(maxsize=1 << 14)
def _stems(written: str) -> frozenset[str]:
    return frozenset(map(stem, words(written)))


def turned(text: str, evidence: Iterable[str]) -> str:
    """Return a deed that a text tells plainly, and all its evidence only denies: '' for none."""
    proofs = [part for run in evidence for part in re.split(r"[,;:–—…]", run)]
    if NEGATION.search(text):
        return ""
    for word in DOING.findall(QUOTED.sub(" ", text)):
        begun = word.casefold()[:5]
        holding = [proof for proof in proofs if any(w[:5] == begun for w in words(proof))]
        if holding and all(NEGATION.search(proof.replace("without", "")) for proof in holding):
            return str(word)
    return ""


def denied(text: str, held: Iterable[str]) -> str:
    """Return a clause that denies what the texts `held` say and never deny: '' for none."""
    clauses = [part for part in CLAUSE.split(QUOTED.sub(" ", text)) if NEGATION.search(part)]
    told = [part for one in held for part in CLAUSE.split(one)] if clauses else []
    for clause in clauses:
        stems = _begun(clause)
        alike = [p for p in told if 2 <= len(_begun(p) & stems) >= len(stems) / 2]
        if alike and not any(NEGATION.search(part) for part in alike):
            return clause.strip()
    return ""


@lru_cache(maxsize=1 << 14)
def _begun(clause: str) -> frozenset[str]:
    """Return the beginnings of a clause's longer words, those that many clauses have apart."""
    return frozenset(word[:5] for word in words(clause) if len(word) > 3) - {"force"}


@gathered
def diction_of(data: Dataset) -> Diction:
    """Return the diction of data, made once."""
    return Diction(data.package)
