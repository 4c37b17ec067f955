"""Report → JSON and back, its schema, and the readable confidence report."""

from extract.outputs.document import json_to_report, report_to_json
from extract.outputs.schema import report_schema
from extract.outputs.terminal import render_report
from extract.outputs.write import dump_report, write_report

__all__ = ["dump_report", "json_to_report", "render_report", "report_schema", "report_to_json", "write_report"]
