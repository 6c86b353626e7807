"""`stopped`: lets an upgrade of PostgreSQL begin only when Synapse and the database are gone."""

from matrix_migration import writers
from matrix_migration.settings import Settings


def run(settings: Settings) -> None:
    """Fails when one of them is not scaled to 0, and waits until its pods are gone."""
    writers.gone(settings.synapse, f"deployments/{settings.synapse}")
    if settings.database:
        writers.gone(settings.database, f"statefulsets/{settings.database}")
