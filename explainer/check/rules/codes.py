"""Codes: supported by the words that the descriptor has for them, and consistent."""

import re
from collections import defaultdict
from collections.abc import Iterator

from explainer.check.matching import accepted, bodies, carried, supported
from explainer.data.dataset import Dataset, Problem

_BY_NUMBER = ("qualifier",)  # the rules of numbers look at these, word by word
_HURT = r"(?:killed|injur\w+|wound\w+|hurt)"
_FEW = r"(?:(?!by|in|after|from|during|of)\w+ ){0,2}"
_HIT = {  # code of a target, and the words of whom it stands for
    "us_forces": r"(?:US|U\.S\.?|American) (?:military |service )?(?:troops|soldiers|forces|bases|"
    r"personnel|service ?(?:members|men)|members)\b",
    "armed_group": r"(?:militiam[ae]n|militants?|militias?)\b(?! (?:attack|fire|drone|rocket))",
}
_BEYOND = re.compile(r"\bborder with \w+", re.I)  # on which side of it, is not said
_DONE = ("political", "personal", "announcement", "military_change", "war")
_DONE_TO = re.compile(r" by | (?:declared|defeated|invaded|killed) ")
FORCES, EVERYONE, COALITION = "us_forces", "all_foreign_forces", "coalition_mission"


def worded(data: Dataset) -> Iterator[Problem]:
    """A code with words has one of them in the evidence or the cells named by `provedBy`."""
    told = _places(data)
    for table in data.tables:
        for column in data.columns(table):
            codes, name = column.get("codes", []), column["name"]
            worded = name not in _BY_NUMBER and any(code.get("words") for code in codes)
            for row in data.live(table) if worded else ():
                cells = [row.get(other, "") for other in column.get("provedBy", ["evidence"])]
                proof = " ".join(filter(None, cells))
                found = supported(proof, codes) | told.get((table, row.key), set())
                if carried(codes, row[name]) and row[name] not in found:
                    how = accepted(codes, row[name], f"{table}.{name}")
                    if "note" in column.get("provedBy", ()):
                        how = f"`note` may say of what it is; {how}"
                    yield row.problem(name, f'has no word for it in "{proof}": {how}')
                found = supported(_BEYOND.sub("", proof), codes)
                if row[name] == "unstated" and found and table != "events":
                    yield row.problem(name, f'but "{proof}" says {" or ".join(sorted(found))}')


def _places(data: Dataset) -> dict[tuple[str, str], set[str]]:
    """Return of each event the places that are named where it is told, else beside it."""
    codes = data.codes("events", "place")
    telling, about = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for row in data.every():
        if event := row.get("event_id"):
            named = supported(row.get("evidence", ""), codes)
            (telling if row.table == "mentions" else about)[event] |= named
    return {("events", event): telling[event] or about[event] for event in {*telling, *about}}


def violence(data: Dataset) -> Iterator[Problem]:
    """A measure agrees with its event in side, place, kind, with its other rows in the target."""
    events = data.by_key("events")
    targets, sides = defaultdict(set), defaultdict(set)
    scopes = {c["code"] for c in data.codes("attacks", "scope")}
    free = {c["code"] for c in data.codes("attacks", "target") if c.get("words")} | {"unstated"}
    for row in data.live("attacks"):
        targets[row["event_id"]].add(row["target"])
        sides[row["event_id"], row["source_id"]].add(row["by_side"])
    for row in data.live("attacks"):
        event, target = events[row["event_id"]], row["target"]
        silent = sides[event.key, row["source_id"]] == {"unstated"}  # and another article tells
        side, kind = event["actor_side"], event["kind"]
        if row["by_side"] != side and not silent:
            yield row.problem("by_side", f"differs from the side of {event.key}: {side}")
        place = event["place"] if event["place"] in scopes else "elsewhere"  # Lebanon, say
        if row["scope"] not in ("unstated", place) and event["place"] != "unstated":
            yield row.problem("scope", f"differs from the place of {event.key}: {event['place']}")
        if {"attacks": "attack", "strikes": "strike"}.get(row["measure"], kind) != kind:
            yield row.problem("measure", f"does not go with an event of kind {kind}")
        if target == "unstated" and hit(row["measure"], row["evidence"]) == FORCES:
            yield row.problem("target", f"is not {FORCES}, which the evidence names")
        others = targets[event.key] - free - {target}
        if target not in free and others:
            known = ", ".join(sorted(others))
            yield row.problem("target", f"differs from other rows of {event.key}: {known}")


def hit(measure: str, evidence: str) -> str:
    """Return the code of whom words name as attacked or hurt: '' for nobody."""
    for code, who in _HIT.items():
        aimed = rf"(?:(?:attack|strike)s? (?:on|against|targeting)|attacked|targeted) {_FEW}{who}"
        hurt = rf"{_HURT} {_FEW}{who}|{who} (?:was|were|have been|had been) {_HURT}"
        hurt += rf"|(?:killing|deaths?) of (?:\w+ )?{who}"
        if re.search(rf"\b(?:{aimed if measure in ('attacks', 'strikes') else hurt})", evidence):
            return code
    return ""


def kinds(data: Dataset) -> Iterator[Problem]:
    """An announcement has a speaker of its side; what somebody is said to do is of theirs."""
    people = data.live("people")
    named = ((person, person[column]) for person in people for column in ("name", "named_as"))
    acting = {name.casefold().removeprefix("the "): person for person, name in named}
    persons = [person["named_as"] for person in people if person["kind"] == "person"]
    events, spoken = data.by_key("events"), defaultdict(set)
    for row in data.live("statements"):
        spoken[row["event_id"]].add(row["side"])
        event = events.get(row["event_id"])
        side = event["actor_side"] if event and event["kind"] == "announcement" else ""
        own = row["side"] in (side, "joint") or row["via_person_id"] or not row["person_id"]
        if side in ("us", "iraq") and not own:
            what = f"is an announcement of the side {side}, and the speaker is of {row['side']}"
            yield row.problem("event_id", what)
    for event in events.values():
        side, title = event["actor_side"], event["title"]
        run = title.casefold().replace(":", "").split()
        begun = (" ".join(run[:i]) for i in range(1, len(run)) if run[i] != "and")
        doer = next((acting[name] for name in begun if name in acting), None)
        own = event["kind"] in _DONE and not _DONE_TO.search(title)
        if doer and own and side != doer["side"]:
            yield event.problem("actor_side", f"is not that of {doer['named_as']}: {doer['side']}")
        if event["kind"] == "personal" and not any(name in title for name in persons):
            yield event.problem("kind", "is of a person, and the title names none")
        if event["kind"] == "announcement" and side not in spoken[event.key]:
            yield event.problem("actor_side", "has no statement at this announcement")


def positions(data: Dataset) -> Iterator[Problem]:
    """What a statement concerns is whom its words name."""
    codes = data.codes("statements", "concerns")
    for row in data.live("statements"):
        concerns = row["concerns"]
        named = bodies(row["evidence"], codes)
        coded = concerns in named | bodies(row["note"], codes)
        if concerns in (FORCES, EVERYONE, COALITION) and named and not coded:
            what = f"but the evidence names {' and '.join(sorted(named))}: code that, or let `note`"
            yield row.problem("concerns", f"{what} tell by which words it is another")
