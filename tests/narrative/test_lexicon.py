"""The words of the lexicon, and the library that finds them."""

from __future__ import annotations

import subprocess
import sys


def test_no_command_line_of_the_matcher_is_loaded_and_who_asks_for_it_gets_it():
    program = (
        "import sys\n"
        "from extract.narrative.lexicon import find_mentions\n"
        "assert find_mentions(['收到申请5件'])[0]\n"
        "assert not [name for name in sys.modules if name.startswith('spacy.cli')]\n"
        "import spacy\n"
        "assert spacy.cli.__name__ == 'spacy.cli' and not hasattr(spacy, 'other')\n"
        "assert spacy.info(silent=True)['spacy_version'] == spacy.__version__\n"
        "from spacy.cli import info\n"
        "assert info.__module__ == 'spacy.cli.info'\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_threads_that_load_the_matcher_at_once_do_not_disturb_one_another():
    program = (
        "import time\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from extract.narrative.lean import without_commands\n"
        "def load(seconds):\n"
        "    with without_commands():\n"
        "        time.sleep(seconds)\n"
        "        from spacy.matcher import PhraseMatcher\n"
        "    return PhraseMatcher\n"
        "with ThreadPoolExecutor() as pool:\n"
        "    assert len(set(pool.map(load, (0.3, 0.1)))) == 1\n"
        "import spacy\n"
        "assert spacy.info(silent=True)['spacy_version'] == spacy.__version__\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
