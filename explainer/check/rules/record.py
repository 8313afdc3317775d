"""The record beyond the articles: its pages, its facts, and the claims compared with it."""

import re
from collections import defaultdict
from collections.abc import Iterator

from explainer.check.claims import NUMBERED, Grounds
from explainer.check.claims import claims as claims_of
from explainer.check.diction import Diction, diction_of
from explainer.check.matching import hedges
from explainer.check.numerals import numbers
from explainer.check.proofs import Proofs, proofs_of
from explainer.check.rules.numbers import VALUE
from explainer.check.rules.own_words import BESIDE, days_of, known_names
from explainer.data.dataset import ARTICLE, CONTEXT, Dataset, Problem, Record
from explainer.data.evidence import share, words

RECORD, COMPARISONS = "record", "comparisons"
_IN_ID = re.compile(r"-(\d{4}(?:-\d\d)?)(?:-|$)")  # the year, or year and month, of a page
PLANNED = "planned"  # a measure of what is to come begins so
WORDED, SUPPORTED = "worded_differently", "supported"
_REPORT = re.compile(r"\b(?:report|article)\b", re.I)
_PLACES = {"iraq": "Iraq", "syria": "Syria", "jordan": "Jordan"}
# "Fifty two", as some pages print it.
_APART = re.compile(r"\b(\w+ty) (?=(?:one|two|three|four|five|six|seven|eight|nine)\b)", re.I)


def tiers(data: Dataset) -> Iterator[Problem]:
    """The record is read from context pages alone, every other table from articles."""
    tier = {source.key: source["tier"] for source in data.tables.get("sources", ())}
    for table, rows in data.tables.items():
        due = CONTEXT if table == RECORD else ARTICLE
        for row in rows if table != "sources" else ():
            known = tier.get(row.get("source_id", ""), due)
            if known != due:
                what = f"is of the tier {known}, and {table}.csv is read from the tier {due}"
                yield row.problem("source_id", what)


def pages(data: Dataset) -> Iterator[Problem]:
    """The id of a context page has the year, or year and month, of its date."""
    for source in data.live("sources"):
        named = _IN_ID.search(source.key)
        dated = named and source["published"].startswith(named[1][: len(source["published"])])
        if source["tier"] == CONTEXT and not dated:
            yield source.problem("published", f"is not the day in {source.key}")


def facts(data: Dataset) -> Iterator[Problem]:
    """A fact's number can be read in the figure as printed, and stands in our sentence with its
    hedge and no other; a fact is of no later day than its page, but a plan is.
    """
    published = {source.key: source["published"] for source in data.live("sources")}
    codes = data.codes(RECORD, "qualifier")
    for row in data.live(RECORD):
        figure, own = row["printed_figure"], [int(row[c]) for c in NUMBERED if row.get(c)]
        printed = {number.value for number in numbers(words(_APART.sub(r"\1-", figure)))}
        if printed != set(own) and (figure or own):
            yield row.problem("printed_figure", f"has not the numbers of the row, {own}")
        if row["value_max"] and own != sorted(set(own)):
            yield row.problem("value_max", f"is not more than the value {row['value']}")
        run, hedge = words(row["what"]), row["qualifier"]
        there = [n.first for n in numbers(run) if own and n.value == own[0]]
        before = [hedges(place, run, codes) for place in there]
        if own and not there:
            yield row.problem("what", f"does not have the number {own[0]}")
        elif own and not any(hedge in b if hedge != "exact" else not b for b in before):
            due = " or ".join(sorted(set().union(*before))) or "exact"
            what = f'does not go with the words before {own[0]} in "{row["what"]}": {due} is due'
            yield row.problem("qualifier", what)
        seen = published[row["source_id"]]
        later = row["date"][: len(seen)] > seen[: len(row["date"])]
        if later and not row["measure"].startswith(PLANNED):
            yield row.problem("date", f"is later than the page, of {seen}")


def placed(data: Dataset) -> Iterator[Problem]:
    """A fact's place is the one that its own words name."""
    for row in data.live(RECORD):
        said = " ".join(row[c] for c in ("title", "what", "subject", "scope", "measure"))
        named = {place for place, word in _PLACES.items() if re.search(rf"\b{word}", said)}
        due = {"iraq_and_syria": {"iraq", "syria"}}.get(row["place"], {row["place"]} & set(_PLACES))
        if named and not due <= named:
            what = f"is not what the fact's words name: {' and '.join(sorted(named))}"
            yield row.problem("place", what)
        if row["part"] == "attacks" and due and named - due:
            yield row.problem("place", f"leaves out {(named - due).pop()}, which the words name")


def series(data: Dataset) -> Iterator[Problem]:
    """A line joins rows each of a later day."""
    lines = defaultdict(list)
    for row in data.live(RECORD):
        if row["series"]:
            lines[row["series"]].append(row)
    for rows in lines.values():
        if len(rows) < 2:
            yield rows[0].problem("series", "is a line of one row")
        for before, row in zip(rows, rows[1:], strict=False):
            if row["date"] <= before["date"]:
                yield row.problem("series", f"joins line {before.line} to a row of no later day")


def claims(data: Dataset) -> Iterator[Problem]:
    """A claim is a row of its article, with words that the row has, too."""
    held = {row["id"]: row for row in data.every() if row.get("id") and row.table not in BESIDE}
    for row in data.live(COMPARISONS):
        claim = held.get(row["row"])
        if claim is None or claim.get("source_id") != row["source_id"]:
            yield row.problem("row", f"is no row of {row['source_id']}")
        elif not share(row["evidence"], claim.get("evidence", "")):
            yield row.problem("evidence", f"has no words in common with the claim, {row['row']}")


def figures(data: Dataset) -> Iterator[Problem]:
    """A number that we write of the record a row has; one in a title, the fact's own row."""
    columns = [*VALUE.items(), (RECORD, "value"), (RECORD, "value_max")]
    known = {int(row[column]) for t, column in columns for row in data.live(t) if row[column]}
    names = known_names(data)
    texts = [(row, "says", known) for row in data.live(COMPARISONS)]
    for row in data.live(RECORD):
        own = {int(row[c]) for c in ("value", "value_max") if row[c]}
        texts += [(row, "title", own), (row, "what", known)]
    for row, column, allowed in texts:
        for claim in claims_of(row[column], names):
            day = claim.written.endswith("-")  # the first of '7-8 August'
            if claim.kind == "number" and claim.value not in allowed and not day:
                yield row.problem(column, f"has the number {claim.written}, which is in no row")


def compared(data: Dataset) -> Iterator[Problem]:
    """What a comparison says, its claim or a fact beside that has: names, dates, bounds, denials,
    quoted words. A note may name those of other rows about the same.
    """
    proofs, known, beside = proofs_of(data), days_of(data), beside_of(data)
    names = known_names(data)
    more: dict[str, Grounds] = {}  # of each fact what its claims give: they are many in a big book
    for row in data.live(COMPARISONS):
        fact, given = row["fact"], proofs.of([row["row"], *beside[row["row"]]])
        if fact not in more:
            more[fact] = proofs.of(beside[fact])
        for claim in claims_of(row["says"], names):
            silent = claim.kind == "negation" and not row["fact"]
            if not (claim.kind == "number" or silent or given.give(claim)):
                yield row.problem("says", f'has "{claim.written}", which neither row gives')
        for claim in claims_of(row["note"], names):
            held = (given, known) if claim.kind == "date" else (given, more[fact])
            if claim.kind in ("name", "date") and not any(g.give(claim) for g in held):
                yield row.problem("note", f'has "{claim.written}", which neither row gives')


def beside_of(data: Dataset) -> dict[str, list[str]]:
    """Return of each claim the facts beside it and their pages; of each fact the claims."""
    beside: dict[str, list[str]] = defaultdict(list)
    pages_of = {row.key: row["source_id"] for row in data.live(RECORD)}
    for row in data.live(COMPARISONS):
        if row["fact"] in pages_of:
            beside[row["row"]] += [row["fact"], pages_of[row["fact"]]]
            beside[row["fact"]].append(row["row"])
    return beside


def agreeing(data: Dataset) -> Iterator[Problem]:
    """A finding goes with the numbers of its two rows, and its sentence does not deny what they
    say, nor tell the one's number as the other's.
    """
    proofs, diction = proofs_of(data), diction_of(data)
    pages = {source.key: source["outlet"] for source in data.live("sources")}
    for row in data.live(COMPARISONS):
        claim, fact = (next(iter(proofs.held([row[c]])), None) for c in ("row", "fact"))
        if claim is None or fact is None:
            continue
        two = [claim.key, fact.key]
        for wrong in diction.against(row["says"], proofs.of(two).words, proofs.texts(two)):
            yield row.problem("says", wrong)
        copied = "copy" in pages[fact["source_id"]]
        if row["note"].startswith("The page is") and copied and "copy" not in row["note"]:
            yield row.problem("note", f"says nothing of the copy: {pages[fact['source_id']]}")
        yield from _halves(row, proofs, diction)
        value = claim.get("count") or claim.get("value", "")
        place = claim.get("place") or claim.get("scope", "")
        if value and fact["value"] and place == fact["place"]:
            same, hedge = value == fact["value"], claim["qualifier"]
            alike = same and hedge == fact["qualifier"]
            supported, worded = (row["verdict"] == code for code in (SUPPORTED, WORDED))
            if alike != supported or (worded and not same):
                both = f"{hedge} {value} and {fact['qualifier']} {fact['value']} of {place}"
                due = SUPPORTED if alike else WORDED if same else "another"
                yield row.problem("verdict", f"does not go with {both}: {due} is due")


def _halves(row: Record, proofs: Proofs, diction: Diction) -> Iterator[Problem]:
    """Yield where what is told of the report is the page's, and the other way round."""
    halves = re.split(r"; |\. (?=[A-Z])", row["says"])
    if len(halves) != 2 or not _REPORT.search(halves[0]) or _REPORT.search(halves[1]):
        return
    keys = (row["row"], row["fact"])
    for half, key, other in zip(halves, keys, keys[::-1], strict=True):
        given = proofs.given(key)
        told = {claim.value for claim in claims_of(half, frozenset()) if claim.kind == "number"}
        if number := (told - given.values) & proofs.given(other).values:
            yield row.problem("says", f"tells {number.pop()} of the wrong one of its two rows")
        if word := diction.opposed(half, given.words, proofs.texts([key])):
            yield row.problem("says", f'has "{word}", and its row the opposite')


def consistent(data: Dataset) -> Iterator[Problem]:
    """A fact's title and sentence do not say the opposite of each other, nor of what is counted,
    of their page, or of what is compared with them.
    """
    beside = defaultdict(list)
    for row in data.live(COMPARISONS):
        beside[row["fact"]].append(row["says"])
    for row in data.live(RECORD):
        for column, other in (("what", "title"), ("title", "what")):
            held = [row[c] for c in (other, "measure", "subject")]
            known, proofs = {*words(" ".join(held))}, [*held, *beside[row.key]]
            for wrong in diction_of(data).against(row[column], known, proofs):
                yield row.problem(column, wrong)
