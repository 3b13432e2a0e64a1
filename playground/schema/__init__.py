"""Reading JSON Schema mappings (draft 2020-12): references, merging, kinds, samples. Pure, no Schema class."""
