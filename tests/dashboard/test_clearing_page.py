"""清理排查 drawn by Streamlit: empty, answered, checked, drawn, and at what is decided."""

import pytest

from monitor.domain.clearing import Stage
from monitor.domain.instants import DAY
from monitor.record import clearing_orders, clearings
from monitor.record.clearing_orders import Opening
from monitor.record.clearings import Due
from monitor.record.store import Store
from tests.builders import T
from tests.dashboard.test_views import FORBIDDEN, LATIN, NAMES, SECOND, a_visit, draw, words
from tests.filled import Filled, fill_store


def a_project(store: Store, stage: Stage, filled: Filled | None = None) -> int:
    """A project over the filled province: every third account answered, every sixth checked."""
    made = filled or fill_store(store)
    line = T["clearing_line"].c
    with store.writing() as tx:
        root = "湖北省公安厅"
        due = Due(*(SECOND + number * DAY for number in (-1, 7, 14, 21)))
        opening = Opening(
            made.units[root], made.paths[root], "全面清理排查", "逐个核对", due, 1, SECOND
        )
        key, _ = clearing_orders.begin(tx, opening)
        rows = T["clearing_line"].update()
        told = {"state": "待核查", "answer": "需变更", "note": "名称已改"}
        tx.conn.execute(rows.where(line.id % 3 == 0).values(**told))
        tx.conn.execute(rows.where(line.id % 6 == 0).values(state="已核查", sampled=True))
        spotted = {"spot": "不一致", "said": "主页名称不同", "decision": "整改"}
        tx.conn.execute(rows.where(line.id % 12 == 0).values(**spotted))
        kept = clearings.get(tx, key)
        assert kept is not None
        drawn = {"seed": "0f3a", "size": 3, "population": 3}
        assert clearings.advance(tx, kept, stage, **drawn)
    return key


def test_an_empty_page_says_what_would_stand_there(sqlite_store: Store) -> None:
    test = draw("clearing", a_visit(sqlite_store))
    assert not test.exception
    assert "没有清理排查" in words(test)
    assert "部署" in words(test)


@pytest.mark.parametrize(
    ("part", "stage", "expected"),
    [
        ("progress", Stage.SELF, ("复制催办语", "（已过）", "转入核查", "江陵县公安局")),
        ("answer", Stage.SELF, ("提交自查", "都已核对，填为属实", "台账已有的内容不用再填")),
        ("check", Stage.CHECK, ("核查通过", "退回重报", "待核查")),
        ("spot", Stage.SPOT, ("抽样种子", "抽查3个(共3个)", "登记抽查", "主页名称不同")),
        ("settle", Stage.SETTLE, ("按建议列出", "确定处置", "已办理0个", "登记为整改单")),
        ("settle", Stage.SELF, ("还没有到处置阶段",)),
        ("truth", Stage.SELF, ("真实率", "有出入", "未核查", "江陵县公安局", "单位核对")),
    ],
)
def test_each_part_of_a_project_speaks_chinese_and_offers_what_is_to_be_done(
    part: str, stage: Stage, expected: tuple[str, ...], sqlite_store: Store
) -> None:
    a_project(sqlite_store, stage)
    test = draw("clearing", a_visit(sqlite_store), part=part)
    assert not test.exception
    said = words(test)
    for each in expected:
        assert each in said
    assert [each for each in LATIN.findall(NAMES.sub(" ", said)) if each != "0f3a"] == []
    assert not [word for word in FORBIDDEN if word in said]
