"""How a number, a count with its hedge and a day are written."""

from datetime import date
from typing import Any

import pandas as pd


def number(value: int) -> str:
    """Return 2500 as '2,500'."""
    return f"{value:,}"


def count(value: Any, qualifier: str, labels: dict[str, str]) -> str:
    """Return a number with the hedge it was printed with: 'about 2,500', 'at least 100', '12',
    'several'.
    """
    if pd.isna(value):
        return labels[qualifier].split(",")[0]
    return (
        number(value) if qualifier in ("exact", "named") else f"{labels[qualifier]} {number(value)}"
    )


def day(iso: str, year: bool = True) -> str:
    """Return '2024-01-05' as '5 January 2024', '2024-09' as 'September 2024', '2003' as '2003'."""
    parts = iso.split("-")
    if len(parts) == 1:
        return iso
    moment = date(int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) == 3 else 1)
    return " ".join(
        [str(moment.day)] * (len(parts) == 3) + [f"{moment:%B}"] + [f"{moment:%Y}"] * year
    )
