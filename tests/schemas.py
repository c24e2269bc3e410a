"""JSON held against a schema, many times over."""

import jsonschema


def fits(value, schema):
    """Like ``jsonschema.validate``, which holds the schema against the schema of schemas each time."""
    jsonschema.Draft202012Validator(schema).validate(value)


def is_schema(schema):
    """The other half of ``jsonschema.validate``, for once."""
    jsonschema.Draft202012Validator.check_schema(schema)
