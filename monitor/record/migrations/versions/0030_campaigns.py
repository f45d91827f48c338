"""Campaigns 协同发声: what is released, each account's task, every move, stops, what was told."""

import sqlalchemy as sa
from alembic import op

from monitor.record.tables.base import Document, Identity

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None
IN_FORCE = sa.text("lifted_at IS NULL")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "campaign",
        sa.Column("id", Identity, nullable=False),
        sa.Column("desk_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("serial", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("manuscript_id", sa.BigInteger(), nullable=False),
        sa.Column("amends_id", sa.BigInteger(), nullable=True),
        sa.Column("drafter_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("drafted_at", sa.BigInteger(), nullable=False),
        sa.Column("issued_at", sa.BigInteger(), nullable=True),
        sa.Column("issued_by", sa.BigInteger(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["desk_id"], ["unit.id"], name=op.f("fk_campaign_desk_id_unit")),
        sa.ForeignKeyConstraint(
            ["manuscript_id"], ["manuscript.id"], name=op.f("fk_campaign_manuscript_id_manuscript")
        ),
        sa.ForeignKeyConstraint(
            ["amends_id"], ["campaign.id"], name=op.f("fk_campaign_amends_id_campaign")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("desk_id", "year", "serial", name="uq_campaign_number"),
    )
    op.create_index("ix_campaign_desk", "campaign", ["desk_id", "id"])
    op.create_index("ix_campaign_state", "campaign", ["state", "due_at"])
    op.create_index("ix_campaign_manuscript", "campaign", ["manuscript_id"])
    op.create_table(
        "campaign_move",
        sa.Column("id", Identity, nullable=False),
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("move", sa.String(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_move_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_move")),
    )
    op.create_index("ix_campaign_move_campaign", "campaign_move", ["campaign_id"])
    op.create_table(
        "campaign_task",
        sa.Column("id", Identity, nullable=False),
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.Column("opens_at", sa.BigInteger(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("marks", sa.String(), nullable=False),
        sa.Column("reach", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("signed_at", sa.BigInteger(), nullable=True),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("places", Document, nullable=False),
        sa.Column("key_id", sa.BigInteger(), nullable=True),
        sa.Column("put_right_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_task_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_campaign_task_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_campaign_task_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_task")),
        sa.UniqueConstraint("campaign_id", "account_id", name="uq_campaign_task"),
    )
    op.create_index("ix_campaign_task_state", "campaign_task", ["state", "due_at"])
    op.create_index("ix_campaign_task_unit", "campaign_task", ["unit_id", "campaign_id"])
    op.create_index("ix_campaign_task_account", "campaign_task", ["account_id", "state"])
    op.create_table(
        "campaign_task_move",
        sa.Column("id", Identity, nullable=False),
        sa.Column("task_id", sa.BigInteger(), nullable=False),
        sa.Column("move", sa.String(), nullable=False),
        sa.Column("hand", sa.String(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["task_id"],
            ["campaign_task.id"],
            name=op.f("fk_campaign_task_move_task_id_campaign_task"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_task_move")),
    )
    op.create_index("ix_campaign_task_move_task", "campaign_task_move", ["task_id"])
    op.create_table(
        "campaign_stop",
        sa.Column("id", Identity, nullable=False),
        sa.Column("campaign_id", sa.BigInteger(), nullable=True),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("stopped_at", sa.BigInteger(), nullable=False),
        sa.Column("stopped_by", sa.BigInteger(), nullable=False),
        sa.Column("lifted_at", sa.BigInteger(), nullable=True),
        sa.Column("lifted_by", sa.BigInteger(), nullable=True),
        sa.Column("lift_words", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_stop_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_campaign_stop_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_stop")),
    )
    op.create_index(
        "ix_campaign_stop_force",
        "campaign_stop",
        ["path"],
        sqlite_where=IN_FORCE,
        postgresql_where=IN_FORCE,
    )
    op.create_table(
        "campaign_notice",
        sa.Column("id", Identity, nullable=False),
        sa.Column("task_id", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("told_to", Document, nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["task_id"], ["campaign_task.id"], name=op.f("fk_campaign_notice_task_id_campaign_task")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_notice")),
        sa.UniqueConstraint("task_id", "step", name="uq_campaign_notice"),
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("campaign_notice")
    op.drop_index("ix_campaign_stop_force", "campaign_stop")
    op.drop_table("campaign_stop")
    op.drop_index("ix_campaign_task_move_task", "campaign_task_move")
    op.drop_table("campaign_task_move")
    op.drop_index("ix_campaign_task_state", "campaign_task")
    op.drop_index("ix_campaign_task_unit", "campaign_task")
    op.drop_index("ix_campaign_task_account", "campaign_task")
    op.drop_table("campaign_task")
    op.drop_index("ix_campaign_move_campaign", "campaign_move")
    op.drop_table("campaign_move")
    op.drop_index("ix_campaign_desk", "campaign")
    op.drop_index("ix_campaign_state", "campaign")
    op.drop_index("ix_campaign_manuscript", "campaign")
    op.drop_table("campaign")
