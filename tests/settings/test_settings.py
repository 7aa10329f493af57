from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ltvcli.errors import LtvError, UnknownSettingError
from ltvcli.settings import settings as config
from ltvcli.settings import yaml_file
from ltvcli.settings.settings import Settings, from_python, resolve
from ltvcli.text.words import say_error
from ltvcli.units import LATEST


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(text: str, folder: str = ".") -> None:
    Path(folder).mkdir(exist_ok=True)
    Path(folder, "ltv.yaml").write_text(text, encoding="utf-8")


def test_nothing_typed_is_nothing_set() -> None:
    assert resolve({}, {}) == Settings()


def test_flag_beats_variable_beats_file() -> None:
    write("cac: 1\nmargin: 10%\nchurn: 1%\n")
    settings = resolve({"cac": "3", "margin": None}, {"LTV_CAC": "2", "LTV_MARGIN": "20%"})

    assert (settings.cac, settings.margin, settings.churn) == (3, 0.2, 0.01)
    assert settings.origin == {"cac": "flag", "margin": "LTV_MARGIN", "churn": "ltv.yaml:3"}


def test_values_mean_in_the_file_what_they_mean_after_a_flag() -> None:
    write(
        "margin: 0.4\nlifespan: 2y\nas_of: 2026-10-31\nfrom: 2025-01-01\nretention_cost: 1,000\n"
        "currency: NO\ndate_format: '%d/%m/%Y'\nstrict: yes\nlang: ja\n"
    )
    settings = resolve({}, {})

    assert (settings.margin, settings.lifespan, settings.retention_cost) == (0.4, 24, 1000)
    assert (settings.as_of, settings.from_) == (date(2026, 10, 31), date(2025, 1, 1))
    assert (settings.currency, settings.date_format) == ("NO", "%d/%m/%Y")
    assert (settings.strict, settings.lang) == (True, "ja")


def test_the_file_beside_the_data_is_the_one() -> None:
    write("cac: 1\n")
    write("cac: 2\n", "shop")

    assert resolve({}, {}, ["shop/orders.csv"]).cac == 2
    assert resolve({}, {}, ["shop/orders-*.csv"]).origin["cac"] == str(Path("shop/ltv.yaml:1"))
    assert resolve({}, {}, ["elsewhere/orders.csv"]).cac == 1
    assert resolve({}, {}, ["-"]).cac == 1


@pytest.mark.parametrize(
    ("written", "environ", "typed"),
    [
        pytest.param("by: [channel, country]\n", {}, {}, id="a list in the file"),
        pytest.param("by: device\n", {"LTV_BY": "channel,country"}, {}, id="a variable"),
        pytest.param("", {"LTV_BY": "device"}, {"by": ["channel", "country"]}, id="flags"),
    ],
)
def test_repeatable_settings_can_be_made_everywhere(
    written: str, environ: dict[str, str], typed: dict[str, Any]
) -> None:
    write(written)
    settings = resolve(typed, environ)

    assert settings.by == ("channel", "country")
    assert settings == resolve(typed | {"by": ()}, environ) or typed
    again = ("--by", "channel", "--by", "country")
    assert settings.typed == (again if typed else ())


def test_python_takes_one_value_or_several() -> None:
    assert from_python({"by": "channel"}).by == ("channel",)
    assert from_python({"by": ["City, State", "country"]}).by == ("City, State", "country")
    assert from_python({"customers": Path("a/b.csv")}).customers == str(Path("a/b.csv"))


def test_a_file_named_in_ltv_yaml_lies_beside_it() -> None:
    write("customers: people.csv\n", "shop")

    assert resolve({}, {}, ["shop/orders.csv"]).customers == str(Path("shop/people.csv"))
    assert resolve({"customers": "x.csv"}, {}, ["shop/orders.csv"]).customers == "x.csv"


@pytest.mark.parametrize("text", ["0", "-1", "2.5", "many", ""])
def test_a_number_of_customers_is_a_whole_number(text: str) -> None:
    with pytest.raises(LtvError, match="whole number"):
        resolve({"min_customers": text}, {})


def test_columns_are_mapped_from_everywhere_role_by_role() -> None:
    write("map:\n  amount: 合計\n  date: 注文日\n  order: 番号\n")
    settings = resolve(
        {"map": ["amount=a=b"]}, {"LTV_MAP": "date=Day, month,customer=Buyer"}, ["orders.csv"]
    )

    assert settings.map == {
        "amount": "a=b",
        "date": "Day, month",
        "order": "番号",
        "customer": "Buyer",
    }
    assert settings.origin == {
        "map.amount": "flag",
        "map.date": "LTV_MAP",
        "map.customer": "LTV_MAP",
        "map.order": "ltv.yaml:4",
    }


def test_variables_of_other_programs_are_ignored() -> None:
    assert (
        resolve({"files": ["x"], "out": Path("x")}, {"LTV_HOME": "1", "LTV_CAC": ""}) == Settings()
    )


def test_every_setting_has_a_variable_and_an_example_that_works() -> None:
    examples = {
        f"LTV_{name.upper()}": text.strip('"')
        for name, text in yaml_file.EXAMPLES.items()
        if name not in yaml_file.BLOCKS
    }
    settings = resolve({}, examples)

    assert set(settings.origin) == {config.key(name) for name in config.described()}
    assert set(settings.origin.values()) == set(examples)


def problem(text: str) -> str:
    write(text)
    with pytest.raises(LtvError) as raised:
        resolve({}, {})
    assert raised.value.exit_code == 2
    return say_error(raised.value, "en")[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "\n\nmargin: 400%\n",
            "ltv.yaml:3: margin must be a rate between 0% and 100%, not “400%”.",
            id="a wrong value",
        ),
        pytest.param(
            "lifespan: 24\n",
            "ltv.yaml:1: lifespan must be a duration, not “24”.",
            id="a length without a unit",
        ),
        pytest.param(
            "cac:\n", "ltv.yaml:1: cac must be a number of 0 or more, not “”.", id="no value"
        ),
        pytest.param(
            "lang: fr\n", "ltv.yaml:1: lang must be one of en, ja, not “fr”.", id="no such choice"
        ),
        pytest.param(
            "strict: maybe\n",
            "ltv.yaml:1: strict must be one of true, false, not “maybe”.",
            id="neither true nor false",
        ),
        pytest.param(
            "cac: 1\nmagrin: 40%\n",
            "ltv.yaml:2: there is no setting “magrin”.",
            id="an unknown name",
        ),
        pytest.param(
            "cac: 1\nmargin: 40%\ncac: 2\n",
            "ltv.yaml:3: “cac” is already set in line 1.",
            id="a name twice",
        ),
        pytest.param(
            "map:\n  amount: a\n  amount: b\n",
            "ltv.yaml:3: “map.amount” is already set in line 2.",
            id="a role twice",
        ),
        pytest.param("cac: [1, 2]\n", "ltv.yaml:1: cac cannot be read in this form.", id="a list"),
        pytest.param("cac: {a: 1}\n", "ltv.yaml:1: cac cannot be read in this form.", id="a block"),
        pytest.param("map: a\n", "ltv.yaml:1: map cannot be read in this form.", id="map as text"),
        pytest.param(
            "map: {a: {b: c}}\n", "ltv.yaml:1: map.a cannot be read in this form.", id="deep map"
        ),
        pytest.param("date_format: %d\n", "ltv.yaml:1: this line cannot be read.", id="% unquoted"),
        pytest.param("cac: 1\n- a\n", "ltv.yaml:2: this line cannot be read.", id="not YAML"),
        pytest.param("just text\n", "ltv.yaml:1: this line cannot be read.", id="no names"),
        pytest.param("? {a: b}\n: c\n", "ltv.yaml:1: this line cannot be read.", id="odd names"),
        pytest.param("cac: 1\n---\ncac: 2\n", "ltv.yaml:2: this line cannot be read.", id="two"),
        pytest.param(
            "cac: *a\n",
            "ltv.yaml:1: a reference (*name) cannot be used here.",
            id="an alias of nothing",
        ),
        pytest.param(
            "map: &a [*a]\n", "ltv.yaml:1: a reference (*name) cannot be used here.", id="a loop"
        ),
        pytest.param(
            "[" * 5000,
            "ltv.yaml:1: a block this deep inside others cannot be used here.",
            id="endless nesting",
        ),
        pytest.param("\0", "ltv.yaml:1: this line cannot be read.", id="control characters"),
    ],
)
def test_a_broken_file_is_named_with_its_line(text: str, expected: str) -> None:
    assert problem(text) == expected


def test_text_in_a_file_is_never_code() -> None:
    problem('cac: !!python/object/apply:os.system ["touch x"]\n')
    problem("cac: !!python/name:os.system\n")

    assert not Path("x").exists()


def test_names_are_written_with_underscores_and_a_hyphen_is_explained() -> None:
    write("retention-cost: 1\n")
    with pytest.raises(UnknownSettingError) as raised:
        resolve({}, {})

    assert say_error(raised.value, "en")[1].startswith("Did you mean retention_cost?")


def test_a_file_in_another_encoding_is_refused() -> None:
    Path("ltv.yaml").write_bytes("currency: 円\n".encode("cp932"))
    with pytest.raises(LtvError) as raised:
        resolve({}, {})

    assert say_error(raised.value, "en")[0] == "“ltv.yaml” cannot be read: it is not UTF-8."


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "\ufeffcac: 1\n"])
def test_a_harmless_file_is_fine(text: str) -> None:
    write(text)

    assert resolve({}, {}).cac in {None, 1}


@pytest.mark.parametrize(
    ("typed", "environ", "expected"),
    [
        pytest.param({"churn": "5"}, {}, "--churn must be", id="a flag is named as typed"),
        pytest.param({"retention_cost": "x"}, {}, "--retention-cost must be", id="with its hyphen"),
        pytest.param({"from_": "x"}, {}, "--from must be", id="and without Python's underscore"),
        pytest.param({}, {"LTV_CHURN": "5"}, "LTV_CHURN must be", id="a variable by its name"),
        pytest.param(
            {"map": ["amount"]}, {}, "--map must be ROLE=COLUMN", id="map without a column"
        ),
        pytest.param({"map": ["=x"]}, {}, "--map must be ROLE=COLUMN", id="map without a role"),
        pytest.param(
            {}, {"LTV_MAP": "amount"}, "LTV_MAP must be ROLE=COLUMN", id="map in a variable"
        ),
    ],
)
def test_errors_name_where_the_setting_was_made(
    typed: dict[str, Any], environ: dict[str, str], expected: str
) -> None:
    with pytest.raises(LtvError) as raised:
        resolve(typed, environ)

    assert say_error(raised.value, "en")[0].startswith(expected)


def test_python_values_mean_what_their_text_means() -> None:
    settings = from_python(
        {
            "margin": 0.4,
            "cac": 5000,
            "lifespan": 24,
            "lapse_after": "90d",
            "as_of": date(2026, 10, 31),
            "from_": "2025-01-01",
            "map": {"amount": "合計"},
            "strict": True,
            "churn": None,
        }
    )

    assert (settings.margin, settings.cac, settings.lifespan) == (0.4, 5000, 24)
    assert (settings.as_of, settings.from_) == (date(2026, 10, 31), date(2025, 1, 1))
    assert (settings.map, settings.strict, settings.churn) == ({"amount": "合計"}, True, None)


def test_python_reads_no_file_and_no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    write("cac: 1\n")
    monkeypatch.setenv("LTV_MARGIN", "10%")

    assert from_python({}) == Settings(today=LATEST)


@pytest.mark.parametrize(
    "options",
    [{"margin": 40}, {"churn": -0.1}, {"cac": float("nan")}, {"bogus": 1}, {"lang": "fr"}],
)
def test_python_is_held_to_the_same_limits(options: dict[str, Any]) -> None:
    with pytest.raises(LtvError):
        from_python(options)


def test_spend_that_is_typed_beats_a_cac_on_file_and_a_typed_cac_beats_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("ltv.yaml").write_text("cac: 20\n", "utf-8")
    resolved = config.resolve({"spend": ["spend.csv"]}, {})
    assert (resolved.cac, resolved.spend, "cac" in resolved.origin) == (None, ("spend.csv",), False)
    assert config.resolve({"spend": ["spend.csv"], "cac": "30"}, {}).cac == 30
    Path("ltv.yaml").write_text("cac: 20\nspend: spend.csv\n", "utf-8")
    assert config.resolve({}, {}).cac == 20


def test_statuses_are_explained_in_every_way_of_setting() -> None:
    variables = {
        "LTV_EXCLUDE": "Status=Lost,Shop=Test",
        "LTV_STATUS_PAID": "At the bank",
        "LTV_WORDS": "Gone away=cancelled,On its way=sale",
    }
    in_environment = resolve({}, variables)
    typed = resolve({"exclude": ["A=B=C"], "status_paid": ["x"], "words": ["a=b=test"]}, {})
    write("exclude: [Status=Lost]\nstatus_paid: [At the bank]\nwords:\n  Gone away: cancelled\n")
    in_file = resolve({}, {})
    in_python = from_python({"exclude": "Status=Lost", "words": {"Gone away": "unpaid"}})

    assert (in_file.exclude, in_file.words) == (("Status=Lost",), {"Gone away": "cancelled"})
    assert in_file.words_given == {"Gone away": "cancelled", "At the bank": "sale"}
    assert in_file.words_typed == []
    assert in_environment.exclude == ("Status=Lost", "Shop=Test")
    assert in_environment.words == {"Gone away": "cancelled", "On its way": "sale"}
    assert typed.words == {"a=b": "test"}
    assert typed.words_typed == ["a=b", "x"]
    assert typed.typed == ("--exclude", "A=B=C", "--status-paid", "x", "--words", "a=b=test")
    assert in_python.words_typed == ["Gone away"]


@pytest.mark.parametrize("text", ["Gone away", "Gone away=", "=sale", "Gone away=lost"])
def test_a_word_needs_one_of_the_known_meanings(text: str) -> None:
    with pytest.raises(LtvError) as raised:
        resolve({"words": [text]}, {})

    assert raised.value.exit_code == 2
