"""The options of the command line: what each command takes, and how a wrong one is told."""

import argparse
import os
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import NoReturn

Command = Callable[[argparse.Namespace], int]


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line: the usage is a `--help` away."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"explainer: {message} ('{self.prog} --help' tells more)\n")


def parser(commands: Mapping[str, Command], root: Path) -> argparse.ArgumentParser:
    """Return the parser of the command line. `commands` are the functions by name."""
    made = _Parser(prog="python -m explainer", description="The data behind the book.")
    added_to = made.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str) -> argparse.ArgumentParser:
        function = commands[name]
        added = added_to.add_parser(name, help=function.__doc__, description=function.__doc__)
        added.set_defaults(command=function)
        added.add_argument(
            "--data", type=Path, default=root / "data", metavar="DIR", help="the folder of the data"
        )
        return added

    def with_articles(name: str) -> argparse.ArgumentParser:
        added, given = command(name), os.environ.get("ARTICLES")
        about = "the folder of the articles' texts (default: the variable ARTICLES)"
        default = Path(given) if given else None
        added.add_argument("--articles", type=Path, default=default, metavar="DIR", help=about)
        return added

    with_articles("check")
    with_articles("article")
    of_data = (command(name) for name in ("corruption", "changelog", "codebook"))
    for writing in (with_articles("audit"), *of_data):
        writing.add_argument("--write", action="store_true", help="write it into its file")

    added = command("draft")
    added.add_argument("file", type=Path, help="the article's text, UTF-8")
    for option, column, text in (
        ("--outlet", "outlet", "the publisher, as it writes itself"),
        ("--published", "published", "the day of publication, YYYY-MM-DD"),
        ("--country", "outlet_country", "the country the outlet works from"),
        ("--kind", "outlet_kind", "what kind of publisher it is: a code of the codebook"),
        ("--short", "outlet_short", "its name in charts (default: the outlet)"),
        ("--headline", "headline", "the headline (default: the first line)"),
        ("--author", "author", "the author, as printed"),
        ("--url", "url", "the address at which it was seen"),
        ("--basis", "published_basis", "where the day was read: address, printed or inferred"),
        ("--note", "note", "what a reader might ask"),
        ("--source-id", "source_id", "the id (default: outlet and month)"),
    ):
        added.add_argument(option, dest=column, default="", help=text)
    added.add_argument(
        "--undo", action="store_true", help="take its rows out again, and keep them beside FILE"
    )
    command("publish")
    added = with_articles("read")
    added.add_argument("--reader", required=True, help="who reads, and what kind of reader it is")
    added.add_argument("--source", default="", metavar="ID", help="read one article's rows alone")
    added.add_argument(
        "--already-read",
        metavar="FILE",
        help="sign what was read elsewhere: a file of ids of rows, or of pages and charts, or 'all'"
        " that nobody signed",
    )
    added.add_argument(
        "--kind",
        choices=("blind", "review", "whole", "words"),
        default="review",
        help="of rows read elsewhere: without codes, beside them (default), or notes and all; or"
        " read the sentences of the pages and what is said at the charts",
    )
    added.add_argument(
        "--date", default=date.today().isoformat(), help="the day of the reading (default: today)"
    )
    command("figures")
    added = command("diff")
    for name, text in (("old", "the version of before"), ("new", "the version of now")):
        added.add_argument(name, type=Path, help=f"{text}: a folder of data")
    command("build")
    command("serve").add_argument(
        "--port", type=int, default=8000, help="the port to listen on (default: 8000)"
    )
    return made
