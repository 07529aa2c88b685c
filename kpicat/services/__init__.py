"""Use cases, named after what a person does: read, call one pure function, write."""
