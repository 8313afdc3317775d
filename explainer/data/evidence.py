"""Evidence: words, shingles and fingerprints, by which a quotation is verified without the article.

Normalisation: Unicode NFKC (a no-break space becomes a space); the single marks U+2018, U+2019, U+201A and
U+201B become an apostrophe, the double marks U+201C, U+201D, U+201E and U+201F a straight quotation mark; every
character of category Pd, and U+2212, becomes a hyphen; then case-folding. A backtick stays a backtick.

A word is a match of `\\w+(?:[-.,'/:]\\w+)*`, a shingle four words in a row, joined by single spaces. A
fingerprint holds the distinct 8-byte BLAKE2b digests of an article's shingles.

How sure a match is: a shingle that is not in an article of n shingles is taken for one of it with probability
n / 2**64, which is 3e-17 for n = 600; a phrase of k words would need k - 3 such accidents. What a fingerprint
cannot see is punctuation, letter case, and a jump from one place to another at which the same three words stand.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b, sha256

W = 4
JOINT = " … "
HASH = "BLAKE2b, 8-byte digest, of four words joined by single spaces, in UTF-8"
NORMALISATION = (
    "NFKC; U+2018-201B to '; U+201C-201F to \"; category Pd and U+2212 to -; case-folded"
)
_KEYS = ("source_id", "w", "hash", "normalisation", "words", "sha256")
_WORD = re.compile(r"\w+(?:[-.,'/:]\w+)*")
_DASHES = (
    "\u058a\u05be\u1400\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u2e5d"
    "\u301c\u3030\u30a0\ufe31\ufe32\ufe58\ufe63\uff0d\U00010d6e\U00010ead"
)  # category Pd, and minus
_STRAIGHT = str.maketrans(
    {
        **dict.fromkeys(range(0x2018, 0x201C), "'"),
        **dict.fromkeys(range(0x201C, 0x2020), '"'),
        **dict.fromkeys(map(ord, _DASHES), "-"),
    }
)


def normalise(text: str) -> str:
    """Return `text` in the form in which words are compared. See the module's docstring."""
    return unicodedata.normalize("NFKC", text).translate(_STRAIGHT).casefold()


@lru_cache(maxsize=1 << 14)
def words(text: str) -> tuple[str, ...]:
    """Return the words of `text`, normalised."""
    return tuple(_WORD.findall(normalise(text)))


def shingles(run: tuple[str, ...]) -> Iterable[str]:
    """Yield the hashes of all runs of four words in `run`, in order."""
    for i in range(len(run) - W + 1):
        yield blake2b(" ".join(run[i : i + W]).encode(), digest_size=8).hexdigest()


@dataclass(frozen=True)
class Fingerprint:
    """What the repository keeps of an article: its length, its digest and the hashes of its shingles."""

    source_id: str
    words: int
    sha256: str
    hashes: frozenset[str]

    def __str__(self) -> str:
        header = (self.source_id, W, HASH, NORMALISATION, self.words, self.sha256)
        lines = [f"# {key}: {value}" for key, value in zip(_KEYS, header, strict=True)]
        return "\n".join([*lines, *sorted(self.hashes)]) + "\n"


def fingerprint(source_id: str, content: bytes) -> Fingerprint:
    """Return the fingerprint of an article's file. UnicodeDecodeError where it is not UTF-8."""
    run = words(content.decode("utf-8"))
    return Fingerprint(source_id, len(run), sha256(content).hexdigest(), frozenset(shingles(run)))


def parse(text: str) -> Fingerprint:
    """Read a fingerprint file. ValueError, with the reason, where a byte is not as it would be written."""
    lines = text.split("\n")
    header = dict(
        line.removeprefix("# ").split(": ", 1)
        for line in lines[: len(_KEYS)]
        if line.startswith("# ") and ": " in line
    )
    if tuple(header) != _KEYS:
        raise ValueError(f"the header is not {', '.join(_KEYS)}")
    if not header["words"].isdecimal():
        raise ValueError(f"words: {header['words']} is not a number")
    read = Fingerprint(
        header["source_id"],
        int(header["words"]),
        header["sha256"],
        frozenset(lines[len(_KEYS) : -1]),
    )
    if wrong := [h for h in read.hashes if not re.fullmatch("[0-9a-f]{16}", h)]:
        raise ValueError(f"{min(wrong)[:40]!r} is not a hash of 16 hexadecimal digits")
    if str(read) != text:
        raise ValueError(
            "not in the form in which it is written: header, then sorted distinct hashes"
        )
    return read


def fragments(evidence: str) -> list[str]:
    """Return the runs of words that an evidence cell joins."""
    return evidence.split(JOINT)


def unproven(evidence: str, hashes: frozenset[str]) -> list[str]:
    """Return the fragments of `evidence` that are shorter than four words or not in `hashes`."""
    return [
        f for f in fragments(evidence) if len(words(f)) < W or not set(shingles(words(f))) <= hashes
    ]


def verify(evidence: str, found_in: Fingerprint) -> bool:
    """Tell whether every fragment of `evidence` is, word by word, in the article of the fingerprint."""
    return not unproven(evidence, found_in.hashes)


def places(run: tuple[str, ...], text: tuple[str, ...]) -> list[int]:
    """Return the positions in `text` at which the words `run` stand in a row. An empty run stands nowhere."""
    if not run or run[0] not in text:
        return []
    return [
        i
        for i in range(len(text) - len(run) + 1)
        if text[i] == run[0] and text[i : i + len(run)] == run
    ]


def within(phrase: str, evidence: str) -> bool:
    """Tell whether the words of `phrase` stand in a row in one fragment of `evidence`."""
    return any(places(words(phrase), words(f)) for f in fragments(evidence))


@lru_cache(maxsize=1 << 14)
def lengths(evidence: str) -> tuple[int, int]:
    """Return how many words stand outside and inside double quotation marks, curly or straight."""
    prose, quoted = [], []
    for i, part in enumerate(re.split('["“”]', evidence)):
        (quoted if i % 2 else prose).extend(words(part))
    return len(prose), len(quoted)
