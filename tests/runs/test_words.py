"""Looking through titles: each once, again where the list changed, and by a bought service too."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pytest

from monitor.actions import words as acting
from monitor.domain.errors import Conflict, Forbidden
from monitor.domain.person import Role
from monitor.domain.running import RunOutcome, RunReport
from monitor.domain.scope import EVERYTHING, NOTHING
from monitor.domain.words import Decision
from monitor.record.screens import hints as screen
from monitor.record.store import Store
from monitor.runs import words
from monitor.runs.parts import Parts
from tests.actions.conftest import Enrol, enrol  # noqa: F401
from tests.builders import a_post, a_unit, an_account
from tests.collect.files import books
from tests.conftest import NOW, StandingClock
from tests.service.parts import some_parts

SECOND = int(NOW.timestamp())


@pytest.fixture
def account(store: Store) -> int:
    with store.writing() as tx:
        unit = a_unit(tx, "荆州市公安局", "421000000000")
        key = an_account(tx, unit, "平安荆州(演示)", "douyin")
        a_post(tx, key, SECOND - 9000, "【内部资料】演练安排", url="https://example.com/1")
        a_post(tx, key, SECOND - 8000, "雾天行车提示")
        return key


def shown(store: Store) -> list[tuple[str, str]]:
    with store.reading() as tx:
        assert screen.waiting(tx, NOTHING, SECOND) == screen.Hints()
        return [(each.word, each.source) for each in screen.waiting(tx, EVERYTHING, SECOND).lines]


def looked(parts: Parts) -> dict[str, int]:
    report = words.run(parts)
    assert isinstance(report, RunReport)
    return dict(report.counts)


def test_a_title_is_looked_through_once_and_again_where_the_list_changed(
    store: Store, clock: StandingClock, account: int
) -> None:
    parts = some_parts(store, clock)
    assert looked(parts) == {"作品": 2, "提示": 1}
    assert looked(parts) == {"作品": 0, "提示": 0}
    assert shown(store) == [("内部资料", "词表")]
    acting.keep(store, None, "词表.xlsx", books.xlsx([["词"], ["演练"]]))
    assert looked(parts)["作品"] == 2
    assert sorted(shown(store)) == [("内部资料", "词表"), ("演练", "词表")]
    with store.writing() as tx:
        a_post(tx, account, SECOND - 7000, "演练通知")
    assert looked(parts) == {"作品": 1, "提示": 1}


def test_a_person_says_what_a_hint_is_and_a_later_look_does_not_ask_again(
    store: Store,
    clock: StandingClock,
    account: int,
    enrol: Enrol,  # noqa: F811
) -> None:
    parts = some_parts(store, clock)
    words.run(parts)
    with store.reading() as tx:
        [line] = screen.waiting(tx, EVERYTHING, SECOND).lines
    assert (line.account_id, line.url) == (account, "https://example.com/1")
    with pytest.raises(Forbidden):
        acting.decide(store, enrol("see", Role.VIEWER), line.hint_id, Decision.SEEN)
    acting.decide(store, enrol("ed", Role.EDITOR), line.hint_id, Decision.NO_MATTER)
    with pytest.raises(Conflict, match="已有人看过"):
        acting.decide(store, None, line.hint_id, Decision.SEEN)
    acting.keep(store, None, "词表.xlsx", books.xlsx([["词"], ["别的词"]]))
    words.run(parts)
    assert shown(store) == []


class Service(BaseHTTPRequestHandler):
    """A bought service on loopback: points at what it was told to, or fails."""

    asked: ClassVar[list[Any]] = []
    failing = False

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append((self.headers["Authorization"], body))
        hits = [
            {"id": each["id"], "word": "雾天", "category": "天气"}
            for each in body["texts"]
            if "雾天" in each["text"]
        ]
        answer = json.dumps({"hits": [*hits, {"id": "999999", "word": "别家"}]}).encode()
        self.send_response(500 if self.failing else 200)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def service() -> Iterator[str]:
    Service.asked, Service.failing = [], False
    server = HTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/check"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_bought_service_adds_hints_and_one_that_fails_costs_only_its_own(
    store: Store, clock: StandingClock, account: int, service: str
) -> None:
    parts = some_parts(store, clock, checker_url=service, checker_key="k1")
    Service.failing = True
    report = words.run(parts)
    assert report is not None
    assert report.outcome is RunOutcome.PARTIAL
    assert "没有按约定应答" in report.note
    assert shown(store) == [("内部资料", "词表")]
    Service.failing = False
    assert looked(parts) == {"作品": 0, "提示": 0, "外部核查作品": 2, "外部提示": 1}
    assert shown(store) == [("雾天", "http"), ("内部资料", "词表")]
    assert {authorization for authorization, _ in Service.asked} == {"Bearer k1"}
    count = len(Service.asked)
    looked(parts)
    assert len(Service.asked) == count
