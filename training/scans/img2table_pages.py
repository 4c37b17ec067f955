"""Pictures of pages → what img2table finds in them, for `training.benchmark_scans`. Imports nothing of gouji.

img2table brings an OpenCV of its own, which stands in the way of gouji's: it runs by the Python of an environment of
its own. Writes one line of JSON: the pages' tables as HTML, and the seconds of each page but the first reading.
"""

from __future__ import annotations

import json
import sys
import time


def main() -> None:
    """Reads the pictures that the command line names; the first is read once more before, so that models are loaded."""
    import cv2
    from img2table.document import Image
    from img2table.ocr import RapidOCR
    from rapidocr import LangRec

    cv2.setNumThreads(1)
    one = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    ocr = RapidOCR({"Rec.lang_type": LangRec.CH, "Global.log_level": "critical", **one})

    def read(path: str) -> str:
        tables = Image(path).extract_tables(ocr=ocr, implicit_rows=False, borderless_tables=False)
        return "\n".join(table.html for table in tables)

    read(sys.argv[1])
    started = time.perf_counter()
    pages = [read(path) for path in sys.argv[1:]]
    sys.stdout.write(json.dumps({"pages": pages, "seconds": time.perf_counter() - started}) + "\n")


if __name__ == "__main__":
    main()
