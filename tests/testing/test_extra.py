"""Without hypothesis, the strategies say in one line what to install."""

import subprocess
import sys


def test_a_missing_extra_names_its_command() -> None:
    code = "import sys; sys.modules['hypothesis'] = None; import sopb_rules.testing.strategies"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "error U003: the strategies need hypothesis" in result.stderr
    assert "help: pip install 'sopb-rules[testing]'" in result.stderr
