"""The rules of the check, by subject: each public function from a Dataset to Problems is one."""
