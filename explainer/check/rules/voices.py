"""Voices: who speaks, for which side, in which form, and how the article names the speaker."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from explainer.check.matching import Index, named, respelt, stands
from explainer.data.dataset import Dataset, Problem, Record
from explainer.data.evidence import (
    HEADING,
    QUOTED,
    Fingerprint,
    around,
    fragments,
    place_of,
    printed,
    sentences,
    spoken_by,
    words,
)
from explainer.data.grammar import ATTRIBUTED, NEGATION, SAYS, TOLD

_SEATS = {  # a government is called by its seat or its state
    **dict.fromkeys(("Baghdad", "Iraq"), "iraq"),
    **dict.fromkeys(("Washington", "The United States", "the United States"), "us"),
}
# 'a senior Biden administration official' is not Biden
_OF_HIS = re.compile(
    r"(?:administration|government|cabinet|official|aide|ally|allie|associate|adviser|advisor|"
    r"campaign|team|family|spokes\w+|supporter|loyalist|era)s?"
)
OWN_VOICE = ("narration", "headline")
_IRAQ = ("Baghdad", "Iraq", "the Iraqi government")
_SIDES = (  # words for each of two governments, or for both
    re.compile(r"\b(?:US|U\.S|United States|Washington|American|Pentagon|[Bb]oth|[Jj]oint|two)\b"),
    re.compile(r"\b(?:Iraqi?|Baghdad|[Bb]oth|[Jj]oint|two)\b"),
)
_BLAMING = r" (?:has |have |had )?(?:blam|accus|condemn|denounc|hail|prais|vow)\w+"


def sides(data: Dataset) -> Iterator[Problem]:
    """A statement has its speaker's side, the outlet's where it has no speaker; one institution
    has one side.
    """
    people = {person["person_id"]: person for person in data.live("people")}
    for row in data.live("statements"):
        own, speaker = row["form"] in OWN_VOICE, people.get(row["person_id"])
        unnamed = not own and row["side"] == "unstated"  # somebody, and the article hides who
        side = speaker["side"] if speaker else "unstated" if unnamed else "outlet"
        if own == bool(speaker or unnamed):
            yield row.problem(
                "form",
                f"does not go with "
                f"{'the speaker ' + row['person_id'] if speaker else 'no speaker'}",
            )
        if row["side"] != side:
            yield row.problem("side", f"differs from the side of the speaker: {side}")
        for column in ("role_as_written", "via_person_id"):
            if own and row[column]:
                yield row.problem(
                    column, f"stands beside the form {row['form']}, which has no speaker"
                )
        if speaker and not own and not row["role_as_written"]:
            yield row.problem("role_as_written", "is empty, but there is a speaker")
    yield from _persons(people.values())


def _persons(people: Iterable[Record]) -> Iterator[Problem]:
    """One institution has one side, a kind its side, a person a name and an institution."""
    first: dict[str, Record] = {}
    for person in people:
        before = first.setdefault(person["institution"], person)
        if person["side"] != before["side"]:
            yield person.problem(
                "side",
                f"differs from {before['person_id']}, of the same institution: {before['side']}",
            )
        if (person["kind"] == "armed_group" and person["side"] != "armed_group") or (
            person["kind"] == "news_outlet" and person["side"] != "other"
        ):
            yield person.problem("side", f"does not go with the kind {person['kind']}")
        if person["kind"] in ("person", "news_outlet") and not named(
            person["named_as"], person["name"]
        ):
            yield person.problem("named_as", f"is not in the name {person['name']}")
        if person["kind"] == "person" and person["name"] == person["institution"]:
            yield person.problem("kind", "does not go with the institution: a person is not a body")


def roles(data: Dataset) -> Iterator[Problem]:
    """The role names the speaker; where it names nobody, a fuller one of the article does ("the
    prime minister"), or another role of it names this speaker.
    """
    people, plain = data.live("people"), respelt(data)
    as_named = {person["person_id"]: plain(person["named_as"]) for person in people}
    persons = Index(
        (words(plain(person["named_as"])), person)
        for person in people
        if person["kind"] == "person"
    )
    ending = defaultdict(list)
    for person in people:
        ending[words(plain(person["named_as"]))].append(person)
    roles_of, by_role = defaultdict(set), seats(people)
    for row in data.live("statements"):
        roles_of[row["source_id"]].add(plain(row["role_as_written"]))
    for row in data.live("statements"):
        if not row["person_id"] or not row["role_as_written"]:
            continue
        role = plain(row["role_as_written"])
        if role not in by_role:
            by_role[role] = _meant(words(role), persons, ending)
        meant = by_role[role] or _in_full(role, roles_of[row["source_id"]], persons)
        if meant and row["person_id"] not in meant:
            yield row.problem(
                "person_id",
                f'is not who "{row["role_as_written"]}" names: {" or ".join(sorted(meant))}',
            )
        if not meant and not any(
            named(as_named[row["person_id"]], other) for other in roles_of[row["source_id"]]
        ):
            yield row.problem("person_id", f"is named nowhere as a speaker in {row['source_id']}")


def seats(people: Iterable[Mapping[str, str]]) -> dict[str, set[str]]:
    """Return by the name of its seat or state, as far as people have it, the id of a government,
    and of two by both names.
    """
    found: dict[str, set[str]] = {}
    for person in people:
        if person["name"] == person["institution"] and person["name"].startswith("Government of "):
            named_so = (seat for seat, side in _SEATS.items() if side == person["side"])
            found.update({seat: {person["person_id"]} for seat in named_so})
        elif person["side"] == "joint" and person["name"].startswith("Governments of "):
            found.update(dict.fromkeys(_both(), {person["person_id"]}))
    return found


def _both() -> Iterator[str]:
    """Yield what two governments are called together: 'Washington and the Iraqi government'."""
    for us, iraq in product(("Washington", "the US", "the United States"), _IRAQ):
        for one, other in ((us, iraq), (iraq, us)):
            yield from (f"{one} and {other}", f"{one[0].upper()}{one[1:]} and {other}")


def _in_full(role: str, others: Iterable[str], persons: Index) -> set[str]:
    """Return whom the roles of an article name that have all the words of one naming nobody."""
    own, plain = f" {_plain(role)} ", map(_plain, others)
    fuller = (other for other in plain if own in f" {other} ")
    return {p["person_id"] for other in fuller for p in _themselves(words(other), persons)}


def _themselves(role: tuple[str, ...], persons: Index) -> list[Record]:
    """Return the persons whom a role names, but for those whose administration or aide it is."""
    return [
        person
        for person, at in persons.standing(role)
        if not _OF_HIS.fullmatch(" ".join(role[at + len(words(person["named_as"])) :][:1]))
    ]


def _plain(role: str) -> str:
    """Return a role without articles and without the 's of a possessive."""
    kept = (word.removesuffix("'s") for word in words(role) if word not in ("the", "a", "an"))
    return " ".join(kept)


def _meant(
    role: tuple[str, ...], persons: Index, ending: dict[tuple[str, ...], list[Record]]
) -> set[str]:
    """Return whom a role names: a person anywhere in it, else the longest office's name at its
    end.
    """
    found = _themselves(role, persons)
    found = found or next((ending[role[i:]] for i in range(len(role)) if role[i:] in ending), [])
    longest = max((len(words(p["named_as"])) for p in found), default=0)
    return {p["person_id"] for p in found if len(words(p["named_as"])) == longest}


def relayed(data: Dataset) -> Iterator[Problem]:
    """Who passes a statement on is named where the article speaks of the event, in the sentence of
    the statement or the one before, or in `note`, and the same in all rows of the event.
    """
    people = {person["person_id"]: person for person in data.live("people")}
    evidence = defaultdict(list)
    first: dict[tuple[str, ...], Record] = {}
    told_by = _naming(data, (p["named_as"] for p in people.values()))
    for row in data.every():
        evidence[row.get("event_id"), row.get("source_id")].append(row.get("evidence", ""))
    for row in data.live("statements"):
        where = row["event_id"], row["source_id"]
        via = row["via_person_id"]
        told = evidence[where] if row["event_id"] else []
        known = data.fingerprints.get(row["source_id"]) if via else None
        if known:  # also where the sentence names it, or the one before
            at = {n for run in fragments(row["evidence"]) for n in sentences(run, known)}
            told = [*told, *(o for n in at for k in (n, n - 1) for o in told_by[where[1], k])]
        if via and not any(named(people[via]["named_as"], e) for e in (*told, row["note"])):
            what = f"speaks of {row['event_id']}" if row["event_id"] else "has these words"
            how = f"`note` says by which words the article means {people[via]['named_as']}"
            what = f"is not named where {row['source_id']} {what}: {how}"
            yield row.problem("via_person_id", what)
        before = first.setdefault((*where, row["person_id"]), row)
        if row["event_id"] and row["person_id"] and via != before["via_person_id"]:
            yield row.problem(
                "via_person_id", f"differs from line {before.line}, of the same speaker and event"
            )
    by_seat = seats(people.values())
    for row in data.live("attacks"):
        name = people[row["person_id"]]["named_as"] if row["person_id"] else ""
        called = "|".join(seat for seat in by_seat if row["person_id"] in by_seat[seat])
        speaks = called and re.search(rf"\b(?:{called}) (?:{SAYS.pattern})", row["evidence"])
        if name and not speaks and not named(name, row["evidence"]):
            yield row.problem("person_id", f'is not named in the evidence "{row["evidence"]}"')
        blames = re.search(rf"{re.escape(name)}{_BLAMING}", row["evidence"])
        if name and blames and row["value"]:
            what = f"is not who counts: {blames[0]}, and whose the number is stays empty"
            yield row.problem("person_id", what)


def authors(text: str) -> bool:
    """Tell whether words name two governments, or both as one."""
    return all(side.search(text) for side in _SIDES)


def joint(data: Dataset) -> Iterator[Problem]:
    """What both governments do is told by an article that names both, in words on it or as those
    who speak together.
    """
    together = {row["source_id"] for row in data.live("statements") if row["side"] == "joint"}
    told = defaultdict(list)
    for row in (r for table in ("mentions", "statements") for r in data.live(table)):
        told[row["event_id"]].append(row)
    for event in data.live("events"):
        rows = told[event.key] if event["actor_side"] == "joint" else ()
        if rows and not any(r["source_id"] in together or authors(r["evidence"]) for r in rows):
            words = "” or “".join(dict.fromkeys(r["evidence"] for r in rows))
            what = f"is joint, and “{words}” names no two governments"
            yield event.problem("actor_side", what)


def terms(data: Dataset) -> Iterator[Problem]:
    """A quoted term has a speaker who says it in a statement; a marked one stands in quotation
    marks.
    """
    said = defaultdict(list)
    for row in data.live("statements"):
        said[row["source_id"], row["person_id"]].append(row["evidence"])
    for row in data.live("wording"):
        if (row["voice"] == "quoted") != bool(row["person_id"]):
            yield row.problem("voice", f"does not go with {row['person_id'] or 'no speaker'}")
        elif row["person_id"] and not any(
            stands(row["term"], e) for e in said[row["source_id"], row["person_id"]]
        ):
            yield row.problem(
                "person_id", f'says "{row["term"]}" in no statement of {row["source_id"]}'
            )
        marked = row["term"][:1] in "'\"‘“" and row["term"][-1:] in "'\"’”"
        apart = any(a + row["term"] + b in row["evidence"] for a in "‘'\"“" for b in "’'\"”")
        if (row["voice"] == "marked") != marked or (apart and row["voice"] == "outlet"):
            yield row.problem("voice", f"does not go with the quotation marks of {row['term']}")


def marks(data: Dataset) -> Iterator[Problem]:
    """What is coded as quoted stands in quotation marks, what is not does not; headlines are
    headings.
    """
    for row in data.live("statements"):
        if known := data.fingerprints.get(row["source_id"]):
            runs = fragments(row["evidence"])
            for form, place, where in (
                ("quote", QUOTED, "in quotation marks"),
                ("headline", HEADING, "in a heading"),
            ):
                standing = [printed(run, known) for run in runs]
                if row["form"] == form and not all(place in places for places in standing):
                    yield row.problem("form", f"but the evidence does not stand {where}")
                if row["form"] != form and all(places == {place} for places in standing):
                    yield row.problem("form", f"but the evidence stands {where}")
    for row in data.live("wording"):
        run = next((run for run in fragments(row["evidence"]) if row["term"] in run), "")
        known = data.fingerprints.get(row["source_id"])
        if (
            known
            and run
            and row["voice"] != "marked"
            and (places := place_of(row["term"], run, known))
        ):
            if row["voice"] == "quoted" and QUOTED not in places:
                yield row.problem("voice", "but the term does not stand in quotation marks")
            if row["voice"] != "quoted" and places == {QUOTED}:
                yield row.problem("voice", "but the term stands in quotation marks")


def speakers(data: Dataset) -> Iterator[Problem]:
    """Who speaks is named by a verb of saying of the sentence or the one before, and who passes
    it on is not left out.
    """
    people = {person["person_id"]: person for person in data.live("people")}
    outlets = {p["named_as"]: key for key, p in people.items() if p["kind"] == "news_outlet"}
    told_by = _naming(data, outlets)
    outlet_of = {source.key: source["outlet_short"] for source in data.articles()}
    names = Index((words(person["named_as"]), person["named_as"]) for person in people.values())
    for row in data.live("statements"):
        known, person = data.fingerprints.get(row["source_id"]), people.get(row["person_id"])
        if not known or not known.letters:
            continue
        if person:
            yield from _spoken(row, person, known)
            yield from _left_out(row, outlets, told_by, known)
        elif row["form"] == "narration":
            if named_by := _told_by(row["evidence"], names):
                yield row.problem("form", f'but "{named_by}" says it in the evidence')
            own = named(outlet_of[row["source_id"]], row["evidence"])  # 'The Gazette has reported'
            if not own and all(TOLD in around(run, known) for run in fragments(row["evidence"])):
                yield row.problem("form", "but a verb of saying stands right before the words")
    for row in data.live("attacks"):
        if not row["person_id"] and (named_by := _told_by(row["evidence"], names)):
            yield row.problem("person_id", f'is empty, but "{named_by}" says it in the evidence')


def _naming(data: Dataset, outlets: Iterable[str]) -> dict[tuple[str, int], set[str]]:
    """Return by article and sentence the outlets that a row's words of that sentence name."""
    naming, found = Index((words(name), name) for name in outlets), defaultdict(set)
    for row in data.every():
        known = data.fingerprints.get(row.get("source_id", ""))
        for run in fragments(row.get("evidence", "")) if known else ():
            for name, _ in naming.standing(words(run)):
                for number in sentences(run, known):
                    found[row["source_id"], number].add(name)
    return found


def _spoken(row: Record, person: Record, known: Fingerprint) -> Iterator[Problem]:
    runs, name = fragments(row["evidence"]), person["named_as"]
    role = row["role_as_written"]  # by itself, too: 'Iraq' is its government
    spoken = any(
        spoken_by(run, f"{role} {name}", known) or spoken_by(run, role, known) for run in runs
    )
    if not spoken and name not in row["note"]:
        yield row.problem(
            "person_id",
            "is not named by a verb of saying where the words stand: another speaker is due, or "
            f"`note` says by which words the article means {name}",
        )
    attributed = any(ATTRIBUTED in around(run, known) for run in runs)
    if row["form"] == "paraphrase" and not row["note"] and not attributed:
        yield row.problem(
            "form",
            "but the sentence has no verb of saying: it is the outlet's own, or `note` says how "
            "it goes on from the one before",
        )


def _left_out(
    row: Record,
    outlets: dict[str, str],
    told_by: dict[tuple[str, int], set[str]],
    known: Fingerprint,
) -> Iterator[Problem]:
    """Yield the outlet by a verb of saying in a row's own sentence that the row does not name: one
    of the sentence before may be another's source, so `rereading` only asks about it.
    """
    for run in fragments(row["evidence"]):
        for number in sentences(run, known):
            for name in told_by.get((row["source_id"], number), ()):
                apart = name in row["note"] and NEGATION.search(row["note"])
                own = outlets[name] in (row["person_id"], row["via_person_id"])
                if not own and not apart and spoken_by(run, name, known):
                    yield row.problem(
                        "via_person_id",
                        f"leaves out {outlets[name]}, through whom the article has it; if it has "
                        f"it otherwise, `note` says so: 'Not through {name}.'",
                    )


def _told_by(evidence: str, names: Index) -> str:
    """Return the name of a person that a verb of saying follows in the evidence, '' for none."""
    run = words(evidence)
    telling = [(verb,) for verb in ("said", "says", "claimed", "told", "announced", "stressed")]
    standing = names.standing(run)
    before = (name for name, at in standing if run[at + len(words(name)) :][:1] in telling)
    return next(before, "")
