"""Each report, its own framing: whose words an article quotes."""

import pandas as pd

from explainer.charts._voices import bars
from explainer.charts.figure import Figure, figure
from explainer.data.evidence import lengths, words
from explainer.data.tables import Tables
from explainer.theme import NARROW, WIDE
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
    finding = _voices_finding(tables, frame)
    return Figure(
        finding=finding,
        data=_voices_data(frame),
        wide=bars(frame, WIDE, finding),
        narrow=bars(frame, NARROW, finding),
        description=_voices_description(tables, frame, finding),
        caption="Words in quotation marks with a speaker, and their share of the article’s length; a segment is one "
        "quoted passage. Of a paraphrase only the words in quotation marks count. Being quoted more is not "
        "being believed more, and whom a reporter asked in vain no article tells.",
    )


def quoted(tables: Tables) -> pd.DataFrame:
    """Return a row for each quotation, articles and sides in order, and one with 0 words for each main side without.

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


def _voices_finding(tables: Tables, frame: pd.DataFrame) -> str:
    names, total, articles = (
        tables.labels("statements", "side"),
        frame["words"].sum(),
        frame["source_id"].nunique(),
    )
    if not total:
        return f"No words of any speaker in quotation marks in {articles} articles"
    sums = [frame.loc[frame["side"] == side, "words"].sum() for side in _ALWAYS]
    silent = [
        frame.loc[(frame["side"] == side) & (frame["words"] == 0), "source_id"].nunique()
        for side in _ALWAYS
    ]
    us, iraq = (names[side] for side in _ALWAYS)
    return (
        f"Of {number(total)} quoted words, {number(sums[0])} go to {us} and {number(sums[1])} to {iraq}; "
        f"{silent[1] or 'none'} of {articles} articles quote{'s' if silent[1] == 1 else ''} nobody from {iraq}, "
        f"{silent[0] or 'none'} nobody from {us}"
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
        f"Bars for each article, in order of time, of the words it quotes by the side of the speaker. {finding}. "
        f"Most words of one side in one article: {most['side_label']} in {most['article']}, {most['words']}.{told}"
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
