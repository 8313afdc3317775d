"""The book's own words: each sentence of a page and each chart's words are as somebody held them against their proofs."""

import shutil
from dataclasses import replace

import pytest

from explainer.__main__ import main
from explainer.check import passages, reading, run
from explainer.data.dataset import Record
from explainer.data.manifest import SAID
from explainer.paths import DATA, FIGURES, ROOT

DAY = "2031-04-02"
PAGE = """---
x: y
---

# A page

**Saleh wants the mission to end {proof}`stm-0004`.** There are about 1,200 US troops
in Iraq {proof}`trp-0001`. [More](data) is elsewhere.

```{code-cell}
charts.reported(tables)
```

## What not to conclude

- That it is so.
"""
WORDS = {
    "title": "About 1,200 US troops in Iraq",
    "subtitle": "A dot a number.",
    "caption": "Iraq and Syria are counted separately.",
    "description": "Dots. About 1,200 US troops in Iraq.",
    "rows": ["trp-0001"],
}


@pytest.fixture
def book(invented):
    """Return a book with a page and a chart, all of it read."""
    root = invented.parent
    (root / "chapters").mkdir()
    (root / "figures").mkdir()
    (root / "chapters/troops.md").write_text(PAGE, encoding="utf-8")
    draw(root, WORDS)
    assert read(invented, "--already-read", "all") == 0
    assert run.run(invented) == []
    return invented


def draw(root, words):
    said = passages.written(root, {"troops_reported": words})
    (root / passages.CHARTS).write_text(said, encoding="utf-8")


def read(folder, *options):
    who = ["--reader", "Ann", "--kind", "words", "--date", DAY]
    return main(["read", "--data", str(folder), *who, *options])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("US troops\nin", "UN troops\nin"),
        ("wants", "want"),
        ("trp-0001", "trp-0002"),
        ("# A page", "# A sage"),
        ("[More]", "[Lore]"),
        ("That it is so", "That it is no"),
    ],
)
def test_one_changed_letter_of_a_page_is_refused(book, old, new):
    """A word, a heading, a proof or a link of a page, changed after somebody had read it."""
    path = book.parent / "chapters/troops.md"
    path.write_text(PAGE.replace(old, new), encoding="utf-8")
    problems = list(passages.check(run.load(book)[0], book.parent))
    assert len(problems) == 1 and " ".join(new.split()) in problems[0].value
    assert "read --reader NAME --kind words" in problems[0].message
    assert run.run(book) and not [p for p in run.run(book, draft=True) if "anybody" in p.message]


@pytest.mark.parametrize("part", passages.PARTS)
def test_one_changed_letter_at_a_chart_is_refused(book, part):
    """A title, subtitle, caption or description, changed after somebody had read it."""
    draw(book.parent, WORDS | {part: WORDS[part].replace("t", "d", 1)})
    (problem,) = passages.check(run.load(book)[0], book.parent)
    assert problem.file == passages.CHARTS and "is not as anybody read it" in problem.message
    assert run.run(book)


@pytest.mark.parametrize(
    ("part", "text", "said"),
    [
        ("title", "The Herald has about 1,200 troops", "Herald"),
        ("caption", "Counted in May 1999.", "May 1999"),
        ("caption", "Counted by ten.", "ten"),
        ("caption", "Here 17 are not drawn.", "17"),
        ("caption", "About 1,300 would be another number.", "1,300"),
        ("caption", "They are in Iran.", "Iran"),
        ("description", "About 1,200 US troops in Iraq, at most 1,200.", "at most"),
    ],
)
def test_a_false_word_at_a_chart_is_refused(book, part, text, said):
    """A name, a date, a hedge or a number that no row of a chart has."""
    repeated = {"description": f"Dots. {text}."} if part == "title" else {}
    draw(book.parent, WORDS | {part: text} | repeated)
    problems = run.run(book, draft=True)
    assert f'says "{said}", which no row of the chart gives' in {p.message for p in problems}


@pytest.mark.parametrize(
    ("part", "text", "message"),
    [
        ("caption", "1,200 US troops are in Iraq.", 'says "1,200", which no row'),
        ("title", "US troops in Iraq are about 1,200", "is not what the description says"),
        ("caption", "About 1,200 US troops are in Iraq, 1 number in 1 report.", ""),
    ],
)
def test_a_chart_says_what_its_rows_say(book, part, text, message):
    """A number without its bound, a picture told otherwise to who does not see it; and a count over a
    chart's rows, refused."""
    draw(book.parent, WORDS | {part: text})
    problems = run.run(book, draft=True)
    assert any(p.message.startswith(message) for p in problems) if message else problems == []


def test_what_a_picture_leaves_out_is_counted(book):
    """A sentence of the code's own that is refused, because the number in it has grown."""
    data = run.load(book)[0]
    (own, *_) = [r for r in data.live("statements") if r["side"] == "outlet"]
    more = [Record({**own, "position": p}, own.table, "", 0) for p in ["stays"] * 37 + ["none"]]
    rows = [r for r in data.tables["statements"] if r["side"] != "outlet"] + more
    data = replace(data, tables=data.tables | {"statements": rows})
    for number in (37, 36):
        text = f"Not shown: {number} statements in an outlet’s own voice."
        draw(book.parent, WORDS | {"caption": text, "rows": ["stm-0004", "trp-0001"]})
        assert any(f'"{number}"' in p.message for p in passages.charts(data, book.parent)) == (
            number == 36
        )


def test_other_line_ends_need_no_new_reading(book):
    """A paragraph that an editor broke anew."""
    path = book.parent / "chapters/troops.md"
    path.write_text(PAGE.replace("US troops\nin", "US\ntroops in"), encoding="utf-8")
    assert run.run(book) == []


def test_sentences_that_change_places_are_refused(book):
    """A page of which each sentence was read, in another order, or with another cell."""
    path = book.parent / "chapters/troops.md"
    for old, new in (("reported(", "longline("), ("There are about", "\n\nThere are about")):
        path.write_text(PAGE.replace(old, new), encoding="utf-8")
        problems = [str(one) for one in run.run(book)]
        assert bool(problems) == (old == "reported("), problems


def test_a_sentence_that_is_gone_is_missed_until_its_mark_is_dropped(book, capsys):
    """A caveat taken out in silence; a mark that stays when its sentence does not."""
    path = book.parent / "chapters/troops.md"
    path.write_text(PAGE.replace("- That it is so.\n", ""), encoding="utf-8")
    problems = run.run(book)
    assert any("says less than Ann read on 2031-04-02" in one.message for one in problems)
    before = len(run.load(book)[0].tables["readings"])
    assert read(book, "--already-read", "all") == 0
    assert run.run(book) == [] and len(run.load(book)[0].tables["readings"]) == before - 1


def test_a_reader_sees_the_proofs_stops_and_goes_on(book, capsys):
    """A reading that shows no evidence, signs what says more, or loses its place."""
    data, root = run.load(book)[0], book.parent
    (root / "chapters/troops.md").write_text(
        PAGE.replace("about 1,200", "around 1,200").replace("so.", "not so.\n- Nor this."),
        encoding="utf-8",
    )
    shown, keys = [], iter(["y", "x", "n", "q"])
    passages.session(
        data, root, "Ben", DAY, book, lambda key: "", lambda _: next(keys), shown.append
    )
    text = "\n".join(shown)
    evidence = next(r["evidence"] for r in data.tables["troops"] if r.key == "trp-0001")
    assert evidence in text and "1 signed; 3 are left" in text and "to mend" in text
    left = passages.unread(run.load(book)[0], root)
    assert [one.text for one in left][:2] == ["That it is not so.", "Nor this."]
    assert left[2].place == "whole/chapters/troops.md"


def test_unknown_names_are_refused(book, capsys):
    """A page that is signed by a name it does not have."""
    (book.parent / "names.txt").write_text("chapters/tropes")
    assert read(book, "--already-read", str(book.parent / "names.txt")) == 1
    assert "is no page, chart or digest" in capsys.readouterr().err


def refused(data, root):
    """Return what nobody has read as it is, and what is wrong at charts."""
    unread = {one.digest for one in passages.unread(data, root)}
    return unread | {str(problem) for problem in passages.charts(data, root)}


@pytest.mark.parametrize(
    ("where", "old", "new"),
    [
        ("chapters/troops.md", "No report says", "One report says"),
        ("index.md", "writes Antiwar.com", "wrote Antiwar.com"),
        ("explainer/charts/troops.py", "counted separately", "counted separated"),
        (passages.CHARTS, "counted separately", "counted separated"),
        ("CITATION.cff", "version: 1.", "version: 2."),
        ("CHANGELOG.md", "## 1.0.0 (2026-11", "## 1.0.0 (2025-11"),
    ],
)
def test_one_letter_of_this_book_is_refused(tmp_path, where, old, new):
    """A sentence or a caption of this very book, in its file or in the code that says it."""
    for name in ("chapters", "data", "figures", "explainer/charts"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("index.md", "_toc.yml", "_config.yml", "CITATION.cff", "CHANGELOG.md"):
        shutil.copy(ROOT / name, tmp_path)
    data = run.load(DATA)[0]
    before = refused(data, tmp_path)
    assert not before or reading.unsigned(data)  # with an article's draft rows, not all is read
    path = tmp_path / where
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert refused(data, tmp_path) - before


def test_a_page_that_shows_other_words_is_refused():
    """A chart that is built from newer data than was read."""
    said = passages._said(ROOT)
    shown = {name: (words["title"], words["caption"]) for name, words in said.items()}
    assert (FIGURES / SAID).is_file() and list(passages.others(ROOT, shown)) == []
    name = next(iter(shown))
    assert list(passages.others(ROOT, shown | {name: ("Another title", shown[name][1])}))


def test_where_a_caption_points_is_no_opposite(book):
    """'Above are Iraq and Syria', refused because an attack is told that they came under."""
    words = {"caption": "Above are Iraq and Syria, counted separately."}
    draw(book.parent, WORDS | words | {"rows": ["trp-0001", "att-0003"]})
    assert run.run(book, draft=True) == []
