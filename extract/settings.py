"""Every number that steers gouji as a whole, loaded from rules/settings.toml with its reason."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from extract.errors import DataFileError
from extract.quick import record, required_fields
from extract.rules import load_rules, refuse_unknown

_FILE = "settings.toml"


@record
class Settings:
    """One number each, explained in the file; the threshold for accepted fields stands with the confidence model."""

    metadata_threshold: float
    max_file_bytes: int
    max_text_bytes: int
    max_text_lines: int
    max_line_characters: int
    max_text_characters: int
    jobs_most: int
    few_files: int
    few_bytes: int
    report_width: int
    report_width_least: int
    report_width_most: int
    max_pdf_bytes: int
    max_pdf_pages: int
    max_pdf_objects: int
    max_pdf_characters: int
    max_pdf_nesting: int
    max_pdf_drawing_bytes: int
    max_pdf_seconds: float
    folder_suffixes: tuple[str, ...]
    picture_suffixes: tuple[str, ...]
    max_file_seconds: int
    max_scan_page_seconds: int
    max_archive_files: int
    max_archive_bytes: int
    max_archive_ratio: int
    max_archive_depth: int
    max_ofd_bytes: int
    max_ofd_objects: int
    max_nesting: int
    max_table_cells: int
    max_page_elements: int
    max_page_depth: int
    max_page_attributes: int
    max_docx_bytes: int
    max_image_pixels: int
    debug_images: Path | None = None  # not in the file: the folder for drawings of scanned pages
    # not in the file: told each scanned page before it is read, of how many
    on_page: Callable[[int, int], None] | None = None


@cache
def load_settings() -> Settings:
    """The settings. Raises: DataFileError where one is unknown, missing, or has no reason."""
    entries = load_rules(_FILE)
    names = required_fields(Settings)
    refuse_unknown(_FILE, entries, names)
    for name in names:
        if not entries.get(name, {}).get("reason") or "value" not in entries[name]:
            raise DataFileError(f"{_FILE}: {name} needs a value and a reason")
    values = {name: check_setting(name, entries[name]["value"]) for name in names}
    return Settings(**values)


def check_setting(name: str, value: Any) -> Any:
    """The value as the type of the setting of that name.

    Raises: DataFileError where it is of another type or out of range.
    """
    kind = Settings.__annotations__[name]
    if kind == "tuple[str, ...]":
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise DataFileError(f"{_FILE}: {name} = {value!r}: must be a list of texts")
        return tuple(value)
    whole = isinstance(value, int) and not isinstance(value, bool)
    if kind == "int" and not (whole and value > 0):
        raise DataFileError(f"{_FILE}: {name} = {value!r}: must be a whole number above 0")
    if kind == "float" and not ((whole or isinstance(value, float)) and value > 0):
        raise DataFileError(f"{_FILE}: {name} = {value!r}: must be a number above 0")
    if name.endswith("_threshold") and not value <= 1:
        raise DataFileError(f"{_FILE}: {name} = {value!r}: must be a probability, 0 to 1")
    return value
