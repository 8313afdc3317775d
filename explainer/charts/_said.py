"""What speakers say on staying or leaving, what happens and what is due: words, side, day."""

import re
from typing import Any

import pandas as pd

from explainer.charts.grammar.marks import SIDES, named
from explainer.data.dates import days
from explainer.data.tables import Tables
from explainer.data.tracking import remembered
from explainer.words.formats import when
from explainer.words.sources import labels

LEAVING = ("mission_ends", "forces_leave")  # the positions that name an end
HOME = "iraq"  # the place that a statement is about unless its words name another
LANES = ("iraq", "joint", "us")  # sides with a lane of their own
GROUND = "ground"  # the lane of what happens there
NAMES = {**{lane: SIDES[lane] for lane in LANES}, GROUND: "On the ground"}  # in drawing order
DUE = "deadline"  # the kind of event that is still ahead
_ACTS = {"armed_group": "attack", "unstated": "attack", "us": "strike"}
_EARLIER = 2  # months before the opening, of events: the first statements answer them
_COLUMNS = ["lane", "lane_name", "code", "what", "side", "text", "when", "via", "n"]
_COLUMNS += ["first", "last", "row"]


@remembered
def said(tables: Tables) -> pd.DataFrame:
    """Return the statements that take a position, in order of time, undated ones last.

    Columns added: `first` and `last` day, `when` in words, `who`, `short` (a name for a label,
    empty where the side says it), `via`, `article`, `about` (another place than Iraq), `words`
    (the deciding words, in quotation marks where the article quotes), `telling` (see there),
    `row`.
    """
    rows = tables.statements
    rows = rows[rows["form"].isin(["quote", "paraphrase"]) & (rows["position"] != "none")]
    ends = tables.events.set_index("event_id")["end"]
    end = rows["event_id"].map(ends).fillna("").where(rows["precision"].eq("between"), "")
    people = tables.people.set_index("person_id")
    names = people["name"]
    short = people["named_as"].where(people["kind"] == "person", names)
    words = rows["key_words"].str.replace("'", "’")
    rows = rows.assign(
        end=end,
        who=rows["person_id"].map(names).fillna("somebody not named"),
        via=rows["via_person_id"].map(names).fillna(""),
        short=rows["person_id"].map(short).where(rows["side"] != "joint").fillna(""),
        article=rows["source_id"].map(labels(tables)),
        about=_about(tables, rows),
        telling=telling(rows),
        words=words.where(rows["form"] != "quote", "“" + words + "”"),
        row=rows["id"],
        when=[when(*r) for r in zip(rows["date"], rows["precision"], end, strict=True)],
    )
    rows["words"] += rows["about"].map(lambda place: f" ({place})" if place else "")
    return dated(rows.rename(columns={"date": "start"}))


def dated(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the days `first` and `last` that `start`, `end`, `precision` can mean; sort by them."""
    known = [
        days(*ends) if ends[0] else (None, None) for ends in frame[["start", "end"]].to_numpy()
    ]
    both = {name: pd.to_datetime([k[i] for k in known]) for i, name in enumerate(("first", "last"))}
    span = pd.DataFrame(both, frame.index)
    week = frame["precision"].astype(str).eq("week") & frame["end"].eq("")
    span["last"] += pd.to_timedelta(6 * week.astype(int), unit="D")
    return frame.assign(**span).sort_values(["first", "last"], ignore_index=True)


def telling(rows: pd.DataFrame) -> pd.Series:
    """Return how well a statement's key words stand for its position: the highest of a group is
    its label. A year counts most, then a quotation, then words that others use for the position.
    """
    terms = rows["key_words"].str.lower().str.findall(r"[a-z]{5,}").map(set)
    used = rows[["position"]].astype(str).assign(term=terms).explode("term")
    used["times"] = used.groupby(["position", "term"])["term"].transform("size")
    typical = used["times"].groupby(level=0).max().fillna(0)
    year = rows["key_words"].str.contains(r"\d{4}")
    return 10_000 * year + 1_000 * rows["form"].eq("quote") + typical


def _about(tables: Tables, rows: pd.DataFrame) -> pd.Series:
    """Return the place other than Iraq that the words name, if they do not name Iraq as well."""
    places = tables.labels("troops", "place")  # where forces can stay or leave
    others = "|".join(re.escape(name) for code, name in places.items() if code != HOME)
    found = rows["evidence"].str.extract(f"({others})", expand=False).fillna("")
    return found.where(~rows["evidence"].str.contains(places[HOME]), "")


def opening(tables: Tables) -> pd.Timestamp:
    """Return the first day of the picture: the month before the one of the first article."""
    return (tables.sources["published"].min().to_period("M") - 1).start_time


def spoken(tables: Tables) -> pd.DataFrame:
    """Return a row for each occasion, side, position and place: `n` statements, telling words."""
    rows = said(tables)
    rows = rows[rows["side"].isin(LANES) & (rows["first"] >= opening(tables))]
    rows = rows.sort_values("telling", ascending=False, kind="stable")
    keys = ["event_id", "side", "position", "about"]
    groups = rows.groupby(keys, observed=True, sort=False)
    best = groups.head(1).set_index(keys)
    best = best.assign(n=groups.size(), row=groups["row"].agg(" ".join)).reset_index()
    code, names = best["position"].astype(str), tables.labels("statements", "position")
    best = best.assign(lane=best["side"].astype(str), code=code, text=best["words"])
    return _placed(best.assign(what=code.map(names))).sort_values(["first", "lane", "code"])


def happened(tables: Tables) -> pd.DataFrame:
    """Return dated attacks, also of attackers who are not named, US strikes and wars."""
    rows, start = _events(tables), opening(tables) - pd.DateOffset(months=_EARLIER)
    ours = rows["code"].eq(rows["actor_side"].astype(str).map(_ACTS)) | rows["code"].eq("war")
    return _placed(rows[ours & (rows["first"] >= start)].assign(lane=GROUND))


@remembered
def due(tables: Tables) -> pd.DataFrame:
    """Return the deadlines, with `place` and `setter`, the ids of the statements that name each."""
    rows = _events(tables)
    rows = rows[rows["code"].eq(DUE) & (rows["first"] >= opening(tables))]
    rows = rows[rows["actor_side"].isin(LANES)]  # what others foretell binds neither side
    setter = [_setters(tables, event) for event in rows.itertuples()]
    rows = rows.assign(lane=rows["actor_side"].astype(str), n=1)
    return _placed(rows).assign(setter=setter, place=rows["place"].astype(str))


def _placed(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the names of their lanes and sides, and when they are, in words."""
    code = rows["actor_side"] if "actor_side" in rows else rows["side"]
    dates = [when(row.start, str(row.precision), row.end) for row in rows.itertuples()]
    return rows.assign(lane_name=rows["lane"].map(NAMES), side=named(code), when=dates)[_COLUMNS]


def _events(tables: Tables) -> pd.DataFrame:
    """Return the dated events with the mentions that prove them and `n`, how many there are."""
    proof = tables.mentions.groupby("event_id")["id"].agg(list)
    known = tables.events["start"].ne("") & tables.events["event_id"].isin(proof.index)
    rows = dated(tables.events[known])
    ids, code = rows["event_id"].map(proof), rows["kind"].astype(str)
    what = code.map(tables.labels("events", "kind"))
    rows = rows.assign(code=code, what=what, text=rows["title"], via="")
    return rows.assign(row=ids.str.join(" "), n=ids.str.len())


def ends(tables: Tables) -> pd.DataFrame:
    """Return the deadlines by the ids of the statements that name them, each its first one."""
    rows = due(tables).explode("setter").dropna(subset="setter")
    return rows.drop_duplicates("setter").set_index("setter")


def _setters(tables: Tables, event: Any) -> list[str]:
    """Return the statements of a deadline's place that have their article's words for its date."""
    place = tables.labels("troops", "place").get(str(event.place), "")
    about = place if event.place != HOME else ""
    told = tables.mentions[tables.mentions["event_id"].eq(event.event_id)]
    told = told[told["date_as_written"].str.contains(r"\d")].groupby("source_id")
    written = told["date_as_written"].agg(list)
    return [
        row.row
        for row in said(tables).itertuples()
        if row.about == about and any(d in row.evidence for d in written.get(row.source_id, ()))
    ]
