"""已转告: who handed a text on, and when; which notices were late reminders to the unit itself."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward. What was told before counts as no late reminder: to whom it went is not known."""
    for name in ("handed_at", "handed_by"):
        op.add_column("campaign_letter", sa.Column(name, sa.BigInteger(), nullable=True))
    urged = sa.Column("urged", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("campaign_notice", urged)


def downgrade() -> None:
    """Back."""
    op.drop_column("campaign_notice", "urged")
    op.drop_column("campaign_letter", "handed_by")
    op.drop_column("campaign_letter", "handed_at")
