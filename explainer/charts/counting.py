"""Counting attacks: what each body counted, from when to when, and what the articles print."""

import re

import altair as alt
import pandas as pd

from explainer.charts.figure import Figure, figure
from explainer.charts.grammar.axes import Heights, Time, iso
from explainer.charts.grammar.labels import Box, levels
from explainer.charts.grammar.marks import NAME, PROOF, Layers
from explainer.charts.grammar.text import heading
from explainer.data.dates import as_of
from explainer.data.tables import Tables
from explainer.theme import Canvas, light
from explainer.words import record
from explainer.words.formats import count, day
from explainer.words.sources import in_time

_STROKE = 14  # px of the stroke that says "at least"
_MOST = 24  # counts of pages beyond the articles in one drawing: the latest


@figure
def bodies(tables: Tables) -> Figure:
    """Draw each count of attacks on US forces from its start to its day, at its height."""
    every = tallies(tables)
    articles, context = (every[every["tier"].eq(tier)] for tier in ("article", "context"))
    finding, left = _finding(articles, context), max(0, len(context) - _MOST)
    less = f" {left} further numbers are left out; the file of the table has them." * bool(left)
    counts = (f"{r.who}, {r.area}, {r.what}: {r.printed} by {r.when}" for r in every.itertuples())
    columns = {"tier": "From", "who": "Who counted or published it", "area": "Area"}
    columns |= {"what": "What is counted", "when": "Up to", "printed": "Number", "row": "row"}
    tier = every["tier"].map(tables.labels("sources", "tier"))
    return Figure(
        rows(pd.concat([articles, context.tail(_MOST)])),
        draw,
        finding=finding,
        subtitle=(
            "Each line spans the period counted, dashed where its first day is not given; the dot"
            " is the count. Filled: from the reports. Outline: from other sources."
            " Upward stroke: at least that many. Grey bar: two counts up to the same day."
        ),
        caption=(
            "Each line is a separate count: they differ in who counts, where, since when, and in "
            f"what counts as an attack.{less}"
        ),
        description=(
            "Lines from the start of each count to its day, as high as the count."
            f" {finding}. {'; '.join(counts)}."
        ),
        data=every[list(columns)].assign(tier=tier).rename(columns=columns),
    )


def rows(shown: pd.DataFrame) -> pd.DataFrame:
    """Return the counts with what a mark says, and whether each is a `floor`."""
    text = shown["printed"] + " · " + shown["who"].map(record.short)
    floor = shown["printed"].str.contains("at least|more than")
    ends = {"first": shown["start"], "last": shown["at"], "date": shown["at"]}
    shown = shown[["tier", "area", "value", "exact", "together", "row"]]
    looks = {"text": text, "name": text, "floor": floor, "bold": shown["tier"].eq("article")}
    return shown.assign(**ends, **looks).reset_index(drop=True)


def draw(rows: pd.DataFrame, canvas: Canvas) -> alt.VConcatChart | alt.HConcatChart:
    """Draw the counts of both countries together, and beside them those of each alone."""
    first = min(rows["first"].min(), rows["date"].min()).to_period("M").start_time
    last, top = rows["date"].max() + pd.Timedelta(days=18), float(rows["value"].max()) * 1.12
    large, *small = [part for _, part in rows.groupby([~rows["together"], "area"])]
    full = canvas.width - 48
    wide, narrow, tall = (1, 0.44, 150) if canvas.phone else (0.61 if small else 1, 0.29, 172)
    main = _area(large, Time(first, last, full * wide), Heights(top, 420, grid=False), canvas)
    size = Time(first, last, full * narrow), Heights(top, tall, grid=False)
    beside = [_area(part, *size, canvas) for part in small]
    if canvas.phone:
        return alt.vconcat(main, alt.hconcat(*beside, spacing=6), spacing=14)
    return alt.hconcat(main, alt.vconcat(*beside, spacing=14), spacing=38)


def _area(rows: pd.DataFrame, time: Time, heights: Heights, canvas: Canvas) -> Layers:
    """Return the counts of one area: a line for the time of each, a dot at its day."""
    floors = rows[rows["floor"]]
    strokes = floors.assign(upto=floors["value"] + _STROKE * heights.top / heights.tall)
    at = zip(floors["date"].map(time.px), floors["value"].map(heights.px), strict=True)
    barred: list[Box] = [(x - 3, y - _STROKE, x + 3, y) for x, y in at]
    strokes = strokes[["date", "value", "upto", "floor", "name", "row"]]
    strokes = strokes.assign(date=iso(strokes["date"]))
    stroke = alt.Chart(strokes).mark_rule(color=light("ink"), strokeWidth=2)
    layers = [stroke.encode(time.x(), heights.y(), PROOF, NAME, y2="upto:Q")]
    # before an article's count and the largest of its day
    own = rows[rows["tier"].eq("article")].head(1)
    both = pd.concat([own, rows[rows["date"].isin(own["date"])].nlargest(1, "value")])
    if both["value"].nunique() > 1:
        low, high = (heights.px(both["value"].agg(end)) for end in ("min", "max"))
        barred.append((time.px(own["date"].iloc[0]) - 11, high, time.px(own["date"].iloc[0]), low))
        pair = alt.Chart(both[["date", "value"]].assign(date=iso(both["date"])))
        pair = pair.mark_rule(xOffset=-9, strokeWidth=3, color=light("side-other"))
        layers.append(pair.encode(time.x(), heights.y("min(value)"), y2="max(value):Q"))
    layers += levels(rows, time, heights, canvas, barred)
    title = heading(rows["area"].iloc[0], canvas)
    return alt.layer(*layers).properties(width=time.width, height=heights.tall, title=title)


def _finding(articles: pd.DataFrame, context: pd.DataFrame) -> str:
    """Return what the first article prints, and the largest count of the same day and area."""
    if articles.empty:
        return f"No article counts the attacks; other sources have {len(context)} counts"
    one = articles.iloc[0]
    same = context[context["at"].eq(one["at"]) & context["area"].eq(one["area"])]
    text = f"{one['who']} wrote of {one['printed']} attacks on US forces"
    for most in same.nlargest(1, "value").itertuples():
        who = most.who.partition(" (")[0]
        text += f"; the {who} counted {most.printed} up to the same day"
    return text


def tallies(tables: Tables) -> pd.DataFrame:
    """Return a row for each count of more than one attack on US forces, of articles first, then
    of the record, in order of time.

    `who` counts, in which `area`, `what` (with its start), `at` (the day to which it counts)
    and `when`, `value`, `printed`; `start` (NaT where it is not known) and `exact` (whether the
    start is a day); `together`: in both countries. ValueError where a series of the record mixes.
    """
    found = pd.concat([_articles(tables), _context(tables)], ignore_index=True)
    starts = [start(what) for what in found["what"]]
    found = found.assign(
        start=pd.to_datetime([moment for moment, _ in starts]),
        exact=[exact for _, exact in starts],
        what=found["what"].map(_worded),
        value=found["value"].astype(float),
    )
    found["first"] = found.groupby(["tier", "who", "area", "what"])["at"].transform("min")
    return found.sort_values(["tier", "first", "at"], ignore_index=True)


def _context(tables: Tables) -> pd.DataFrame:
    facts = record.facts(tables)
    record.lines(facts)  # refuses a series that mixes bodies, scopes or measures
    facts = facts[facts["part"].astype(str).eq("attacks") & facts["value"].notna()]
    names = {"counted_by": "who", "place_label": "area", "measure": "what", "last": "at"}
    names |= {"when": "when", "value": "value", "number": "printed", "id": "row"}
    together = facts["place"].astype(str).eq("iraq_and_syria")
    return facts[list(names)].rename(columns=names).assign(tier="context", together=together)


def _articles(tables: Tables) -> pd.DataFrame:
    rows = tables.attacks
    counts = rows["measure"].eq("attacks") & rows["target"].eq("us_forces") & rows["value"].gt(1)
    frame = in_time(tables).merge(rows[counts.fillna(False)], on="source_id")
    began = frame["event_id"].map(tables.events.set_index("event_id")["start"]).fillna("")
    areas, hedges = tables.labels("attacks", "scope"), tables.labels("attacks", "qualifier")
    at = [as_of(r.evidence, r.published.date()) for r in frame.itertuples()]
    own, days = frame["published"].dt.strftime("%Y-%m-%d").eq(at), map(day, at)
    printed = [count(r.value, r.qualifier, hedges) for r in frame.itertuples()]
    return frame.rename(columns={"label": "who", "id": "row"}).assign(
        tier="article",
        at=pd.to_datetime(at),
        when=frame["day"].where(own, pd.Series(days, frame.index, dtype=str)),
        area=frame["scope"].astype(str).map(areas),
        what=("attacks since " + began).where(began.ne(""), "attacks"),
        printed=pd.Series(printed, frame.index, dtype=str),
        together=frame["scope"].astype(str).eq("iraq_and_syria"),
    )


def start(what: str) -> tuple[pd.Timestamp, bool]:
    """Return when a count starts, by its words, and whether that is a day; NaT without a date."""
    if iso := re.search(r"\d{4}-\d\d(-\d\d)?", what):
        return pd.Timestamp(iso[0]), iso[1] is not None
    # a quarter begins with its first month
    if month := re.search(r"(mid-)?\b([A-Z][a-z]{2})[a-z]*(?:-[A-Z][a-z]{2})? (\d{4})", what):
        written = f"{15 if month[1] else 1} {month[2]} {month[3]}"
        return pd.to_datetime(written, format="%d %b %Y", errors="coerce"), "quarter" in what
    return pd.NaT, False


def _worded(what: str) -> str:
    """Return what is counted with its dates in words, months of a quarter with a dash."""
    dated = re.sub(r"\d{4}-\d\d(?:-\d\d)?", lambda iso: day(iso[0]), what)
    return re.sub(r"\b([A-Z][a-z]{2})-([A-Z][a-z]{2})\b", r"\1–\2", dated)
