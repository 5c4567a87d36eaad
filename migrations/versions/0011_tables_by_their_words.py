"""six tables by the words of the code, with all that is named after them"""

import re

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

RENAMED = {
    'allotments': 'review_assignments',
    'conflicts': 'review_conflicts',
    'handed_in': 'review_submissions',
    'kept_forms': 'stashed_forms',
    'private_views': 'private_ratings',
    'rounds': 'voting_rounds',
}
"""Old name -> new name."""

REFERRING = ('votes',)
"""Tables that refer to one of these."""


def upgrade() -> None:
    _rename(RENAMED)


def downgrade() -> None:
    _rename({new: old for old, new in RENAMED.items()})


def _rename(names: dict[str, str]) -> None:
    if op.get_bind().dialect.name == 'postgresql':
        _rename_on_postgresql(names)
    else:
        _rename_on_sqlite(names)


def _rename_on_postgresql(names: dict[str, str]) -> None:
    connection = op.get_bind()
    for old, new in names.items():
        op.rename_table(old, new)
        sequence = connection.scalar(sa.text("SELECT relname FROM pg_class WHERE relkind = 'S' AND relname = :name"), {'name': f'{old}_id_seq'})
        if sequence:
            op.execute(f'ALTER SEQUENCE {sequence} RENAME TO {new}_id_seq')
    query = "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE connamespace = current_schema()::regnamespace"
    for table, constraint in connection.execute(sa.text(query)).all():
        if (name := _new_name(constraint, names)) != constraint:
            op.execute(f'ALTER TABLE {table} RENAME CONSTRAINT {constraint} TO {name}')
    for index in connection.scalars(sa.text('SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()')).all():
        if (name := _new_name(index, names)) != index:
            op.execute(f'ALTER INDEX {index} RENAME TO {name}')


def _rename_on_sqlite(names: dict[str, str]) -> None:
    """Make each table anew by its own definition with the names replaced: SQLite cannot rename a constraint."""
    connection = op.get_bind()
    for table in (*names, *REFERRING):
        query = sa.text('SELECT type, sql FROM sqlite_master WHERE tbl_name = :table AND sql IS NOT NULL ORDER BY type DESC')
        (_, definition), *indexes = connection.execute(query, {'table': table}).all()
        made = names.get(table, f'{table}_new')
        body = definition[definition.index('('):]
        op.execute(sa.text(f'CREATE TABLE {made} {_escaped(_new_name(body, names))}'))
        op.execute(f'INSERT INTO {made} SELECT * FROM {table}')
        if 'AUTOINCREMENT' in definition:
            op.execute(f"DELETE FROM sqlite_sequence WHERE name = '{made}'")
            op.execute(f"INSERT INTO sqlite_sequence SELECT '{made}', seq FROM sqlite_sequence WHERE name = '{table}'")
        for _, index in indexes:
            name = re.search(r'INDEX "?(\w+)"?', index)[1]
            op.execute(f'DROP INDEX {name}')
            op.execute(sa.text(_escaped(re.sub(rf'\bON "?{table}"?', f'ON {made}', _new_name(index, names)))))
    for table in (*REFERRING, *names):
        op.execute(f'DROP TABLE {table}')
    for table in REFERRING:
        op.execute(f'ALTER TABLE {table}_new RENAME TO {table}')


def _new_name(text: str, names: dict[str, str]) -> str:
    """Replace old tables in the names of constraints and indexes, and where a foreign key refers to one."""
    for old, new in names.items():
        text = re.sub(rf'\b(ck|fk|ix|pk|uq)_{old}(?=_|\b)', rf'\1_{new}', text)
        text = re.sub(rf'\b(fk_\w+_){old}\b', rf'\1{new}', text)
        text = re.sub(rf'(?<=REFERENCES ){old}\b', new, text)
    return text


def _escaped(sql: str) -> str:
    return sql.replace(':', '\\:')
