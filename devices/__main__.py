"""`python -m devices` is `hall devices`."""

import sys

from devices.command_line import main

if __name__ == "__main__":
    sys.exit(main())
