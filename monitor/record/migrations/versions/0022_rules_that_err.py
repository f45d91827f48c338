"""Rules that erred too often on a platform, from when until when."""

import sqlalchemy as sa
from alembic import op

from monitor.record.tables.base import Identity

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "rule_fallback",
        sa.Column("id", Identity, nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("verified", sa.Integer(), nullable=False),
        sa.Column("overturned", sa.Integer(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("restored_by", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_fallback")),
    )
    op.create_index("ix_rule_fallback_rule", "rule_fallback", ["rule", "platform"])


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_rule_fallback_rule", "rule_fallback")
    op.drop_table("rule_fallback")
