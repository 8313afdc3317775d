"""The guard sees what a builder would publish wrong."""

import json

import pytest

from explainer.site.document import Site
from explainer.site.link_checker import problems
from explainer.site.publish.search_index import FILE


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ('<a href="gone.html">x</a>', "no such file"),
        ('<a href="#nowhere">x</a>', "no such anchor"),
        ('<p id="a"></p><p id="a"></p>', "stands more than once"),
        ('<script src="https://cdn.example/x.js"></script>', "another host"),
        ('<link rel="stylesheet" href="//cdn.example/x.css">', "another host"),
        ('<a href="/gone.html">x</a>', "no such file"),
    ],
)
def test_one_fault_one_line(tmp_path, page, message):
    """A fault that the guard lets through."""
    (tmp_path / "index.html").write_text(page)
    found = list(problems(Site(tmp_path), ["index"]))
    assert len(found) == 1 and message in found[0]


def test_missing_page(tmp_path):
    """A page of the contents that was not built."""
    assert list(problems(Site(tmp_path), ["index"])) == ["index: the page was not built"]


def test_sound_site(tmp_path):
    """The guard that cries at nothing."""
    (tmp_path / "index.html").write_text(
        '<p id="a"></p><a href="#a">x</a><a href="https://example.org/">y</a>'
    )
    assert not list(problems(Site(tmp_path), ["index"]))


def test_what_the_search_finds_is_there(tmp_path):
    """A hit that leads to no page, or to no place on it."""
    (tmp_path / "index.html").write_text('<p id="a"></p>')
    (tmp_path / FILE).parent.mkdir(parents=True)
    entries = [{"at": f"{place}"} for place in ("index.html#a", "index.html#b", "gone.html#a")]
    (tmp_path / FILE).write_text(f"window.bookIndex={json.dumps({'entries': entries})};\n")
    assert list(problems(Site(tmp_path), ["index"])) == [
        f"{FILE}: index.html#b: no such anchor",
        f"{FILE}: gone.html#a: no such file",
    ]
