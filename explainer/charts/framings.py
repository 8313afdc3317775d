"""Each report, its own framing: whose words an article quotes."""

import altair as alt
import pandas as pd

from explainer.charts._panels import bars, laid, read_out
from explainer.charts.figure import Figure, figure
from explainer.charts.grammar.marks import side
from explainer.data.evidence import lengths, words
from explainer.data.tables import Tables
from explainer.theme import Canvas
from explainer.words.formats import number
from explainer.words.sources import in_time

_ALWAYS = ("us", "iraq")  # shown where nobody quotes them, too: the question is between these two


@figure
def voices(tables: Tables) -> Figure:
    """Draw for each article the words that it quotes, by the side of the speaker."""
    frame = quoted(tables)
    parts, finding = rows(tables, frame), _finding(tables, frame)
    share = (100 * frame["words"] / frame["length"]).map("{:.1f}%".format)
    table = frame.assign(speaker=frame["speaker"].replace("", "nobody"), share=share)
    columns = {"article": "Report", "side_label": "Side", "speaker": "Speaker"}
    columns |= {"words": "Quoted words", "share": "Share of the report", "id": "row"}
    each = laid(frame, "article", "side_label", "words")
    return Figure(
        parts,
        draw,
        finding=finding,
        subtitle=(
            "Words in quotation marks that are attributed to a speaker and that we cite; each part"
            " of a report’s bar is one passage"
        ),
        data=table[list(columns)].rename(columns=columns),
        description=(
            "Bars for each article, in order of time, of the quoted words that we cite, by the"
            f" side of the speaker. {finding}. In words: {read_out(each, 'article', 'side_label')}"
        ),
        caption=(
            "The reports quote more: we cite only the words that support our data. In brackets: the"
            " share of the whole text. In a paraphrase only the words in quotation marks count."
        ),
    )


def rows(tables: Tables, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the parts of the bars: of all reports together, a part a side, then of each report."""
    whole = frame.groupby("side", observed=True, sort=True)
    every = whole.agg({"words": "sum", "side_label": "first", "id": " ".join}).reset_index()
    total, length = frame["words"].sum(), tables.sources["words"].sum()
    every = every.assign(panel=f"All reports: {number(total)} quoted words cited", length=length)
    every["name"] = every["side_label"] + ", all reports"
    sums = frame.groupby("article")["words"].transform("sum").map(number)
    panel = frame["article"] + ": " + sums + " words"
    frame = frame.assign(panel=panel, name=frame["label"])
    columns = ["panel", "side_label", "words", "length", "name", "id"]
    parts = pd.concat([every[columns], frame[columns]], ignore_index=True)
    parts = parts.rename(columns={"side_label": "side", "id": "row"})
    parts = laid(parts, "panel", "side", "words")
    share = 100 * parts["total"] / parts["length"]
    percent = share.map("{:.0f}%".format).where(share.ge(0.5), "under 1%")
    label = parts["total"].astype(str) + " words (" + percent + ")"
    return parts.assign(label=label.where(parts["total"].gt(0), "nobody quoted"))


def draw(rows: pd.DataFrame, canvas: Canvas) -> alt.FacetChart:
    """Return a bar for each report and side, as long as the words quoted."""
    return bars(rows, canvas, panel="panel", category="side", color=side(rows["side"]))


def quoted(tables: Tables) -> pd.DataFrame:
    """Return a row for each cited quotation, in order, and one of 0 words for a main side without.

    Counted are the words of quotations, and of paraphrases those inside quotation marks.
    """
    rows = tables.statements[tables.statements["form"].isin(["quote", "paraphrase"])]
    number = [
        len(words(r.evidence)) if r.form == "quote" else lengths(r.evidence)[1]
        for r in rows.itertuples()
    ]
    rows = rows.assign(words=number).astype({"side": str})
    rows = rows.loc[rows["words"] > 0, ["source_id", "person_id", "side", "words", "id"]]
    sides = tables.labels("statements", "side")
    articles = in_time(tables)[["source_id", "label", "words"]]
    articles = articles.set_axis(["source_id", "article", "length"], axis=1).reset_index(names="at")
    grid = articles[["source_id"]].merge(pd.DataFrame({"side": _ALWAYS}), how="cross")
    frame = grid.merge(rows, how="outer", on=["source_id", "side"]).merge(articles)
    frame = frame.fillna({"words": 0, "person_id": "", "id": frame["source_id"]})
    frame = frame.astype({"words": int})
    names = tables.people.set_index("person_id")["name"]
    frame["side"] = pd.Categorical(frame["side"], list(sides), ordered=True)
    frame["side_label"] = frame["side"].astype(str).map(sides)
    frame["speaker"] = frame["person_id"].map(names).fillna("")
    count = frame["words"].astype(str) + " quoted words, " + frame["article"]
    frame["label"] = frame["speaker"] + ", " + count
    return frame.sort_values(["at", "side", "id"], kind="stable", ignore_index=True)


def _finding(tables: Tables, frame: pd.DataFrame) -> str:
    """Return how many of the quoted words go to either side."""
    names, total = tables.labels("statements", "side"), frame["words"].sum()
    if not total:
        return f"No words of any speaker in quotation marks in {len(tables.sources)} reports"
    us, iraq = (frame.loc[frame["side"] == side, "words"].sum() for side in _ALWAYS)
    return (
        f"Of {number(total)} quoted words that we cite, {number(us)} are "
        f"{names['us']}’s and {number(iraq)} {names['iraq']}’s"
    )
