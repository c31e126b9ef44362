from tests.contract.operations import run_operation

__all__ = ["run_operation"]
