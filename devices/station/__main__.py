"""`python -m devices.station` is `hall station`."""

import sys

from devices.station.app import main

if __name__ == "__main__":
    sys.exit(main())
