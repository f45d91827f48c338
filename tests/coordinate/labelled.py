"""Pairs of a release and a post whose truth is known, because they are made that way, by a seed."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

from monitor.domain.matching import Published, Release
from tests.coordinate import labelled_texts as texts

NUMBERS: Final = "零一二三四五六七八九十"


@dataclass(frozen=True)
class Pair:
    """`same`: the post is the release; `changed`: one of its facts was altered."""

    release: Release
    post: Published
    sort: str
    same: bool
    changed: bool = False


@dataclass(frozen=True)
class Event:
    """What happened, where, and how many."""

    topic: str
    city: str
    place: str
    month: int
    day: int
    hour: int
    people: int
    amount: int
    count: int
    scam: str
    event: str
    other: bool = False
    """Chinese numerals, full-width signs and the other ways of writing the same."""

    def fill(self, wording: str) -> str:
        text = wording.format(
            city=self.city,
            place=self.place,
            organ=f"{self.city}公安局",
            date=self._date(),
            time=self._time(),
            people=f"{NUMBERS[self.people] if self.other and self.people <= 10 else self.people}人",
            amount=f"{self.amount}万元" if not self.other else f"{self.amount * 10_000:,}元",
            count=self.count,
            scam=self.scam,
            event=self.event,
        )
        return text.replace(",", "，") if self.other else text

    def _date(self) -> str:
        return f"{self.month}月{self.day}{'号' if self.other else '日'}"

    def _time(self) -> str:
        if self.other and self.hour > 12:
            return f"下午{self.hour - 12}点"
        return f"{self.hour}时"

    def facts(self) -> tuple[tuple[str, str], ...]:
        return (("地点", self.place), ("人数", f"{self.people}人"), ("金额", f"{self.amount}万元"))


class Maker:
    """Makes pairs. Every kind is a method of a release's event; the same seed, the same pairs."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self._ids = count(1)

    def pairs(self, releases: int) -> Iterator[Pair]:
        """So many releases with a dozen posts each."""
        for _ in range(releases):
            event = self.event()
            release = self.release(event)
            for sort, (same, make) in self._kinds().items():
                yield Pair(release, self.post(make(event)), sort, same)
            for sort, altered in self.alterations(event):
                laid = self._dice.choice((self.embedded, lambda it: self.framed(self.texts(it))))
                post = self.post(laid(altered))
                yield Pair(release, post, sort, same=True, changed=True)

    def _kinds(self) -> dict[str, tuple[bool, Callable[[Event], tuple[str, str]]]]:
        return {
            "原文": (True, lambda it: self.framed(self.texts(it))),
            "原文另写": (True, lambda it: self.framed(self.texts(replace(it, other=True)))),
            "删减": (True, self.shortened),
            "改标题": (True, self.retitled),
            "部分改写": (True, self.rewritten),
            "部分改写2": (True, self.rewritten),
            "长文": (True, self.embedded),
            "摘要": (True, self.digest),
            "同名他文": (False, self.namesake),
            "同题他稿": (False, lambda it: self.framed(self.texts(self.another(it)))),
            "同题他稿改写": (False, lambda it: self.rewritten(self.another(it))),
            "他地": (False, self.elsewhere),
            "他题": (False, lambda it: self.framed(self.texts(self.event(besides=it.topic)))),
            "无关": (False, lambda _: self.framed(("", self._dice.choice(texts.OTHERS)))),
        }

    def event(self, besides: str = "", topic: str = "") -> Event:
        dice = self._dice
        return Event(
            topic=topic or dice.choice([each for each in texts.TOPICS if each != besides]),
            city=dice.choice([*texts.CITIES, *(pair[0] for pair in texts.TRAPS)]),
            place=dice.choice(texts.PLACES),
            month=dice.randint(1, 12),
            day=dice.randint(1, 28),
            hour=dice.randint(6, 21),
            people=dice.randint(2, 40),
            amount=dice.randint(2, 90),
            count=dice.randint(2, 9),
            scam=dice.choice(texts.SCAMS),
            event=dice.choice(texts.EVENTS),
        )

    def another(self, event: Event) -> Event:
        """Another event of the same topic: the same office words, nothing of it the same."""
        found = self.event()
        while found.place == event.place or (found.month, found.day) == (event.month, event.day):
            found = self.event()
        return replace(found, topic=event.topic)

    def elsewhere(self, event: Event) -> tuple[str, str]:
        """Another place's own release, often one with nearly the same name."""
        traps = dict(texts.TRAPS) | {second: first for first, second in texts.TRAPS}
        city = traps.get(event.city) or self._dice.choice([*texts.CITIES])
        found = replace(self.another(event), city=city)
        return self.framed(self.texts(found), own=city[:-1])

    def release(self, event: Event) -> Release:
        title, text = self.texts(event)
        return Release(next(self._ids), title, text, facts=event.facts(), regions=(event.city,))

    def post(self, written: tuple[str, str]) -> Published:
        return Published(next(self._ids), 1, *written)

    def texts(self, event: Event, wording: tuple[int, ...] = ()) -> tuple[str, str]:
        """Title and text; `wording` of every sentence, as approved where it is not given."""
        title, sentences = texts.TOPICS[event.topic]
        chosen = wording or (0,) * len(sentences)
        body = "".join(each[which] for each, which in zip(sentences, chosen, strict=True))
        return event.fill(title), event.fill(body)

    def framed(self, written: tuple[str, str], own: str = "") -> tuple[str, str]:
        """With a greeting and a line of its own, as units add them."""
        own = own or self._dice.choice(["江陵", "公安县", "监利", "洪湖", "石首"])
        head = self._dice.choice(texts.HEADS).format(own=own)
        tail = self._dice.choice(texts.TAILS).format(own=own)
        title, text = written
        if self._dice.random() < 0.3:
            return "", f"{head}{title}\n{text}{tail}"
        return title, f"{head}{text}{tail}"

    def shortened(self, event: Event) -> tuple[str, str]:
        """Two to four of the sentences, the first among them, for a platform with little room."""
        title, sentences = texts.TOPICS[event.topic]
        rest = self._dice.sample(range(1, len(sentences)), self._dice.randint(1, 3))
        text = "".join(sentences[each][0] for each in (0, *sorted(rest)))
        return self.framed((event.fill(title), event.fill(text)))

    def retitled(self, event: Event) -> tuple[str, str]:
        titles = ("刚刚通报!", "扩散周知", "这件事,大家都要知道", "最新消息", "事关每一个人!")
        return self.framed((self._dice.choice(titles), self.texts(event)[1]))

    def rewritten(self, event: Event) -> tuple[str, str]:
        """Two or three of the six sentences in other words."""
        size = len(texts.TOPICS[event.topic][1])
        others = self._dice.sample(range(size), self._dice.randint(2, 3))
        wording = tuple(int(each in others) for each in range(size))
        return self.framed(self.texts(event, wording))

    def embedded(self, event: Event) -> tuple[str, str]:
        """In an article of its own, under a title of its own."""
        before, after = self._dice.sample(texts.AROUND, 2)
        return self._dice.choice(texts.CATCHING), f"{before}\n{self.texts(event)[1]}\n{after}"

    def digest(self, event: Event) -> tuple[str, str]:
        """What a feed gives of it: a title of its own and how the text begins."""
        return self._dice.choice(texts.CATCHING), self.texts(event)[1][
            : self._dice.randint(60, 120)
        ]

    def namesake(self, event: Event) -> tuple[str, str]:
        """The approved title above what happened elsewhere, in other words."""
        own = self.event(besides=event.topic)
        return self.texts(event)[0], self.texts(own)[1]

    def alterations(self, event: Event) -> Iterator[tuple[str, Event]]:
        """One fact of it said otherwise: a number or a date."""
        dice = self._dice
        yield "改日期", replace(event, day=event.day % 28 + dice.randint(1, 3))
        ways = [
            replace(event, people=event.people + dice.randint(1, 30)),
            replace(event, amount=event.amount * 10),
            replace(event, hour=(event.hour + dice.randint(1, 3)) % 24),
            replace(event, count=event.count + dice.randint(1, 9)),
        ]
        yield "改数字", dice.choice([it for it in ways if self.texts(it) != self.texts(event)])
        if dice.random() < 0.5:
            others = [each for each in texts.PLACES if each != event.place]
            yield "改地点", replace(event, place=dice.choice(others))
