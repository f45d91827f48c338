"""Whose account a ledger row is: by code, by name, by place."""

from monitor.collect import ledger
from monitor.domain.unit import Level, Unit
from tests.collect.test_ledger import compare, table


def test_units_of_one_name_are_told_apart_by_their_place_or_asked_for_their_code() -> None:
    stations = [
        Unit(
            f"4210{code}010000",
            "城关派出所",
            Level.STATION,
            region_name="荆州市",
            county_name=county,
        )
        for code, county in (("22", "公安县"), ("24", "江陵县"))
    ]
    row = {"主办单位": "城关派出所"}
    told = ledger.compare(ledger.read(table(row | {"县市区": "公安县"}), "x"), [], stations)
    assert [each.unit_code for each in told.added] == ["421022010000"]
    asked = ledger.compare(ledger.read(table(row), "x"), [], stations)
    assert "421024010000" in asked.problems[0].expected


def test_the_county_called_police_is_a_place() -> None:
    [account] = compare(table({"主办单位": "公安县公安局", "账号名称": "平安公安县(演示)"})).added
    assert account.unit_code == "421022000000"
