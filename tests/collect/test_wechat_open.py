"""公众号 through the third-party platform: tickets, renewed tokens, scans, what was of old."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.collect.connect import CONNECTS, Offer
from monitor.collect.errors import PlatformError
from monitor.collect.loop import EventLoop
from monitor.collect.platform import Line
from monitor.collect.throttle import Throttle
from monitor.collect.vault import Pocket, Whose
from monitor.demo.servers import wechat_open
from monitor.demo.servers.wechat import COMPONENT, application
from monitor.domain.collecting import ErrorClass, PassOutcome
from monitor.domain.instants import to_second
from tests.demo.small_world import SmallWorld, a_post
from tests.kits.bench import BENCHES
from tests.kits.platform_server import Meddler, Trial, hosted

BACK = "https://desk.example.invalid/hooks/connect/wechat_open"


pytestmark = pytest.mark.usefixtures("asked_once")


@pytest.fixture
def trial(loop: EventLoop) -> Trial:
    return Trial(loop, BENCHES.get("wechat_open"), "wechat_open")


def with_secrets(trial: Trial, **changes: str) -> Trial:
    secrets = {**trial.bench.secrets, **changes}
    return replace(trial, bench=replace(trial.bench, secrets=secrets))


def asked(meddler: Meddler) -> list[str]:
    return [path.rpartition("/")[2] for _, path, _ in meddler.asked]


def test_both_tokens_are_asked_for_once_and_shared_by_the_next_pass(trial: Trial) -> None:
    trial.vault = Pocket(lambda: to_second(trial.now()))
    first, second = Meddler(), Meddler()
    trial.read(first)
    trial.read(second)
    assert asked(first)[:2] == ["api_component_token", "api_authorizer_token"]
    assert not [name for name in asked(second) if name.startswith("api_")]


def test_without_a_ticket_one_is_asked_for_and_the_pass_is_for_later(trial: Trial) -> None:
    meddler = Meddler()
    harvest = with_secrets(trial, ticket="").read(meddler)
    assert harvest.error is ErrorClass.RETRY
    assert asked(meddler)[-1] == "api_start_push_ticket"


def test_a_ticket_of_yesterday_is_no_ticket(trial: Trial) -> None:
    plain = replace(trial, bench=replace(trial.bench, server=application))
    plain.hours_later = 13
    meddler = Meddler()
    harvest = plain.read(meddler)
    assert harvest.error is ErrorClass.RETRY
    assert harvest.cause is not None
    assert "61006" in harvest.cause.where
    assert "api_start_push_ticket" in asked(meddler)


def test_a_refresh_token_of_old_is_replaced_by_the_one_in_the_list_and_kept(trial: Trial) -> None:
    vault = Pocket(lambda: to_second(trial.now()))
    stale = with_secrets(trial, refresh_token="refreshtoken@@@of-last-year")
    stale.vault = vault
    meddler = Meddler()
    assert stale.read(meddler).outcome is PassOutcome.COMPLETE
    assert "api_get_authorizer_list" in asked(meddler)
    newest = wechat_open.refresh_token(trial.bench.account)
    assert vault.kept[Whose("wechat_open", 7)] == {"refresh_token": newest}


def test_an_owner_who_took_it_back_must_scan_again(trial: Trial) -> None:
    harvest = trial.read(fault="revoked")
    assert harvest.error is ErrorClass.REAUTHORISE
    assert harvest.cause is not None
    assert "扫码" in harvest.cause.remedy


def test_an_account_silent_since_the_new_endpoints_is_looked_up_in_the_one_of_old(
    trial: Trial,
) -> None:
    old = (a_post(1, "2025-10-20 09:00"), a_post(2, "2025-10-28 09:00"))
    bench = replace(trial.bench, posts=old, later=(), now=datetime(2025, 12, 1, 1, tzinfo=UTC))
    at = to_second(bench.now)
    secrets = {**bench.secrets, "ticket": wechat_open.ticket(at)}
    meddler = Meddler()
    harvest = replace(trial, bench=replace(bench, secrets=secrets)).read(meddler)
    assert [post.native_id for post in harvest.posts] == [old[1].native_id]
    [post] = harvest.posts
    assert post.form == "群发"
    assert post.numbers.reads is not None
    assert post.numbers.readers is not None
    assert harvest.claim is not None
    assert harvest.claim.a > post.published_until
    assert asked(meddler).count("getarticletotal") == 4


def a_line(trial: Trial, url: str) -> Line:
    return Line(
        client=trial.loop.client,
        base_url=url,
        turns=Throttle(1000).turns(),
        now=trial.now,
        vault=Pocket(lambda: to_second(trial.now())),
        reader="wechat_open",
        stand_in=True,
    )


def test_a_link_a_scan_and_a_code_make_a_credential(trial: Trial) -> None:
    connect = CONNECTS.get("wechat_open")
    account = replace(trial.bench.account, joined=False)
    app = partial(application, SmallWorld([account], {}), trial.now)()
    offer = Offer(trial.bench.secrets, BACK, "state-1")

    async def scanned(url: str) -> dict[str, Any]:
        line = a_line(trial, url)
        link = urlsplit(await connect.link(line, offer))
        asked_for = {name: values[0] for name, values in parse_qs(link.query).items()}
        assert asked_for["redirect_uri"] == f"{BACK}?state=state-1"
        back = await app[COMPONENT].agree(account.appid, asked_for["redirect_uri"])
        answer = {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}
        grant = await connect.exchange(line, offer, answer)
        assert (grant.owner, grant.name) == (account.uid, account.name)
        with pytest.raises(PlatformError) as used:
            await connect.exchange(line, offer, answer)
        assert used.value.error is ErrorClass.REAUTHORISE
        return dict(grant.secrets)

    with hosted(trial.loop, app) as url:
        secrets = trial.loop.run(scanned(url))
    assert set(secrets) == {"appid", "refresh_token"}
