"""``python -m offender_mgmt`` is the command ``offender-mgmt``."""

from offender_mgmt.cli.main import run

if __name__ == "__main__":
    run()
