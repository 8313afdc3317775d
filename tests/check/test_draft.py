"""The draft of an article: all of its rows or none, gone on with, undone, and open where words do not decide."""

import csv
from dataclasses import replace

import pytest

from explainer.__main__ import main
from explainer.check import draft, run
from explainer.check.occasions import UNDATED
from explainer.check.passages import passages
from explainer.check.proposals import propose
from explainer.check.reading import unsigned
from explainer.check.rereading import due
from explainer.check.rules.quoting import SHARE, SHORT, covered
from explainer.data.dataset import OPEN, Ledger, Record
from explainer.data.evidence import around, fingerprint, words

TEXT = "A Headline of Some Words\n\nOn Monday “two of us” went to the town with 1,200 others.\n"
GIVEN = [
    "--outlet",
    "The Tribune",
    "--published",
    "2031-05-06",
    "--kind",
    "newspaper",
    "--country",
    "Nowhere",
]

BOTH = "Governments of the United States and Iraq"
US = {
    "person_id": "us-government",
    "name": "Government of the United States",
    "kind": "office",
    "institution": "Government of the United States",
    "side": "us",
    "named_as": "The US",
    "source_id": "gazette-2031-03",
    "evidence": "",
}


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def add(invented, article, *more):
    """Run the command on a file."""
    return main(["draft", str(article), *GIVEN, *more, "--data", str(invented)])


def state(invented):
    """Return all files of a folder with their bytes."""
    return {
        path.relative_to(invented): path.read_bytes()
        for path in invented.rglob("*")
        if path.is_file()
    }


def test_an_article_is_taken_in(invented, article, capsys):
    """The row at its place, the fingerprint, the counts, and what is open, first of all."""
    assert add(invented, article) == 0
    assert "thetribune-2031-05: " in capsys.readouterr().out
    made = fingerprint("thetribune-2031-05", TEXT.encode())
    assert (invented / "fingerprints" / "thetribune-2031-05.txt").read_text(
        encoding="utf-8"
    ) == str(made)
    data = run.load(invented)[0]
    row = next(r for r in data.tables["sources"] if r["source_id"] == "thetribune-2031-05")
    assert (row["headline"], row["words"], row["sha256"], row["outlet_short"]) == (
        "A Headline of Some Words",
        str(made.words),
        made.sha256,
        "The Tribune",
    )
    counted = [r for r in data.tables["coverage"] if r["source_id"] == "thetribune-2031-05"]
    assert [(r["kind"], r["found"]) for r in counted] == [
        ("date", "1"),
        ("number", "2"),
        ("quotation", "1"),
    ]
    assert all(r["found"] == str(int(r["cited"]) + int(r["set_aside"])) for r in counted)
    assert all("? is open" in str(problem) for problem in run.run(invented))


def test_a_row_stands_in_order(invented, article):
    """A row put at the end, so that the file is out of order."""
    assert (
        add(invented, article, "--short", "Fax", "--url", "https://fax.example/2031/05/06/x") == 0
    )
    assert [r["source_id"] for r in run.load(invented)[0].tables["sources"]] == [
        "fax-2031-05",
        "gazette-2031-03",
        "herald-2031-04",
        "register-2030-12",
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"one two three", "has fewer than 4 words"),
        (b"a b c d \x00 e", "is binary, not a text"),
        (b"\xff\xfe a b c d", "is not UTF-8 (byte 1)"),
        (b"caf\xe9 a b c d", "is not UTF-8 (byte 4)"),
        (b"\x89PNG\r\n\x1a\n", "is not UTF-8 (byte 1)"),
    ],
)
def test_a_file_that_is_no_article_is_refused(invented, article, content, message, capsys):
    """A file that is taken in although nothing can be cited from it."""
    before = state(invented)
    article.write_bytes(content)
    assert add(invented, article) == 1
    err = capsys.readouterr().err
    assert message in err and err.count("\n") == 1
    assert state(invented) == before


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--published", "6 May"], "published: 6 May is not a day in the form YYYY-MM-DD"),
        (["--kind", "blog"], "outlet_kind: blog is none of "),
        (
            ["--url", "https://tribune.example/2031/05/07/x"],
            "published: 2031-05-06 is not in the address",
        ),
        (["--url", "tribune.example"], "url: tribune.example is not a web address"),
        (
            ["--basis", "inferred"],
            "note: the cell does not go with published_basis inferred",
        ),
        (["--source-id", "Tribune 5"], "source_id: Tribune 5 does not match"),
        (
            ["--source-id", "herald-2031-04"],
            "the id is that of herald-2031-04 already; give another with --source-id",
        ),
        (["--headline", "<b>x</b>"], "headline: <b>x</b> has markup: <"),
        (
            ["--outlet", "Other", "--short", "Herald"],
            "outlet: Other differs from line 3",
        ),
    ],
)
def test_a_row_that_breaks_a_rule_is_refused(invented, article, more, message, capsys):
    """A row that the check would complain of at once."""
    before = state(invented)
    assert add(invented, article, *more) == 1
    assert message in (err := capsys.readouterr().err) and err.count("\n") == 1
    assert state(invented) == before


def test_a_draft_goes_on_and_overwrites_nothing(invented, article):
    """A cell that was decided and is asked for again, or a row that comes twice."""
    assert add(invented, article) == 0
    path = invented / "statements.csv"
    decided = path.read_text(encoding="utf-8").replace("headline,?,?", "headline,history,other")
    path.write_text(decided, encoding="utf-8")
    before = state(invented)
    assert main(["draft", str(article), "--data", str(invented)]) == 0
    assert state(invented) == before


def test_a_row_taken_out_leaves_no_gap(invented, article):
    """Ids that are one too high after a drafted row was deleted, and what it cited in no row."""
    assert add(invented, article) == 0
    path = invented / "set_aside.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    taken = next(i for i, line in enumerate(lines) if "thetribune" in line)
    path.write_text("".join(lines[:taken] + lines[taken + 1 :]), encoding="utf-8")
    assert add(invented, article) == 0
    after = [r["id"] for r in run.load(invented)[0].tables["set_aside"]]
    assert (
        after == [f"set-{n:04}" for n in range(1, len(after) + 1)] and len(after) == len(lines) - 1
    )


def test_a_draft_can_be_undone(invented, article):
    """A byte that is another after a draft and its undoing; rows that are lost."""
    before = state(invented)
    assert add(invented, article) == 0 and state(invented) != before
    assert add(invented, article, "--undo") == 0
    after = state(invented)
    assert {n: after[n] for n in after if n.suffix == ".csv"} == {
        n: before[n] for n in before if n.suffix == ".csv"
    }
    assert not (invented / "fingerprints" / "thetribune-2031-05.txt").exists()
    kept = article.with_name(article.name + ".undone").read_text(encoding="utf-8")
    assert "statements.csv" in kept and "A Headline of Some Words" in kept


def test_what_was_signed_is_not_undone(invented, article, capsys):
    """A row that somebody has read, taken out by a command."""
    assert add(invented, article) == 0
    row = next(r for r in run.load(invented)[0].tables["statements"] if "thetribune" in str(r))
    with (invented / "readings.csv").open("a", encoding="utf-8") as file:
        file.write(f"{row.key},{row.digest},blind,Ann,2031-05-07\n")
    assert add(invented, article, "--undo") == 1
    assert f"{row.key} was published or signed" in capsys.readouterr().err


def rows(data, text, published="2031-05-06"):
    """Return what is proposed for a text."""
    return propose(data, {"source_id": "x-2031-05", "published": published, "author": ""}, text)


@pytest.mark.parametrize(
    ("sentence", "table", "cells"),
    [
        (
            "There are about 1,200 US troops in Syria.",
            "troops",
            {"force": "us_forces", "place": "syria", "count": "1200", "qualifier": "about"},
        ),
        (
            "Some 400 American soldiers remain at the base.",
            "troops",
            {"place": "unstated", "count": "400", "as_of": "2031-05-06"},
        ),
        (
            "There are about 2,500 US troops in Iraq and 900 in neighboring Syria.",
            "troops",
            {"place": "syria", "count": "900", "qualifier": "about"},
        ),
        (
            "The 2,400 US troops in Iraq supply the 700 US troops holding northeast Syria with food.",
            "troops",
            {
                "place": "syria",
                "count": "700",
                "evidence": "700 US troops holding northeast Syria",
            },
        ),
        (
            "The soldiers in Iraq supply the 700 US troops beyond the river.",
            "troops",
            {"place": OPEN, "count": "700"},  # whose place the words do not name
        ),
        (
            "There are about 2,500 US troops in Iraq and 900 US troops in Syria.",
            "troops",
            {"place": "syria", "count": "900", "qualifier": "about"},
        ),
        (  # a list too long for its hedge
            "There are about 2,500 US troops and some contractors and guards and cooks on the bases in "
            "Iraq and 900 US troops in Syria.",
            "troops",
            {"place": "syria", "count": "900", "qualifier": OPEN},
        ),
        (
            "The US had 900 troops in Syria when the war began.",
            "troops",
            {"count": "900", "as_of": OPEN, "as_of_basis": OPEN},  # of then, and no day
        ),
        (
            "At least four fighters were killed near Baghdad on Sunday.",
            "attacks",
            {"measure": "killed", "value": "4", "qualifier": "at_least", "scope": "iraq"},
        ),
        (
            "Three guards were killed and more than 30 others were injured near Erbil.",
            "attacks",
            {"measure": "injured", "value": "30", "qualifier": "more_than"},
        ),
        (
            "As of Monday, there had been more than 40 attacks on US forces in Iraq.",
            "attacks",
            {"value": "40", "evidence": "As of Monday, there had been more than 40 attacks on US"},
        ),
        (
            "The camp has come under dozens of rocket attacks.",
            "attacks",
            {"measure": "attacks", "value": "", "qualifier": "several", "by_side": OPEN},
        ),
        (
            "The mission will end in the next five months.",
            "quantities",
            {"quantity": "time_until_end", "value": "5", "unit": "months"},
        ),
        (
            "“We will stay as long as we are asked to,” Major Ann Low told reporters on Monday.",
            "statements",
            {"person_id": "low", "form": "quote", "date": "2031-05-05", "precision": "day"},
        ),
        (
            "Nadia Omar, a member of the council, said she wants the war to end.",
            "statements",
            {"person_id": "omar", "form": "paraphrase", "precision": "undated"},
        ),
        (
            "A Pentagon spokesman said on Monday that nobody was hurt there.",
            "statements",
            {"person_id": "pentagon", "role_as_written": "A Pentagon spokesman", "side": "us"},
        ),
        (
            "Karim Saleh met his guards.\n\n“We will not stay in the valley,” he said.",
            "statements",
            {"person_id": "saleh", "role_as_written": "Saleh", "form": "quote"},  # as it is proved
        ),
        (
            "Iraq’s minister said that the mission ends soon. It is the will of Karim Saleh.",
            "statements",
            {"person_id": "saleh", "role_as_written": "Iraq’s minister"},
        ),
        (
            "Karim Saleh told Courier he wants the mission to end.",
            "statements",
            {"via_person_id": "courier", "evidence": "told Courier he wants the mission to end"},
        ),
        (
            "Pentagon spokesman, Major Bo Day, told reporters that nobody was hurt in the valley.",
            "statements",
            {"person_id": "day", "evidence": "nobody was hurt in the valley"},
        ),
        (
            "Al-Noor, which is a club of the valley, called for a ban on all guns.",
            "statements",
            {"role_as_written": "Al-Noor"},
        ),
        (
            "The Pentagon denied that there were any plans to stay.",
            "statements",
            {"evidence": "The Pentagon denied that there were any plans to stay"},
        ),
        (
            "Karim Saleh spoke in an interview on Sunday. “We want the war to end,” he said.",
            "statements",
            {"event_id": "interview-2031-05-04", "date": "2031-05-04", "person_id": "saleh"},
        ),
        (
            "Pentagon spokesman Bo Day said nobody was hurt there.",
            "people",
            {"person_id": "day", "institution": "US Department of Defense", "side": "us"},
        ),
        (
            "The U.S. Central Command said nobody was hurt there.",
            "people",
            {"name": "US Central Command", "kind": "office", "side": "us"},
        ),
        (
            "Iraq’s foreign ministry said nobody was hurt there.",
            "people",
            {"name": "Iraqi foreign ministry", "named_as": "foreign ministry", "side": "iraq"},
        ),
        (
            "A US drone strike in Baghdad on Sunday killed two militants near a bridge.",
            "events",
            {"title": "US drone strike in Baghdad", "kind": "strike", "actor_side": "us"},
        ),
        (
            "A US drone strike in Baghdad on Sunday killed two militants near a bridge.",
            "attacks",
            {"value": "2", "target": "armed_group", "by_side": "us"},
        ),
        (
            "Pentagon spokesman Bo Day said on Monday it was over. Jane Roe of the Pentagon left. "
            "The Pentagon said on Monday that nobody was hurt there.",
            "statements",
            {"person_id": "pentagon", "event_id": "day-2031-05-05"},  # one office, one day
        ),
        (
            "The US launched a first round of strikes in Iraq and Syria on Sunday.",
            "events",
            {
                "title": "Strikes in Iraq and Syria",
                "kind": "strike",
                "actor_side": "us",
                "place": "iraq_and_syria",
            },
        ),
        (
            "White House Spokeswoman Jean Day said nobody was hurt there.",
            "people",
            {"person_id": "day", "name": "Jean Day", "kind": "person", "side": "us"},
        ),
        (
            "The White House said in spring that nobody was hurt.",
            "people",
            {"kind": "office", "institution": "White House", "side": "us"},
        ),
        (
            "A Pentagon statement said that nobody was hurt there.",
            "statements",
            {"person_id": "pentagon"},
        ),
        (
            "The Pentagon called for an end of all raids.",
            "statements",
            {"evidence": "The Pentagon called for an end of all raids"},
        ),
        (
            "The raids hit dozens of targets in all of Iraq and Syria and the Pentagon had "
            "acknowledged that they were too few.",
            "statements",
            {"person_id": "pentagon"},
        ),
        (
            "The Pentagon in the past has called for an end of all raids.",
            "statements",
            {
                "role_as_written": "The Pentagon",
                "evidence": "The Pentagon in the past … called for an end of all raids",
            },
        ),
        (  # a plural that says, after another verb; what is due, and no event
            "Iraqi factions have pressed the town and say they want the troops to leave the bases.",
            "statements",
            {"role_as_written": "Iraqi factions", "position": OPEN},
        ),
        (
            "A senior U.S. defense official said the troops will stay. Karim Saleh left. “We will "
            "leave the valley first,” said the official.",
            "statements",
            {"person_id": "us-defense-official", "form": "quote", "side": "us"},
        ),
        (
            "Karim Saleh said the talks with the club are over, according to Reuters.",
            "statements",
            {"person_id": "saleh", "via_person_id": "reuters"},
        ),
        (  # a thing announced by letter on a day is no thing of that day
            "The Pentagon announced the talks in a letter to the town on Monday.",
            "statements",
            {"date_as_written": "Monday", "person_id": "pentagon"},
        ),
        (
            "Militants have attacked U.S. troops in Syria dozens of times since the war on the "
            "town began on May 2.",
            "attacks",
            {"event_id": "attacks-x-2031-05", "target": "us_forces", "qualifier": "several"},
        ),
        (
            "The base came under a series of attacks by Iran-backed militants.",
            "events",
            {"kind": "attack", "actor_side": "armed_group", "precision": "undated"},
        ),
        (
            "American forces conducted a strike in Erbil last week. The strike killed two men there.",
            "attacks",
            {"event_id": "strike-2031-04-28", "by_side": "us", "value": "2"},
        ),
        (
            "Currently, Iraq hosts 2,500 U.S. troops.",
            "troops",
            {"place": "iraq", "as_of": "2031-05-06"},
        ),
        (
            "About 2,500 American troops, as well as some service members from other states of "
            "the north, are stationed in Iraq.",
            "troops",
            {"place": "iraq", "evidence": "About 2,500 American troops … are stationed in Iraq"},
        ),
        (
            "The Pentagon said there are no plans to withdraw from the valley.",
            "statements",
            {"position": "no_plan"},
        ),
        (
            "The Pentagon said the mission will transition to a bilateral partnership.",
            "statements",
            {"position": "transition"},
        ),
        (
            "The Pentagon said that it is ending the presence of the coalition.",
            "statements",
            {"position": "mission_ends"},
        ),
        (
            "Karim Saleh said that militias are to end their attacks on US troops.",
            "statements",
            {"position": OPEN},
        ),
        (
            "The Pentagon said that it might end the presence of the coalition.",
            "statements",
            {"position": OPEN},
        ),
        (
            "Some 2,500 US troops are currently deployed in Iraq. About 900 others are stationed at "
            "bases in eastern Syria.",
            "troops",
            {"place": "syria", "count": "900", "qualifier": "about", "as_of": "2031-05-06"},
        ),
        (
            "From October 2030 until February, the bases came under hundreds of rocket attacks.",
            "attacks",
            {"event_id": "attack-2030-10", "qualifier": "several"},
        ),
        (
            "On May 2, the US launched airstrikes in Iraq that killed four men.",
            "events",
            {"event_id": "strike-2031-05-02", "kind": "strike", "actor_side": "us"},
        ),
        (
            "“We will not stay in the valley,” the Pentagon said in a May 5 statement.",
            "statements",
            {"date": "2031-05-05", "date_as_written": "May 5"},
        ),
        (  # a deal is not yet there
            "The Pentagon said that an issue before a deal on ending the coalition’s mission is open.",
            "statements",
            {"position": OPEN},
        ),
        (
            "The foreign ministry of the town is in Iraq. The foreign ministry said in Iraq that "
            "nobody was hurt.",
            "people",
            {"person_id": "iraqi-foreign-ministry", "side": "iraq", "kind": "office"},
        ),
        (  # what Iraq wants is no date that was set
            "Iraq wants the mission to end in the next months, in September 2031.",
            "events",
            {"kind": "deadline", "start": "2031-09"},
        ),
        (  # and its words keep the wish
            "Iraq wants troops of the coalition to start to move its advisers and goods out in May and "
            "to end its presence by September 2031, it is said.",
            "mentions",
            {"evidence": "Iraq wants troops of … end its presence by September 2031"},
        ),
        (  # the place of other troops is before it; no verb of the past is of the day
            "The 2,500 US troops in Iraq support the 900 US troops occupying northeast Syria, with a "
            "Kurdish-led force.",
            "troops",
            {"place": "syria", "count": "900", "as_of": "2031-05-06"},
        ),
        (
            "The US moved 900 US troops to Syria.",
            "troops",
            {"place": "syria", "as_of": OPEN},
        ),
        (  # what decides is cut off, and not denied
            "The Pentagon said that a committee of many men of both of the two states sits to find "
            "ways for the end of the coalition’s mission.",
            "statements",
            {"position": OPEN},
        ),
        (  # a surname alone, that is nobody else's in the article; what it leaves out itself
            "Saleh wants it. “The change of the … mission, so that they never return,” said Saleh.",
            "statements",
            {"person_id": "saleh", "evidence": "mission, so that they never return"},
        ),
        (  # the two ends of a long saying
            "The Pentagon announced new talks with the town in a letter to the minister of "
            "roads on Monday.",
            "mentions",
            {"evidence": "The Pentagon announced new … of roads on Monday"},
        ),
        (  # placed by whoever speaks, not by whom is told
            "The Pentagon announced the talks in a letter to Iraq’s minister of roads on Monday.",
            "events",
            {"kind": "announcement", "place": OPEN},
        ),
        (
            "The Iran-backed armed group of Nadia Omar said on Monday it will go on with attacks.",
            "statements",
            {"role_as_written": "The Iran-backed armed group of Nadia Omar"},
        ),
        (  # who died, and not in what
            "The group spoke after the killing of three US soldiers in a drone attack in Syria.",
            "attacks",
            {"measure": "killed", "value": "3", "target": "us_forces"},
        ),
        (
            "Previously, on May 1, 2031, the Pentagon had announced a pause of all its raids.",
            "statements",
            {"date": "2031-05-01", "date_as_written": "May 1, 2031"},
        ),
        (
            "In a briefing with reporters on Monday, the Pentagon said that the raids go on.",
            "statements",
            {"date": "2031-05-05", "person_id": "pentagon"},
        ),
        (
            "Washington has vowed to retaliate.",
            "statements",
            {"evidence": "Washington has vowed to retaliate"},
        ),
        (  # nobody is said to say it, and it is what the book is about
            "Some US troops are expected to remain in Erbil.",
            "statements",
            {"form": "narration", "side": "outlet", "position": OPEN},
        ),
        (
            "It rained in the two countries.",
            "set_aside",
            {"reason": "not_a_count"},
        ),
        (
            "An April meeting between Karim Saleh and the club went well.",
            "events",
            {"event_id": "talks-2031-04"},
        ),
        (
            "Four rockets fell there two days after a meeting.",
            "set_aside",
            {"reason": "background"},
        ),
        (
            "The March 7 call by Karim Saleh still stands.",
            "mentions",
            {"event_id": "minister-2031-03-07", "date_as_written": "March 7"},
        ),
        (
            "A diplomat said on Monday that talks will take years.",
            "statements",
            {"person_id": "", "side": "unstated", "role_as_written": "A diplomat"},
        ),
        (
            "It was described as a ‘partnership’ of equals.",
            "set_aside",
            {"text": "‘partnership’", "reason": OPEN},
        ),
        (
            "The Pentagon announced a deal with Iraq Monday to close the base.",
            "statements",
            {"person_id": "pentagon", "date_as_written": "Monday", "precision": "day"},
        ),
        (
            "The Pentagon announced that a base near Erbil would close Monday.",
            "statements",
            {"person_id": "pentagon", "precision": "undated"},
        ),
        (  # not placed where that is of which it tells
            "The militia in Iraq has gone, the Pentagon said Monday.",
            "events",
            {"kind": "announcement", "place": OPEN},
        ),
        (  # what is said, not since when, and not how
            "After the long vote, troops will leave the base, according to two diplomats.",
            "statements",
            {"evidence": "troops will leave the base … according to two diplomats"},
        ),
        (
            "In a second phase, troops will stay in Iraq for a while, a senior Roe administration "
            "official and a senior defense official said on condition of anonymity.",
            "statements",
            {
                "evidence": "troops will stay in Iraq for a while",
                "role_as_written": "a senior Roe administration official and a senior defense "
                "official",
            },
        ),
        (
            "“We thank them all for this,” Adel Karim, founder of a Large Group — a militia that has "
            "hit bases in Iraq — said on Monday.",
            "statements",
            {"person_id": "karim", "date": "2031-05-05"},
        ),
        (
            "Some officials who briefed reporters on Monday said the deal would bring a change.",
            "statements",
            {"role_as_written": "Some officials", "date": "2031-05-05"},
        ),
        (  # a short first name, and the surname alone after the verb
            "Kar Saleh flew home. “We will not stay in the valley,” said Saleh.",
            "statements",
            {"person_id": "saleh", "role_as_written": "Saleh"},
        ),
        (
            "“We will not stay in the valley for long,” said Minister Karim Saleh III.",
            "statements",
            {"person_id": "saleh", "role_as_written": "Minister Karim Saleh III"},
        ),
        (
            "Adel Karim, leader of Sons of the Valley, one of the clubs, said it was over for us.",
            "statements",
            {"person_id": "karim", "role_as_written": "Adel Karim, leader of Sons of the Valley"},
        ),
        (
            "A member of the council was quoted as saying that nobody had told the town.",
            "statements",
            {"form": "paraphrase", "evidence": "nobody had told the town"},
        ),
        (  # a sentence that ends with a quotation, and the one after it
            "The Pentagon said “we will stay for a year.” Two sources said that nobody was hurt.",
            "statements",
            {"person_id": "", "side": "unstated", "role_as_written": "Two sources"},
        ),
        (
            "Reuters reported on May 5 that nobody was hurt in the valley.",
            "people",
            {"person_id": "reuters", "kind": "news_outlet", "side": "other"},
        ),
        (
            "Karim Saleh told the NBC in March that he wants the mission to end.",
            "statements",
            {"via_person_id": "nbc", "date": "2031-03", "precision": "month"},
        ),
        (  # not cut in a name
            "“The road was built by men of the U.S. Navy,” Major Ann Low said.",
            "statements",
            {"evidence": "The road was built by men of the U.S. Navy"},
        ),
        (
            "“Nobody here has been told of it by the whole big U.S.,” Major Ann Low said.",
            "statements",
            {"evidence": "Nobody here has been told of it by the whole big U.S."},
        ),
        (
            "The troops came home early this spring.",
            "mentions",
            {"date_as_written": "early this spring"},
        ),
        (
            "The 2031 Joint Town Dialogue on May 1-2 went well for both.",
            "events",
            {"event_id": "talks-2031-05-01", "end": "2031-05-02", "precision": "between"},
        ),
        (
            "Several rockets were fired at a base near Erbil on Sunday.",
            "mentions",
            {"event_id": "attack-2031-05-04"},
        ),
        (
            "One of the roads was closed.",
            "set_aside",
            {"reason": "not_a_count"},
        ),
        ("A series of U.S. strikes hit Iraq.", "attacks", {"measure": "strikes", "value": ""}),
        ("Several U.S. soldiers were injured.", "attacks", {"measure": "injured", "value": ""}),
        ("BAGHDAD (Wire) — Nothing happened.", "set_aside", {"reason": "dateline"}),
        ("BAGHDAD, May 6 (Wire) — Nothing happened.", "set_aside", {"reason": "byline"}),
        (
            "(COPY- Some Wire) BAGHDAD, May 6 (WR-NI) – A strike hit a house.",
            "set_aside",
            {"text": "BAGHDAD, May 6", "reason": "byline"},
        ),
    ],
)
def test_what_the_words_decide_is_filled_in(book, sentence, table, cells):
    """A cell that the words decide and that is left open, or the other way round."""
    found = rows(book.data, f"A Headline of Some Words\n\n{sentence}\n")[table]
    assert any(cells.items() <= row.items() for row in found), found


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        # part of a name, those who speak, what is begun anew, the day of a count
        ("Two men were killed at Tower 22 in Syria.", {"value": "22"}),
        ("They have a brain injury, two US officials said.", {"measure": "injured"}),
        ("Three were killed and more than 30 men were hurt.", {"value": "30", "measure": "killed"}),
        ("As of Monday, there had been 40 attacks near Erbil.", {"start": "2031-05-05"}),
        # one surname, two men: the known one is Karim Saleh of Iraq
        ("Foreign Minister Ali Saleh said on Monday that talks failed.", {"person_id": "saleh"}),
        ("The minister’s office, not Saleh’s aide, said it ended.", {"person_id": "saleh"}),
        # a pronoun after another man was named
        (
            "Pentagon spokeswoman Jane Roe said it was over. Colonel Bo Day flew home. He added "
            "that nobody was hurt there.",
            {"person_id": "roe", "key_words": "nobody was hurt"},
        ),
        # the day is that of the strike, not that of the words
        ("A strike killed two on Monday, the army said.", {"date": "2031-05-05"}),
        # a month to come is not that of last year; 'Commander' is no command
        ("The army expects an answer before the end of September.", {"start": "2030-09"}),
        ("“We will go,” said Lieutenant Commander Erik Lund.", {"name": "Commander Erik Lund"}),
        # the day of a death, not that of the strike before it; an official is not the office
        (
            "US strikes in Syria on Friday followed the death of men in Jordan last month.",
            {"start": "2031-04", "title": "US strikes in Syria"},
        ),
        (
            "The US launched strikes in Syria on Friday for the death of men in Jordan last month.",
            {"start": "2031-04", "kind": "strike"},
        ),
        ("A Pentagon official said it was over in the valley.", {"person_id": "pentagon"}),
        (
            "Two papers, citing US officials, reported that talks will begin soon.",
            {"form": "paraphrase"},
        ),
        ("Ali Noor, Iran’s ambassador to Iraq, said nobody was hurt there.", {"side": "iraq"}),
        # of Iraq, and not of its government; another of that title
        ("Iraqi militia leader Ali Noor said he will fight on.", {"side": "iraq"}),
        ("A minister said it was over. Karim Saleh was silent.", {"person_id": "saleh"}),
        # two people of whom 'he' may be one
        (
            "Karim Saleh met Omar Farouk.\n\n“It is over for us now,” he said.",
            {"form": "quote", "person_id": "saleh"},
        ),
        # somebody is named, and not found: nobody knows yet that nobody is
        (
            "Much of what the chief of all the old staff of the big base near the sea in the south "
            "said was that it ends.",
            {"side": "unstated"},
        ),
        # who hurt is not who was hurt
        ("Two men were wounded by US troops near Erbil.", {"target": "us_forces"}),
        # rockets are counted, not attacks; what came after another thing has no day
        ("Several rockets were fired at a base near Erbil.", {"measure": "attacks"}),
        ("Two men went there less than a week after the attack.", {"precision": "undated"}),
        # a day to come is no day of last week
        ("The talks will resume on Thursday in Baghdad.", {"start": "2031-05-01"}),
    ],
)
def test_no_row_says_what_the_words_do_not(book, text, wrong):
    """A false row that a curator would have to find."""
    found = rows(book.data, f"A Headline of Some Words\n\n{text}\n")
    every = [row for table in found.values() for row in table]
    assert every and not any(wrong.items() <= row.items() for row in every), every


def test_one_event_of_an_article_is_one(book):
    """A strike told three times that becomes three events, and a headline that belongs to none."""
    text = (
        "US Drone Strike in Erbil Kills Two Guards\n\n"
        "A US drone strike in Erbil on Sunday killed two guards.\n\n"
        "The strike on Sunday was the first of the year.\n"
    )
    found = rows(book.data, text)
    assert [row["event_id"] for row in found["events"]] == ["strike-2031-05-04"]
    headline = next(row for row in found["statements"] if row["form"] == "headline")
    assert headline["event_id"] == "strike-2031-05-04"


def test_a_briefing_is_one_event(book):
    """Two events for the briefing of a day and what was said there."""
    text = (
        "The spokeswoman held a briefing on Monday.\n\n"
        "“We have no plans to leave the valley,” Major Ann Low told reporters on Monday.\n"
    )
    found = rows(book.data, f"A Headline of Some Words\n\n{text}")
    assert [row["event_id"] for row in found["events"]] == ["briefing-2031-05-05"]


def test_what_follows_is_filled_in(invented, article):
    """A title, a place and a topic that are asked for although the rows tell them."""
    article.write_text(
        "A Headline of Some Words\n\nThe Pentagon said on Monday that a rocket was fired there.\n",
        encoding="utf-8",
    )
    assert add(invented, article) == 0
    data = run.load(invented)[0]
    event = next(e for e in data.live("events") if e.key == "pentagon-2031-05-05")
    assert (event["actor_side"], event["place"]) == ("us", "washington")
    assert event["title"] == "Pentagon: a rocket was fired there"
    row = data.tables["statements"][-1]
    assert (row["topic"], row["concerns"], row["position"]) == ("violence", "other", "none")


@pytest.mark.parametrize(("via", "precision"), [("", "day"), ("farouk", "undated")])
def test_what_a_publisher_was_told_has_no_day(invented, via, precision):
    """The day of an event, written as the day of words that were told to somebody before."""
    data = run.load(invented)[0]
    event = next(e for e in data.live("events") if e["kind"] == "announcement" and e["start"])
    cells = {"event_id": event.key, "via_person_id": via, "date": "", "precision": "undated"}
    old = next(r for r in data.live("statements") if r["event_id"] == event.key)
    row = {**old, **cells, "id": OPEN, "note": UNDATED}
    with (invented / "statements.csv").open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, row, lineterminator="\n").writerow(row)
    draft.settle(invented)
    made = run.load(invented)[0].tables["statements"][-1]
    assert (made["precision"], made["date"]) == (precision, event["start"] if not via else "")


def test_a_number_tells_of_its_event(invented, article):
    """A second row that is asked for, with the same words, where an old event is put in."""
    article.write_text("A Headline of Some Words\n\nSeveral U.S. soldiers were injured.\n", "utf-8")
    assert add(invented, article) == 0
    path = invented / "attacks.csv"
    event = run.load(invented)[0].live("events")[0].key
    path.write_text(
        path.read_text(encoding="utf-8").replace(",?,thetrib", f",{event},thetrib"), "utf-8"
    )
    draft.settle(invented)
    told = run.load(invented)[0].tables["mentions"][-1]
    assert (told["event_id"], told["source_id"]) == (event, "thetribune-2031-05")
    assert told["evidence"] == "Several U.S. soldiers were injured"


@pytest.mark.parametrize(
    ("evidence", "position", "key"),
    [
        (
            "A U.S.-led coalition’s military mission in Iraq will end",
            "mission_ends",
            "military mission in Iraq will end",
        ),
        ("The mission will end in autumn", "mission_ends", "mission will end in autumn"),
        (
            "the only issues before reaching a deal on ending the coalition’s mission",
            "mission_ends",
            "issues before reaching a deal on ending",
        ),
    ],
)
def test_key_words_name_what_they_are_of(book, evidence, position, key):
    """'Iraq will end', on a chart, of a mission in Iraq."""
    row = Record({"evidence": evidence, "position": position}, "statements", "", 1)
    assert draft._key_words(book.data, row) == key


def test_key_words_are_not_those_of_the_speaker(book):
    """'Informed sources speaking' as what they say."""
    cells = {"evidence": "Informed sources speaking here … the guards of the camp left"}
    cells |= {"position": "none", "role_as_written": "Informed sources"}
    row = Record(cells, "statements", "", 1)
    assert draft._key_words(book.data, row) == "the guards of the camp left"


def test_a_series_goes_to_another_event(invented, article):
    """A drafted event of its own that stays, after its attacks were put to one that is known."""
    text = "A Headline of Some Words\n\nThe base came under a series of attacks by militias.\n"
    article.write_text(text, encoding="utf-8")
    assert add(invented, article) == 0
    data = run.load(invented)[0]
    drafted = data.live("attacks")[-1]["event_id"]
    assert drafted in data.by_key("events")
    path = invented / "attacks.csv"
    path.write_text(path.read_text("utf-8").replace(drafted, "attacks-2030-10"), "utf-8")
    draft.settle(invented)
    data = run.load(invented)[0]
    assert drafted not in data.by_key("events")
    own = [m for m in data.live("mentions") if m["source_id"] == "thetribune-2031-05"]
    assert [m["event_id"] for m in own] == ["attacks-2030-10"]


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("Baghdad said the mission ends in autumn.", "iraqis"),
        ("Iraq says the mission has become a burden.", "iraqis"),
        ("Washington and the Iraqi government say they want to move on.", "both"),
    ],
)
def test_a_capital_is_its_government(book, said, who):
    """'Baghdad said' that nobody said, or that a minister did."""
    added = []
    for key, name, side in (("iraqis", "Government of Iraq", "iraq"), ("both", BOTH, "joint")):
        cells = {"person_id": key, "name": name, "kind": "office", "institution": name}
        cells |= {"side": side, "named_as": "government", "evidence": ""}
        added.append(Record(cells, "people", "", 0))
    people = [*book.data.tables["people"], *added]
    data = replace(book.data, tables=book.data.tables | {"people": people})
    found = rows(data, f"A Headline of Some Words\n\n{said}\n")
    assert found["statements"][-1]["person_id"] == who


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("A drone attack hit a base in Iraq on Sunday. An attack in Syria on Sunday hurt two.", 2),
        ("On Sunday it rained in the valley. The boats left for the sea on Sunday.", 2),
        ("A drone attack hit a base in Iraq on Sunday. The attack on Sunday hurt two.", 1),
    ],
)
def test_two_events_of_a_day_are_two(book, text, count):
    """Two attacks of one day, in two places, as one; two things of which nobody knows the kind."""
    assert len(rows(book.data, f"A Headline of Some Words\n\n{text}\n")["events"]) == count


def test_an_event_of_the_day_is_offered(invented, article):
    """A second event for a day of which the book has one, because nobody is told of it."""
    article.write_text("A Headline of Some Words\n\nOn March 10 the roads were closed.\n", "utf-8")
    assert add(invented, article) == 0
    told = [str(problem) for problem in run.run(invented)]
    title = next(line for line in told if "events.csv" in line and " title: " in line)
    assert "or name in its rows briefing-2031-03-10 (Pentagon: no plans)" in title


def test_a_position_decides_what_follows(invented, article):
    """A cell that is asked for although another leaves no choice."""
    text = "The Mission Is to End\n\nOn Monday two of the roads were closed.\n"
    article.write_text(text, encoding="utf-8")
    assert add(invented, article) == 0
    path = invented / "statements.csv"
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    line = next(n for n, line in enumerate(lines) if "thetribune" in line)
    cells = dict(zip(head.split(","), lines[line].split(","), strict=True))
    assert (cells["topic"], cells["position"], cells["key_words"]) == (OPEN,) * 3
    cells["position"] = "mission_ends"
    path.write_text(
        "\n".join([head, *lines[:line], ",".join(cells.values()), *lines[line + 1 :]]) + "\n",
        "utf-8",
    )
    draft.settle(invented)
    row = next(r for r in run.load(invented)[0].tables["statements"] if "thetribune" in str(r))
    assert (row["topic"], row["concerns"], row["key_words"]) == (
        "presence",
        "coalition_mission",
        "Mission Is to End",
    )


@pytest.mark.parametrize("verb", ["added", "asserted", "emphasised", "explained", "stated"])
def test_verbs_of_saying_are_one_list(book, verb):
    """'Saleh explained that', drafted as the outlet's own words, or not at all."""
    text = (
        f"A Headline\n\nThe minister Karim Saleh {verb} that the mission of the coalition ends.\n"
    )
    told = rows(book.data, text)["statements"][-1]
    assert (told["form"], told["person_id"]) == ("paraphrase", "saleh")
    known = fingerprint("x", text.encode())
    assert ":" in around("mission of the coalition ends", known)


def test_a_number_is_drafted_once(book):
    """A second row for a toll that the article says again."""
    text = "A Headline\n\nAt least 4 men were killed in Iraq. The army said 4 men were killed.\n"
    assert [row["value"] for row in rows(book.data, text)["attacks"]] == ["4"]


def test_a_second_number_of_troops_asks_why(book):
    """Two rows that the check refuses, because the draft has made them of one force, place and time."""
    text = (
        "A Headline\n\nThere are about 900 US troops in Syria. Later in a long text it is written: "
        "some 900 US troops in Syria are still there.\n"
    )
    assert [row["note"] for row in rows(book.data, text)["troops"]] == ["", OPEN]


def test_several_years_are_no_attacks(book):
    """'Over several years, and those attacks went on' as several attacks."""
    text = "A Headline\n\nThe bases were hit over several years, and those attacks went on.\n"
    assert not rows(book.data, text)["attacks"]


@pytest.mark.parametrize("name", ["The U.S.", "The US"])
def test_a_country_speaks_under_any_of_its_names(book, name):
    """'The U.S. announced' as somebody whom the book does not know."""
    people = [*book.data.tables["people"], Record(US, "people", "people.csv", 99)]
    data = replace(book.data, tables=book.data.tables | {"people": people})
    text = f"A Headline\n\n{name} announced on Monday that it will keep its troops there.\n"
    assert rows(data, text)["statements"][-1]["person_id"] == "us-government"


def test_a_page_that_was_updated_is_told(invented, article, capsys):
    """A 'Wednesday' in a page of a Tuesday, read as six days before and never asked about."""
    article.write_text(TEXT + "\nOn Wednesday nobody of the four came.\n", encoding="utf-8")
    assert add(invented, article) == 0
    said = capsys.readouterr().out
    assert "Wednesday: read as 2031-04-30; if the page was updated" in said
    assert "--published 2031-05-07" in said and "Monday: read" not in said


def test_a_long_article_is_not_given_back(book):
    """A draft that the bound on evidence refuses."""
    said = (
        "“Line {n} of the long paper on the bases says a good deal about stones, roads, wells and "
        "water tanks in the valley, and it goes on about them,” said Major Ann Low.\n\n"
    )
    text = "A Headline of Some Words\n\n" + "".join(said.format(n=n) for n in range(100, 112))
    found = rows(book.data, text)
    pieces = [row["evidence"] for table in found.values() for row in table if row.get("evidence")]
    run = words(text)
    assert len(run) >= SHORT and len(found["statements"]) >= 12
    assert len(covered(pieces, run)) <= SHARE * len(run)


def test_an_open_cell_is_listed_with_its_choices(invented, article):
    """A curator who has to look up what a cell may hold."""
    add(invented, article)
    told = [str(problem) for problem in run.run(invented)]
    topic = next(line for line in told if " topic: " in line)
    assert "A Headline of Some Words" in topic and "presence, legal_basis, mission" in topic
    assert len({line.partition(": ")[0] for line in told}) == len(told)  # a row is told once
    assert not [line for line in told if "key_words" in line]  # it follows from the position


def test_a_missing_file_and_broken_data(invented, article, tmp_path, capsys):
    """A traceback instead of a line."""
    assert add(invented, tmp_path / "none.txt") == 1
    (invented / "people.csv").unlink()
    assert add(invented, article) == 1
    assert capsys.readouterr().err == (
        f"explainer: {tmp_path / 'none.txt'}: is missing\n"
        "explainer: the data is not in order: data/people.csv: is missing\n"
    )


def test_all_files_or_none(invented, article, monkeypatch, capsys):
    """A fingerprint without its row, because the disk was full in between."""
    before, replace, calls = state(invented), draft.replace, []

    def full(path, text):
        calls.append(path)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        replace(path, text)

    monkeypatch.setattr(draft, "replace", full)
    assert add(invented, article) == 1
    assert "No space left on device" in capsys.readouterr().err
    assert state(invented) == before


def test_a_sentence_of_all_reports_is_read_again(invented, capsys):
    """A sentence that was true of the articles of before, and that nobody looks at again."""
    (invented.parent / "index.md").write_text(
        "# A\n\nNo report gives a day. Roads are long. The words of each report are linked.\n\n"
        "Only Gazette is first.\n",
        encoding="utf-8",
    )
    data, _ = run.load(invented)
    assert not [line for line in due(data, invented.parent, ()) if line.startswith("index")]
    told = [line for line in due(data, invented.parent) if line.startswith("index")]
    assert [line.partition(": “")[0] for line in told] == ["index.md:3", "index.md:5"]
    assert "does it hold with" in told[0] and "of gazette-2031-03, “The Courier" in told[0]
    for row in unsigned(data):
        with (invented / "readings.csv").open("a", encoding="utf-8") as file:
            file.write(f"{row.key},{row.digest},blind,Ann,2031-05-07\n")
    assert list(due(run.load(invented)[0], invented.parent)) == []


def test_a_new_row_of_a_published_report_asks_for_itself_alone(book, tmp_path):
    """All that a report of years ago touches, because somebody added one row to it."""
    (tmp_path / "index.md").write_text(
        "# A\n\nNo report names the bases.\n\nThe reports give no day for the vote.\n",
        encoding="utf-8",
    )
    every = [row.key for row in book.data.every()]
    rows = {table: list(rows) for table, rows in book.data.tables.items()}
    mention = {**rows["mentions"][0], "id": "men-0099", "evidence": "nobody named the bases there"}
    rows["mentions"].append(Record(mention, "mentions", "data/mentions.csv", 99))
    marks = [dict.fromkeys(("row", "kind"), "") | {"row": key, "kind": "review"} for key in every]
    rows["readings"] = [Record(mark, "readings", "", 0) for mark in marks]
    data = replace(book.data, tables=rows, ledger=Ledger("1", dict.fromkeys(every, "")))
    lines = list(due(data, tmp_path))
    assert len(lines) == 1 and lines[0].startswith("index.md:3: ")
    assert "does it hold with men-0099 of gazette-2031-03, “nobody named the bases" in lines[0]


def test_what_is_said_of_all_reports_is_read_with_each_new_one(tmp_path):
    """'No report gives a date', signed when there were five, of six."""
    (tmp_path / "data/fingerprints").mkdir(parents=True)
    (tmp_path / "index.md").write_text("# A\n\nNo report gives a day.\n\nIt rains.\n", "utf-8")
    before = {one.text: one.digest for one in passages(tmp_path)}
    (tmp_path / "data/fingerprints/x-2031-05.txt").touch()
    after = {one.text: one.digest for one in passages(tmp_path)}
    assert [text for text in before if after[text] != before[text]] == ["No report gives a day."]


def changed(data, text, **cells):
    """Return the book with the text of a draft, and with other cells in a topic or a place."""
    tables = dict(data.tables)
    for table, new in cells.items():
        first, *others = tables[table] or [{}]
        tables[table] = [Record({**first, **new}, table, f"data/{table}.csv", 2), *others]
    return replace(data, tables=tables, texts={"herald-2031-04": text})


def test_what_an_article_may_tell_of_is_asked(book, tmp_path):
    """'Not mentioned by' and 'no report says' of an article that nobody asked."""
    event = next(e for e in book.data.live("events") if e["start"] < "2031-04")
    own = [m for m in book.data.tables["mentions"] if m["event_id"] != event.key]
    told = next(m for m in book.data.live("mentions") if m["event_id"] == event.key)
    told = Record({**told, "source_id": "gazette-2031-03"}, "mentions", "data/mentions.csv", 2)
    data = replace(book.data, tables=book.data.tables | {"mentions": [told, *own]})
    words = f"{event['title']}: {told['evidence']}"
    asked = {"kind": "unanswered", "topic_id": "bases", "question": "Which bases are handed over?"}
    asked |= {"why_it_matters": "No report says."}
    text = f"A Headline\n\nNo bases are handed over. {words}. Wells are deep.\n"
    lines = list(due(changed(data, text, topics=asked), tmp_path))
    assert any("Which bases are handed over? (No report says.)" in line for line in lines)
    assert any(event["title"] in line and words[:40] in line for line in lines)
    lines = list(due(changed(data, "A Headline\n\nStones lie on the roads.\n"), tmp_path))
    assert not any(event["title"] in line for line in lines)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("They went to Hareer base.", "writes “Hareer”: if that is Harir, add it to also_written"),
        ("They went to Harir base.", "Harir: herald-2031-04 names it, and none of its rows does"),
        ("They went to Ramadi.", ""),
    ],
)
def test_a_place_in_another_spelling_is_asked_about(book, tmp_path, text, told):
    """'Hareer' in a row, and 'Harir' on the map as named by other sources alone."""
    harir = {"place_id": "harir", "name": "Harir", "also_written": "Harrir; Arir"}
    data = changed(book.data, f"A Headline\n\n{text}\n", places=harir)
    lines = [line for line in due(data, tmp_path) if "places.csv" in line and "Harir" in line]
    assert [told in line for line in lines] == [True] * bool(told)


def test_a_note_that_counts_reports_is_read_again(book, tmp_path):
    """'One report gives a cause', after a second one has given another."""
    topic = next(r for r in book.data.live("disagreements"))["topic_id"]
    note = {"topic_id": topic, "why_it_matters": "The two later reports give a cause."}
    first = next(t for t in book.data.live("topics") if t.key == topic)
    data = changed(book.data, "A Headline\n\nStones.\n", topics={**first, **note})
    assert any("why_it_matters: “The two later" in line for line in due(data, tmp_path))
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters/method.md").write_text(
        "# A\n\nThe two reports give the coalition no end date. No report speaks of wells.\n",
        encoding="utf-8",
    )
    assert sum(line.startswith("chapters/method") for line in due(data, tmp_path)) == 1


def test_what_a_command_fills_in_is_told_once(invented, article):
    """Twelve lines on cells that the guide asks to leave open, among those that are to be decided."""
    with (invented / "links.csv").open("a", encoding="utf-8") as file:
        file.write("?,gazette-2031-03,war-2030-10,strike-2031-03,follows,some four words here,,\n")
    told = [str(problem) for problem in run.run(invented)]
    assert len(told) == 1 and "`make article` fills in: links.id (1)" in told[0]
    assert add(invented, article) == 0
    told = [str(problem) for problem in run.run(invented)]
    assert told and not any("`make article`" in line or "is none of" in line for line in told)


def test_an_event_without_a_day_is_offered_those_of_its_kind(invented, article):
    """'The war broke out a year ago' as a second war."""
    strike = next(e for e in run.load(invented)[0].live("events") if "strike" in e["title"].split())
    article.write_text(TEXT + "\nThe strike came nearly a year ago.\n", encoding="utf-8")
    assert add(invented, article) == 0
    told = [
        line for p in run.run(invented) if "events.csv" in (line := str(p)) and "year ago" in line
    ]
    assert (
        told and f"{strike.key} ({strike['title']})" in told[0].partition("or name in its rows")[2]
    )
