"""A step beside the build gives what it would have given in it."""

import os
import signal

import pytest

from explainer.site.background import Background


def test_a_step_returns_its_value_each_time_it_is_asked():
    """A check that found something, and is heard once or not at all."""
    step = Background(lambda: ["wrong", os.getpid()])
    assert step.result() == step.result()
    assert step.result()[0] == "wrong"
    assert step.result()[1] != os.getpid()


def test_an_error_of_a_step_is_raised_where_it_is_asked_for():
    """An EPUB that could not be made, and a site that is published without it."""
    step = Background(lambda: {}["gone"])
    for _ in range(2):
        with pytest.raises(KeyError, match="gone"):
            step.result()


@pytest.mark.parametrize(
    ("number", "error", "said"),
    [(signal.SIGKILL, ValueError, "ended from outside"), (signal.SIGINT, KeyboardInterrupt, None)],
)
def test_a_step_whose_process_was_killed_is_an_error(number, error, said):
    """A build that waits for ever, or takes silence for consent; Ctrl+C told as somebody else's deed."""
    step = Background(lambda: os.kill(os.getpid(), number))
    with pytest.raises(error, match=said):
        step.result()
