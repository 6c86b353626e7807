import dataclasses
from unittest import mock

from matrix_migration import step_stopped, writers
from migration_case import SETTINGS, MigrationCase


class StepStopped(MigrationCase):
    def test_looks_for_synapse_and_for_the_database_where_it_is_in_the_cluster(self) -> None:
        for database, kinds in (("matrix-postgres", 2), (None, 1)):
            with mock.patch.object(writers, "gone") as gone:
                step_stopped.run(dataclasses.replace(SETTINGS, database=database))
            self.assertEqual(gone.call_count, kinds)
            self.assertEqual(gone.call_args_list[0].args[1], f"deployments/{SETTINGS.synapse}")
