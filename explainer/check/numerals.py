"""Numbers in words: which whole numbers a run of words holds, in digits or spelled out."""

import re
from dataclasses import dataclass
from functools import lru_cache

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUE = (
    {word: i for i, word in enumerate(_UNITS)}
    | {word: 10 * i for i, word in enumerate(_TENS, 2)}
    | {"a": 1, "an": 1, "another": 1}
)
_TIMES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}

_BEGIN = frozenset((*_UNITS, *_TENS, *_TIMES))  # the words one of which a number holds
_ARTICLES = frozenset(("a", "an", "another"))
_TIMES_WORD = "(?:" + "|".join(_TIMES) + ")"
# At most fifteen digits and three factors: what is longer is no number that anybody counts with.
_WRITTEN = rf"(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_UNITS[1:10])}))?|{'|'.join(_UNITS)}"
_SMALL = rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,4}}|\d{{1,15}}|{_WRITTEN})"
_LARGE = rf"(?:(?:{_SMALL}|an?)(?: {_TIMES_WORD}){{1,3}}|dozen)"
_NUMBER = (
    rf"(?<!\S)(?:(?:{_LARGE}(?: and)? )*{_LARGE}(?:(?: and)? {_SMALL})?|{_SMALL})(?=-[a-z]|\s|$)"
)
_COUNTED = re.compile(_NUMBER)
_COUNTED_OR_ARTICLE = re.compile(rf"{_NUMBER}|(?<!\S)(?:an?|another)(?!\S)")


@dataclass(frozen=True)
class Number:
    """A number in a run of words: its value, and the first and last of the words that say it."""

    value: int
    first: int
    last: int


@lru_cache(maxsize=1 << 14)
def numbers(run: tuple[str, ...], articles: bool = False) -> tuple[Number, ...]:
    """Return the whole numbers in `run`: '2,500', '12-month', 'three dozen', 'a hundred and five'.

    With `articles` any other 'a', 'an' or 'another' counts as 1.
    """
    begun = _BEGIN | _ARTICLES if articles else _BEGIN
    if not any(word[0].isdecimal() or word.partition("-")[0] in begun for word in run):
        return ()  # most runs, and this is far quicker
    text = " ".join(run)
    found, first, before = [], 0, 0
    for match in (_COUNTED_OR_ARTICLE if articles else _COUNTED).finditer(text):
        first += text.count(" ", before, match.start())
        before = match.start()
        found.append(Number(_value(match.group()), first, first + match.group().count(" ")))
    return tuple(found)


def _value(written: str) -> int:
    total, group = 0, None
    for word in written.split():
        if word in _TIMES:
            group = (1 if group is None else group) * _TIMES[word]
            if _TIMES[word] >= 1000:
                total, group = total + group, 0
        elif word != "and":
            digits = (part.replace(",", "") for part in word.split("-"))
            group = (group or 0) + sum(_VALUE[d] if d in _VALUE else int(d) for d in digits)
    return total + (group or 0)
