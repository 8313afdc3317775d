"""What a new article makes doubtful: sentences that speak of all reports, matters and events that
its words may touch, places that it spells in another way.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping
from datetime import date
from pathlib import Path

from explainer.check.prose import sentences
from explainer.check.reading import unsigned
from explainer.check.reporting import sentences as spans
from explainer.check.reporting import telling
from explainer.check.rules.calendar import publication
from explainer.check.rules.places import spellings
from explainer.data.dataset import Dataset, Record
from explainer.data.dates import MONTHS, days, find, overlap, readings
from explainer.data.evidence import fragments, plain, spoken_by

_REPORTS = r"(?:reports?|articles?|outlets?|newsrooms?|accounts?)"
_TELL = r"(?:give|name|print|put|quote|report|say|tell|write)"
_MONTH = "|".join(MONTHS)
_SOME = r"(?:one|two|three|four|five|six|seven|eight|nine|\d+)"
_OF_ALL = re.compile(  # what one more report can make false
    rf"\b(?:no|none of the|all|both|every|neither|only)(?: of the)?"
    rf"(?: (?:other|later|earlier|{_SOME}))? {_REPORTS}\b|"
    rf"\bthe (?:[\w-]+ )?{_REPORTS} (?:(?:do|does|did) not|never|{_TELL})\b|"
    rf"\bthe (?:later|earlier|other|first|last|{_MONTH}) {_REPORTS}\b|\bnot [\w ]+ the reports\b|"
    rf"\bno end date\b|\bno date is given\b|\b(?:it|only \w+) alone {_TELL}|"
    r"\bsecond reader\b|\bday of publication is\b|"
    rf"\b{_SOME} of the {_SOME} {_REPORTS}\b|\bthe {_SOME} (?:\w+ )?{_REPORTS}\b"
)
_ALONE = re.compile(r"\b[Oo]nly [A-Z]")  # one outlet
_ABSENT = re.compile(r"\b(?:no|none|not|never|neither|only|alone)\b")  # whatever is counted beside
_COUNTED = re.compile(rf"{_OF_ALL.pattern}|\b{_SOME} (?:\w+ )?{_REPORTS}\b")  # in a note of ours
_LISTED = 3  # outlets that a sentence types, as if they were all
_ALIKE = 0.25  # of 1, how alike a sentence is to what a matter is told with; three words at least
_QUOTED = 90  # characters of its sentence
_TROOPS = telling("forces soldiers personnel")
_PLAIN = telling(  # words of a sentence on reports that name no matter
    "report reports article articles outlet outlets give gives given say says speak which would "
    "this had has was were one two only none not all any other others when where that what who "
    "how its their there will are been before after until later earlier day date write writes "
    "out many much most last first them than more"
)


def due(data: Dataset, root: Path, unread: Container[str] | None = None) -> Iterator[str]:
    """Yield a line for each sentence of the book in `root` that speaks of all reports and counts
    none through the data, or that types a list of outlets, and that has words in common with a row
    that nobody has read, or with one of an article that has such rows and is in no release; and for
    what the words of such an article may touch without a row. Of what is signed with
    each new article, only sentences `unread` are told, if these are given.
    """
    if not (new := _new(data)):
        return
    drafted = sorted({row["source_id"] for row in new if row["source_id"] not in _released(data)})
    names = telling(" ".join(row["outlet_short"] for row in data.articles())) | _PLAIN
    held = [(_held(data, row), row) for row in new]
    for where, text in [*_of_reports(data, root, new, unread), *_notes(data, new)]:
        matter = _folded(telling(text)) - names
        near = ((len(matter & words), row) for words, row in held)
        count, row = max(near, key=lambda one: one[0])
        if "why_it" in where or count >= min(2, (len(matter) + 1) // 2):
            asked = f"does it hold with {row.key} of {row['source_id']}, “{row['evidence']}”?"
            yield f"{where}: “{text}”: {asked}"
    for source in drafted:
        if untold := list(_untold(data, source)):
            yield (
                f"{source} has no row of these, and pages say that it does not mention them; where "
                "it does, add one to disagreements.csv (where it does not, one of the stance "
                "silent takes a matter off this list) or to mentions.csv:"
            )
            yield from untold
        yield from _respelt(data, source)
        yield from _relays(data, source)


def _released(data: Dataset) -> set[str]:
    """Return the articles that a version holds."""
    published = data.ledger.rows if data.ledger else ()
    return {source.key for source in data.articles() if source.key in published}


def _new(data: Dataset) -> list[Record]:
    """Return the rows that nobody has read, and all others of an article that has some and is in no
    release.
    """
    open_rows = [row for row in unsigned(data) if row.get("source_id")]
    keys, drafted = {row.key for row in open_rows}, {row["source_id"] for row in open_rows}
    drafted -= _released(data)
    rows = (row for row in data.every() if row.get("source_id") and row.get("evidence"))
    return [row for row in rows if row.key in keys or row["source_id"] in drafted]


def of_all(text: str) -> str:
    """Return the words of a sentence that say something of all reports, or of one alone."""
    found = _OF_ALL.search(text.casefold()) or _ALONE.search(text)
    return found[0] if found else ""


def _folded(stems: set[str]) -> set[str]:
    """Return stems with one for all that mean forces."""
    return {"troop" if stem in _TROOPS else stem for stem in stems}


def _held(data: Dataset, row: Record) -> set[str]:
    """Return the beginnings of the words of a row, and of what its codes stand for."""
    coded = ((c["name"], code) for c in data.columns(row.table) for code in c.get("codes", ()))
    labels = (code.get("label", "") for column, code in coded if row.get(column) == code["code"])
    return _folded(telling(" ".join([row.table, row.get("evidence", ""), *labels])))


def _of_reports(
    data: Dataset, root: Path, new: list[Record], unread: Container[str] | None
) -> Iterator[tuple[str, str]]:
    """Yield where a sentence of the chapters that speaks of all reports stands, and it: none that
    cites a row of `new`, as whoever wrote it has thought of that.
    """
    known = {row.key for row in new}
    outlets = "|".join(re.escape(row["outlet_short"]) for row in data.articles())
    for path in [root / "index.md", *sorted((root / "chapters").glob("*.md"))]:
        if path.exists():
            name = path.relative_to(root).as_posix()
            for sentence in sentences(path.read_text(encoding="utf-8"), name):
                text = " ".join(sentence.text.split())
                found = of_all(text)
                found = found if _ABSENT.search(found.casefold()) or not sentence.glued else ""
                if found and unread is not None and sentence.source not in unread:
                    continue  # somebody has, since the article came
                listed = len(set(re.findall(rf"\b(?:{outlets})\b", text))) >= _LISTED
                if known.isdisjoint(sentence.rows) and (listed or found):
                    yield f"{name}:{sentence.line}", text


def _notes(data: Dataset, new: list[Record]) -> Iterator[tuple[str, str]]:
    """Yield where words of ours count reports: of matters in which an article takes part, and in
    notes on sources and events.
    """
    taken = {row["topic_id"] for row in new if row.table == "disagreements"}
    others = [row for table in ("sources", "events") for row in data.live(table)]
    for row in [*(t for t in data.live("topics") if t.key in taken), *others]:
        for column in (c for c in ("why_it_matters", "note") if c in row):
            if _COUNTED.search(row[column].casefold()):
                yield f"{row.file}:{row.line}: {column}", row[column]


def _untold(data: Dataset, source: str) -> Iterator[str]:
    """Yield what an article has no row of: each question that no report answers, and the matters
    and events that its words may tell of.
    """
    told = {row.get("topic_id") or row.get("event_id") for row in data.every() if _of(row, source)}
    bags: dict[str, set[str]] = defaultdict(set)
    for row in [*data.live("topics"), *data.live("events")]:
        bags[row.key] |= telling(row.get("question") or row["title"])
    for row in data.every():
        if row.table in ("disagreements", "mentions") and row["source_id"] != source:
            words = f"{row.get('says', '')} {row['evidence']}"
            bags[row.get("topic_id") or row["event_id"]] |= telling(words)
    count = Counter(stem for bag in bags.values() for stem in bag)
    weight = {stem: math.log((len(bags) + 1) / (n + 0.5)) ** 2 for stem, n in count.items()}
    events, published = data.by_key("events"), publication(data)[source]
    for row in [*data.live("topics"), *data.live("events")]:
        event: Mapping[str, str] = events.get(row["event_id"], {})
        late = row.get("start", "") > published.isoformat() and row["kind"] != "deadline"
        if row.key in told or late:
            continue
        rated = (
            (_alike(bags[row.key], held, weight), text)
            for text, held in _sentences(data, source)
            if len(bags[row.key] & held) > (row["kind"] != "unanswered") + 1
            and not _of_another_day(text, event, published)
        )
        score, text = max(rated, default=(0.0, ""))
        if score >= _ALIKE:
            known = f" ({row['why_it_matters']})" if row["kind"] == "unanswered" else ""
            what = row.get("question") or row["title"]
            yield f"  {row.file}:{row.line}: {what}{known}: “{text[:_QUOTED]} …”"


def _of_another_day(text: str, event: Mapping[str, str], published: date) -> bool:
    """Tell whether a sentence dates what it tells of, and never as an event is dated."""
    found = [m for written, _ in find(text) for m in readings(written, published)]
    if not found or not event.get("start"):
        return False
    held = days(event["start"], event["end"])
    return not any(overlap(days(meant.start, meant.end), held) for meant in found)


def _alike(one: set[str], other: set[str], weight: dict[str, float]) -> float:
    """Return the cosine of two bags of words, the rarer the more; of none that no matter has."""
    both, apart = (sum(weight.get(stem, 0) for stem in stems) for stems in (one & other, one))
    return both / math.sqrt(apart * sum(weight.get(stem, 0) for stem in other) or 1)


def _of(row: Record, source: str) -> bool:
    return row.table in ("disagreements", "mentions") and row["source_id"] == source


def _sentences(data: Dataset, source: str) -> Iterator[tuple[str, set[str]]]:
    """Yield the sentences of an article's text, as far as that is at hand, with their stems."""
    for line in plain(data.texts.get(source, "")).split("\n"):
        yield from ((line[a:b], telling(line[a:b])) for a, b in spans(line, 0))


def _relays(data: Dataset, source: str) -> Iterator[str]:
    """Yield each statement before which an outlet speaks: the words may come through it."""
    known = data.fingerprints[source]
    outlets = {p["named_as"]: p.key for p in data.live("people") if p["kind"] == "news_outlet"}
    for row in data.live("statements"):
        if row["source_id"] != source or not row["person_id"]:
            continue
        for name, key in outlets.items():
            told = key in (row["person_id"], row["via_person_id"]) or name in row["note"]
            if not told and any(spoken_by(run, name, known) for run in fragments(row["evidence"])):
                yield (
                    f"{row.file}:{row.line}: {row.key}: {name} speaks just before “"
                    f"{row['evidence']}”: if the article has it through {name}, via_person_id is "
                    f"{key}"
                )


def _respelt(data: Dataset, source: str) -> Iterator[str]:
    """Yield the places of the map that an article spells in another way, or names in no row."""
    cited = " ".join(
        f"{row.get('evidence', '')} {row.get('headline', '')}"
        for row in data.every()
        if row.get("source_id") == source
    )
    text = data.texts.get(source, cited)
    tokens = [token.strip(".,;:!?()“”\"‘’'") for token in text.split()]
    for place in data.live("places"):
        known = spellings(place)
        if any(re.search(rf"\b{re.escape(name)}\b", cited) for name in known):
            continue
        if named := next((n for n in known if re.search(rf"\b{re.escape(n)}\b", text)), ""):
            yield (
                f"{place.file}:{place.line}: {named}: {source} names it, and none of its rows does:"
                " the map leaves it out there"
            )
            continue
        sounds = {_sound(name): len(name.split()) for name in known}
        for sound, length in sounds.items():
            runs = {" ".join(tokens[i : i + length]) for i in range(len(tokens) - length + 1)}
            alike = sorted(run for run in runs if run[:1].isupper() and _sound(run) == sound)
            if len(sound) > 2 and alike:
                yield (
                    f"{place.file}:{place.line}: {source} writes “{alike[0]}”: if that is "
                    f"{place['name']}, add it to also_written, with a line in corrections.csv if a"
                    " version has the place"
                )


def _sound(name: str) -> str:
    """Return the consonants of a name, doubled ones once: 'Hareer' is 'Harir'."""
    bare = unicodedata.normalize("NFKD", re.sub(r"\b[aAeE]l-", "", name)).casefold()
    single = re.sub(r"(.)\1+", r"\1", re.sub("[^a-z]", "", bare).replace("q", "k"))
    return re.sub("[aeiouy]", "", single)
