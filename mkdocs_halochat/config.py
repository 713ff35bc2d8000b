"""The plugin's options in `mkdocs.yml`, validated by the core."""

from __future__ import annotations

from mkdocs.config.base import Config, ConfigErrors, ConfigWarnings, ValidationError
from mkdocs.plugins import get_plugin_logger

from halochat import Site
from halochat.config_files import (
    example_entry,
    misplaced_options,
    read_plugin_options,
)

log = get_plugin_logger("halochat")

_MISPLACED = "has no effect here; move the options to `plugins`, below `- halochat:`"


class HaloChatConfig(Config):
    """The options of the plugin, by their canonical names once they are validated."""

    site: Site

    def validate(self) -> tuple[ConfigErrors, ConfigWarnings]:
        """Validate every option, so that one build lists every problem."""
        self.site = Site(read_plugin_options(self.data, self.config_file_path))
        given, self.data = self.data, dict(self.site.options)
        errors: ConfigErrors = []
        warnings: ConfigWarnings = [
            (keys, f"{location}: {_MISPLACED}")
            for location, keys in misplaced_options(self.config_file_path)
        ]
        if not given:
            message = f"required, but not set; write:\n{example_entry()}"
            names = ", ".join(problem.option for problem in self.site.problems)
            errors.append((names, ValidationError(message)))
        for problem in self.site.problems if given else ():
            if problem.severity == "error":
                errors.append((problem.option, ValidationError(problem.message)))
            else:
                warnings.append((problem.option, problem.message))
        if errors:  # if there are errors, MkDocs does not print warnings
            for option, message in warnings:
                log.warning(f"option '{option}': {message}")
        return errors, warnings
