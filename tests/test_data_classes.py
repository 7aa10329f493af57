"""Our data classes behave as those of the standard library."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, field, fields, replace
from typing import Any, ClassVar

import pytest

from ltvcli import data_classes

Decorator = Callable[..., Callable[[type], type]]
BOTH: dict[str, Decorator] = {"own": data_classes.dataclass, "standard": dataclasses.dataclass}
FORMS: tuple[dict[str, bool], ...] = (
    {"frozen": True, "slots": True, "kw_only": True},
    {"frozen": True, "kw_only": True},
    {"frozen": True, "slots": True},
    {"frozen": True, "slots": True, "order": True},
    {"frozen": True, "slots": True, "eq": False},
    {"slots": True},
)


def orders(decorator: Decorator, form: dict[str, bool]) -> Any:
    @decorator(**form)
    class Orders:
        """Orders of one month."""

        month: int
        total: float
        hidden: str = field(default="", repr=False, compare=False)
        names: tuple[str, ...] = ()
        counts: dict[str, int] = field(default_factory=dict, hash=False, compare=False)
        shared: ClassVar[int] = 3

        @property
        def double(self) -> float:
            return 2 * self.total

    return Orders


@pytest.fixture(params=FORMS, ids=" ".join)
def pair(request: pytest.FixtureRequest) -> tuple[Any, Any]:
    return tuple(orders(decorator, request.param) for decorator in BOTH.values())


def seen(made: Callable[[], Any]) -> Any:
    """Return what a call gives: its value as text, or the kind of its error."""
    try:
        return repr(made())
    except (TypeError, AttributeError) as error:
        return type(error)


@pytest.mark.parametrize(
    "act",
    [
        lambda kind: kind(month=1, total=2.5),
        lambda kind: kind(month=1, total=2.5, hidden="x", names=("a",), counts={"b": 1}),
        lambda kind: kind(1, 2.5),
        lambda kind: kind(1, 2.5, "x", ("a",), {}),
        lambda kind: kind(1, 2.5, "x", ("a",), {}, 6),
        lambda kind: kind(1, total=2.5),
        lambda kind: kind(1, 2.5, month=1),
        lambda kind: kind(month=1),
        lambda kind: kind(month=1, total=2.5, other=3),
        lambda kind: kind(),
        lambda kind: replace(kind(month=1, total=2.5), total=3.0),
        lambda kind: replace(kind(month=1, total=2.5), other=3.0),
        lambda kind: asdict(kind(month=1, total=2.5)),
        lambda kind: [one.name for one in fields(kind)],
        dataclasses.is_dataclass,
        lambda kind: kind(month=1, total=2.5).double,
        lambda kind: kind(month=1, total=2.5).shared,
        lambda kind: kind(month=1, total=2.5) == kind(month=1, total=2.5, hidden="x"),
        lambda kind: kind(month=1, total=2.5) == kind(month=1, total=3),
        lambda kind: kind(month=1, total=2.5) == (1, 2.5, ()),
        lambda kind: kind(month=1, total=2.5) < kind(month=1, total=3),
        lambda kind: kind(month=1, total=2.5) >= kind(month=1, total=3),
        lambda kind: kind(month=1, total=2.5) <= (1, 2.5, ()),
        lambda kind: len({kind(month=1, total=2.5), kind(month=1, total=2.5, hidden="x")}),
        lambda kind: setattr(kind(month=1, total=2.5), "month", 2),
        lambda kind: delattr(kind(month=1, total=2.5), "month"),
        lambda kind: copy.copy(kind(month=1, total=2.5)),
        lambda kind: copy.deepcopy(kind(month=1, total=2.5, counts={"a": 1})).counts,
        lambda kind: sorted(kind(month=1, total=2.5).__dict__),
        lambda kind: kind(month=1, total=2.5).counts is kind(month=1, total=2.5).counts,
        lambda kind: kind.__doc__,
        lambda kind: kind.__match_args__,
    ],
)
def test_both_do_the_same(pair: tuple[Any, Any], act: Callable[[Any], Any]) -> None:
    own, standard = pair

    assert seen(lambda: act(own)) == seen(lambda: act(standard))


@data_classes.dataclass(frozen=True, slots=True)
class Slotted:
    value: int


@data_classes.dataclass(frozen=True, kw_only=True)
class Open(Slotted):
    further: Any = None


@pytest.mark.parametrize("instance", [Slotted(1), Open(value=1, further=[Slotted(2)])])
def test_an_instance_is_pickled(instance: Any) -> None:
    read = pickle.loads(pickle.dumps(instance))

    assert read == instance
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'value'"):
        read.value = 2


def test_an_instance_that_holds_itself_is_shown() -> None:
    held: list[Any] = []
    held.append(Open(value=1, further=held))

    assert repr(held[0]) == "Open(value=1, further=[...])"


def test_missing_and_unknown_names_are_named() -> None:
    with pytest.raises(TypeError, match=r"Slotted\(\) lacks or does not know other, value"):
        Slotted(other=3)  # type: ignore[call-arg]
