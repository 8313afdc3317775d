"""The table of results: figures, ratios and targets, from what was measured."""

from bench.lighthouse import SCORES

_PAGE = "{:<28}{:>6}{:>6}{:>6}{:>6}{:>8}{:>8}{:>7}{:>7}"
_LINE = "{:<34}{:>12}{:>12}{:>9}   {}"
_FIGURES = (
    ("kib", "KiB transferred, most", 150, "{:.0f}", "≤ 150"),
    ("lcp", "LCP, s, slowest", 1.8, "{:.2f}", "< 1.8"),
    ("cls", "CLS, greatest", 0, "{:.3f}", "0"),
    ("tbt", "TBT, ms, longest", None, "{:.0f}", ""),
)


def text(results: dict) -> str:
    """Return what `make bench` prints of results: for each part that was measured its figures,
    ratios and targets.
    """
    parts = {"weight": _weight, "time": _time, "growth": _growth}
    return (
        "\n\n".join(
            "\n".join(write(results[part])) for part, write in parts.items() if results.get(part)
        )
        + "\n"
    )


def failures(results: dict) -> list[str]:
    """Return what should have been measured and could not."""
    return [
        f"growth: {row['times']} times the data: {row['failed']}"
        for row in results.get("growth") or ()
        if row["failed"]
    ]


def ratio(ours: float, other: float) -> str:
    """Return how many times `other` a figure is; '-' where there is nothing to divide by."""
    return f"{ours / other:.2f}x" if other else "-"


def _verdict(passed: bool, target: str) -> str:
    return f"{'PASS' if passed else '—   '} {target}"


def _weight(found: dict) -> list[str]:
    lines = [f"WEIGHT  Lighthouse, mobile preset, simulated throttling; median of {found['runs']}"]
    for name, title in (("site", "this book"), ("stock", "stock Jupyter Book")):
        lines += [
            "",
            _PAGE.format(title, "perf", "a11y", "best", "SEO", "KiB", "LCP s", "CLS", "TBT"),
        ]
        lines += [
            _PAGE.format(
                page[:27],
                *(f"{f[score]:.0f}" for score in SCORES),
                f"{f['kib']:.0f}",
                f"{f['lcp']:.2f}",
                f"{f['cls']:.3f}",
                f"{f['tbt']:.0f}",
            )
            for page, f in found[name].items()
        ]
    lines += ["", _LINE.format("worst page", "this book", "stock", "ratio", "target")]
    ours, other = found["site"].values(), found["stock"].values()
    for score in SCORES:
        one, two = min(f[score] for f in ours), min(f[score] for f in other)
        lines.append(
            _LINE.format(
                f"{score}, lowest",
                f"{one:.0f}",
                f"{two:.0f}",
                ratio(one, two),
                _verdict(one >= 100, "100"),
            )
        )
    for name, title, most, shown, target in _FIGURES:
        one, two = max(f[name] for f in ours), max(f[name] for f in other)
        passed = most is not None and (one < most if target.startswith("<") else one <= most)
        lines.append(
            _LINE.format(
                title,
                shown.format(one),
                shown.format(two),
                ratio(one, two),
                _verdict(passed, target) if target else "",
            )
        )
    for name, pages in (("this book", ours), ("stock", other)):
        asked, lost = (sum(f[key] for f in pages) for key in ("elsewhere", "unanswered"))
        lines.append(
            f"{name}: {asked:.0f} requests to other hosts"
            + (
                f", {lost:.0f} without an answer: its weight and times are lower bounds"
                if lost
                else ""
            )
        )
    return lines


def _time(found: dict) -> list[str]:
    cold, changed, ran = found["cold"], found["changed"], found["ran"]
    rows = (
        ("from nothing", cold, "stock", found["stock"], 0.6, ""),
        ("again, nothing changed", found["unchanged"], "from nothing", cold, 0.05, ""),
        (
            f"after a change in {changed}.csv",
            found["one_csv"],
            "from nothing",
            cold,
            0.3,
            "one_csv",
        ),
        (
            f"after a change in {changed}.md",
            found["one_chapter"],
            "from nothing",
            cold,
            0.3,
            "one_chapter",
        ),
        ("a saved chapter, shown by serve", found["served"], "from nothing", cold, 0.33, ""),
    )
    lines = [
        _LINE.format(
            title,
            f"{one:.1f}",
            f"{two:.1f}",
            ratio(one, two),
            _verdict(one <= most * two, f"≤ {most}x (against: {what})")
            + f"   {ran.get(case, '')}".rstrip(),
        )
        for title, one, what, two, most, case in rows
    ]
    about = (
        "TIME  of `make book` and `make serve`, environment ready, in copies of the tree; median of"
    )
    head = _LINE.format("seconds", "this book", "against", "ratio", "target")
    return [f"{about} {found['runs']}", "", head, *lines]


def _growth(found: list[dict]) -> list[str]:
    line = "{:>6}{:>9}{:>9}{:>10}{:>9}{:>10}{:>10}{:>9}  {}"
    base, lines = (
        found[0],
        [
            "GROWTH  each article again, with all its rows; KiB: gzipped HTML and what it names",
            "",
            line.format(
                "times",
                "rows",
                "check s",
                "to linear",
                "build s",
                "to linear",
                "KiB",
                "to first",
                "heaviest page",
            ),
        ],
    )
    for row in found:
        scale = row["times"] / base["times"]
        cells = ["-"] * 4 + [row["failed"] or "check only"]
        if row["build"] is not None:
            page = max(row["pages"], key=row["pages"].get)
            cells = [f"{row['build']:.1f}", "-", f"{row['pages'][page]:.0f}", "-", page]
            if base["build"] is not None:
                cells[1], cells[3] = (
                    ratio(row["build"], scale * base["build"]),
                    ratio(row["pages"][page], max(base["pages"].values())),
                )
        lines.append(
            line.format(
                row["times"],
                row["rows"],
                f"{row['check']:.2f}",
                ratio(row["check"], scale * base["check"]),
                *cells,
            )
        )
    return [
        *lines,
        "",
        *(
            _grown(base, row)
            for row in found[1:]
            if row["build"] is not None and base["build"] is not None
        ),
    ]


def _grown(base: dict, row: dict) -> str:
    """Return the page that grew most, a page that is new being measured by the heaviest that there
    was.
    """
    most = max(base["pages"].values())
    times = {page: kib / base["pages"].get(page, most) for page, kib in row["pages"].items()}
    page = max(times, key=times.get)
    return f"{row['times']} times the data: {page} grew most, {times[page]:.2f}x   " + (
        _verdict(times[page] <= 2, "no page more than doubles") if row["times"] == 100 else ""
    )
