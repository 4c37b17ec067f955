"""What is read stays on the machine: the libraries that gouji loads report nothing and keep nothing to report."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

EXAMPLE = next((Path(__file__).parents[1] / "examples").glob("*.txt"))
READ = "import sys; from extract import extract_report; extract_report(sys.argv[1])"


def test_a_process_that_reads_a_report_leaves_nothing_in_the_user_s_folders(tmp_path: Path) -> None:
    own = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    home = own | {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, "-c", READ, str(EXAMPLE)], env=home, check=True)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
