"""Settings are restored; their hash changes if a figure may change."""

from __future__ import annotations

from datetime import date

import pytest

from ltvcli.record import settings_then
from ltvcli.settings import settings as config
from ltvcli.settings.settings import Settings

EVERYTHING = Settings(
    margin=0.4,
    by=("channel", "country"),
    map={"customer": "会員ID"},
    words={"In the bank": "sale"},
    spend=("tiktok=spend.csv",),
    as_of=date(2026, 10, 31),
    strict=True,
    min_customers=50,
)


def test_settings_come_back_as_they_were() -> None:
    restored = settings_then.restored(settings_then.document(EVERYTHING))

    for name in (*config.described(), "map", "words"):
        assert getattr(restored, name) == getattr(EVERYTHING, name), name


def test_secrets_and_what_is_only_shown_are_not_kept() -> None:
    secret = Settings(id_key="hunter2", lang="ja", record=True, history="h.db", memory="1GB")

    assert settings_then.document(secret) == {}


@pytest.mark.parametrize(
    ("settings", "differs"),
    [
        (Settings(margin=0.5), True),
        (Settings(margin=0.4, map={"amount": "合計"}), True),
        (Settings(margin=0.4, spend=("tiktok=a.csv",)), True),
        (Settings(margin=0.4, spend=("a.csv",)), True),
        (Settings(margin=0.4, as_of=date(2026, 10, 31)), False),
        (Settings(margin=0.4, lang="ja", memory="1GB", record=True), False),
    ],
)
def test_the_hash_changes_with_what_changes_a_figure(settings: Settings, differs: bool) -> None:
    before = settings_then.settings_hash(Settings(margin=0.4))

    assert (settings_then.settings_hash(settings) != before) is differs


def test_names_of_files_do_not_matter() -> None:
    october, november = (Settings(spend=(name,)) for name in ("october.csv", "november.csv"))

    assert settings_then.settings_hash(october) == settings_then.settings_hash(november)
