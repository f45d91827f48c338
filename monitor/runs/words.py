"""词: titles collected since the last time are looked through; a word found is a hint only."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from monitor.collect import word_sheet
from monitor.collect.checker import CHECKERS, Service
from monitor.domain.errors import CannotRun
from monitor.domain.running import RunOutcome, RunReport
from monitor.domain.words import OWN, Found, Text, WordList
from monitor.record import hints
from monitor.runs import frame
from monitor.runs.parts import Parts

AT_ONCE = 5000
ASKED = 200
Look = Callable[[Sequence[Text]], Mapping[int, Sequence[Found]]]


def run(parts: Parts, scheduled_for: datetime | None = None) -> RunReport | None:
    """Look through what is new, by the lists and by the bought service where there is one.

    None where this firing ran before. A service that fails costs only its own hints: it goes on
    from where it was next time.
    """

    def work(_under: frame.Under) -> RunReport:
        counts = dict(zip(("作品", "提示"), _own(parts), strict=True))
        if not parts.checker_url:
            return RunReport(RunOutcome.DONE, counts)
        try:
            counts |= dict(zip(("外部核查作品", "外部提示"), _bought(parts), strict=True))
        except CannotRun as error:
            return RunReport(RunOutcome.PARTIAL, counts, str(error))
        return RunReport(RunOutcome.DONE, counts)

    return frame.run(parts, "words", work, {}, scheduled_for)


def _own(parts: Parts) -> tuple[int, int]:
    words, patterns, digest = word_sheet.shipped(parts.data_dir)
    with parts.store.reading() as tx:
        office = hints.words(tx)
    known = WordList([*words, *office], patterns)
    digest = sha256(f"{digest}{office}".encode()).hexdigest()

    def look(texts: Sequence[Text]) -> Mapping[int, Sequence[Found]]:
        return {each.key_id: known.find(each.text) for each in texts}

    return _through(parts, OWN, digest, look, AT_ONCE)


def _bought(parts: Parts) -> tuple[int, int]:
    name = parts.checker
    checker = CHECKERS.get(name)(Service(parts.checker_url, parts.checker_key))
    return _through(parts, name, parts.checker_url, checker.check, ASKED)


def _through(parts: Parts, source: str, digest: str, look: Look, most: int) -> tuple[int, int]:
    """Part by part, each kept with how far it went, so that a break costs one part."""
    looked = found = 0
    while True:
        with parts.store.reading() as tx:
            texts = hints.after(tx, hints.upto(tx, source, digest), most)
        if not texts:
            return looked, found
        hits = look(texts)
        with parts.store.writing() as tx:
            hints.put(tx, source, digest, texts, hits)
        looked += len(texts)
        found += sum(len(each) for each in hits.values())
