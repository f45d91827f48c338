"""态: accounts whose state an office dates, and the day the registry began."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from monitor.domain.account import State
from monitor.domain.errors import InputError
from monitor.domain.instants import shanghai_day
from monitor.domain.running import RunOutcome, RunReport
from monitor.record import accounts, runlog
from monitor.runs import frame
from monitor.runs.parts import Parts


def change(
    parts: Parts, changes: Mapping[tuple[str, str], tuple[State, date]], source: str
) -> RunReport | None:
    """Accounts, by (platform, uid), are in another state from a day on.

    InputError where the registry does not know one of them; nothing is saved then.
    """

    def work(_under: frame.Under) -> RunReport:
        with parts.store.writing() as tx:
            known = {(each.platform, each.uid): each for each in accounts.all_accounts(tx)}
            missing = [uid for platform, uid in changes if (platform, uid) not in known]
            if missing:
                raise InputError(f"台账里没有账号ID“{missing[0]}”", source, "请先导入台账")
            altered = [
                replace(known[key], state=state, valid_from=since)
                for key, (state, since) in changes.items()
            ]
            accounts.save(tx, altered)
        return RunReport(RunOutcome.DONE, {"变更": len(changes)})

    return frame.run(parts, "accounts-import", work, {"file": source})


def first_day(parts: Parts) -> date | None:
    """The Shanghai day the first account entered the registry; None while there is none."""
    with parts.store.reading() as tx:
        since = accounts.first_registered(tx)
    return None if since is None else shanghai_day(since)


def swept(parts: Parts) -> bool:
    """Whether the accounts were ever gone through."""
    with parts.store.reading() as tx:
        return runlog.last_ended(tx, "collect") is not None


def ever_done(parts: Parts, command: str) -> bool:
    """Whether a run of this name ever came to a good end."""
    with parts.store.reading() as tx:
        return runlog.ever_done(tx, command)
