"""The year's rows: what stands in which lane, and when."""

import pandas as pd

from explainer.charts._said import dated, said
from explainer.charts.grammar import named
from explainer.data.tables import Tables
from explainer.words.formats import when

LANES = ("iraq", "joint", "us")  # sides with a lane of their own
GROUND = "ground"  # the lane of what happens there
DUE = "deadline"  # the kind of event that is still ahead
_ACTS = {"armed_group": "attack", "unstated": "attack", "us": "strike"}
_EARLIER = 2  # months before the opening from which events on the ground are told
_COLUMNS = ["lane", "lane_name", "code", "what", "side", "text", "when", "via", "n"]
_COLUMNS += ["first", "last", "row"]


def lane_names(tables: Tables) -> dict[str, str]:
    """Return {lane: name} in drawing order."""
    sides = tables.labels("statements", "side")
    return {**{lane: sides[lane] for lane in LANES}, GROUND: "On the ground"}


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
    code, lane = best["position"].astype(str), best["side"].astype(str)
    what = code.map(tables.labels("statements", "position"))
    best = best.assign(lane=lane, code=code, what=what, text=best["words"])
    return _placed(tables, best).sort_values(["first", "lane", "code"], kind="stable")


def happened(tables: Tables) -> pd.DataFrame:
    """Return the dated attacks, also those of attackers not named, strikes by US forces, and wars.

    They begin some months before the statements: what the first of these answer is among them.
    """
    rows = _events(tables)
    start = opening(tables) - pd.DateOffset(months=_EARLIER)
    ours = rows["code"].eq(rows["actor_side"].astype(str).map(_ACTS)) | rows["code"].eq("war")
    return _placed(tables, rows[ours & (rows["first"] >= start)].assign(lane=GROUND))


def due(tables: Tables) -> pd.DataFrame:
    """Return the deadlines, each with `setter`, the statement that names it, or ""."""
    rows = _events(tables)
    rows = rows[rows["code"].eq(DUE) & (rows["first"] >= opening(tables))]
    rows = rows[rows["actor_side"].isin(LANES)]  # what others foretell binds neither side
    setter = [_setter(tables, event) for event in rows["event_id"]]
    rows = rows.assign(lane=rows["actor_side"].astype(str), n=1)
    return _placed(tables, rows).assign(setter=setter)


def _placed(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the names of their lanes and sides, and when they are, in words."""
    code = rows["actor_side"] if "actor_side" in rows else rows["side"]
    dates = [when(row.start, str(row.precision), row.end) for row in rows.itertuples()]
    names = rows["lane"].map(lane_names(tables))
    return rows.assign(lane_name=names, side=named(code), when=dates)[_COLUMNS]


def _events(tables: Tables) -> pd.DataFrame:
    """Return the dated events with the mentions that prove them and `n`, how many there are."""
    proof = tables.mentions.groupby("event_id")["id"].agg(list)
    known = tables.events["start"].ne("") & tables.events["event_id"].isin(proof.index)
    rows = dated(tables.events[known])
    ids, code = rows["event_id"].map(proof), rows["kind"].astype(str)
    what = code.map(tables.labels("events", "kind"))
    rows = rows.assign(code=code, what=what, text=rows["title"], via="")
    return rows.assign(row=ids.str.join(" "), n=ids.str.len())


def _setter(tables: Tables, event: str) -> str:
    """Return the statement that names the deadline by its words for the date, or ""."""
    written = tables.mentions.loc[tables.mentions["event_id"].eq(event), "date_as_written"]
    dates = [words for words in written if any(c.isdigit() for c in words)]
    rows = said(tables)
    names = rows["evidence"].map(lambda words: any(date in words for date in dates))
    return next(iter(rows.loc[names, "row"]), "")
