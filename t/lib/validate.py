"""Validates JSON files with an independent validator (Debian's python3-jsonschema), for t/0110-schemas.t.

Input: a line for each check, {"schema": path, "file": path} or {"schema": path} for the schema itself with its
examples. Output: a line each, empty when it is valid, else where and why not. A file of NDJSON is valid when all its
lines are.
"""
import json
import sys

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError, best_match


def load(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    try:
        return [json.loads(text)]
    except ValueError:
        return [json.loads(line) for line in text.splitlines()]


def fault(validator, instance):
    error = best_match(validator.iter_errors(instance))
    if error is None:
        return ""
    return "/" + "/".join(map(str, error.absolute_path)) + ": " + error.message[:200].replace("\n", " ")


def schemas_with_examples(schema):
    """Every schema inside `schema` that has examples."""
    if isinstance(schema, dict):
        if isinstance(schema.get("examples"), list):
            yield schema
        for key, value in schema.items():
            if key not in ("examples", "enum", "const", "default"):
                yield from schemas_with_examples(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from schemas_with_examples(value)


def check_schema(schema):
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        return error.message.replace("\n", " ")
    for part in schemas_with_examples(schema):
        validator = Draft202012Validator({**part, "$defs": schema.get("$defs", {})})
        for example in part["examples"]:
            found = fault(validator, example)
            if found:
                return "example %s: %s" % (json.dumps(example, ensure_ascii=False), found)
    return ""


def main():
    schemas = {}
    for line in sys.stdin:
        check = json.loads(line)
        path = check["schema"]
        if path not in schemas:
            schemas[path] = load(path)[0]
        if "file" not in check:
            print(check_schema(schemas[path]))
            continue
        validator = Draft202012Validator(schemas[path])
        faults = [fault(validator, instance) for instance in load(check["file"])] or ["no JSON in it"]
        print(next(filter(None, faults), ""))


main()
