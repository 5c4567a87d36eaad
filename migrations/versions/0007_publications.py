"""publications: what was published, and every file of it"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('publications',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cycle_year', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('together', sa.JSON(), nullable=False),
    sa.Column('snapshot_hash', sa.String(length=64), nullable=False),
    sa.Column('app_version', sa.String(length=40), nullable=False),
    sa.Column('correction_en', sa.Text(), nullable=True),
    sa.Column('correction_cy', sa.Text(), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_by_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('(correction_en IS NULL) = (correction_cy IS NULL)', name=op.f('ck_publications_corrections_in_both_languages')),
    sa.CheckConstraint('(number = 1) = (correction_en IS NULL)', name=op.f('ck_publications_corrections_say_what')),
    sa.ForeignKeyConstraint(['cycle_year'], ['cycles.year'], name=op.f('fk_publications_cycle_year_cycles')),
    sa.ForeignKeyConstraint(['published_by_id'], ['people.id'], name=op.f('fk_publications_published_by_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publications')),
    sa.UniqueConstraint('cycle_year', 'number', name=op.f('uq_publications_cycle_year_number'))
    )
    op.create_table('published_files',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('publication_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('face', sa.String(length=10), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['publication_id'], ['publications.id'], name=op.f('fk_published_files_publication_id_publications')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_published_files')),
    sa.UniqueConstraint('publication_id', 'kind', 'code', 'language', 'face', name=op.f('uq_published_files_publication_id_kind_code_language_face'))
    )


def downgrade() -> None:
    op.drop_table('published_files')
    op.drop_table('publications')
