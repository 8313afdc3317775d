"""Words for the same thing: none lost, each with its speaker, the most telling first."""

from dataclasses import replace

from bs4 import BeautifulSoup

from explainer.data.tables import book
from explainer.pages.framings import named, terms


def test_every_term_leads_to_its_words():
    """A term that is lost."""
    links = BeautifulSoup(terms(book()).html, "html.parser").select("td a.proof")
    assert {link["href"].rpartition("#")[2] for link in links} == set(book().wording["id"])


def test_a_quoted_term_has_marks_and_a_side():
    """A speaker's word that passes for the outlet's own, or the other way round."""
    table = BeautifulSoup(terms(book()).html, "html.parser")
    voice = book().wording.astype(str).set_index("id")["voice"]
    for link in table.select("td a.proof"):
        spoken = voice[link["href"].rpartition("#")[2]] == "quoted"
        assert (link.text.startswith("“") and link.text.endswith("”")) == spoken
        assert bool(link.find_parent(class_="speaker")) == spoken


def test_one_large_word_an_outlet():
    """A large word that others use, too, or a speaker's, where the outlet has one of its own."""
    table = BeautifulSoup(terms(book()).html, "html.parser")
    frame = named(book()).set_index("id")
    for cell in table.select("td"):
        rows = frame.loc[[link["href"].rpartition("#")[2] for link in cell.select("a.proof")]]
        assert len(cell.select("p.large")) == (len(rows) > 0)
        best = rows["own"] & rows["alone"]
        if best.any():
            assert best.iloc[0]


def test_things_that_differ_most_come_first():
    """An order that follows how often a thing is named, not how many terms one article alone uses."""
    tables = book()
    wording = tables.wording.head(6).assign(
        referent=["presence", "presence", "presence", "gaza_war", "gaza_war", "gaza_war"],
        voice="outlet",
        person_id="",
        source_id=tables.sources["source_id"].iloc[:3].tolist() * 2,
        term=["same", "Same", "same", "one", "two", "same"],
    )
    assert named(replace(tables, wording=wording))["referent"].iloc[0] == "gaza_war"


def test_finding_follows_the_data():
    """A title that stays when the data changes."""
    fewer = replace(book(), wording=book().wording.iloc[:40])
    assert terms(fewer).text != terms(book()).text


def test_a_report_without_a_row_is_not_said_to_be_silent():
    """“Not named” of a report that names it, and of which nobody has made a row."""
    wording = book().wording
    fewer = replace(book(), wording=wording[wording["source_id"] != wording["source_id"].iloc[0]])
    text = BeautifulSoup(terms(fewer).html, "html.parser").get_text()
    assert "no term listed" in text and "not named" not in text
