"""Makes the generated parts of README and docs again, from the sources that they describe.

A part stands between the lines `<!-- made: NAME -->` and `<!-- end -->`. `python -m tools.docs` writes every page that
differs; `--check` writes nothing, names the stale files and exits 1.
"""

from prompts.rendering import PROMPT_VARIABLES
from tools.docs.pages import ROOT, Unmade, made, pages, stale

__all__ = ["PROMPT_VARIABLES", "ROOT", "Unmade", "made", "pages", "stale"]
