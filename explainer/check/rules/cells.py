"""Every cell by itself: required, type, pattern, codes, range; nothing that hides or runs."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from explainer.data import codebook
from explainer.data.dataset import Dataset, Problem
from explainer.data.dates import exists

_INTEGER = re.compile(r"-?(0|[1-9]\d*)")
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
DIGITS = 15  # of a number: a float does not hold more
_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"  # the pattern of a column of dates
_ENDLESS = re.compile(r"[\d,]{31}")  # in a text, where an address may have a long number
_ADDRESS = re.compile(r"https?://[^\s/]+(/\S*)?")
_SIMPLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{,29}")  # an id, a code, a date: nothing hides
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Latin letters, ASCII digits and the marks of English print: no letter that only looks like
# another.
_STRANGE = re.compile(r"[^A-Za-z0-9À-ÖØ-öø-žȘ-țḀ-ỿ .,;:!?'\"“”‘’()\[\]/–—…&%$€£+#@_=*~|-]")
_ASCII = re.compile(r"[!-~]*")
_MARKUP = re.compile(r"[<>`]|&#?\w+;|!?\[[^\]]*\]\s*\(|\{[^}]*\}|javascript:|data:\s*text/", re.I)


def cells(data: Dataset) -> Iterator[Problem]:
    """Each cell satisfies its column's description and holds plain text."""
    for table, records in data.tables.items():
        for column in data.columns(table):
            name, numeric = column["name"], column["type"] in ("integer", "number")
            wrong = {}
            for value in {record[name] for record in records}:
                if message := _plain(value, numeric) or _described(value, column):
                    wrong[value] = message
            for record in records if wrong else ():
                if record[name] in wrong:
                    yield record.problem(name, wrong[record[name]])


def conditions(data: Dataset) -> Iterator[Problem]:
    """Cells of a row go together: where the patterns of an `if` fit, those of its `then` do."""
    for table in data.tables:
        given = data.resource(table)["schema"].get("conditions", [])
        for row in data.live(table) if given else ():
            for condition in given:
                when = condition["if"].items()
                if not all(re.fullmatch(pattern, row[column]) for column, pattern in when):
                    continue
                for column, pattern in condition["then"].items():
                    if not re.fullmatch(pattern, row[column]):
                        beside = " and ".join(f"{c} {row[c] or '(empty)'}" for c, _ in when)
                        codes = pattern.replace("(?!", "not ").replace(").+", "")
                        due = {"": "an empty cell", ".+": "a value"}.get(pattern, codes)
                        due = condition.get("why") or due.replace("|", " or ") + " is due"
                        yield row.problem(column, f"does not go with {beside}: {due}")


def dictionary(data: Dataset) -> Iterator[Problem]:
    """The dictionary beside the data is what the descriptor makes of it."""
    path = data.folder / "README.md"
    if path.exists() and path.read_text(encoding="utf-8") != codebook.text(data.package):
        how = "is not what the descriptor says: 'python -m explainer codebook --write'"
        yield Problem(f"{data.folder.name}/{path.name}", None, "", "", how)


def readable(letter: str) -> bool:
    """Tell whether a character is what it looks like: no other script, nothing hidden."""
    other = letter.isalnum() and _STRANGE.match(letter)
    return letter.isspace() or (letter.isprintable() and not other)


@lru_cache(maxsize=1 << 16)
def _plain(value: str, numeric: bool) -> str:
    """Return what hides in a cell, whatever its column: '' for nothing."""
    if _SIMPLE.fullmatch(value):
        return ""
    if value.startswith(_FORMULA) and not (numeric and _NUMBER.fullmatch(value)):
        return "begins like a formula"
    hidden = (c for c in value if unicodedata.category(c)[0] == "C" or c in "\u2028\u2029")
    # isprintable is false for these categories, and far quicker
    if not value.isprintable() and (first := next(hidden, "")):
        return f"has the control character U+{ord(first):04X}"
    if value != " ".join(value.split()):
        return "has stray white space"
    if markup := _MARKUP.search(value):
        return f"has markup: {markup.group()}"
    if _ENDLESS.search(value):
        return "has a number of more than 30 digits"
    if not unicodedata.is_normalized("NFC", value):
        return "is not in Unicode's normal form C"
    if strange := _STRANGE.search(value):
        what = f"has {strange.group()!r} (U+{ord(strange.group()):04X})"
        return f"{what}, which is no Latin letter, Arabic numeral or mark of English print"
    return ""


def _described(value: str, column: dict[str, Any]) -> str:
    """Return in what a cell differs from its column's description: '' for nothing."""
    constraints = column.get("constraints", {})
    if value == "":
        return "is empty and required" if constraints.get("required") else ""
    if message := _typed(value, column):
        return message
    if "enum" in constraints and value not in constraints["enum"]:
        return f"is none of {', '.join(constraints['enum'])}"
    if "pattern" in constraints and not re.fullmatch(constraints["pattern"], value):
        return f"does not match {constraints['pattern']}"
    if constraints.get("pattern") == _DATE and not exists(value):
        return "is no date"
    if column["type"] in ("integer", "number"):
        least, most = (constraints.get(limit) for limit in ("minimum", "maximum"))
        if least is not None and float(value) < least:
            return f"is less than {least}"
        if most is not None and float(value) > most:
            return f"is more than {most}"
    return ""


def _typed(value: str, column: dict[str, Any]) -> str:
    kind = column["type"]
    if kind == "integer" and not _INTEGER.fullmatch(value):
        return "is not a whole number"
    if kind == "number" and not _NUMBER.fullmatch(value):
        return "is not a number"
    if kind in ("integer", "number") and len(value) > DIGITS:
        return f"has more than {DIGITS} digits"
    if kind == "date" and not (len(value) == len("YYYY-MM-DD") and exists(value)):
        return "is not a day in the form YYYY-MM-DD"
    if ("codes" in column or column.get("format") == "uri") and not _ASCII.fullmatch(value):
        return "has a character that is not ASCII"
    if column.get("format") == "uri" and not _ADDRESS.fullmatch(value):
        return "is not a web address"
    return ""
