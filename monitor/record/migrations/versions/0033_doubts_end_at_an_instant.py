"""The instant a rule was restored at, exactly: what was judged before it is judged so again."""

import sqlalchemy as sa
from alembic import op

from monitor.domain.instants import OPEN

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

WITHIN = 999_999
"""A second's last microsecond: rows restored before this step know their second only."""


def upgrade() -> None:
    """Forward."""
    superseded = sa.Column(
        "superseded_at", sa.BigInteger(), nullable=False, server_default=str(OPEN)
    )
    op.add_column("rule_fallback", superseded)
    op.execute(
        f"UPDATE rule_fallback SET superseded_at = until * 1000000 + {WITHIN}"
        " WHERE until IS NOT NULL"
    )


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("rule_fallback") as table:
        table.drop_column("superseded_at")
