"""Evidence: words, shingles and fingerprints, by which a quotation is verified without the article.

Normalisation: Unicode NFKC (a no-break space becomes a space); the single marks U+2018, U+2019,
U+201A and U+201B become an apostrophe, the double marks U+201C, U+201D, U+201E and U+201F a
straight quotation mark; every character of category Pd, and U+2212, becomes a hyphen; then
case-folding. A backtick stays a backtick.

A word is a match of `\\w+(?:[-.,'/:]\\w+)*`, a shingle four words in a row, joined by single
spaces. A fingerprint holds the distinct 8-byte BLAKE2b digests of an article's shingles.

The letters of an article are in its fingerprint as well, so that a changed comma or capital shows
without the text: the 5-byte digests of all runs of four to eight words as printed, each with the
kind of place in which it begins (outside quotation marks, inside, or in a heading), of four words
with the marks that touch them, with their sentence, numbered in no order that the article has, and
with what stands around them: a negation or a hedge in their clause, a verb of saying in their
sentence; and of each sentence with the names and roles by its verbs of saying. A run of more than
eight words is verbatim when each eight in a row are: two passages cannot be joined where they share
fewer than seven words.

How sure a match is: a shingle that is not in an article of n shingles is taken for one of it with
probability n / 2**64, which is 3e-17 for n = 600; a run of letters, of which an article of 600
words has about 4,000, with 4e-9. An altered word of a longer phrase lies in up to eight such runs,
and each would need its accident.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b, sha256

from explainer.data.grammar import (
    BY,
    COMMON,
    PRONOUN,
    ROLE,
    SAYING,
    SENTENCE,
    SIGNS,
    STATES,
    piece,
    pieces,
    signs,
)

W = 4
MOST = 500_000  # characters of an article: a long report has 60,000
LONGEST = 300  # characters of a word: an address in a text may be one
JOINT = " … "
HASH = "BLAKE2b, 8-byte digest, of four words joined by single spaces, in UTF-8"
NORMALISATION = (
    "NFKC; U+2018-201B to '; U+201C-201F to \"; category Pd and U+2212 to -; case-folded"
)
LETTERS = (
    "BLAKE2b, 5-byte digest, of place and 4 to 8 words as printed; of 4 with marks, "
    "sentence, context; of sentence and speaker"
)
PLAIN, QUOTED, HEADING = " ", '"', "#"  # the place in which a run of words begins
_LONGEST = 8  # words of a run in the letters
_KEYS = (
    "source_id", "w", "hash", "normalisation", "words", "sha256", "letters",
    "paragraphs of sentences",
)  # fmt: skip
_QUOTATION = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"")
_HASHED = re.compile("[0-9a-f]{16}|[0-9a-f]{10}")
_TOUCHING = re.compile(r"[^\w\s]+")
_WORD = re.compile(r"\w+(?:[-.,'/:]\w+)*")
_DASHES = (
    "\u058a\u05be\u1400\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u2e5d"
    "\u301c\u3030\u30a0\ufe31\ufe32\ufe58\ufe63\uff0d\U00010d6e\U00010ead"
)  # category Pd, and minus
_STRAIGHT = dict.fromkeys(map(ord, _DASHES), "-")
_STRAIGHT |= dict.fromkeys(range(0x2018, 0x201C), "'") | dict.fromkeys(range(0x201C, 0x2020), '"')


def normalise(text: str) -> str:
    """Return `text` in the form in which words are compared. See the module's docstring."""
    if text.isascii():  # of which only capitals have another form
        return text.lower()
    return unicodedata.normalize("NFKC", text).translate(_STRAIGHT).casefold()


def unfit(text: str) -> str:
    """Return why `text` is too much to be that of an article: "" where it is not."""
    if len(text) > MOST:
        return f"has {len(text):,} characters: an article has at most {MOST:,}"
    for word in _WORD.finditer(text):
        if len(word[0]) > LONGEST:
            line, length = text.count("\n", 0, word.start()) + 1, f"{len(word[0]):,} characters"
            return (
                f"line {line}: {word[0][:20]}… is one word of {length}, and of an article it has "
                f"at most {LONGEST}: leave out what is not the article's text"
            )
    return ""


@lru_cache(maxsize=1 << 14)
def words(text: str) -> tuple[str, ...]:
    """Return the words of `text`, normalised."""
    return tuple(_WORD.findall(normalise(text)))


def shingles(run: tuple[str, ...]) -> Iterator[str]:
    """Yield the hashes of all runs of four words in `run`, in order."""
    for i in range(len(run) - W + 1):
        yield blake2b(" ".join(run[i : i + W]).encode(), digest_size=8).hexdigest()


@dataclass(frozen=True)
class Fingerprint:
    """What the repository keeps of an article: length, digest, hashes of shingles and letters."""

    source_id: str
    words: int
    sha256: str
    hashes: frozenset[str]
    letters: frozenset[str] = frozenset()
    groups: tuple[tuple[int, ...], ...] = ()  # the sentences of each paragraph

    def __hash__(self) -> int:
        return hash(self.sha256)  # once a lookup of what was read of it, so not of all its hashes

    def __str__(self) -> str:
        groups = "; ".join(" ".join(map(str, group)) for group in self.groups)
        header = (self.source_id, W, HASH, NORMALISATION, self.words, self.sha256, LETTERS, groups)
        lines = [f"# {key}: {value}" for key, value in zip(_KEYS, header, strict=True)]
        return "\n".join([*lines, *sorted(self.hashes), *sorted(self.letters)]) + "\n"


def fingerprint(source_id: str, content: bytes) -> Fingerprint:
    """Return the fingerprint of an article's file. UnicodeDecodeError where it is not UTF-8."""
    text = content.decode("utf-8")
    run = words(text)
    lines = [line for line in plain(text).split("\n") if words(line)]
    sentences = [[line[a:b] for a, b in pieces(SENTENCE, line)] for line in lines]
    every = {sentence for group in sentences for sentence in group}
    order = sorted(every, key=lambda sentence: sha256(sentence.encode()).digest())
    number = {sentence: i for i, sentence in enumerate(order)}
    groups = {tuple(sorted({number[sentence] for sentence in group})) for group in sentences}
    letters = {h for line in lines for h in _letters(line, number)}
    letters |= _contexts(lines) | _speakers(sentences, number)
    digest, hashes = sha256(content).hexdigest(), frozenset(shingles(run))
    return Fingerprint(
        source_id, len(run), digest, hashes, frozenset(letters), tuple(sorted(groups))
    )


def parse(text: str) -> Fingerprint:
    """Read a fingerprint file. ValueError, with the reason, where it is not as it is written."""
    lines = text.split("\n")
    header = dict(
        line.removeprefix("# ").split(": ", 1)
        for line in lines[: len(_KEYS)]
        if line.startswith("# ") and ": " in line
    )
    if tuple(header) != _KEYS:
        raise ValueError(f"the header is not {', '.join(_KEYS)}")
    grouped = header["paragraphs of sentences"]
    if not header["words"].isdecimal() or not re.fullmatch(r"[\d ;]*", grouped):
        raise ValueError(f"words: {header['words']} is not a number, or the paragraphs are none")
    hashes = lines[len(_KEYS) : -1]
    if odd := [h for h in hashes if not _HASHED.fullmatch(h)]:
        raise ValueError(f"{min(odd)[:40]!r} is not a hash of 16 or 10 hexadecimal digits")
    read = Fingerprint(
        header["source_id"],
        int(header["words"]),
        header["sha256"],
        frozenset(h for h in hashes if len(h) == 16),
        frozenset(h for h in hashes if len(h) == 10),
        tuple(tuple(map(int, group.split())) for group in grouped.split(";") if group.strip()),
    )
    if str(read) != text:
        raise ValueError("not in the form in which it is written: header, then sorted hashes")
    return read


def plain(text: str) -> str:
    """Return an article's text with plain spaces, so that a no-break space is no difference."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


def heading(line: str) -> bool:
    """Tell whether a line is a heading: it ends in none of the marks that end a sentence."""
    return bool(line) and line[-1] not in '.?!:,;”"'


@lru_cache(maxsize=1 << 14)
def printed(run: str, known: Fingerprint) -> frozenset[str]:
    """Return in which kinds of place a run of words stands letter by letter: PLAIN, QUOTED,
    HEADING, or none; one of fewer than four words stands nowhere.
    """
    spans = _spans(run)
    if len(spans) < W:
        return frozenset()
    first, last = spans[0][0], spans[-1][1]
    marks = [run[: spans[W - 1][1]]] * (first > 0) + [run[spans[-W][0] :]] * (last < len(run))
    if any(short_digest("~" + text) not in known.letters for text in marks):
        return frozenset()
    starts = (PLAIN, HEADING) if run[0] in '"“' else (PLAIN, QUOTED, HEADING)
    length = min(len(spans), _LONGEST)
    runs = {place: _runs(run, spans, _places(run, spans, place), length) for place in starts}
    return frozenset(place for place in starts if known.letters.issuperset(runs[place]))


def place_of(phrase: str, run: str, known: Fingerprint) -> frozenset[str]:
    """Return in which kinds of place a phrase of a run begins: PLAIN, QUOTED, HEADING."""
    spans, at = _spans(run), run.find(phrase)
    index = next((i for i, (_, end) in enumerate(spans) if end > at), 0)
    return frozenset(_places(run, spans, start)[index] for start in printed(run, known))


@lru_cache(maxsize=1 << 14)
def sentences(run: str, known: Fingerprint) -> frozenset[int]:
    """Return the sentences, as numbers, in which a run of four words or more begins."""
    spans = _spans(run)
    if len(spans) < W:
        return frozenset()
    text = run[spans[0][0] : spans[W - 1][1]]
    return frozenset(
        n for group in known.groups for n in group if short_digest(f"{n}|{text}") in known.letters
    )


def together(runs: list[str], known: Fingerprint) -> bool:
    """Tell whether runs of words begin in one paragraph of the article."""
    begun = [sentences(run, known) for run in runs]
    return any(all(one & set(group) for one in begun) for group in known.groups)


def spoken_by(run: str, name: str, known: Fingerprint) -> bool:
    """Tell whether a word of a name or role is by a verb of saying where the run begins."""
    names = {word.removesuffix("'s") for word in words(name)} - COMMON
    return any(
        short_digest(f"{n}@{word}") in known.letters
        for n in sentences(run, known)
        for word in names - STATES or names
    )


def _letters(line: str, number: dict[str, int]) -> Iterable[str]:
    """Yield the digests of the letters of one paragraph."""
    spans = _spans(line)
    places = [HEADING] * len(spans) if heading(line) else _quoted(line, spans)
    for n in range(W, _LONGEST + 1):
        yield from _runs(line, spans, places, n)
    for i in range(len(spans) - W + 1):
        first, last = spans[i][0], spans[i + W - 1][1]
        start, end = piece(SENTENCE, line, first)
        yield short_digest(f"{number[line[start:end]]}|{line[first:last]}")
        if after := _TOUCHING.match(line, last):
            yield from (
                short_digest("~" + line[first:end]) for end in range(last + 1, after.end() + 1)
            )
        before = len(re.sub(r"[^\w\s]*$", "", line[:first]))
        yield from (short_digest("~" + line[start:last]) for start in range(before, first))


def _contexts(lines: list[str]) -> frozenset[str]:
    """Return the digests of all runs of four words, with each sign they have everywhere."""
    held: dict[str, set[str]] = {}
    for line in lines:
        spans = _spans(line)
        for (first, _), (_, last) in zip(spans, spans[W - 1 :], strict=False):
            found = signs(line, first, last)
            held[line[first:last]] = held.get(line[first:last], found) & found
    return frozenset(short_digest(sign + text) for text, found in held.items() for sign in found)


@lru_cache(maxsize=1 << 14)
def around(run: str, known: Fingerprint) -> str:
    """Return the signs of what the article has around a run, of SIGNS."""
    spans = _spans(run)
    texts = [run[spans[i][0] : spans[i + W - 1][1]] for i in range(len(spans) - W + 1)]
    found = {sign for sign in SIGNS for text in texts if short_digest(sign + text) in known.letters}
    return "".join(sign for sign in SIGNS if sign in found)


def _speakers(paragraphs: list[list[str]], number: dict[str, int]) -> frozenset[str]:
    """Return the digests of each sentence with its speakers, else with those before it."""
    found: set[str] = set()
    before: set[str] = set()
    for sentence in (sentence for group in paragraphs for sentence in group):
        spans = _spans(sentence)
        run = [sentence[a:b] for a, b in spans]
        verbs = [i for i, word in enumerate(run) if SAYING.fullmatch(word)]
        near = {
            i for verb in verbs for i in range(max(verb - BY, 0), min(verb + BY, len(run)))
        } or set(range(len(run)))
        names = {
            word.removesuffix("'s")
            for i in near
            for word in words(run[i])
            if run[i] != run[i].lower() or ROLE.match(word)
        } - COMMON
        if not verbs or not names - STATES or any(run[i].casefold() in PRONOUN for i in near):
            names |= before
        found |= {short_digest(f"{number[sentence]}@{word}") for word in names}
        before = names if verbs else before | names
    return frozenset(found)


def _runs(text: str, spans: list[tuple[int, int]], places: list[str], n: int) -> Iterable[str]:
    """Yield the digests of all runs of `n` words, each with the place in which it begins."""
    for i in range(len(spans) - n + 1):
        yield short_digest(places[i] + text[spans[i][0] : spans[i + n - 1][1]])


def _spans(text: str) -> list[tuple[int, int]]:
    plain = text if text.isascii() else text.translate(_STRAIGHT)
    return [m.span() for m in _WORD.finditer(plain)]


def _quoted(line: str, spans: list[tuple[int, int]]) -> list[str]:
    marked = [m.span() for m in _QUOTATION.finditer(line)]
    inside = (any(start <= a and b <= end for start, end in marked) for a, b in spans)
    return [QUOTED if quoted else PLAIN for quoted in inside]


def _places(run: str, spans: list[tuple[int, int]], start: str) -> list[str]:
    """Return the place of each word if the run begins in `start`: marks open and close."""
    if start == HEADING:
        return [HEADING] * len(spans)
    at, places = start, []
    for (before, _), (first, _) in zip([(0, 0), *((b, b) for _, b in spans)], spans, strict=False):
        for mark in re.findall('["“”]', run[before:first]):
            at = QUOTED if mark == "“" or (mark == '"' and at == PLAIN) else PLAIN
        places.append(at)
    return places


def short_digest(text: str) -> str:
    """Return ten hexadecimal digits of a text."""
    return blake2b(text.encode(), digest_size=5).hexdigest()


def fragments(evidence: str) -> list[str]:
    """Return the runs of words that an evidence cell joins."""
    return evidence.split(JOINT)


def unproven(evidence: str, hashes: frozenset[str]) -> list[str]:
    """Return the fragments of `evidence` that are shorter than four words or not in `hashes`."""
    return [
        f for f in fragments(evidence) if len(words(f)) < W or not set(shingles(words(f))) <= hashes
    ]


def share(one: str, other: str) -> bool:
    """Tell whether two pieces of evidence have a run of four words in common."""
    runs = [{h for run in fragments(text) for h in shingles(words(run))} for text in (one, other)]
    return bool(runs[0] & runs[1])


def places(run: tuple[str, ...], text: tuple[str, ...]) -> list[int]:
    """Return where in `text` the words `run` stand in a row. An empty run stands nowhere."""
    if not run or run[0] not in text:
        return []
    starts = (i for i in range(len(text) - len(run) + 1) if text[i] == run[0])
    return [i for i in starts if text[i : i + len(run)] == run]


@lru_cache(maxsize=1 << 14)
def lengths(evidence: str) -> tuple[int, int]:
    """Return how many words stand outside and inside double quotation marks, curly or straight."""
    prose: list[str] = []
    quoted: list[str] = []
    for i, part in enumerate(re.split('["“”]', evidence)):
        (quoted if i % 2 else prose).extend(words(part))
    return len(prose), len(quoted)
