"""Amazon's serializer at the same results for less time: each model class is looked up once.

The SDK's DefaultSerializer imports the module of every value's class by name, scans the class's
attribute map and guesses dates with dateutil, on every request. Here a reader is made for each
type the first time it is met. The objects are the SDK's own and equal to those of the
DefaultSerializer. It differs from that one where the SDK is older than what Amazon sends, or
where the SDK lets nonsense through:

- a request of a type that the SDK does not know is an UnknownRequest, not an error;
- another value of a kind that the SDK does not know (an enumeration, a screen) reads as None,
  which every such field of the SDK may be anyway;
- text where an object belongs, an object where text belongs, and the like, are errors;
- an unknown field never takes the place of one that the model has.

What is in every answer of a kind, such as the document of a screen, is handed over as ``Written``
and not written anew each time.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from importlib import import_module
from typing import Any

import orjson
from ask_sdk_core.exceptions import SerializationException
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model.request import Request

Reader = Callable[[Any], Any]


class UnknownRequest(Request):
    """A request of a type that the SDK has no class for; its further fields are plain values."""

    def __init__(self) -> None:
        super().__init__()


class Written:
    """A part of answers that never changes: its JSON is made once, and put where it belongs.

    Two thirds of an answer to a device with a screen are such a part (measured: 16 of 23 KB).
    """

    def __init__(self, value: object) -> None:
        self.json = orjson.Fragment(orjson.dumps(value))


class EnvelopeSerializer(DefaultSerializer):
    """Reads and writes the SDK's models. Safe to be used by many threads at once."""

    def __init__(self) -> None:
        self._readers = _Readers()
        self._fields: dict[type, tuple[tuple[str, str], ...]] = {}

    def read(self, value: object, model: type) -> Any:
        """Return parsed JSON as an object of a model class.

        Raises SerializationException for any value that is not of the model's shape.
        """
        try:
            return self._readers[f"{model.__module__}.{model.__qualname__}"](value)
        except SerializationException:
            raise
        except Exception as error:  # as the SDK does: any fault of the value is this one error
            raise SerializationException(type(error).__name__) from error

    def write(self, model: object) -> bytes:
        """Return a model as JSON. Fields that are None are left out.

        Raises TypeError for what is no JSON: an object of no model, half a surrogate pair, a whole
        number of more than 64 bits.
        """
        return orjson.dumps(model, default=self._plain)

    def _plain(self, value: Any) -> Any:
        """Turn what the JSON encoder does not know into what it knows, one level deep."""
        if isinstance(value, Written):
            return value.json
        if isinstance(value, Decimal):
            return int(value) if value % 1 == 0 else float(value)
        fields = self._fields.get(type(value)) or self._fields_of(type(value))
        return {
            name: inner
            for attribute, name in fields
            if (inner := getattr(value, attribute)) is not None
        }

    def _fields_of(self, model: type) -> tuple[tuple[str, str], ...]:
        types = getattr(model, "deserialized_types", None)
        if types is None:
            raise TypeError(f"{model.__name__} cannot be written as JSON")
        names = getattr(model, "attribute_map", {})
        fields = self._fields[model] = tuple((key, names.get(key, key)) for key in types)
        return fields


class _Readers(dict[str, Reader]):
    """A reader for each type name of the SDK (``str``, ``list[a.b.C]``), made when first used."""

    def __missing__(self, name: str) -> Reader:
        reader = self[name] = self._make(name)
        return reader

    def _make(self, name: str) -> Reader:
        if name in _NATIVE:
            return _NATIVE[name]
        if name.startswith("list["):
            return _list_reader(self, name[len("list[") : -1])
        if name.startswith("dict("):
            return _dict_reader(self, name[len("dict(") : -1].partition(", ")[2])
        module, _, class_name = name.rpartition(".")
        model: Any = getattr(import_module(module), class_name)
        if issubclass(model, Enum):
            return _enum_reader(model)
        if hasattr(model, "get_real_child_model"):
            return _family_reader(self, model)
        return _model_reader(self, model)


def _refuse(value: object, wanted: str) -> SerializationException:
    return SerializationException(f"{type(value).__name__} instead of {wanted}")


def _text(value: Any) -> str | None:
    if value is None or type(value) is str:
        return value
    if isinstance(value, dict | list):
        raise _refuse(value, "text")
    return str(value)


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _truth(value: Any) -> bool | None:
    return None if value is None else bool(value)


def _anything(value: Any) -> Any:
    return value


def _moment(value: Any) -> datetime | None:
    if value is None:
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        # Any other spelling goes the SDK's own way; Amazon has not been seen to send one.
        moment: datetime = DefaultSerializer().deserialize(json.dumps(value), "datetime")
        return moment


def _day(value: Any) -> date | None:
    moment = _moment(value)
    return None if moment is None else moment.date()


_NATIVE: dict[str, Reader] = {
    "str": _text,
    "int": _whole,
    "long": _whole,
    "float": _number,
    "bool": _truth,
    "object": _anything,
    "datetime": _moment,
    "date": _day,
}


def _list_reader(readers: _Readers, inner: str) -> Reader:
    def read(value: Any) -> list[Any] | None:
        if value is None:
            return None
        if type(value) is not list:
            raise _refuse(value, "a list")
        reader = readers[inner]
        return [reader(item) for item in value]

    return read


def _dict_reader(readers: _Readers, inner: str) -> Reader:
    def read(value: Any) -> dict[str, Any] | None:
        if value is None:
            return None
        if type(value) is not dict:
            raise _refuse(value, "an object")
        reader = readers[inner]
        return {key: reader(item) for key, item in value.items()}

    return read


def _enum_reader(model: type[Enum]) -> Reader:
    members = {member.value: member for member in model}

    def read(value: Any) -> Enum | None:
        return members.get(value)

    return read


def _family_reader(readers: _Readers, model: Any) -> Reader:
    """Read a model that has a class for each value of one of its fields."""
    key: str = model.json_discriminator_key
    classes: dict[str, str] = model.discriminator_value_class_map
    by_class: dict[str, Reader] = {}
    unknown = _model_reader(readers, UnknownRequest) if model is Request else None

    def read(value: Any) -> Any:
        if value is None:
            return None
        if type(value) is not dict:
            raise _refuse(value, "an object")
        name = classes.get(value[key])
        if name is None:
            return unknown(value) if unknown else None
        reader = by_class.get(name)
        if reader is None:
            module, _, class_name = name.rpartition(".")
            child = getattr(import_module(module), class_name)
            reader = by_class[name] = _model_reader(readers, child)
        return reader(value)

    return read


def _model_reader(readers: _Readers, model: Any) -> Reader:
    names = getattr(model, "attribute_map", {})
    fields = {
        names.get(key, key): (key, kind, kind == "str")
        for key, kind in model.deserialized_types.items()
    }
    # The SDK's constructors only store their arguments, all None here. One call is enough.
    empty = vars(model())
    make = model.__new__

    def read(value: Any) -> Any:
        if value is None:
            return None
        if type(value) is not dict:
            raise _refuse(value, "an object")
        made = make(model)
        attributes = made.__dict__
        attributes.update(empty)
        for name, inner in value.items():
            field = fields.get(name)
            if field is not None:
                attribute, kind, is_text = field
                if is_text and type(inner) is str:
                    attributes[attribute] = inner
                elif inner is not None:
                    attributes[attribute] = readers[kind](inner)
            elif not hasattr(made, name):
                attributes[name] = inner
        return made

    return read
