"""What the chains and the toll must keep, with the real data and with data made to break them."""

from dataclasses import replace

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from explainer.data.tables import book
from explainer.pages.ground import chains, counts, forest, toll


def proofs(html: str) -> set[str]:
    """Return the ids of the rows to which a piece of HTML leads."""
    return {
        link["href"].rpartition("#")[2]
        for link in BeautifulSoup(html, "html.parser").select("a.proof")
    }


def every_card(tables) -> list:
    return [card for root in forest(tables) for card in root.walk()]


def test_every_count_stands_in_the_table():
    """Catches a row of attacks.csv that the toll drops in silence."""
    assert proofs(toll(book()).html) == set(book().attacks["id"])


def test_unlike_scopes_stay_apart():
    """Catches two counts joined over different places, measures, targets or hedges."""
    every = book().attacks.set_index("id")
    alike = ["event_id", "scope", "measure", "target", "qualifier"]
    for count in counts(book()):
        rows = every.loc[[proof.id for proof in count.rows], alike]
        assert len(rows.drop_duplicates()) == 1


def test_a_hedge_stands_with_its_number():
    """Catches 'at least 100' that reads as exactly 100, and a missing number that reads as none."""
    table = BeautifulSoup(toll(book()).html, "html.parser")
    rows = book().attacks.set_index("id")
    for count in table.select("p.count"):
        row = rows.loc[count.select_one("a.proof")["href"].rpartition("#")[2]]
        words = " ".join(count.get_text(" ").split())
        if pd.isna(row["value"]):
            assert count.select_one(".missing") and not count.select_one("b")
        else:
            assert count.select_one("b").text == f"{row['value']:,}"
        if row["qualifier"] in ("at_least", "more_than", "about"):
            assert not words[0].isdigit()  # its hedge comes first


def test_nothing_is_added_up():
    """Catches a total: of different places and periods, or of a series and its members."""
    numbers = {f"{value:,}" for value in book().attacks["value"].dropna()}
    table = BeautifulSoup(toll(book()).html, "html.parser")
    assert {bold.text for bold in table.select("p.count > b")} == numbers


@pytest.mark.parametrize("view", [chains, toll])
def test_findings_follow_the_data(view):
    """Catches a finding that was typed."""
    tables = book()
    fewer = replace(
        tables,
        links=tables.links[tables.links["relation"] == "answers"],
        attacks=tables.attacks.dropna(subset="value"),
    )
    assert view(fewer).text != view(tables).text


def test_the_title_counts_every_link_on_the_cards():
    """Catches a link that a card names beside the one that it hangs by, and the title leaves out."""
    told = proofs(chains(book()).html) & set(book().links["id"])
    assert f"shows {len(told)} of the {len(book().links)} links" in chains(book()).text


def test_a_tie_needs_a_link_row():
    """Catches a chain that is made from the order of time alone, and a tie without its words."""
    bare = replace(book(), links=book().links.iloc[:0])
    assert all(not root.then for root in forest(bare))
    links = book().links.set_index("id")
    for card in every_card(book()):
        for after in card.then:
            rows = [proof.id for _, rows in after.ties for proof in rows]
            ends = links.loc[rows, ["from_event", "to_event"]].drop_duplicates().to_numpy().tolist()
            assert ends == [[card.id, after.id]]


def test_no_event_stands_twice_and_circles_end():
    """Catches an endless chain where articles tie two political acts both ways, and a strike tied back to an attack."""
    tables = book()
    back = tables.links.assign(
        from_event=tables.links["to_event"],
        to_event=tables.links["from_event"],
        id="lnk-9" + tables.links["id"].str[-3:],
    )
    both = replace(tables, links=pd.concat([tables.links, back], ignore_index=True))
    names = [card.id for card in every_card(both)]
    assert len(names) == len(set(names)) and set(names) >= {c.id for c in every_card(tables)}


def test_a_hedge_is_the_articles_own_word():
    """A "frequent" that is shown as "several", an "over" that is shown as "more than"."""
    held = book().attacks.set_index("id")["evidence"].str.casefold()
    hedges = [(count.hedge, proof.id) for count in counts(book()) for proof in count.rows]
    shown = [(hedge, row) for hedge, row in hedges if hedge not in ("", "number not given")]
    assert shown and all(hedge in held[row] for hedge, row in shown)
