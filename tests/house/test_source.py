"""Rules of the source that no linter knows."""

import ast
import sys

from tests.house.source import CORE, calls, dotted, imported, modules

EXTRAS = {
    "batch": {"duckdb", "polars", "psycopg", "pyarrow", "pyspark", "sqlalchemy", "sqlglot"},
    "cli": {"click", "rich"},
    "files": {"pyarrow"},
    "ics": {"icalendar"},
    "lifecycle": {"holidays"},
    "service": {"sqlalchemy"},
    "testing": {"hypothesis", "pyarrow"},
}
"""What a part may import beyond the core's own, inside its functions or in a module of its own."""

LIGHT = {"attr", "attrs", "dateutil", "leadqual"}


def test_parts_import_only_what_they_declare():
    """Everything needs the standard library, attrs and dateutil only; an extra is imported by its own part."""
    wrong = [
        f"{module.at(node)} imports {name}"
        for module in modules()
        for node, name in imported(module.tree)
        if name.partition(".")[0] not in sys.stdlib_module_names | LIGHT | EXTRAS.get(module.part, set())
    ]
    assert not wrong


def test_extras_are_imported_inside_functions_only_except_in_their_own_modules():
    """The files part works without pyarrow: nothing but its Parquet module may import it at the top."""
    wrong = [
        f"{module.at(node)} imports {name}"
        for module in modules()
        if module.part == "files" and "parquet" not in module.name
        for node in module.tree.body
        for _, name in imported(node)
        if isinstance(node, ast.Import | ast.ImportFrom) and name.partition(".")[0] == "pyarrow"
    ]
    assert not wrong


def test_nothing_from_outside_can_become_code():
    """No eval, no exec, no pickle: a playbook may come from somebody less trusted."""
    forbidden_calls = {"eval", "exec", "compile", "__import__", "locals"}
    forbidden_modules = {"pickle", "marshal", "shelve", "code", "codeop", "runpy", "ctypes"}
    wrong = [f"{m.at(node)} calls {name}" for m in modules() for node, name in calls(m.tree) if name in forbidden_calls]
    wrong += [
        f"{m.at(node)} imports {name}"
        for m in modules()
        for node, name in imported(m.tree)
        if name.partition(".")[0] in forbidden_modules
    ]
    assert not wrong


def test_only_package_inits_import_by_name():
    """Names are looked up lazily in an ``__init__``, and packaged data is read through importlib.resources."""
    wrong = [
        f"{module.at(node)} imports {name}"
        for module in modules()
        if not module.name.endswith("__init__.py")
        for node, name in imported(module.tree)
        if name.partition(".")[0] == "importlib" and not name.startswith(("importlib.resources", "importlib.metadata"))
    ]
    assert not wrong


COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
OWN_NAMES = {"cli/init.py": "the keys of a guess, which are names of our own settings"}
"""Modules that look up an attribute by a name they computed, and why that is no outside text."""


def test_getattr_takes_names_of_our_own():
    """No attribute is looked up or set by a name that a document or a row could choose."""
    wrong = [
        module.at(node)
        for module in modules()
        if not module.name.endswith("__init__.py") and module.name not in OWN_NAMES
        for node, name in calls(module.tree)
        if name in {"getattr", "hasattr", "setattr", "delattr"}
        if not (isinstance(node.args[1], ast.Constant) or _runs_over_constants(module.tree, node, dotted(node.args[1])))
    ]
    assert not wrong


def _runs_over_constants(tree: ast.Module, call: ast.Call, name: str) -> bool:
    """Return whether a name in a call runs over constants, as in ``for name in ("raw", "cap")`` or ``in _FIELDS``."""
    sources = [
        loop.iter
        for node in ast.walk(tree)
        for loop in (
            node.generators if isinstance(node, COMPREHENSIONS) else [node] if isinstance(node, ast.For) else []
        )
        if dotted(loop.target) == name and call in ast.walk(node)
    ]
    return bool(sources) and _constant(sources[-1])  # the innermost binds the name


def _constant(node: ast.expr) -> bool:
    literal = isinstance(node, ast.Tuple) and all(isinstance(item, ast.Constant) for item in node.elts)
    return literal or dotted(node).isupper()


BUILT_PATTERNS = {
    "files/guess.py": "a table of literals",
    "files/patterns.py": "its own table of parts, joined by an escaped separator",
}
"""Modules that put a pattern together, and what of."""


def test_patterns_are_constants():
    """A regular expression is a literal or made of constants: no outside text becomes a pattern."""
    wrong = [
        f"{module.at(node)} calls {name}"
        for module in modules()
        if module.name not in BUILT_PATTERNS
        for node, name in calls(module.tree)
        if name.startswith("re.") and name != "re.escape" and not _is_constant(node.args[0])
    ]
    assert not wrong


def _is_constant(pattern: ast.expr) -> bool:
    """Return whether an expression holds nothing but literals and constants of the module."""
    names = [node.id for node in ast.walk(pattern) if isinstance(node, ast.Name)]
    computed = any(isinstance(node, ast.Call | ast.Subscript | ast.Attribute) for node in ast.walk(pattern))
    return not computed and all(name.isupper() for name in names)


CLOCKS = {"now", "utcnow", "today", "time_ns", "localtime", "gmtime", "monotonic", "perf_counter", "tzlocal"}
CHANCE = {"random", "secrets", "uuid"}


def test_core_knows_no_clock_and_no_chance():
    """``now`` is always an argument: the same call gives the same score for ever."""
    wrong = [
        f"{module.at(node)} calls {name}"
        for module in modules()
        if module.part in CORE
        for node, name in calls(module.tree)
        if name.rpartition(".")[2] in CLOCKS or name == "time.time"
    ]
    wrong += [
        f"{module.at(node)} imports {name}"
        for module in modules()
        if module.part in CORE
        for node, name in imported(module.tree)
        if name.partition(".")[0] in CHANCE
    ]
    assert not wrong


def test_no_score_depends_on_hash_seed_or_locale():
    """Nothing calls ``hash``, reads the locale, or turns an instant into local time."""
    wrong = [
        f"{module.at(node)} calls {name}"
        for module in modules()
        for node, name in calls(module.tree)
        if name == "hash" and not _inside_hash_method(module.tree, node)
    ]
    wrong += [
        f"{module.at(node)} imports {name}"
        for module in modules()
        for node, name in imported(module.tree)
        if name.partition(".")[0] == "locale"
    ]
    wrong += [
        f"{module.at(node)} calls astimezone without a zone"
        for module in modules()
        for node, name in calls(module.tree)
        if name.endswith(".astimezone") and not node.args and not node.keywords
    ]
    assert not wrong


def _inside_hash_method(tree: ast.Module, call: ast.Call) -> bool:
    methods = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "__hash__"]
    return any(call in ast.walk(method) for method in methods)


def test_text_files_are_opened_with_an_encoding():
    """No file is read in whatever encoding the machine prefers."""
    wrong = [
        f"{module.at(node)} calls {name}"
        for module in modules()
        for node, name in calls(module.tree)
        if name.endswith((".read_text", ".write_text")) and not any(k.arg == "encoding" for k in node.keywords)
    ]
    assert not wrong


def test_no_check_is_silenced():
    """No line asks a linter, a type checker or coverage to look away, and nothing is left to do later."""
    marks = (
        "# type:" + " ignore",
        "# no" + "qa",
        "pragma: no" + " cover",
        "pragma: no" + " branch",
        "TO" + "DO",
        "FIX" + "ME",
    )
    wrong = [
        f"{module.name}:{number} {mark}"
        for module in modules()
        for number, line in enumerate(module.path.read_text(encoding="utf-8").splitlines(), start=1)
        for mark in marks
        if mark in line
    ]
    assert not wrong


def test_functions_have_no_mutable_defaults():
    """A default that can change would carry one lead's data into the next."""
    wrong = [
        module.at(default)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.Lambda)
        for default in (*node.args.defaults, *(d for d in node.args.kw_defaults if d))
        if isinstance(default, ast.List | ast.Dict | ast.Set)
        or dotted(getattr(default, "func", default)) in {"list", "dict"}
    ]
    assert not wrong
