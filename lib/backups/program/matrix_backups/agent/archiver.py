"""Asks PostgreSQL how its WAL archiving is doing.

The connection comes from the environment of libpq: PGHOST and so on.
"""

import time

import psycopg2

from matrix_backups.settings import Settings

QUERY = """
SELECT archived_count, failed_count, coalesce(extract(epoch FROM last_archived_time), 0),
       coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false),
       pg_walfile_name(pg_current_wal_lsn()) FROM pg_stat_archiver"""


class Archiver:
    """One thread queries PostgreSQL, others read the values."""

    def __init__(self, settings: Settings) -> None:
        self._timeout = settings.archive_timeout
        self._segment: str | None = None
        self._segment_since = time.time()
        self.values: dict[str, float] = dict.fromkeys(
            ("archived_files", "archive_failures", "last_archived_timestamp_seconds"), 0
        )

    def look(self) -> str | None:
        """The problem, or None. A failure to reach PostgreSQL is a problem too."""
        try:
            connection = psycopg2.connect(dbname="postgres", connect_timeout=5, application_name="matrix-backup-agent")
            try:
                with connection.cursor() as cursor:
                    return self._judge(cursor)
            finally:
                connection.close()
        except psycopg2.Error as problem:
            return str(problem)

    def _judge(self, cursor: "psycopg2.extensions.cursor") -> str | None:
        cursor.execute(QUERY)
        try:
            *values, failing, segment = cursor.fetchone()
            # They become text of the metrics, where a line break would begin another one.
            self.values = dict(zip(self.values, map(float, values), strict=True))
        except (TypeError, ValueError):
            return "PostgreSQL gave an answer about WAL archiving that is not valid; see the PostgreSQL server log"
        if segment != self._segment:
            self._segment, self._segment_since = segment, time.time()
        elif time.time() - self._segment_since > self._timeout:
            # After a start PostgreSQL applies archive_timeout only from the first checkpoint on.
            cursor.execute("SELECT pg_switch_wal()")
        return "WAL archiving is failing; see the PostgreSQL server log" if failing else None
