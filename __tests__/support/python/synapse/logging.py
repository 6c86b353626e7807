"""Stand-in for Synapse's formatter, which shows an exception's text."""

import json
import logging


class TerseJsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        shown = {key: value for key, value in record.__dict__.items() if key in ("exc_type", "exc_at")}
        if record.exc_info:
            shown["exc_value"] = str(record.exc_info[1])
        return json.dumps({"log": record.getMessage(), **shown}, ensure_ascii=False)
