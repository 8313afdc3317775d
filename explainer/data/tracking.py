"""What is read of the facts while a chapter runs: so a build knows what a change concerns."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

Given = ParamSpec("Given")
Value = TypeVar("Value")

NOTED: set[str] = set()  # files below the root that this process has read, the tables' among them
_remembered: list[dict[object, tuple[Any, frozenset[str]]]] = []


def remembered(function: Callable[Given, Value]) -> Callable[Given, Value]:
    """Call a function once for the same arguments, as `functools.cache` does. Who takes its value
    from here has read what it was made from, and that is noted, too.
    """
    values: dict[object, tuple[Value, frozenset[str]]] = {}
    _remembered.append(values)

    @wraps(function)
    def call(*args: Given.args, **kwargs: Given.kwargs) -> Value:
        key = (*args, *kwargs.items())
        if key not in values:
            before = frozenset(NOTED)
            NOTED.clear()
            try:
                value = function(*args, **kwargs)
                values[key] = value, frozenset(NOTED)
            finally:
                NOTED.update(before)
        value, read = values[key]
        if not read <= NOTED:
            NOTED.update(read)
        return value

    return call


def forget() -> None:
    """Forget what was remembered: by a process that did not yet note which files it opened."""
    NOTED.clear()
    for values in _remembered:
        values.clear()
