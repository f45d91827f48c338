"""需要您决定的 counted by sort: what waits for the house, and not for another's signature."""

from itertools import count

from monitor.domain.scope import EVERYTHING, NOTHING, Scope
from monitor.record.screens import deciding
from monitor.record.screens.deciding import Waiting
from monitor.record.store import Store
from tests.builders import put
from tests.conftest import NOW
from tests.filled import Filled

SECOND = int(NOW.timestamp())
NUMBERS = count(1)
CITY, OTHER = "荆州市公安局", "武汉市公安局"


def an_approval(store: Store, made: Filled, kind: str, role: str, **more: object) -> None:
    """One text that waits for a role's signature."""
    with store.writing() as tx:
        said = {
            "subject_kind": "文稿", "subject_id": next(NUMBERS), "unit_id": made.units[CITY],
            "drafter_id": 1, "title": kind, "kind": kind, "level": "", "chain": "c",
            "chain_version": 1,
            "state": "审批中", "sha256": "", "round": 1, "due_at": SECOND + 60,
            "provisional": False, "distinct": True, "confirms": [], "attested_by": "",
            "version": 0, "recorded_at": 1,
        }  # fmt: skip
        key = put(tx, "approval", **(said | more))
        step = {"round": 1, "position": 1, "stage": "审签", "open": True, "void": False}
        put(tx, "approval_step", approval_id=key, role=role, opinion="", sha256="", **step)


def test_signatures_are_counted_by_sort_for_whose_turn_it_is(store: Store, made: Filled) -> None:
    an_approval(store, made, "政策解读", "分管处领导", due_at=SECOND + 90)
    an_approval(store, made, "政策解读", "厅领导")
    an_approval(store, made, "账号关停", "市州审核人", due_at=None)
    an_approval(store, made, "警情通报", "科室负责人", due_at=SECOND)
    an_approval(store, made, "演练", "科室负责人", state="已签发")
    with store.reading() as tx:
        house = deciding.signatures(tx, EVERYTHING, SECOND)
        city = deciding.signatures(tx, EVERYTHING, SECOND, deciding.CITY)
        elsewhere = deciding.signatures(tx, Scope(frozenset({made.paths[OTHER]})), SECOND)
        nobody = deciding.signatures(tx, NOTHING, SECOND)
    assert house == (Waiting("政策解读", 2, SECOND + 60),)
    assert city == (Waiting("账号关停", 1, None),)
    assert elsewhere == nobody == ()


def test_an_application_nobody_is_asked_to_sign_waits_for_the_house(
    store: Store, made: Filled
) -> None:
    accounts = sorted(made.accounts.values())[:3]
    with store.writing() as tx:
        for account, move in zip(accounts, ("申请关停", "申请关停", ""), strict=True):
            row = {"wanted": {}, "back": "", "closure": False, "until": "", "there": ""}
            put(tx, "account_life", account_id=account, pending=move, here="", version=0, **row)
    with store.reading() as tx:
        assert deciding.applications(tx, EVERYTHING, SECOND) == (Waiting("申请关停", 2),)
        assert deciding.applications(tx, NOTHING, SECOND) == ()
