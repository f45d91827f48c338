"""What the demonstration's office has behind it: taken in once the first page is there.

The months before come as files of the units' back ends, as an office that begins gets them, and on
them stands last quarter's 考核. Cut short, it is taken up again at the next start.
"""

from typing import Final

from monitor.demo import quarter_story
from monitor.demo.fill import LOGIN, SEED, day_filled
from monitor.demo.province import Province
from monitor.demo.quarter_story import Wait
from monitor.domain.running import RunOutcome, RunReport
from monitor.runs import frame, judge, load, query, states
from monitor.runs.parts import Parts

COMMAND: Final = "demo-past"


def fill(parts: Parts, wait: Wait) -> RunReport | None:
    """Files, then the quarter, by the runs and actions an office uses; None where it is done, or
    the province stands as on its first day. `wait` does the jobs that wait, or lets go on who does.
    """
    if states.ever_done(parts, COMMAND) or not query.signs_in(parts, quarter_story.HEAD):
        return None

    def work(_under: frame.Under) -> RunReport:
        province = Province(SEED, day_filled(parts), small=parts.demo_small)
        posts = taken_in(parts, province, wait)
        quarter_story.fill(parts, province, LOGIN, wait)
        return RunReport(RunOutcome.DONE, {"新作品": posts, "考核": 1})

    return frame.run(parts, COMMAND, work)


def taken_in(parts: Parts, province: Province, wait: Wait) -> int:
    """The files of the months before, and what they change; posts that were new. A file that was
    taken in before adds nothing."""
    posts = 0
    for export in province.past_exports():
        covers = (export.covers_from, export.covers_to)
        asked = load.Asked("universal", covers=covers)
        posts += load.take(parts, export.content, export.name, asked).new_posts
        wait()
    judge.run(parts, everything=True)
    return posts
