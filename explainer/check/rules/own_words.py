"""Our own words: what a title, question or note says is found in the rows it stands for."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from explainer.check.claims import ALIASES, Claim, Grounds, claims, grounds, known, reports, split
from explainer.check.diction import diction_of
from explainer.check.matching import bodies
from explainer.data.dataset import CONTEXT, Dataset, Problem, Record, gathered, labels
from explainer.data.dates import days, exists
from explainer.data.evidence import words
from explainer.data.grammar import COMMON, NEGATION

COLUMNS = ("title", "question", "why_it_matters", "says", "institution", "note")
_ROW = re.compile(r"\b[a-z]{3}-\d{4,}\b")
BESIDE = ("record", "comparisons")  # beyond the articles: see explainer.check.rules.record
# These may go beyond one article.
COMPARING = {"disagreements": ("note",), "people": ("institution", "note")}
_DIGIT = re.compile(r"\d")
_UNSAID = re.compile(
    r"\b(?:no|not|without)\b[^;,]*\b(?:given|named|stated|said|told|date|number)\b"
)
_EARLY = "before until"  # what is announced to be so is not what is not yet so
_UNMARKED = str.maketrans("", "", "“”")  # what a note quotes, it says
LOOSE: tuple[str, ...] = ("number", "name", "date")  # what a note may not add
STRICT: dict[tuple[str, str], tuple[str, ...]] = {  # a bound neither, nor these
    ("events", "title"): ("negation",),
    ("topics", "question"): (),
    ("topics", "why_it_matters"): (),
    ("disagreements", "says"): ("negation", "quotation"),
}
_NO_NAMES = COMMON.union(
    words("us us-led government office military parliament prime the members abu")
)
_MISSING = {
    "number": "a number that the rows it stands for do not have, or in a form that nobody reads",
    "name": "which the rows it stands for do not name",
    "hedge": "a bound that the rows it stands for do not put on the number",
    "negation": "and no row that it stands for denies anything",
    "date": "a date that the rows it stands for do not have",
    "quotation": "and the evidence does not have these words",
}


def claimed(data: Dataset) -> Iterator[Problem]:
    """Numbers, names, dates, hedges and denials that we write, the rows they stand for have."""
    held, names, every = held_of(data), known_names(data), days_of(data)
    for row in _of_articles(data):
        own = "source_id" in row or row.table == "events"
        for column in (column for column in COLUMNS if row.get(column)):
            strict, kinds = (row.table, column) in STRICT, LOOSE
            if strict:
                kinds = (*LOOSE, "hedge", *STRICT[row.table, column])
            elif row.table in ("sources", "places"):
                kinds = ("date",)
            elif column == "institution":
                kinds = ("date", "number")
            anywhere = not own or column in COMPARING.get(row.table, ())
            text = row[column] if strict else row[column].translate(_UNMARKED)
            for claim in (one for one in claims(text, names) if one.kind in kinds):
                wide = claim.kind in ("name", "date", "quotation") or not strict
                if not (
                    (claim.kind == "date" and anywhere and every.give(claim))
                    or held.give(claim, row, wide, strict)
                    or _reckoned(claim, row, row[column])
                ):
                    yield row.problem(column, f'says "{claim.written}", {_MISSING[claim.kind]}')


def weighed(data: Dataset) -> Iterator[Problem]:
    """A title or position does not say what its evidence denies, nor of other forces."""
    codes, diction, proving = data.codes("statements", "concerns"), diction_of(data), _proving(data)
    topics = data.by_key("topics")
    named: dict[str, set[str]] = defaultdict(set)
    for row in data.every():
        named[row.get("source_id", "")] |= bodies(row.get("evidence", ""), codes)
    for table, column in STRICT:
        for row in data.live(table) if column != "question" else ():
            topic = topics[row["topic_id"]] if table == "disagreements" else None
            if topic and not topic["event_id"]:  # how a thing is called
                continue
            text = row[column]
            proofs = [row["evidence"]] if "evidence" in row else proving[row.key]
            asked = topic["question"] if topic else "" if column == "title" else None
            held = {word for run in proofs for word in words(run)}
            early = _EARLY if row.get("kind") == "announcement" else ""
            for wrong in diction.against(text, held, proofs, asked, early):
                yield row.problem(column, wrong)
            if column == "says" and (others := bodies(text, codes) - named[row["source_id"]]):
                yield row.problem(column, f"names {others.pop()}, and the article does not")
    for row in _of_articles(data):
        if row.get("note") and (proof := row.get("evidence", "")):
            held = {*words(proof), "before", "after"}  # that is reckoned
            for wrong in diction.against(row["note"], held, [proof]):
                yield row.problem("note", wrong)


def _proving(data: Dataset) -> dict[str, list[str]]:
    """Return by event and by topic the evidence that its title or question stands for."""
    proving: dict[str, list[str]] = defaultdict(list)
    for table in ("statements", "mentions", "disagreements"):
        for row in data.live(table):
            if row.get("form") != "narration":
                proving[row.get("event_id") or row.get("topic_id", "")].append(row["evidence"])
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


@gathered
def known_names(data: Dataset) -> frozenset[str]:
    """Return the words by which people and outlets of the data are named."""
    named = [person[column] for person in data.live("people") for column in ("name", "named_as")]
    named += [source["outlet_short"] for source in data.articles()]
    capital = (part for name in named for part in re.findall(r"[^\s]*[A-Z][^\s]*", name))
    found = {word for part in capital for word in words(part)} - _NO_NAMES
    return frozenset(found | ALIASES[1] | ALIASES[3] | ALIASES[5] | ALIASES[6])


@gathered
def days_of(data: Dataset) -> Grounds:
    """Return every day of an event, a fact, a page."""
    dated = {(row["start"], row["end"]) for row in data.live("events")}
    for row in data.every():
        dated |= {(row.get(column, ""), "") for column in ("end", "date", "published")}
    return Grounds(dates=[days(*one) for one in dated if exists(one[0])])


class Held:
    """What the rows of an event, an article, a matter give, each gathered once."""

    def __init__(self, data: Dataset):
        self._rows: dict[str, list[Record]] = defaultdict(list)
        self._labels = labels(data)
        self._group = cache(lambda key: self._given(self._rows.get(key, ())))
        codes = [*data.codes("events", "place"), *data.codes("attacks", "scope")]
        self._places = {word for c in codes for p in c.get("words", []) for word in words(p)}
        named = data.by_key("people") | data.by_key("sources") | data.by_key("events")
        self._everywhere: set[str] = set()
        for row in _of_articles(data):
            for column in ("evidence", "name", "named_as", "institution", "outlet", "outlet_short"):
                self._everywhere |= split(row.get(column, ""))
            for column in ("event_id", "from_event", "to_event", "source_id", "topic_id"):
                if group := row.get(column):
                    self._rows[group] += [row, *_referred(row, named, column)]
        for key, rows in self._rows.items():
            self._rows[key] = list({id(row): row for row in rows}.values())

    def give(self, claim: Claim, row: Record, wide: bool, strict: bool) -> bool:
        """Tell whether a claim in a cell of ours is found in the rows that it stands for."""
        event = row.table == "events"
        group = self._rows.get(row["event_id"], []) if event else []
        keys = [row.get(c, "") for c in ("event_id", "topic_id")] if "source_id" not in row else []
        if wide:  # of an event its articles, whatever they speak of
            keys += [row.get("source_id", ""), row.get("event_id", "")]
            keys += [other["source_id"] for other in group if "source_id" in other]
        if claim.kind == "negation" and event:
            return any(NEGATION.search(r.get("evidence", "")) for r in group if r is not row)
        if claim.kind == "name" and claim.value in self._places:
            return True
        if claim.kind == "name" and not strict:
            return known(claim.value, self._everywhere)
        if row.table not in ("events", "topics") and self._given([row]).give(claim):
            return True
        return any(self._group(key).give(claim) for key in dict.fromkeys(keys))

    def of(self, key: str) -> set[str]:
        """Return the words of all rows of an event, an article, a matter."""
        return self._group(key).words

    def _given(self, rows: Iterable[Record]) -> Grounds:
        return grounds(rows, self._labels, COLUMNS)


held_of = gathered(Held)


def _referred(row: Record, named: dict[str, Record], group: str) -> list[Record]:
    """Return the speaker, article and event of a row, as far as its group is not theirs."""
    columns = ("person_id", "via_person_id", "source_id", "event_id")
    return [named[row[c]] for c in columns if c != group and row.get(c) in named]


def _reckoned(claim: Claim, row: Record, text: str) -> bool:
    """Tell whether a claim is ours: 'give or take six' of dates, 'no reason given' of silence."""
    if claim.kind == "negation":
        return bool(_UNSAID.search(text))
    between = row.table == "events" and row["precision"] == "between"
    return claim.kind == "number" and between and not _DIGIT.search(claim.written)


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
