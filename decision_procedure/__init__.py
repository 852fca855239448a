"""Checks the record of a major administrative decision (重大行政决策) against the procedure the law demands.

The public names are declared in `__init__.pyi` beside this file and, those of functions, in `api`.
"""

from functools import cache
from importlib import import_module
from typing import Any

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Return what is loaded when it is first asked for: importing the package reads nothing else."""
    if name == "__all__":
        return sorted({*_declared(), *_functions()})
    if name in _declared():
        found = _found(_declared()[name], name)
    elif not name.startswith("_") and name in _functions():
        found = _found(f"{__name__}.api", name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found
    return found


def _found(module: str, name: str) -> Any:
    try:
        return getattr(import_module(module), name)
    except AttributeError:
        return import_module(f"{module}.{name}")


@cache
def _declared() -> dict[str, str]:
    """Return the module of each name that the stub of this package declares itself."""
    import ast
    from pkgutil import get_data

    stub = ast.parse(get_data(__name__, "__init__.pyi") or b"")
    imports = [node for node in stub.body if isinstance(node, ast.ImportFrom)]
    return {alias.name: f"{node.module}" for node in imports for alias in node.names if alias.name != "*"}


@cache
def _functions() -> frozenset[str]:
    public = vars(import_module(f"{__name__}.api")).items()
    return frozenset(name for name, item in public if callable(item) and not name.startswith("_"))


def __dir__() -> list[str]:
    return [*globals(), *__getattr__("__all__")]
