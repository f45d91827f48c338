"""Rows of 协同发声: campaigns, every move of them, tasks, stops, what was told, volunteers."""

from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from monitor.record.tables.base import Document, Identity

IN_FORCE = text("lifted_at IS NULL")


class CampaignRow(SQLModel, table=True):
    """A campaign 协同发声 as it stands; compare-and-swap on `version`.

    `content` is all that is approved, as text; what was signed is its manuscript's. `state` is one
    of those that do not follow from the approval. Its number is given when it is issued.
    """

    __tablename__ = "campaign"
    __table_args__ = (
        UniqueConstraint("desk_id", "year", "serial", name="uq_campaign_number"),
        Index("ix_campaign_state", "state", "due_at"),
        Index("ix_campaign_desk", "desk_id", "id"),
        Index("ix_campaign_manuscript", "manuscript_id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    desk_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    year: int | None = None
    serial: int | None = None
    kind: str
    title: str
    content: str
    manuscript_id: int = Field(foreign_key="manuscript.id", sa_type=BigInteger)
    amends_id: int | None = Field(default=None, foreign_key="campaign.id", sa_type=BigInteger)
    drafter_id: int = Field(sa_type=BigInteger)
    state: str
    drafted_at: int = Field(sa_type=BigInteger)
    issued_at: int | None = Field(default=None, sa_type=BigInteger)
    issued_by: int | None = Field(default=None, sa_type=BigInteger)
    due_at: int = Field(sa_type=BigInteger)
    version: int = 1
    recorded_at: int = Field(sa_type=BigInteger)


class CampaignMoveRow(SQLModel, table=True):
    """One move of a campaign: who did what, when, with which words. Never changed."""

    __tablename__ = "campaign_move"
    __table_args__ = (Index("ix_campaign_move_campaign", "campaign_id"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    campaign_id: int = Field(foreign_key="campaign.id", sa_type=BigInteger)
    move: str
    person_id: int | None = Field(default=None, sa_type=BigInteger)
    words: str = ""
    before: str
    after: str
    at: int = Field(sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)


class CampaignTaskRow(SQLModel, table=True):
    """One account's task, frozen at issue: whose it was then, in which batch, and how it stands.

    `opens_at` NULL waits for the first to have published. `marks` say what was known of the account
    when it was chosen; `published_at` is the platform's own time; `key_id` the post that was seen,
    `found` where in it, `passage` the words.
    """

    __tablename__ = "campaign_task"
    __table_args__ = (
        UniqueConstraint("campaign_id", "account_id", name="uq_campaign_task"),
        Index("ix_campaign_task_account", "account_id", "state"),
        Index("ix_campaign_task_unit", "unit_id", "campaign_id"),
        Index("ix_campaign_task_state", "state", "due_at"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    campaign_id: int = Field(foreign_key="campaign.id", sa_type=BigInteger)
    account_id: int = Field(foreign_key="account.id", sa_type=BigInteger)
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    leads: bool = False
    opens_at: int | None = Field(default=None, sa_type=BigInteger)
    due_at: int = Field(sa_type=BigInteger)
    marks: str = ""
    reach: int | None = Field(default=None, sa_type=BigInteger)
    state: str
    signed_at: int | None = Field(default=None, sa_type=BigInteger)
    published_at: int | None = Field(default=None, sa_type=BigInteger)
    url: str = ""
    source: str = ""
    score: float | None = None
    places: list[Any] = Field(default_factory=list, sa_type=Document)
    found: str = ""
    passage: str = ""
    key_id: int | None = Field(default=None, sa_type=BigInteger)
    put_right_at: int | None = Field(default=None, sa_type=BigInteger)
    version: int = 0
    recorded_at: int = Field(sa_type=BigInteger)


class CampaignTaskMoveRow(SQLModel, table=True):
    """One move of a task: by whom, by which link, or by the machine; with which words."""

    __tablename__ = "campaign_task_move"
    __table_args__ = (Index("ix_campaign_task_move_task", "task_id"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    task_id: int = Field(foreign_key="campaign_task.id", sa_type=BigInteger)
    move: str
    hand: str
    person_id: int | None = Field(default=None, sa_type=BigInteger)
    words: str = ""
    before: str
    after: str
    at: int = Field(sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)


class CampaignStopRow(SQLModel, table=True):
    """紧急停发: of one campaign or (NULL) of all, within a unit's sub-tree, on one platform or ('')
    on all; in force until a second person lifts it."""

    __tablename__ = "campaign_stop"
    __table_args__ = (
        Index(
            "ix_campaign_stop_force",
            "path",
            sqlite_where=IN_FORCE,
            postgresql_where=IN_FORCE,
        ),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id", sa_type=BigInteger)
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    path: str
    platform: str = ""
    reason: str
    stopped_at: int = Field(sa_type=BigInteger)
    stopped_by: int = Field(sa_type=BigInteger)
    lifted_at: int | None = Field(default=None, sa_type=BigInteger)
    lifted_by: int | None = Field(default=None, sa_type=BigInteger)
    lift_words: str = ""
    version: int = 0
    recorded_at: int = Field(sa_type=BigInteger)


class CampaignNoticeRow(SQLModel, table=True):
    """What was told of a campaign's tasks: one row a task and step, told to whom; `urged` where it
    reminded the unit itself of what was late."""

    __tablename__ = "campaign_notice"
    __table_args__ = (UniqueConstraint("task_id", "step", name="uq_campaign_notice"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    task_id: int = Field(foreign_key="campaign_task.id", sa_type=BigInteger)
    step: str
    told_to: list[Any] = Field(default_factory=list, sa_type=Document)
    urged: bool = False
    recorded_at: int = Field(sa_type=BigInteger)


class CampaignLetterRow(SQLModel, table=True):
    """One message of a campaign to one person (NULL: of units for which nobody is entered), by the
    outbox or ('' as channel) as a text to paste, which `handed_by` handed on at `handed_at`. A
    message of several campaigns is a row of each.
    """

    __tablename__ = "campaign_letter"
    __table_args__ = (
        Index("ix_campaign_letter_campaign", "campaign_id", "id"),
        Index("ix_campaign_letter_outbox", "outbox_id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    campaign_id: int = Field(foreign_key="campaign.id", sa_type=BigInteger)
    what: str
    person_id: int | None = Field(default=None, sa_type=BigInteger)
    robot_id: int | None = Field(default=None, sa_type=BigInteger)
    channel: str
    outbox_id: int | None = Field(default=None, sa_type=BigInteger)
    paths: list[Any] = Field(default_factory=list, sa_type=Document)
    tasks: int
    text: str
    told_at: int = Field(sa_type=BigInteger)
    handed_at: int | None = Field(default=None, sa_type=BigInteger)
    handed_by: int | None = Field(default=None, sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)


class CampaignInvitationRow(SQLModel, table=True):
    """An officer's own account invited to a campaign: no task, and nothing that counts tasks reads
    it. `told_to` are the people who were asked to hand it on, at `told_at` (NULL: not yet)."""

    __tablename__ = "campaign_invitation"
    __table_args__ = (
        UniqueConstraint("campaign_id", "account_id", name="uq_campaign_invitation"),
        Index("ix_campaign_invitation_account", "account_id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    campaign_id: int = Field(foreign_key="campaign.id", sa_type=BigInteger)
    account_id: int = Field(foreign_key="account.id", sa_type=BigInteger)
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    reply: str
    invited_at: int = Field(sa_type=BigInteger)
    invited_by: int = Field(sa_type=BigInteger)
    told_at: int | None = Field(default=None, sa_type=BigInteger)
    told_to: list[Any] = Field(default_factory=list, sa_type=Document)
    answered_at: int | None = Field(default=None, sa_type=BigInteger)
    version: int = 0
    recorded_at: int = Field(sa_type=BigInteger)
