"""The office's word list, and what a person says of a hint."""

from monitor.actions import words
from monitor.domain.words import Decision
from tests.builders import a_post, put
from tests.collect.files import books
from tests.kits.matrix import Act, Desk, bench


@bench(words.keep)
def keep(desk: Desk) -> Act:
    content = books.xlsx([["词", "类别"], ["演练", "内部"]])
    return lambda actor: words.keep(desk.store, actor, "词表.xlsx", content)


@bench(words.decide)
def decide(desk: Desk) -> Act:
    account = desk.made.accounts[desk.account]
    with desk.store.writing() as tx:
        post = a_post(tx, account, desk.now - 7200, "内部资料")
        row = {"key_id": post, "account_id": account, "source": "词表", "word": "内部资料"}
        row |= {"category": "内部", "found_at": desk.now, "decision": ""}
        hint = put(tx, "word_hint", **row)
    return lambda actor: words.decide(desk.store, actor, hint, Decision.SEEN)
