"""Dates: what an article's words for a date mean, given its day of publication."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_DAY = "|".join(rf"{d}|{d[:3]}\.?" for d in DAYS)
_MONTH = "|".join(rf"{m}|{m[:3]}\.?" for m in MONTHS) + r"|sept\.?"
_YEAR = r"(?:19|20)\d\d"
_COUNT = r"(?:a|one|two|three|four|five|six|seven|eight|nine|ten|\d+|a few|few|several|a couple of)"
_AS_OF = re.compile(r"\b(?:as of|until|up to|through) (?:late |early )?$", re.I)
_NTH = r"(?P<number>\d\d?)(?:st|nd|rd|th)?"
_UNIT = r"(?:days?|weeks?|months?|years?)"
_PART = r"(?:(?:earlier|later|early|mid|late)[- ])?"
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}  # begin with this month


@dataclass(frozen=True)
class Resolved:
    """A date as in `events.csv`: YYYY, YYYY-MM or YYYY-MM-DD, an end for `week` and `between`."""

    start: str
    end: str
    precision: str


def resolve(written: str, published: date) -> Resolved | None:
    """Return what the words `written` mean in an article of the day `published`, or None if no rule
    reads them.

    A weekday is the last such day, the day of publication included; a month, or a day of a month,
    without a year is the last one that has begun. Part of a month is the month, part of a year the
    year. 'A year ago' is a round phrase: twelve months, give or take six. Case, and 'on', 'in' or
    'the' at the start, do not matter.
    """
    even = " ".join(written.replace("’", "'").casefold().split())
    plain = re.sub(r"^(?:(?:on|in|the) )+", "", even)
    for pattern, rule in _RULES:
        if match := re.fullmatch(pattern, plain):
            try:
                return rule(match, published)
            except (ValueError, OverflowError):  # no such day: 30 February
                return None
    return None


def readings(written: str, published: date) -> list[Resolved]:
    """Return what the words may mean: first what `resolve` says, then what a row may hold with a
    note. 'Last week', at a weekend, may be the week that ends; a weekday another one, where a page
    was updated after its day or the words speak of the week before.
    """
    first = resolve(written, published)
    if not first:
        return []
    plain, found = written.casefold(), [first]
    if first.precision == "week" and "last" in plain and published.weekday() > 4:
        start = date.fromisoformat(first.start)
        first_day, last_day = (str(start + timedelta(days)) for days in (7, 13))
        found.append(Resolved(first_day, last_day, "week"))
    elif first.precision == "day" and re.search(rf"(?:{_DAY})$", plain):
        start = date.fromisoformat(first.start)
        found += [_day(start + timedelta(days)) for days in (7, -7)]
    return found


def as_of(evidence: str, published: date) -> str:
    """Return the day of a count, as ISO: one in the words ('as of Friday'), else `published`."""
    for written, at in find(evidence):
        if counted_to(evidence[:at]):
            meant = resolve(written, published)
            if meant and meant.precision == "day":
                return meant.start
    return published.isoformat()


def counted_to(before: str) -> bool:
    """Tell whether words lead to the day to which something is counted: 'as of'."""
    return bool(_AS_OF.search(before))


def _named_day(match: re.Match[str], published: date) -> Resolved:
    return _day(published - timedelta((published.weekday() - _index(match["day"], DAYS)) % 7))


def _week(match: re.Match[str], published: date) -> Resolved:
    """Resolve "last week": Monday to Sunday; "this week" ends on the day of publication."""
    monday = published - timedelta(published.weekday())
    if match["which"] == "this":
        return Resolved(monday.isoformat(), published.isoformat(), "week")
    monday += timedelta(7 if match["which"] == "next" else -7)
    return Resolved(monday.isoformat(), (monday + timedelta(6)).isoformat(), "week")


def _relative(match: re.Match[str], published: date) -> Resolved:
    away = {"last": -1, "this": 0, "next": 1}[match["which"]]
    if match["unit"] == "month":
        return Resolved(_months_on(published, away), "", "month")
    return Resolved(f"{published.year + away:04}", "", "year")


def _season(match: re.Match[str], published: date) -> Resolved:
    """Resolve "this spring": three months of this year, "last autumn" those that ended last."""
    first = _SEASONS[match["season"]]
    over = published.month > first + 2
    year = published.year + {"last": over - 1, "this": 0, "next": 1}[match["which"]]
    return Resolved(f"{year:04}-{first:02}", f"{year:04}-{first + 2:02}", "between")


def _named_month(match: re.Match[str], published: date) -> Resolved:
    month = _index(match["month"], MONTHS) + 1
    year = match["year"] or published.year - (month > published.month)
    return Resolved(f"{year}-{month:02}", "", "month")


def _full_date(match: re.Match[str], published: date) -> Resolved:
    month, day = _index(match["month"], MONTHS) + 1, int(match["number"])
    found = date(int(match["year"] or published.year), month, day)
    if not match["year"] and found > published:
        found = date(published.year - 1, month, day)
    if match["day"] and _index(match["day"], DAYS) != found.weekday():
        raise ValueError("the weekday is another")
    return _day(found)


def _day(found: date) -> Resolved:
    return Resolved(found.isoformat(), "", "day")


def _to(first: Resolved, last: int) -> Resolved:
    """Resolve "July 22-23"."""
    return Resolved(first.start, f"{first.start[:-2]}{last:02}", "between")


def _months_on(published: date, months: int) -> str:
    count = published.year * 12 + published.month - 1 + months
    return f"{count // 12:04}-{count % 12 + 1:02}"


def _index(name: str, names: tuple[str, ...]) -> int:
    return next(i for i, full in enumerate(names) if full.startswith(name.rstrip(".")[:3]))


Rule = Callable[[re.Match[str], date], Resolved]
_RULES: tuple[tuple[str, Rule], ...] = (
    (rf"(?P<day>{_DAY})", _named_day),
    (r"today", lambda m, p: _day(p)),
    (r"yesterday", lambda m, p: _day(p - timedelta(1))),
    (rf"{_PART}(?P<which>this|last|next) week", _week),
    (rf"{_PART}(?P<which>this|last|next) (?P<unit>month|year)", _relative),
    (rf"{_PART}(?P<which>this|last|next) (?P<season>{'|'.join(_SEASONS)})", _season),
    (rf"(?:(?:early|mid|late)[- ])?(?P<month>{_MONTH}),?(?: (?P<year>{_YEAR}))?", _named_month),
    (rf"(?:(?P<day>{_DAY}),? )?(?P<month>{_MONTH}) {_NTH}(?:,? (?P<year>{_YEAR}))?", _full_date),
    (
        rf"(?P<day>)(?P<month>{_MONTH}) {_NTH}[-–](?P<last>\d\d?)(?:,? (?P<year>{_YEAR}))?",
        lambda m, p: _to(_full_date(m, p), int(m["last"])),
    ),
    (
        rf"(?:(?P<day>{_DAY}),? )?(?P<number>\d\d?) (?P<month>{_MONTH})(?: (?P<year>{_YEAR}))?",
        _full_date,
    ),
    (r"new year's day", lambda m, p: _day(date(p.year, 1, 1))),
    (
        r"christmas (?P<which>day|eve)",
        lambda m, p: _day(date(p.year - (p.month < 12), 12, 25 - (m["which"] == "eve"))),
    ),
    (rf"(?:at )?(?:the )?end of (?P<year>{_YEAR})", lambda m, p: Resolved(m["year"], "", "year")),
    (rf"(?P<year>{_YEAR})", lambda m, p: Resolved(m["year"], "", "year")),
    (r"a year ago", lambda m, p: Resolved(_months_on(p, -18), _months_on(p, -6), "between")),
)

_CAPITAL_DAY, _CAPITAL_MONTH = _DAY.title(), _MONTH.title()
_LONE = rf"(?:{_CAPITAL_MONTH})(?<!May)(?<!March)|(?<=[ -])(?:May|March)(?! I\b)"
_EXPRESSIONS = re.compile(
    "|".join(
        (
            rf"(?:(?:{_CAPITAL_DAY}),? )?\b(?:{_CAPITAL_MONTH}) {_NTH}\b(?:[-–]\d\d?\b)?"
            rf"(?:,? {_YEAR}\b)?(?!,?\d)",
            rf"(?:(?:{_CAPITAL_DAY}),? )?\b\d\d? (?:{_CAPITAL_MONTH})\b(?: {_YEAR})?",
            rf"\b(?:[Ee]arly|[Mm]id|[Ll]ate)[- ](?:{_CAPITAL_MONTH})\b(?: {_YEAR})?",
            rf"\b(?:{_CAPITAL_MONTH}),? {_YEAR}\b",
            rf"\b(?:the )?end of {_YEAR}\b",
            r"\bNew Year['’]s Day\b|\bChristmas (?:Day|Eve)\b",
            r"\b(?:[Tt]oday|[Yy]esterday|[Tt]omorrow)\b",
            r"\b(?:(?:[Ee]arlier|[Ll]ater|[Ee]arly|[Mm]id|[Ll]ate)[- ])?"
            rf"(?:[Tt]his|[Ll]ast|[Nn]ext) (?:week|month|year|{'|'.join(_SEASONS)})\b",
            r"\b(?:[Ii]n )?(?:the )?(?:[Nn]ext|[Ll]ast|[Pp]ast|[Cc]oming|[Rr]ecent) "
            rf"(?:few |several )?{_UNIT}\b",
            rf"\b{_COUNT} {_UNIT} (?:ago|later|earlier|after|before)\b",
            rf"\b(?:{'|'.join(d.title() for d in DAYS)})s?\b",
            rf"\b(?:{_LONE})(?!\w)",
            rf"(?<![\w.,$€£]){_YEAR}(?![\w,]*\d|\w)",
        )
    )
)
# One of these is in every date expression.
_PARTS = (
    *(month[:3].title() for month in MONTHS),
    *("19", "20", "day", "week", "month", "year", "omorrow", "New Year", *_SEASONS),
)


@lru_cache(maxsize=1 << 14)
def find(text: str) -> tuple[tuple[str, int], ...]:
    """Return every date expression in `text` with its offset, vague ones ('in recent months') too.
    A month has a capital, 'May' and 'March' alone are none at the start of a line, years are 1900
    to 2099.
    """
    if not any(part in text for part in _PARTS):  # most texts, and this is far quicker
        return ()
    return tuple((m.group(), m.start()) for m in _EXPRESSIONS.finditer(text))


@lru_cache(maxsize=1 << 14)
def days(start: str, end: str = "") -> tuple[date, date]:
    """Return the first and last day of `start` to `end`, of any precision. ValueError for none."""
    first, last = _parts(start), _parts(end or start)
    month = last[1] if len(last) > 1 else 12
    day = last[2] if len(last) > 2 else monthrange(last[0], month)[1]
    return date(*(first + [1, 1])[:3]), date(last[0], month, day)


def _parts(written: str) -> list[int]:
    if not re.fullmatch(r"[1-9]\d{3}(?:-\d\d(?:-\d\d)?)?", written):
        raise ValueError(f"{written} is no date")
    return [int(part) for part in written.split("-")]


def exists(written: str) -> bool:
    """Tell whether YYYY, YYYY-MM or YYYY-MM-DD is a date."""
    try:
        return bool(days(written))
    except ValueError:
        return False


def overlap(one: tuple[date, date], other: tuple[date, date]) -> bool:
    """Tell whether two intervals have a day in common."""
    return one[0] <= other[1] and other[0] <= one[1]
