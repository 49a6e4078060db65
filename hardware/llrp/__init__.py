"""Driver of readers with LLRP: the bytes (`encoding`), the set-up of a reader (`setup`), and one connection."""
