"""The duty roster and the ledger of liaisons."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "duty",
        sa.Column("id", KEY, nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("leader", sa.String(), nullable=False),
        sa.Column("officer", sa.String(), nullable=False),
        sa.Column("backup", sa.String(), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_duty_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty")),
        sa.UniqueConstraint("unit_id", "day", name="uq_duty_unit_day"),
    )
    op.create_index(op.f("ix_duty_day"), "duty", ["day"])
    op.create_table(
        "liaison",
        sa.Column("id", KEY, nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("badge", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("since", sa.String(), nullable=False),
        sa.Column("until", sa.String(), nullable=False),
        sa.Column("predecessor", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_liaison_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["predecessor"], ["liaison.id"], name=op.f("fk_liaison_predecessor_liaison")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_liaison")),
        sa.UniqueConstraint("unit_id", "name", "since", name="uq_liaison_unit_name"),
    )
    op.create_index("ix_liaison_predecessor", "liaison", ["predecessor"])


def downgrade() -> None:
    """Back."""
    op.drop_table("liaison")
    op.drop_table("duty")
