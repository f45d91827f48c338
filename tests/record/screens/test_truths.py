"""Entries of the ledger with their evidence, on both stores: what counts, and what does not."""

from monitor.domain.account import State
from monitor.domain.instants import BEGINNING, DAY, OPEN
from monitor.domain.patrol import Seen
from monitor.domain.scope import EVERYTHING
from monitor.domain.truth import Look, Word
from monitor.record.screens import truths
from monitor.record.store import Store, Writing
from tests.builders import a_unit, an_account, put
from tests.conftest import NOW

AT = int(NOW.timestamp())


def a_glance(tx: Writing, account: int, ago: int, seen: str = "正常", grade: int = 3) -> None:
    when = AT - ago * DAY
    row = {"looked_from": when, "looked_until": when, "grade": grade, "name_now": "平安新名(演示)"}
    put(tx, "look", account_id=account, seen=seen, source="巡查", recorded_at=tx.stamp, **row)


def test_evidence_of_a_year_is_measured_by_account_and_a_unit_s_own_look_is_not_a_third_person_s(
    store: Store,
) -> None:
    with store.writing() as tx:
        unit = a_unit(tx, "某厅", "990000000000")
        one = an_account(tx, unit, "平安甲(演示)")
        two = an_account(tx, unit, "平安乙(演示)", "weibo")
        an_account(tx, unit, "拟开设(演示)", "douyin", state="拟开设")
        for ago, seen in ((1, "已改名"), (5, "打不开"), (9, "正常"), (400, "正常")):
            a_glance(tx, one, ago, seen)
        a_glance(tx, two, 1, grade=1)
        project = {"unit_id": unit, "path": f"/{unit}/", "title": "排查", "stage": "抽查"}
        dues = dict.fromkeys(("due_self", "due_check", "due_spot", "due_settle"), AT)
        key = put(tx, "clearing", **project, **dues, opened_at=AT, recorded_at=tx.stamp)
        line = {"clearing_id": key, "account_id": two, "unit_id": unit, "state": "已核查"}
        line |= {"answer": "属实", "answered_at": AT - 3 * DAY, "sampled": True}
        put(tx, "clearing_line", **line, spot="不一致", spot_at=AT - DAY, said="名称不同")
    with store.reading() as tx:
        found = {each.account_id: each.known for each in truths.entries(tx, EVERYTHING, AT)}
    assert set(found) == {one, two}
    assert found[one].looks == (
        Look(Seen.RENAMED, AT - DAY, "平安新名(演示)"),
        Look(Seen.UNREACHABLE, AT - 5 * DAY, "平安新名(演示)"),
    )
    assert found[two].looks == ()
    assert found[two].spot == Word(False, AT - DAY, "名称不同")
    assert found[two].own == Word(True, AT - 3 * DAY, "")


def test_an_entry_says_what_it_says_since_its_name_unit_or_state_changed(store: Store) -> None:
    with store.writing() as tx:
        unit = a_unit(tx, "某厅", "990000000000")
        one = an_account(tx, unit, "平安甲(演示)")
        row = {"account_id": one, "unit_id": unit, "kind": "官方", "superseded_at": OPEN}
        row |= {"recorded_at": tx.stamp, "valid_until": OPEN, "main": False, "key": False}
        told = (("平安甲(演示)", "暂停更新", 9), ("平安甲(演示)", "暂停更新", 5))
        for name, state, ago in told:
            since = AT - ago * DAY
            put(tx, "account_rev", **row, name=name, state=state, valid_from=since, line="")
    with store.reading() as tx:
        (entry,) = truths.entries(tx, EVERYTHING, AT)
    assert BEGINNING < entry.known.since == AT - 9 * DAY
    assert entry.known.state is State.PAUSED
