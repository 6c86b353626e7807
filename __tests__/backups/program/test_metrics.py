from backup_case import BackupCase
from matrix_backups import metrics


class Metrics(BackupCase):
    def test_are_gauges_in_the_text_format_of_prometheus(self) -> None:
        self.assertEqual(
            metrics.lines("backup", {"media_files": 3, "database_bytes": 4096}),
            "# HELP matrix_backup_media_files media files in the last backup\n"
            "# TYPE matrix_backup_media_files gauge\nmatrix_backup_media_files 3\n"
            "# HELP matrix_backup_database_bytes size of the database at the last backup\n"
            "# TYPE matrix_backup_database_bytes gauge\nmatrix_backup_database_bytes 4096\n",
        )

    def test_must_have_a_meaning(self) -> None:
        with self.assertRaises(KeyError):
            metrics.lines("backup", {"unheard_of": 1})

    def test_are_read_back_by_part_with_its_text(self) -> None:
        metrics.write("drill", {"duration_seconds": 61.5}, "restored in 62 s")
        self.assertEqual(metrics.read("drill"), ({"duration_seconds": 61.5}, "restored in 62 s"))

    def test_are_empty_for_a_part_that_never_succeeded(self) -> None:
        self.assertEqual(metrics.read("drill"), ({}, None))
        self.assertEqual(metrics.everything(), "")

    def test_are_empty_when_a_crash_has_emptied_the_file(self) -> None:
        metrics.write("drill", {"duration_seconds": 61.5})
        self.put(metrics.FOLDER / "drill.json")
        self.assertEqual(metrics.read("drill"), ({}, None))

    def test_of_all_parts_come_together_and_nothing_half_written_is_left(self) -> None:
        for part, values in (("prune", {"sets": 1}), ("prune", {"sets": 2}), ("backup", {"media_files": 1})):
            metrics.write(part, values)
        self.put(metrics.FOLDER / ".drill.json.1234", "half")
        self.assertEqual(
            metrics.everything(),
            metrics.lines("backup", {"media_files": 1}) + metrics.lines("prune", {"sets": 2}),
        )
        (metrics.FOLDER / ".drill.json.1234").unlink()
        names = sorted(path.name for path in metrics.FOLDER.iterdir())
        self.assertEqual(names, ["backup.json", "prune.json"])

    def test_serve_nothing_but_known_numbers(self) -> None:
        for content in (
            '{"values": {"sets": "1\\nevil 1"}, "told": null}',
            '{"values": {"evil 1\\nx": 1}, "told": null}',
            '{"values": [1], "told": null}',
            "[]",
            "\\xff",
        ):
            with self.subTest(content):
                self.put(metrics.FOLDER / "prune.json", content)
                self.put(metrics.FOLDER / "evil.json", '{"values": {"sets": 1}, "told": "evil"}')
                self.assertEqual(metrics.everything(), "")

    def test_follow_no_link(self) -> None:
        metrics.write("drill", {"duration_seconds": 61.5})
        (metrics.FOLDER / "drill.json").rename(metrics.FOLDER / "elsewhere")
        (metrics.FOLDER / "drill.json").symlink_to(metrics.FOLDER / "elsewhere")
        self.assertEqual(metrics.read("drill"), ({}, None))
