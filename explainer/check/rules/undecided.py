"""Open cells: what a draft could not decide, with the choices and the words that carry each."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from explainer.check.matching import spots, stems
from explainer.data.dataset import OPEN, Dataset, Problem, Record
from explainer.data.evidence import words

_NEAREST = 3  # people or events in a message
ANNOUNCED = "announcement"  # the side of such an event is that of who speaks there
_FOLLOWS = {  # what fills a cell in, itself where the command needs nothing more
    ("statements", "side"): "side",
    ("statements", "key_words"): "key_words",
    ("statements", "topic"): "position",
    ("statements", "concerns"): "position",
    ("attacks", "by_side"): "by_side",
}
_KEYED = {"person_id": "people", "via_person_id": "people", "event_id": "events"}


def cells(data: Dataset) -> Iterator[Problem]:
    """No cell is left open: a draft is not the data yet. A row is told once, with its sentence and
    the choices of each cell; what follows from others, once for all, where nothing else is open.
    """
    following, decided = [], True
    spoken = {r["event_id"] for r in data.live("statements") if OPEN in r.values()}
    told_at = {mention["event_id"]: mention["evidence"] for mention in data.live("mentions")}
    for table, rows in data.tables.items():
        columns = {column["name"]: column for column in data.columns(table)}
        for row in rows:
            due = []
            for column in (c for c in row if row[c] == OPEN):
                if column == "id" or _later(row, column, spoken):
                    following.append((row, column))
                else:
                    due.append(column)
            known = _of_that_day(data, row)
            decided &= not due and not known
            if due or known:
                proof = row.get("evidence") or row.get("text") or told_at.get(row.key, row.key)
                choices = [f"{c}: {_choices(data, row, proof, columns[c])}" for c in due]
                choices += [f"or name in its rows {known}"] * bool(known)
                open_cell = due[0] if due else "title"
                yield row.problem(open_cell, f'is open, of "{proof}". {"; ".join(choices)}')
    if following and decided:
        counts = Counter(f"{row.table}.{column}" for row, column in following)
        listed = ", ".join(f"{name} ({count})" for name, count in sorted(counts.items()))
        told = f"all that is left open `make article` fills in: {listed}"
        yield Problem(data.folder.name, None, "", "", told)


def _later(row: Record, column: str, spoken: set[str]) -> bool:
    """Tell whether a command fills a cell in, once another is decided."""
    if row.table == "events":  # by who speaks there, and what
        return (
            row["kind"] == ANNOUNCED
            and row.key in spoken
            and column in ("actor_side", "place", "title")
        )
    if column == "concerns" and row["topic"] == OPEN:
        return True
    root = _FOLLOWS.get((row.table, column), "")
    return root == column or row.get(root, "") == OPEN


def _of_that_day(data: Dataset, row: Record) -> str:
    """Return the events of the data that one of which the title is open may be: they begin when it
    does, or are due within its time; of one without a day, those of its kind of thing.
    """
    when = row.get("start", ""), row.get("precision", "")
    others = data.live("events") if row.table == "events" and row["title"] == OPEN else []
    thing = row.key.partition("-")[0] if not when[0] else ""
    same = (
        e
        for e in others
        if (when[0] and (e["start"], e["precision"]) == when)
        or (when[0] and e["kind"] == row["kind"] == "deadline" and e["start"].startswith(when[0]))
        or (when[1] == "month" and _announced(e) == _announced(row) and when[0] in e["start"])
        or (thing and thing in stems(words(e["title"])))
    )
    return " or ".join(f"{e.key} ({e['title']})" for e in same if e["title"] != OPEN)


def _announced(event: Record) -> tuple[bool, str]:
    return event["kind"] == ANNOUNCED, event["actor_side"]


def _choices(data: Dataset, row: Record, proof: str, column: dict[str, Any]) -> str:
    """Return which values a cell may have: those that the row's words fit, else all."""
    name = column["name"]
    if name in _KEYED:
        said = f"{row.get('role_as_written', '')} {proof}"
        known = " or ".join(_nearest(data, _KEYED[name], said, row))
        known = known or "none yet"
        empty = "" if column.get("constraints", {}).get("required") else ", or empty"
        return f"an id of {_KEYED[name]}.csv{empty}; nearest: {known}"
    if codes := column.get("codes"):
        fits, run = dict[str, str](), words(proof)
        for first, last, code in spots(run, codes):
            fits.setdefault(code, " ".join(run[first : last + 1]))
        fitting = " or ".join(f"{code} (“{word}”)" for code, word in fits.items())
        others = ", ".join(code["code"] for code in codes if code["code"] not in fits)
        return f"its words fit {fitting}; else {others}" if fitting else f"one of {others}"
    return str(column.get("description", ""))


def _nearest(data: Dataset, table: str, proof: str, asked: Record) -> list[str]:
    """Return ids of people or events, with their name or title, that share most words with the
    row's: of who speaks just before and of the events of violence that the article tells of, all.
    """
    source = asked.get("source_id", "")
    ours = [r for r in data.live("statements") if r["source_id"] == source]
    spoke = [r["person_id"] for r in ours if r["person_id"] not in ("", OPEN)]
    before = [r["person_id"] for r in ours if r.line < asked.line and r["person_id"] in spoke]
    own = {m["event_id"] for m in data.live("mentions") if m["source_id"] == source}
    said, found = set(stems(words(proof))), []
    for row in data.live(table):
        name = next((row[c] for c in ("title", "name") if row.get(c, OPEN) != OPEN), "")
        named = words(f"{name} {row.key.replace('-', ' ')}")
        shared = len({word for word in stems(named) if len(word) > 2} & said)
        shared += 9 * (row.key in own and row["kind"] in ("attack", "strike", OPEN))
        shared = 2 * shared + (row.key in spoke) + 2 * (row.key in before[-1:])
        told = f"{row.key} ({name})" if name else row.key
        if shared:
            found.append((-shared, row.key, told))
    return [told for _, _, told in sorted(found)[:_NEAREST]]
