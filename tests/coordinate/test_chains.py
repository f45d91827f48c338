"""Chains as data: the shipped ones are whole, and what makes no sense is refused by name."""

import pytest

from monitor.collect import shelf
from monitor.coordinate import chains
from monitor.domain.approval import Chain, Stage
from monitor.domain.errors import InputError
from monitor.settings import ROOT

FOLDER = ROOT / "data" / "approvals"


def shipped() -> list[Chain]:
    return [
        chain
        for path in sorted(FOLDER.glob("*.yaml"))
        for chain in chains.parse(shelf.read(path).mapping, path.name)
    ]


@pytest.mark.parametrize("level", ["省厅", "市州局", "县级局"])
@pytest.mark.parametrize("kind", ["政策解读", "警情通报", "通报", "考核", "重大事项回复"])
def test_every_kind_has_its_chain_at_every_level(level: str, kind: str) -> None:
    chain = chains.chain_for(shipped(), level, kind)
    assert chain.source
    assert chain.attested == (level == "县级局")
    assert chain.distinct == (level != "县级局")
    urgent = kind == "警情通报" and level != "县级局"
    assert (chain.hours, chain.working_days) == ((24, 0) if urgent else (0, 5))


def test_what_is_grave_goes_up_to_the_last_signature() -> None:
    stages = [each.stage for each in chains.chain_for(shipped(), "省厅", "警情通报").steps]
    assert stages == list(Stage)
    with pytest.raises(InputError, match="没有“菜谱”的审批流程"):
        chains.chain_for(shipped(), "省厅", "菜谱")


def test_named_people_sign_side_by_side_and_nobody_named_is_left_out() -> None:
    chain = chains.chain_for(shipped(), "省厅", "专题宣传")
    laid = chains.laid_out(chain, {Stage.COSIGN: [7, 8, 7]})
    assert [(each.position, each.holder) for each in laid if each.stage is Stage.COSIGN] == [
        (1, 7),
        (1, 8),
    ]
    bare = chains.laid_out(chain, {})
    assert [each.stage for each in bare] == [Stage.SECRECY, Stage.REVIEW, Stage.ENDORSE]
    with pytest.raises(InputError, match="不用指定"):
        chains.laid_out(chain, {Stage.REVIEW: [7]})
    with pytest.raises(InputError, match="最多"):
        chains.laid_out(chain, {Stage.COSIGN: range(9)})


GOOD = {
    "version": 1,
    "level": "省厅",
    "source": "x",
    "rank": "本厅设定",
    "confirms": ["科室负责人"],
}
END = {"stage": "审签", "role": "分管处领导"}


@pytest.mark.parametrize(
    ("chain", "told"),
    [
        ({"name": "甲", "kinds": ["a"], "steps": [END]}, "时限"),
        ({"name": "甲", "hours": 24, "working_days": 5, "steps": [END]}, "时限"),
        ({"name": "甲", "hours": 24, "steps": []}, "环节"),
        (
            {"name": "甲", "hours": 24, "steps": [{"stage": "审核", "role": "科室负责人"}]},
            "审签或签发",
        ),
        (
            {"name": "甲", "hours": 24, "steps": [{"stage": "盖章", "role": "科室负责人"}, END]},
            "盖章",
        ),
        ({"name": "甲", "hours": 24, "steps": [{"stage": "审核", "role": "门卫"}, END]}, "门卫"),
        (
            {"name": "甲", "hours": 24, "steps": [END, {"stage": "审核", "role": "科室负责人"}]},
            "先后",
        ),
        (
            {
                "name": "甲",
                "hours": 24,
                "steps": [{"stage": "审核", "role": "科室负责人", "optional": True}, END],
            },
            "不能省去",
        ),
        ("甲", "名称"),
    ],
)
def test_a_chain_that_makes_no_sense_is_refused(chain: object, told: str) -> None:
    with pytest.raises(InputError, match=told):
        chains.parse(GOOD | {"chains": [chain]}, "x.yaml")


def test_a_kind_stands_in_one_chain_and_a_level_has_a_source() -> None:
    chain = {"name": "甲", "kinds": ["a"], "hours": 24, "steps": [END]}
    with pytest.raises(InputError, match="两个流程"):
        chains.parse(GOOD | {"chains": [chain, chain | {"name": "乙"}]}, "x.yaml")
    for fault in ({"rank": "随便"}, {"source": ""}, {"chains": []}, {"version": "一"}):
        with pytest.raises(InputError):
            chains.parse(GOOD | {"chains": [chain]} | fault, "x.yaml")
