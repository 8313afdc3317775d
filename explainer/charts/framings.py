"""Each report, its own framing: whose words an article quotes."""

import altair as alt
import pandas as pd

from explainer.charts._panels import bars, laid, sided
from explainer.charts.figure import Figure, figure
from explainer.data.evidence import lengths, words
from explainer.data.tables import Tables
from explainer.theme import Canvas
from explainer.words.formats import number
from explainer.words.sources import date_of, in_time

_ALWAYS = (
    "us",
    "iraq",
)  # shown where they are quoted with no word, too: the question is between these two


@figure
def voices(tables: Tables) -> Figure:
    """Draw for each article the words that it quotes, by the side of the speaker."""
    frame = quoted(tables)
    finding = _finding(tables, frame)
    return Figure.of(
        rows(tables, frame),
        lambda rows, canvas: draw(rows, canvas, tables.labels("statements", "side")),
        finding=finding,
        subtitle=(
            "Words in quotation marks with a speaker; of each report, a part of a bar is one"
            " passage"
        ),
        data=_voices_data(frame),
        description=_voices_description(tables, frame, finding),
        caption=(
            "The share is that of the report’s own length. Of a paraphrase only the words in"
            " quotation marks count. Being quoted more is not being believed more, and whom a"
            " reporter asked in vain no report tells."
        ),
    )


def rows(tables: Tables, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the parts of the bars: of all reports together, a part a side, then of each report."""
    whole = frame.groupby("side", observed=True, sort=True)
    every = whole.agg({"words": "sum", "side_label": "first", "id": " ".join}).reset_index()
    total, length = frame["words"].sum(), tables.sources["words"].sum()
    every = every.assign(panel=f"All reports: {number(total)} quoted words", length=length)
    every["name"] = every["side_label"] + ", all reports"
    sums = frame.groupby("article")["words"].sum()
    frame = frame.assign(
        panel=[f"{r.article}, {r.day}: {number(sums[r.article])}" for r in frame.itertuples()],
        name=frame["label"],
    )
    columns = ["panel", "side_label", "words", "length", "name", "id"]
    parts = pd.concat([every[columns], frame[columns]], ignore_index=True)
    parts = parts.rename(columns={"side_label": "side", "id": "row"})
    parts = laid(parts, "panel", "side", "words")
    share = 100 * parts["total"] / parts["length"]
    label = [
        f"{n} words, {s:.0f}%" if n else "nobody quoted"
        for n, s in zip(parts["total"], share, strict=True)
    ]
    return parts.assign(label=label)


def draw(rows: pd.DataFrame, canvas: Canvas, sides: dict[str, str]) -> alt.TopLevelMixin:
    """Return a bar for each report and side, as long as the words quoted."""
    return bars(rows, canvas, panel="panel", category="side", color=sided(sides, rows))


def quoted(tables: Tables) -> pd.DataFrame:
    """Return a row for each quotation, in order, and one with 0 words for a main side without.

    Counted are the words of quotations, and of paraphrases those inside quotation marks.
    """
    rows = tables.statements[tables.statements["form"].isin(["quote", "paraphrase"])]
    rows = rows.assign(
        words=[
            len(words(r.evidence)) if r.form == "quote" else lengths(r.evidence)[1]
            for r in rows.itertuples()
        ]
    )
    rows = rows.loc[rows["words"] > 0, ["source_id", "person_id", "side", "words", "id"]]
    articles = in_time(tables)
    grid = articles[["source_id"]].merge(pd.DataFrame({"side": _ALWAYS}), how="cross")
    none = grid.merge(
        rows[["source_id", "side"]].drop_duplicates().astype(str), how="left", indicator=True
    )
    none = (
        none[none["_merge"] == "left_only"]
        .assign(words=0, person_id="", id=lambda f: f["source_id"])
        .drop(columns="_merge")
    )
    frame = pd.concat([rows.astype({"side": str}), none], ignore_index=True)
    frame["side"] = pd.Categorical(
        frame["side"], list(tables.labels("statements", "side")), ordered=True
    )
    facts = articles.assign(
        article=articles["label"],
        length=articles["words"],
        at=range(len(articles)),
        day=[date_of(s) for _, s in articles.iterrows()],
    )
    frame = frame.merge(facts[["source_id", "article", "length", "at", "day"]], on="source_id")
    frame["side_label"] = frame["side"].astype(str).map(tables.labels("statements", "side"))
    frame["speaker"] = (
        frame["person_id"].map(tables.people.set_index("person_id")["name"]).fillna("")
    )
    frame["label"] = (
        frame["speaker"] + ", " + frame["words"].astype(str) + " quoted words, " + frame["article"]
    )
    return (
        frame.assign(href=frame["id"])
        .sort_values(["at", "side", "id"], kind="stable")
        .reset_index(drop=True)
    )


def _finding(tables: Tables, frame: pd.DataFrame) -> str:
    """Return how many of the quoted words go to either side."""
    names, total = tables.labels("statements", "side"), frame["words"].sum()
    if not total:
        return f"No words of any speaker in quotation marks in {len(tables.sources)} reports"
    us, iraq = (frame.loc[frame["side"] == side, "words"].sum() for side in _ALWAYS)
    return (
        f"Of {number(total)} quoted words in {len(tables.sources)} reports, {number(us)} go to "
        f"{names['us']} and {number(iraq)} to {names['iraq']}"
    )


def _voices_description(tables: Tables, frame: pd.DataFrame, finding: str) -> str:
    sums = frame.groupby(["at", "article", "side_label"], sort=False)["words"].sum().reset_index()
    said = [
        f"{article}: " + ", ".join(f"{r.side_label} {r.words}" for r in part.itertuples())
        for article, part in sums.groupby("article", sort=False)
    ]
    most = sums.loc[sums["words"].idxmax()]
    told = f" In words: {'; '.join(said)}." if len(said) <= 8 else ""
    return (
        "Bars for each article, in order of time, of the words it quotes by the side of the"
        f" speaker. {finding}. Most words of one side in one article: {most['side_label']} in"
        f" {most['article']}, {most['words']}.{told}"
    )


def _voices_data(frame: pd.DataFrame) -> pd.DataFrame:
    share = [
        f"{100 * n / length:.1f} %"
        for n, length in zip(frame["words"], frame["length"], strict=True)
    ]
    return pd.DataFrame(
        {
            "Article": frame["article"],
            "Side": frame["side_label"],
            "Speaker": frame["speaker"].replace("", "nobody"),
            "Quoted words": frame["words"],
            "Share of the article": share,
            "row": frame["id"],
        }
    )
