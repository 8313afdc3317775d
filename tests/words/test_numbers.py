"""Numbers in prose are computed, proved and linked."""

from dataclasses import replace

import pytest

from explainer.data.rows import book_rows
from explainer.data.tables import book
from explainer.pages import prose
from explainer.words.formats import spelled
from explainer.words.numbers import COUNTS, numbers
from explainer.words.sources import labels


def test_every_number_is_proved():
    """A number without rows, or with rows that do not exist; only a total over all tables, or nought, has none."""
    for key, value in numbers(book()).items():
        assert not [i for i in value.rows if i not in book_rows()], key
        assert value.rows or value.how, key


@pytest.mark.parametrize("key", sorted(COUNTS))
def test_counts_say_how(key):
    """A number that the book counted itself and does not say how."""
    assert (
        numbers(book())[key].how.endswith(".")
        or key.startswith("troops_")
        or key == "last_page_seen"
    )  # one row proves it, and it leads there


def test_counts_follow_the_data():
    """A count that was typed: it would not move with the data."""
    tables = book()
    first, every = tables.sources["source_id"].iloc[0], len(tables.sources)
    for frame in (tables.sources, tables.troops):
        assert (frame["source_id"] == first).any()
    fewer = replace(tables, sources=tables.sources[tables.sources["source_id"] != first])
    assert numbers(fewer)["articles"].text == spelled(every - 1)
    silent = replace(tables, troops=tables.troops[tables.troops["source_id"] != first])
    given = silent.troops.query("place == 'iraq'")["source_id"].nunique()
    assert (
        numbers(silent)["articles_with_iraq_figure"].text
        == f"{spelled(given).capitalize()} of the {spelled(every)} reports"
    )
    whole = tables.troops.query("place == 'iraq'")
    left = replace(
        tables, sources=tables.sources[tables.sources["source_id"].isin(whole["source_id"])]
    )
    assert numbers(left)["articles_with_iraq_figure"].text == (
        f"All {spelled(len(left.sources))} reports"
    )
    raised = tables.troops.assign(
        count=tables.troops["count"].where(tables.troops.index != 0, 9000)
    )
    assert "9,000" in numbers(replace(tables, troops=raised))["troops_iraq"].text


def test_only_silences_that_were_read_are_said_to_be():
    """'A language model looked, too' of a silence for which nobody looked."""
    tables = book()
    silent = tables.disagreements.loc[tables.disagreements["stance"] == "silent", "id"]
    unread = replace(tables, readings=tables.readings[tables.readings["row"] != silent.iloc[0]])
    read = int(numbers(tables)["silences_read"].text)
    assert 0 < read <= len(silent) and numbers(unread)["silences_read"].text == str(read - 1)


def test_linked_number_leads_to_its_row():
    """A number whose link leads elsewhere than to its proof."""
    made = numbers(book())
    source = book_rows()["trp-0001"].source_id
    assert f'href="../evidence/{source}.html#trp-0001"' in prose.linked(
        book(), "trp_0001", made["trp_0001"]
    )
    assert 'href="../chapters/evidence.html#num-troops_iraq"' in prose.linked(
        book(), "troops_iraq", made["troops_iraq"]
    )


def test_a_number_is_plain_text_with_its_proof_behind_it():
    """A number that is a link, or whose proof leads elsewhere; a count with the proof of a row."""
    made = numbers(book())
    for key, anchor in (("trp_0001", "trp-0001"), ("troops_iraq", "num-troops_iraq")):
        html = prose.counted(book(), key, made[key])
        assert html.startswith(f'{made[key].text}<a class="numeral counted" href="')
        assert html.endswith(f'#{anchor}" data-rows="{anchor}"></a>')


def test_a_claim_has_one_numeral_for_all_its_rows():
    """A numeral a row; one that stands for no row, or hides that a row is context."""
    held = [book_rows()[i] for i in ("stm-0005", "rec-0039")]
    assert prose.proof(book(), held[:1]).count("<a ") == 1 == prose.proof(book(), held).count("<a ")
    assert "context" not in prose.proof(book(), held[:1])
    assert 'class="numeral context"' in prose.proof(book(), held)
    assert 'data-rows="stm-0005 rec-0039"' in prose.proof(book(), held)
    assert prose.proof(book(), []) == ""


def test_links_name_the_article():
    """A link in a list that does not say whose words it leads to."""
    first, second = [row for row in book_rows().values() if row.table == "statements"][:2]
    html = prose.source_links(book(), [first, second])
    assert (
        f"{labels(book())[first.source_id]}</a>" in html
        and ">+</a>" in html
        and "another passage" in html
    )


def test_quotation_marks_nest():
    """Double marks inside double marks."""
    assert prose.quoted("at “no point” in") == "“at ‘no point’ in”"
