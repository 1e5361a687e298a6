"""`python -m cardable.cli`, for where the script is not on the path."""

import sys

from cardable.cli.main import main

sys.exit(main())
