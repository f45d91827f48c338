"""The links and menu entries accounts offer, and how each fared when it was asked."""

import sqlalchemy as sa
from alembic import op

from monitor.record.tables.base import Identity

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "service_link",
        sa.Column("id", Identity, nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("found_in", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("dropped_at", sa.BigInteger(), nullable=True),
        sa.Column("checked_at", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("told", sa.String(), nullable=False),
        sa.Column("failing_since", sa.BigInteger(), nullable=True),
        sa.Column("dead_since", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_service_link_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_link")),
        sa.UniqueConstraint("account_id", "found_in", "name", "url", name="uq_service_link"),
    )
    op.create_index("ix_service_link_due", "service_link", ["dropped_at", "checked_at"])


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_service_link_due", "service_link")
    op.drop_table("service_link")
