"""The failures of the contract show what was compared."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite("contract")
