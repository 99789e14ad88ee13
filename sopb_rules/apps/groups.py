"""A group of commands that proposes the nearest one for a name that it does not have."""

from __future__ import annotations

import click

from sopb_rules.diagnostics import nearest


class Suggesting(click.Group):
    """Like click's group, with a did-you-mean of our own: the versions of click differ in theirs."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of a name; or a usage error that names the nearest, else all there are."""
        name, commands = (args[0] if args else ""), self.list_commands(ctx)
        if name and name not in commands and not name.startswith("-"):
            near = nearest(name, commands)
            hint = f"did you mean `{near}`?" if near else f"commands: {', '.join(commands)}"
            ctx.fail(f"there is no command `{name}`; {hint}")
        return super().resolve_command(ctx, args)
