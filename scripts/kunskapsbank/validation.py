"""From parsed YAML to a model, every error as one line with file and line number."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from .faults import Fault, Faults
from .yamlsource import Where, YamlSource

ModelType = TypeVar("ModelType", bound=BaseModel)

# pydantic's error types in words an editor understands; the rest keep pydantic's own message
_HELP = {
    "missing": ("is missing", "add it"),
    "extra_forbidden": ("is not a field here", "check the spelling or remove it"),
    "string_type": ("must be text", "put the value in quotes"),
    "int_type": ("must be a whole number", "write digits only"),
    "bool_type": ("must be true or false", "write true or false"),
    "bool_parsing": ("must be true or false", "write true or false"),
    "date_type": ("must be a date", "write YYYY-MM-DD without quotes"),
    "list_type": ("must be a list", "write it as a list with - items"),
    "dict_type": ("must be a mapping", "write it as key: value lines"),
    "model_type": ("must be a mapping", "write it as key: value lines"),
    "model_attributes_type": ("must be a mapping", "write it as key: value lines"),
    "string_too_short": ("is empty or too short", "fill it in"),
    "too_short": ("has too few items", "add what is missing"),
}


def validate(source: YamlSource, model: type[ModelType]) -> ModelType:
    """Return `source` as `model`. Raises Faults, one for each field that is wrong."""
    try:
        return model.model_validate(source.data)
    except ValidationError as error:
        faults = []
        for item in error.errors(include_url=False):
            where: Where = tuple(item["loc"])
            what, do = _HELP.get(item["type"], ("", ""))
            if not what:
                what, _, do = item["msg"].removeprefix("Value error, ").partition(": ")
                what = what if item["type"] == "value_error" else f"is wrong ({item['msg']})"
                do = do if item["type"] == "value_error" and do else "correct the value"
            faults.append(Fault(source.path, source.line(where), f"{_name(source, where)} {what}", do))
        raise Faults(sorted(set(faults))) from None


def _name(source: YamlSource, where: Where) -> str:
    """Name a field as an editor sees it: the entry's id where it has one, then the path inside it."""
    data, entry, rest = source.data, "", list(where)
    for position, key in enumerate(where):
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(data, dict) and isinstance(data.get("id"), str):
            entry, rest = data["id"], list(where[position + 1 :])
    field = ".".join(str(part) for part in rest)
    if entry and field:
        return f"'{entry}': {field}"
    return f"'{entry}'" if entry else (field or "the file")
