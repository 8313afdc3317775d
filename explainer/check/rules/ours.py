"""Our own words: what a title, question, position or note says is found in the rows it stands
for.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from explainer.check.claims import (
    ALIASES,
    Claim,
    Grounds,
    claims,
    denied,
    grounds,
    reports,
    split,
    turned,
)
from explainer.check.diction import diction_of
from explainer.check.matching import bodies
from explainer.data.dataset import CONTEXT, Dataset, Problem, Record
from explainer.data.dates import days, exists
from explainer.data.evidence import words
from explainer.data.grammar import COMMON, NEGATION

COLUMNS = ("title", "question", "why_it_matters", "says", "institution", "note")
_ROW = re.compile(r"\b[a-z]{3}-\d{4,}\b")
BESIDE = ("record", "comparisons")  # beyond the articles: see explainer.check.rules.record
# These may go beyond one article.
COMPARING = {"disagreements": ("note",), "people": ("institution", "note")}
_DIGIT = re.compile(r"\d")
PLACED = (("events", "place"), ("attacks", "scope"))
KEYED = {"person_id": "people", "source_id": "sources", "event_id": "events"}
_UNSAID = re.compile(
    r"\b(?:no|not|without)\b[^;,]*\b(?:given|named|stated|said|told|date|number)\b"
)
LOOSE = ("number", "name", "date")  # what a note may not add
STRICT = {
    ("events", "title"): ("number", "name", "hedge", "negation", "date"),
    ("topics", "question"): ("number", "name", "hedge", "date"),
    ("topics", "why_it_matters"): ("number", "name", "hedge", "date"),
    ("disagreements", "says"): ("number", "name", "hedge", "negation", "date", "quotation"),
}
_MISSING = {
    "number": "a number that the rows it stands for do not have, or in a form that nobody reads",
    "name": "which the rows it stands for do not name",
    "hedge": "a bound that the rows it stands for do not put on the number",
    "negation": "and no row that it stands for denies anything",
    "date": "a date that the rows it stands for do not have",
    "quotation": "and the evidence does not have these words",
}


def claimed(data: Dataset) -> Iterator[Problem]:
    """Numbers in any form, names, dates, hedges and denials that we write are found in the rows
    they stand for; a date of no one article, in any event or page.
    """
    held, names, every = held_of(data), known_names(data), days_of(data)
    for row in _of_articles(data):
        for column in (column for column in COLUMNS if row.get(column)):
            strict = (row.table, column) in STRICT
            kinds = STRICT[row.table, column] if strict else LOOSE
            apart = row.table in ("sources", "places") or column == "institution"
            own = "source_id" in row or row.table == "events"
            anywhere = not own or column in COMPARING.get(row.table, ())
            for claim in claims(row[column], names):
                if claim.kind not in (("date",) if apart else kinds):
                    continue
                wide = claim.kind in ("name", "date", "quotation") or not strict
                known = claim.kind == "date" and anywhere and every.give(claim)
                if not (
                    known
                    or held.give(claim, row, wide, strict)
                    or _reckoned(claim, row, row[column])
                ):
                    yield row.problem(column, f'says "{claim.written}", {_MISSING[claim.kind]}')


def weighed(data: Dataset) -> Iterator[Problem]:
    """A title or a position does not say plainly what its evidence denies, nor the opposite, nor
    of forces that the article does not name.
    """
    codes = data.codes("statements", "concerns")
    proving = _proving(data)
    framed = {topic["topic_id"] for topic in data.live("topics") if not topic["event_id"]}
    named: dict[str, set[str]] = defaultdict(set)
    for row in data.every():
        named[row.get("source_id", "")] |= bodies(row.get("evidence", ""), codes)
    for table, column in STRICT:
        for row in data.live(table) if column != "question" else ():
            if row.get("topic_id") in framed and table == "disagreements":  # how it is called
                continue
            text = row[column]
            proofs = [row["evidence"]] if "evidence" in row else proving[row.key]
            if column in ("title", "says") and (word := turned(text, proofs)):
                yield row.problem(column, f'says "{word}" plainly, and the evidence only denies it')
            yield from _contrary(row, column, proofs, data)
            if column == "says" and (others := bodies(text, codes) - named[row["source_id"]]):
                yield row.problem(column, f"names {others.pop()}, and the article does not")
    for row in _of_articles(data):
        if row.get("note") and row.get("evidence"):
            yield from _contrary(row, "note", [row["evidence"]], data)


def _contrary(row: Record, column: str, proofs: list[str], data: Dataset) -> Iterator[Problem]:
    """Yield where a text of ours says the opposite of the words that prove it."""
    given = {word for run in proofs for word in words(run)}
    reckoned = column == "note" and {"before", "after"} & {*words(row[column])}
    opposite = "" if reckoned else diction_of(data).opposed(row[column], given, proofs)
    if word := opposite or denied(row[column], proofs):
        yield row.problem(column, f'says "{word}", and the evidence the opposite')
    if "asked" not in data.made:
        data.made["asked"] = {topic.key: topic["question"] for topic in data.live("topics")}
    whole = f"{row[column]} {data.made['asked'].get(row.get('topic_id', ''), '')}"
    if column != "note" and (word := diction_of(data).dropped(whole, proofs)):
        yield row.problem(
            column, f'tells of "{word}" without the word by which the evidence turns it'
        )


def _proving(data: Dataset) -> dict[str, list[str]]:
    """Return by event and by topic the evidence that its title or question stands for."""
    proving: dict[str, list[str]] = defaultdict(list)
    for row in data.live("statements"):
        if row["form"] != "narration":
            proving[row["event_id"]].append(row["evidence"])
    for row in data.live("mentions"):
        proving[row["event_id"]].append(row["evidence"])
    for row in data.live("disagreements"):
        proving[row["topic_id"]].append(row["evidence"])
    return proving


def counted(data: Dataset) -> Iterator[Problem]:
    """No more reports are said to tell something, or to leave it out, than rows of them do."""
    telling: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in data.every():
        for column in ("topic_id", "event_id", "person_id"):
            if key := row.get(column) if row.get("source_id") else "":
                telling[key][row.get("stance", row.table)].add(row["source_id"])
    articles = len(data.articles())
    for row in _of_articles(data):
        ours = COLUMNS if "source_id" not in row or row.table == "people" else ()
        for column in (column for column in ours if row.get(column)):
            for written, count in reports(row[column]):
                keys = (row.key, row.get("event_id", ""))
                most = max((len(s) for k in keys for s in telling.get(k, {}).values()), default=0)
                if (count or articles) > most:
                    yield row.problem(column, f'says "{written}": rows tell of it in {most}')


def known_names(data: Dataset) -> frozenset[str]:
    """Return the words by which people and outlets of the data are named, wherever they stand in
    a sentence.
    """
    if (made := data.made.get("names")) is not None:
        return frozenset(made)
    named = [person[column] for person in data.live("people") for column in ("name", "named_as")]
    named += [source["outlet_short"] for source in data.articles()]
    states = ALIASES[1] | ALIASES[3] | ALIASES[5] | ALIASES[6]
    data.made["names"] = found = states | frozenset(
        part
        for name in named
        for part in re.findall(r"[^\s]*[A-Z][^\s]*", name)
        for part in words(part)
    ) - {
        "us",
        "us-led",
        "government",
        "office",
        "military",
        "parliament",
        "prime",
        "the",
        "members",
        "abu",
        *COMMON,
    }
    return found


def days_of(data: Dataset) -> Grounds:
    """Return every day of an event, a fact, a page, gathered once."""
    if "days" not in data.made:
        dated = {
            (row[column], row.get("end", "") if column == "start" else "")
            for row in data.every()
            for column in ("start", "end", "date", "published")
            if row.get(column)
        }
        data.made["days"] = Grounds(dates=[days(*one) for one in dated if exists(one[0])])
    made: Grounds = data.made["days"]
    return made


class Held:
    """What the rows of an event, an article, a matter give, each gathered once."""

    def __init__(self, data: Dataset):
        self._rows: dict[str, list[Record]] = defaultdict(list)
        self._given: dict[int, Grounds] = {}
        self._whole: dict[str, Grounds] = {}
        self._labels = {
            (table, f["name"]): {code["code"]: code["label"] for code in f["codes"]}
            for table in data.tables
            for f in data.columns(table)
            if f.get("codes")
        }
        places = [c for table, column in PLACED for c in data.codes(table, column)]
        self._places = {
            word for code in places for phrase in code.get("words", []) for word in words(phrase)
        }
        named = {
            row[key]: row
            for key in ("person_id", "source_id", "event_id")
            for row in data.live(KEYED[key])
        }
        self._everywhere: set[str] = set()
        for row in _of_articles(data):
            for column in ("evidence", "name", "named_as", "institution", "outlet", "outlet_short"):
                self._everywhere |= split(row.get(column, ""))
            for column in ("event_id", "from_event", "to_event", "source_id", "topic_id"):
                if group := row.get(column):
                    self._rows[group] += [row, *_referred(row, named, column)]
        self._rows = {
            key: list({id(row): row for row in rows}.values()) for key, rows in self._rows.items()
        }

    def give(self, claim: Claim, row: Record, wide: bool, strict: bool) -> bool:
        """Tell whether a claim in a cell of ours is found in the rows that it stands for."""
        keys = (
            [row[c] for c in ("event_id", "topic_id") if row.get(c)]
            if row.table in ("events", "topics")
            else []
        )
        keys += [row.get("source_id", ""), row.get("event_id", "")] if wide else []
        if wide and row.table == "events":  # its articles, whatever they speak of
            keys += [
                r["source_id"] for r in self._rows.get(row["event_id"], ()) if "source_id" in r
            ]
        if claim.kind == "negation" and row.table == "events":
            group = self._rows.get(row["event_id"], [])
            return any(NEGATION.search(r.get("evidence", "")) for r in group if r is not row)
        if claim.kind == "name" and claim.value in self._places:
            return True
        if claim.kind == "name" and not strict:
            return claim.value in self._everywhere or any(
                claim.value in group and group & self._everywhere for group in ALIASES
            )
        if row.table not in ("events", "topics") and self._one(row).give(claim):
            return True
        return any(self._group(key).give(claim) for key in dict.fromkeys(keys))

    def of(self, key: str) -> set[str]:
        """Return the words of all rows of an event, an article, a matter."""
        return self._group(key).words

    def _group(self, key: str) -> Grounds:
        if key not in self._whole:
            self._whole[key] = grounds(self._rows.get(key, ()), self._labels, COLUMNS)
        return self._whole[key]

    def _one(self, row: Record) -> Grounds:
        if id(row) not in self._given:
            self._given[id(row)] = grounds([row], self._labels, COLUMNS)
        return self._given[id(row)]


def held_of(data: Dataset) -> Held:
    """Return what the rows of data give, gathered once."""
    made: Held = data.made.get("held") or data.made.setdefault("held", Held(data))
    return made


def _referred(row: Record, named: dict[str, Record], group: str) -> list[Record]:
    """Return the speaker, article and event of a row, as far as its group is not theirs."""
    columns = ("person_id", "via_person_id", "source_id", "event_id")
    return [named[row[c]] for c in columns if c != group and row.get(c) in named]


def _reckoned(claim: Claim, row: Record, text: str) -> bool:
    """Tell whether a claim is our own: 'give or take six' of a reading of dates, 'no reason
    given' of a silence.
    """
    if claim.kind == "negation":
        return bool(_UNSAID.search(text))
    return (
        claim.kind == "number"
        and row.table == "events"
        and row["precision"] == "between"
        and not _DIGIT.search(claim.written)
    )


def rows(data: Dataset) -> Iterator[Problem]:
    """A row that a note names is there."""
    ids = {row["id"] for records in data.tables.values() for row in records if "id" in row}
    for row in data.every():
        for name in _ROW.findall(row.get("note", "")):
            if name not in ids:
                yield row.problem("note", f"names {name}, which is not there")


def _of_articles(data: Dataset) -> Iterator[Record]:
    """Yield the rows that tell of the articles and of what they report."""
    return (row for row in data.every() if row.table not in BESIDE and row.get("tier") != CONTEXT)
