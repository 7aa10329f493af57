"""NPS beside pay: what can be tested is tested, and NPS never changes pay."""

from __future__ import annotations

import pytest
from scipy import stats

from ltvcli.analyses.bonus import nps
from ltvcli.facts.bonus import Kept, NpsFacts, OwnerAnswers


def groups(*counts: tuple[int, int]) -> tuple[Kept, ...]:
    return tuple(
        Kept(kind=kind, customers=customers, kept=kept)
        for kind, (customers, kept) in enumerate(counts)
    )


def test_the_p_value_is_that_of_scipy() -> None:
    counts = ((60, 40), (80, 62), (70, 66))
    table = [[kept for _, kept in counts], [customers - kept for customers, kept in counts]]

    expected = stats.chi2_contingency(table, correction=False).pvalue
    assert nps.p_value(groups(*counts)) == pytest.approx(expected)


@pytest.mark.parametrize("counts", [((60, 60), (80, 80)), ((8, 6), (9, 8)), ((60, 40),), ()])
def test_too_few_are_not_tested(counts: tuple[tuple[int, int], ...]) -> None:
    assert nps.p_value(groups(*counts)) is None
    assert "Too few" in nps.sentence(NpsFacts(owners=(), kept=groups(*counts))).text


def test_whether_nps_predicts_retention_is_stated() -> None:
    does = NpsFacts(owners=(), kept=groups((60, 30), (80, 70), (70, 68)))
    does_not = NpsFacts(owners=(), kept=groups((60, 45), (80, 62), (70, 54)))

    assert "NPS predicts who" in nps.sentence(does).text
    assert "NPS does not predict" in nps.sentence(does_not).text


def test_answers_of_an_owner() -> None:
    owner = OwnerAnswers(owner="Sato", customers=200, promoters=50, passives=30, detractors=20)
    (row,) = nps.rows(NpsFacts(owners=(owner,), kept=()))

    assert (row["answers"], row["response_rate"], row["nps"]) == (100, 0.5, 30.0)
    assert (row["low"], row["high"]) == (
        pytest.approx(14.05, abs=5e-3),
        pytest.approx(44.20, abs=5e-3),
    )
