"""The documents of a quarter that are to be interpreted, and which campaign interprets which."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False)


def _numbers(*names: str, nullable: bool = False) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger(), nullable=nullable) for name in names]


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "interpretation_list",
        _id(),
        *_numbers("desk_id"),
        sa.Column("quarter", sa.String(), nullable=False),
        *_numbers("drafted_by", "changed_by"),
        *_numbers("final_by", "final_at", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *_numbers("recorded_at"),
        _to("interpretation_list", "desk_id", "unit"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interpretation_list")),
        sa.UniqueConstraint("desk_id", "quarter", name="uq_interpretation_list"),
    )
    op.create_table(
        "interpretation_document",
        _id(),
        *_numbers("list_id"),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        *_numbers("issued_at", "unit_id"),
        _to("interpretation_document", "list_id", "interpretation_list"),
        _to("interpretation_document", "unit_id", "unit"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interpretation_document")),
    )
    op.create_index("ix_interpretation_document_list", "interpretation_document", ["list_id"])
    op.create_table(
        "interpretation_link",
        _id(),
        *_numbers("document_id", "campaign_id", "by", "recorded_at"),
        _to("interpretation_link", "document_id", "interpretation_document"),
        _to("interpretation_link", "campaign_id", "campaign"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interpretation_link")),
    )
    op.create_index("ix_interpretation_link_document", "interpretation_link", ["document_id"])


def downgrade() -> None:
    """Back."""
    op.drop_table("interpretation_link")
    op.drop_table("interpretation_document")
    op.drop_table("interpretation_list")
