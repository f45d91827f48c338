"""The steps of the schema form one chain: each follows the one before, and none stands twice."""

import re

from tests.architecture.sources import ROOT

STEPS = ROOT / "monitor" / "record" / "migrations" / "versions"
SAID = re.compile(r'^(revision|down_revision) = (?:"(\w+)"|None)', re.MULTILINE)


def test_each_step_follows_the_one_before_and_bears_its_number() -> None:
    names = sorted(path.name for path in STEPS.glob("[0-9]*.py"))
    before = ""
    for number, name in enumerate(names, start=1):
        said = dict(SAID.findall((STEPS / name).read_text("utf-8")))
        assert said == {"revision": f"{number:04}", "down_revision": before}, name
        assert name.startswith(f"{number:04}_")
        before = f"{number:04}"
