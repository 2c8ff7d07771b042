"""`python -m tools.docs`."""

import sys

from tools.docs.pages import main

sys.exit(main())
