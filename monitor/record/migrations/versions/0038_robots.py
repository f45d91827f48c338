"""群机器人: sealed addresses; letters that are not sent again by themselves."""

import sqlalchemy as sa
from alembic import op

from monitor.record.tables.base import Identity

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "robot",
        sa.Column("id", Identity, nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("hint", sa.String(), nullable=False),
        sa.Column("tried_at", sa.BigInteger(), nullable=True),
        sa.Column("tried", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_robot_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_robot")),
        sa.UniqueConstraint("unit_id", "channel", "name", name="uq_robot_name"),
    )
    op.add_column("outbox", sa.Column("claimed_at", sa.BigInteger(), nullable=True))
    op.add_column(
        "outbox", sa.Column("once", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_index("ix_outbox_recipient", "outbox", ["recipient", "claimed_at"])


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_outbox_recipient", "outbox")
    with op.batch_alter_table("outbox") as table:
        table.drop_column("once")
        table.drop_column("claimed_at")
    op.drop_table("robot")
