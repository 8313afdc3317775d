"""The rules of the check, by subject: a rule takes a Dataset and yields Problems."""
