"""Match: what a file says of each account the registry knows, and what it says of others."""

from collections.abc import Sequence
from dataclasses import replace

from monitor.domain.account import Account
from monitor.domain.errors import InputError
from monitor.domain.loading import LoadedAccount, LoadedFile


def match(
    read: LoadedFile, known: Sequence[Account], whose: Account | None
) -> tuple[dict[int, LoadedAccount], list[LoadedAccount]]:
    """By platform and uid, else by a name that is unique; a file that names nobody is of `whose`.

    InputError where it names nobody and `whose` is None.
    """
    by_uid = {(each.platform, each.uid): each for each in known if each.uid}
    by_name: dict[tuple[str, str], list[Account]] = {}
    for each in known:
        by_name.setdefault((each.platform, each.name), []).append(each)
    matched: dict[int, LoadedAccount] = {}
    unknown: list[LoadedAccount] = []
    for said in read.accounts:
        account = by_uid.get((said.platform, said.uid)) if said.uid else None
        if not (said.uid or said.name):
            account = _required(read, whose)
        same_name = by_name.get((said.platform, said.name), [])
        if account is None and not said.uid and len(same_name) == 1:
            account = same_name[0]
        if account is None or account.id is None:
            unknown.append(said)
        else:
            matched[account.id] = replace(said, platform=account.platform)
    return matched, unknown


def nameless(read: LoadedFile) -> bool:
    """Whether the file leaves open whose it is, as exports do."""
    return any(not (each.uid or each.name) for each in read.accounts)


def pick(known: Sequence[Account], picked: str, platform: str) -> Account:
    """The account called so, by id, name or the registry's number (`#12`)."""
    found = [
        each
        for each in known
        if picked in (each.uid, each.name, f"#{each.id}") and platform in ("", each.platform)
    ]
    if len(found) != 1:
        trouble = "台账里没有" if not found else f"台账里有{len(found)}个"
        raise InputError(f"{trouble}名为“{picked}”的账号", "--account", "请改用账号ID")
    return found[0]


def _required(read: LoadedFile, whose: Account | None) -> Account:
    if whose is None:
        raise InputError(
            "文件里没有账号名称", read.name, "请用 --account 指明账号,或把账号名称写进文件名"
        )
    return whose
