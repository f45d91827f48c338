"""An application about an account names the text it goes up for signature with."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("account_life", sa.Column("text_id", sa.BigInteger(), nullable=True))
    op.create_index("ix_account_life_text", "account_life", ["text_id"])


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_account_life_text", "account_life")
    with op.batch_alter_table("account_life") as table:
        table.drop_column("text_id")
