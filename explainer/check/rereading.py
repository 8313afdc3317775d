"""What a new article makes doubtful: sentences that speak of all reports, matters and events that
its words may touch, places that it spells in another way.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from explainer.check.prose import sentences
from explainer.check.reading import unsigned
from explainer.check.reporting import sentences as spans
from explainer.check.reporting import telling
from explainer.check.rules.places import spellings
from explainer.data.dataset import Dataset, Record
from explainer.data.evidence import fragments, plain, spoken_by

_REPORTS = r"(?:reports?|articles?|outlets?|newsrooms?|accounts?)"
_SOME = r"(?:one|two|three|four|five|six|seven|eight|nine|\d+)"
_OF_ALL = re.compile(  # what one more report can make false
    rf"\b(?:no|none of the|all|both|every)(?: other)? {_REPORTS}\b|"
    rf"\b(?:the|all) (?:\w+ )?{_REPORTS} (?:give|say|quote|print)\b|"
    rf"\bthe (?:later|earlier|other|first|last) {_REPORTS}\b|"
    r"\bno end date\b|\bsecond reader\b|\bday of publication is\b|"
    rf"\b{_SOME} of the {_SOME} {_REPORTS}\b|\bthe {_SOME} (?:\w+ )?{_REPORTS}\b"
)
_COUNTED = re.compile(rf"{_OF_ALL.pattern}|\b{_SOME} (?:\w+ )?{_REPORTS}\b")  # in a note of ours
_LISTED = 3  # outlets that a sentence types, as if they were all
_ALIKE = 0.25  # of 1, how alike a sentence is to what a matter is told with; three words at least
_QUOTED = 90  # characters of its sentence
_PLAIN = telling(  # words of a sentence on reports that name no matter
    "report reports article articles outlet outlets give gives given say says speak which would "
    "this had has was were one two only none not all any other others when where that what who "
    "how its their there will are been before after until later earlier day date write writes "
    "out many much most last first them than more"
)


def due(data: Dataset, root: Path) -> Iterator[str]:
    """Yield a line for each sentence of the book in `root` that speaks of all reports and counts
    none through the data, or that types a list of outlets, and that has words in common with a row
    of an article of which the rows are still a draft; and for what its words may touch without one.
    """
    drafted = sorted({row.get("source_id", "") for row in unsigned(data)} - {""})
    if not drafted:
        return
    asked = f"does it hold with {', '.join(drafted)}, which came since?"
    names = telling(" ".join(row["outlet_short"] for row in data.articles())) | _PLAIN
    held = [_held(data, row) for row in data.every() if row.get("source_id") in drafted]
    for where, text in [*_of_reports(data, root, drafted), *_notes(data, drafted)]:
        matter = telling(text) - names
        if "why_it" in where or any(
            len(matter & words) >= min(2, (len(matter) + 1) // 2) for words in held
        ):
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


def _held(data: Dataset, row: Record) -> set[str]:
    """Return the beginnings of the words of a row, and of what its codes stand for."""
    coded = ((c["name"], code) for c in data.columns(row.table) for code in c.get("codes", ()))
    labels = (code.get("label", "") for column, code in coded if row.get(column) == code["code"])
    return telling(" ".join([row.table, row.get("evidence", ""), *labels]))


def _of_reports(data: Dataset, root: Path, drafted: list[str]) -> Iterator[tuple[str, str]]:
    """Yield where a sentence of the chapters that speaks of all reports stands, and it: none that
    cites a row of an article of `drafted`, as whoever wrote it has thought of that.
    """
    new = {row.key for row in data.every() if row.get("source_id") in drafted}
    outlets = "|".join(re.escape(row["outlet_short"]) for row in data.articles())
    alone = re.compile(rf"\b[Oo]nly (?:{outlets})\b")
    for path in [root / "index.md", *sorted((root / "chapters").glob("*.md"))]:
        if path.exists():
            name = path.relative_to(root).as_posix()
            for sentence in sentences(path.read_text(encoding="utf-8"), name):
                text = " ".join(sentence.text.split())
                found = _OF_ALL.search(text.casefold()) or alone.search(text)
                listed = len(set(re.findall(rf"\b(?:{outlets})\b", text))) >= _LISTED
                if new.isdisjoint(sentence.rows) and (listed or (found and not sentence.glued)):
                    yield f"{name}:{sentence.line}", text


def _notes(data: Dataset, drafted: list[str]) -> Iterator[tuple[str, str]]:
    """Yield where words of ours count reports: of matters in which an article takes part, and in
    notes on sources and events.
    """
    taken = {r["topic_id"] for r in data.live("disagreements") if r["source_id"] in drafted}
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
    published = next(s["published"] for s in data.articles() if s["source_id"] == source)
    for row in [*data.live("topics"), *data.live("events")]:
        late = row.get("start", "") > published and row["kind"] != "deadline"
        if row.key in told or late:
            continue
        rated = (
            (_alike(bags[row.key], held, weight), text)
            for text, held in _sentences(data, source)
            if len(bags[row.key] & held) > (row["kind"] != "unanswered") + 1
        )
        score, text = max(rated, default=(0.0, ""))
        if score >= _ALIKE:
            known = f" ({row['why_it_matters']})" if row["kind"] == "unanswered" else ""
            what = row.get("question") or row["title"]
            yield f"  {row.file}:{row.line}: {what}{known}: “{text[:_QUOTED]} …”"


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
