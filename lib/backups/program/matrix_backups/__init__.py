"""The backups of a Matrix system: what its jobs run, as `python3 -m matrix_backups COMMAND`."""
