"""Response 协同响应: one account's task of a campaign as lists that leave the house show it."""

from dataclasses import dataclass

from monitor.domain.campaign import Kind, Order, Task


@dataclass(frozen=True, slots=True)
class Release:
    """The campaign a task belongs to: its number, what it is, who published first and when.

    Instants are seconds; `first` is None before anybody has published."""

    number: str
    title: str
    kind: Kind
    order: Order
    issued_at: int
    first_account: str = ""
    first: int | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """One task with its account as the registry names it now. `excuse` is why it was 免发; `reach`
    is what was read or played about seven days after publishing, by `source`, None where nobody
    looked then."""

    release: Release
    task: Task
    region_name: str
    county_name: str
    unit_name: str
    platform: str
    account_name: str
    excuse: str = ""
    reach: int | None = None
    source: str = ""
