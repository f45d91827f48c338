"""Trying another rulebook over the whole house."""

from monitor.actions import trying
from monitor.actions.sending import Sent
from monitor.actions.trying import Wanted
from monitor.settings import ROOT
from tests.kits.matrix import Act, Desk, bench


@bench(trying.try_out)
def try_out(desk: Desk) -> Act:
    wanted, sent = Wanted("gz2025"), Sent("whatif", "k")
    return lambda actor: trying.try_out(desk.store, actor, ROOT / "data", wanted, sent)
