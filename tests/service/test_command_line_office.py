"""`sentinel trial`, `calibrate` and `demo`: decisions at the machine, and refusals."""

from datetime import timedelta
from pathlib import Path

import pytest

from monitor import clock, wiring
from monitor.domain.collecting import Route
from monitor.domain.instants import SHANGHAI
from monitor.domain.numbers import Provenance
from monitor.record import routes
from tests.service.conftest import LEDGER, Sentinel, kept, refused, written


def in_days(days: int) -> str:
    return (clock.now().astimezone(SHANGHAI).date() + timedelta(days=days)).isoformat()


def test_a_trial_begins_is_shown_and_ends(registered: Sentinel) -> None:
    assert "未在试运行" in registered("trial").stdout
    begun = registered("trial", "--until", in_days(20))
    assert begun.exit_code == 0
    assert f"试运行至 {in_days(20)}" in begun.stdout
    assert f"试运行至 {in_days(20)}" in registered("trial").stdout
    assert "未在试运行" in registered("trial", "--end").stdout
    again = registered("trial", "--end")
    assert again.exit_code == 0
    assert "现在没有试运行" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--until", "月底"], "读不懂"),
        (["--until", in_days(-1)], "试运行"),
        (["--until", in_days(4000)], "试运行"),
        (["--until", in_days(20), "--end"], "只能用一个"),
    ],
)
def test_a_trial_that_cannot_be_is_refused(
    registered: Sentinel, home: Path, arguments: list[str], said: str
) -> None:
    before = kept(home)
    refused(registered("trial", *arguments), 2, said)
    assert kept(home) == before


def a_route(name: str, source: Provenance) -> None:
    with wiring.parts().store.writing() as tx:
        routes.ensure(tx, Route("douyin", name, source, grade=2, fresh_hours=60))


def test_a_feed_with_nothing_to_be_measured_by_is_worth_nothing(
    registered: Sentinel, home: Path
) -> None:
    a_route("feed", Provenance.PURCHASED)
    done = registered("calibrate", "--platform", "抖音", "--route", "feed")
    assert done.exit_code == 0
    assert done.stdout.startswith("douyin/feed:")
    assert "等级上限 0" in done.stdout
    assert len(kept(home)["calibration"]) == 1


@pytest.mark.parametrize(
    ("platform", "route", "said"),
    [
        ("某平台", "feed", "不认识的平台“某平台”"),
        ("抖音", "none", "没有这条采集路线"),
        ("抖音", "own", "这条路线不是购买数据"),
    ],
)
def test_only_a_purchased_feed_that_is_known_is_measured(
    registered: Sentinel, home: Path, platform: str, route: str, said: str
) -> None:
    a_route("own", Provenance.INTERFACE)
    before = kept(home)
    refused(registered("calibrate", "--platform", platform, "--route", route), 2, said)
    assert kept(home) == before


@pytest.mark.parametrize("arguments", [[], ["--zero-api"]])
def test_invented_accounts_never_enter_the_offices_own_database(
    registered: Sentinel, home: Path, arguments: list[str]
) -> None:
    before = kept(home)
    refused(registered("demo", *arguments), 3, "本单位的数据库")
    assert kept(home) == before


def test_a_first_day_is_not_shown_where_there_are_accounts(
    sentinel: Sentinel, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENTINEL_DEMO", "true")
    sentinel("setup")
    sentinel("accounts", "import", written(home, "台账.csv", LEDGER))
    before = kept(home)
    refused(sentinel("demo", "--zero-api"), 3, "已有账号")
    assert kept(home) == before
