"""Report → JSON and back, its schema, and the readable confidence report."""

from extract.outputs.document import finding_to_json, json_to_finding, json_to_report, report_to_json
from extract.outputs.history import render_history
from extract.outputs.letter import write_docx
from extract.outputs.parquet import write_parquet
from extract.outputs.plain_files import write_csv, write_jsonl
from extract.outputs.schema import report_schema
from extract.outputs.terminal import render_report
from extract.outputs.workbook import write_xlsx
from extract.outputs.write import dump_report, read_head, sweep_halves, write_report, write_text

__all__ = [
    "dump_report",
    "finding_to_json",
    "json_to_finding",
    "json_to_report",
    "read_head",
    "render_history",
    "render_report",
    "report_schema",
    "report_to_json",
    "sweep_halves",
    "write_csv",
    "write_docx",
    "write_jsonl",
    "write_parquet",
    "write_report",
    "write_text",
    "write_xlsx",
]
