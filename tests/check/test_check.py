"""The check: each rule finds the one cell that breaks it, in invented data."""

import random
from dataclasses import replace

import pytest
from repository import INVENTED

from explainer.__main__ import main
from explainer.check import ledger, run
from explainer.check.diction import diction_of
from explainer.check.rules import articles, calendar, places, quoting
from explainer.check.rules.numbers import placed
from explainer.data.dataset import Record
from explainer.data.evidence import words

BROKEN = [
    # articles
    (
        "gazette-2031-03",
        {"outlet_kind": "wire"},
        "outlet_kind: wire does not go with tier article and kind news_site",
    ),
    (
        "set-0002",
        {"text": "Wired, Kirkuk", "reason": "dateline"},
        "text: Wired, Kirkuk does not go with reason dateline: the text begins with a place",
    ),
    # places
    (
        "strike-2031-03",
        {"title": "US drone strike near Ramadi and Qaim"},
        "title: US drone strike near Ramadi and Qaim names Ramadi, which places.csv does not have",
    ),
    ("attacks-2030-10", {"title": "Attacks on US forces in Iraq and Syria"}, ""),
    (
        "att-0003",
        {"evidence": "at least 40 times … attack on US troops", "target": "unstated"},
        "target: unstated is not us_forces, which the evidence names",
    ),
    (
        "strikes",
        {"title": "Roe orders US strikes in Iraq", "kind": "political", "actor_side": "iraq"},
        "actor_side: iraq is not that of Roe: us",
    ),
    ("herald-2031-04", {"words": "90"}, "words: 90 is 75 in the fingerprint"),
    ("herald-2031-04", {"sha256": "0" * 64}, "sha256: 00000000"),
    ("gazette-2031-03", {"published": "2031-03-12"}, "published: 2031-03-12 is not in the address"),
    ("gazette-2031-03", {"url": ""}, "published: 2031-03-11 is not in the address (there is none)"),
    (
        "set-0001",
        {"reason": "furniture"},
        "published: 2031-04-02 is in no row of set_aside.csv with the reason byline",
    ),
    (
        "gazette-2031-03",
        {"published_basis": "inferred"},
        "published_precision: day does not go with published_basis inferred",
    ),
    (
        "gazette-2031-03",
        {"published_basis": "inferred", "published_precision": "about"},
        "note: does not go with published_basis inferred",
    ),
    (
        "herald-2031-04",
        {"outlet": "The Gazette"},
        "outlet_short: Herald differs from line 2, of the same article and The Gazette: Gazette",
    ),
    (
        "herald-2031-04",
        {"outlet_short": "Gazette"},
        "outlet: The Herald differs from line 2",
    ),
    (
        "herald-2031-04",
        {"headline": "Minister Repeats His Old Call"},
        "headline: Minister Repeats His Old Call is not in herald-2031-04 word by word",
    ),
    (
        "set-0002",
        {"reason": "byline"},
        "reason: byline but the text has neither a date nor the author",
    ),
    ("set-0002", {"reason": "repeated"}, "does not go with reason repeated: `note` names the row"),
    (
        "set-0002",
        {"reason": "scare_quotes"},
        "does not go with reason scare_quotes: a quotation mark opens",
    ),
    (
        "set-0002",
        {"text": "paper of five pages"},
        "text: paper of five pages is not in gazette-2031-03 word by word",
    ),
    # evidence
    (
        "trp-0003",
        {"evidence": "The US has 1,200 troops in Iraq"},
        'is not in herald-2031-04 word by word: "The US has 1,200 troops in Iraq"',
    ),
    ("trp-0003", {"source_id": "gazette-2031-03"}, "is not in gazette-2031-03 word by word"),
    (
        "men-0005",
        {"evidence": "Several strikes … militias in Iraq followed"},
        'has a run of fewer than 4 words: "Several strikes"',
    ),
    (
        "men-0005",
        {
            "evidence": "Several strikes on militias … strikes on militias in … on militias in Iraq … militias in Iraq followed"
        },
        "joins 4 runs of words: 3 at the most",
    ),
    (
        "stm-0005",
        {
            "evidence": "The Courier later reported that Saleh wants the US to stay, as an open-ended US military presence"
        },
        "has 17 words outside quotation marks: 15 at the most",
    ),
    (
        "stm-0003",
        {"evidence": "“We are not aware of any request to leave,”"},
        "evidence: “We are not aware of any request to leave,” has a quotation mark",
    ),
    (
        "stm-0004",
        {"key_words": "must end"},
        'key_words: must end is not in the evidence "said on Friday',
    ),
    (
        "wrd-0002",
        {"term": "The mission of the coalition"},
        "term: The mission of the coalition is not in the evidence",
    ),
    ("roe", {"named_as": "Jane"}, ""),
    (
        "roe",
        {"named_as": "Doe"},
        'named_as: Doe is not in the evidence "said Pentagon spokeswoman Jane Roe"',
    ),
    ("men-0001", {"date_as_written": "Tuesday"}, "date_as_written: Tuesday is not in the evidence"),
    ("stm-0004", {"date_as_written": "Monday"}, "date_as_written: Monday is not in the evidence"),
    (
        "stm-0005",
        {"role_as_written": "Colonel Saleh"},
        'has "colonel", which is in no evidence of gazette-2031-03',
    ),
    ("dis-0003", {"says": ""}, "says: does not go with stance says: a value is due"),
    (
        "dis-0003",
        {"stance": "silent"},
        "evidence: that the mission of the coalition should end does not go with stance silent: an empty",
    ),
    # numbers
    (
        "trp-0003",
        {"count": "12000"},
        'count: 12000 is not in the evidence "The US keeps 1,200 troops in Iraq"',
    ),
    ("att-0003", {"value": ""}, "value: does not go with qualifier at_least: a value is due"),
    (
        "att-0004",
        {"value": "3"},
        "value: 3 does not go with qualifier several: an empty cell is due",
    ),
    ("att-0005", {"value": "3"}, "value: 3 is not the number of names in the evidence"),
    ("att-0002", {"value": "2"}, "value: 2 is not in the evidence"),
    (
        "trp-0001",
        {"count": "300"},
        'place: iraq is not what 300 is tied to in "about 1,200 US troops in Iraq and 300 in Syria": syria',
    ),
    ("trp-0002", {"place": "iraq"}, "place: iraq is not what 300 is tied to"),
    (
        "trp-0002",
        {"place": "iraq", "evidence": "about 1,200 US troops in Iraq and 300"},
        "place: iraq is not the place that the article names after 300: it is cut off",
    ),
    (
        "trp-0003",
        {"qualifier": "about"},
        'qualifier: about has no word for it before 1200 in "The US keeps 1,200 troops in Iraq"',
    ),
    (
        "trp-0001",
        {"qualifier": "exact"},
        'qualifier: exact is not what "about 1,200 US troops in Iraq and 300 in Syria" says',
    ),
    ("trp-0002", {"qualifier": "exact"}, "qualifier: exact is not what"),
    ("att-0003", {"qualifier": "exact"}, "qualifier: exact is not what"),
    ("att-0003", {"qualifier": "more_than"}, "qualifier: more_than has no word for it before 40"),
    (
        "att-0004",
        {"qualifier": "unnumbered"},
        "qualifier: unnumbered does not go with the words of quantity",
    ),
    (
        "trp-0001",
        {"qualifier": "exact", "evidence": "1,200 US troops in Iraq and 300 in Syria"},
        "evidence: 1,200 US troops in Iraq and 300 in Syria leaves out the hedge",
    ),
    ("qty-0001", {"unit": "years"}, "unit: years "),
    # codes
    (
        "att-0003",
        {"scope": "iraq"},
        "scope: iraq differs from the place of attacks-2030-10: iraq_and_syria",
    ),
    (
        "att-0001",
        {"scope": "unstated"},
        'scope: unstated but "after a US drone strike in Baghdad" says iraq',
    ),
    ("att-0001", {"measure": "attacks"}, "target: armed_group does not go with measure attacks"),
    ("att-0001", {"by_side": "iraq"}, "by_side: iraq differs from the side of strike-2031-03: us"),
    (
        "att-0001",
        {"target": "us_forces"},
        "target: us_forces does not go with by_side us: not us_forces or us_contractors is due",
    ),
    (
        "att-0001",
        {"target": "commanders"},
        "target: commanders differs from other rows of strike-2031-03: armed_group",
    ),
    (
        "att-0002",
        {"measure": "strikes", "evidence": "after a US drone strike in Baghdad killed"},
        "target: armed_group is there with the event_id, source_id, measure of line 2: why",
    ),
    (
        "strikes",
        {"kind": "attack"},
        "actor_side: us does not go with kind attack: armed_group or unstated is due",
    ),
    (
        "report-2031-03",
        {"actor_side": "us"},
        "actor_side: us has no statement at this announcement",
    ),
    (
        "stm-0004",
        {"position": "forces_leave"},
        "concerns: coalition_mission does not go with position forces_leave: us_forces or all",
    ),
    (
        "stm-0004",
        {"concerns": "us_forces"},
        "concerns: us_forces does not go with position mission_ends: coalition_mission is due",
    ),
    (
        "stm-0002",
        {"concerns": "other"},
        "concerns: other does not go with position no_plan: not other is due",
    ),
    (
        "stm-0002",
        {"topic": "mission"},
        "topic: mission does not go with position no_plan: presence is due",
    ),
    (
        "lnk-0001",
        {"relation": "answers"},
        "if the article's word for it belongs here, add it in datapackage.json to the words of links.relation, answers",
    ),
    (
        "att-0003",
        {"by_side": "other"},
        "by_side: other differs from the side of attacks-2030-10: armed_group",
    ),
    ("att-0003", {"by_side": "unstated"}, ""),  # what one article leaves open, another may tell
    ("att-0002", {"target": "unstated"}, ""),
    ("att-0001", {"by_side": "unstated"}, "by_side: unstated differs from the side of strike-2031"),
    # dates
    (
        "strike-2020-01",
        {"start": "2020-02"},
        "date_as_written: January 2020 means 2020-01, but strike-2020-01 is 2020-02",
    ),
    ("strike-2020-01", {"start": "2020-13"}, "start: 2020-13 is no date"),
    (
        "strike-2020-01",
        {"precision": "year"},
        "start: 2020-01 does not go with precision year: a date of that precision",
    ),
    (
        "attacks-2030-10",
        {"start": "2030-10-15", "precision": "day"},
        "start: 2030-10-15 to the same is no date that the articles' words give: none",
    ),
    ("report-2031-03", {"end": "2031-03-01"}, "end: 2031-03-01 is before the start 2031-03-07"),
    ("report-2031-03", {"end": ""}, "end: does not go with precision between"),
    (
        "report-2031-03",
        {"end": "2031-03-12"},
        "end: 2031-03-12 is neither the day of an article that tells of it",
    ),
    ("strikes", {"note": ""}, "note: does not go with precision undated: `note` tells what"),
    (
        "men-0004",
        {"date_as_written": ""},
        'date_as_written: is empty, but the evidence has "mid-October"',
    ),
    (
        "report-2031-03",
        {"note": ""},
        "date_as_written: later is read by no rule, and neither the row nor report-2031-03 has a note",
    ),
    (
        "mission-ends-2031-09",
        {"kind": "military_change"},
        "kind: military_change does not go with the start 2031-09: after the articles",
    ),
    (
        "briefing-2031-03-10",
        {"kind": "deadline"},
        "kind: deadline does not go with the start 2031-03-10: not after the articles",
    ),
    ("stm-0002", {"date": "2031-03-03"}, "date: 2031-03-03 should be 2031-03-10: Monday"),
    (
        "stm-0003",
        {"date": "2031-03-11"},
        "date: 2031-03-11 should be 2031-03-10: of briefing-2031-03-10",
    ),
    (
        "stm-0008",
        {"date": "2031-04-01"},
        "date: 2031-04-01 should be 2031-04-02: the day of publication",
    ),
    ("stm-0003", {"precision": "published"}, "precision: published should be day"),
    (
        "stm-0005",
        {"note": ""},
        'date: 2031-03-07 rests on "later", which no rule reads, and `note` is empty',
    ),
    (
        "stm-0004",
        {"date_as_written": ""},
        'date: 2031-03-07 rests on "Friday", which date_as_written leaves out',
    ),
    (
        "trp-0003",
        {"as_of": "2031-04-03"},
        "as_of: 2031-04-03 is not the day of publication: 2031-04-02",
    ),
    (
        "trp-0003",
        {"as_of_basis": "as_written"},
        "date_as_written: does not go with as_of_basis as_written: a value is due",
    ),
    # voices
    ("stm-0003", {"side": "iraq"}, "side: iraq differs from the side of the speaker: us"),
    ("stm-0003", {"person_id": "saleh"}, "side: us differs from the side of the speaker: iraq"),
    (
        "stm-0003",
        {"person_id": "pentagon"},
        'person_id: pentagon is not who "Pentagon spokeswoman Jane Roe" names: roe',
    ),
    ("stm-0003", {"form": "narration"}, "form: narration does not go with the speaker roe"),
    ("stm-0008", {"form": "paraphrase"}, "form: paraphrase does not go with no speaker"),
    (
        "stm-0008",
        {"role_as_written": "Saleh"},
        "role_as_written: Saleh stands beside the form narration",
    ),
    ("stm-0003", {"role_as_written": ""}, "role_as_written: is empty, but there is a speaker"),
    (
        "stm-0006",
        {"via_person_id": "courier", "event_id": ""},
        "via_person_id: courier is not named where herald-2031-04 has these words",
    ),
    (
        "stm-0005",
        {"via_person_id": "farouk"},
        "via_person_id: farouk is not named where gazette-2031-03 speaks of report-2031-03",
    ),
    ("pentagon", {"side": "iraq"}, "side: us differs from pentagon, of the same institution: iraq"),
    ("courier", {"side": "us"}, "side: us does not go with the kind news_outlet"),
    ("roe", {"name": "Jane Doe"}, "named_as: Roe is not in the name Jane Doe"),
    (
        "pentagon",
        {"kind": "person", "institution": "Pentagon"},
        "kind: person does not go with the institution",
    ),
    (
        "att-0001",
        {"person_id": "roe"},
        'person_id: roe is not named in the evidence "after a US drone strike in Baghdad"',
    ),
    (
        "att-0002",
        {"evidence": "Saleh blamed a strike that killed a militia leader", "person_id": "saleh"},
        "person_id: saleh is not who counts: Saleh blamed, and whose the number is stays empty",
    ),
    (
        "men-0009",
        {"evidence": "in the next five months, in September 2031"},
        "actor_side: joint is joint, and “in the next five months, in September 2031” names no two",
    ),
    ("wrd-0001", {"voice": "outlet"}, "voice: outlet does not go with saleh"),
    (
        "wrd-0001",
        {"person_id": "roe"},
        'person_id: roe says "The mission of the coalition" in no statement of herald-2031-04',
    ),
    (
        "wrd-0003",
        {"voice": "outlet"},
        "voice: outlet does not go with the quotation marks of ‘partnership’",
    ),
    (
        "stm-0003",
        {"form": "paraphrase"},
        "form: paraphrase but the evidence stands in quotation marks",
    ),
    (
        "stm-0002",
        {"form": "quote"},
        "form: quote but the evidence does not stand in quotation marks",
    ),
    ("stm-0001", {"form": "narration"}, "form: narration but the evidence stands in a heading"),
    (
        "stm-0008",
        {"form": "headline"},
        "form: headline but the evidence does not stand in a heading",
    ),
    (
        "wrd-0002",
        {"voice": "quoted", "person_id": "saleh"},
        "voice: quoted but the term does not stand in quotation marks",
    ),
    (
        "wrd-0001",
        {"voice": "outlet", "person_id": ""},
        "voice: outlet but the term stands in quotation marks",
    ),
    (
        "trp-0003",
        {"evidence": "the US keeps 1,200 troops in Iraq"},
        "is in herald-2031-04 with other capitals or marks, or is two passages of it",
    ),
    (
        "stm-0004",
        {
            "evidence": "Iraqi Minister Karim Saleh said on Friday that the mission of the coalition should end … strike in Baghdad killed"
        },
        "words outside quotation marks",
    ),
    (
        "stm-0002",
        {"key_words": "plans to withdraw its troops"},
        "key_words: plans to withdraw its troops",
    ),
    (
        "stm-0002",
        {
            "evidence": "plans to withdraw its troops from Iraq",
            "key_words": "withdraw its troops",
            "position": "forces_leave",
        },
        "leaves out the negation that stands in its clause",
    ),
    (
        "stm-0002",
        {"position": "forces_leave"},
        'position: forces_leave stands against "no" in "it has no plans to withdraw its troops from Iraq"',
    ),
    (
        "stm-0003",
        {"person_id": "saleh", "side": "iraq", "role_as_written": "Saleh"},
        "person_id: saleh is not named by a verb of saying where the words stand",
    ),
    (
        "stm-0005",
        {"via_person_id": ""},
        "via_person_id: leaves out courier, through whom the article has it",
    ),
    (
        "stm-0004",
        {
            "evidence": "the mission of the coalition should end … an open-ended US military presence",
            "note": "Read twice.",
        },
        "evidence: the mission of the coalition should end",
    ),
    (
        "stm-0002",
        {"position": "forces_leave", "note": "It is now no question."},
        'position: forces_leave stands against "no"',
    ),
    # links
    (
        "strike-2020-01",
        {"event_id": "strike-2019-01"},
        "event_id: strike-2020-01 is no event_id of events",
    ),
    ("att-0005", {"event_id": "strikes"}, "event_id: strikes is in no mention of herald-2031-04"),
    ("lnk-0001", {"to_event": "strike-2031-03"}, "to_event: strike-2031-03 is tied to itself"),
    (
        "lnk-0001",
        {"from_event": "attacks-2030-10"},
        "from_event: attacks-2030-10 is not an event of which the sentence speaks: strike-2031-03",
    ),
    (
        "lnk-0001",
        {"from_event": "briefing-2031-03-10"},
        "from_event: briefing-2031-03-10 is of 2031-03-10, later than minister-2031-03-07",
    ),
    # disagreements
    (
        "dis-0001",
        {"says": "1,200"},
        "kind: framing how-many has 1 different positions: two are due",
    ),
    (
        "dis-0001",
        {"says": "about 1,300"},
        'says: about 1,300 says "1,300", a number',
    ),
    (
        "the-call",
        {"kind": "unanswered"},
        "kind: unanswered the-call is answered by gazette-2031-03",
    ),
    (
        "the-call",
        {"event_id": "mission-ends-2031-09"},
        "event_id: mission-ends-2031-09 no row of it has words of a position",
    ),
    (
        "last-day",
        {"kind": "omission"},
        "kind: omission last-day is due an article that says something and one that is silent",
    ),
    ("agr-0002", {"agreed": "4"}, "agreed: 4 does not add up with 3 in both readings"),
    ("agr-0002", {"kappa": "1"}, "agreed: 2 does not add up with 3 in both readings"),
    ("agr-0001", {"agreed": "2"}, "agreed: 2 does not add up"),
    ("agr-0002", {"kappa": ""}, "kappa: does not go with column place: a value is due"),
    # the record and what is compared with it
    ("rec-0001", {"title": "A level of June 2029"}, ""),
    ("rec-0003", {"title": "A wholly other heading"}, "which no row that it stands for says"),
    ("rec-0003", {"what": "The ministry printed the call in Baghdad."}, ""),
    (
        "rec-0003",
        {"what": "The ministry did not print the minister’s text."},
        'says "The ministry did not print the minister’s text", and its proofs say it',
    ),
    ("rec-0002", {"side": "us"}, "side: us differs from line 2, of the same Register: other"),
    (
        "cmp-0001",
        {"says": "The Gazette prints about 1,200; the Herald counts 1352 a year before."},
        'has "Herald", which neither row gives',
    ),
    (
        "cmp-0001",
        {"says": "The Gazette does not print about 1,200 US troops in Iraq; the Register counts."},
        'says "The Gazette does not print about 1,200 US troops in Iraq", and its proofs say it',
    ),
    ("cmp-0001", {"note": "In the Herald the same number stands without a hedge."}, 'has "Herald"'),
    ("cmp-0001", {"verdict": "supported"}, "does not go with about 1200 and exact 1352 of iraq"),
    (
        "cmp-0001",
        {"says": "Both print about 1,200."},
        "does not go with verdict scoped_differently: `says` does not begin with",
    ),
    # our words
    ("stm-0004", {"note": "The mission meant is that of the coalition."}, ""),
    (
        "stm-0004",
        {"note": "The minister does not say that the mission of the coalition should end."},
        "and its proofs say it plainly",
    ),
    (
        "strikes",
        {"note": "A series since 1999."},
        'note: A series since 1999. says "1999", a date that the rows',
    ),
    ("strikes", {"note": "A series since 72 March."}, 'says "72 March", a date'),
    (
        "strikes",
        {"note": "A series by 1,300 men."},
        'says "1,300", a number that the rows it stands for do not have',
    ),
    ("strikes", {"note": "A series, and 1,200 men."}, ""),
    ("strike-2020-01", {"event_id": "strike-2020-19", "start": ""}, "is no event_id of events"),
    (
        "men-0001",
        {"note": "As men-0099 has it."},
        "note: As men-0099 has it. names men-0099, which is not there",
    ),
]


@pytest.mark.parametrize(("row", "cells", "expected"), BROKEN, ids=lambda value: str(value)[:40])
def test_a_broken_cell_is_found(book, row, cells, expected):
    """A cell that contradicts its evidence, its fingerprint or another row, and that a rule lets pass."""
    found = book.broken(row, **cells)
    assert (
        any(line.startswith(expected) or expected in line for line in found)
        if expected
        else found == []
    ), found


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("minister-2031-04-01", "event_id: minister-2031-04-01 is no event_id of events"),
        ("men-0009", "event_id: mission-ends-2031-09 is mentioned by no article"),
        ("saleh", "person_id: saleh is no person_id of people"),
    ],
)
def test_a_missing_row_is_found(book, row, expected):
    """A row that others need."""
    assert expected in "\n".join(book.without(row))


@pytest.mark.parametrize(
    ("row", "cells", "expected"),
    [
        (
            "trp-0002",
            {"place": "iraq", "evidence": "about 1,200 US troops in Iraq and 300"},
            "place: iraq is not the place that the article names after 300: syria",
        ),
        (
            "trp-0003",
            {"evidence": "the us keeps 1,200 troops in iraq"},
            "is not in herald-2031-04 letter by letter",
        ),
        (
            "stm-0005",
            {"evidence": "an open-ended US military presence … Saleh wants the US to stay"},
            "is not in gazette-2031-03 letter by letter",
        ),
        (
            "stm-0004",
            {"evidence": "that the mission of … end, after a US"},
            'leaves out "should" between "that the mission of" and "end, after a US"',
        ),
        (
            "herald-2031-04",
            {"author": "Nobody"},
            "author: Nobody is not in herald-2031-04 letter by letter",
        ),
        (
            "herald-2031-04",
            {"headline": "minister repeats his call"},
            "headline: minister repeats his call is no line of the article",
        ),
        (
            "set-0002",
            {"text": "four leaves"},
            "text: four leaves is not in gazette-2031-03 letter by letter",
        ),
    ],
)
def test_the_texts_show_more(book, row, cells, expected):
    """What only the article's letters and quotation marks show."""
    assert expected in "\n".join(book.broken(row, texts=True, **cells))


def test_who_passes_on_is_named_in_the_sentence(book):
    """A statement without an event, refused although its sentence names the publisher."""
    assert not any("is not named where" in p for p in book.broken("stm-0005", event_id=""))
    unnamed = {"via_person_id": "courier", "event_id": ""}
    noted = book.broken("stm-0006", **unnamed, note="Courier is named sentences before.")
    assert not any("is not named where" in p for p in noted)


@pytest.mark.parametrize(
    ("written", "evidence", "refused"),
    [
        ("mid-October", "at least 40 times since mid-October", False),
        ("", "came under attack at least 40 times", True),
    ],
)
def test_a_series_begins_where_its_words_say_so(book, written, evidence, refused):
    """'A series of attacks', of no day, drawn as attacks that begin in October."""
    cells = {
        "attacks-2030-10": {"title": "Attacks on US forces in Iraq and Syria begin"},
        "men-0004": {"date_as_written": written, "evidence": evidence},
    }
    found = book.changed(lambda r: [r | cells.get(next(iter(r.values())), {})])
    assert any("begins, and" in line for line in found) == refused, found


@pytest.mark.parametrize(("start", "refused"), [("2031-04", False), ("2031-03", True)])
def test_a_deadline_may_have_begun(book, start, refused):
    """'This month', of which days are still ahead, refused as past."""
    problems = book.broken("mission-ends-2031-09", start=start)
    assert any("does not go with the start" in p for p in problems) == refused


@pytest.mark.parametrize(
    ("evidence", "text", "refused"),
    [
        ("in Iraq support the 900 US troops", " occupying northeast Syria", True),
        ("in Iraq support the 900 US troops", "", True),  # on a clone without the text
        ("in Iraq there are 900 US troops", "", False),
        ("There are about 900 US troops", " on bases across Iraq.", False),
        ("There are about 900 US troops", " on bases across Syria.", True),
    ],
)
def test_the_place_of_troops_is_that_of_the_words_after_them(book, evidence, text, refused):
    """'The 2,500 in Iraq support the 900 in Syria' as 900 in Iraq, because the evidence ends before Syria."""
    cells = {"evidence": evidence, "count": "900", "place": "iraq"}
    row = Record(dict(book.data.live("troops")[0]) | cells, "troops", "data/troops.csv", 2)
    texts = {row["source_id"]: f"A Headline\n\n{evidence}{text}\n"} if text else {}
    data = replace(book.data, tables=book.data.tables | {"troops": [row]}, texts=texts)
    assert [p.column for p in placed(data)] == ["place"] * refused


@pytest.mark.parametrize(
    ("evidence", "note", "refused"),
    [
        ("to end its presence by September 2031", "", ["evidence"]),
        ("to end its presence by September 2031", "Iraq wants it.", []),
        ("Iraq wants troops to leave … its presence by September 2031", "", ["event_id"]),
        ("a deal on ending its stay in September 2031", "", ["evidence"]),
        ("issues before a deal on ending its stay in September 2031", "", []),
    ],
)
def test_a_wish_is_no_deadline_that_was_set(book, evidence, note, refused):
    """'Iraq wants troops to end their stay by September' as the end that both governments agreed on."""
    told = next(m for m in book.data.live("mentions") if m["event_id"] == "mission-ends-2031-09")
    events = [
        Record(e | {"actor_side": "joint"} if e["kind"] == "deadline" else e, "events", "", 2)
        for e in book.data.live("events")
    ]
    cells = {"evidence": evidence, "note": note, "date_as_written": "September 2031"}
    row = Record(told | cells, "mentions", "data/mentions.csv", 2)
    text = (
        "A Headline\n\nIraq wants troops to leave and to end its presence by September 2031, it said. It "
        "has issues before a deal on ending its stay in September 2031.\n"
    )
    data = replace(
        book.data,
        tables=book.data.tables | {"mentions": [row], "events": events},
        texts={row["source_id"]: text},
    )
    problems = [*articles.wished(data), *calendar.settled(data)]
    assert [p.column for p in problems] == refused


@pytest.mark.parametrize(
    ("key", "refused"),
    [
        ("a deal on ending the mission", True),
        ("before a deal on ending the mission", False),
    ],
)
def test_key_words_do_not_turn_what_is_not_yet_so(book, key, refused):
    """'Issues before a deal on ending the mission' drawn as a deal on ending it."""
    run = "the only issues before a deal on ending the mission of the coalition"
    found = book.broken("stm-0004", evidence=run, key_words=key)
    assert any("key_words: " in line and 'leave out "before"' in line for line in found) == refused


@pytest.mark.parametrize(
    ("title", "refused"),
    [
        ("Iraq: deal on ending the mission", True),
        ("Iraq: the mission’s end announced", True),
        ("Iraq: issues before a deal on ending the mission", False),
        ("Iraq: announcement on the mission’s end postponed, and no deal yet", False),
    ],
)
def test_a_title_does_not_turn_what_is_not_yet_so(book, title, refused):
    """A deal that is still to come, or an announcement that was put off, as a title that says it was made."""
    told = [
        "the only issues before a deal on ending the mission",
        "Iraq has postponed an announcement",
    ]
    diction = diction_of(book.data)
    held = {word for run in told for word in words(run)}
    found = list(diction.against(title, held, told, "", early="before"))
    assert any("by which its proofs turn it" in line for line in found) == refused, found


def test_a_lost_hedge_may_stand_in_the_note(book):
    """A note that says what the evidence leaves out, and that is not believed."""
    evidence = "that the mission of … end, after a US"
    for note, lost in (("It 'should' end.", False), ("It ends.", True)):
        found = book.broken("stm-0004", texts=True, evidence=evidence, note=note)
        assert any("leaves out" in problem for problem in found) == lost


@pytest.mark.parametrize(
    ("texts", "what"), [(False, "of its words: 55%"), (True, "words in evidence: 55%")]
)
def test_evidence_does_not_reprint_an_article(book, monkeypatch, texts, what):
    """Evidence that gives back most of an article, seen on any clone and with the article at hand."""
    assert not any(
        "in evidence" in problem or "given back" in problem
        for problem in book.broken("stm-0001", texts)
    )
    monkeypatch.setattr(quoting, "SHORT", 20)  # the invented articles are short
    assert any(what in problem for problem in book.broken("stm-0001", texts))


def test_no_long_run_stands_in_evidence(book, monkeypatch):
    """Pieces of evidence, each short, that together print a passage."""
    monkeypatch.setattr(quoting, "SHORT", 20)
    monkeypatch.setattr(quoting, "RUN", 6)
    assert any("words in evidence, " in problem for problem in book.broken("stm-0001", True))


@pytest.mark.parametrize(
    ("line", "words", "refused"),
    [
        ("“They served as the very best,” he told reporters.", "“They served as the very", True),
        ("About 40 guards were hurt there, the army said on Monday.", "About 40 guards", True),
        ("“No one of those men shall ever be forgotten by us.”", "No one of those men", True),
        ("File photo: 40 guards at a base, May 25, 2031.", "40 guards at a base", False),
        ("READ MORE: Army says 40 guards were hurt.", "40 guards were hurt", False),
        ("Sign up to our newsletter: 3 stories on every Monday.", "3 stories on every", False),
        ("Share this on a page of your own.", "Share this on a page", False),
    ],
)
@pytest.mark.parametrize("reason", ["furniture", "teaser"])
def test_the_articles_own_words_are_no_furniture(book, line, words, refused, reason):
    """Body text, or a quotation, set aside as a button of the page."""
    row = dict(book.data.tables["set_aside"][0]) | {"text": words, "reason": reason}
    data = replace(
        book.with_texts,
        texts={row["source_id"]: f"A Headline\n\n{line}\n"},
        tables={"set_aside": [Record(row, "set_aside", "", 1)]},
    )
    assert bool(list(articles.body(data))) is refused


def test_a_note_chooses_another_reading_of_a_weekday(book):
    """A date that the words may mean, and that the rules forbid even where a note says why."""

    def read_as(day, note):
        def change(row):
            key = next(iter(row.values()))
            if key == "minister-2031-04-01":
                return [row | {"start": day}]
            if row.get("event_id") == "minister-2031-04-01":
                dated = {"date": day} if row.get("date") else {}
                return [row | dated | {"note": note}]
            return [row]

        return [p for p in book.changed(change) if "is not the date in minister" not in p]  # its id

    assert read_as("2031-03-25", "Told of the week before.") == []
    assert read_as("2031-03-25", "") and read_as("2031-03-26", "Told of the week before.")
    assert "with a note that says why, it may be 2031-04-08" in "\n".join(read_as("2031-03-25", ""))


@pytest.mark.parametrize("place", ["elsewhere", "lebanon"])
def test_a_toll_of_another_country_has_a_scope(book, place):
    """A toll in Jordan or Lebanon that can only be coded as of no stated place, or as of Iraq."""

    def scoped(scope):
        def change(row):
            moved = row.get("event_id") == "strike-2031-03"
            if moved and "place" in row:
                return [row | {"place": place}]
            return [row | {"scope": scope}] if moved and "scope" in row else [row]

        return [line for line in book.changed(change) if line.startswith("scope")]

    assert scoped("elsewhere") == [] and scoped("iraq")


JUNK = (
    "",
    "x",
    "0",
    "99999",
    "2024-13",
    "0001-01-01",
    "9999-12-31",
    "“",
    "…",
    " … ",
    "a … b",
    "Friday",
    "-5",
    "1,000",
    "'s",
    "(",
    "[",
    "é",
)


@pytest.mark.parametrize("seed", range(100))
def test_nothing_ends_in_a_traceback(book, seed):
    """A rule that takes for granted what another rule has just found broken."""
    chance = random.Random(seed)
    table = chance.choice([name for name, rows in book.data.tables.items() if rows])
    row = chance.choice(book.data.tables[table])
    cells = {
        column["name"]: chance.choice([c["code"] for c in column["codes"]])
        if column.get("codes") and chance.random() < 0.9
        else chance.choice((*JUNK, *(r[column["name"]] for r in book.data.tables[table])))
        for column in chance.sample(book.data.columns(table), 2)
    }
    for texts in (False, True):
        assert isinstance(book.broken(next(iter(row.values())), texts=texts, **cells), list)


def test_a_missing_article_and_an_altered_one(invented, tmp_path):
    """An article that is not the one that was read."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "herald-2031-04.txt").write_text(
        "Minister Repeats His Call\n", encoding="utf-8"
    )
    said = "\n".join(map(str, run.run(invented, tmp_path / "texts")))
    assert "source_id: gazette-2031-03 has no text among the articles: gazette-2031-03.txt" in said
    assert "words: 75 is 4 in the article" in said
    assert "is no folder of articles" in str(run.run(invented, tmp_path / "none")[0])


def test_fingerprints_are_all_there_and_whole(invented):
    """A fingerprint that is gone, damaged, or of no article."""
    folder = invented / "fingerprints"
    (folder / "herald-2031-04.txt").rename(folder / "tribune-2031-04.txt")
    assert [str(p) for p in run.run(invented)] == [
        "data/fingerprints/tribune-2031-04.txt: is the fingerprint of herald-2031-04, which is kept in herald-2031-04.txt"
    ]
    (folder / "tribune-2031-04.txt").unlink()
    assert any(
        "has no fingerprint in fingerprints/herald-2031-04.txt" in str(p) for p in run.run(invented)
    )


def test_the_command_prints_one_line_when_all_is_well(invented, capsys):
    """A check that says nothing, or too much."""
    assert main(["check", "--data", str(invented)]) == 0
    assert capsys.readouterr().out.count("\n") == 1


def test_the_command_prints_a_line_a_problem(invented, capsys, tmp_path):
    """A failing check that exits 0."""
    path = invented / "troops.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(",1200,exact", ",12000,exact"), encoding="utf-8"
    )
    assert main(["check", "--data", str(invented)]) == 1
    assert (
        capsys.readouterr().out
        == 'data/troops.csv:4: count: 12000 is not in the evidence "The US keeps 1,200 troops in Iraq", which has 1200\n'
    )
    assert main(["check", "--data", str(tmp_path / "nowhere")]) == 1
    assert capsys.readouterr().out == "nowhere/datapackage.json: is missing\n"


def test_the_data_of_the_book():
    """A problem in the data of this repository."""
    from explainer.data.tables import DATA

    assert [str(problem) for problem in run.run(DATA)] == []


def test_the_data_of_the_book_against_the_texts(articles):
    """A problem in the data of this repository that only the texts show."""
    from explainer.data.tables import DATA

    assert [str(problem) for problem in run.run(DATA, articles)] == []


def test_a_published_row_stays_as_it_was(invented):
    """A row of a published version rewritten or taken out in silence; a person changed without a correction."""
    assert (
        main(["publish", "--data", str(invented)]) == 0 == main(["check", "--data", str(invented)])
    )
    data, _ = run.load(invented)
    for table, change, expected in (
        ("troops", {"note": "Only a note."}, ""),
        ("troops", {"as_of": "2031-03-12"}, "put it back, add the right row under a new id"),
        ("people", {"name": "Thomas Courier"}, "corrections.csv has no line of a later version"),
        ("people", None, "is gone: a row is corrected"),
    ):
        first = data.tables[table][0]
        new = [Record(first | change, table, first.file, first.line)] if change else []
        changed = replace(data, tables=data.tables | {table: [*new, *data.tables[table][1:]]})
        said = "\n".join(map(str, ledger.frozen(changed)))
        assert expected in said and bool(expected) == bool(said)
    (frozen,) = (invented / "releases").glob("*.txt")
    text = frozen.read_text()
    frozen.write_text(text.partition("\n")[2])  # a row that was never published, it seems
    assert "is not as 'explainer publish' wrote it" in str(run.load(invented)[1][0])
    frozen.write_text(text)
    (invented / "datapackage.json").write_text(
        (invented / "datapackage.json").read_text().replace('"about 1,200"', '"1,200"')
    )
    path = invented / "people.csv"
    path.write_text(path.read_text().replace("Omar Farouk,person", "Omar al-Farouk,person"))
    assert main(["publish", "--data", str(invented)]) == 1


def test_a_table_that_a_command_writes_is_not_written_by_hand(invented):
    """A count of coverage or of damage that somebody improved."""
    assert main(["audit", "--data", str(invented), "--articles", str(INVENTED), "--write"]) == 0
    assert main(["check", "--data", str(invented)]) == 0
    path = invented / "coverage.csv"
    path.write_text(path.read_text()[:-2] + "7\n")
    assert any(
        "was changed by hand: 'python -m explainer audit" in str(p) for p in run.run(invented)
    )


def test_a_place_whose_coordinates_are_a_towns_says_so(invented):
    """A base drawn at a town as if it had been located, and a located one drawn as approximate."""
    cells = {"place_id": "base", "name": "Base", "also_written": "", "latitude": "33", "note": "By"}
    data, _ = run.load(invented)
    for precision, origin, fits in (
        ("nearest_town", "GeoNames, Town", True),
        ("town", "GeoNames, Town", False),
        ("nearest_town", "GeoNames", False),
        ("town", "GeoNames", True),
        ("town", "Wikipedia, Base", True),
    ):
        row = cells | {"longitude": "44", "precision": precision, "coordinates_from": origin}
        drawn = replace(data, tables=data.tables | {"places": [Record(row, "places", "", 2)]})
        assert bool(list(places.approximate(drawn))) != fits


def test_who_passes_words_on_may_be_told_not_to(book):
    """A relay that the check demands although the article heard the speaker itself."""
    found = book.broken("stm-0005", via_person_id="", note="Not through Courier.")
    assert not any("leaves out" in problem for problem in found)
    found = book.broken("stm-0005", via_person_id="", note="Courier has it, too.")
    assert any("leaves out courier" in problem for problem in found)


@pytest.mark.parametrize(
    ("evidence", "one"),
    [
        ("after the US drone strike in Baghdad", True),
        ("after the US strike aircraft in Baghdad", False),
        ("after the US strikes in Baghdad", False),
    ],
)
def test_the_strike_is_one(book, evidence, one):
    """A strike told with its article, refused because nobody writes 'one'; or several as one."""
    found = book.broken("att-0001", evidence=evidence)
    assert any(line.startswith("value: 1 is not in the evidence") for line in found) != one


@pytest.mark.parametrize(("place", "refused"), [("border with Syria", False), ("Syria", True)])
def test_a_border_is_of_two_sides(book, place, refused):
    """A place that the words leave open, refused for the name of the other side of a border."""
    found = book.broken("att-0001", scope="unstated", evidence=f"a US drone strike near {place}")
    assert any(line.startswith("scope: unstated but") for line in found) == refused, found


@pytest.mark.parametrize(("who", "refused"), [("Washington said", False), ("in Washington", True)])
def test_a_government_speaks_by_its_seat(book, who, refused):
    """A government that speaks of an attack as 'Washington', and one whose seat is only a place."""
    government = {"name": "Government of the US", "institution": "Government of the US"}
    cells = {"courier": government | {"named_as": "The US", "side": "us", "kind": "office"}}
    cells["att-0001"] = {"person_id": "courier", "evidence": f"after a US strike, {who}"}
    found = book.changed(lambda r: [r | cells.get(next(iter(r.values())), {})])
    assert any("courier is not named in the evidence" in p for p in found) == refused, found
