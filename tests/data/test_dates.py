"""Dates: each rule, on invented days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.data.dates import Resolved, as_of, days, find, overlap, readings, resolve

TUESDAY = date(2031, 3, 11)


@pytest.mark.parametrize(
    ("written", "start", "end", "precision"),
    [
        ("Monday", "2031-03-10", "", "day"),
        ("on Friday", "2031-03-07", "", "day"),
        ("Tuesday", "2031-03-11", "", "day"),
        ("Wednesday", "2031-03-05", "", "day"),
        ("today", "2031-03-11", "", "day"),
        ("yesterday", "2031-03-10", "", "day"),
        ("March 7th", "2031-03-07", "", "day"),
        ("this week", "2031-03-10", "2031-03-11", "week"),
        ("Last week", "2031-03-03", "2031-03-09", "week"),
        ("next week", "2031-03-17", "2031-03-23", "week"),
        ("this month", "2031-03", "", "month"),
        ("earlier this month", "2031-03", "", "month"),
        ("last month", "2031-02", "", "month"),
        ("NEXT MONTH", "2031-04", "", "month"),
        ("last year", "2030", "", "year"),
        ("mid-October", "2030-10", "", "month"),
        ("early March", "2031-03", "", "month"),
        ("late November 2024", "2024-11", "", "month"),
        ("in October", "2030-10", "", "month"),
        ("March", "2031-03", "", "month"),
        ("Sept.", "2030-09", "", "month"),
        ("January 2020", "2020-01", "", "month"),
        ("September 2035", "2035-09", "", "month"),
        ("2014", "2014", "", "year"),
        ("Oct 7", "2030-10-07", "", "day"),
        ("October 7", "2030-10-07", "", "day"),
        ("March 11", "2031-03-11", "", "day"),
        ("March 12", "2030-03-12", "", "day"),
        ("7 October 2023", "2023-10-07", "", "day"),
        ("Sept. 23, 2024", "2024-09-23", "", "day"),
        ("Tue Jan 09 2024", "2024-01-09", "", "day"),
        ("New Year’s Day", "2031-01-01", "", "day"),
        ("Christmas Day", "2030-12-25", "", "day"),
        ("the end of 2023", "2023", "", "year"),
        ("at the end of 2023", "2023", "", "year"),
        ("a year ago", "2029-09", "2030-09", "between"),
    ],
)
def test_a_rule_reads_it(written, start, end, precision):
    """Words for a date that are read as another."""
    assert resolve(written, TUESDAY) == Resolved(start, end, precision)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "later",
        "before his illness",
        "in the next few days",
        "In recent months",
        "four years after",
        "30 February 2024",
        "Wed Jan 09 2024",
        "soon",
        "2,014",
        "Mon day",
        "1899",
    ],
)
def test_no_rule_reads_it(written):
    """Words that mean no date, or a day that never was, read as one."""
    assert resolve(written, TUESDAY) is None


def test_a_round_year_ago_is_counted_in_months():
    """The example of the design: January 2024."""
    assert resolve("a year ago", date(2024, 1, 9)) == Resolved("2022-07", "2023-07", "between")


@given(
    st.dates(min_value=date(1900, 1, 8)),
    st.sampled_from(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]),
)
def test_a_weekday_is_one_of_the_last_seven_days(published, name):
    """A weekday in the future, or more than a week ago."""
    day = date.fromisoformat(resolve(name, published).start)
    assert 0 <= (published - day).days < 7
    assert f"{day:%A}" == name


@given(st.text(), st.dates())
def test_nothing_breaks_it(written, published):
    """Words that end in a traceback."""
    assert resolve(written, published) is None or resolve(written, published).precision
    for found, start in find(written):
        assert written[start : start + len(found)] == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("said on Friday, after last week", ["Friday", "last week"]),
        ("due on April 15th, May 3rd, 2031", ["April 15th", "May 3rd, 2031"]),
        ("since mid-October 2030 and in 2014", ["mid-October 2030", "2014"]),
        ("before the end of 2023 or Sept. 23, 2024", ["the end of 2023", "Sept. 23, 2024"]),
        (
            "In recent months, four years after New Year's Day",
            ["In recent months", "four years after", "New Year's Day"],
        ),
        ("May I march? They may march in May", ["May"]),
        ("2,014 troops, 12 months, page 12.2014", []),
        ("the 2003 invasion in the next few days", ["2003", "in the next few days"]),
        ("earlier this month, on 5 June 2024", ["earlier this month", "5 June 2024"]),
    ],
)
def test_expressions_are_found_in_a_text(text, expected):
    """A date expression that the audit overlooks, or finds where there is none."""
    assert [found for found, _ in find(text)] == expected


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        ("2024", "", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", "", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02-03", "", date(2024, 2, 3), date(2024, 2, 3)),
        ("2022-07", "2023-07", date(2022, 7, 1), date(2023, 7, 31)),
    ],
)
def test_days(start, end, first, last):
    """A month or year that ends too early."""
    assert days(start, end) == (first, last)


@pytest.mark.parametrize("written", ["2024-13", "2024-02-30", "24", "", "0224-01"])
def test_days_that_are_not(written):
    """A day that never was, accepted."""
    with pytest.raises(ValueError):
        days(written)


def test_overlap_includes_the_edges():
    """Two intervals that share one day, told apart."""
    assert overlap(days("2024-01"), days("2024-01-31"))
    assert not overlap(days("2024-01"), days("2024-02"))


@pytest.mark.parametrize(
    ("written", "published", "starts"),
    [
        ("last week", date(2031, 3, 9), ["2031-02-24", "2031-03-03"]),  # of a Sunday
        ("last week", TUESDAY, ["2031-03-03"]),
        ("on Wednesday", TUESDAY, ["2031-03-05", "2031-03-12", "2031-02-26"]),
        ("March 5", TUESDAY, ["2031-03-05"]),
        ("2014", TUESDAY, ["2014"]),
        ("overnight", TUESDAY, []),
    ],
)
def test_words_with_two_readings(written, published, starts):
    """A reading that a note may choose, and that no rule allows."""
    assert [meant.start for meant in readings(written, published)] == starts


@pytest.mark.parametrize(
    ("evidence", "day"),
    [
        ("As of Friday, there had been more than 40 attacks", "2031-03-07"),
        ("40 attacks, up to late Monday", "2031-03-10"),
        ("40 attacks since Friday", "2031-03-11"),
        ("40 attacks as of last month", "2031-03-11"),
    ],
)
def test_a_count_is_of_the_day_that_the_words_give(evidence, day):
    """A count of Friday that is printed as one by the day of publication."""
    assert as_of(evidence, TUESDAY) == day
