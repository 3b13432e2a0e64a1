"""The environment that templates are compiled and drawn in: Jinja's own meaning, with less work for each value.

A page shows some thousand values and calls some hundred macros. Jinja asks of each call whether it wants the context,
makes a `Markup` of each value only to join it, and looks globals up in a chain of two mappings, for which Python has no
quick set operations.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from types import FunctionType
from typing import Any

from flask.templating import Environment as FlaskEnvironment
from jinja2 import Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

_SPECIAL = re.compile("[&<>\"']")


class QuickContext(Context):
    """A context that calls macros and plain functions at once.

    `is_whole` says that nobody reads the text before all of it is there.
    """

    is_whole = False

    def call(self, called: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Call as `Context.call` does."""
        kind = type(called)
        if kind is Macro:
            return called(self.eval_ctx, *args, **kwargs)
        if kind is FunctionType and not called.__dict__:
            return called(*args, **kwargs)
        return super().call(called, *args, **kwargs)


class QuickCode(CodeGenerator):
    """Compiles `{{ value }}` to one call where values are escaped, and an include to one call.

    No function of ours takes the variables of the loops and blocks around it, so no call brings them.
    """

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - Jinja's name
        """Write one call."""
        bare = frame.copy()
        bare.loop_frame = bare.block_frame = False
        super().visit_Call(node, bare, forward_caller=forward_caller)

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Write one include: each piece of its text would else go through the code of every template around it."""
        if node.ignore_missing or not node.with_context or self.environment.is_async:
            super().visit_Include(node, frame)
            return
        self.writeline("yield from " if frame.buffer is None else f"{frame.buffer}.extend(", node)
        self.write(f"environment.included(context, {self.dump_local_context(frame)}, {self.name!r}, ")
        self.visit(node.template, frame)
        self.write(")" if frame.buffer is None else "))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src == "environment.finalize(":
            self.write("environment.escaped((")
        else:
            super()._output_child_pre(node, frame, finalize)


class QuickTemplate(Template):
    """A template that is rendered at once with its includes joined; streamed, it hands on each piece as it comes."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """Render as `Template.render` does."""
        context = self.new_context(dict(*args, **kwargs))
        context.is_whole = True  # type: ignore[attr-defined]
        try:
            return self.environment.concat(self.root_render_func(context))
        except Exception:
            self.environment.handle_exception()


class PageEnvironment(FlaskEnvironment):
    """Flask's environment with all of it."""

    context_class = QuickContext
    code_generator_class = QuickCode
    template_class = QuickTemplate

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template: the environment's own where it has no others."""
        return ChainMap(d, self.globals) if d else self.globals

    def included(self, context: QuickContext, variables: dict[str, Any], parent: str, name: Any) -> Iterable[str]:
        """Return the pieces of a template that another one includes: one, unless they are read as they come."""
        template = self.get_or_select_template(name, parent)
        inner: Any = template.new_context(context.get_all(), True, variables)
        pieces: Iterator[str] = template.root_render_func(inner)
        if not context.is_whole:
            return pieces
        inner.is_whole = True
        return ("".join(pieces),)

    def escaped(self, value: Any) -> str:
        """Return a value finalized, and escaped unless it is markup."""
        if type(value) is not str and type(value) is not Markup and self.finalize is not None:
            value = self.finalize(value)
        if type(value) is str:
            return value if _SPECIAL.search(value) is None else escape(value)
        return value if type(value) is Markup else escape(value)
