"""Hypothesis strategies and sample values for any msgspec struct, from its own type."""

from collections.abc import Callable
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import inspect as mi

Strings = Callable[[str], st.SearchStrategy[str]]
"""A strategy for the text of a field, by the field's name."""


def struct_strategy(kind: Any, strings: Strings, numbers: st.SearchStrategy[int]) -> Any:
    """Instances of a struct (or union of structs) with any field values its types allow."""
    return _strategy(mi.type_info(kind), "", strings, numbers)


def _strategy(kind: mi.Type, name: str, strings: Strings, numbers: Any) -> Any:
    match kind:
        case mi.StrType(max_length=longest):
            return strings(name).map(lambda text: text[:longest])
        case mi.IntType():
            return numbers
        case mi.BoolType():
            return st.booleans()
        case mi.NoneType():
            return st.none()
        case mi.LiteralType(values=values):
            return st.sampled_from(values)
        case mi.UnionType(types=types):
            return st.one_of([_strategy(t, name, strings, numbers) for t in types])
        case mi.VarTupleType(item_type=item):
            return st.lists(_strategy(item, name, strings, numbers), max_size=4).map(tuple)
        case mi.DictType(key_type=key, value_type=value):
            keys, values = (_strategy(t, name, strings, numbers) for t in (key, value))
            return st.dictionaries(keys, values, max_size=4)
        case mi.StructType(cls=cls, fields=fields):
            given = {f.name: _strategy(f.type, f.name, strings, numbers) for f in fields}
            return st.builds(cls, **given)
        case _:
            raise NotImplementedError(kind)


def full(kind: mi.Type, name: str = "", default: Any = None) -> Any:
    """One value with every field set to other than its default, deterministic."""
    match kind:
        case mi.StrType():
            return f'{name}号☃"\\\u2028𠮷'
        case mi.IntType():
            return 7 + len(name)
        case mi.BoolType():
            return default is not True
        case mi.LiteralType(values=values):
            return next(value for value in values if value != default)
        case mi.UnionType(types=types):
            return full(next(t for t in types if not isinstance(t, mi.NoneType)), name, default)
        case mi.VarTupleType(item_type=mi.UnionType(types=types)):
            return tuple(full(each, name) for each in types)
        case mi.VarTupleType(item_type=item):
            return (full(item, name), full(item, name))
        case mi.DictType(key_type=key, value_type=value):
            return {full(key, f"{name}-{n}"): full(value, name) for n in (1, 2)}
        case mi.RawType():
            return msgspec.Raw(b'{"day":"2026-03-02"}')
        case mi.StructType(cls=cls, fields=fields):
            return cls(**{f.name: full(f.type, f.name, f.default) for f in fields})
        case _:
            raise NotImplementedError(kind)


def bare(kind: mi.Type, name: str = "") -> Any:
    """One value with only what must be set, each as empty as its type allows."""
    match kind:
        case mi.StrType():
            return ""
        case mi.IntType():
            return 0
        case mi.BoolType():
            return False
        case mi.LiteralType(values=values):
            return values[0]
        case mi.UnionType(types=types):
            if any(isinstance(t, mi.NoneType) for t in types):
                return None
            return bare(types[0], name)
        case mi.VarTupleType():
            return ()
        case mi.DictType():
            return {}
        case mi.StructType(cls=cls, fields=fields):
            return cls(**{f.name: bare(f.type, f.name) for f in fields if f.required})
        case _:
            raise NotImplementedError(kind)
