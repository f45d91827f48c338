"""Monday to Monday in the invented province: collected, judged, mailed and handed out.

Everything is real but the platforms, which are the loopback servers, and the mail server, which is
a real one on loopback.
"""

import contextlib
import csv
import io
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from monitor.clock import now
from monitor.collect.loop import EventLoop
from monitor.demo import address, fill
from monitor.demo.province import Province
from monitor.domain.case import State
from monitor.domain.instants import shanghai_day, to_second
from monitor.domain.scope import EVERYTHING
from monitor.record.screens import approving, cases, lives
from monitor.record.store import Store, open_store
from monitor.runs import collect, digest, export, judge, query, send, setup
from monitor.runs.parts import MailBox, Pace, Parts
from tests.deliver.letters import Mailbox, a_server
from tests.service.parts import some_parts
from tests.shipped import shipped

RECIPIENT = "desk@example.org"


@pytest.fixture(scope="module")
def platforms() -> Iterator[int]:
    """The demonstration's platforms on a free port, until the module is done."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "monitor.demo.serve", "--port", str(port), "--seed", "42"]
    command += ["--first-day", shanghai_day(to_second(now())).isoformat()]
    server = subprocess.Popen(command)
    try:
        _wait_until_it_answers(server, port)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(10)


def _wait_until_it_answers(server: "subprocess.Popen[bytes]", port: int) -> None:
    """Ask until it answers; fails as soon as the server is gone."""
    while server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=10) as answer:
                assert answer.read() == b"ok"
        except urllib.error.URLError:
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(0.05)
        else:
            return
    pytest.fail(f"the platforms' server ended with {server.returncode}")


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory, platforms: int) -> Iterator[Parts]:
    """A province filled, collected once and judged: what `make run` has done after a minute."""
    folder = tmp_path_factory.mktemp("week")
    store: Store = open_store(f"sqlite:///{folder / 'demo.db'}", now)
    data = shipped(folder / "data")
    (data / "local").mkdir()
    paces = {
        reader: Pace(
            base_url=address.base_url(platforms, reader),
            per_second=500,
            deepest_days=address.DEEPEST_DAYS,
        )
        for reader in address.READERS
    }
    chosen = {"demo": True, "demo_small": True, "paces": paces}
    made = setup.ready(some_parts(store, now, data_dir=data, **chosen))
    setup.shipped_units(made)
    fill.fill(made, lambda _line: None)
    with EventLoop() as loop:
        collect.run(made, loop)
    judge.run(made)
    yield made
    store.close()


@pytest.fixture(scope="module")
def document(parts: Parts) -> dict[str, Any]:
    return dict(query.judgements(parts, None, None, None))


def test_the_accounts_are_judged_and_every_conclusion_has_a_sentence(
    document: dict[str, Any],
) -> None:
    outcomes = {each["outcome"] for each in document["accounts"]}
    assert outcomes == {"正常", "提醒", "不合格", "暂不作认定", "不纳入"}
    for each in document["accounts"]:
        assert each["findings"][0]["sentence"].endswith("。")


def test_only_invented_units_are_found_failing(document: dict[str, Any]) -> None:
    failing = [each for each in document["accounts"] if each["outcome"] == "不合格"]
    assert failing
    assert all("(演示)" in each["name"] for each in failing)
    invented = ("派出所(演示)", "中队(演示)", "大队(演示)")
    assert all(each["unit"].endswith(invented) for each in failing)


def test_what_was_collected_tells_the_provinces_truth(document: dict[str, Any]) -> None:
    first = shanghai_day(to_second(now()))
    truth = Province(first_day=first).truth()
    for each in document["accounts"]:
        if each["uid"]:
            assert each["status"] == truth[each["uid"]].status, each["name"]


def test_accounts_whose_interface_refuses_are_held_against_nobody(
    parts: Parts, document: dict[str, Any]
) -> None:
    with parts.store.reading() as tx:
        refused = {
            row[0]
            for row in tx.conn.exec_driver_sql(
                "SELECT account.uid FROM pass JOIN account ON account.id = pass.account_id"
                " WHERE pass.error_class IN ('需重新授权', '无权限')"
            )
        }
    assert refused
    for each in document["accounts"]:
        if each["uid"] in refused:
            assert each["outcome"] in {"暂不作认定", "正常", "提醒", "不纳入"}


def test_collecting_again_finds_nothing_new_and_loses_nothing(
    parts: Parts, document: dict[str, Any]
) -> None:
    with EventLoop() as loop:
        report = collect.run(parts, loop)
    assert report is not None
    assert report.counts["新作品"] == 0
    again = query.judgements(parts, None, None, None)
    before = {each["uid"]: each["outcome"] for each in document["accounts"]}
    assert {each["uid"]: each["outcome"] for each in again["accounts"]} == before


def test_what_was_judged_then_is_judged_the_same_later(
    parts: Parts, document: dict[str, Any]
) -> None:
    from monitor.domain.instants import parse_instant

    again = query.judgements(
        parts, parse_instant(document["as_of"]), parse_instant(document["known_at"]), None
    )
    assert again == document


def test_the_weekly_digest_lies_in_a_mailbox_once(parts: Parts) -> None:
    mailbox = Mailbox()
    with a_server(mailbox) as smtp:
        box = MailBox("127.0.0.1", smtp.port, "none", "office@example.org", (RECIPIENT,))
        mailing = replace(parts, mail=box)
        for _ in range(2):
            digest.enqueue(mailing, "", "")
            send.run(mailing)
    (letter,) = mailbox.messages()
    assert letter["subject"].startswith("全省公安政务新媒体运行周报")
    names = [each.get_filename() for each in letter.iter_attachments()]
    assert "问题清单.csv" in names
    body = letter.get_body(("plain",))
    assert body is not None
    assert "演示数据 纯属虚构" in body.get_content()


def test_a_preview_lies_in_a_folder_and_sends_nothing(parts: Parts, tmp_path: Path) -> None:
    written = digest.preview(parts, "", "", tmp_path)
    names = {path.name for path in written}
    assert {"群消息.txt", "问题清单.csv"} <= names
    group = next(path for path in written if path.name == "群消息.txt").read_text("utf-8-sig")
    assert 0 < len(group) <= 450


def csv_rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


@pytest.mark.parametrize("what", ["accounts", "health", "problems", "undecided", "places", "posts"])
def test_every_table_opens_with_its_chinese_intact(parts: Parts, tmp_path: Path, what: str) -> None:
    path = tmp_path / f"{what}.csv"
    rows = export.run(parts, export.Request(what), path)
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content
    read = csv_rows(path)
    beside = [csv_rows(each) for each in tmp_path.glob(f"{what}-*.csv")]
    assert len(read) + sum(map(len, beside)) == rows > 0
    assert len(beside) == (3 if what == "places" else 0)
    assert any("(演示)" in "".join(map(str, row.values())) for row in read) or what == "places"


def test_an_exported_ledger_changes_nothing_when_imported_again(
    parts: Parts, tmp_path: Path
) -> None:
    from monitor.runs import registry

    path = tmp_path / "台账.csv"
    export.run(parts, export.Request("accounts"), path)
    diff = registry.compare(parts, path.read_bytes(), path.name)
    assert diff.problems == ()
    assert diff.added == ()
    assert [alterations for _, alterations in diff.changed] == []
    assert diff.absent == ()


def test_problems_of_one_prefecture_name_only_its_own_accounts(
    parts: Parts, tmp_path: Path
) -> None:
    path = tmp_path / "荆州.csv"
    export.run(parts, export.Request("health", scope="421000000000"), path)
    read = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))
    assert read
    assert {row["市州"] for row in read} == {"荆州市"}


def test_an_opening_waits_for_its_second_signature_and_closures_follow_their_cases(
    parts: Parts,
) -> None:
    now = to_second(parts.now()) + 1
    with parts.store.reading() as tx:
        asked = lives.pending(tx, EVERYTHING, now).rows
        late = lives.clocks(tx, EVERYTHING, now).rows
        ending = lives.ending(tx, EVERYTHING, now).rows
        waits = approving.within_reach(tx, EVERYTHING, now)
        closing = cases.listing(tx, EVERYTHING, now, cases.Wanted(), limit=200).rows
    (opening,) = [each for each in asked if each.pending == "申请开设"]
    stages = {each.approval_id: each.stage for each in waits}
    assert stages[opening.approval_id or 0] == "审签"
    assert [(each.told, (each.at or now) < now) for each in late] == [("变更备案", True)]
    assert any(each.closure for each in ending)
    turned = [each for each in closing if each.kept.case.state is State.CLOSING]
    states = {each.account_id: each.state for each in ending}
    assert turned
    assert {states[each.kept.place.account_id] for each in turned} == {"拟关停"}
