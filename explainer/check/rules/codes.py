"""Codes: supported by the words that the descriptor gives for them, and consistent with each
other.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from explainer.check.matching import accepted, bodies, supported
from explainer.data.dataset import Dataset, Problem

_BY_NUMBER = ("qualifier",)  # the rules of numbers look at these, word by word
# What has to hold a code's words, where it is not the evidence alone. What a statement concerns
# may stand outside
# the run of words that proves it: the note then says what it is.
_PROOF = {
    ("statements", "position"): ("key_words",),
    ("wording", "referent"): ("term",),
    ("events", "place"): ("title",),
    ("statements", "concerns"): ("evidence", "note"),
    ("comparisons", "verdict"): ("says",),
}
_HURT = r"(?:killed|injur\w+|wound\w+|hurt)"
_FEW = r"(?:(?!by|in|after|from|during|of)\w+ ){0,2}"
_HIT = {  # code of a target, and the words of whom it stands for
    "us_forces": r"(?:US|U\.S\.?|American) (?:military |service )?(?:troops|soldiers|forces|bases|"
    r"personnel|service ?(?:members|men)|members)\b",
    "armed_group": r"(?:militiam[ae]n|militants?|militias?)\b(?! (?:attack|fire|drone|rocket))",
}
FORCES, EVERYONE, COALITION = "us_forces", "all_foreign_forces", "coalition_mission"


def worded(data: Dataset) -> Iterator[Problem]:
    """A code that has words stands where one of them is in the evidence; `unstated`, where none
    of any code is.
    """
    about, telling = defaultdict(list), defaultdict(list)
    for row in data.every():
        about[row.get("event_id", "")].append(row.get("evidence", ""))
    for row in data.live("mentions"):
        telling[row["event_id"]].append(row["evidence"])
    for table in data.tables:
        coded = [f for f in data.columns(table) if any(c.get("words") for c in f.get("codes", []))]
        for column in (f for f in coded if f["name"] not in _BY_NUMBER):
            codes, name = column["codes"], column["name"]
            for row in data.live(table):
                proof = " ".join(
                    filter(
                        None,
                        (
                            row.get(source, "")
                            for source in _PROOF.get((table, name), ("evidence",))
                        ),
                    )
                )
                found = supported(proof, codes)
                if table == "events":  # where it is told, if that names a place, else beside it
                    near, far = (
                        set().union(*(supported(run, codes) for run in runs[row["event_id"]]))
                        for runs in (telling, about)
                    )
                    found |= near or far
                needs = next((c.get("words") for c in codes if c["code"] == row[name]), None)
                if needs and row[name] not in found:
                    yield row.problem(
                        name,
                        f'has no word for it in "{proof}": '
                        f"{accepted(codes, row[name], f'{table}.{name}')}",
                    )
                if row[name] == "unstated" and found and table != "events":
                    yield row.problem(name, f'but "{proof}" says {" or ".join(sorted(found))}')


def violence(data: Dataset) -> Iterator[Problem]:
    """A measure of violence agrees with its event in side, place and kind, with its other rows in
    the target; a whole article may leave unstated what another tells.
    """
    events = {event["event_id"]: event for event in data.live("events")}
    targets, sides = defaultdict(set), defaultdict(set)
    scopes = {c["code"] for c in data.codes("attacks", "scope")}
    free = {c["code"] for c in data.codes("attacks", "target") if c.get("words")} | {"unstated"}
    for row in data.live("attacks"):
        targets[row["event_id"]].add(row["target"])
        sides[row["event_id"], row["source_id"]].add(row["by_side"])
    for row in data.live("attacks"):
        event = events[row["event_id"]]
        silent = sides[row["event_id"], row["source_id"]] == {"unstated"}
        if row["by_side"] != event["actor_side"] and not silent:
            yield row.problem(
                "by_side", f"differs from the side of {event['event_id']}: {event['actor_side']}"
            )
        place = event["place"] if event["place"] in scopes else "elsewhere"  # Lebanon, say
        if row["scope"] not in ("unstated", place) and event["place"] != "unstated":
            yield row.problem(
                "scope", f"differs from the place of {event['event_id']}: {event['place']}"
            )
        if {"attacks": "attack", "strikes": "strike"}.get(row["measure"], event["kind"]) != event[
            "kind"
        ]:
            yield row.problem("measure", f"does not go with an event of kind {event['kind']}")
        due = hit(row["measure"], row["evidence"])
        if (row["target"], due) == ("unstated", FORCES):
            yield row.problem("target", f"is not {due}, which the evidence names")
        others = targets[row["event_id"]] - free - {row["target"]}
        if row["target"] not in free and others:
            yield row.problem(
                "target",
                f"differs from other rows of {row['event_id']}: {', '.join(sorted(others))}",
            )


def hit(measure: str, evidence: str) -> str:
    """Return the code of whom words name as attacked, of the killed or injured as hurt: '' for
    nobody.
    """
    for code, who in _HIT.items():
        aimed = rf"(?:attack|strike)s? (?:on|against|targeting) {_FEW}{who}"
        hurt = rf"{_HURT} {_FEW}{who}|{who} (?:was|were|have been|had been) {_HURT}"
        if re.search(rf"\b(?:{aimed if measure in ('attacks', 'strikes') else hurt})", evidence):
            return code
    return ""


def kinds(data: Dataset) -> Iterator[Problem]:
    """An announcement has a speaker of the side that made it; what somebody is said to have done
    is of that person's side.
    """
    acting = {p["named_as"]: p["side"] for p in data.live("people") if p["kind"] == "person"}
    spoken = defaultdict(set)
    held = {
        e["event_id"]: e["actor_side"] for e in data.live("events") if e["kind"] == "announcement"
    }
    for row in data.live("statements"):
        spoken[row["event_id"]].add(row["side"])
        side = held.get(row["event_id"], "")
        own = row["side"] in (side, "joint") or row["via_person_id"] or not row["person_id"]
        if side in ("us", "iraq") and not own:
            yield row.problem(
                "event_id",
                f"is an announcement of the side {side}, and the speaker is of {row['side']}",
            )
    for event in data.live("events"):
        doer = next((n for n in acting if event["title"].startswith(f"{n} ")), "")
        own = event["kind"] in ("political", "personal") and " by " not in event["title"]
        if doer and own and event["actor_side"] != acting[doer]:
            yield event.problem("actor_side", f"is not that of {doer}: {acting[doer]}")
        if event["kind"] == "announcement" and event["actor_side"] not in spoken[event["event_id"]]:
            yield event.problem("actor_side", "has no statement at this announcement")


def positions(data: Dataset) -> Iterator[Problem]:
    """What a statement concerns is whom its words name."""
    codes = data.codes("statements", "concerns")
    for row in data.live("statements"):
        concerns = row["concerns"]
        named = bodies(row["evidence"], codes)
        coded = concerns in named | bodies(row["note"], codes)
        if concerns in (FORCES, EVERYONE, COALITION) and named and not coded:
            yield row.problem(
                "concerns",
                f"but the evidence names {' and '.join(sorted(named))}: code that, or let `note` "
                "tell by which words of the article it is another",
            )
