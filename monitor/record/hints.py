"""词语提示 in the store: the office's list, hints, and how far each source has looked."""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import delete, insert, select, text, update

from monitor.domain.errors import Conflict
from monitor.domain.words import Decision, Found, Text, Word
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

WORD: Final = METADATA.tables["office_word"]
HINT: Final = METADATA.tables["word_hint"]
PASS: Final = METADATA.tables["word_pass"]
POST_KEY: Final = METADATA.tables["post_key"]
PUT: Final = text(
    "INSERT INTO word_hint (key_id, account_id, source, word, category, found_at, decision)"
    " VALUES (:key_id, :account_id, :source, :word, :category, :found_at, '')"
    " ON CONFLICT (key_id, source, word) DO NOTHING"
)


def words(tx: Reading) -> tuple[Word, ...]:
    """The office's own list."""
    rows = tx.conn.execute(select(WORD.c.word, WORD.c.category).order_by(WORD.c.word))
    return tuple(Word(row.word, row.category) for row in rows)


def keep_words(tx: Writing, given: Sequence[Word]) -> None:
    """This list in place of the former one."""
    tx.conn.execute(delete(WORD))
    stamp = {"recorded_at": tx.stamp}
    rows = [{"word": each.text, "category": each.category, **stamp} for each in given]
    tx.conn.execute(insert(WORD), rows)


def upto(tx: Reading, source: str, digest: str) -> int:
    """The last key a source has looked at with this list; 0 where the list is another one."""
    query = select(PASS.c.upto).where(PASS.c.source == source, PASS.c.digest == digest)
    return tx.conn.execute(query).scalar() or 0


def after(tx: Reading, key_id: int, most: int) -> list[Text]:
    """Titles of the next posts that have one, in order of their keys."""
    query = (
        select(POST_KEY.c.id, POST_KEY.c.account_id, POST_KEY.c.title)
        .where(POST_KEY.c.id > key_id, POST_KEY.c.title != "")
        .order_by(POST_KEY.c.id)
        .limit(most)
    )
    return [Text(row.id, row.account_id, row.title) for row in tx.conn.execute(query)]


def put(
    tx: Writing,
    source: str,
    digest: str,
    looked: Sequence[Text],
    found: Mapping[int, Sequence[Found]],
) -> None:
    """What a source found in these titles, and that it has looked so far; a hint stands once."""
    rows = [
        {
            "key_id": each.key_id,
            "account_id": each.account_id,
            "source": source,
            "word": one.word,
            "category": one.category,
            "found_at": tx.second,
        }
        for each in looked
        for one in found.get(each.key_id, ())
    ]
    if rows:
        tx.conn.execute(PUT, rows)
    tx.conn.execute(delete(PASS).where(PASS.c.source == source))
    last = max(each.key_id for each in looked)
    tx.conn.execute(insert(PASS).values(source=source, digest=digest, upto=last))


def account_of(tx: Reading, hint_id: int) -> int | None:
    """Whose post a hint is about; None where there is no such hint."""
    found: int | None = tx.conn.execute(
        select(HINT.c.account_id).where(HINT.c.id == hint_id)
    ).scalar()
    return found


def decide(tx: Writing, hint_id: int, decision: Decision, by: int | None) -> None:
    """What a person said of it; Conflict where somebody said so before."""
    done = tx.conn.execute(
        update(HINT)
        .where(HINT.c.id == hint_id, HINT.c.decision == "")
        .values(decision=decision.value, decided_by=by, decided_at=tx.second)
    )
    if done.rowcount != 1:
        raise Conflict("这条提示已有人看过", "", "请刷新后重试")
