"""考核: revisions of schemes, assessments and what they froze, objections, reviewers, asks."""

import sqlalchemy as sa
from alembic import op

from monitor.record.tables.base import Document, Identity

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    _flow()
    _people()
    _frozen()
    _result()


def _flow() -> None:
    op.create_table(
        "scheme_revision",
        sa.Column("id", Identity, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("text_hash", sa.String(), nullable=False),
        sa.Column("base", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("valid_from", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=True),
        sa.Column("submitted_by", sa.BigInteger(), nullable=True),
        sa.Column("approver_id", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("issued_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme_revision")),
        sa.UniqueConstraint("key", "number", name="uq_scheme_revision_number"),
    )
    op.create_table(
        "assessment",
        sa.Column("id", Identity, nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("scheme_revision_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("roster_hash", sa.String(), nullable=False),
        sa.Column("as_of", sa.BigInteger(), nullable=True),
        sa.Column("known_at", sa.BigInteger(), nullable=True),
        sa.Column("reviewed_at", sa.BigInteger(), nullable=True),
        sa.Column("facts_hash", sa.String(), nullable=False),
        sa.Column("result_hash", sa.String(), nullable=False),
        sa.Column("amends_id", sa.BigInteger(), nullable=True),
        sa.Column("feedback_until", sa.BigInteger(), nullable=True),
        sa.Column("opened_by", sa.BigInteger(), nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("frozen_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scheme_revision_id"],
            ["scheme_revision.id"],
            name=op.f("fk_assessment_scheme_revision_id_scheme_revision"),
        ),
        sa.ForeignKeyConstraint(
            ["amends_id"], ["assessment.id"], name=op.f("fk_assessment_amends_id_assessment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
    )
    op.create_index("ix_assessment_amends", "assessment", ["amends_id"])
    op.create_index("ix_assessment_period", "assessment", ["period", "kind"])
    op.create_table(
        "assessment_move",
        sa.Column("id", Identity, nullable=False),
        sa.Column("assessment_id", sa.BigInteger(), nullable=False),
        sa.Column("move", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("papers", Document, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_assessment_move_assessment_id_assessment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_move")),
    )
    op.create_index("ix_assessment_move_assessment", "assessment_move", ["assessment_id"])


def _people() -> None:
    op.create_table(
        "assessment_objection",
        sa.Column("id", Identity, nullable=False),
        sa.Column("assessment_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("wanted", sa.Float(), nullable=True),
        sa.Column("files", Document, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("granted", sa.Float(), nullable=True),
        sa.Column("raised_by", sa.BigInteger(), nullable=True),
        sa.Column("raised_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_assessment_objection_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_assessment_objection_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_objection")),
    )
    op.create_index(
        "ix_assessment_objection_assessment", "assessment_objection", ["assessment_id", "unit_id"]
    )
    op.create_index("ix_assessment_objection_unit", "assessment_objection", ["unit_id"])
    op.create_table(
        "assessment_manual",
        sa.Column("id", Identity, nullable=False),
        sa.Column("assessment_id", sa.BigInteger(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("first_by", sa.BigInteger(), nullable=True),
        sa.Column("first_mark", sa.Float(), nullable=True),
        sa.Column("first_at", sa.BigInteger(), nullable=True),
        sa.Column("second_by", sa.BigInteger(), nullable=True),
        sa.Column("second_mark", sa.Float(), nullable=True),
        sa.Column("second_at", sa.BigInteger(), nullable=True),
        sa.Column("third_by", sa.BigInteger(), nullable=True),
        sa.Column("third_mark", sa.Float(), nullable=True),
        sa.Column("third_at", sa.BigInteger(), nullable=True),
        sa.Column("agreed", sa.Float(), nullable=True),
        sa.Column("agreed_by", sa.BigInteger(), nullable=True),
        sa.Column("agreed_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_assessment_manual_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_assessment_manual_unit_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_assessment_manual_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_manual")),
        sa.UniqueConstraint(
            "assessment_id", "indicator", "unit_id", "item", name="uq_assessment_manual"
        ),
    )
    op.create_index("ix_assessment_manual_unit", "assessment_manual", ["unit_id"])
    op.create_table(
        "assessment_ask",
        sa.Column("id", Identity, nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_assessment_ask_unit_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_assessment_ask_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_ask")),
    )
    op.create_index("ix_assessment_ask_period", "assessment_ask", ["period"])
    op.create_index("ix_assessment_ask_unit", "assessment_ask", ["unit_id", "period"])


def _frozen() -> None:
    op.create_table(
        "assessment_roster",
        sa.Column("assessment_id", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("parent", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("peers", sa.String(), nullable=False),
        sa.Column("headcount", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_assessment_roster_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_assessment_roster_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("assessment_id", "unit", name=op.f("pk_assessment_roster")),
    )
    op.create_index("ix_assessment_roster_unit", "assessment_roster", ["unit_id"])
    op.create_table(
        "assessment_fact",
        sa.Column("id", Identity, nullable=False),
        sa.Column("assessment_id", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=True),
        sa.Column("platform", sa.String(), nullable=True),
        sa.Column("numerator", sa.Float(), nullable=True),
        sa.Column("denominator", sa.Float(), nullable=True),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("samples", sa.Float(), nullable=True),
        sa.Column("cause", sa.String(), nullable=True),
        sa.Column("asked", sa.Float(), nullable=True),
        sa.Column("coverage", sa.Float(), nullable=True),
        sa.Column("carried", sa.Float(), nullable=True),
        sa.Column("self_reported", sa.Float(), nullable=True),
        sa.Column("sources", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_assessment_fact_assessment_id_assessment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_fact")),
    )
    op.create_index(
        "ix_assessment_fact_unit", "assessment_fact", ["assessment_id", "unit", "measure"]
    )


def _result() -> None:
    op.create_table(
        "assessment_line",
        sa.Column("id", Identity, nullable=False),
        sa.Column("assessment_id", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("most", sa.Float(), nullable=False),
        sa.Column("numerator", sa.Float(), nullable=True),
        sa.Column("denominator", sa.Float(), nullable=True),
        sa.Column("samples", sa.Float(), nullable=True),
        sa.Column("raw", sa.Float(), nullable=True),
        sa.Column("share", sa.Float(), nullable=True),
        sa.Column("points", sa.Float(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("adjusted", sa.Float(), nullable=False),
        sa.Column("coverage", sa.Float(), nullable=True),
        sa.Column("self_reported", sa.Float(), nullable=True),
        sa.Column("carry", sa.Float(), nullable=True),
        sa.Column("sources", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_assessment_line_assessment_id_assessment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_line")),
    )
    op.create_index("ix_assessment_line_unit", "assessment_line", ["assessment_id", "unit"])
    op.create_table(
        "assessment_count",
        sa.Column("id", Identity, nullable=False),
        sa.Column("assessment_id", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=True),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("points", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_assessment_count_assessment_id_assessment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_count")),
    )
    op.create_index("ix_assessment_count_unit", "assessment_count", ["assessment_id", "unit"])
    op.create_table(
        "assessment_total",
        sa.Column("assessment_id", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("peers", sa.String(), nullable=False),
        sa.Column("parts", sa.String(), nullable=False),
        sa.Column("base", sa.Float(), nullable=True),
        sa.Column("deducted", sa.Float(), nullable=True),
        sa.Column("bonus", sa.Float(), nullable=True),
        sa.Column("own", sa.Float(), nullable=True),
        sa.Column("below", sa.Float(), nullable=True),
        sa.Column("final", sa.Float(), nullable=True),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("unscored", sa.Float(), nullable=True),
        sa.Column("coverage", sa.Float(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("low", sa.Integer(), nullable=True),
        sa.Column("high", sa.Integer(), nullable=True),
        sa.Column("tier", sa.Integer(), nullable=True),
        sa.Column("shift", sa.Float(), nullable=True),
        sa.Column("out_low", sa.Integer(), nullable=True),
        sa.Column("out_high", sa.Integer(), nullable=True),
        sa.Column("weakest", sa.String(), nullable=False),
        sa.Column("percentile", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_assessment_total_assessment_id_assessment"),
        ),
        sa.PrimaryKeyConstraint("assessment_id", "unit", name=op.f("pk_assessment_total")),
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("assessment_total")
    op.drop_index("ix_assessment_count_unit", "assessment_count")
    op.drop_table("assessment_count")
    op.drop_index("ix_assessment_line_unit", "assessment_line")
    op.drop_table("assessment_line")
    op.drop_index("ix_assessment_fact_unit", "assessment_fact")
    op.drop_table("assessment_fact")
    op.drop_index("ix_assessment_roster_unit", "assessment_roster")
    op.drop_table("assessment_roster")
    op.drop_index("ix_assessment_ask_period", "assessment_ask")
    op.drop_index("ix_assessment_ask_unit", "assessment_ask")
    op.drop_table("assessment_ask")
    op.drop_index("ix_assessment_manual_unit", "assessment_manual")
    op.drop_table("assessment_manual")
    op.drop_index("ix_assessment_objection_assessment", "assessment_objection")
    op.drop_index("ix_assessment_objection_unit", "assessment_objection")
    op.drop_table("assessment_objection")
    op.drop_index("ix_assessment_move_assessment", "assessment_move")
    op.drop_table("assessment_move")
    op.drop_index("ix_assessment_amends", "assessment")
    op.drop_index("ix_assessment_period", "assessment")
    op.drop_table("assessment")
    op.drop_table("scheme_revision")
