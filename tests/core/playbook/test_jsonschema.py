"""The JSON Schema of playbooks is worked out from the shapes of their tables."""

import json

from leadqual.playbook.jsonschema import json_schema, schema_text


def test_schema_that_is_shipped_is_what_the_shapes_say():
    """Nobody has to keep the file by hand: worked out anew, it is the same."""
    assert json_schema() == json.loads(schema_text())
