"""themes: names, codings, and quotes cleared for publication"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('themes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cycle_year', sa.Integer(), nullable=False),
    sa.Column('item', sa.String(length=20), nullable=False),
    sa.Column('field', sa.String(length=80), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['cycle_year'], ['cycles.year'], name=op.f('fk_themes_cycle_year_cycles')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_themes')),
    sa.UniqueConstraint('cycle_year', 'item', 'field', 'position', name=op.f('uq_themes_cycle_year_item_field_position'))
    )
    op.create_table('theme_names',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('theme_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('name_en', sa.String(), nullable=False),
    sa.Column('name_cy', sa.String(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('saved_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['saved_by_id'], ['people.id'], name=op.f('fk_theme_names_saved_by_id_people')),
    sa.ForeignKeyConstraint(['theme_id'], ['themes.id'], name=op.f('fk_theme_names_theme_id_themes')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_theme_names')),
    sa.UniqueConstraint('theme_id', 'version', name=op.f('uq_theme_names_theme_id_version'))
    )
    op.create_table('codings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reflection_id', sa.Integer(), nullable=False),
    sa.Column('item', sa.String(length=20), nullable=False),
    sa.Column('field', sa.String(length=80), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('saved_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['reflection_id'], ['reflections.id'], name=op.f('fk_codings_reflection_id_reflections')),
    sa.ForeignKeyConstraint(['saved_by_id'], ['people.id'], name=op.f('fk_codings_saved_by_id_people')),
    sa.ForeignKeyConstraint(['submission_id'], ['submissions.id'], name=op.f('fk_codings_submission_id_submissions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_codings')),
    sa.UniqueConstraint('reflection_id', 'item', 'field', 'version', name=op.f('uq_codings_reflection_id_item_field_version'))
    )
    op.create_table('quotes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('item', sa.String(length=20), nullable=False),
    sa.Column('field', sa.String(length=80), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('theme_id', sa.Integer(), nullable=True),
    sa.Column('cleared_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cleared_by_id', sa.Integer(), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)', name=op.f('ck_quotes_withdrawn_by_someone')),
    sa.ForeignKeyConstraint(['cleared_by_id'], ['people.id'], name=op.f('fk_quotes_cleared_by_id_people')),
    sa.ForeignKeyConstraint(['submission_id'], ['submissions.id'], name=op.f('fk_quotes_submission_id_submissions')),
    sa.ForeignKeyConstraint(['theme_id'], ['themes.id'], name=op.f('fk_quotes_theme_id_themes')),
    sa.ForeignKeyConstraint(['withdrawn_by_id'], ['people.id'], name=op.f('fk_quotes_withdrawn_by_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quotes'))
    )
    op.create_index(op.f('ix_quotes_submission_id'), 'quotes', ['submission_id'])
    op.create_table('coding_themes',
    sa.Column('coding_id', sa.Integer(), nullable=False),
    sa.Column('theme_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['coding_id'], ['codings.id'], name=op.f('fk_coding_themes_coding_id_codings')),
    sa.ForeignKeyConstraint(['theme_id'], ['themes.id'], name=op.f('fk_coding_themes_theme_id_themes')),
    sa.PrimaryKeyConstraint('coding_id', 'theme_id', name=op.f('pk_coding_themes'))
    )


def downgrade() -> None:
    op.drop_table('coding_themes')
    op.drop_index(op.f('ix_quotes_submission_id'), 'quotes')
    op.drop_table('quotes')
    op.drop_table('codings')
    op.drop_table('theme_names')
    op.drop_table('themes')
