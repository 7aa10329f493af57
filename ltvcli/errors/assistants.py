"""Requests that `ltv mcp`, the server for assistants, refuses."""

from __future__ import annotations

from ltvcli.errors.kinds import UsageError
from ltvcli.language import N_


class McpExtraError(UsageError):
    """The library of the protocol is not installed."""

    problem = N_("ltv mcp needs the library mcp, which is not installed.")
    hint = N_("Type: pip install 'ltvcli[mcp]'")


class NoRootError(UsageError):
    """The folder to serve does not exist."""

    problem = N_("There is no folder {root}.")
    hint = N_("Give --root the folder with your exports.")


class OutsideRootError(UsageError):
    """A file lies outside the folder that is served."""

    problem = N_("{file} is outside the folder {root}.")
    hint = N_("Name a file in that folder, or start ltv mcp with --root and the other folder.")


class ReadOnlyError(UsageError):
    """A read-only run would have written a file."""

    problem = N_("{option} would write a file, and this run only reads.")
    hint = N_("Run the command in a terminal to write files.")


class NoSuchToolError(UsageError):
    """An assistant called a tool that does not exist."""

    problem = N_("There is no tool “{name}”.")
    hint = N_("Call one of: {known}.")


class NoSuchArgumentError(UsageError):
    """An assistant passed an argument that the tool does not take."""

    problem = N_("The tool {tool} does not take the argument “{name}”.")
    hint = N_("It takes: {known}.")


class ArgumentTypeError(UsageError):
    """An assistant passed a value of another type."""

    problem = N_("The argument “{name}” of the tool {tool} is not {expected}.")
    hint = N_("Pass for example {example}.")


class ArgumentMissingError(UsageError):
    """An assistant left out an argument that the tool needs."""

    problem = N_("The tool {tool} needs the argument “{name}”.")
    hint = N_("Pass it, and leave out what you do not know.")
