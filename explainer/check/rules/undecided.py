"""Open cells: what a draft could not decide, with the choices and the words that carry each."""

from collections.abc import Iterator
from typing import Any

from explainer.check.matching import supported
from explainer.data.dataset import OPEN, Dataset, Problem, Record

_SHOWN = 3  # accepted words of a code in a message
ANNOUNCED = "announcement"  # the side of such an event is that of who speaks there
_FOLLOWS = {  # what fills a cell in, once that is decided
    ("statements", "side"): "person_id",
    ("statements", "key_words"): "position",
    ("attacks", "by_side"): "event_id",
    ("events", "actor_side"): "statements",
}
_KEYED = {"person_id": "people", "via_person_id": "people", "event_id": "events"}


def cells(data: Dataset) -> Iterator[Problem]:
    """No cell is left open: a draft is not the data yet. What follows from others is told last."""
    following = []
    for table, rows in data.tables.items():
        columns = {column["name"]: column for column in data.columns(table)}
        for row in rows:
            for column in (c for c in row if row[c] == OPEN):
                root = _FOLLOWS.get((table, column))
                if column == "id" or (root and row.get("kind", ANNOUNCED) == ANNOUNCED):
                    following.append((row, column))
                else:
                    yield row.problem(column, _choices(data, row, columns[column]))
    if len(following) == sum(OPEN in row.values() for rows in data.tables.values() for row in rows):
        for row, column in following:
            yield row.problem(column, "is open: `make article` fills it in")


def _choices(data: Dataset, row: Record, column: dict[str, Any]) -> str:
    """Return which values a cell may have, those first that its words fit."""
    name = column["name"]
    proof = row.get("evidence") or row.get("text") or row.get("event_id", "")
    told = f'is open, of "{proof}": '
    if name in _KEYED:
        own = (r.get(name, "") for t in data.tables.values() for r in t if _same(r, row))
        known = ", ".join(sorted({key for key in own if key not in ("", OPEN)}))
        needed = column.get("constraints", {}).get("required")
        return (
            f"{told}an id of {_KEYED[name]}.csv{'' if needed else ', or empty for none'}; of this "
            f"article: {known or 'none yet'}"
        )
    if codes := column.get("codes"):
        fits = supported(proof, codes)
        fitting = [_told(code) for code in codes if code["code"] in fits]
        others = [_told(code) for code in codes if code["code"] not in fits]
        first = f"its words fit {', '.join(fitting)}; else " if fitting else "one of "
        return f"{told}{first}{', '.join(others)}"
    return f"{told}{column.get('description', '')}"


def _same(one: Record, other: Record) -> bool:
    return bool(one.get("source_id")) and one.get("source_id") == other.get("source_id")


def _told(code: dict[str, Any]) -> str:
    listed = ", ".join(code.get("words", [])[:_SHOWN])
    return f"{code['code']} ({listed})" if listed else str(code["code"])
