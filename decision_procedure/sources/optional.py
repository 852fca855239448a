"""Libraries that only some formats need: loaded when asked for, with one message when they are absent."""

from __future__ import annotations

from importlib.util import find_spec

from decision_procedure.errors import UnusableArgument


def needed(module: str, extra: str) -> None:
    """Make sure that a library is installed. Raises UnusableArgument, naming the extra, when it is not."""
    if find_spec(module) is None:
        raise UnusableArgument(
            f"此格式需要安装 this format needs: pip install 'decision-procedure[{extra}]'"
            f"（源码目录中 in a checkout: pip install -e '.[{extra}]'）"
        )
