"""自愿参与: officers' own accounts invited to a campaign, apart from its tasks."""

import sqlalchemy as sa
from alembic import op

from monitor.record.tables.base import Document, Identity

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "campaign_invitation",
        sa.Column("id", Identity, nullable=False),
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("reply", sa.String(), nullable=False),
        sa.Column("invited_at", sa.BigInteger(), nullable=False),
        sa.Column("invited_by", sa.BigInteger(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=True),
        sa.Column("told_to", Document, nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [f"{other}_id"],
                [f"{other}.id"],
                name=op.f(f"fk_campaign_invitation_{other}_id_{other}"),
            )
            for other in ("campaign", "account", "unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_invitation")),
        sa.UniqueConstraint("campaign_id", "account_id", name="uq_campaign_invitation"),
    )
    op.create_index("ix_campaign_invitation_account", "campaign_invitation", ["account_id"])


def downgrade() -> None:
    """Back."""
    op.drop_table("campaign_invitation")
