"""The lines of the changelog on corrections, as they are written and as the check finds them."""

import re

MADE = "- Corrected on "  # how they begin
_MARKUP = re.compile(r"([\\`*_\[\]<>&#|{}])")


def line(day: str, row: str, now: str, reason: str) -> str:
    """Return the line on one correction; `now` is the row in its place, itself, or '' for none."""
    told = f"now `{now}`" if now else "withdrawn"
    told = "in place" if now == row else told
    return f"{MADE}{day}: `{row}`, {told}. " + _MARKUP.sub(r"\\\1", " ".join(reason.split()))
