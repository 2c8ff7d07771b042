"""The fake endpoint of the gateway's tests serves the tests beside them, too."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent / "gateway"))
