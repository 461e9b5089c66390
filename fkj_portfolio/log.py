"""Form of the log: when, how grave, by whom; and what others sent us takes one line."""

import logging
import re
import time

#: What would begin a line, or write over one.
BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class LineFormatter(logging.Formatter):
    """Leaves out the traceback where a request was at fault and not the code.

    Django logs a wrong host, a body that is too big and the like with one, at a length that
    whoever sends them decides on; and what is sent could break the line.
    """

    converter = staticmethod(time.gmtime)
    default_msec_format = "%s.%03dZ"
    default_time_format = "%Y-%m-%dT%H:%M:%S"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        if _is_about_a_request(record):
            record = logging.makeLogRecord(
                {**record.__dict__, "exc_info": None, "exc_text": None, "stack_info": None}
            )
        return super().format(record)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        return BREAKS.sub(
            lambda found: found[0].encode("unicode_escape").decode("ascii"),
            super().formatMessage(record),
        )


def _is_about_a_request(record: logging.LogRecord) -> bool:
    status = getattr(record, "status_code", 0)
    return record.name.startswith("django.security") or 400 <= status < 500
