"""协同告知: each message of a campaign, to whom, by what."""

import sqlalchemy as sa
from alembic import op

from monitor.record.tables.base import Document, Identity

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "campaign_letter",
        sa.Column("id", Identity, nullable=False),
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("robot_id", sa.BigInteger(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("outbox_id", sa.BigInteger(), nullable=True),
        sa.Column("paths", Document, nullable=False),
        sa.Column("tasks", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_letter_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_letter")),
    )
    op.create_index("ix_campaign_letter_campaign", "campaign_letter", ["campaign_id", "id"])
    op.create_index("ix_campaign_letter_outbox", "campaign_letter", ["outbox_id"])


def downgrade() -> None:
    """Back."""
    op.drop_table("campaign_letter")
