"""The plugin's options in `mkdocs.yml`, checked by the core."""

from __future__ import annotations

import os

from mkdocs.config.base import Config, ConfigErrors, ConfigWarnings, ValidationError

from halochat.option_types import TEXT
from halochat.options import find
from halochat.validation import check_site


class HaloChatConfig(Config):
    """The options under the plugin's name; once valid, by their canonical names."""

    def validate(self) -> tuple[ConfigErrors, ConfigWarnings]:
        """Check every option, so that one build lists every problem."""
        checked = check_site(
            {name: _from_environment(name, self[name]) for name in self}
        )
        self.data = checked.options
        failed: ConfigErrors = []
        warnings: ConfigWarnings = []
        for problem in checked.problems:
            if problem.fatal:
                failed.append((problem.option, ValidationError(problem.message)))
            else:
                warnings.append((problem.option, problem.message))
        return failed, warnings


def _from_environment(name: str, value: object) -> object:
    # `!ENV` reads a variable of digits as a number, and there are no quotes to add.
    option = find(name)
    if option and option.kind is TEXT and type(value) is int:
        return str(value) if str(value) in os.environ.values() else value
    return value
