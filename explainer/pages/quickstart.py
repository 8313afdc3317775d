"""Five lines to begin with, in pandas, R and SQL: shown on the data page, run by tests."""

# Each prints the same: the troop numbers that stand today, with hedge, place and exact words, in
# order of publication.
STARTS = {
    "pandas": (
        "In the folder of the unpacked archive",
        """import pandas as pd
troops = pd.read_csv("troops.csv").query("superseded_by.isna()")
sources = pd.read_csv("sources.csv").sort_values(["published", "source_id"])
found = sources.merge(troops, on="source_id")
print(found[["outlet_short", "place", "qualifier", "count", "evidence"]].to_string())
""",
    ),
    "R": (
        "In the folder of the unpacked archive",
        """troops <- read.csv("troops.csv", encoding = "UTF-8", na.strings = "")
sources <- read.csv("sources.csv", encoding = "UTF-8", na.strings = "")
found <- merge(sources, troops[is.na(troops$superseded_by), ], by = "source_id")
found <- found[order(found$published, found$source_id, found$id), ]
print(found[, c("outlet_short", "place", "qualifier", "count", "evidence")], row.names = FALSE)
""",
    ),
    "SQL": (
        "In the SQLite file: sqlite3 book.sqlite",
        """SELECT outlet_short, place, qualifier, count, evidence
FROM troops_current
JOIN sources USING (source_id)
ORDER BY published, source_id, id;
""",
    ),
}
