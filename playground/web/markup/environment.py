"""The environment that templates are compiled and drawn in: Jinja's own meaning, with less work for each value.

A page shows some thousand values and calls some hundred macros. Jinja asks of each call whether it wants the context,
makes a `Markup` of each value only to join it, and looks globals up in a chain of two mappings, for which Python has no
quick set operations.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from functools import cached_property
from types import FunctionType
from typing import Any, cast

import markupsafe
from flask.templating import Environment as FlaskEnvironment
from jinja2 import Template, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef, optimizeconst
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)
"""Escape a text that is no markup: MarkupSafe's own inner function, which makes no `Markup` of it, where it has it."""


class QuickMacro(Macro):
    """A macro whose arguments, if it takes no others than it names, go to its code at once."""

    def draw(self, evaluated: EvalContext, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
        """Return what the macro draws, as markup where `evaluated` says that values are escaped."""
        if self.caller or self.catch_kwargs or self.catch_varargs or not evaluated.autoescape:
            return self(evaluated, *args, **kwargs)
        named = self.arguments[len(args) :]
        if named:
            args += tuple([kwargs.pop(name, missing) for name in named])
        if kwargs or len(args) > self._argument_count:
            return self(evaluated, *args, **kwargs)  # says what is wrong
        return str.__new__(Markup, self._func(*args))


class QuickContext(Context):
    """A context that calls macros and plain functions at once.

    `is_whole` says that nobody reads the text before all of it is there.
    """

    is_whole = False

    def call(self, called: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Call as `Context.call` does."""
        kind = type(called)
        if kind is QuickMacro:
            return cast("QuickMacro", called).draw(self.eval_ctx, args, kwargs)
        if kind is FunctionType and not called.__dict__:
            return called(*args, **kwargs)
        return super().call(called, *args, **kwargs)


class QuickCode(CodeGenerator):
    """Compiles what stands in every line of a template to expressions of Python that call nothing of ours.

    `{{ value }}` asks only what is no plain text how it is shown; `value.name` asks Jinja only where no such member is
    there; an include is one call. No function of ours takes the variables of the loops and blocks around it, so no
    call brings them.
    """

    _shown = ""

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Write what makes a macro of its code."""
        self.write("environment.quick(")
        super().macro_def(macro_ref, frame)
        self.write(")")

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Write one look for a member."""
        owner, member = self.temporary_identifier(), self.temporary_identifier()
        self.write(f"({member} if ({member} := getattr(({owner} := ")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}, missing)) is not missing else environment.getattr({owner}, {node.attr!r}))")

    @optimizeconst
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
            self._shown = self.temporary_identifier()
            self.write(f"(environment.escape_text({self._shown}) if type({self._shown} := (")
        else:
            self._shown = ""
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if self._shown:
            self.write(f")) is str else environment.escaped({self._shown}))")
        else:
            super()._output_child_post(node, frame, finalize)


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
    escape_text = staticmethod(escape_text)

    @cached_property
    def _loaded(self) -> dict[str, Template]:
        return {}

    def get_template(self, name: str | Template, parent: str | None = None, *others: Any, **globals_: Any) -> Template:
        """Return a template: a page asks for sixty. Where no file is looked at again, what was loaded once is right."""
        if type(name) is not str or others or globals_ or self.auto_reload:
            return super().get_template(name, parent, *others, **globals_)
        if (known := self._loaded.get(name)) is None:
            known = self._loaded[name] = super().get_template(name, parent)
        return known

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template: the environment's own where it has no others."""
        return ChainMap(d, self.globals) if d else self.globals

    def included(self, context: QuickContext, variables: dict[str, Any], parent: str, name: Any) -> Iterable[str]:
        """Return the pieces of a template that another one includes: one, unless they are read as they come."""
        template = (self.get_template if type(name) is str else self.get_or_select_template)(name, parent)
        inner: Any = template.new_context(context.get_all(), True, variables)
        pieces: Iterator[str] = template.root_render_func(inner)
        if not context.is_whole:
            return pieces
        inner.is_whole = True
        return ("".join(pieces),)

    @staticmethod
    def quick(macro: Macro) -> Macro:
        """Return a macro as one that is called at once."""
        macro.__class__ = QuickMacro
        return macro

    def escaped(self, value: Any) -> str:
        """Return a value that is no plain text finalized, and escaped unless it is markup."""
        if type(value) is not Markup and self.finalize is not None:
            value = self.finalize(value)
        return value if type(value) is Markup else escape(value)
