"""Early behaviour: the part of `ltv risk` that needs a log of events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.analyses.risk import behaviour, behaviour_sentences, behaviour_tables
from ltvcli.facts.attributes import Attributes
from ltvcli.results import Row, Statement
from ltvcli.results.behaviour import Behaviour

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.facts.early_behaviour import EarlyBehaviour

    Bools = NDArray[np.bool_]


class BehaviourAnswer(Struct, frozen=True, kw_only=True):
    """Parts of the report: the comparison, its headline, its other sentences, and its tables."""

    behaviour: tuple[Behaviour, ...]
    first: Statement
    further: tuple[Statement, ...]
    tables: Mapping[str, tuple[Row, ...]]


def answer(
    early: EarlyBehaviour, attributes: Attributes, known: Attributes, left: Bools, within: int
) -> BehaviourAnswer:
    """Test whether behaviour in the first days improves on the data known at signing.

    Args:
        early: what customers did.
        attributes: of customers whose outcome is known.
        known: columns of these that were known at signing.
        left: whether each left, shape `(n,)`.
        within: days after which the outcome of a customer is known.
    """
    places = behaviour.places(early, attributes)
    compared = behaviour.compared(early, places, known, left, within)
    return BehaviourAnswer(
        behaviour=compared,
        first=behaviour_sentences.first(compared),
        further=tuple(behaviour_sentences.further(compared, early)),
        tables=behaviour_tables.tables(compared, behaviour.rates(early, places, left)),
    )
