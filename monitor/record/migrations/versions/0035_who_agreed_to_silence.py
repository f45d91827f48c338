"""Who entered, shortened or took back an agreed silence, and why."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

ADDED = ("by", "reason", "follows", "withdrawn_by", "withdrawn_reason")


def upgrade() -> None:
    """Forward."""
    for name in ADDED:
        op.add_column("excuse", sa.Column(name, sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("excuse") as table:
        for name in ADDED:
            table.drop_column(name)
