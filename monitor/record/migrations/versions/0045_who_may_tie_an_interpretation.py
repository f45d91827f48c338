"""登记解读: tied by the drafting unit or confirmed by the department, or still to be confirmed."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward. What was tied before stands as it did."""
    stands = sa.Column("stands", sa.Boolean(), nullable=False, server_default=sa.true())
    op.add_column("interpretation_link", stands)


def downgrade() -> None:
    """Back."""
    op.drop_column("interpretation_link", "stands")
