"""正文 is kept of official accounts' young posts only: the last that is said, or more of it."""

from monitor.domain.account import Kind
from monitor.domain.instants import DAY
from monitor.record.post_texts import YOUNG
from monitor.record.store import Store
from tests.record.builders import EXPORT, account, post, registry, rows, save

SEEN = 10_000_000
KEPT = "SELECT text, source, seen_at FROM post_text ORDER BY key_id"


def test_what_the_same_source_says_last_stands_and_its_silence_changes_nothing(
    store: Store,
) -> None:
    (key,) = registry(store)
    save(store, key, post("p", SEEN - DAY, text="造成3人受伤"))
    save(store, key, post("p", SEEN - DAY, observed_at=SEEN + 9, text="造成5人受伤"))
    save(store, key, post("p", SEEN - DAY, observed_at=SEEN + 20))
    assert rows(store, KEPT) == [("造成5人受伤", "接口采集", SEEN + 9)]


def test_another_source_is_heard_only_where_it_says_more(store: Store) -> None:
    (key,) = registry(store)
    save(store, key, post("p", SEEN - DAY, text="全文共有十个字左右"))
    save(store, key, post("p", SEEN - DAY, observed_at=SEEN + 9, text="摘要"), route=EXPORT)
    assert rows(store, KEPT)[0][:2] == ("全文共有十个字左右", "接口采集")
    longer = post("p", SEEN - DAY, observed_at=SEEN + 9, text="全文共有十个字左右,还有更多")
    save(store, key, longer, route=EXPORT)
    assert [row[0] for row in rows(store, KEPT)] == ["全文共有十个字左右,还有更多"]


def test_of_rows_of_one_post_the_last_seen_stands(store: Store) -> None:
    (key,) = registry(store)
    first, last = post("p", SEEN - DAY, text="先"), post("p", SEEN - DAY, observed_at=SEEN + 1)
    save(store, key, first, last, post("p", SEEN - DAY, observed_at=SEEN + 2, text="后"))
    assert rows(store, KEPT) == [("后", "接口采集", SEEN + 2)]


def test_an_old_post_and_an_officers_own_account_leave_no_words(store: Store) -> None:
    official, personal = registry(store, account(), account("乙", "u2", kind=Kind.PERSONAL))
    save(store, official, post("old", SEEN - YOUNG - 1, text="旧"))
    save(store, official, post("young", SEEN - YOUNG, text="新"))
    save(store, personal, post("own", SEEN - DAY, text="本人"))
    assert [row[0] for row in rows(store, KEPT)] == ["新"]
