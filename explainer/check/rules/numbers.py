"""Numbers: each readable in its evidence, with its hedge and bound to what it counts."""

from collections.abc import Iterator

from explainer.check.matching import (
    Codes,
    Index,
    accepted,
    hedges,
    stems,
    supported,
    tie,
    uncounted,
    unit,
)
from explainer.check.numerals import Number, numbers
from explainer.data.dataset import Dataset, Problem, Record
from explainer.data.dates import DAYS, MONTHS
from explainer.data.evidence import fragments, shingles, words

VALUE = {"troops": "count", "attacks": "value", "quantities": "value"}
BOUND = {
    "troops": ("force", "place"),
    "attacks": ("measure", "target"),
    "quantities": ("quantity", "unit"),
}
SEVERAL, UNNUMBERED = "several", "unnumbered"


def readable(data: Dataset) -> Iterator[Problem]:
    """A number can be read in its evidence."""
    people = Index(
        (words(person["named_as"].replace("-", " ")), person["person_id"])
        for person in data.live("people")
        if person["kind"] == "person"
    )
    for row, column in _numbered(data):
        if row["qualifier"] == "named":
            runs = (stems(words(run.replace("-", " "))) for run in fragments(row["evidence"]))
            if len({person for run in runs for person, _ in people.standing(run)}) != int(
                row[column]
            ):
                yield row.problem(
                    column, f'is not the number of names in the evidence "{row["evidence"]}"'
                )
        elif row[column] and not _read(row, column):
            yield row.problem(column, f'is not in the evidence "{row["evidence"]}"')


def bound(data: Dataset) -> Iterator[Problem]:
    """The number is the one that the evidence ties to the row's place, measure, target or unit."""
    for row, column in _numbered(data):
        for coded in BOUND[row.table]:
            codes = data.codes(row.table, coded)
            ties = {
                unit(n, row["evidence"], codes)
                if coded == "unit"
                else tie(n, row["evidence"], codes, far=coded == "measure")
                for n in _read(row, column)
            }
            needed = any(code["code"] == row[coded] and code.get("words") for code in codes)
            if ties and row[coded] not in ties and (needed or None not in ties):
                tied = " and ".join(sorted(t or "none of the codes" for t in ties))
                yield row.problem(
                    coded,
                    f'is not what {row[column]} is tied to in "{row["evidence"]}": {tied}; '
                    + accepted(codes, row[coded], f"{row.table}.{coded}"),
                )


def counted(data: Dataset) -> Iterator[Problem]:
    """A number counts something: it is no part of a name, and not how many people speak."""
    known = counting(data)
    for row, column in _numbered(data):
        readable_at = _read(row, column)
        idle = uncounted(row["evidence"], known) if readable_at else ()
        if readable_at and all(number.first in idle for number in readable_at):
            yield row.problem(
                column,
                f'counts nothing in "{row["evidence"]}": it is part of a name, or the number of '
                "those who speak; set it aside as not_a_count",
            )


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
        qualifier, evidence = row["qualifier"], row["evidence"]
        if qualifier in (SEVERAL, UNNUMBERED):
            if (SEVERAL in supported(evidence, codes)) != (qualifier == SEVERAL):
                yield row.problem(
                    "qualifier",
                    f'does not go with the words of quantity in "{evidence}": '
                    + accepted(codes, SEVERAL, f"{row.table}.qualifier"),
                )
        elif found := [_hedges(number, row, before) for number in _read(row, column)]:
            worded = any(code["code"] == qualifier and code.get("words") for code in codes)
            if worded and not any(qualifier in codes_before for codes_before in found):
                yield row.problem(
                    "qualifier",
                    f'has no word for it before {row[column]} in "{evidence}": '
                    + accepted(codes, qualifier, f"{row.table}.qualifier"),
                )
            elif not worded and all(found):
                yield row.problem(
                    "qualifier", f'is not what "{evidence}" says: {" or ".join(sorted(found[0]))}'
                )


def whole(data: Dataset) -> Iterator[Problem]:
    """Evidence that begins with a number does not cut off the hedge that the article puts before
    it.
    """
    hedges = {
        words(phrase)[-2:]
        for table in VALUE
        for code in data.codes(table, "qualifier")
        for phrase in code.get("words", [])
        if code["code"] != SEVERAL
    }
    for row in data.every():
        known = data.fingerprints.get(row.get("source_id", ""))
        for run in map(words, fragments(row.get("evidence", ""))):
            if (
                known
                and len(run) > 2
                and numbers(run[:1])
                and any(
                    next(shingles((*hedge, *run[: 4 - len(hedge)]))) in known.hashes
                    for hedge in hedges
                )
            ):
                yield row.problem(
                    "evidence", f"leaves out the hedge that the article puts before {run[0]}"
                )


def _numbered(data: Dataset) -> Iterator[tuple[Record, str]]:
    return ((row, column) for table, column in VALUE.items() for row in data.live(table))


def _read(row: Record, column: str) -> list[Number]:
    """Return the places in the evidence at which the row's number can be read, its date apart."""
    if not row[column] or row["qualifier"] in ("named", SEVERAL, UNNUMBERED):
        return []
    run, dated = words(row["evidence"]), words(row.get("date_as_written", ""))
    return [
        n
        for n in numbers(run, articles=row.table == "attacks")
        if n.value == int(row[column]) and run[n.first] not in dated
    ]


def _hedges(number: Number, row: Record, codes: Codes) -> set[str]:
    """Return the hedges of a number: its own, or in a list of troop numbers that of the first."""
    run = words(row["evidence"])
    if own := hedges(number.first, run, codes):
        return own
    first = next(iter(numbers(run)), number).first
    return hedges(first, run, codes) if row.table == "troops" and first < number.first else set()
