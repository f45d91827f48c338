"""Texts to be published, their approvals, forms sent once and drafts of forms."""

import sqlalchemy as sa
from alembic import op

from monitor.record.tables.base import Document, Identity

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "manuscript",
        sa.Column("id", Identity, nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("drafter_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_manuscript_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_manuscript")),
    )
    op.create_index("ix_manuscript_unit", "manuscript", ["unit_id"])
    op.create_table(
        "manuscript_text",
        sa.Column("manuscript_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("platforms", Document, nullable=False),
        sa.Column("planned_at", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["manuscript_id"], ["manuscript.id"], name=op.f("fk_manuscript_text_manuscript_id")
        ),
        sa.PrimaryKeyConstraint("manuscript_id", "version", name=op.f("pk_manuscript_text")),
    )
    op.create_table(
        "approval",
        sa.Column("id", Identity, nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("drafter_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("chain", sa.String(), nullable=False),
        sa.Column("chain_version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("planned_at", sa.BigInteger(), nullable=True),
        sa.Column("distinct", sa.Boolean(), nullable=False),
        sa.Column("confirms", Document, nullable=False),
        sa.Column("attested_by", sa.String(), nullable=False),
        sa.Column("paper", Document, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_approval_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
        sa.UniqueConstraint("subject_kind", "subject_id", name="uq_approval_subject"),
    )
    op.create_index("ix_approval_state", "approval", ["state", "due_at"])
    op.create_index("ix_approval_unit", "approval", ["unit_id"])
    op.create_table(
        "approval_step",
        sa.Column("id", Identity, nullable=False),
        sa.Column("approval_id", sa.BigInteger(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("holder_id", sa.BigInteger(), nullable=True),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("void", sa.Boolean(), nullable=False),
        sa.Column("signed_by", sa.BigInteger(), nullable=True),
        sa.Column("behalf_id", sa.BigInteger(), nullable=True),
        sa.Column("signed_at", sa.BigInteger(), nullable=True),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["approval.id"], name=op.f("fk_approval_step_approval_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_step")),
    )
    op.create_index("ix_approval_step_approval", "approval_step", ["approval_id", "round"])
    op.create_index(
        "ix_approval_step_turn",
        "approval_step",
        ["role", "holder_id"],
        sqlite_where=sa.text("open"),
        postgresql_where=sa.text("open"),
    )
    op.create_table(
        "approval_move",
        sa.Column("id", Identity, nullable=False),
        sa.Column("approval_id", sa.BigInteger(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("move", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("behalf_id", sa.BigInteger(), nullable=True),
        sa.Column("to_id", sa.BigInteger(), nullable=True),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["approval.id"], name=op.f("fk_approval_move_approval_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_move")),
    )
    op.create_index("ix_approval_move_approval", "approval_move", ["approval_id"])
    op.create_table(
        "sending",
        sa.Column("id", Identity, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("result", Document, nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sending")),
        sa.UniqueConstraint("key", name=op.f("uq_sending_key")),
    )
    op.create_table(
        "form_draft",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("words", Document, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_form_draft_person_id")),
        sa.PrimaryKeyConstraint("person_id", "form", name=op.f("pk_form_draft")),
    )


def downgrade() -> None:
    """Back."""
    for name in ("form_draft", "sending", "approval_move", "approval_step", "approval"):
        op.drop_table(name)
    op.drop_table("manuscript_text")
    op.drop_table("manuscript")
