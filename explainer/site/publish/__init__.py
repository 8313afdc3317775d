"""What leaves with a reader or a machine: each module is a step of the build."""
