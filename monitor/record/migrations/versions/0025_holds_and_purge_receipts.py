"""Holds that stop the purge, receipts of what it took, files it still owes."""

import sqlalchemy as sa
from alembic import op

from monitor.record.tables.base import Identity

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "data_hold",
        sa.Column("id", Identity, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("since", sa.BigInteger(), nullable=True),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("reason_id", sa.BigInteger(), nullable=False),
        sa.Column("placed_by", sa.BigInteger(), nullable=False),
        sa.Column("placed_at", sa.BigInteger(), nullable=False),
        sa.Column("lifted_by", sa.BigInteger(), nullable=True),
        sa.Column("lifted_at", sa.BigInteger(), nullable=True),
        sa.Column("lift_reason_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_data_hold_account_id_account")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_data_hold_case_id_case")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_data_hold_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_hold")),
    )
    in_force = sa.text("lifted_at IS NULL")
    op.create_index(
        "ix_data_hold_in_force",
        "data_hold",
        ["kind"],
        sqlite_where=in_force,
        postgresql_where=in_force,
    )
    op.create_table(
        "purge_receipt",
        sa.Column("id", Identity, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("many", sa.Integer(), nullable=False),
        sa.Column("oldest", sa.BigInteger(), nullable=False),
        sa.Column("newest", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("rules_sha256", sa.String(), nullable=False),
        sa.Column("ids_sha256", sa.String(), nullable=False),
        sa.Column("run_id", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_purge_receipt_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purge_receipt")),
    )
    op.create_index("ix_purge_receipt_kind", "purge_receipt", ["kind", "id"])
    op.create_index("ix_purge_receipt_run", "purge_receipt", ["run_id"])
    op.create_table(
        "purge_file",
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("receipt_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["receipt_id"],
            ["purge_receipt.id"],
            name=op.f("fk_purge_file_receipt_id_purge_receipt"),
        ),
        sa.PrimaryKeyConstraint("place", "name", name=op.f("pk_purge_file")),
    )
    op.create_index("ix_pass_run", "pass", ["run_id"])
    op.create_index("ix_report_line_link", "report_line", ["link_id"])
    op.create_index("ix_receipt_answer_link", "receipt_answer", ["link_id"])


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_receipt_answer_link", "receipt_answer")
    op.drop_index("ix_report_line_link", "report_line")
    op.drop_index("ix_pass_run", "pass")
    op.drop_table("purge_file")
    op.drop_table("purge_receipt")
    op.drop_table("data_hold")
