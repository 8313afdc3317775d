"""How a number, a count with its hedge and a date are written, wherever the book writes one."""

from datetime import date
from typing import Any

import pandas as pd

_SMALL = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def number(value: int) -> str:
    """Return 2500 as '2,500'."""
    return f"{value:,}"


def spelled(value: int) -> str:
    """Return 5 as 'five' and 0 as 'none', as prose writes them, and 17 as '17'."""
    return _SMALL[value] if value < len(_SMALL) else number(value)


def count(value: Any, qualifier: str, labels: dict[str, str]) -> str:
    """Return 'about 2,500', 'at least 100', '12', or 'several' where `value` is missing."""
    if pd.isna(value):
        return labels[qualifier].split(",")[0]
    hedge = "" if qualifier in ("exact", "named") else f"{labels[qualifier]} "
    return f"{hedge}{number(value)}"


def day(iso: str, year: bool = True) -> str:
    """Return '2024-01-05' as '5 January 2024', '2024-09' as 'September 2024', '2003' as '2003'."""
    parts = iso.split("-")
    if len(parts) == 1:
        return iso
    moment = date(int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) == 3 else 1)
    return " ".join(
        [str(moment.day)] * (len(parts) == 3) + [f"{moment:%B}"] + [f"{moment:%Y}"] * year
    )


def interval(start: str, end: str, year: bool = True) -> str:
    """Return '5–11 August 2024': two days, or two months, without what they share."""
    if start[:7] == end[:7] and len(start) == len(end) == 10:
        return f"{int(start[8:])}–{day(end, year)}"
    return f"{day(start, year and start[:4] != end[:4])} to {day(end, year)}"


def when(start: str, precision: str, end: str = "", year: bool = True) -> str:
    """Return a date as exactly as it is known: 'week of 5 August 2024', 'no date given'."""
    if not start:
        return "no date given"
    if precision == "week":
        return f"week of {day(start, year)}"
    if precision == "between" and end:
        return interval(start, end, year)
    return day(start, year or len(start) == 4)
