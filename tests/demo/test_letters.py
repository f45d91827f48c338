"""The fifteen messages: all there, told apart, and met under the posts of the province."""

from collections import Counter

from monitor.demo.letters import LETTERS
from monitor.demo.province import Province
from monitor.demo.servers import talk
from monitor.domain.instants import DAY, day_start


def test_there_are_fifteen_of_the_kinds_the_office_knows() -> None:
    assert len({each.text for each in LETTERS}) == 15
    assert Counter(each.kind for each in LETTERS) == {
        "咨询": 5, "求助": 3, "投诉": 2, "举报": 2, "建议": 1, "感谢": 1, "无效": 1,
    }  # fmt: skip
    assert [number for number, each in enumerate(LETTERS, 1) if each.police_now] == [4, 6]
    assert [number for number, each in enumerate(LETTERS, 1) if each.shielded] == [9]
    assert all("110" in each.handling for each in LETTERS if each.police_now)


def test_every_one_of_them_is_written_under_some_post_and_for_ever() -> None:
    province = Province()
    now = day_start(province.first_day)
    met: Counter[str] = Counter()
    texts = {each.text for each in LETTERS}
    for account in province.accounts("weibo")[:60]:
        for post in province.posts(account, now - 20 * DAY, now):
            written = [each.words for each in talk.said(post, now)]
            assert written == [each.words for each in talk.said(post, now)]
            met.update(each for each in written if each in texts)
    assert set(met) == texts
