"""From a link to a sealed credential: each platform's own way, once, and for the right account."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urljoin, urlsplit

import httpx
import pytest

from monitor.access.ciphers import KeyRing
from monitor.actions import connecting
from monitor.actions.connecting import Answered, Dial
from monitor.collect.connect import CONNECTS
from monitor.collect.loop import EventLoop
from monitor.demo import keys
from monitor.demo.servers import douyin, wechat, weibo
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.instants import DAY, to_second
from monitor.domain.person import Role
from monitor.record import credentials
from monitor.record.store import Store
from monitor.record.vault import Vault
from tests.actions.conftest import Enrol
from tests.builders import T, a_unit, an_account
from tests.conftest import StandingClock
from tests.demo import small_world
from tests.demo.small_world import SmallWorld
from tests.kits.platform_server import dated, hosted

VAULT = Vault(KeyRing((b"k" * 32,)), b"s" * 32)
SERVERS: dict[str, tuple[str, Callable[..., Any]]] = {
    "weibo": ("weibo", weibo.application),
    "douyin": ("douyin", douyin.application),
    "wechat_open": ("wechat", wechat.application),
}


@dataclass
class Place:
    """A stand-in with two accounts, the first of which is in the registry."""

    reader: str
    dial: Dial
    account_id: int
    names: tuple[str, str]

    def link(self, store: Store, actor: Any = None) -> str:
        wanted = (self.reader, self.account_id)
        return connecting.start(store, VAULT, self.dial, actor, wanted)

    def agree(self, link: str, name: str) -> dict[str, str]:
        """What an owner's browser comes back with."""
        page = httpx.get(link, trust_env=False)
        assert page.status_code == 200
        found = [part for part in page.text.split("<li>") if name in part]
        href = found[0].split('href="')[1].split('"')[0].replace("&amp;", "&")
        target = urljoin(link, href)
        if not target.startswith(self.dial.desk):
            target = httpx.get(target, trust_env=False).headers["location"]
        assert target.startswith(f"{self.dial.desk}/hooks/connect/{self.reader}?")
        return dict(parse_qsl(urlsplit(target).query))

    def finish(self, store: Store, query: dict[str, str]) -> str:
        return connecting.finish(store, VAULT, self.dial, Answered(self.reader, query))


@contextmanager
def placed(reader: str, store: Store, clock: StandingClock) -> Iterator[Place]:
    """The stand-in of a reader's platform, and its keys stored."""
    platform, application = SERVERS[reader]
    names = ("平安甲(演示)", "平安乙(演示)")
    people = [
        small_world.an_account(
            platform=platform, uid=f"{number}700000001", name=name, appid=f"wx{number}"
        )
        for number, name in enumerate(names, start=1)
    ]
    shared = keys.keys([], to_second(clock()))[reader][""]
    with store.writing() as tx:
        unit = a_unit(tx, "甲县公安局", "420100000001")
        account_id = an_account(tx, unit, names[0], platform, uid=people[0].uid)
        sealed = VAULT.seal(json.dumps(shared), f"credential:{reader}:0")
        credentials.put(tx, reader, 0, sealed, None)
    with EventLoop() as loop:
        app = dated(application(SmallWorld(people, {}), clock), clock)
        with hosted(loop, app) as url:
            paces = {reader: SimpleNamespace(base_url=url)}
            yield Place(reader, Dial(paces, clock, "https://desk.test"), account_id, names)


def kept(store: Store, reader: str, account_id: int) -> dict[str, str] | None:
    with store.reading() as tx:
        sealed = credentials.sealed_one(tx, reader, account_id)
    if sealed is None:
        return None
    return dict(json.loads(VAULT.unseal(sealed, f"credential:{reader}:{account_id}")))


def test_every_reader_that_connects_is_tried() -> None:
    assert set(SERVERS) <= set(CONNECTS.names())


@pytest.mark.parametrize("reader", SERVERS)
def test_a_link_and_an_agreement_make_a_credential_once(
    reader: str, store: Store, clock: StandingClock
) -> None:
    with placed(reader, store, clock) as place:
        query = place.agree(place.link(store), place.names[0])
        assert place.finish(store, query) == place.names[0]
        secrets = kept(store, reader, place.account_id)
        assert secrets
        with pytest.raises(Forbidden, match="无效或已过期"):
            place.finish(store, query)
    with store.reading() as tx:
        said = [row.action for row in tx.conn.execute(T["audit"].select())]
    assert said == ["发起授权", "完成授权"]
    assert not any(value in str(said) for value in secrets.values())


@pytest.mark.parametrize(("reader", "days"), [("weibo", (29, 31)), ("douyin", (100, 120))])
def test_when_the_owner_must_agree_anew_is_known(
    reader: str, days: tuple[int, int], store: Store, clock: StandingClock
) -> None:
    with placed(reader, store, clock) as place:
        place.finish(store, place.agree(place.link(store), place.names[0]))
    with store.reading() as tx:
        [until] = [each.expires_at for each in credentials.listed(tx) if each.account_id]
    assert until is not None
    assert days[0] * DAY <= until - to_second(clock()) <= days[1] * DAY


@pytest.mark.parametrize("reader", ["weibo", "wechat_open"])
def test_another_account_than_the_one_meant_is_refused_and_nothing_kept(
    reader: str, store: Store, clock: StandingClock
) -> None:
    with placed(reader, store, clock) as place:
        query = place.agree(place.link(store), place.names[1])
        with pytest.raises(Conflict, match="不是“平安甲"):
            place.finish(store, query)
        assert kept(store, reader, place.account_id) is None


def test_a_link_is_good_for_a_day_and_for_its_own_reader(
    store: Store, clock: StandingClock
) -> None:
    with placed("weibo", store, clock) as place:
        link = place.link(store)
        state = parse_qs(urlsplit(link).query)["state"][0]
        with pytest.raises(Forbidden):
            place.finish(store, {"state": "guess", "code": "x"})
        place.reader = "douyin"
        with pytest.raises(Forbidden):
            place.finish(store, {"state": state, "code": "x"})
        place.reader = "weibo"
        clock.move(days=1)
        with pytest.raises(Forbidden):
            place.finish(store, {"state": state, "code": "x"})


def test_who_keeps_no_secrets_begins_nothing(
    store: Store, clock: StandingClock, enrol: Enrol
) -> None:
    with placed("weibo", store, clock) as place:
        with pytest.raises(Forbidden):
            place.link(store, enrol("viewer", Role.VIEWER))
        assert place.link(store, enrol("editor", Role.EDITOR))
        place.reader = "wechat"
        with pytest.raises(InputError, match="在线授权"):
            place.link(store)
