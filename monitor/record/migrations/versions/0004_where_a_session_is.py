"""Where a session is: the address and the sort of browser it was opened from."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    for name in ("address", "device"):
        op.add_column("session", sa.Column(name, sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    """Back."""
    for name in ("device", "address"):
        op.drop_column("session", name)
