"""Numbers: each readable in its evidence, with its hedge and bound to what it counts."""

import re
from collections.abc import Iterator

from explainer.check.matching import (
    Codes,
    Index,
    accepted,
    carried,
    hedges,
    spots,
    stems,
    supported,
    tie,
    uncounted,
    unit,
)
from explainer.check.numerals import Number, numbers
from explainer.data.dataset import Dataset, Problem, Record
from explainer.data.dates import DAYS, MONTHS
from explainer.data.evidence import fragments, plain, shingles, words

VALUE = {"troops": "count", "attacks": "value", "quantities": "value"}
BOUND = {
    "troops": ("force", "place"),
    "attacks": ("measure", "target"),
    "quantities": ("quantity", "unit"),
}
SEVERAL, UNNUMBERED = "several", "unnumbered"
_IN = {"in", "at", "near", "inside", "across"}
_THE_ONE = re.compile(  # 'the U.S. drone strike in Baghdad' is one
    r"(?<!\S)the(?: (?!of |and |that |which |in |on |by |for |to )\S+){0,3} "
    r"(?:(?:air)?strike|attack|raid)(?= (?:in|on|at|near|against|that|which|was|killed|by)\b|$)"
)
_HOLDING = frozenset(  # between a place and the number of those who are there
    words(
        "is are was were be been has have had of to from there number numbers at with about where"
    )
)


def readable(data: Dataset) -> Iterator[Problem]:
    """A number can be read in its evidence, and counts something: no name, no speakers."""
    named = (person for person in data.live("people") if person["kind"] == "person")
    people = Index((words(one["named_as"].replace("-", " ")), one.key) for one in named)
    known = counting(data)
    for row, column in _numbered(data):
        evidence, there = row["evidence"], _read(row, column)
        if row["qualifier"] == "named":
            runs = [stems(words(run.replace("-", " "))) for run in fragments(evidence)]
            if len({one for run in runs for one, _ in people.standing(run)}) != int(row[column]):
                what = f'is not the number of names in the evidence "{evidence}"'
                yield row.problem(column, what)
        elif row[column] and not there:
            read = ", ".join(str(number.value) for number in numbers(words(evidence)))
            what = f'is not in the evidence "{evidence}", which has {read or "no number"}'
            yield row.problem(column, what)
        elif there and {number.first for number in there} <= uncounted(evidence, known):
            why = "it is part of a name, or the number of those who speak"
            how = f'counts nothing in "{evidence}": {why}; set it aside as not_a_count'
            yield row.problem(column, how)


def bound(data: Dataset) -> Iterator[Problem]:
    """The number is the one that the evidence ties to the row's place, measure, target or unit."""
    for row, column in _numbered(data):
        evidence, there = row["evidence"], _read(row, column)
        for coded in BOUND[row.table]:
            codes = data.codes(row.table, coded)
            if coded == "unit":
                ties = {unit(number, evidence, codes) for number in there}
            else:
                ties = {tie(n, evidence, codes, far=coded == "measure") for n in there}
            needed = carried(codes, row[coded])
            if ties and row[coded] not in ties and (needed or None not in ties):
                tied = " and ".join(sorted(t or "none of the codes" for t in ties))
                what = f'is not what {row[column]} is tied to in "{evidence}": {tied}'
                how = accepted(codes, row[coded], f"{row.table}.{coded}")
                yield row.problem(coded, f"{what}; {how}")


def placed(data: Dataset) -> Iterator[Problem]:
    """The place of troops that follow others' is in the evidence, after their number: '2,500 in
    Iraq and 900 in Syria'; where the text is at hand, none that its clause names is cut off.
    """
    for row in data.live("troops"):
        codes, evidence = data.codes("troops", "place"), row["evidence"]
        text = plain(data.texts.get(row["source_id"], ""))
        last = fragments(evidence)[-1]
        on = (
            place_after(text, text.find(last) + len(last), len(text), codes)
            if last in text
            else None
        )
        for number in _read(row, "count"):
            run = words(evidence)
            if supported(" ".join(run[number.last + 1 :]), codes):
                continue  # `bound` reads it
            after = supported(on[0], codes) if on else set()
            if (after and row["place"] not in after) or (
                not after and apart(evidence, number, codes)
            ):
                where = " and ".join(sorted(after)) or "it is cut off"
                what = f"is not the place that the article names after {row['count']}: {where}"
                yield row.problem("place", f"{what}; give evidence up to it")


def place_after(text: str, start: int, end: int, codes: Codes) -> re.Match[str] | None:
    """Return the words with which a text goes on up to the one place of its clause, before another
    number: ' occupying northeast Syria'.
    """
    phrases = [re.escape(phrase) for code in codes for phrase in code.get("words", ())]
    place = rf"\b(?:{'|'.join(phrases)})\b"
    going_on = re.compile(rf"(?:(?! and\b|\d|[,.;:–—] |\n)[^“”])*?{place}", re.I)
    found = going_on.match(text, start, end)
    more = found and re.match(rf" and (?:\w+ )?{place}", text[found.end() :], re.I)
    return None if more else found


def apart(evidence: str, number: Number, codes: Codes) -> bool:
    """Tell whether the place before a number is another's: '2,500 in Iraq and 900', 'those in Iraq
    support the 900'.
    """
    run = words(evidence)
    before = [last for _, last, _ in spots(run[: number.first], codes)]
    between = run[before[-1] + 1 : number.first] if before else ()
    others = any(n.last < before[-1] for n in numbers(run)) if before else False
    listed = others and "and" in between
    behind = before and {*run[max(before[-1] - 2, 0) : before[-1]]} & _IN
    return bool(listed or (behind and between and _HOLDING.isdisjoint(between)))


def counting(data: Dataset) -> set[str]:
    """Return the words of all codes of numbers: before one, with a capital, they are no name."""
    months = {*MONTHS, *(month[:3] for month in MONTHS)}
    small = {"in", "of", "by", "at", "the", "with", "all", "only", "just", "another", "from", "to"}
    coded = (c for table in VALUE for f in data.columns(table) for c in f.get("codes", ()))
    phrases = (phrase for code in coded for phrase in code.get("words", ()))
    return {word for phrase in phrases for word in phrase.split()} | months | {*DAYS} | small


def hedged(data: Dataset) -> Iterator[Problem]:
    """A number stands with the hedge of its qualifier, and where it is called exact, with none."""
    for row, column in _numbered(data):
        codes = data.codes(row.table, "qualifier")
        before = [c for c in codes if c["code"] != SEVERAL]
        qualifier, evidence, wrong, due = row["qualifier"], row["evidence"], "", row["qualifier"]
        found = [_hedges(number, row, before) for number in _read(row, column)]
        if qualifier in (SEVERAL, UNNUMBERED):
            if (SEVERAL in supported(evidence, codes)) != (qualifier == SEVERAL):
                wrong, due = f'does not go with the words of quantity in "{evidence}"', SEVERAL
        elif found and carried(codes, qualifier):
            if not any(qualifier in hedges_before for hedges_before in found):
                wrong = f'has no word for it before {row[column]} in "{evidence}"'
        elif found and all(found):
            wrong, due = f'is not what "{evidence}" says', min(found[0])
        if wrong:
            how = accepted(codes, due, f"{row.table}.qualifier")
            yield row.problem("qualifier", f"{wrong}: {how}")


def whole(data: Dataset) -> Iterator[Problem]:
    """Evidence that begins with a number does not cut off the hedge before it."""
    codes = [code for table in VALUE for code in data.codes(table, "qualifier")]
    phrases = [p for code in codes if code["code"] != SEVERAL for p in code.get("words", [])]
    hedges = {words(phrase)[-2:] for phrase in phrases}
    for row in data.every():
        known = data.fingerprints.get(row.get("source_id", ""))
        for run in map(words, fragments(row.get("evidence", "")) if known else ()):
            begun = hedges if len(run) > 2 and numbers(run[:1]) else ()
            cut = (next(shingles((*hedge, *run[: 4 - len(hedge)]))) for hedge in begun)
            if known and not known.hashes.isdisjoint(cut):
                what = f"leaves out the hedge that the article puts before {run[0]}"
                yield row.problem("evidence", what)


def _numbered(data: Dataset) -> Iterator[tuple[Record, str]]:
    return ((row, column) for table, column in VALUE.items() for row in data.live(table))


def _read(row: Record, column: str) -> list[Number]:
    """Return the places in the evidence at which the row's number can be read, its date apart."""
    if not row[column] or row["qualifier"] in ("named", SEVERAL, UNNUMBERED):
        return []
    run, dated = words(row["evidence"]), words(row.get("date_as_written", ""))
    text = " ".join(run) if row.get("measure") in ("attacks", "strikes") else ""
    ones = (text.count(" ", 0, one.start()) for one in _THE_ONE.finditer(text))
    return [
        n
        for n in (
            *numbers(run, articles=row.table == "attacks"),
            *(Number(1, first, first) for first in ones),
        )
        if n.value == int(row[column]) and run[n.first] not in dated
    ]


def _hedges(number: Number, row: Record, codes: Codes) -> set[str]:
    """Return the hedges of a number: its own, or in a list of troop numbers that of the first."""
    run = words(row["evidence"])
    if own := hedges(number.first, run, codes):
        return own
    first = next(iter(numbers(run)), number).first
    return hedges(first, run, codes) if row.table == "troops" and first < number.first else set()
