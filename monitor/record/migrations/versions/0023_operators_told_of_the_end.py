"""What operators were told of an authorisation's end: one row a credential, end and step."""

import sqlalchemy as sa
from alembic import op

from monitor.record.tables.base import Document, Identity

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "credential_notice",
        sa.Column("id", Identity, nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("told_to", Document, nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential_notice")),
        sa.UniqueConstraint(
            "reader", "account_id", "expires_at", "step", name="uq_credential_notice"
        ),
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("credential_notice")
