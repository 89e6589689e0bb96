"""`record` makes frozen dataclasses without compiling code for each (docs/adr/0003-records.md).

`dataclass(frozen=True)` writes and compiles six methods for every class, about a millisecond a class; over a hundred
immutable classes made that a fifth of the time to the first screen. Here the methods are shared, and type checkers
see the standard decorator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Never

__all__ = ["record"]

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:
    import dataclasses
    import operator
    from collections.abc import Callable
    from dataclasses import MISSING, Field, FrozenInstanceError, field, fields

    _put = object.__setattr__
    _KIND = dataclasses._FIELD  # noqa: SLF001  (how `fields` tells a field from a class variable)

    def record(*, frozen: bool, slots: bool, order: bool = False) -> Callable[[Any], Any]:
        """A class whose objects are values: made once, compared and hashed by their fields, never changed."""
        assert frozen
        assert slots
        return _ordered if order else _record

    def _ordered(cls: Any) -> Any:
        """With an order: by the first field, then by the next one."""
        for name, method in _ORDER.items():
            setattr(cls, name, method)
        return _record(cls)

    def _record(cls: Any) -> Any:
        known = _fields(cls)
        inside = {
            name: value
            for name, value in vars(cls).items()
            if name not in known and name not in ("__dict__", "__weakref__")
        }
        inside |= {
            "__slots__": tuple(name for name in known if name not in _taken(cls)),
            "__match_args__": tuple(known),
            "__dataclass_fields__": known,
            "_defaults_": {name: f.default for name, f in known.items() if f.default is not MISSING},
            "_factories_": {
                name: f.default_factory for name, f in known.items() if f.default_factory is not MISSING
            },
            "_values_": staticmethod(_getter(list(known))),
        }
        return type(cls)(cls.__name__, cls.__bases__, _METHODS | inside)

    def _fields(cls: Any) -> dict[str, Field[Any]]:
        """The fields as `dataclasses` keeps them, so that its `fields` and `replace` work: inherited ones first."""
        known: dict[str, Field[Any]] = {}
        for base in reversed(cls.__mro__[1:]):
            known |= getattr(base, "__dataclass_fields__", {})
        for name, kind in vars(cls).get("__annotations__", {}).items():
            if str(kind).startswith("ClassVar"):
                continue
            said = vars(cls).get(name, MISSING)
            made = said if isinstance(said, Field) else field(default=said)
            made.name, made.type, made._field_type = name, kind, _KIND  # noqa: SLF001  (see _KIND)
            known[name] = made
        return known

    def _taken(cls: Any) -> set[str]:
        return {name for base in cls.__mro__[1:] for name in vars(base).get("__slots__", ())}

    def _getter(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
        """What reads all these attributes of an object as one tuple."""
        if len(names) > 1:
            return operator.attrgetter(*names)
        return lambda value: tuple(getattr(value, name) for name in names)

    def _init(self: Any, *args: Any, **given: Any) -> None:
        names = self.__match_args__
        for name, value in zip(names, args, strict=False):
            _put(self, name, value)
        for name in names[len(args) :]:
            if name in given:
                _put(self, name, given.pop(name))
            elif name in self._defaults_:
                _put(self, name, self._defaults_[name])
            elif name in self._factories_:
                _put(self, name, self._factories_[name]())
            else:
                raise TypeError(f"{type(self).__name__}() misses {name!r}")
        if given or len(args) > len(names):
            raise TypeError(
                f"{type(self).__name__}() takes {', '.join(names)}, each once; not {args} {given}"
            )

    def _repr(self: Any) -> str:
        shown = (f"{f.name}={getattr(self, f.name)!r}" for f in fields(self) if f.repr)
        return f"{type(self).__qualname__}({', '.join(shown)})"

    def _eq(self: Any, other: Any) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self._values_(self) == self._values_(other)

    def _hash(self: Any) -> int:
        return hash(self._values_(self))

    def _refuse(self: Any, name: str, *_: Any) -> Never:
        raise FrozenInstanceError(f"cannot change {name!r} of a {type(self).__name__}")

    def _by(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
        """How two objects of one class compare."""

        def method(self: Any, other: Any) -> bool:
            if other.__class__ is not self.__class__:
                return NotImplemented
            return compare(self._values_(self), self._values_(other))

        return method

    _ORDER = {f"__{name}__": _by(getattr(operator, name)) for name in ("lt", "le", "gt", "ge")}
    _METHODS = {
        "__init__": _init,
        "__repr__": _repr,
        "__eq__": _eq,
        "__hash__": _hash,
        "__setattr__": _refuse,
        "__delattr__": _refuse,
    }
