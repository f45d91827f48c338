"""The page 待我审批 without anything in it, and with an approval nobody may see."""

import pytest

from monitor.record.store import Store
from tests.dashboard.test_views import FORBIDDEN, a_visit, draw, words


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({}, "没有待您审批的文稿"),
        ({"tab": "written"}, "您还没有拟写文稿"),
        ({"tab": "all"}, "范围内没有审批"),
        ({"id": "7"}, "没有这项审批"),
        ({"id": "x"}, "没有待您审批的文稿"),
        ({"write": "new"}, "拟写文稿"),
    ],
)
def test_what_is_not_there_is_said(sqlite_store: Store, query: dict[str, str], told: str) -> None:
    test = draw("approving", a_visit(sqlite_store), **query)
    assert not test.exception
    said = words(test)
    assert told in said
    assert not [word for word in FORBIDDEN if word in said]
