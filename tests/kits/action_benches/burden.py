"""基层负担: more allowed for the place, and other caps for the house."""

from dataclasses import replace

from monitor.actions import burden
from monitor.actions.burden import Allowing
from monitor.actions.sending import Sent
from monitor.domain.burden import Sort
from tests.builders import VAULT
from tests.kits.matrix import Act, Desk, bench

SENT = Sent("burden", "k")


@bench(burden.allow)
def allow(desk: Desk) -> Act:
    asked = Allowing(Sort.FORM, desk.unit_id, 1, "上级临时部署")
    return lambda actor: burden.allow(desk.store, actor, VAULT, asked, SENT)


@bench(burden.set_caps)
def set_caps(desk: Desk) -> Act:
    seen = replace(SENT, version=burden.caps_of(desk.store).version)
    return lambda actor: burden.set_caps(desk.store, actor, {"填报": 2}, seen)
