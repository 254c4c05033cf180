"""The parts every page is made of (look.md, section 5); each knows its look, nothing else."""
