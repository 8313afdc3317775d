"""The verdict of the check on what a build publishes, of few imports, to begin early."""

from pathlib import Path
from typing import NamedTuple

from explainer.check.run import examine, summary, unread
from explainer.site.state import inputs


class Verdict(NamedTuple):
    """What is wrong, else a line on the data; the `inputs` before; how much nobody read again."""

    problems: list[str]
    summary: str
    made_from: str
    unread: int = 0


def verdict(root: Path, draft: bool) -> Verdict:
    """Return the verdict on the book in `root`: a `draft` may have what nobody has read again."""
    taken_down = inputs(root)
    data, problems = examine(root / "data", draft=draft)
    if problems or data is None:
        return Verdict([str(problem) for problem in problems], "", taken_down)
    left = unread(data, draft)
    if left and not draft:
        why = (
            f"{left} rows were read by nobody but their author: 'python -m explainer read' reads"
            " them a second time; 'make book DRAFT=1' builds a draft, and says so on every page"
        )
        return Verdict([why], "", taken_down)
    return Verdict([], summary(data, left), taken_down, left)
