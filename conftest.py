"""Here and not in tests/, so that plain `pytest` finds the package tests as well as `make test`."""

pytest_plugins = ["tests.plugins.expect_services"]
