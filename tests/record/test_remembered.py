"""What was decided once: kept by kind and signature, the last word holds, nothing leaks across."""

import pytest

from monitor.record import owners, remembered
from monitor.record.store import Store
from tests.record.builders import rows


def keep(
    store: Store, kind: str, signature: str, by: int | None = None, **document: object
) -> None:
    with store.writing() as tx:
        remembered.remember(tx, kind, signature, document, by)


def test_the_last_choice_under_a_signature_holds_and_is_one_row(store: Store) -> None:
    keep(store, "ledger", "甲|乙", 7, 列="名称")
    keep(store, "ledger", "甲|乙", 8, 列="平台", 行=[1, 2, None])
    with store.reading() as tx:
        assert remembered.recall(tx, "ledger", "甲|乙") == {"列": "平台", "行": [1, 2, None]}
    assert rows(store, 'SELECT "by" FROM remembered') == [(8,)]


def test_kinds_and_signatures_do_not_answer_for_one_another(store: Store) -> None:
    keep(store, "ledger", "a", n=1)
    keep(store, "layout", "a", n=2)
    keep(store, "ledger", "b", n=3)
    with store.reading() as tx:
        assert remembered.all_of(tx, "ledger") == {"a": {"n": 1}, "b": {"n": 3}}
        assert remembered.all_of(tx, "none") == {}
        assert remembered.recall(tx, "layout", "b") is None


@pytest.mark.parametrize("signature", ["", "%", "a'b", "标题|发布时间|阅读量" * 40, "A"])
def test_any_text_is_a_signature_and_only_itself(store: Store, signature: str) -> None:
    keep(store, "k", "a", n=1)
    keep(store, "k", signature, n=2)
    with store.reading() as tx:
        assert remembered.recall(tx, "k", signature) == {"n": 2}
        assert remembered.recall(tx, "k", "a") == {"n": 1}


def test_an_empty_document_is_remembered_as_one(store: Store) -> None:
    keep(store, "k", "a")
    with store.reading() as tx:
        assert remembered.recall(tx, "k", "a") == {}


def test_what_is_given_back_may_be_changed_without_changing_what_is_kept(store: Store) -> None:
    keep(store, "k", "a", n=1)
    with store.reading() as tx:
        found = remembered.recall(tx, "k", "a")
        assert found is not None
        found["n"] = 9
        assert remembered.recall(tx, "k", "a") == {"n": 1}


def test_a_choice_that_was_not_committed_is_not_remembered(store: Store) -> None:
    keep(store, "k", "a", n=1)
    with pytest.raises(ZeroDivisionError), store.writing() as tx:
        remembered.remember(tx, "k", "a", {"n": 2})
        raise ZeroDivisionError
    with store.reading() as tx:
        assert remembered.recall(tx, "k", "a") == {"n": 1}


def test_an_owner_and_another_kind_of_the_same_name_stay_apart(store: Store) -> None:
    keep(store, "ledger", "douyin|江城", account_id=3)
    with store.reading() as tx:
        assert owners.recall(tx, "douyin|江城") is None
    with store.writing() as tx:
        owners.remember(tx, "douyin|江城", 7)
        assert owners.recall(tx, "douyin|江城") == 7
        assert remembered.recall(tx, "ledger", "douyin|江城") == {"account_id": 3}


def test_the_same_pick_again_leaves_the_row_of_who_picked_first(store: Store) -> None:
    for by in (1, 2):
        with store.writing() as tx:
            owners.remember(tx, "weibo|江城", 7, by)
    assert rows(store, 'SELECT "by" FROM remembered') == [(1,)]
