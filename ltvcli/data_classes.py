"""Data classes that are quick to define.

`dataclasses.dataclass` compiles the source code of several methods for each class, which took a
third of the time in which `ltv` started. Here every class gets methods that are compiled once. The
fields are those of `dataclasses`: `field`, `fields`, `replace` and `asdict` work as usual.
"""

from __future__ import annotations

import dataclasses
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, FrozenInstanceError
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]
_ORDER = ("__lt__", "__le__", "__gt__", "__ge__")


def _dataclass(
    *,
    frozen: bool = False,
    slots: bool = False,
    kw_only: bool = False,
    eq: bool = True,
    order: bool = False,
) -> Callable[[type], type]:
    """Return a decorator that makes a data class, with the arguments of `dataclasses.dataclass`.

    Args:
        frozen: attributes can be neither set nor deleted.
        slots: instances have no dictionary.
        kw_only: values are given by name only.
        eq: instances with the same values are equal.
        order: instances are compared by their values.
    """

    def made(plain: type) -> type:
        described: Any = dataclasses.dataclass(
            init=False, repr=False, eq=False, slots=slots, kw_only=kw_only
        )(plain)
        fields = dataclasses.fields(described)
        methods = {"__init__": _init(described.__qualname__, fields), "__repr__": _repr(fields)}
        if eq:
            compared = [field.name for field in fields if field.compare]
            for name in ("__eq__", *(_ORDER if order else ())):
                methods[name] = _comparison(getattr(operator, name), compared)
            methods["__hash__"] = _hash(compared) if frozen else None
        if frozen:
            methods |= {"__setattr__": _set, "__delattr__": _delete, "__setstate__": _restore}
        for name, method in methods.items():
            setattr(described, name, method)
        return described  # type: ignore[no-any-return]

    return made


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _dataclass


def _init(title: str, fields: Sequence[dataclasses.Field[Any]]) -> Any:
    """Return `__init__`, which takes a value for each field that has no default.

    Args:
        title: name of the class, for errors.
        fields: of the class.
    """
    expected = dict.fromkeys(field.name for field in fields)
    by_position = [field.name for field in fields if not field.kw_only]
    defaults = {field.name: field.default for field in fields if field.default is not MISSING}
    factories = {
        field.name: field.default_factory
        for field in fields
        if field.default_factory is not MISSING
    }
    assign = object.__setattr__

    def complete(named: Mapping[str, Any]) -> Mapping[str, Any]:
        made = {name: make() for name, make in factories.items() if name not in named}
        values = {**defaults, **made, **named}
        if wrong := values.keys() ^ expected.keys():
            raise TypeError(f"{title}() lacks or does not know {', '.join(sorted(wrong))}")
        return values

    def __init__(self: object, /, *values: Any, **named: Any) -> None:  # noqa: N807
        if values:
            if len(values) > len(by_position) or named.keys() & by_position[: len(values)]:
                raise TypeError(f"{title}() was given too many values")
            named |= zip(by_position, values, strict=False)
        given = named if named.keys() == expected.keys() else complete(named)
        for name, value in given.items():
            assign(self, name, value)

    return __init__


def _repr(fields: Sequence[dataclasses.Field[Any]]) -> Any:
    """Return `__repr__`, which shows the class and its values."""
    names = [field.name for field in fields if field.repr]

    @recursive_repr()
    def __repr__(self: object) -> str:  # noqa: N807
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({shown})"

    return __repr__


def _comparison(compare: Callable[[Any, Any], Any], names: Sequence[str]) -> Any:
    """Return a method that compares the values of two instances of one class."""

    def method(self: object, compared: object) -> Any:
        if compared.__class__ is not self.__class__:
            return NotImplemented
        return compare(_values(self, names), _values(compared, names))

    return method


def _hash(names: Sequence[str]) -> Any:
    """Return `__hash__` of the values."""

    def __hash__(self: object) -> int:  # noqa: N807
        return hash(_values(self, names))

    return __hash__


def _values(instance: object, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple([getattr(instance, name) for name in names])


def _set(self: object, name: str, value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _restore(self: object, state: Any) -> None:
    """Set what `copy` and `pickle` have saved, of instances with slots or with a dictionary."""
    for values in state if isinstance(state, tuple) else (state,):
        for name, value in (values or {}).items():
            object.__setattr__(self, name, value)
